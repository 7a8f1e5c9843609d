"""The parts of a document that several meetings adopted."""

import re
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from grcm_cli.drafting.documents.paragraphs import Paragraph
from grcm_cli.drafting.layout.labels import labels_of, place_of_label
from grcm_cli.drafting.layout.text_line import is_binding, is_sentence_end, is_title_case
from grcm_cli.language.days import MONTHS, spans_in
from grcm_cli.language.lexicon import whole_words

_KINDS = whole_words("meeting.kinds")
_MAX_TITLE_WORDS = 25
_MAX_TITLE = 300  # characters; a longer paragraph is no title
_TITLE_LINES = 4  # lines of a title, with the one that has the days
_MONTH_AND_YEAR = re.compile(
    r"(?P<month>[^\W\d_]{3,10})\b[^\w()]{0,4}(?:\bdel? )?(?P<year>[0-9]{2,4})$"
)
_LAST_CENTURY = 50  # a larger year of two digits is of the last century
_MIN_LABELS = 2  # labels of one month in a row, of a meeting


class DocumentMeeting(NamedTuple):
    """The part of a document that one meeting adopted."""

    title: str
    paragraphs: Sequence[Paragraph]


def meetings(paragraphs: Sequence[Paragraph]) -> list[DocumentMeeting]:
    """Return the parts of a document by meeting; one where it has no more.

    A part begins with a title, with days near it, and has a numbered line or a bullet; or it has
    the labels with one month in their brackets: `RESOLUTION 7: (Amber - March 2004)`. What is
    before the first such label is in no part.
    """
    titles = _meetings_of_labels(paragraphs)
    if len(titles) < 2:
        (_first, title), *others = _titles(paragraphs) or [(0, "")]
        titles = [(0, title), *others]
    bounds = [*(place for place, _title in titles), len(paragraphs)]
    return [
        DocumentMeeting(title, paragraphs[start:end])
        for (start, title), end in zip(titles, bounds[1:], strict=True)
    ]


def _meetings_of_labels(paragraphs: Sequence[Paragraph]) -> list[tuple[int, str]]:
    """Return the first label of each meeting, as its place and words, in a cumulative list."""
    labels: list[tuple[int, str, tuple[int, int]]] = []
    for place, paragraph in enumerate(paragraphs):
        text = paragraph.text.strip()
        if text.count("(") > text.count(")") and place + 1 < len(paragraphs):
            text = f"{text} {paragraphs[place + 1].text.strip()}"
        meeting = place_of_label(text) if not paragraph.aside else ""
        match = _MONTH_AND_YEAR.search(meeting)
        word = match["month"].lower() if match else ""
        month = next((n for name, n in MONTHS.items() if word and name.startswith(word)), None)
        if match and month:
            year = int(match["year"])
            century = 0 if year > 99 else 1900 if year > _LAST_CENTURY else 2000
            labels.append((place, meeting, (century + year, month)))
    groups = [list(group) for _month_of, group in groupby(labels, key=itemgetter(2))]
    several = [group[0] for group in groups if len(group) >= _MIN_LABELS]
    firsts = [next(group) for _month_of, group in groupby(several, key=itemgetter(2))]
    return [(place, meeting) for place, meeting, _month_of in firsts]


def _titles(paragraphs: Sequence[Paragraph]) -> list[tuple[int, str]]:
    """Return the place and words of each meeting's title that has a label under it."""
    titles: list[tuple[int, str]] = []
    has_label = True  # the first title needs none before it
    for place, paragraph in enumerate(paragraphs):
        if has_label and _is_title(paragraphs, place):
            titles.append((place, paragraph.text.strip()))
            has_label = False
        elif paragraph.label or any(label.rest for label in labels_of(paragraph.text[:_MAX_TITLE])):
            has_label = True
    return titles if has_label else titles[:-1]


def _is_title(paragraphs: Sequence[Paragraph], place: int) -> bool:
    """Tell whether a paragraph is a meeting's title, with its days on it or just below."""
    paragraph = paragraphs[place]
    text = paragraph.text.strip()
    if not text or len(text) > _MAX_TITLE or paragraph.label or paragraph.aside or paragraph.cells:
        return False
    before = paragraphs[place - 1].text if place else ""
    begins = paragraph.heading or not before.strip() or is_sentence_end(before)
    is_short = len(text.split()) <= _MAX_TITLE_WORDS and not text.endswith((".", ";", ",", ":"))
    if not (begins and is_short and _KINDS.search(text) and is_title_case(text)):
        return False
    near = (
        one.text[:_MAX_TITLE]
        for one in paragraphs[place : place + _TITLE_LINES]
        if not (one.label or is_sentence_end(one.text))
    )
    has_days = bool(spans_in("\n".join(near)))
    return has_days and not is_binding(text) and not any(labels_of(text))
