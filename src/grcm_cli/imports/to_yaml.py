"""The files of imported meetings: their lines, each with the cell that it comes from."""

from collections.abc import Iterator, Mapping

from grcm_cli.drafting.draft import DraftConclusion
from grcm_cli.drafting.to_yaml import inferred_lines, responsible
from grcm_cli.edoxen.format import Tree
from grcm_cli.imports.edoxen.meetings import NewConclusion, NewMeeting
from grcm_cli.imports.findings import CellKey
from grcm_cli.imports.tracker import ImportedConclusion, ImportedMandate, ImportedMeeting
from grcm_cli.language.text import _, clean
from grcm_cli.reader.emit import block, key_line, number_line, one_or_list, tree_lines
from grcm_cli.views.file_templates import schema_line

Line = tuple[str, CellKey | None]
"""A line of a file, and the cell that it comes from; None where it comes of the whole."""
_CELLS = {"id": "meeting", "title": "meeting", "country": "place", "language": None}
"""The columns of a tracker that the keys of a meeting come from, where these differ."""


def _head(*comments: str) -> list[Line]:
    schema = schema_line("meeting", above=True).rstrip("\n")
    return [(schema, None), *((f"# {comment}", None) for comment in comments)]


def _keys(keys: Mapping[str, Tree], indent: str = "") -> Iterator[str]:
    for key, value in keys.items():
        if value and isinstance(value, dict):
            yield from tree_lines(key, value, indent)
        elif value:
            yield indent + key_line(key, value)


# --- trackers -------------------------------------------------------------------------------------


def meeting_lines(meeting: ImportedMeeting, source: str, planned: str = "") -> list[Line]:
    """Return the lines of a meeting's file, imported from a tracker of the name `source`.

    That is no key: its document would be published, and a tracker is for the secretariat alone.
    `planned` is its text so far, which stays; empty for a meeting without a file.
    """
    keys, row = meeting.keys, meeting.rows[0] if meeting.rows else 0
    comment = _("Imported from {file}; a number in a comment is the row there.")
    lines = _head(comment.format(file=clean(source)))
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
    if keys.existing is not None:
        lines[:1] = [(line.rstrip("\r"), None) for line in planned.rstrip().split("\n")]
        values = {} if keys.existing.language else {"language": meeting.language}
    for key, value in values.items():
        lines += ((line, (row, _CELLS.get(key, key))) for line in _keys({key: value}))
    lines.append(("conclusions:", None))
    for conclusion in meeting.conclusions:
        lines += _conclusion(conclusion)
    return lines


def _conclusion(conclusion: ImportedConclusion) -> Iterator[Line]:
    row = conclusion.row
    yield f"{number_line(conclusion.number)}  # {row}", (row, "number")
    for line in block("text", conclusion.text, "    "):
        yield line, (row, "text")
    is_single = len(conclusion.mandates) == 1
    duty = conclusion.mandates[0] if is_single else ImportedMandate(row)
    yield from _mandate(duty._replace(note=[*conclusion.note, *duty.note]), "    ")
    if len(conclusion.mandates) > 1:
        yield "    mandates:", (row, "number")
        for duty in conclusion.mandates:
            (first, cell), *others = _mandate(duty, "        ")
            first = f"      - {first.removeprefix('        ')}"
            yield first if first.endswith(">-") else f"{first}  # {duty.row}", cell
            yield from others


def _mandate(duty: ImportedMandate, indent: str) -> Iterator[Line]:
    """Yield the keys of a mandate; the notes of its row are one internal remark."""
    lines = {
        "action": block("action", duty.action, indent) if duty.action else (),
        "responsible": [f"{indent}responsible: {responsible(duty.who)}"] if duty.who else (),
        "support": _keys({"support": list(duty.support)}, indent),
        "due": _keys({"due": duty.due}, indent),
        "note": block("internal", " · ".join(duty.note), indent) if duty.note else (),
    }
    for column, written in lines.items():
        for line in written:
            yield line, (duty.row, column)


# --- collections ----------------------------------------------------------------------------------


def collection_lines(meeting: NewMeeting, drafted: Mapping[str, DraftConclusion]) -> list[Line]:
    """Return the lines of a meeting's file; `drafted` is what was inferred, by number."""
    purpose = _("The mandates are inferred from the texts. Each inferred value has a comment:")
    comments = _("the words that it comes from, and how sure it is. Look at every “check”.")
    source = _("Imported from the file of `source`; what has no key here is under `metadata`.")
    lines = list(_keys(meeting.keys))
    if meeting.conclusions is not None:
        lines.append("conclusions:" if meeting.conclusions else "conclusions: []")
        main = meeting.keys.get("language")
        for conclusion in meeting.conclusions:
            lines += _decision(conclusion, drafted.get(conclusion.number), str(main))
    head = _head(source, *((purpose, comments) if drafted else ()))
    return [*head, *((line, None) for line in lines)]


def _decision(
    conclusion: NewConclusion, drafted: DraftConclusion | None, main: str
) -> Iterator[str]:
    yield number_line(conclusion.number)
    text = conclusion.text
    if text.keys() == {main}:
        yield from block("text", text[main], "    ", keep_lines=True)
    else:
        yield "    text:"
        for language, words in text.items():
            yield from block(language, words, "      ", keep_lines=True)
    if conclusion.acts:
        yield f"    acts: {one_or_list(conclusion.acts)}"
    if drafted is not None:
        yield from inferred_lines(drafted, "    ")
    yield from _keys({"metadata": conclusion.metadata}, "    ")
