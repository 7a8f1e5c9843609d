"""Render an imported meeting as its file, and tell which cell each line comes from."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grcm_cli.drafting.to_yaml import responsible
from grcm_cli.imports.duties import ImportedMandate
from grcm_cli.imports.findings import CellKey
from grcm_cli.imports.tracker import ImportedConclusion, ImportedMeeting
from grcm_cli.language.text import _
from grcm_cli.reader.emit import block, key_line

_Line = tuple[str, CellKey | None]


class MeetingFile(NamedTuple):
    """The text of a meeting file."""

    text: str
    cells: Sequence[CellKey | None]
    """The cell of each line; None for a line that comes of the meeting as a whole."""

    def cell_at(self, line: int) -> CellKey | None:
        """Return the cell that a line, from 1, comes from."""
        return self.cells[line - 1] if 0 < line <= len(self.cells) else None


def meeting_file(meeting: ImportedMeeting, source: str, schema: str) -> MeetingFile:
    """Return the file of a meeting, imported from a tracker of the name `source`."""
    keys, row = meeting.keys, meeting.rows[0] if meeting.rows else 0
    comment = _("Imported; a number in a comment is the row in the file of `source`.")
    lines: list[_Line] = [(schema.rstrip("\n"), None), (f"# {comment}", None)]
    values = {
        "id": keys.id,
        "body": keys.body,
        "title": keys.title,
        "place": keys.place,
        "country": keys.country,
        "start": keys.days.first.isoformat(),
        "end": keys.days.last.isoformat() if keys.days.last > keys.days.first else "",
        "language": meeting.language,
        "source": source,
    }
    columns = {"id": "meeting", "title": "meeting", "country": "place", "language": None}
    for key, value in values.items():
        if value:
            lines.append((key_line(key, value), (row, columns.get(key, key))))
    lines.append(("conclusions:", None))
    for conclusion in meeting.conclusions:
        lines += _conclusion(conclusion)
    return MeetingFile("".join(f"{line}\n" for line, _cell in lines), [cell for _, cell in lines])


def number_line(number: str) -> str:
    """Return the line of a conclusion's number, which begins the conclusion."""
    is_plain = any(character.isdecimal() for character in number)  # `null` is to be quoted
    return f"  - number: {number}" if is_plain else f"  - {key_line('number', number)}"


def _conclusion(conclusion: ImportedConclusion) -> Iterator[_Line]:
    row = conclusion.row
    yield f"{number_line(conclusion.number)}  # {row}", (row, "number")
    for line in block("text", conclusion.text, "    "):
        yield line, (row, "text")
    if len(conclusion.mandates) == 1:
        duty = conclusion.mandates[0]
        yield from _mandate(duty._replace(note=[*conclusion.note, *duty.note]), "    ")
        return
    for line in _note(conclusion.note, "    "):
        yield line, (row, "note")
    if conclusion.mandates:
        yield "    mandates:", (row, "number")
        for duty in conclusion.mandates:
            (first, cell), *others = _mandate(duty, "        ")
            first = f"      - {first.removeprefix('        ')}"
            yield first if first.endswith(">-") else f"{first}  # {duty.row}", cell
            yield from others


def _mandate(duty: ImportedMandate, indent: str) -> Iterator[_Line]:
    row = duty.row
    if duty.action:
        for line in block("action", duty.action, indent):
            yield line, (row, "action")
    if duty.who is not None:
        yield f"{indent}responsible: {responsible(duty.who)}", (row, "responsible")
    if duty.support:
        yield f"{indent}{key_line('support', list(duty.support))}", (row, "support")
    if duty.due:
        yield f"{indent}{key_line('due', duty.due)}", (row, "due")
    for line in _note(duty.note, indent):
        yield line, (row, "note")


def _note(notes: Sequence[str], indent: str) -> Iterator[str]:
    """Yield the notes of a row as one text, the parts apart by a dash."""
    if notes:
        yield from block("note", " · ".join(notes), indent)
