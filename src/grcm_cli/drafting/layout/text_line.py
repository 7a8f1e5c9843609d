"""A line of a document, and what its words tell of it: a heading, a closing formula, a tag."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from grcm_cli.drafting.layout.labels import Label, is_tag, labels_of, row_labels
from grcm_cli.language.days import ANY_MONTH
from grcm_cli.language.lexicon import all_words, phrase_regex, whole_words
from grcm_cli.language.text import READ_LANGUAGES, fold_words
from grcm_cli.language.verbs import ACTS, verb_forms

_PAGE_NUMBER = phrase_regex(
    r"[-–—\s]*(?:<layout.page>\s*)?[0-9]{1,3}(?:\s*(?:/|<layout.page_of>)\s*[0-9]{1,3})?[-–—\s]*"
)
_SENTENCE_END = re.compile(r"[.;:!?…](?: ?[(\[][^()\[\]]{1,80}[)\]])?[”\"»)\]]*$")
"""A stop, which a label in brackets may follow: `… the plan. [Decision 4]`."""
_OPERATIVE = phrase_regex(r"\b<layout.operative_openings>[^\w.;]*$")
_CLOSING_FORMULA = phrase_regex(r"<layout.closing_formulas>\b|<layout.signatories>\b[^.]{0,30}$")
_NAME = r"[A-ZÁÉÍÓÚÑ][\w.'-]*"
_PLACE_AND_DAY = phrase_regex(
    rf"{_NAME}(?:,?(?: <place.town_links|text.conjunctions>){{0,4}} {_NAME}){{0,5}},?"
    rf" (?:<place.before_day> )?[0-9]{{1,2}}\.?º? (?:de )?(?:{ANY_MONTH})(?: del?)?,? [0-9]{{4}}\.?$",
    0,
)
_DRAWN_RULE = re.compile(r"(?:[*_=–—-]\s*){3,}")
_BINDING = whole_words("layout.binding_verbs")
_ANNEX = phrase_regex(r"<layout.annex_headings>\b")
_LIST_HEADING = phrase_regex(
    r"(?:<layout.list_headings>|<layout.list_heading_openings> .{3,30})\W*$"
)
_IN_BRACKETS = r"[(\[]\W{0,3}<doubts.confidential>(?:[^\w()\[\]][^()\[\]]{0,60})?[)\]]"
CONFIDENTIAL = phrase_regex(
    rf"^\s{{0,9}}(?:{_IN_BRACKETS}|<doubts.confidential>(?:\s?[:.]|\s[-–—])(?=\s))"
    rf"|(?:{_IN_BRACKETS}|(?<=[.;]\s|[-–—]\s)<doubts.confidential>)\W{{0,3}}$"
)
"""A mark at the head or the end of a text: *(Confidential)*, *RESTRICTED:*, *- not for release*."""
_OPEN_SIGNS = frozenset(",/-–&")
_LOOSE_ENDS = all_words("action.loose_ends")
_MAX_WORDS = 12  # of a heading
_MAX_CAPITALS = 20  # words of a heading in capitals
_ADDRESSEE = phrase_regex(r"<layout.addressing> (?P<who>[^.;:]{3,90}):")
_NAMED = phrase_regex(
    r"(?:(?:[IVX]+|\d+|[A-Z])[.)]\s+)?(?:<layout.addressing> )?(?P<who>[^.;:]{3,90}):?"
)
"""A heading that names a party: *II. It falls to Norway*."""


@dataclass(frozen=True)
class TextLine:
    """One line, paragraph or row of a table."""

    text: str
    label: str = ""  # the number that a word processor or the first cell of a row gives it
    after_gap: bool = True  # it begins a paragraph, as far as the document shows
    heading: bool = False
    cells: Sequence[tuple[str, str]] = ()
    """Of a row: the cells beside the text, each with the head of its column."""
    notes: Sequence[str] = ()
    is_row: bool = False
    text_row: Sequence[str] = ()  # the cells of a row that is no conclusion
    is_preamble: bool = False
    """It is a preambular clause: no conclusion, though it may have a number."""
    aside: bool = False
    """It is in no conclusion: a running head, the heads of a table's columns, a number alone."""
    asides: Sequence["TextLine"] = ()  # the lines of this kind before it
    source: str | None = None
    """What the document has in its place, where that is more than its label and text: a row."""
    starts: tuple[int, int] = (0, 0)  # where its label and its text begin in the source
    cell_starts: Mapping[int, int] = field(default_factory=dict)
    """Where cells of its row begin in the source, by their place in `cells`."""
    unseen: Sequence[str] = ()  # invisible characters that were left out: U+202E

    @cached_property
    def labels(self) -> list[Label]:
        """Every reading of its label, be it automatic, a cell's or a part of its text.

        A preambular clause has none.
        """
        if self.is_preamble or self.aside:
            return []
        if self.is_row and self.label:
            return list(row_labels(self.label, self.text))
        if self.label:
            labels = labels_of(self.labelled_text)
            return [label._replace(style=f"auto {label.style}") for label in labels]
        return list(labels_of(self.text))

    def labels_like(self, other: Label) -> list[Label]:
        """Return the readings of its label that may belong to the series of another label."""
        return [label for label in self.labels if label.fits_series_of(other)]

    @property
    def is_page_number(self) -> bool:
        """Whether it may be a page number alone."""
        return not self.label and _PAGE_NUMBER.fullmatch(self.text) is not None

    @property
    def is_annex_heading(self) -> bool:
        """Whether it is the heading of an annex."""
        if not self.after_gap or self.label or len(self.text.split()) > _MAX_WORDS:
            return False
        ended = self.text.endswith((".", ";", ","))
        may_be = self.heading or self.text.isupper() or not ended
        return may_be and _ANNEX.match(self.text) is not None

    def is_heading(self, before: str = "", *, alone: bool = True) -> bool:
        """Tell whether it is a heading among conclusions, after the text `before`.

        `alone` tells that it is a paragraph of its own.
        """
        text = self.text
        if self.is_row or is_binding(text) or is_tag(text) or is_open_text(text):
            return False
        if self.heading:
            return True
        size, is_upper = len(text.split()), text.isupper()
        longest = _MAX_CAPITALS if is_upper else _MAX_WORDS
        if not alone or size > longest or text.endswith((".", ";", ",", "…")):
            return False
        if is_upper:
            return len(text) > 3
        begins = text[:1].isupper() or text[:1].isdigit()
        ended = not before or is_tag(before) or (is_sentence_end(before) and before[-1] != ":")
        ended &= not (before[-1:] == ";" and begins_with_act(text))  # "Instructs the Bureau"
        return self.after_gap and begins and ended and not text.endswith(":")

    @property
    def printed(self) -> str:
        """What the document has in its place."""
        return self.labelled_text if self.source is None else self.source

    @property
    def labelled_text(self) -> str:
        """The text with its label."""
        return f"{self.label} {self.text}".strip()

    def runs(self, words: str) -> list[tuple[int, int]]:
        """Return where words begin in what is printed, and how long they are there.

        The words are the end of its text, or its text with its label.
        """
        label, text = self.starts
        if self.source is None:
            text = len(self.labelled_text) - len(self.text)
        if self.text.endswith(words):
            return [(text + len(self.text) - len(words), len(words))]
        return [(label, len(self.label)), (text, len(self.text))]


