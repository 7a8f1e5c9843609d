"""What an import is to write, and where: checked as `grcm validate` does, before any of it is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from grcm_cli.domain.findings import errors
from grcm_cli.domain.lineage import lineage_of
from grcm_cli.domain.model import Entry, Reference
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import ANSWERED
from grcm_cli.drafting.draft import DraftConclusion, draft_texts
from grcm_cli.drafting.to_yaml import inferred_lines, responsible
from grcm_cli.edoxen import NAME, Tree, Trees
from grcm_cli.imports import NewConclusion, NewMandate, NewMeeting, TrackerOptions
from grcm_cli.imports.edoxen import Meetings
from grcm_cli.imports.findings import CellKey, CellReasons, Row, Tracker, body_code, unique_code
from grcm_cli.imports.tracker import read_meetings
from grcm_cli.language.text import N_, _, clean, collapse, fold, in_series
from grcm_cli.lookups.edits import findings_in
from grcm_cli.lookups.errors import BadData
from grcm_cli.lookups.names import refuse_outside
from grcm_cli.reader import emit
from grcm_cli.recording.entries import EntryRequest, build_entries
from grcm_cli.sheets.table import SheetTable
from grcm_cli.storage import files
from grcm_cli.storage.file_reader import read_bytes
from grcm_cli.storage.loader import load
from grcm_cli.storage.paths import MEETINGS, REGISTER, shown_path
from grcm_cli.views.file_templates import schema_line, without_example

_MAY_BE_NOTED = ("responsible", "support", "due")
"""The columns whose values go to the note where a rule finds an error in them."""
_MOST_SHOWN = 10  # errors that end an import
_COMMENTS = (
    N_("Imported from the file named in `source`; what has no key here is under `metadata`."),
    N_("The mandates are inferred from the texts. Each inferred value has a comment:"),
    N_("the words that it comes from, and how certain it is. Look at every “check”."),
)
"""What a meeting's file begins with; the last two only where mandates are inferred."""
_DRAWN = re.compile(r"( +)(?:due|responsible|support|after|follows|extends|closes|supersedes): .*")
"""The line of a value that a draft infers."""
Line = tuple[str, CellKey | None]
"""A line of a file, and the cell that it comes from; None where it comes of the whole."""
_CELLS = {"id": "meeting", "title": "meeting", "country": "place", "language": None}
"""The columns of a tracker that the keys of a meeting come from, where these differ."""
ByNumber = Mapping[str, DraftConclusion]
"""What was inferred of the conclusions of a meeting."""
Drafts = Mapping[str, ByNumber]  # by the id of the meeting


class Destination(NamedTuple):
    """The data folder that files are imported into."""

    folder: Path
    cwd: Path  # from where its paths are shown
    as_of: date

    def new_meeting(self, meeting_id: str) -> Path:
        """Return the path of a meeting without a file. Raises BadData where none can be made."""
        name = files.file_name(meeting_id)
        if name is None:
            message = _("'{text}' is not a meeting id: use letters, digits and hyphens")
            raise BadData(message, text=meeting_id)
        path = self.folder / MEETINGS / name
        # On a file system that ignores case, CRM-1.yaml and crm-1.yaml are one file.
        taken = {file.name.casefold() for file in path.parent.glob("*.yaml")}
        if path.exists() or name.casefold() in taken:
            message = _("{path} already exists, and cannot be read as a meeting; see grcm validate")
            raise BadData(message, _("nothing was written"), path=shown_path(path, self.cwd))
        refuse_outside(path, self.folder, self.cwd)
        return path


class ImportPlan(NamedTuple):
    """What an import is to write."""

    files: Mapping[Path, bytes]
    planned: Mapping[Path, bytes] = {}
    """The bytes so far of those files that are there, of meetings that were planned."""
    entries: Sequence[Entry] = ()


def meeting_lines(
    meeting: NewMeeting, comments: Sequence[str], drafted: ByNumber, planned: str = ""
) -> list[Line]:
    """Return a meeting file's lines: `planned` is its text, `drafted` is inferred, by number."""
    row, keys = meeting.rows[0] if meeting.rows else 0, meeting.keys
    head = [schema_line("meeting", above=True).rstrip("\n")]
    if meeting.existing is not None:
        head = without_example(planned).rstrip().split("\n")
        has_language = meeting.existing.language is not None
        added = ("title", "place", "country", *(() if has_language else ("language",)))
        keys = {name: keys[name] for name in added if name in keys}
    lines: list[Line] = [(line, None) for line in head]
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
        # What is neither a text nor a list of texts is refused where the files are checked.
        if value and (isinstance(value, dict) or not all(isinstance(text, str) for text in value)):
            yield from emit.tree_lines(key, value, indent)
        elif value:
            yield indent + emit.key_line(key, value)


