"""The whole register, and the chosen tasks, as the tables of a database.

The names of tables and columns are English, as in every file, so that a query works anywhere.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from grcm_cli.exporter import Database, Relation
from grcm_cli.model import Meeting, Text
from grcm_cli.register import Register
from grcm_cli.task import Task
from grcm_cli.views.answer import Answer

SCHEMA_VERSION = "1"
Row = Sequence[str | int | None]

VIEWS = {
    "overdue": (
        "SELECT task.ref, task_party.party, task.deadline, -task.days AS days_late, mandate.action"
        " FROM task JOIN mandate USING (ref) LEFT JOIN task_party USING (task)"
        " WHERE task.state = 'overdue' ORDER BY task.deadline, task.ref, task_party.party"
    ),
    "by_party": (
        "SELECT party.code, party.kind, count(*) AS tasks, sum(task.open) AS open,"
        " sum(task.state = 'overdue') AS late, sum(task.state = 'done') AS done"
        " FROM task_party JOIN task USING (task) JOIN party ON party.code = task_party.party"
        " GROUP BY party.code ORDER BY party.code"
    ),
    "matrix": (
        "SELECT task.ref, task_party.party, task.state, task.deadline"
        " FROM task JOIN task_party USING (task) ORDER BY task.ref, task_party.party"
    ),
    "due": (
        "SELECT task.ref, group_concat(task_party.party, '+') AS parties, task.deadline,"
        " task.state, task.days, task.due, mandate.action"
        " FROM task JOIN mandate USING (ref) LEFT JOIN task_party USING (task)"
        " WHERE task.open GROUP BY task.task ORDER BY task.deadline IS NULL,"
        " task.deadline, task.ref"
    ),
}


def database(answer: Answer) -> Database:
    """Return all tables: who takes part, what was adopted and reported, who owes what."""
    register = answer.register
    relations = [
        Relation(
            "about",
            ["key TEXT PRIMARY KEY", "value TEXT NOT NULL"],
            [
                ("as_of", answer.as_of.isoformat()),
                ("process", register.process.code),
                ("schema_version", SCHEMA_VERSION),
            ],
        ),
        *_parties(register),
        *_meetings(register),
        *_mandates(register, answer.language),
        *_tasks(answer.found),
        _progress(register),
    ]
    return Database(relations, VIEWS)


def _parties(register: Register) -> Iterator[Relation]:
    known = register.parties
    yield Relation(
        "party",
        ["code TEXT PRIMARY KEY", "kind TEXT NOT NULL", "since TEXT", "until TEXT"],
        [(p.code, p.kind, _day(p.since), _day(p.until)) for p in known],
    )
    yield Relation(
        "party_name",
        ["party TEXT NOT NULL REFERENCES party", "language TEXT NOT NULL", "name TEXT NOT NULL"],
        [(p.code, *pair) for p in known for pair in p.name.by_language.items()],
        ["PRIMARY KEY (party, language)"],
    )
    yield Relation(
        "alias",
        ["party TEXT NOT NULL REFERENCES party", "alias TEXT NOT NULL"],
        [(p.code, alias) for p in known for alias in p.aliases],
    )
    yield Relation(
        "term",
        [
            "office TEXT NOT NULL REFERENCES party",
            "holder TEXT NOT NULL",
            "first TEXT NOT NULL",
            "last TEXT",
        ],
        [
            (p.code, term.holder.text, term.start.isoformat(), _day(term.until))
            for p in known
            for term in p.terms
        ],
    )


def _meetings(register: Register) -> Iterator[Relation]:
    meetings = register.meetings
    adopted = [(m, c) for m in meetings for c in m.conclusions or ()]
    yield Relation(
        "meeting",
        [
            "id TEXT PRIMARY KEY",
            "body TEXT",
            "title TEXT",
            "place TEXT",
            "country TEXT",
            "first_day TEXT",
            "last_day TEXT",
            "language TEXT",
            "source TEXT",
            "adopted INTEGER NOT NULL",
        ],
        [_meeting(meeting) for meeting in meetings],
    )
    yield Relation(
        "attendance",
        ["meeting TEXT NOT NULL REFERENCES meeting", "party TEXT NOT NULL", "role TEXT NOT NULL"],
        [
            (m.id, word.text, role)
            for m in meetings
            for role, named in (("participant", m.participants), ("observer", m.observers))
            for word in named
        ],
    )
    yield Relation(
        "conclusion",
        [
            "meeting TEXT NOT NULL REFERENCES meeting",
            "number TEXT NOT NULL",
            "place INTEGER NOT NULL",
            "note TEXT",
        ],
        [
            (m.id, c.number, place, c.note)
            for m in meetings
            for place, c in enumerate(m.conclusions or (), 1)
        ],
    )
    yield Relation(
        "conclusion_text",
        [
            "meeting TEXT NOT NULL REFERENCES meeting",
            "number TEXT NOT NULL",
            "language TEXT NOT NULL",
            "text TEXT NOT NULL",
        ],
        [(m.id, c.number, *pair) for m, c in adopted for pair in _texts(c.text, m)],
    )
    yield Relation(
        "act",
        [
            "meeting TEXT NOT NULL REFERENCES meeting",
            "number TEXT NOT NULL",
            "act TEXT NOT NULL",
        ],
        [(m.id, c.number, act.text) for m, c in adopted for act in c.acts],
    )
    yield Relation(
        "link",
        [
            "meeting TEXT NOT NULL REFERENCES meeting",
            "number TEXT NOT NULL",
            "kind TEXT NOT NULL",
            "target TEXT NOT NULL",
        ],
        [
            (m.id, c.number, kind, word.text)
            for m, c in adopted
            for kind, named in (
                ("follows", c.follows),
                ("supersedes", c.supersedes),
                ("closes", c.closes),
                ("extends", tuple(extension.mandate for extension in c.extends)),
            )
            for word in named
        ],
    )


def _meeting(meeting: Meeting) -> Row:
    return (
        meeting.id,
        meeting.body.text if meeting.body else None,
        meeting.title.shown(meeting.language or "") if meeting.title else None,
        meeting.place,
        meeting.country.text if meeting.country else None,
        _day(meeting.start),
        _day(meeting.last_day),
        meeting.language,
        meeting.source,
        int(meeting.conclusions is not None),
    )


def _texts(text: Text, meeting: Meeting) -> Iterator[tuple[str, str]]:
    for language, said in text.by_language.items():
        yield language or meeting.language or "", said


def _mandates(register: Register, language: str) -> Iterator[Relation]:
    yield Relation(
        "mandate",
        [
            "ref TEXT PRIMARY KEY",
            "meeting TEXT NOT NULL REFERENCES meeting",
            "number TEXT NOT NULL",
            "ordinal INTEGER NOT NULL",
            "action TEXT NOT NULL",
            "kind TEXT NOT NULL",
            "due TEXT",
            "until TEXT",
            "note TEXT",
            "void TEXT",
        ],
        [
            (
                str(register.address(m, c, mandate)),
                m.id,
                c.number,
                mandate.ordinal,
                (mandate.action or c.text).shown(language),
                mandate.kind,
                mandate.due.written if mandate.due else None,
                _day(mandate.until.day if mandate.until else None),
                mandate.note,
                mandate.void,
            )
            for m, c, mandate in register.each_mandate()
        ],
    )
    yield Relation(
        "support",
        ["ref TEXT NOT NULL REFERENCES mandate", "party TEXT NOT NULL"],
        [
            (str(register.address(m, c, mandate)), word.text)
            for m, c, mandate in register.each_mandate()
            for word in mandate.support
        ],
    )


def _tasks(tasks: Sequence[Task]) -> Iterator[Relation]:
    yield Relation(
        "task",
        [
            "task INTEGER PRIMARY KEY",
            "ref TEXT NOT NULL REFERENCES mandate",
            "occurrence TEXT",
            "due TEXT",
            "deadline TEXT",
            "first_deadline TEXT",
            "state TEXT NOT NULL",
            "open INTEGER NOT NULL",
            "days INTEGER",
            "progress TEXT NOT NULL",
            "done_on TEXT",
            "done_late INTEGER NOT NULL",
            "later_missed INTEGER NOT NULL",
        ],
        [_task(number, task) for number, task in enumerate(tasks, 1)],
    )
    yield Relation(
        "task_party",
        [
            "task INTEGER NOT NULL REFERENCES task",
            "party TEXT NOT NULL",
            "holder TEXT",
        ],
        [
            (number, code, holder)
            for number, task in enumerate(tasks, 1)
            for code in task.parties
            for holder in task.holders.get(code) or (None,)
        ],
    )


def _task(number: int, task: Task) -> Row:
    return (
        number,
        str(task.reference),
        task.occurrence.name if task.occurrence else None,
        task.due,
        _day(task.deadline),
        _day(task.first.deadline if task.first else None),
        task.state,
        int(task.is_open),
        task.days,
        task.progress,
        _day(task.done_on),
        int(task.done_late),
        task.missed.number,
    )


def _progress(register: Register) -> Relation:
    return Relation(
        "progress",
        [
            "party TEXT NOT NULL",
            "mandate TEXT NOT NULL",
            "occurrence TEXT",
            "date TEXT NOT NULL",
            "progress TEXT NOT NULL",
            "evidence TEXT",
            "note TEXT",
        ],
        [
            (
                entry.party,
                entry.mandate.text,
                entry.occurrence.text if entry.occurrence else None,
                entry.day.isoformat(),
                entry.progress,
                entry.evidence,
                entry.note,
            )
            for entry in register.entries
        ],
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