def paragraph_spans(lines: Sequence[TextLine], begin: int = 0) -> Iterator[tuple[int, int]]:
    """Yield the first and the last place, and one more, of each paragraph from a line on."""
    starts = [at for at in range(begin, len(lines)) if at == begin or lines[at].after_gap]
    return pairwise([*starts, len(lines)])


def is_sentence_end(text: str) -> bool:
    """Tell whether a text ends as a sentence does."""
    return _SENTENCE_END.search(text) is not None


def is_open_text(text: str) -> bool:
    """Tell whether a text ends with a sign or a little word behind which it goes on."""
    return text[-1:] in _OPEN_SIGNS or fold_words(text).rpartition(" ")[2].lower() in _LOOSE_ENDS


def is_ornament(text: str) -> bool:
    """Tell whether a line is a page number alone, or only drawn: `* * *`, `______`."""
    text = text.strip()
    return _PAGE_NUMBER.fullmatch(text) is not None or _DRAWN_RULE.fullmatch(text) is not None


def is_closing(text: str) -> bool:
    """Tell whether a paragraph begins what follows the last conclusion: place, date, signatures."""
    is_formula = _CLOSING_FORMULA.match(text) or _PLACE_AND_DAY.match(text)
    return is_formula is not None and not is_binding(text)


def is_binding(text: str) -> bool:
    """Tell whether a text has a verb that lays down a duty."""
    return _BINDING.search(text) is not None


def begins_with_act(text: str) -> bool:
    """Tell whether a text begins with the verb by which a body asks or decides: `Invites Cuba`."""
    first = text.partition(" ")[0].lower()
    forms = ((form, ACTS[code]) for code in READ_LANGUAGES for form in verb_forms(first, code))
    return any(
        form.mood == "present" and acts.get(form.verb) in ("directive", "deciding")
        for form, acts in forms
    )


def begins_with_verb(text: str) -> bool:
    """Tell whether a text begins with an infinitive: `Translate the map`."""
    first = (text.split() or [""])[0].lower()
    forms = (form for code in READ_LANGUAGES for form in verb_forms(first, code))
    return any(form.mood == "infinitive" for form in forms)


def is_decision_opening(text: str) -> bool:
    """Tell whether a text ends with the word after which a body decides: `The Group agreed:`."""
    return _OPERATIVE.search(text) is not None


def is_list_heading(text: str) -> bool:
    """Tell whether a line is the heading of the list of conclusions."""
    return len(text.split()) <= _MAX_WORDS and _LIST_HEADING.match(text.strip()) is not None


def introduces_list(text: str) -> bool:
    """Tell whether a line is the heading of the list of conclusions, or ends with a colon."""
    return is_list_heading(text) or (text.rstrip().endswith(":") and len(text) < 400)


def addressee_of(text: str) -> str:
    """Return whom the items below a heading are addressed to: of `To the Secretariat:`; or none."""
    match = _ADDRESSEE.fullmatch(text.strip())
    return match["who"] if match else ""


def named_by(heading: str) -> str:
    """Return what a heading names, without a label and words such as *tasks of*; or nothing."""
    match = _NAMED.fullmatch(heading.strip())
    return match["who"] if match else ""


def is_short(text: str) -> bool:
    """Tell whether a text is as short as a heading, and does not end as a clause does."""
    return len(text.split()) <= _MAX_WORDS and not text.endswith((".", ";", ",", ":"))


def is_title_case(text: str) -> bool:
    """Tell whether most longer words begin with a capital, as in a title and not in a sentence."""
    longer = [word for word in text.split() if len(word.strip(".,")) > 3]
    return sum(word[:1].isupper() for word in longer) >= 0.6 * len(longer) > 0
