"""The kinds of tables that are read: reports and trackers, with their headings and words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple, TypeVar

from grcm_cli.language.lexicon import folded_entries, is_no_deadline, lexicons_with, phrase_regex
from grcm_cli.language.text import LANGUAGES, N_, _, fold, in_language

Cell = TypeVar("Cell")
_BRACKETS = re.compile(r"\([^()]*\)")
_SIGNS = str.maketrans("", "", ":*#°º?¿")
PERCENT = re.compile(r"([0-9]{1,3}(?:[.,][0-9]+)?)\s*%")
_NUMBER = re.compile(r"(?:\w{1,14}[.\s]*)?(?:n[.o]?[º°o]?\.?\s*)?[0-9A-Z][0-9A-Za-z./-]{0,9}[.)]?")
_NUMBER_OF = phrase_regex(
    r"<layout.conclusion_names|layout.name_abbreviations>"
    r"\s*(?:n(?:[uú]m(?:ero|ber)?|r?o)?\.?\s*[º°]?|#):?"
)
"""The heading of a column of numbers: *Dec. No.*, *Acuerdo #*."""
_HEADINGS = {
    "meeting": N_("Meeting"),
    "body": N_("Body"),
    "start": N_("Start date"),
    "end": N_("End date"),
    "place": N_("Place"),
    "title": N_("Title of the meeting"),
    "number": N_("Number"),
    "text": N_("Text"),
    "action": N_("Action"),
    "responsible": N_("Responsible"),
    "support": N_("Support"),
    "due": N_("Deadline"),
    "progress": N_("State"),
    "on": N_("State date"),
    "done": N_("Done on"),
    "reported": N_("Reported on"),
    "evidence": N_("Evidence"),
    "note": N_("Note"),
    "confidential": N_("Confidential"),
}
MEETING_COLUMNS = ("meeting", "body", "start", "end", "place", "title")
"""What a row says of its meeting; empty cells in the rows below mean the same."""
STATE_DAYS = ("on", "done", "reported")
"""The columns of days that a state may have: its own, of its completion, of its report."""
DAY_COLUMNS = ("meeting", "start", "end", "due", "progress", *STATE_DAYS)
_OF_REPORTS = {
    "number": "mandate",
    "responsible": "by",
    **{name: name for name in (*STATE_DAYS, "progress", "evidence")},
    "note": "internal",
    **dict.fromkeys(("action", "text"), "what"),
    "due": "deadline",
}
"""The columns of a tracker, each with that of a table of reports below the same headings."""


def kind_of(column: str) -> str:
    """Return the kind of a column of which there may be several: `note` for `note2`."""
    return column.rstrip("0123456789")


class TableKind(NamedTuple):
    """A kind of table that is read: its columns, and the words that people write above them."""

    name: str  # of its words in the lexicon: `sheet` stands for `sheet.headings`
    headings: Mapping[str, str]  # each column, with the heading that grcm itself writes above it
    needed: tuple[str, ...]  # the columns of which the table has at least one
    read: tuple[str, ...]
    """The columns of which something is made; the others only help the person who fills it in."""
    several: tuple[str, ...] = ()
    """The columns of which there may be more than one: the second `note` is called `note2`."""
    mapped: Mapping[str, str] = {}
    """What somebody says of a heading, folded: its column, or an empty text to leave it out."""
    computed: frozenset[str] = frozenset()
    """States, folded, that grcm works out: in the column of one they are no report."""

    def heading_of(self, column: str) -> str:
        """Return the heading of a column in the reader's language."""
        return _(self.headings[kind_of(column)])

    def columns_of(
        self, values: Sequence[object], below: Sequence[Sequence[object]] = ()
    ) -> dict[int, str]:
        """Return the place of each known heading in a row, with the name of its column.

        A word such as "Acuerdo" stands for a column only where no other heading does; of its
        meanings, the first counts that fits the cells below. A heading that stands twice is found
        twice.
        """
        words = [value if isinstance(value, str) else "" for value in values]
        columns: dict[int, str] = {}
        unsettled: dict[str, list[int]] = {}
        for place, word in enumerate(words):
            column, *_meanings = _columns(word, self.name) or ("",)
            if name := self.mapped.get(fold(word), column):
                columns[place] = name
            elif fold(word) not in self.mapped:
                unsettled.setdefault(fold(word), []).append(place)
        # A word of one meaning takes its column before one that may also mean another.
        by_meanings = sorted(unsettled.values(), key=lambda at: len(self.meanings(words[at[0]])))
        for first, *places in by_meanings:
            cells = filled_cells(below, first)
            taken = {name: place for place, name in columns.items()}
            for name in self.meanings(words[first]):
                # A percentage may stand beside a state in words.
                beside = [cells, filled_cells(below, taken[name])] if name in taken else []
                is_free = not beside or (name == "progress" and any(map(_are_shares, beside)))
                if is_free and _fits(name, cells):
                    columns |= dict.fromkeys((first, *places), name)
                    break
        headings: dict[str, list[str]] = {}
        for place, name in sorted(columns.items()):
            word, earlier = fold(words[place]), headings.setdefault(name, [])
            if earlier and name in self.several and not (name == "progress" and word in earlier):
                columns[place] = f"{name}{len(earlier) + 1}"
            earlier.append(word)
        return dict(sorted(columns.items()))

    def meanings(self, heading: str) -> list[str]:
        """Return the columns that a word of several meanings may stand for; none for another."""
        return list(_columns(heading, self.name)[1:])

    def is_heading_row(self, values: Sequence[object]) -> bool:
        """Tell whether a row has the heading of a needed column and one more that is known."""
        words = [value for value in values if isinstance(value, str)]
        named = [word for word in words if fold(word) in self.mapped or _columns(word, self.name)]
        return len(named) > 1 and not set(self.columns_of(values).values()).isdisjoint(self.needed)


