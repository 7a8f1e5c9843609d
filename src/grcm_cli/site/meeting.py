"""The page of a meeting: its conclusions word for word, and the state of each mandate."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple, Never

from grcm_cli.domain.due_grammar import parse_due
from grcm_cli.domain.events import LogEvent
from grcm_cli.domain.model import Conclusion, Entry, Mandate, Meeting, PlacedWord, Reference
from grcm_cli.domain.periods import parse_day
from grcm_cli.domain.register import deadline
from grcm_cli.domain.task import DueTerm, Task
from grcm_cli.language import grammar
from grcm_cli.language.text import N_, _, collapse, natural_key
from grcm_cli.site import urls
from grcm_cli.site.lists import ListPart, ListSection, by_urgency, content_of
from grcm_cli.site.mandate_rows import (
    FEW,
    SHADES,
    MandateRow,
    is_counted,
    matrix_grid,
    shared_rows,
)
from grcm_cli.site.page_data import PartyLink, SiteData, cut
from grcm_cli.site.party import tally
from grcm_cli.views import labels
from grcm_cli.views.conclusion import acts, mandate_number
from grcm_cli.views.conclusion_records import WAYS
from grcm_cli.views.log import EVENTS
from grcm_cli.views.mandate_summary import FactWording, StateLine, facts, not_in_force, state_lines
from grcm_cli.views.tasks import group_by

_OCCURRENCES = 2
"""So many closed occurrences of a recurring mandate are shown; earlier ones are folded."""
_BY = {
    "extended": N_("extended by {reference}"),
    "reassigned": N_("handed over by {reference}"),
    "superseded": N_("superseded by {reference}"),
    "closed": N_("closed by {reference}"),
}

LinkedText = tuple[str, str | None]
"""A text and the address that it leads to, if any."""
MovedDeadline = tuple[str, Sequence[tuple[str, LinkedText | None]]]
"""Parties, empty where it is the deadline of all, and their deadlines in order: each with the
conclusion that set it."""


class AnswerLine(NamedTuple):
    """A report with the state of its task, or the parties of one state without any report."""

    occurrence: str
    task: Task
    state: str
    is_counted: bool
    """A script writes the number of days to the deadline in place of the state."""
    missed: str
    """How many later occurrences were missed too, behind the state."""
    parties: Sequence[Sequence[PartyLink]]
    """The parties of each task."""
    by: PartyLink | None
    """The holder of the office that reported."""
    entry: Entry | None
    words: str
    """What was reported, where it is not the state, and whether it came before the extension."""


class HistoryLine(NamedTuple):
    """One event of a mandate."""

    event: LogEvent
    who: PartyLink | None
    """The party that reported; of a holder, with the office."""
    what: str
    by: LinkedText | None
    """The later conclusion that did it."""
    after: str
    """What comes behind that."""


class MandateDetails(NamedTuple):
    """A mandate below its conclusion."""

    name: str
    anchor: str
    action: str
    language: str
    facts: Sequence[str]
    waits: Sequence[LinkedText]
    answers: Sequence[AnswerLine]
    folded: Sequence[AnswerLine]
    """Earlier occurrences of a recurring mandate."""
    moved: Sequence[MovedDeadline]
    history: Sequence[tuple[str, Sequence[HistoryLine]]]
    """The events of each occurrence; those of the whole mandate have no name.

    Empty where nothing happened after its adoption.
    """
    shade: str
    note: str


def mandate_details(
    site: SiteData, meeting: Meeting, conclusion: Conclusion, mandate: Mandate
) -> MandateDetails:
    """Return a mandate as its meeting's page shows it."""
    tasks = site.of_mandate(mandate)
    shades = {labels.emphasis(task) or "open" for task in tasks}
    reason = not_in_force(mandate, tasks)
    in_force = () if reason else tasks
    lines = [_answer(site, line) for line in state_lines(in_force)]
    names = dict.fromkeys(line.occurrence for line in lines)
    still_open = {line.occurrence for line in lines if line.task.is_open}
    closed = [name for name in names if name not in still_open]
    earlier = closed[:-_OCCURRENCES] if mandate.recurs else []
    wording = FactWording(
        site.due_in_words,
        site.long_day,
        lambda day: _("due on {day}").format(day=day),
        moves=False,
    )
    return MandateDetails(
        name=mandate_number(conclusion, mandate),
        anchor=site.anchor_of(conclusion, mandate),
        action=collapse(mandate.action.shown(site.language)) if mandate.action else "",
        language=site.other_language(mandate.action, meeting),
        facts=[reason] if reason else list(facts(tasks, mandate, wording)),
        waits=[
            (labels.waits(wait, task), site.place_of(wait.reference))
            for task in in_force[:1]
            for wait in task.waits
        ],
        answers=[line for line in lines if line.occurrence not in earlier],
        folded=[line for line in lines if line.occurrence in earlier],
        moved=list(_moved(site, in_force)),
        history=_history(site, meeting, conclusion, mandate),
        shade=next((shade for shade in SHADES if shade in shades), "none"),
        note=mandate.note or "",
    )


