"""The page of a meeting: its conclusions word for word, and the state of each mandate."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple, Never

from grcm_cli.domain.due_forms import parse_due
from grcm_cli.domain.events import LogEvent, mandate_events
from grcm_cli.domain.model import AdoptedMandate, Conclusion, Entry, Meeting, Reference
from grcm_cli.domain.periods import parse_day
from grcm_cli.domain.task import Task
from grcm_cli.drafting.languages import NAMES as LANGUAGE_NAMES
from grcm_cli.language import grammar
from grcm_cli.language.text import N_, _, collapse, natural_key
from grcm_cli.site import lists, urls
from grcm_cli.site.page_data import PartyLink, SiteData, cut
from grcm_cli.views import labels
from grcm_cli.views.conclusion import mandate_number
from grcm_cli.views.conclusion_records import WAYS
from grcm_cli.views.log import EVENTS
from grcm_cli.views.mandate_summary import StateLine, facts, no_report, not_in_force, state_lines
from grcm_cli.views.tasks import group_by

_SHADES = ("late", "unclear", "soon", "open", "done", "declined", "ended")
"""The classes that colour a state, the most urgent first."""
_OCCURRENCES = 2  # closed ones of a recurring mandate that are shown; earlier ones are folded
_BY = {
    "extended": N_("deadline changed by {reference}"),
    "reassigned": N_("handed over by {reference}"),
    "superseded": N_("superseded by {reference}"),
    "closed": N_("closed by {reference}"),
}


class TimelineLine(NamedTuple):
    """One thing that happened with a mandate on a day, or how it stands for some of its parties."""

    day: date | None  # None of what stands: of parties without a report
    task: Task | None  # whose state a report or the silence of its parties gave
    status: str  # the state; of an event without a task, what happened
    is_counted: bool = False  # a script writes the days to the deadline in place of the state
    missed: str = ""  # how many later occurrences were missed too, behind the state
    parties: Sequence[Sequence[PartyLink]] = ()  # the parties of each task, or who reported
    holder: PartyLink | None = None  # the holder of the office that reported
    by: tuple[str, str | None] | None = None  # the later conclusion that did it, and its address
    words: str = ""  # what was reported, where it is not the state; what a later conclusion decided
    entry: Entry | None = None


def _mandate(site: SiteData, adopted: AdoptedMandate) -> Mapping[str, object]:
    """Return a mandate below its conclusion: its facts, what happened, and how it stands."""
    meeting, conclusion, mandate = adopted
    tasks = site.of_mandate(mandate)
    shades = {labels.emphasis(task) or "open" for task in tasks}
    reason = not_in_force(mandate, tasks, meeting, site.as_of)
    withheld = site.record.builder.withheld_of(adopted)
    if withheld and not tasks:
        reason = _("its state is not published")
    in_force = () if reason else tasks
    timeline = _timeline(site, adopted, in_force)
    ended = [
        name
        for name, lines in timeline.items()
        if name and not any(line.task.is_open for line in lines if line.task)
    ]
    earlier = ended[:-_OCCURRENCES] if mandate.recurs else []
    folded = [(name, timeline.pop(name)) for name in earlier]
    # Who owes it jointly stands in the timeline, with the links to their pages.
    named = bool(tasks and tasks[0].parties and not tasks[0].is_separate)
    shown = [reason] if reason else [*facts(tasks, mandate, site.full_wording, withheld)][named:]
    return {
        "mandate": mandate,
        "name": mandate_number(conclusion, mandate),
        "words": mandate.action or conclusion.text,
        "facts": shown,
        "tasks": in_force,
        "timeline": timeline.items(),
        "folded": folded,
        "shade": next((shade for shade in _SHADES if shade in shades), "none"),
    }


def _timeline(
    site: SiteData, adopted: AdoptedMandate, tasks: Sequence[Task]
) -> dict[str, list[TimelineLine]]:
    """Return the events of a mandate, earliest first, and then its state, by occurrence.

    Its adoption, which its facts say, is there only if a later conclusion changed it.
    """
    by_name: dict[str, list[TimelineLine]] = {}
    by_report = group_by(state_lines(tasks, site.full_wording, by_day=True), lambda row: row.entry)
    standing = by_report.pop(None, ())
    events = mandate_events(site.record.builder, adopted)
    is_changed = any(event.by for event in events)
    for event in events:
        if event.reports:
            [entry] = event.reports
            for line in by_report.get(entry, [None]):
                occurrence = line.occurrence if line else entry.time
                by_name.setdefault(occurrence, []).append(_report(site, entry, line))
        elif is_changed and event.kind != "void":
            by_name.setdefault("", []).append(_change(site, event))
    for line in standing:  # of parties that have not reported, or whose reports did not give it
        few = sum(len(silent.parties) for silent in line.tasks) <= lists.FEW
        owing = sorted(line.tasks, key=lambda silent: natural_key(labels.together(silent)))
        parties = [site.parties_of(silent, by_name=few) for silent in owing]
        state, words = _state_of(line), no_report(line.tasks[0], site.full_wording)
        shown = TimelineLine(None, line.tasks[0], *state, parties=parties, words=words)
        by_name.setdefault(line.occurrence, []).append(shown)
    timeline = {}
    for name in sorted(by_name, key=natural_key):
        day = parse_day(name)
        timeline[site.long_day(day) if day else name] = by_name[name]
    return timeline


def _state_of(line: StateLine) -> tuple[str, bool, str]:
    """Return the state of a task, whether a script counts its days, and the words after it."""
    task = line.tasks[0]
    if lists.is_counted(task):
        suffix = line.state.removeprefix(labels.distance(task))
        return labels.state(task.state), task.state != "passed", suffix
    return line.state, False, ""


def _report(site: SiteData, entry: Entry, line: StateLine | None) -> TimelineLine:
    """Return a report; `line` has its task, unless a later report of the party counts."""
    task, state = None, (labels.progress_word(entry.progress), False, "")
    parties = line.tasks[0].spoken_for(entry) if line else (entry.party,)
    if line and line.state:  # which the report gave
        task, state = line.tasks[0], _state_of(line)
        parties = task.parties if task.state == "done" else parties
    holder: str | None = entry.party
    if parties == (entry.party,):
        party = site.register.directory.by_code.get(entry.party)
        holder = party.holder_on(entry.day) if party and party.terms else None
    reporters, remark = [[site.named_party(code) for code in parties]], line.remark if line else ""
    held_by = site.named_party(holder) if holder else None
    return TimelineLine(entry.day, task, *state, reporters, held_by, words=remark, entry=entry)


def _change(site: SiteData, event: LogEvent) -> TimelineLine:
    """Return the adoption of a mandate, or its change by a later conclusion."""
    by = (str(event.by), site.place_of(event.by)) if event.by else None
    status, words = _(EVENTS[event.kind]), ""
    written, parties, until = event.after.due, event.after.parties, event.after.until
    due, directory = parse_due(written), site.register.directory
    term = (labels.form_in_words(due, directory, site.language) if due else "") or written
    if by is not None:
        status = _(_BY[event.kind]).partition("{reference}")[0].strip()
    if event.kind == "adopted":
        words = _("due {due}").format(due=term) if term else _("no deadline")
    if event.after.is_idle:
        words = _("without effect")
    elif event.kind == "extended":
        words = _("new deadline: {day}").format(day=site.long_day(until) if until else term)
        words += f" ({' '.join(parties)})" if parties else ""
    elif event.kind == "reassigned":
        names = [site.name_of(code) for codes in parties for code in codes.split("+")]
        words = _("now: {parties}").format(parties=grammar.enumerated(names, site.language))
    return TimelineLine(event.day, None, status, by=by, words=words)


def meeting_parts(
    site: SiteData, meeting: Meeting
) -> Iterator[tuple[lists.ListPart[Never], Mapping[str, object]]]:
    """Yield the parts of a meeting's page, nearly always a single one, with the values of each."""
    conclusions = meeting.conclusions or ()
    part_of = site.record.part_of
    count = max(map(part_of, conclusions), default=1)
    paths = [urls.part(site.page_of(meeting), number) for number in range(1, count + 1)]
    for number in range(1, count + 1):
        shown = [conclusion for conclusion in conclusions if part_of(conclusion) == number]
        values_of_part = {
            "conclusions": [_conclusion(site, meeting, conclusion) for conclusion in shown],
            "grid": lists.matrix_grid(site, [duty for each in shown for duty in each.mandates]),
            "later": conclusions[len(shown) :] if number == 1 else (),
        }
        yield lists.ListPart(number, paths, ()), values_of_part