def _conclusion(
    conclusion: NewConclusion, main: str, drafted: DraftConclusion | None
) -> Iterator[Line]:
    row, text, number = conclusion.row, conclusion.text, emit.number_line(conclusion.number)
    yield f"{number}  # {row}" if row else number, (row, "number")
    is_plain = text.keys() == {main}
    if not is_plain:
        yield "    text:", (row, "text")
    for language, words in text.items():
        key, indent = ("text", "    ") if is_plain else (language, "      ")
        lines = emit.block(key, words, indent, keep_lines=True)
        yield from ((line, (row, "text")) for line in lines)
    if conclusion.acts:
        yield f"    acts: {emit.one_or_list(conclusion.acts)}", None
    if conclusion.is_confidential:
        yield "    confidential: true", None
    yield from ((line, None) for line in _keys({"themes": list(conclusion.themes)}, "    "))
    yield from ((line, None) for line in (inferred_lines(drafted) if drafted else ()))
    duty = conclusion.mandates[0] if len(conclusion.mandates) == 1 else NewMandate(row)
    yield from _mandate(duty._replace(note=[*conclusion.note, *duty.note]), "    ")
    if len(conclusion.mandates) > 1:
        yield "    mandates:", (row, "number")
        for duty in conclusion.mandates:
            (first, cell), *following = _mandate(duty, "        ")
            first = f"      - {first.removeprefix('        ')}"
            yield first if first.endswith(">-") else f"{first}  # {duty.row}", cell
            yield from following
    yield from ((line, None) for line in _keys({"metadata": conclusion.metadata}, "    "))


def _mandate(duty: NewMandate, indent: str) -> Iterator[Line]:
    """Yield the keys of a mandate; the notes of its row are one internal remark."""
    owner_lines = [f"{indent}responsible: {responsible(duty.who)}"] if duty.who else []
    lead = _keys({"lead": duty.who.lead_code}, indent) if duty.who else ()
    lines = {
        "action": emit.block("action", duty.action, indent) if duty.action else (),
        "text": [f"{indent}kind: encouragement"] if duty.is_urged else (),
        "responsible": [*owner_lines, *lead],
        "support": _keys({"support": list(duty.support)}, indent),
        "due": _keys({"due": duty.due}, indent),
        "note": emit.block("internal", " · ".join(duty.note), indent) if duty.note else (),
    }
    for column, written in lines.items():
        for line in written:
            yield line, (duty.row, column)


def _refuse(messages: Sequence[str]) -> None:
    """Raise BadData for errors that do not go away if a value is left out."""
    if messages:
        raise BadData(in_series(map(clean, messages[:_MOST_SHOWN])), _("nothing was written"))


def _encoded(lines_of: Mapping[Path, Sequence[str]]) -> dict[Path, bytes]:
    return {path: "\n".join([*lines, ""]).encode() for path, lines in lines_of.items()}


def plan_tracker(
    table: SheetTable, register: Register, options: TrackerOptions, into: Destination
) -> tuple[Tracker, ImportPlan]:
    """Return a tracker and its plan. A cell that a rule finds wrong goes to its mandate's note.

    Raises BadData, naming the cells, where the files would still have errors.
    """
    # The source is no key: its document would be published, and a tracker is for nobody else.
    comment = _("Imported from {file}; a number in a comment is a row of that file.")
    comment = comment.format(file=table.source)
    refused: CellReasons = {}
    while True:
        tracker = Tracker(table, register, options, refused)
        read_meetings(tracker)
        by_path: dict[str, list[Line]] = {}
        new: dict[Path, bytes] = {}
        planned: dict[Path, bytes] = {}
        for meeting in tracker.meetings:
            if meeting.existing is None:
                path = into.new_meeting(meeting.id)
            else:
                path = into.folder / MEETINGS / f"{meeting.id}.yaml"
                planned[path] = read_bytes(path)
            before = planned.get(path, b"").decode()
            end = "\r\n" if "\r\n" in before else "\n"
            lines = meeting_lines(meeting, [comment], {}, before.replace(end, "\n"))
            by_path[shown_path(path, into.cwd)] = lines
            new[path] = "".join(f"{line}{end}" for line, _cell in lines).encode()
        after, findings = findings_in(new, *into) if new else (None, [])
        wrong: CellReasons = {}
        messages = []
        for finding in errors(findings):
            cell = by_path[finding.at.path][finding.at.line - 1 :][:1]
            key = cell[0][1] if cell and finding.at.line else None
            if key is not None and key[1] in _MAY_BE_NOTED:
                wrong.setdefault(key, finding.full_message)
            else:
                place = table.place(*key) if key else finding.at.path
                messages.append(f"{place}: {finding.full_message}")
        if not wrong:
            _refuse(messages)
            entries, wrong = _entries(tracker, after, into.as_of) if after else ([], {})
            if not wrong:
                return tracker, ImportPlan(new, planned, entries)
        refused |= wrong


