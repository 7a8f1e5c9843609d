"""Find what a word names: a day, a period, a party, a meeting, a reference, a rule, a folder.

Commands and the library ask here. Nothing here knows typer.
"""

import os
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

from grcm_cli.domain.findings import Rule
from grcm_cli.domain.model import MandateKind, Meeting, Party, PartyKind, Reference, Theme
from grcm_cli.domain.parties import names_of
from grcm_cli.domain.periods import Days, later, parse_day, parse_period, parse_relative_day
from grcm_cli.domain.publication import published
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Query, State
from grcm_cli.language.suggestions import Choices, choices_of, did_you_mean
from grcm_cli.language.text import N_, _, clean, fold, labelled, natural_key, with_single_spaces
from grcm_cli.lookups.errors import BadData, WrongUse
from grcm_cli.reader.advice import period_advice, wrong_day
from grcm_cli.storage.file_reader import read_bytes
from grcm_cli.storage.loader import load
from grcm_cli.storage.paths import folder_named, leads_outside, shown_path
from grcm_cli.storage.stray_files import stray_registers

if TYPE_CHECKING:
    from grcm_cli.domain.changes import ChangePeriod, TaskChange
    from grcm_cli.domain.diff import Difference

_MOST_REFERENCES = 6  # which an error names for a number alone
_NOT_OF_KIND = {
    "group": N_("{code} is not a group of parties"),
    "member": N_("{code} is not a member country"),
}
_STATES: tuple[State, ...] = get_args(State)
_KINDS: tuple[MandateKind, ...] = get_args(MandateKind)


def find_rule(by_name: Mapping[str, Rule], name: str) -> Rule:
    """Return a rule by its name. Raises WrongUse, with a suggestion."""
    if name in by_name:
        return by_name[name]
    question = did_you_mean(name, by_name) or _("grcm explain lists them")
    raise WrongUse(_("there is no rule '{name}'"), question, name=name)


def find_party(register: Register, word: str, kind: PartyKind | None = None) -> Party:
    """Return the party that a word means. Raises WrongUse, with a suggestion for a near miss.

    One of another kind than a given one is refused.
    """
    parties = register.directory.named(word)
    if len(parties) == 1:
        if kind not in (None, parties[0].kind):
            raise WrongUse(_(_NOT_OF_KIND[kind]), code=parties[0].code)
        return parties[0]
    if parties:
        codes = ", ".join(party.code for party in parties)
        raise WrongUse(_("'{word}' may mean {codes}; write the code"), word=word, codes=codes)
    parts = [part for part in re.split(r"[,;+/&]| (?:y|e|and) ", word) if part]
    question = register.directory.choices().question(word)
    if len(parts) > 1 and any(register.directory.named(part) for part in parts):
        question = _("name one at a time")
    raise WrongUse(_("the register has no party '{word}'"), question, word=word)


def find_theme(register: Register, word: str) -> Theme:
    """Return the theme that a code or a name means. Raises WrongUse, with a suggestion or all."""
    themes = register.process.themes
    for theme in themes:
        if fold(word) in map(fold, names_of(theme)):
            return theme
    choices = Choices((name, theme.code) for theme in themes for name in names_of(theme))
    hint = _("its themes are: {codes}").format(codes=", ".join(theme.code for theme in themes))
    if not themes:
        hint = _("the record has none: name them in register.yaml, under `themes`")
    _refuse_confidential(register, word)
    message = _("the register has no theme '{code}'")
    raise WrongUse(message, choices.question(word) or hint, code=word)


def find_body(register: Register, word: str) -> Party:
    """Return the body that a word means. Raises WrongUse, with a suggestion or all bodies."""
    codes = ", ".join(party.code for party in register.parties if party.kind == "body")
    named = register.directory.named(word)
    if bodies := [party for party in named if party.kind == "body"]:
        return bodies[0]
    if len(named) == 1:
        message = _("{code} is not a body that meets; the bodies are: {bodies}")
        raise WrongUse(message, code=named[0].code, bodies=codes)
    question = register.directory.choices(("body",)).question(word)
    hint = question or (_("its bodies are: {bodies}").format(bodies=codes) if codes else "")
    raise WrongUse(_("the register has no body '{code}'"), hint, code=word)


