"""Recognise lines that are no conclusion: headings, annexes, closing formulas, drawn rules."""

import re

from grcm_cli.drafting.layout.lines import TextLine
from grcm_cli.language.days import ANY_MONTH
from grcm_cli.language.lexicon import all_phrases, whole_words

_CLOSING_FORMULA = re.compile(
    rf"{all_phrases('layout.closing_formulas')}\b"
    rf"|{all_phrases('layout.signatories')}\b[^.]{{0,30}}$",
    re.IGNORECASE,
)
_NAME = r"[A-ZÁÉÍÓÚÑ][\w.'-]*"
_LINKS = all_phrases("place.town_links", "text.conjunctions")
_PLACE_AND_DAY = re.compile(
    rf"{_NAME}(?:,?(?: {_LINKS})* {_NAME}){{0,5}},?"
    rf" (?:{all_phrases('place.before_day')} )?[0-9]{{1,2}}\.?º?"
    rf" (?:de )?(?:{ANY_MONTH})(?: de| del)?,? [0-9]{{4}}\.?$"
)
_DRAWN_RULE = re.compile(r"(?:[*_=–—-]\s*){3,}")
_BINDING = whole_words("layout.binding_verbs")
_ANNEX = re.compile(rf"{all_phrases('layout.annex_headings')}\b", re.IGNORECASE)
_LIST_HEADING = re.compile(
    rf"(?:{all_phrases('layout.list_headings')}"
    rf"|{all_phrases('layout.list_heading_openings')} .{{3,30}})\W*$",
    re.IGNORECASE,
)
_MAX_WORDS = 12


def is_closing(text: str, *, starts_paragraph: bool) -> bool:
    """Tell whether a line begins what follows the last conclusion: place, date, signatures."""
    if not starts_paragraph or _BINDING.search(text):
        return False
    return _CLOSING_FORMULA.match(text) is not None or _PLACE_AND_DAY.match(text) is not None


def is_drawn_rule(text: str) -> bool:
    """Tell whether a line is only drawn: `* * *`, `______`."""
    return _DRAWN_RULE.fullmatch(text.strip()) is not None


def is_annex_heading(line: TextLine) -> bool:
    """Tell whether a line is the heading of an annex."""
    return (
        line.after_gap
        and not line.label
        and len(line.text.split()) <= _MAX_WORDS
        and _ANNEX.match(line.text) is not None
        and not line.text.endswith((";", ","))
        and (line.heading or line.text.isupper() or not line.text.endswith("."))
    )


def is_list_heading(text: str) -> bool:
    """Tell whether a line is the heading of the list of conclusions."""
    return len(text.split()) <= _MAX_WORDS and _LIST_HEADING.match(text.strip()) is not None


def introduces_list(text: str) -> bool:
    """Tell whether a line is the heading of the list of conclusions, or ends with a colon."""
    return is_list_heading(text) or (text.rstrip().endswith(":") and len(text) < 400)


def is_short(text: str) -> bool:
    """Tell whether a text is as short as a heading, and does not end as a clause does."""
    return len(text.split()) <= _MAX_WORDS and not re.search(r"[.;,:]$", text)


def is_heading(line: TextLine, before: str, *, alone: bool = True) -> bool:
    """Tell whether a line is a heading among conclusions, after the text `before`.

    `alone` tells that it is a paragraph of its own.
    """
    text = line.text
    if line.is_row or _BINDING.search(text):
        return False
    if line.heading:
        return True
    if not alone or len(text.split()) > _MAX_WORDS or re.search(r"[.;,…]$", text):
        return False
    if text.isupper():
        return len(text) > 3
    begins = text[:1].isupper() or text[:1].isdigit()
    ended = not before or re.search(r"[.;!?…][”\"»)\]]*$", before) is not None
    return line.after_gap and begins and ended and not text.endswith(":")