def values(site: SiteData, meeting: Meeting) -> Mapping[str, object]:
    """Return the values that all parts of a meeting's page share."""
    where = list(filter(None, (meeting.place, site.days_of(meeting))))
    name = f"{site.meeting_title(meeting)} ({', '.join(where)})"
    content = lists.content_of(site, meeting, site.late(site.of_meeting(meeting)))
    when_and_where = ", ".join(filter(None, (site.days_of(meeting), site.where(meeting))))
    title = meeting.title.shown(site.language) if meeting.title else ""
    parts = filter(None, (when_and_where, content, title))
    body = meeting.body_code if meeting.body_code in site.register.directory.by_code else ""
    of_body = site.register.calendar.of_body(body, date.min)
    pairs = [*pairwise(body_meeting for _start, _id, body_meeting in of_body)]
    around = [(_("Previous meeting"), before) for before, after in pairs if after.id == meeting.id]
    around += [(_("Next meeting"), after) for before, after in pairs if before.id == meeting.id]
    is_planned = meeting.start is not None and meeting.start > site.as_of
    ended = site.record.ended_sessions
    return {
        "is_last": bool(ended) and meeting is ended[max(ended)],
        "meeting": meeting,
        "is_planned": is_planned,
        "page_title": collapse(", ".join([meeting.id, *where])),
        # Its days and place, how many commitments are late, its title.
        "description": cut(" ".join(f"{part[:1].upper()}{part[1:]}." for part in parts)),
        "adopted_in": _(LANGUAGE_NAMES.get(meeting.language or "", "")) or meeting.language or "",
        "is_untranslated": any(
            site.other_language(conclusion.text, meeting)
            for conclusion in meeting.conclusions or ()
        ),
        "tally": lists.tally(site.of_meeting(meeting)),
        "to_take_up": list(_to_take_up(site, meeting)) if is_planned else [],
        # With a place for the number of the conclusion.
        "citation": ", ".join((site.title, name, meeting.id, " ".join((_("Conclusion"), "…")))),
        "around": [(words, adjacent) for words, adjacent in around if not adjacent.confidential],
        "source_address": urls.web_address(meeting.source or ""),
    }