def named_party(register: Register, word: str) -> Party | None:
    """Return the only party that a word names, where it is the id of no meeting; else None."""
    if any(fold(meeting_id) == fold(word) for meeting_id in register.calendar.by_id):
        return None
    parties = register.directory.named(word)
    return parties[0] if len(parties) == 1 else None


def find_meeting(register: Register, word: str, option_for_body: str = "--body") -> Meeting:
    """Return a meeting by its id, whatever the case. Raises WrongUse, with a suggestion.

    `option_for_body` is what takes a body where one is named; empty where nothing does.
    """
    for meeting in register.meetings:
        if fold(meeting.id) == fold(word):
            return meeting
    if any(fold(unread) == fold(word) for unread in register.unread_meetings):
        message = _("the file of {meeting} cannot be read: grcm validate says why")
        raise BadData(message, meeting=word)
    bodies = [party.code for party in register.directory.named(word) if party.kind == "body"]
    if option_for_body and bodies:
        hint = _("write {option} {code}").format(option=option_for_body, code=bodies[0])
        raise WrongUse(_("{code} is a body that meets"), hint, code=bodies[0])
    _refuse_confidential(register, word)
    question = did_you_mean(word, register.calendar.by_id)
    raise WrongUse(_("'{text}' is not a meeting in the record"), question, text=word)


def find_reference(register: Register, word: str, *, for_show: bool = False) -> Reference:
    """Return the reference that a word spells. Raises WrongUse for one to nothing in the record.

    With `for_show`, 6 may stand for 6.a and 6.b, and a party may be meant.
    """
    reference = register.parse_reference(word)
    if reference is None:
        raise _no_reference(register, word, or_party=for_show)
    _refuse_body(register, reference.meeting)
    number = reference.number
    if number is None:
        ids = {*register.calendar.by_id, *register.unread_meetings}
        if all(fold(name) != fold(word) for name in ids) and choices_of(ids).near(word) is None:
            raise _no_reference(register, word, or_party=for_show)
    meeting = find_meeting(register, reference.meeting, "")  # its id in the case of its file
    reference = reference._replace(meeting=meeting.id)
    if number is None:
        return reference
    if register.conclusion(reference) is None:
        folded = fold(number)
        same = [each.number for each in meeting.conclusions or () if fold(each.number) == folded]
        if same:
            reference = reference._replace(number=same[0])
        elif for_show and reference.ordinal is None and meeting.parts_of(number):
            return reference
        else:
            _refuse_confidential(register, f"{meeting.id}/{number}")
            raise _no_conclusion(meeting, number)
    if reference.ordinal is not None and not register.mandates(reference):
        raise WrongUse(_("{meeting}/{number} has no mandate {ordinal}"), **reference._asdict())
    return reference


def _refuse_confidential(register: Register, word: str) -> None:
    """Raise WrongUse for what is confidential, and not in a register that may be published."""
    if any(fold(str(reference)) == fold(word) for reference in register.confidential):
        message = _("{text} is confidential: it does not appear in anything published or sent")
        hint = _("the terminal shows it; json, csv and md need --internal")
        raise WrongUse(message, hint, text=word)


def _refuse_body(register: Register, word: str) -> None:
    """Raise WrongUse, with its last meetings, for a body in the place of a meeting."""
    codes = [party.code for party in register.directory.named(word) if party.kind == "body"]
    if not codes or any(fold(meeting_id) == fold(word) for meeting_id in register.calendar.by_id):
        return
    held = [meeting.id for meeting in register.meetings if meeting.body_code == codes[0]]
    hint = _("its last meetings are: {meetings}").format(meetings=", ".join(held[:-6:-1]))
    hint = hint if held else _("none of its meetings is in the record")
    raise WrongUse(_("{code} is a body, not a meeting"), hint, code=codes[0])


