"""The meetings of one document: the parts that begin with the title and days of a meeting."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from grcm_cli.drafting.documents.paragraphs import Paragraph
from grcm_cli.drafting.layout.labels import labels_of
from grcm_cli.drafting.layout.lines import is_binding, is_sentence_end
from grcm_cli.language.days import spans_in
from grcm_cli.language.lexicon import whole_words

_KINDS = whole_words("meeting.kinds")
_MAX_WORDS = 25
_MAX_TITLE = 300  # characters; a longer paragraph is no title
_NEAR = 4
"""Lines of a title, with the one that has the days."""


class DocumentMeeting(NamedTuple):
    """The part of a document that one meeting adopted."""

    title: str
    paragraphs: Sequence[Paragraph]


def meetings(paragraphs: Sequence[Paragraph]) -> list[DocumentMeeting]:
    """Return the parts of a document by meeting; one where it has no more.

    A part begins with a title, with days near it, and has a numbered line or a bullet.
    """
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


def _is_title_case(text: str) -> bool:
    """Tell whether most longer words begin with a capital, as in a title and not in a sentence."""
    longer = [word for word in text.split() if len(word.strip(".,")) > 3]
    return sum(word[:1].isupper() for word in longer) >= 0.6 * len(longer) > 0


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
    if not _is_title_case(text):
        return False
    near = (one.text[:_MAX_TITLE] for one in paragraphs[place : place + _NEAR] if not one.label)
    return bool(spans_in("\n".join(near))) and not any(labels_of(text))
