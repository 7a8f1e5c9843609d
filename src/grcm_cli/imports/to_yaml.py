"""Render an imported meeting as its file, and tell which cell each line comes from."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grcm_cli.drafting.to_yaml import responsible, yaml_block, yaml_line
from grcm_cli.imports.findings import CellKey
from grcm_cli.imports.model import ImportedConclusion, ImportedMandate, ImportedMeeting
from grcm_cli.language.text import _

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
    lines = [(schema.rstrip("\n"), None), *_lines(meeting, source)]
    text = "".join(f"{line}\n" for line, _cell in lines)
    return MeetingFile(text, [cell for _line, cell in lines])


def _lines(meeting: ImportedMeeting, source: str) -> Iterator[_Line]:
    keys = meeting.keys
    yield "# " + _("Imported; a number in a comment is the row in the file of `source`."), None
    row = meeting.rows[0] if meeting.rows else 0
    days = keys.days
    values = {
        "id": keys.id,
        "body": keys.body,
        "title": keys.title,
        "place": keys.place,
        "country": keys.country,
        "start": days.first.isoformat(),
        "end": days.last.isoformat() if days.last > days.first else "",
        "language": meeting.language,
        "source": source,
    }
    columns = {"id": "meeting", "title": "meeting", "country": "place", "language": None}
    for key, value in values.items():
        if value:
            yield yaml_line(key, value), (row, columns.get(key, key))
    yield "conclusions:", None
    for conclusion in meeting.conclusions:
        yield from _conclusion(conclusion)


def _conclusion(conclusion: ImportedConclusion) -> Iterator[_Line]:
    row = conclusion.row
    is_plain = any(one.isdecimal() for one in conclusion.number)  # `null` is to be quoted
    number = f"number: {conclusion.number}" if is_plain else yaml_line("number", conclusion.number)
    yield f"  - {number}  # {row}", (row, "number")
    for line in yaml_block("text", conclusion.text, "    "):
        yield line, (row, "text")
    single = conclusion.mandates[0] if len(conclusion.mandates) == 1 else None
    if single is not None:
        notes = [*conclusion.note, *single.note]
        yield from _mandate(single._replace(note=notes), "    ", "    ")
        return
    for line in _note(conclusion.note, "    "):
        yield line, (row, "note")
    if conclusion.mandates:
        yield "    mandates:", (row, "number")
        for duty in conclusion.mandates:
            yield from _mandate(duty, "      - ", "        ")


def _mandate(duty: ImportedMandate, first: str, indent: str) -> Iterator[_Line]:
    row = duty.row
    lines: list[_Line] = []
    if duty.action:
        lines += [(line, (row, "action")) for line in yaml_block("action", duty.action, indent)]
    if duty.who is not None:
        value = f"{indent}responsible: {responsible(duty.who)}"
        lines.append((value, (row, "responsible")))
    if duty.support:
        lines.append((f"{indent}{yaml_line('support', list(duty.support))}", (row, "support")))
    if duty.due:
        lines.append((f"{indent}{yaml_line('due', duty.due)}", (row, "due")))
    lines += [(line, (row, "note")) for line in _note(duty.note, indent)]
    for place, (line, cell) in enumerate(lines):
        own = first + line.removeprefix(indent) if place == 0 else line
        is_one_line = first != indent and place == 0 and not own.endswith(">-")
        yield f"{own}  # {row}" if is_one_line else own, cell


def _note(notes: Sequence[str], indent: str) -> Iterator[str]:
    """Yield the notes of a row as one text, the parts apart by a dash."""
    if notes:
        yield from yaml_block("note", " · ".join(notes), indent)