def _no_reference(register: Register, word: str, *, or_party: bool) -> WrongUse:
    """Return the error for a word that is no reference, with the references of that number."""
    number, mark, ordinal = word.partition("#")
    alike = [
        f"{meeting.id}/{conclusion.number}{mark}{ordinal}"
        for meeting in reversed(register.meetings)
        for conclusion in meeting.conclusions or ()
        if fold(conclusion.number) == fold(number) or conclusion in meeting.parts_of(number)
    ]
    ellipsis = ["…"] if len(alike) > _MOST_REFERENCES else []
    references = clean(", ".join([*alike[:_MOST_REFERENCES], *ellipsis]))
    hint = register.directory.choices().question(word) if or_party and not alike else ""
    if len(alike) > 1:
        hint = _("write one of: {forms}").format(forms=references)
    elif alike:
        hint = _("write {words}").format(words=references)
    elif not hint:
        adopted = register.all_mandates
        of_last = (row for row in adopted if row.meeting is adopted[-1].meeting)
        example = clean(str(next(of_last).reference)) if adopted else "GRCM-2002-10/8#1"
        hint = _("write the meeting's id, / and the number, as in {form}").format(form=example)
    return WrongUse(_("'{text}' is not a reference"), hint, text=word)


def _no_conclusion(meeting: Meeting, number: str) -> WrongUse:
    if meeting.conclusions is None:
        return WrongUse(_("only the dates of {meeting} are known"), meeting=meeting.id)
    numbers = sorted((conclusion.number for conclusion in meeting.conclusions), key=natural_key)
    hint = ""
    if parts := [clean(conclusion.number) for conclusion in meeting.parts_of(number)]:
        hint = _("it has {numbers}").format(numbers=", ".join(parts))
    elif numbers:
        hint = _("it has {first} to {last}").format(first=numbers[0], last=numbers[-1])
    message = _("{meeting} has no conclusion {number}")
    return WrongUse(message, hint, meeting=meeting.id, number=number)


def find_mandate(register: Register, word: str) -> Reference:
    """Return the reference that a word spells, but to no whole meeting. Raises WrongUse."""
    reference = find_reference(register, word)
    if reference.number is None:
        hint = _("add the conclusion's number, as in {form}").format(form=f"{reference}/8")
        raise WrongUse(_("{text} is a meeting, not a mandate"), hint, text=reference)
    return reference


def required_text(name: str, text: str) -> str:
    """Return a text with single spaces. Raises WrongUse for one that is empty."""
    words = with_single_spaces(text)
    if not words:
        raise WrongUse(_("{name}: the text is empty"), name=name)
    return words


def parse_calendar_day(word: str) -> date:
    """Return a day as `written_day` does. Raises WrongUse for a word that is none."""
    day = written_day(word)
    if day is None:
        raise WrongUse(wrong_day(word))
    return day


def written_day(word: str) -> date | None:
    """Return the day that a word writes, in figures or words, in one way only; None for no day."""
    days = possible_days(word)
    return days.pop() if len(days) == 1 else None


def possible_days(word: str) -> set[date]:
    """Return the days that a word may mean: two of *9/1/2026*, none of what is no day."""
    if day := parse_day(word):
        return {day}
    from grcm_cli.sheets import cells  # 30 ms, which YYYY-MM-DD does not need

    return set(filter(None, cells.written_day(word).values()))


def day_named(word: str, today: date) -> date:
    """Return a day, also of `yesterday` or `-7d`. Raises WrongUse for a word that is none."""
    return parse_relative_day(word, today) or parse_calendar_day(word)


def _period_named(option: str, text: str, today: date) -> Days:
    """Return the days that a text names. Raises WrongUse for one that names none."""
    if days := parse_period(text):
        return days
    if day := parse_relative_day(text, today) or written_day(text):
        return Days(day, day)
    message = labelled(option, _("'{text}' is not a date or period; {advice}"))
    raise WrongUse(message, text=text, advice=period_advice(text)[0])


def as_of_day(written: str | None, environment: Mapping[str, str], option: str = "--as-of") -> date:
    """Return the day to answer for: the one that is written, else GRCM_AS_OF, else today.

    Raises WrongUse for a word that is no day; `option` is what it was given as.
    """
    name = "GRCM_AS_OF" if written is None else option
    text = environment.get("GRCM_AS_OF") or None if written is None else written
    today = date.today()  # noqa: DTZ011 - the day where the reader is
    if text is None:
        return today
    try:
        return day_named(text, today)
    except WrongUse as stop:
        raise WrongUse(clean(labelled(name, str(stop)))) from stop