# --- who answered -------------------------------------------------------------------------------


def _answer(site: SiteData, line: StateLine) -> AnswerLine:
    task, entry = line.tasks[0], line.entry
    by = None
    if entry is None:
        few = sum(len(one.parties) for one in line.tasks) <= FEW
        owing = sorted(line.tasks, key=lambda one: natural_key(labels.together(one)))
        parties = [site.parties_of(one, by_name=few) for one in owing]
        words = _(labels.NO_REPORT)
        if task.has_passed and task.deadline:
            message = _("no report, the deadline passed on {day}")
            words = message.format(day=site.long_day(task.deadline))
    else:
        of_own = entry.party in task.parties
        parties = [[site.named_party(code) for code in task.parties]]
        holder = _holder(site, entry.party, entry.day) if of_own else entry.party
        if of_own and len(task.parties) > 1:
            holder = entry.party
        by = site.named_party(holder) if holder else None
        progress = "" if entry.progress == task.state else labels.progress_word(entry.progress)
        words = " ".join(filter(None, (progress, line.remark)))
    counted = is_counted(task)
    return AnswerLine(
        occurrence=_occurrence_words(site, line.occurrence),
        task=task,
        state=labels.state(task.state) if counted else line.state,
        is_counted=counted,
        missed=line.state.removeprefix(labels.distance(task)) if counted else "",
        parties=parties,
        by=by,
        entry=entry,
        words=words,
    )


# --- moved deadlines ----------------------------------------------------------------------------


def _moved(site: SiteData, tasks: Sequence[Task]) -> Iterator[MovedDeadline]:
    by_moves = group_by(
        tasks, lambda task: tuple((move.by, move.due.written) for move in task.moves)
    )
    for alike in by_moves.values():
        first, moves = alike[0].first, alike[0].moves
        if first is None:
            continue
        steps: list[tuple[str, LinkedText | None]] = [(_term(site, first), None)]
        for move in moves:
            day = deadline(move.due, move.meeting, site.register.calendar)
            by = str(move.by), site.place_of(move.by)
            steps.append((_term(site, DueTerm(move.due, day)), by))
        yield "" if len(by_moves) == 1 else labels.sorted_parties(alike), steps


def _term(site: SiteData, term: DueTerm) -> str:
    if term.deadline is not None:
        return site.long_day(term.deadline)
    return site.form_in_words(term.due) if term.due else _("no deadline")


# --- history ------------------------------------------------------------------------------------


def _history(
    site: SiteData, meeting: Meeting, conclusion: Conclusion, mandate: Mandate
) -> list[tuple[str, list[HistoryLine]]]:
    history = site.record.history
    if not history.is_eventful(meeting, conclusion, mandate):
        return []  # as most
    events = history.of(meeting, conclusion, mandate, site.as_of)
    if all(event.kind in ("adopted", "void") for event in events):
        return []
    by_name: dict[str, list[HistoryLine]] = {}
    for event in events:
        name = next((entry.occurrence.text for entry in event.reports if entry.occurrence), "")
        by_name.setdefault(name, []).append(_line(site, event, mandate))
    names = sorted(by_name, key=natural_key)  # that of the whole is empty, so that it comes first
    return [(_occurrence_words(site, name), by_name[name]) for name in names]


def _occurrence_words(site: SiteData, name: str) -> str:
    day = parse_day(name)
    return site.long_day(day) if day else name


