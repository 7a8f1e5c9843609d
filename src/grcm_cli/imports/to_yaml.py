"""New meetings, of trackers and of collections, and their files: each line with its cell."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from grcm_cli.domain.model import Location, Meeting
from grcm_cli.drafting.bound import DraftResponsible
from grcm_cli.drafting.draft import DraftConclusion
from grcm_cli.drafting.to_yaml import inferred_lines, responsible
from grcm_cli.edoxen.format import Tree, Trees
from grcm_cli.imports.cells import Days
from grcm_cli.imports.findings import CellKey
from grcm_cli.reader.emit import block, key_line, number_line, one_or_list, tree_lines
from grcm_cli.views.file_templates import schema_line

Line = tuple[str, CellKey | None]
"""A line of a file, and the cell that it comes from; None where it comes of the whole."""
_CELLS = {"id": "meeting", "title": "meeting", "country": "place", "language": None}
"""The columns of a tracker that the keys of a meeting come from, where these differ."""


class NewMandate(NamedTuple):
    """A duty, from one row of a tracker."""

    row: int
    action: str = ""
    who: DraftResponsible | None = None
    support: Sequence[str] = ()
    due: str = ""
    note: Sequence[str] = ()
    """What has no key of its own, each with the heading of its column."""
    report: Mapping[str, str] = {}
    """How it stands, as cells of an entry: on, progress, evidence, internal; else empty."""
    words: str = ""
    """The cell that says how it stands."""


class NewConclusion(NamedTuple):
    """A conclusion that is in no file yet."""

    number: str
    text: Mapping[str, str]
    """By language."""
    mandates: Sequence[NewMandate] = ()
    note: Sequence[str] = ()
    acts: Sequence[str] = ()
    metadata: Mapping[str, Tree] = {}
    row: int = 0
    """Of a tracker: the first one that has its number."""


class NewMeeting(NamedTuple):
    """A meeting as its file is to say it."""

    keys: Trees
    """The keys of the file but its conclusions, in its order."""
    conclusions: Sequence[NewConclusion] | None
    days: Days
    at: Location = Location("", 1, 1, 0)
    """The place in a collection."""
    rows: Sequence[int] = ()
    """Of a tracker."""
    existing: Meeting | None = None
    """The meeting of the record that was only planned until now."""

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.keys["id"])


def meeting_lines(
    meeting: NewMeeting,
    comments: Sequence[str],
    drafted: Mapping[str, DraftConclusion] = {},
    planned: str = "",
) -> list[Line]:
    """Return a meeting file's lines: `planned` is its text, `drafted` is inferred, by number."""
    row, keys = meeting.rows[0] if meeting.rows else 0, meeting.keys
    head = [schema_line("meeting", above=True).rstrip("\n")]
    if meeting.existing is not None:
        head = planned.rstrip().split("\n")
        keys = {} if meeting.existing.language else {"language": keys["language"]}
    lines: list[Line] = [(line.rstrip("\r"), None) for line in head]
    lines += ((f"# {comment}", None) for comment in comments)
    for key, value in keys.items():
        lines += ((line, (row, _CELLS.get(key, key))) for line in _keys({key: value}))
    if meeting.conclusions is not None:
        lines.append(("conclusions:" if meeting.conclusions else "conclusions: []", None))
        for conclusion in meeting.conclusions:
            language = str(meeting.keys.get("language"))
            lines += _conclusion(conclusion, language, drafted.get(conclusion.number))
    return lines


def _keys(keys: Trees, indent: str = "") -> Iterator[str]:
    for key, value in keys.items():
        if value and isinstance(value, dict):
            yield from tree_lines(key, value, indent)
        elif value:
            yield indent + key_line(key, value)


def _conclusion(
    conclusion: NewConclusion, main: str, drafted: DraftConclusion | None
) -> Iterator[Line]:
    row, text = conclusion.row, conclusion.text
    comment = f"  # {row}" if row else ""
    yield f"{number_line(conclusion.number)}{comment}", (row, "number")
    is_plain = text.keys() == {main}
    if not is_plain:
        yield "    text:", (row, "text")
    for language, words in text.items():
        key, indent = ("text", "    ") if is_plain else (language, "      ")
        yield from ((line, (row, "text")) for line in block(key, words, indent, keep_lines=True))
    if conclusion.acts:
        yield f"    acts: {one_or_list(conclusion.acts)}", None
    yield from ((line, None) for line in (inferred_lines(drafted) if drafted else ()))
    duty = conclusion.mandates[0] if len(conclusion.mandates) == 1 else NewMandate(row)
    yield from _mandate(duty._replace(note=[*conclusion.note, *duty.note]), "    ")
    if len(conclusion.mandates) > 1:
        yield "    mandates:", (row, "number")
        for duty in conclusion.mandates:
            (first, cell), *others = _mandate(duty, "        ")
            first = f"      - {first.removeprefix('        ')}"
            yield first if first.endswith(">-") else f"{first}  # {duty.row}", cell
            yield from others
    yield from ((line, None) for line in _keys({"metadata": conclusion.metadata}, "    "))


def _mandate(duty: NewMandate, indent: str) -> Iterator[Line]:
    """Yield the keys of a mandate; the notes of its row are one internal remark."""
    who = [f"{indent}responsible: {responsible(duty.who)}"] if duty.who else []
    lead = _keys({"lead": duty.who.lead_code}, indent) if duty.who else ()
    lines = {
        "action": block("action", duty.action, indent) if duty.action else (),
        "responsible": [*who, *lead],
        "support": _keys({"support": list(duty.support)}, indent),
        "due": _keys({"due": duty.due}, indent),
        "note": block("internal", " · ".join(duty.note), indent) if duty.note else (),
    }
    for column, written in lines.items():
        for line in written:
            yield line, (duty.row, column)