def change_period(
    register: Register,
    until: date,
    since: str | None,
    since_last: str | None = None,
    option_for_body: str = "--since-last",
    recorded_since: str | None = None,
) -> "ChangePeriod":
    """Return the period after a day or a meeting, up to another day.

    `since` is a day (`-7d` counts from `until`) or a meeting, `since_last` a body; without both it
    is the last meeting of all. `recorded_since` is the day after which changes were written down.
    `option_for_body` names the option that takes a body, if there is one.
    Raises WrongUse for any other word, and for a first day that is later than the last.
    """
    from grcm_cli.domain.changes import ChangePeriod  # 5 ms, only for changes

    if since is not None and since_last is not None:
        raise WrongUse(_("--since and --since-last serve the same purpose; give only one of them"))
    if recorded_since is not None and (since is not None or since_last is not None):
        option, second = "--recorded-since", "--since-last" if since is None else "--since"
        raise WrongUse(_("{one} and {other} cannot be used together"), one=option, other=second)
    day = None if since is None else parse_day(since) or parse_relative_day(since, until)
    if day is None and since and since[:1].isdigit() and since not in register.calendar.by_id:
        day = parse_calendar_day(since)
    if recorded_since is not None:
        period = ChangePeriod(day_named(recorded_since, until), until, is_recorded=True)
    elif day is not None:
        period = ChangePeriod(day, until)
    elif since is not None:
        meeting = find_meeting(register, since, option_for_body)
        if meeting.last_day is None:
            raise WrongUse(_("the dates of {meeting} cannot be read"), meeting=meeting.id)
        period = ChangePeriod(meeting.last_day, until, meeting)
    else:
        meeting = _last_meeting(register, until, since_last)
        period = ChangePeriod(meeting.last_day or until, until, meeting)
    if period.since > until:
        message = _("{since} is later than {day}, the day that answers refer to")
        raise WrongUse(message, since=period.since, day=until)
    return period


class RecordedChanges(NamedTuple):
    """What became of the tasks in a period, or was recorded in it."""

    changes: "list[TaskChange]"
    differences: "Sequence[Difference]" = ()  # of the files, from a commit
    commit: str = ""


def changes_in(
    register: Register, period: "ChangePeriod", query: Query, folder: Path, cwd: Path
) -> RecordedChanges:
    """Return the changes of tasks in a period, or those that git says were recorded in it.

    Raises WrongUse where git cannot say so.
    """
    from grcm_cli.domain.changes import task_changes  # 5 ms, only for changes

    if not period.is_recorded:
        return RecordedChanges(task_changes(register, period.since, period.until, query))
    from grcm_cli.domain import diff  # 6 ms, only for what was recorded
    from grcm_cli.domain.recorded_changes import recorded_changes  # it imports changes
    from grcm_cli.lookups.edits import with_names_of  # 20 ms, only for what was recorded
    from grcm_cli.storage.git import GitError, Repository  # 9 ms, only for what was recorded

    try:
        repository = Repository(folder)
        commit = repository.commit_by(period.since)
        files = repository.files(commit) if commit else {}
        old = load(folder, cwd, files, from_disk=False).register if files else None
        if commit and old is None:
            message = _("the commit of that time, {commit}, has no register.yaml in this folder")
            raise GitError(message.format(commit=commit[:10]))
        old, renames = with_names_of(register, old, files, folder) if old else (None, ())
        if old is not None and register.is_public:
            old = published(old).register
        for item, after in diff.renamed(old, register) if old else ():
            message = _("what is now {after} was {before} at that time; give a later day")
            raise GitError(message.format(before=diff.named(item), after=after))
    except GitError as error:
        message = _("only git can tell what has been recorded since a given date: {reason}")
        raise WrongUse(message, reason=error) from error
    days = rb"\W*(start|end)\b"
    on = cache(lambda name: repository.recorded_on(cwd / name, read_bytes(cwd / name), days))
    recorded = recorded_changes(old, register, period.until, query, on)
    if old is None:
        return RecordedChanges(recorded)
    differences = diff.changes(old, register, period.until, register.unread_meetings, renames)
    return RecordedChanges(recorded, differences, (commit or "")[:10])


def _last_meeting(register: Register, until: date, word: str | None) -> Meeting:
    """Return the last meeting of a body, or of any, that has ended. Raises WrongUse for none."""
    from grcm_cli.domain.changes import last_meeting  # 5 ms, only for changes

    code = None if word is None else find_body(register, word).code
    meeting = last_meeting(register, until, code)
    if meeting is not None:
        return meeting
    form = _("YYYY-MM-DD")
    hint = _("give a day: {command}").format(command=f"grcm changes --since {form}")
    if code is None:
        raise WrongUse(_("no meeting ended on or before {day}"), hint, day=until)
    raise WrongUse(_("no meeting of {body} ended on or before {day}"), hint, body=code, day=until)