def _to_take_up(site: SiteData, meeting: Meeting) -> Iterator[lists.ListSection[lists.MandateRow]]:
    """Yield what falls due at a meeting to come or before it, and what its body waits for."""
    body, due = meeting.body_code, site.record.due_at(meeting)
    until, due_ids = meeting.start or date.min, set(map(id, due))
    before = [
        task
        for task in site.tasks
        if task.is_open and site.as_of <= (task.deadline or date.min) < until
        if id(task) not in due_ids
    ]
    concerned = (*site.record.asked_by.get(body, ()), *site.of_party(body))
    late = list({id(task): task for task in concerned if task.is_late}.values())
    for key, heading, tasks in (
        ("_here", _("Due at this meeting"), due),
        ("_before", _("Due before this meeting (all bodies)"), before),
        ("_late", _("Overdue: asked for by this body, or its own"), late),
    ):
        if tasks:
            yield lists.section(key, heading, lists.shared_rows(site, tasks), tasks)


def _conclusion(site: SiteData, meeting: Meeting, conclusion: Conclusion) -> Mapping[str, object]:
    """Return a conclusion, its text in each language, its mandates, and its links with others."""
    mandates = [AdoptedMandate(meeting, conclusion, each) for each in conclusion.mandates]
    links = []
    for link in site.record.links.seen_from(Reference(meeting.id, conclusion.number)):
        place = site.place_of(link.target) if link.target else None
        links.append((_(WAYS[link.way]), site.record.links.target_text(link), place))
    shown = collapse(conclusion.text.shown(site.language))
    other_texts, adopted = [], meeting.language or ""
    by_language = conclusion.text.by_language
    for code in sorted(by_language, key=lambda code: (code != adopted, code)):
        text = collapse(by_language[code])
        if text != shown:
            name = _(LANGUAGE_NAMES.get(code, "")) or code
            label = _("The adopted words ({language})") if code == adopted else "{language}"
            other_texts.append((code, label.format(language=name), text))
    return {
        "conclusion": conclusion,
        "text": shown,
        "others": other_texts,
        "mandates": [_mandate(site, each) for each in mandates],
        "links": list(dict.fromkeys(links)),
    }