def _entries(tracker: Tracker, register: Register, as_of: date) -> tuple[list[Entry], CellReasons]:
    """Return the entries of a tracker, and the states that cannot be recorded, each with why."""
    requests: list[EntryRequest] = []
    refused: CellReasons = {}
    lineage = lineage_of(register)
    duties = (
        (Reference(meeting.id, conclusion.number, ordinal), conclusion, duty)
        for meeting in tracker.meetings
        for conclusion in meeting.conclusions or ()
        for ordinal, duty in enumerate(conclusion.mandates, 1)
    )
    for reference, conclusion, duty in duties:
        parties = lineage.all_who_owe(reference)
        if not duty.report:
            continue
        values = {"count": len(parties), "codes": " ".join(parties)}
        is_clear = duty.report["progress"] in ANSWERED or tracker.options.each_started
        if len(parties) > 1 and not is_clear:
            message = _("it does not say which of {count} parties; see --each-started")
            refused[duty.row, "progress"] = message.format(**values)
            continue
        if len(parties) > 1:
            message = _(
                "recorded for each of {count} parties ({codes}); remove the entries that do not "
                "apply"
            )
            Row(duty.row, {}, tracker).doubt("progress", duty.words, message, **values)
        written = reference if len(conclusion.mandates) > 1 else reference._replace(ordinal=None)
        cells = {**duty.report, "mandate": str(written)}
        requests += (EntryRequest({**cells, "by": code}, duty.row) for code in parties)
    entries, rejections = build_entries(register, requests, as_of)
    for rejection in rejections:
        why = rejection.why
        if rejection.column == "for":
            why = _(
                "the duty recurs, and the row does not say which occurrence is meant: see "
                "grcm record --for"
            )
        refused.setdefault((rejection.row, "progress"), why)
    return entries, refused


def plan_collections(
    meetings: Meetings, register: Register | None, destination: Destination, *, drafts: bool
) -> tuple[Drafts, ImportPlan]:
    """Return the files of new meetings, and of a register where there is none yet.

    With `drafts`, mandates are inferred from the texts. Raises BadData where a file would have an
    error that comes of no inferred value.
    """
    new_files: dict[Path, list[str]] = {}
    if register is None and meetings.made:
        new_files[destination.folder / REGISTER] = _new_register(meetings)
        register = load(destination.folder, destination.cwd, _encoded(new_files)).register
    drafted: dict[str, ByNumber] = {}
    for meeting in meetings.made:
        if drafts and register is not None:
            drafted[meeting.id] = _drafted(meeting, register)
        path, inferred = destination.new_meeting(meeting.id), drafted.get(meeting.id, {})
        comments = [_(comment) for comment in _COMMENTS[: 3 if inferred else 1]]
        lines = meeting_lines(meeting, comments, inferred)
        new_files[path] = [line for line, _cell in lines]
    by_path = {shown_path(path, destination.cwd): path for path in new_files}
    while problems := errors(findings_in(_encoded(new_files), *destination)[1]):
        messages = []
        for finding in problems:
            written, place = new_files[by_path[finding.at.path]], finding.at.line - 1
            if match := _DRAWN.fullmatch(written[place]):
                inferred_line, why = written[place].strip(), clean(finding.message)
                written[place] = f"{match[1]}# {inferred_line} ({why})"
            else:
                messages.append(f"{finding.at}: {finding.full_message}")
        _refuse(messages)
    return drafted, ImportPlan(_encoded(new_files))


def _drafted(meeting: NewMeeting, register: Register) -> dict[str, DraftConclusion]:
    first, last = (day.isoformat() for day in meeting.days)
    keys = {"body": str(meeting.keys["body"]), "start": first, "end": last}
    drafted: dict[str, DraftConclusion] = {}
    main = meeting.keys.get("language")
    for language in sorted(("es", "en"), key=lambda language: language != main):
        in_language = [each for each in meeting.conclusions or () if language in each.text]
        left = [each for each in in_language if each.number not in drafted]
        items = [(conclusion.number, conclusion.text[language]) for conclusion in left]
        if items:
            conclusions = draft_texts(items, register, {**keys, "language": language})
            drafted |= {conclusion.item.number: conclusion for conclusion in conclusions}
    return drafted


def _new_register(meetings: Meetings) -> list[str]:
    """Return a register with the bodies that met and the organizations that are the sources."""
    languages: dict[str, None] = {}
    bodies = meetings.new_bodies
    names = {fold(name) for body in bodies for name in (*body.names.values(), *body.aliases)}
    codes = [body.code for body in bodies]
    organizations: dict[str, Tree] = {}
    for meeting in meetings.made:
        languages[str(meeting.keys.get("language", "en"))] = None
        for conclusion in meeting.conclusions or ():
            languages.update(dict.fromkeys(conclusion.text))
        kept = meeting.keys.get("metadata", {}).get(NAME, {})
        source = kept.get("collection", {}).get("source")
        if isinstance(source, str) and fold(source) not in names:
            names.add(fold(source))
            code = unique_code(body_code(source), organizations, codes)
            organizations[code] = {"name": collapse(source)}
    known = list(filter(None, languages))
    main = known[0] if known else "en"
    sections = {"bodies": {body.code: body.keys(main) for body in bodies}}
    if organizations:
        sections["organizations"] = organizations
    if meetings.themes:
        sections["themes"] = meetings.themes
    first = bodies[0].code
    process = {"code": first, "name": sections["bodies"][first]["name"], "languages": known}
    return [
        schema_line("register", above=False).rstrip("\n"),
        "# " + _("Made from the bodies and parties that an import named. Complete and correct it."),
        *emit.section_lines({"process": process, **sections}),
    ]
