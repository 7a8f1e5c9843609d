"""The meetings of one document: the parts that begin with the title and days of a meeting."""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from grcm_cli.drafting.documents.paragraphs import Paragraph
from grcm_cli.drafting.layout.labels import labels_of, place_of_label
from grcm_cli.drafting.layout.lines import is_binding, is_sentence_end, is_title_case
from grcm_cli.language.days import MONTHS, spans_in
from grcm_cli.language.lexicon import whole_words

_KINDS = whole_words("meeting.kinds")
_MAX_WORDS = 25
_MAX_TITLE = 300  # characters; a longer paragraph is no title
_NEAR = 4  # lines of a title, with the one that has the days


class DocumentMeeting(NamedTuple):
    """The part of a document that one meeting adopted."""

    title: str
    paragraphs: Sequence[Paragraph]


def meetings(paragraphs: Sequence[Paragraph]) -> list[DocumentMeeting]:
    """Return the parts of a document by meeting; one where it has no more.

    A part begins with a title, with days near it, and has a numbered line or a bullet; or it has
    the labels with one month in their brackets: `RESOLUTION 7: (Amber - March 2004)`.
    """
    cumulated = _meetings_of_labels(paragraphs)
    if len(cumulated) > 1:
        return cumulated
    found: list[int] = []
    has_label = True  # the first title needs none before it
    for place, paragraph in enumerate(paragraphs):
        if has_label and _is_title(paragraphs, place):
            found.append(place)
            has_label = False
        elif paragraph.label or any(label.rest for label in labels_of(paragraph.text[:_MAX_TITLE])):
            has_label = True
    if found and not has_label:
        found.pop()
    bounds = [0, *found[1:], len(paragraphs)]
    titles = [paragraphs[place].text.strip() for place in found] or [""]
    return [
        DocumentMeeting(title, paragraphs[start:end])
        for title, (start, end) in zip(titles, pairwise(bounds), strict=True)
    ]


# --- cumulative lists: each label says at which meeting its text was adopted ---------------------

_MONTH_AND_YEAR = re.compile(
    r"(?P<month>[^\W\d_]{3,10})\b[^\w()]{0,4}(?:\bdel? )?(?P<year>[0-9]{2,4})$"
)
_LAST_CENTURY = 50  # a larger year of two digits is of the last century
_MIN_LABELS = 2  # labels of one month in a row, of a meeting


def _meetings_of_labels(paragraphs: Sequence[Paragraph]) -> list[DocumentMeeting]:
    """Return the parts whose labels have one month in their brackets; what is before is in none."""
    labels: list[tuple[int, str, tuple[int, int]]] = []
    """The place, the meeting as printed (`Amber - March 2004`), its year and month."""
    for place, paragraph in enumerate(paragraphs):
        text = paragraph.text.strip()
        if text.count("(") > text.count(")") and place + 1 < len(paragraphs):
            text = f"{text} {paragraphs[place + 1].text.strip()}"
        meeting = place_of_label(text) if not paragraph.aside else ""
        if month := _month(meeting):
            labels.append((place, meeting, month))
    groups = [(month, list(group)) for month, group in groupby(labels, key=itemgetter(2))]
    several = [(month, group[0]) for month, group in groups if len(group) >= _MIN_LABELS]
    firsts = [next(group)[1] for _month_of, group in groupby(several, key=itemgetter(0))]
    bounds = [*(place for place, _meeting, _month_of in firsts), len(paragraphs)]
    return [
        DocumentMeeting(meeting, paragraphs[start:end])
        for (_place, meeting, _month_of), (start, end) in zip(firsts, pairwise(bounds), strict=True)
    ]


def _month(text: str) -> tuple[int, int] | None:
    """Return the year and month at the end of a text: `Amber, Lagoon - Mar 2004`."""
    match = _MONTH_AND_YEAR.search(text)
    if match is None:
        return None
    word, year = match["month"].lower(), int(match["year"])
    month = next((number for name, number in MONTHS.items() if name.startswith(word)), None)
    if month is None:
        return None
    century = 0 if year > 99 else 1900 if year > _LAST_CENTURY else 2000
    return century + year, month


# --- titles of meetings -------------------------------------------------------------------------


def _is_title(paragraphs: Sequence[Paragraph], place: int) -> bool:
    """Tell whether a paragraph is a meeting's title, with its days on it or just below."""
    paragraph = paragraphs[place]
    text = paragraph.text.strip()
    if not text or len(text) > _MAX_TITLE or paragraph.label or paragraph.aside or paragraph.cells:
        return False
    before = paragraphs[place - 1] if place else Paragraph("")
    begins = paragraph.heading or not before.text.strip() or is_sentence_end(before.text)
    is_short = len(text.split()) <= _MAX_WORDS and not text.endswith((".", ";", ",", ":"))
    if not (begins and is_short and _KINDS.search(text)) or is_binding(text):
        return False
    if not is_title_case(text):
        return False
    near = (one.text[:_MAX_TITLE] for one in paragraphs[place : place + _NEAR] if not one.label)
    return bool(spans_in("\n".join(near))) and not any(labels_of(text))