def _line(site: SiteData, event: LogEvent, mandate: Mandate) -> HistoryLine:
    by = (str(event.by), site.place_of(event.by)) if event.by else None
    who, what, after = None, _(EVENTS[event.kind]), ""
    entry = event.reports[0] if event.reports else None
    written, parties = event.after.due, event.after.parties
    due = parse_due(written)
    if entry is not None:
        who = _reporter(site, entry, mandate)
        what = labels.progress_word(entry.progress)
    elif event.kind == "adopted":
        words = site.form_in_words(due) if due else written
        what += ", " + (_("due {due}").format(due=words) if words else _("no deadline"))
    elif by is not None:
        what = _(_BY[event.kind]).partition("{reference}")[0].strip()
    if event.kind == "extended":
        term = _term(site, DueTerm(due, event.after.until)) if due else written
        after = _("new deadline: {day}").format(day=term)
        after += f" ({' '.join(parties)})" if parties else ""
    if event.kind == "reassigned":
        names = [site.name_of(code) for codes in parties for code in codes.split("+")]
        after = _("now: {parties}").format(parties=grammar.enumerated(names, site.language))
    return HistoryLine(event, who, what, by, after)


def _reporter(site: SiteData, entry: Entry, mandate: Mandate) -> PartyLink:
    """Return the party of a report; of an office or its holder, both."""
    link = site.named_party(entry.party)
    holder = _holder(site, entry.party, entry.day)
    if holder:
        return link._replace(label=f"{link.label} ({site.name_of(holder)})")
    codes = dict.fromkeys(code for task in site.of_mandate(mandate) for code in task.parties)
    for code in codes if entry.party not in codes else ():
        if _holder(site, code, entry.day) == entry.party:
            return link._replace(label=f"{site.name_of(code)} ({link.label})")
    return link


def _holder(site: SiteData, code: str, day: date) -> str | None:
    """Return the holder of an office on a day; None where it is no office, or vacant."""
    party = site.register.directory.by_code.get(code)
    return party.holder_on(day) if party and party.terms else None


# --- the page -------------------------------------------------------------------------------------


LANGUAGE_NAMES = {
    "es": N_("Spanish"),
    "en": N_("English"),
    "fr": N_("French"),
    "pt": N_("Portuguese"),
}


class ConclusionDetails(NamedTuple):
    """A conclusion on the page of its meeting, where its address shows it alone."""

    conclusion: Conclusion
    acts: str
    text: str
    language: str
    others: Sequence[tuple[str, str, str]]
    """The text in each other language: its code, what it is called, the words."""
    mandates: Sequence[MandateDetails]
    links: Sequence[tuple[str, str, str | None]]
    """The kind of each link, its other end, and the address of that."""
    topics: Sequence[tuple[str, str]]
    around: Sequence[tuple[str, str]]
    """The conclusions before and after it: their numbers, and where they are from this page."""


def meeting_parts(
    site: SiteData, meeting: Meeting
) -> Iterator[tuple[ListPart[Never], Mapping[str, object]]]:
    """Yield the parts of a meeting's page, nearly always a single one, with the values of each.

    The first one has places for what is on a later one.
    """
    conclusions = meeting.conclusions or ()
    part_of = site.record.part_of
    count = max(map(part_of, conclusions), default=1)
    paths = [urls.part(site.page_of(meeting), number) for number in range(1, count + 1)]
    for number in range(1, count + 1):
        own = [one for one in conclusions if part_of(one) == number]
        yield (
            ListPart(number, paths, ()),
            {
                "conclusions": [
                    _conclusion(site, meeting, one, around)
                    for one, around in zip(own, _around(site, own), strict=True)
                ],
                "grid": matrix_grid(site, [mandate for one in own for mandate in one.mandates]),
                "later": [one for one in conclusions if number == 1 and part_of(one) > 1],
            },
        )


