"""What an import of collections understood, what is doubtful and what it leaves, as tables."""

from collections import Counter
from collections.abc import Sequence

from grcm_cli.drafting.languages import language_name
from grcm_cli.edoxen.format import NAME, Tree
from grcm_cli.formats.listing import Column, TableRow, TextTable
from grcm_cli.imports.edoxen.documents import Documents
from grcm_cli.imports.edoxen.meetings import DecisionDoubt, Meetings, NewBody
from grcm_cli.imports.edoxen.plan import CollectionPlan
from grcm_cli.imports.report import content_words, doubtful_table
from grcm_cli.language.text import _, clean, in_quotes, ngettext
from grcm_cli.reader.emit import tree_lines

_MOST_PLACES = 3
_MOST_NAMES = 12


def collections_report(meetings: Meetings, plan: CollectionPlan) -> list[TextTable]:
    """Return the tables of the report of collections."""
    tables = [
        _understood(meetings, plan),
        _doubtful(meetings.doubts, meetings.documents),
        _left(meetings),
        *([_where(meetings)] if meetings.made else []),
    ]
    return [table for table in tables if table.rows]


def body_lines(bodies: Sequence[NewBody]) -> list[str]:
    """Return the lines that add bodies to the register."""
    lines = ["bodies:"]
    for body in bodies:
        names: Tree = body.names[""] if body.names.keys() == {""} else dict(body.names)
        keys = {"name": names, "aliases": list(body.aliases)}
        lines += tree_lines(body.code, {key: keys[key] for key in keys if keys[key]}, "  ")
    return lines


def unnamed_parties(plan: CollectionPlan) -> str:
    """Return the words for who is bound that the register lacks; empty where there are none."""
    names = plan.unnamed.most_common(_MOST_NAMES)
    words = [f"{in_quotes(clean(name))} ({count})" for name, count in names]
    return ", ".join([*words, *(["…"] if len(plan.unnamed) > _MOST_NAMES else [])])


def _understood(meetings: Meetings, plan: CollectionPlan) -> TextTable:
    rows = []
    for meeting in meetings.made:
        days = meeting.first.isoformat()
        days += f" – {meeting.last.isoformat()}" if meeting.last > meeting.first else ""
        mandates = plan.mandates.get(meeting.id) or None
        content = content_words(len(meeting.conclusions or ()), mandates)
        rows.append(TableRow((meeting.id, days, content, clean(meeting.at.path))))
    title = ngettext("Understood: {count} meeting", "Understood: {count} meetings", len(rows))
    columns = [
        *(Column(_("Meeting")), Column(_("Days")), Column(_("Content"), wide=True)),
        Column(_("File"), wide=True),
    ]
    return TextTable(title.format(count=len(rows)), columns, rows)


def _doubtful(doubts: Sequence[DecisionDoubt], documents: Documents) -> TextTable:
    alike: dict[tuple[str, str], list[DecisionDoubt]] = {}
    for doubt in doubts:
        alike.setdefault((doubt.kind, "" if doubt.kind == "title" else doubt.text), []).append(
            doubt
        )
    rows = []
    for (kind, text), same in alike.items():
        places = clean(
            ", ".join(f"{doubt.at.path}:{doubt.at.line}" for doubt in same[:_MOST_PLACES])
        )
        places += f" (+{len(same) - _MOST_PLACES})" if len(same) > _MOST_PLACES else ""
        rows.append(TableRow((places, clean(text), _done_with(kind, same)), "soon"))
    for path, sentences in documents.notes.items():
        rows += [TableRow((clean(path), "", clean(sentence))) for sentence in sentences]
    if empties := documents.empties:
        places = clean(", ".join(map(str, empties[:_MOST_PLACES])))
        places += "…" if len(empties) > _MOST_PLACES else ""
        rows.append(TableRow((places, "", _("a key without a value: left out"))))
    return doubtful_table(Column(_("Place"), wide=True), rows)


def _done_with(kind: str, alike: Sequence[DecisionDoubt]) -> str:
    match kind:
        case "number":
            message = _("no number in the form of grcm; written as {number}")
            return message.format(number=clean(alike[0].more))
        case "repeated":
            message = _("the number is there before; written as {numbers}")
            return message.format(numbers=", ".join(clean(doubt.more) for doubt in alike[:6]))
        case "title":
            return _("the decision has no text; its title, subject or number stands for it")
        case "language":
            message = _("texts without a language; read as {language}")
            return message.format(language=language_name(alike[0].text))
        case "days":
            return _("the file says no day of the meeting: the days of its decisions were taken")
        case _:
            return _("an unknown type of action: no act was made of it; it is in the metadata")


def _left(meetings: Meetings) -> TextTable:
    rows = []
    for left in meetings.undated:
        why = _("the file says no day of the meeting: write `date` into its `metadata`")
        if left.what == "order":
            why = _("the meeting ends before it starts")
        rows.append(TableRow((clean(f"{left.at.path}:{left.at.line}"), why), "late"))
    for at, meeting in meetings.existing:
        message = _("{meeting} is in the record already: its file is not touched")
        place = clean(f"{at.path}:{at.line}")
        rows.append(TableRow((place, message.format(meeting=clean(meeting)))))
    columns = [Column(_("Place"), wide=True), Column(_("Why"), wide=True)]
    return TextTable(_("Left out"), columns, rows)


def _where(meetings: Meetings) -> TextTable:
    """Return where what has no key of grcm's went."""
    conclusions = [one for meeting in meetings.made for one in meeting.conclusions or ()]
    kept = Counter(key for one in conclusions for key in one.metadata.get(NAME, {}))
    rows = [
        TableRow((_("identifier, dates and title of the meeting"), "id, body, start, end, title")),
        TableRow((_("identifier of a decision"), "number")),
        TableRow((_("message; else considerations and actions, in their order"), "text")),
        TableRow((_("types of actions"), "acts")),
    ]
    if names := ", ".join(f"{clean(key)} ({count})" for key, count in kept.most_common()):
        rows.append(TableRow((names, f"metadata: {NAME}")))
    columns = [Column(_("In the collection"), wide=True), Column(_("In the meeting's file"))]
    return TextTable(_("Where it went"), columns, rows)
