"""What is to be done: the duties that one verb lays down together, and a short phrase for each."""

import re
from collections.abc import Sequence
from itertools import pairwise

from grcm_cli.drafting.heads import Head, Span
from grcm_cli.drafting.passage import Passage
from grcm_cli.drafting.words import Word, words_of

_LABEL = re.compile(r"(?:^|(?<=[\s(]))\(?(?P<label>[a-j]|i{1,3}|iv|v|vi{0,3}|[1-9])\)\s*")
_JOINTS = frozenset({"y", "e", "and"})
_PRONOUNS = frozenset(
    {
        "it",
        "them",
        "its",
        "their",
        "same",
        "lo",
        "la",
        "los",
        "las",
        "su",
        "sus",
        "dicho",
        "dicha",
        "dichos",
        "dichas",
        "misma",
        "mismo",
        "ello",
        "thereof",
        "thereon",
    }
)
_LONGEST = 180  # characters of an action


def parts_of(text: str, words: Sequence[Word], doing: Span, language: str) -> list[Span]:
    """Return the duties in what is to be done, as spans of words.

    Items inside the sentence are one each; so are verbs with objects of their own.
    """
    items = _labelled(text, words, doing)
    found = items or [doing]
    return [part for item in found for part in _by_verb(words, item, language)]


def _labelled(text: str, words: Sequence[Word], doing: Span) -> list[Span]:
    start, end = words[doing[0]].start, words[doing[1] - 1].end
    labels = list(_LABEL.finditer(text, max(0, start - 3), end))
    if len(labels) < 2 or labels[0]["label"] not in ("a", "i", "1"):
        return []
    starts = [
        next((p for p in range(doing[0], doing[1]) if words[p].start >= match.end()), doing[1])
        for match in labels
    ]
    ends = [
        next((p for p in range(doing[0], doing[1]) if words[p].start >= match.start()), doing[1])
        for match in labels[1:]
    ]
    spans = [
        (first, last) for first, last in zip(starts, [*ends, doing[1]], strict=True) if first < last
    ]
    return [_trimmed(words, span) for span in spans]


def _trimmed(words: Sequence[Word], span: Span) -> Span:
    first, last = span
    while first < last - 1 and words[first].folded in ("to", "que", "a", ","):
        first += 1
    while last - 1 > first and words[last - 1].folded in (
        ",",
        ";",
        ".",
        "y",
        "e",
        "and",
        "(",
        "to",
    ):
        last -= 1
    return first, last


def _by_verb(words: Sequence[Word], span: Span, language: str) -> list[Span]:
    """Return a span cut before each verb that begins a duty of its own."""
    mood = next(
        (
            form.mood
            for form in words[span[0]].forms
            if form.mood in ("infinitive", "subjunctive", "future")
        ),
        None,
    )
    if mood is None:
        return [span]
    cuts: list[int] = []
    for at in range(span[0] + 1, span[1]):
        verb = _joined_verb(words, at, span, mood, language)
        if verb is not None and _has_own_object(
            words, span[0] if not cuts else cuts[-1], at, verb, span[1]
        ):
            cuts.append(verb)
    bounds = [span[0], *cuts, span[1]]
    return [
        _trimmed(words, (a, _joint_before(words, b) if b != span[1] else b))
        for a, b in pairwise(bounds)
    ]


def _joint_before(words: Sequence[Word], at: int) -> int:
    if words[at - 1].text == ",":  # "y, con el apoyo de otros, publicará"
        for place in range(at - 2, max(at - 20, 1), -1):
            if words[place].text == ",":
                if words[place - 1].folded in _JOINTS:
                    at = place
                break
    while words[at - 1].folded in (
        "y",
        "e",
        "and",
        "que",
        "to",
        ",",
        "a",
        "also",
        "further",
        "asimismo",
        "shall",
    ):
        at -= 1
    return at


_BETWEEN = {
    "es": frozenset({"y", "e", "que", "a", "asimismo", "se", "tambien"}),
    "en": frozenset({"and", "to", "also", "further", "shall"}),
}
"""What may stand between a joint and the verb that it leads to."""


def _joined_verb(
    words: Sequence[Word], at: int, span: Span, mood: str, language: str
) -> int | None:
    """Return the verb that a joint at a place leads to, in the mood of the first one."""
    if words[at].folded not in _JOINTS and words[at].text != ",":
        return None
    step = at + 1
    while step < span[1] and words[step].folded in _BETWEEN[language]:
        step += 1
    if step >= span[1] or words[step].quoted or not words[step].is_form(mood):
        return None
    if language == "en" and words[at].text == "," and words[at + 1].folded not in ("and", "to"):
        return None
    if language == "en" and words[step - 1].folded in ("and",) and not words[step + 1 : step + 2]:
        return None
    return step


def _has_own_object(words: Sequence[Word], start: int, joint: int, verb: int, end: int) -> bool:
    """Tell whether a joined verb is about something else than the verb before it."""
    at = verb + 1
    if at < end and words[at].text == ",":  # an aside: "y que abra, a más tardar el 30, un buzón"
        at = next((place + 1 for place in range(at + 1, end) if words[place].text == ","), end)
    following = words[at : min(at + 5, end)]
    if (
        not following
        or any(word.folded in _PRONOUNS for word in following[:2])
        or following[0].folded in ("y", "e", "and", ",")
    ):
        return False
    if words[verb - 1].folded in ("lo", "los", "la", "las"):
        return False  # "redactará el informe y lo circulará"
    enclitic = any(form.enclitic for form in words[verb].forms)
    first = {word.folded[:6] for word in words[start:joint] if len(word.folded) > 3}
    own = [word.folded[:6] for word in following if len(word.folded) > 3]
    if joint - start <= 1 or enclitic:
        return False
    return not (first & set(own[:1]))