def find_data_folder(place: str, cwd: Path) -> Path:
    """Return the data folder that a path is or has. Raises WrongUse, with what to do, for none."""
    data_folder = folder_named(place)
    if data_folder is not None:
        return data_folder
    folder = Path(os.path.abspath(place))  # noqa: PTH100 - `..` goes, links stay
    why = _("{path} has no register.yaml") if folder.is_dir() else _("there is no folder {path}")
    make = _("grcm init {path} creates one").format(path=clean(place)) if folder.is_dir() else ""
    raise WrongUse(why, misnamed_register(folder, cwd) or make, path=place)


def misnamed_register(folder: Path, cwd: Path) -> str:
    """Return the hint to rename a file that stands for register.yaml in a folder or its `data`."""
    for place in (folder, folder / "data"):
        for name in stray_registers(place):
            message = _("there is {path}: rename it to register.yaml")
            return message.format(path=clean(shown_path(place / name, cwd)))
    return ""


def refuse_outside(path: Path, folder: Path, cwd: Path) -> None:
    """Raise BadData for a path in a data folder whose links lead out of it: nothing is written."""
    if leads_outside(path, folder):
        message = _("{path} leads out of the data folder through a link; nothing was written")
        hint = _("replace it with a copy of what it points to")
        raise BadData(message, hint, path=shown_path(path, cwd))


def refuse_unknown(name: str, text: str, choices: Sequence[str]) -> None:
    """Raise WrongUse for a value of an option that is not one of the choices."""
    if text not in choices:
        message = _("{name}: '{text}' is not one of: {choices}")
        shown = ", ".join(choices)
        raise WrongUse(message, did_you_mean(text, choices), name=name, text=text, choices=shown)


class Filters(NamedTuple):
    """What a list is limited to, in the words that somebody wrote for the options of this name.

    `within` counts from the day; named states are listed whether they are open or closed.
    """

    before: str | None = None
    after: str | None = None
    within: int | None = None
    party: Sequence[str] = ()
    body: str | None = None
    meeting: str | None = None
    state: Sequence[str] = ()
    kind: str | None = None
    theme: Sequence[str] = ()
    unassigned: bool = False
    closed: bool = False
    late: bool = False
    encouragements: bool = False
    unreported: bool = False
    named: bool = False  # of a group, only what names it


def build_query(register: Register, as_of: date, filters: Filters) -> Query:
    """Return the query that filters mean.

    Raises WrongUse where they contradict each other or name what is not in the register.
    """
    for state in filters.state:
        refuse_unknown("state", state, _STATES)
    if filters.kind is not None:
        refuse_unknown("kind", filters.kind, _KINDS)
    codes = [find_party(register, word).code for word in filters.party]
    day = None if filters.named else as_of  # who has left still owes what names the group
    parties = chain.from_iterable(register.members_of(code, day) for code in codes)
    body, meeting, within = filters.body, filters.meeting, filters.within
    until, since = (
        _period_named(option, text, as_of) if text is not None else None
        for option, text in (("--before", filters.before), ("--after", filters.after))
    )
    before = until.last if until else None
    if within is not None:
        if before is not None:
            raise WrongUse(_("--before and --within serve the same purpose; give only one of them"))
        before = later(as_of, within, "days") or date.max
    query = Query(
        before=before,
        after=since.first if since else None,
        parties=tuple(dict.fromkeys(parties)),
        named=filters.named and codes[0] in register.groups,
        themes=tuple(find_theme(register, word).code for word in filters.theme),
        body=None if body is None else find_body(register, body).code,
        meeting=None if meeting is None else find_meeting(register, meeting).id,
        unassigned=filters.unassigned,
        states=tuple(state for state in _STATES if state in filters.state),
        kind=next((kind for kind in _KINDS if kind == filters.kind), None),
        closed=filters.closed or bool(filters.state),
        late=filters.late,
        encouragements=filters.encouragements,
        unreported=filters.unreported,
    )
    if query.before and query.after and query.before < query.after:
        raise WrongUse(_("--after is later than --before: there is no day between them"))
    return query
