"""The files of imported meetings: of a tracker, with the cell of each line, and of collections."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from grcm_cli.drafting.draft import DraftConclusion
from grcm_cli.drafting.to_yaml import inferred_lines, responsible
from grcm_cli.edoxen.format import Tree
from grcm_cli.imports.duties import ImportedMandate
from grcm_cli.imports.edoxen.meetings import NewBody, NewConclusion, NewMeeting
from grcm_cli.imports.findings import CellKey
from grcm_cli.imports.tracker import ImportedConclusion, ImportedMeeting
from grcm_cli.language.text import _, clean
from grcm_cli.reader.emit import block, key_line, one_or_list, tree_lines

_Line = tuple[str, CellKey | None]


class MeetingFile(NamedTuple):
    """The text of a meeting file."""

    text: str
    cells: Sequence[CellKey | None]
    """The cell of each line; None for a line that comes of the meeting as a whole."""

    def cell_at(self, line: int) -> CellKey | None:
        """Return the cell that a line, from 1, comes from."""
        return self.cells[line - 1] if 0 < line <= len(self.cells) else None


def meeting_file(
    meeting: ImportedMeeting, source: str, schema: str, planned: str = ""
) -> MeetingFile:
    """Return the file of a meeting, imported from a tracker of the name `source`.

    That is no key: its document would be published, and a tracker is for the secretariat alone.
    `planned` is its text so far, which stays; empty for a meeting without a file.
    """
    keys, row = meeting.keys, meeting.rows[0] if meeting.rows else 0
    comment = _("Imported from {file}; a number in a comment is the row there.")
    comment = comment.format(file=clean(source))
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
    }
    existing = keys.existing
    if existing is not None:
        lines[:1] = [(line.rstrip("\r"), None) for line in planned.rstrip().split("\n")]
        values = {} if existing.language else {"language": meeting.language}
    columns = {"id": "meeting", "title": "meeting", "country": "place", "language": None}
    for key, value in values.items():
        if value:
            lines.append((key_line(key, value), (row, columns.get(key, key))))
    lines.append(("conclusions:", None))
    for conclusion in meeting.conclusions:
        lines += _conclusion(conclusion)
    end = "\r\n" if "\r\n" in planned else "\n"
    return MeetingFile("".join(f"{line}{end}" for line, _ in lines), [cell for _, cell in lines])


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
    """Yield the notes of a row as one internal remark, the parts apart by a point."""
    if notes:
        yield from block("internal", " · ".join(notes), indent)


# --- collections ----------------------------------------------------------------------------------


def collection_file(
    meeting: NewMeeting, drafted: Mapping[str, DraftConclusion], schema: str
) -> str:
    """Return the file of a meeting; `drafted` is what was inferred of conclusions, by number."""
    lines = [
        schema.rstrip("\n"),
        "# " + _("Imported from the file of `source`; what has no key here is below `metadata`."),
    ]
    if drafted:
        purpose = _("The mandates are inferred from the texts. Each inferred value has a comment:")
        comments = _("the words that it comes from, and how sure it is. Look at every “check”.")
        lines += [f"# {purpose}", f"# {comments}"]
    lines += [key_line("id", meeting.id), key_line("body", meeting.body)]
    for key, value in meeting.keys.items():
        lines += tree_lines(key, value, "") if isinstance(value, dict) else [key_line(key, value)]
    lines += _metadata(meeting.metadata, "")
    if meeting.conclusions is not None:
        lines.append("conclusions:" if meeting.conclusions else "conclusions: []")
        for conclusion in meeting.conclusions:
            lines += _decision(conclusion, drafted.get(conclusion.number), meeting)
    return "\n".join(lines) + "\n"


def _metadata(metadata: Mapping[str, Tree], indent: str) -> Iterator[str]:
    if metadata:
        yield from tree_lines("metadata", metadata, indent)


def _decision(
    conclusion: NewConclusion, drafted: DraftConclusion | None, meeting: NewMeeting
) -> Iterator[str]:
    yield number_line(conclusion.number)
    text = conclusion.text
    if text.keys() == {meeting.keys.get("language")}:
        yield from block("text", next(iter(text.values())), "    ", keep_lines=True)
    else:
        yield "    text:"
        for language, words in text.items():
            yield from block(language, words, "      ", keep_lines=True)
    if conclusion.acts:
        yield f"    acts: {one_or_list(conclusion.acts)}"
    if drafted is not None:
        yield from inferred_lines(drafted, "    ")
    yield from _metadata(conclusion.metadata, "    ")


def register_file(
    bodies: Sequence[NewBody],
    organizations: Sequence[tuple[str, str]],
    languages: Sequence[str],
    schema: str,
) -> str:
    """Return a register with the bodies and the organizations that collections name."""
    main = languages[0] if languages else "en"
    names = [{language or main: name for language, name in one.names.items()} for one in bodies]
    process = {"code": bodies[0].code, "name": names[0], "languages": list(languages)}
    lines = [
        schema.rstrip("\n"),
        "# " + _("Made of the bodies and parties that an import named. Complete and correct it."),
        "process:",
        *(line for key, value in process.items() for line in tree_lines(key, value, "  ")),
        "bodies:",
    ]
    for body, name in zip(bodies, names, strict=True):
        keys: dict[str, Tree] = {"name": name}
        if body.aliases:
            keys["aliases"] = list(body.aliases)
        lines += tree_lines(body.code, keys, "  ")
    if organizations:
        lines.append("organizations:")
        for code, source in organizations:
            lines += tree_lines(code, {"name": source}, "  ")
    return "\n".join(lines) + "\n"