def values(site: SiteData, meeting: Meeting) -> Mapping[str, object]:
    """Return the values that all parts of a meeting's page share."""

    def links(codes: Sequence[PlacedWord | None]) -> list[PartyLink]:
        return [site.party_link(word.text) for word in codes if word]

    title = (meeting.id, meeting.place, site.days_of(meeting))
    phrases = _("before: {meeting}"), _("after: {meeting}")
    neighbours = site.record.neighbours.get(meeting.id, (None, None))
    return {
        "meeting": meeting,
        "is_planned": meeting.start is not None and meeting.start > site.as_of,
        "page_title": collapse(", ".join(filter(None, title))),
        "description": _description(site, meeting),
        "body": links([meeting.body]),
        "country": links([meeting.country]),
        "participants": links(meeting.participants),
        "observers": links(meeting.observers),
        "adopted_in": _(LANGUAGE_NAMES.get(meeting.language or "", "")) or meeting.language or "",
        "tally": tally(site.of_meeting(meeting)),
        "due_here": _due_here(site, meeting),
        "citation": _citation(site, meeting),
        "secretariat": site.register.process.secretariat,
        "around": [
            (words.format(meeting=name), place)
            for words, name in zip(phrases, neighbours, strict=True)
            if name and (place := site.place_of(Reference(name)))
        ],
        "source_path": site.sources.get(meeting.id),
        "source_address": urls.web_address(meeting.source or ""),
    }


def _description(site: SiteData, meeting: Meeting) -> str:
    """Describe a meeting: its days and place, how many commitments are late, its title."""
    content = content_of(site, meeting, site.late(site.of_meeting(meeting)))
    when_and_where = ", ".join(filter(None, (site.days_of(meeting), site.where(meeting))))
    title = meeting.title.shown(site.language) if meeting.title else ""
    return cut(". ".join(filter(None, (when_and_where, content, title))) + ".")


def _due_here(site: SiteData, meeting: Meeting) -> Sequence[ListSection[MandateRow]]:
    """Return what falls due at a meeting that is to come; nothing for another."""
    return by_urgency(site.record.due_at(meeting), partial(shared_rows, site))


def _citation(site: SiteData, meeting: Meeting) -> str:
    """Return how a conclusion of a meeting is cited, with a place for its number."""
    where = ", ".join(filter(None, (meeting.place, site.days_of(meeting))))
    name = f"{site.meeting_title(meeting)} ({where})"
    return ", ".join((site.title, name, meeting.id, " ".join((_("Conclusion"), "…"))))


def _around(site: SiteData, conclusions: Sequence[Conclusion]) -> Iterator[list[tuple[str, str]]]:
    """Yield the numbers and places of the conclusions before and after each one on a page."""
    links = [(site.numbered(one), urls.at("", site.anchor_of(one))) for one in conclusions]
    for place in range(len(links)):
        yield [*links[max(0, place - 1) : place], *links[place + 1 : place + 2]]


def _conclusion(
    site: SiteData,
    meeting: Meeting,
    conclusion: Conclusion,
    around: Sequence[tuple[str, str]],
) -> ConclusionDetails:
    own = Reference(meeting.id, conclusion.number)
    links = []
    for link in site.record.links.of(meeting, conclusion):
        end = site.record.links.other_end(link, own)
        other = link.target if link.source == own else link.source
        links.append((_(WAYS[end.way]), end.text, site.place_of(other) if other else None))
    shown = collapse(conclusion.text.shown(site.language))
    return ConclusionDetails(
        conclusion=conclusion,
        acts=acts(conclusion),
        text=shown,
        language=site.other_language(conclusion.text, meeting),
        others=list(_other_texts(meeting, conclusion, shown)),
        mandates=[
            mandate_details(site, meeting, conclusion, mandate) for mandate in conclusion.mandates
        ],
        links=links,
        topics=site.topics(word.text for word in conclusion.themes),
        around=around,
    )


def _other_texts(
    meeting: Meeting, conclusion: Conclusion, shown: str
) -> Iterator[tuple[str, str, str]]:
    """Yield a conclusion's text in the other languages, the adopted one first."""
    adopted = meeting.language or ""
    codes = sorted(conclusion.text.by_language, key=lambda code: (code != adopted, code))
    for code in codes:
        text = collapse(conclusion.text.by_language[code])
        if text != shown:
            name = _(LANGUAGE_NAMES.get(code, "")) or code
            label = _("The adopted words ({language})") if code == adopted else "{language}"
            yield code, label.format(language=name), text
