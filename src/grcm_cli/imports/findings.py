"""What an import has to say of the cells: what is doubtful, and which rows are left."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Hashable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import chain, count
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from grcm_cli.domain.parties import CODE, names_of
from grcm_cli.domain.register import Register
from grcm_cli.imports import NewMeeting, TrackerOptions
from grcm_cli.language.lexicon import all_phrases, countries, country_names, whole_words
from grcm_cli.language.suggestions import Choices
from grcm_cli.language.text import _, clean, collapse, fold, fold_words
from grcm_cli.reader.emit import Tree
from grcm_cli.sheets.table import SheetTable, row_ranges

Place = TypeVar("Place", bound=Hashable)
CellKey = tuple[int, str | None]
"""The number of a row and the name of a column: None for the row as a whole, 0 for the heading."""
CellReasons = dict[CellKey, str]  # why each of some cells is not written as it is
_MOST_CELLS = 12  # cells that are named of those of which the same is said
_OFFICE = re.compile(all_phrases("tracker.names.offices"), re.IGNORECASE)
"""What the name of an office begins with."""
_NOBODY = whole_words("tracker.nothing.nobody")
_LONGEST_CODE, _LONGEST_NAME = 20, 80
_MOST_WORDS = 8  # of a name: more are a sentence
_SHORTEST_INITIAL = 3  # letters of a word that gives its initial to a code
_SHORTEST_MISSPELT = 5  # letters of a name that is found in spite of a typing error
_ABBREVIATED = re.compile(r"\b(?:rep|rep[uú]b|rca|rpca)\b\.?", re.IGNORECASE)
_FORMAL = re.compile(
    r"\A(?:(?:la\s+)?rep[uú]blica\s+de\s+(?:la\s+)?|(?:the\s+)?republic\s+of\s+|(?:the|la)\s+)",
    re.IGNORECASE,
)
"""What may stand before the name of a country."""


class PlacedDoubt(NamedTuple, Generic[Place]):
    """A doubt with all the places that it is about."""

    places: list[Place]
    text: str  # what stands there
    what: str  # what was written in the files, and what to look at
    is_notice: bool  # there is nothing to decide


class Doubts(Generic[Place]):
    """Collects doubts, each once with all its places."""

    def __init__(self, apart: Callable[[Place], object] = lambda _place: None) -> None:
        """`apart` returns what differs between places of which the same is said apart."""
        self._apart = apart
        self._places: dict[tuple[object, str, str, bool], dict[Place, None]] = {}

    def add(
        self, place: Place, text: str, message: str, /, *, is_notice: bool = False, **values: object
    ) -> None:
        """Add a message about a place; `values` fill it."""
        sentence = message.format(**values) if values else message
        self._places.setdefault((self._apart(place), text, sentence, is_notice), {})[place] = None

    def __iter__(self) -> Iterator[PlacedDoubt[Place]]:
        """Yield what is said in the order of its first places, notices at the end."""
        doubts = [PlacedDoubt(list(places), *key[1:]) for key, places in self._places.items()]
        yield from sorted(doubts, key=lambda doubt: doubt.is_notice)


class Tracker:
    """The meetings read from a table, with doubts and the rows that are left out, by cell."""

    def __init__(
        self, table: SheetTable, register: Register, options: TrackerOptions, refused: CellReasons
    ) -> None:
        """`refused` are cells that go to the note of their mandate."""
        self.table, self.register, self.options, self.refused = table, register, options, refused
        self.meetings: list[NewMeeting] = []
        self.of_cells: Doubts[CellKey] = Doubts(itemgetter(1))
        self.left: dict[int, tuple[str | None, str, bool]] = {}
        """Of the rows that are left: the column, why, and whether that is no fault of the sheet."""
        self.missing = NewParties(register.directory.by_code)
        """Who is named and is not in the register."""

    def advice(self, word: str, section: str = "") -> str:
        """Return the near spelling of a name; else note the line that adds it to the register.

        `section` is where its party stands, if that is known; else an empty text is no advice.
        """
        directory, plain = self.register.directory, clean(collapse(word)).strip(" ?¿")
        choices = directory.choices(("body",)) if section else directory.choices()
        if question := choices.question(word):
            return question
        # It may be the country of another spelling, or the party of which only the initials are
        # there: *Grupo de Trabajo* where the body is called GT.
        likely_section, code = new_code(plain)
        party = directory.by_code.get(code)
        is_unnamed = party is not None and {fold(code)} == set(map(fold, names_of(party)))
        is_member = party is not None and party.kind == "member"
        if is_member if likely_section == "members" else is_unnamed:
            message = _("if this is {code}, add to its aliases in the register: {name}")
            return message.format(code=code, name=plain)
        is_name = len(plain) <= _LONGEST_NAME and len(plain.split()) <= _MOST_WORDS
        if section or (is_name and not _NOBODY.fullmatch(plain)):
            self.missing.add(plain, section)
        meant = None if section else near_country(plain)
        return _("did you mean `{key}`?").format(key=meant) if meant else ""

    @property
    def doubts(self) -> list[PlacedDoubt[CellKey]]:
        """The doubts in the order of their first rows, but for those of rows that are left."""
        doubts = [
            doubt._replace(places=[cell for cell in doubt.places if cell[0] not in self.left])
            for doubt in self.of_cells
        ]
        read = filter(lambda doubt: doubt.places, doubts)
        return sorted(read, key=lambda doubt: (doubt.is_notice, doubt.places[0][0]))

    @property
    def reasons(self) -> Doubts[CellKey]:
        """The reasons why rows are left out, in the order of the rows."""
        reasons: Doubts[CellKey] = Doubts(itemgetter(1))
        for row, (column, why, is_known) in sorted(self.left.items()):
            reasons.add((row, column), "", why, is_notice=is_known)
        return reasons


class Row(NamedTuple):
    """A row of a tracker with its filled cells by column, and the doubts about them."""

    number: int
    cells: dict[str, str | date]
    tracker: Tracker

    def text(self, column: str) -> str:
        """Return the text of a cell; empty where there is none."""
        return str(self.cells.get(column, ""))

    def words(self, column: str) -> str:
        """Return the text of a cell with single spaces."""
        return collapse(self.text(column))

    def doubt(self, column: str | None, text: str, message: str, /, **values: object) -> None:
        """Note a doubt about a cell that says `text`; `values` fill the message."""
        self.tracker.of_cells.add((self.number, column), text, message, is_notice=False, **values)

    def notice(self, column: str, text: str, message: str, /, **values: object) -> None:
        """Say of a cell what is nothing to decide."""
        self.tracker.of_cells.add((self.number, column), text, message, is_notice=True, **values)

    def leave(self, column: str | None, message: str, /, **values: object) -> None:
        """Note that the row is left out for a fault of the sheet; the first fault counts."""
        sentence = message.format(**values) if values else message
        self.tracker.left.setdefault(self.number, (column, sentence, False))


def cell_names(cells: Sequence[CellKey], table: SheetTable) -> str:
    """Return cells as people read them: `C7, C9 (Estado)`; rows as their numbers."""
    column = cells[0][1]
    letter = table.letters.get(column or "", "")
    numbers = sorted({row for row, _column in cells})
    if not any(numbers):
        return _("column {name}").format(name=letter)
    if not letter:
        return row_ranges(numbers)
    shown = [f"{letter}{number}" for number in numbers[:_MOST_CELLS]]
    ellipsis = ["…"] if len(numbers) > _MOST_CELLS else []
    return f"{', '.join([*shown, *ellipsis])} ({table.names[column or '']})"


class NewParties:
    """Collects names that the register does not have: all spellings of a country are one party."""

    def __init__(self, taken: Container[str]) -> None:
        """`taken` are the codes of the register: where one would be taken, it is changed."""
        self._taken = taken
        self._parties = defaultdict[tuple[str, str], Counter[str]](Counter)
        """How often each name is there, by the section and the code of its party."""

    def add(self, name: str, section: str = "") -> None:
        """Add a name, of a section or of the one that its words tell."""
        likely_section, code = new_code(name)
        self._parties[section or likely_section, code][name] += 1

    def sections(self) -> dict[str, dict[str, Tree]]:
        """Return the parties as sections of a register, each with a code of its own."""
        sections: dict[str, dict[str, Tree]] = {}
        codes: set[str] = set()
        for (section, code), spellings in self._parties.items():
            for name, other_names in _apart(code, section, spellings):
                unique = unique_code(code, codes, self._taken)
                codes.add(unique)
                aliases = [alias for alias in other_names if fold(alias) != fold(unique)]
                keys: Tree = {"name": name, "aliases": aliases} if aliases else {"name": name}
                sections.setdefault(section, {})[unique] = keys
        return sections


def unique_code(code: str, *taken: Container[str]) -> str:
    """Return a code, with a number at its end if it is taken."""
    numbers = chain([""], map(str, count(2)))
    codes = (f"{code[: _LONGEST_CODE - len(number)]}{number}" for number in numbers)
    return next(unique for unique in codes if not any(unique in group for group in taken))


def body_code(name: str) -> str:
    """Return the code of a body with a name: `ISO/TC 154` is ISO-TC-154."""
    words = re.findall(r"[A-Z0-9]+", fold_words(name).upper())
    code = "-".join(words)
    if len(code) > _LONGEST_CODE:
        code = "".join(word[0] if word.isalpha() else word for word in words)[:_LONGEST_CODE]
    code = code if code[:1].isalpha() else f"X{code}"
    code = code if len(code) > 1 else f"{code}X"
    return code if CODE.fullmatch(code) else f"X-{code}"[:_LONGEST_CODE]


def _apart(code: str, section: str, spellings: Counter[str]) -> list[tuple[str, list[str]]]:
    """Return the parties of a code with their spellings: *ST*, *Secretaría Técnica* are one."""
    by_fold: dict[str, str] = {}
    for name, _count in spellings.most_common():
        by_fold.setdefault(fold(name), name)
    names = list(by_fold.values())
    if section == "members":
        right = [name for name in names if fold(name) in countries()]
        first = right[0] if right else near_country(names[0]) or names[0]
        return [(first, [name for name in names if fold(name) != fold(first)])]
    full = [name for name in names if fold(name) != fold(code)]
    return [(name, []) for name in full or names]


@cache
def country_code(name: str) -> str | None:
    """Return the code of the country that a name means; with one letter wrong, if only one is.

    A single word in capitals is an acronym: *CEPAL* is no *Nepal*.
    """
    whole = _ABBREVIATED.sub("República ", name)
    variants = dict.fromkeys([name, whole, _FORMAL.sub("", whole, count=1)])
    for plain in variants:
        if code := countries().get(fold(plain)):
            return code
    if (name.isupper() and " " not in name.strip()) or len(fold(name)) < _SHORTEST_MISSPELT:
        return None
    codes = {code for plain in variants for code in _choices().nearest(plain)}
    return codes.pop() if len(codes) == 1 else None


def near_country(name: str) -> str | None:
    """Return the name of the country that another spelling means; None for a right one."""
    code = None if fold(name) in countries() else country_code(name)
    return country_names()[code][0] if code else None


@cache
def _choices() -> Choices:
    return Choices((name, code) for code, names in country_names().items() for name in names)


def new_code(name: str) -> tuple[str, str]:
    """Return the section of the register and the code for a name that it does not have."""
    if code := country_code(name):
        return "members", code
    plain = fold_words(name).upper()
    is_code = name.isupper() and CODE.fullmatch(plain) is not None
    words = re.findall(r"[A-Z0-9]+", plain)
    initials = "".join(word[0] for word in words if len(word) >= _SHORTEST_INITIAL)
    code = plain if is_code else initials if len(initials) > 1 else "".join(words)[:4]
    section = "offices" if _OFFICE.match(plain) else "organizations"
    return section, code if CODE.fullmatch(code) else f"X{code}"
