"""What a line is by its look: a heading, a closing formula, the head of an annex."""

import re

from grcm_cli.drafting.layout.line import Line

_MONTH = (
    r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)"
)
_CLOSING = re.compile(
    r"(?:dad[oa]s? en|hech[oa]s? en|firm(?:ad[oa]s?|an)\b|suscri(?:t[oa]s?|ben)\b|en fe de lo cual|le[ií]d[oa]s? (?:y|la|el|que)|(?:en|para) constancia|done (?:at|in)\b|signed\b"
    r"|in witness|adopted (?:at|in|by|on)\b|adoptad[oa]s? (?:en|por)\b|se levant[aó] la"
    r"|(?:no habiendo|sin) (?:más|otro)s? asunto|the (?:meeting|session|board|council|committee)"
    r" (?:was |then )?(?:closed|adjourned|rose)|la (?:reunión|sesión) (?:concluyó|finalizó|se"
    r" clausuró|terminó|se levantó)|fin del? (?:documento|acta)|end of (?:the )?(?:document|text)"
    r"|(?:por|for) (?:la|the) (?:secretar[ií]a|secretariat|presidencia|chair)\b[^.]{0,30}$"
    r")",
    re.IGNORECASE,
)
_NAME = r"[A-ZÁÉÍÓÚÑ][\w.'-]*"
_PLACE_AND_DAY = re.compile(
    rf"{_NAME}(?:,?(?: (?:de|del|la|las|los|el|of|the|y|and))* {_NAME}){{0,5}},?"
    rf" (?:a |el |on )?[0-9]{{1,2}}\.?º? (?:de )?{_MONTH}(?: de| del)?,? [0-9]{{4}}\.?$"
)
_RULE = re.compile(r"(?:[*_=–—-]\s*){3,}")
_BINDS = re.compile(r"\b(?:shall|will|must|should)\b|\w{2}(?:ar|er|ir|dr)(?:á|án)\b", re.IGNORECASE)
"""A duty, which neither a heading nor a closing formula lays down."""
_ANNEX = re.compile(
    r"(?:anexo|annex|appendix|ap[eé]ndice|addendum|adenda|adjunto|attachment)\b", re.IGNORECASE
)
_LIST = re.compile(
    r"(?:conclusion(?:s|es)|decisi(?:ons|ones)|acuerdos|agreements|resoluti?(?:ons|ciones)"
    r"|recomendaciones|recommendations|compromisos|commitments|action points|conclusiones y"
    r" .{3,30}|agreed .{3,30}|puntos acordados)\W*$",
    re.IGNORECASE,
)
_HEADING_WORDS = 12
_ENDS = re.compile(r"[.;,…]$")


def closes(text: str, *, starts_paragraph: bool) -> bool:
    """Tell whether a line begins what comes after the last conclusion: place, date, signatures."""
    if not starts_paragraph or _BINDS.search(text):
        return False
    return _CLOSING.match(text) is not None or _PLACE_AND_DAY.match(text) is not None


def is_rule(text: str) -> bool:
    """Tell whether a line is only drawn: `* * *`, `______`."""
    return _RULE.fullmatch(text.strip()) is not None


def is_annex(line: Line) -> bool:
    """Tell whether a line is the head of an annex."""
    words = line.text.split()
    return (
        line.after_gap
        and not line.label
        and len(words) <= _HEADING_WORDS
        and _ANNEX.match(line.text) is not None
        and not line.text.endswith((";", ","))
        and (line.heading or line.text.isupper() or not line.text.endswith("."))
    )


def is_list_head(line: Line) -> bool:
    """Tell whether a line is the head of the list of conclusions."""
    return len(line.text.split()) <= _HEADING_WORDS and _LIST.match(line.text.strip()) is not None


def opens_list(text: str) -> bool:
    """Tell whether a line is the head of the list of conclusions, or says that they follow."""
    short = len(text.split()) <= _HEADING_WORDS and _LIST.match(text.strip()) is not None
    return short or (text.rstrip().endswith(":") and len(text) < 400)


def is_heading(line: Line, before: str, *, alone: bool = True) -> bool:
    """Tell whether a line stands between conclusions as a heading, after the text `before`."""
    text = line.text
    words = text.split()
    if line.is_row or _BINDS.search(text):
        return False
    if line.heading:
        return True
    if not alone or len(words) > _HEADING_WORDS or _ENDS.search(text):
        return False
    if text.isupper():
        return len(text) > 3
    begins = text[:1].isupper() or text[:1].isdigit()
    ended = not before or re.search(r"[.;!?…][”\"»)\]]*$", before) is not None
    return line.after_gap and begins and ended and not text.endswith(":")
