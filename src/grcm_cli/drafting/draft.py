"""A document's paragraphs → the draft of a meeting file: words as they stand, the rest inferred."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.model import Location, Meeting, Written
from grcm_cli.domain.register import Register
from grcm_cli.drafting.attendance import all_members
from grcm_cli.drafting.documents.pieces import Piece
from grcm_cli.drafting.header import Header, language_of, read_header
from grcm_cli.drafting.layout.line import Line
from grcm_cli.drafting.layout.lines import is_page_number, lines_of
from grcm_cli.drafting.layout.outline import Item, Outline, outline
from grcm_cli.drafting.layout.signs import is_rule
from grcm_cli.drafting.mandate import DraftMandate
from grcm_cli.drafting.parties import PartyNames
from grcm_cli.drafting.reading import ConclusionReader, Reading
from grcm_cli.drafting.references import Cited, cited
from grcm_cli.drafting.tables import with_cells


class Value(NamedTuple):
    """A key of the meeting, with the words of the document from which it was taken."""

    text: str | Sequence[str]
    words: str = ""
    sure: bool = True
    given: bool = False
    """An option gave it."""


class Conclusion(NamedTuple):
    """A conclusion as the draft has it."""

    item: Item
    reading: Reading
    follows: Sequence[Cited]


class Draft(NamedTuple):
    """All that a document says, ready to be written."""

    keys: Mapping[str, Value]
    missing: Sequence[str]
    """Keys that a meeting file needs and the document does not tell."""
    conclusions: Sequence[Conclusion]
    outline: Outline
    header: Header
    other_days: Sequence[str]
    """Days that the document states elsewhere, otherwise than where it does so first."""
    unknown: Sequence[str]
    """Names of parties that the register does not have."""

    @property
    def in_none(self) -> list[str]:
        """The lines that are in no conclusion; numbers of pages and what is only drawn aside."""
        return [line for line in self.outline.left_out if line.strip() and not _is_mark(line)]

    @property
    def duties(self) -> list[tuple[Conclusion, DraftMandate]]:
        """Each mandate with its conclusion."""
        return [(c, duty) for c in self.conclusions for duty in c.reading.duties]


def _is_mark(line: str) -> bool:
    return is_rule(line) or is_page_number(Line(line))


def draft(pieces: Sequence[Piece], register: Register, given: Mapping[str, str]) -> Draft:
    """Return the draft of a document. `given` has the keys that the officer gives."""
    names = PartyNames(register)
    found = outline(lines_of(pieces))
    language = given.get("language") or language_of("\n".join(item.text for item in found.items))
    header = read_header(found.header, language, names)
    keys = _keys(header, names, given)
    missing = [key for key in ("body", "start") if key not in keys]
    # Without a day nothing is counted from it; what names a day in full is read all the same.
    ended = _day(keys.get("end") or keys.get("start")) or _NO_DAY
    body = str(keys["body"].text) if "body" in keys else ""
    reader = ConclusionReader(names, language, ended, body, register.meetings)
    conclusions = _conclusions(found, register, reader, _meeting(keys))
    days = [f"{span.first}/{span.last}" for span in header.days[1:]]
    unknown = [word for c in conclusions for word in c.reading.unknown]
    unknown += header.unknown
    return Draft(keys, missing, conclusions, found, header, days, list(dict.fromkeys(unknown)))


_NO_DAY = date(3, 1, 1)


def _day(value: Value | None) -> date | None:
    return date.fromisoformat(str(value.text)) if value else None


def _keys(header: Header, names: PartyNames, given: Mapping[str, str]) -> dict[str, Value]:
    """Return the keys of the meeting in the order of the file."""
    found: dict[str, Value] = {}
    for key in ("body", "title", "place", "country"):
        value = getattr(header, key)
        if value is not None:
            found[key] = Value(value.value, value.words)
    found.update(_days(header, given))
    found.update({key: Value(word, given=True) for key, word in given.items() if key != "id"})
    if "end" in found and str(found["end"].text) <= str(found.get("start", found["end"]).text):
        del found["end"]
    found["language"] = Value(header.language, given=True)
    found.update(_attendance(header, names, _day(found.get("end") or found.get("start"))))
    if "id" in given:
        found["id"] = Value(given["id"], given=True)
    elif "body" in found and "start" in found:
        found["id"] = Value(f"{found['body'].text}-{str(found['start'].text)[:7]}")
    return {key: found[key] for key in _ORDER if key in found}


_ORDER = (
    *("id", "body", "title", "place", "country", "start", "end", "language"),
    *("participants", "observers"),
)


def _days(header: Header, given: Mapping[str, str]) -> dict[str, Value]:
    if not header.days or "start" in given:
        return {}
    first, sure = header.days[0], len(header.days) == 1
    days = {"start": Value(first.first.isoformat(), header.days_words, sure)}
    if first.last > first.first:
        days["end"] = Value(first.last.isoformat(), "", sure)
    return days


def _attendance(header: Header, names: PartyNames, day: date | None) -> dict[str, Value]:
    taking = header.participants
    if header.everybody and day:
        taking = [code for code in all_members(names, day) if code not in header.absent]
    found = {}
    if taking:
        found["participants"] = Value(list(taking), header.participants_words)
    if header.observers:
        found["observers"] = Value(list(header.observers))
    return found


def _conclusions(
    found: Outline, register: Register, reader: ConclusionReader, own: Meeting | None
) -> list[Conclusion]:
    numbers = [item.number for item in found.items]
    texts = {item.number: item.text for item in found.items}
    above = {item.number: _above(item, texts) for item in found.items}
    stems = {number for numbers in above.values() for number in numbers}
    conclusions = []
    for item in found.items:
        stem = " ".join(texts[number] for number in above[item.number])
        reading = reader.read(item.text, stem, has_items=item.number in stems)
        if item.cells:
            reading = with_cells(reading, item, found.columns, reader)
        follows = cited(item.text, register, reader.names, own, numbers)
        conclusions.append(Conclusion(item, reading, follows))
    return conclusions


def _above(item: Item, texts: Mapping[str, str]) -> list[str]:
    """Return the numbers of the texts under which an item stands, the outermost first."""
    if item.stem is None:
        return []
    parts = item.number.removeprefix(item.stem).split(".")[:-1]
    numbers = [item.stem + ".".join(parts[:count]) for count in range(1, len(parts) + 1)]
    return [number for number in numbers if number in texts]


def _meeting(keys: Mapping[str, Value]) -> Meeting | None:
    if "start" not in keys:
        return None
    at = Location("", 1, 1)
    body = Written(str(keys["body"].text), at) if "body" in keys else None
    start = _day(keys["start"])
    return Meeting("", body, start, _day(keys.get("end")) or start, at, at)