def action_of(passage: Passage, head: Head, part: Span, language: str, cuts: Sequence[Span]) -> str:
    """Return a short infinitive phrase in the text's own words."""
    text, words = passage.as_one(), passage.words
    first, last = part
    verb, rest = _verb(words, first, last, language)
    begin = words[rest].start if rest < last else words[last - 1].end
    end = words[last - 1].end
    subject = _what_is_done(text, words, head, first)
    body = _without(text, begin, end, cuts)
    phrase = f"{verb} {subject}{body}" if verb else f"{subject}{body}"
    return _short(phrase)


def _what_is_done(text: str, words: Sequence[Word], head: Head, verb: int) -> str:
    """Return the subject of a passive, which is what is done: *documents* of *documents will be sent*."""
    if not head.doing or verb != head.doing[0]:
        return ""
    by_se = verb > 0 and words[verb - 1].folded == "se"
    by_be = words[verb].folded == "be" or any(form.verb == "ser" for form in words[verb].forms)
    if not (by_se or by_be):
        return ""
    begin = head.begin
    for at in range(verb - 1, head.begin - 1, -1):
        if words[at].folded in ("que", "that", ":", ","):
            begin = at + 1
            if words[at].folded != ",":
                break
    said = text[words[begin].start : words[verb].start] if begin < verb else ""
    said = _AUXILIARIES.sub("", said).strip(" ,:")
    return said[:1].lower() + said[1:] + " " if said else ""


_AUXILIARIES = re.compile(
    r"(?:^|\s)(?:(?:se|que|shall|will|should|must|would|is to|are to|to)\s*)+$",
    re.IGNORECASE,
)


def undone_action(note: str, language: str) -> str:
    """Return as a duty what a text says that some have not done yet; empty where it says none."""
    words = words_of(note, language)
    mood = "participle" if language == "es" else "past"
    for place, word in enumerate(words):
        form = word.form(mood)
        if form and place and form.verb not in ("have", "haber"):
            verb = form.verb
            if language == "es" and any(earlier.folded == "se" for earlier in words[:place]):
                verb += "se"
            return _short(f"{verb} {note[word.end :].strip()}")
    return ""


def _verb(words: Sequence[Word], first: int, last: int, language: str) -> tuple[str, int]:
    """Return the verb's infinitive, and the place after it."""
    word = words[first]
    form = (
        word.form("infinitive", "subjunctive", "future")
        if language == "es"
        else word.form("infinitive")
    )
    if language == "es" and form and form.verb == "ser" and first + 1 < last:
        participle = words[first + 1].form("participle")
        if participle:
            return participle.verb, first + 2
    if language == "en" and word.folded == "be" and first + 1 < last:
        past = words[first + 1].form("past")
        return (past.verb, first + 2) if past else (words[first + 1].text, first + 2)
    form = form or word.form("gerund", "participle")
    if form:
        return form.verb + form.enclitic, first + 1
    noun = _NOUNS.get(words[first + 1].folded) if first + 1 < last else None
    if noun is None and first + 1 < last and words[first + 1].folded.endswith("cion"):
        noun = words[first + 1].folded[:-4] + "r"
    if noun and language == "es" and word.folded in ("la", "el", "su", "una", "un"):
        rest = first + 2
        if rest < last and words[rest].folded == "de":
            rest += 1
        elif rest < last and words[rest].folded == "del":
            return noun + " el", rest + 1
        return noun, rest
    return "", first


_NOUNS = {
    "redaccion": "redactar",
    "traduccion": "traducir",
    "difusion": "difundir",
    "revision": "revisar",
    "envio": "enviar",
    "estudio": "estudiar",
    "analisis": "analizar",
    "diseño": "diseñar",
    "seguimiento": "dar seguimiento a",
    "desarrollo": "desarrollar",
    "inclusion": "incluir",
    "produccion": "producir",
    "distribucion": "distribuir",
    "convocatoria": "convocar",
    "establecimiento": "establecer",
    "presentacion": "presentar",
    "recopilacion": "recopilar",
    "ejecucion": "ejecutar",
    "emision": "emitir",
}


def _without(text: str, begin: int, end: int, cuts: Sequence[Span]) -> str:
    parts = []
    at = begin
    for first, last in sorted(cuts):
        if begin <= first and last <= end and first >= at:
            parts.append(text[at:first])
            at = last
    parts.append(text[at:end])
    return " ".join("".join(parts).split())


_LOOSE_END = re.compile(
    r"(?:[\s,]+(?:y|e|and|que|that|by|no later than|de|del|of|la|el|the|a|to|en|in|at|for|para|its|their|su|sus))+$"
)


def _short(phrase: str) -> str:
    words = re.sub(r"\s+([,;.:])", r"\1", phrase)
    words = re.sub(r",\s*,", ",", words).strip(" ,;:.")
    words = re.sub(r"^(\w+),\s", r"\1 ", words)  # "presentará, a más tardar el 15, el informe"
    words = _LOOSE_END.sub("", words)
    if len(words) > _LONGEST:
        cut = max(words.rfind(", ", 0, _LONGEST), words.rfind("; ", 0, _LONGEST))
        words = words[:cut] if cut > 40 else words[: words.rfind(" ", 0, _LONGEST)] + " …"
    return words[:1].upper() + words[1:]