REPORTS = TableKind(
    "sheet",
    {
        "mandate": N_("Reference"),
        "by": N_("Party"),
        "on": N_("Date"),
        **{name: _HEADINGS[name] for name in ("done", "reported", "progress")},
        "for": N_("Date of occurrence"),
        **{name: _HEADINGS[name] for name in ("evidence", "note")},
        "internal": N_("Remarks"),
        "what": N_("What"),
        "deadline": N_("Deadline"),
        "today": N_("Recorded status"),
    },
    needed=("mandate",),
    read=("mandate", "by", *STATE_DAYS, "progress", "for", "evidence", "note", "internal"),
    several=("progress", "evidence", "internal"),
)
"""The table of reports that a party sends back."""
FORM_COLUMNS = REPORTS.headings.keys() - {"done", "reported", "for", "note", "internal"}
"""Those of a form; another table has no column of the state today beside the reported task."""

_OF_WORKBOOK = {
    **dict.fromkeys((N_("Progress"), N_("State")), "progress"),
    N_("Reported on"): "reported",
    N_("Done on"): "done",
    **dict.fromkeys((N_("Due"), N_("Remarks")), ""),
}
"""The headings of the workbook of tasks that mean something else in a table of reports."""
_ALSO_OF_WORKBOOK = (N_("Themes"), N_("Lead"))  # which are not read, nor in each workbook
_OF_CSV = {
    **dict.fromkeys(("mandate", "due", "text", "first_deadline", "parties"), ""),
    "state": "progress",
    "reported_on": "reported",
    "done_on": "done",
    "occurrence": "for",
}
"""The same of the keys in a list as csv, which has `ref` for the reference."""


def reports_like(
    rows: Iterable[Sequence[object]], *, is_form: bool, states: Mapping[str, str] = {}
) -> TableKind:
    """Return the kind of a table of reports; the workbook of tasks, filled in, is one too.

    `states` are those that grcm works out, each with its words in English.

    In a form, also one without its hidden sheet, a note is public: its instructions say so.
    """
    for row in rows:
        words = {fold(str(value)) for value in row}
        if {"ref", "progress"} <= words and words & {"mandate", "reported_on"}:
            return REPORTS._replace(mapped=dict(_OF_CSV), computed=frozenset(map(fold, states)))
        for language in LANGUAGES:
            mapped = {fold(in_language(text, language)): to for text, to in _OF_WORKBOOK.items()}
            if mapped.keys() <= words:
                mapped |= {fold(in_language(text, language)): "" for text in _ALSO_OF_WORKBOOK}
                computed = {fold(in_language(text, language)) for text in states.values()}
                return REPORTS._replace(mapped=mapped, computed=frozenset(computed))
        is_form = is_form or {*REPORTS.columns_of(row).values()} >= FORM_COLUMNS
    notes = (in_language(REPORTS.headings["note"], language) for language in LANGUAGES)
    return REPORTS._replace(mapped=dict.fromkeys(map(fold, notes), "note")) if is_form else REPORTS


def filled_cells(rows: Sequence[Sequence[Cell]], column: int) -> Sequence[Cell]:
    """Return the cells of a column that are not empty."""
    return [row[column] for row in rows if column < len(row) and row[column]]


def _are_shares(cells: Sequence[object]) -> bool:
    """Tell whether there are cells, and all are percentages."""
    return bool(cells) and all(PERCENT.fullmatch(str(cell).strip()) for cell in cells)


def _fits(column: str, cells: Sequence[object]) -> bool:
    """Tell whether cells may be numbers of decisions, or may be their texts."""
    if column not in ("number", "text") or not cells:
        return True
    texts = [" ".join(cell.split()) for cell in cells if isinstance(cell, str)]
    short = [text for text in texts if len(text) <= 24 and _NUMBER.fullmatch(text)]
    numbers = sum(any(map(str.isdecimal, text)) for text in short)
    return (2 * numbers > len(cells)) is (column == "number")


_SEVERAL = ("progress", "note", "evidence")
TRACKER = TableKind("tracker", _HEADINGS, ("text", "action"), tuple(_HEADINGS), _SEVERAL)


def _columns(heading: str, kind: str) -> tuple[str, ...]:
    """Return the columns of a heading: of *Responsable(s):* and *Responsable / País* too."""
    folded, columns = fold(heading), _known(kind)
    if not folded or folded in columns:
        return columns.get(folded, ())
    bare = fold(_BRACKETS.sub("", heading).translate(_SIGNS))
    parts = [part for part in bare.split("/") if part]
    meanings = {columns.get(part, ()) for part in parts}
    alike = meanings.pop() if len(parts) > 1 and len(meanings) == 1 else ()
    is_number = not alike and bare not in columns and _NUMBER_OF.fullmatch(heading.strip())
    return alike or columns.get("number" if is_number else bare, ())


@cache
def _known(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the words for headings of a kind of table, folded, each with its column.

    The columns of a word that has a meaning only where no other has it stand behind an empty text.
    In a table of reports *number* is such a word: beside a reference it counts the rows.
    """
    headings = _headings("")
    if name != REPORTS.name:
        return headings
    shared: dict[str, tuple[str, ...]] = {}
    for word, columns in headings.items():
        meanings = dict.fromkeys(to for name, to in _OF_REPORTS.items() if name in columns)
        is_alone = len(meanings) == 1 and "mandate" not in meanings
        if meanings:
            shared[word] = (*meanings,) if is_alone else ("", *meanings)
    return shared | _headings("sheet.")


def _headings(prefix: str) -> dict[str, tuple[str, ...]]:
    """Return the headings of the lexicons below a prefix of their keys, each with its columns."""
    columns: dict[str, tuple[str, ...]] = {}
    key = prefix + "headings_without_another"
    for lexicon in lexicons_with(key):
        for column, words in lexicon.values[key].items():
            for word in map(fold, words):
                columns[word] = tuple(dict.fromkeys((*columns.get(word, ("",)), column)))
    return columns | {word: (name,) for word, name in listed_words(f"{prefix}headings").items()}


@cache
def listed_words(key: str) -> Mapping[str, str]:
    """Return a table of lists of words, in all languages, as folded word → name."""
    lists = [pair for lexicon in lexicons_with(key) for pair in lexicon.values[key].items()]
    return {fold(word): name for name, words in lists for word in words}


def column_named(word: str) -> str | None:
    """Return the column that a word means: its name, or a heading that stands for it alone."""
    return word if word in _HEADINGS else listed_words("headings").get(fold(word))


def state_named(text: str) -> str | None:
    """Return what a cell of the progress says: a state, `unknown` for no report, None otherwise."""
    if match := PERCENT.fullmatch(text.strip()):
        share = float(match[1].replace(",", "."))
        if share > 100:
            return None
        return "done" if share == 100 else "started" if share else "not-started"
    lists = map(listed_words, ("sheet.states", "tracker.states"))
    words = fold(text), fold(re.sub("[-_]", " ", text))  # *not-started*
    return next(filter(None, (states.get(word) for states in lists for word in words)), None)


def says_nothing(text: str, column: str) -> bool:
    """Tell whether a cell only says that there is nothing: `–`, `n/a`; no deadline: `pendiente`."""
    is_empty = fold(text) in folded_entries("tracker.nothing.words")
    return is_empty or (column == "due" and is_no_deadline(text))
