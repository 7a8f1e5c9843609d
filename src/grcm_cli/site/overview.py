"""The overview: the first page of a language, and what it answers in a sentence each."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.task import SOON, Task
from grcm_cli.language.text import _, fold, ngettext
from grcm_cli.site import changes, charts, urls
from grcm_cli.site.lists import ALL, ListPart, by_urgency, counted, list_parts, section_places
from grcm_cli.site.mandate_rows import (
    MandateRow,
    matrix_grid,
    own_rows,
    shared_rows,
    tasks_of_rows,
)
from grcm_cli.site.page_data import PartyLink, SiteData
from grcm_cli.site.party import tally

_FIRST = 8  # rows of each list on the overview
_FIRST_MANDATES = 40  # of the matrix on the overview
_NAMED = 3
"""The parties or duties that an answer names; of the others it says how many they are."""


def values(site: SiteData) -> Mapping[str, object]:
    """Return the values of the overview."""
    open_tasks = [task for task in site.tasks if task.is_open]
    late = [task for task in open_tasks if task.is_late]
    # Unclear tasks come first: they may be due before all others.
    ahead = [task for task in open_tasks if task.state == "?"]
    ahead += [task for task in open_tasks if task.state in ("due-soon", "upcoming", "awaiting")]
    planned = [m for m in site.register.meetings if m.start and m.start > site.as_of]
    planned.sort(key=lambda meeting: (str(meeting.start), meeting.id))
    open_mandates = [task.mandate for task in open_tasks]
    return {
        "answers": answers(site),
        "since": changes.since_last(site),
        "tally": tally(site.tasks),
        "done": site.record.counts["all", ""],
        "parties_chart": charts.party_chart(site),
        "bands": charts.lateness_bands(site),
        "oldest": charts.longest_lateness(site),
        "places": section_places(list_parts(ALL, by_urgency(open_tasks, tasks_of_rows))),
        "late": _first_rows(site, late),
        "late_said": counted(late),
        "coming": _first_rows(site, ahead),
        "timeline": charts.timeline(site),
        "grid": matrix_grid(site, open_mandates, _FIRST_MANDATES, site.tasks),
        "planned": planned[:_FIRST],
    }


def _first_rows(site: SiteData, tasks: Sequence[Task]) -> list[MandateRow]:
    return shared_rows(site, [task for row in tasks_of_rows(tasks)[:_FIRST] for task in row])


# --- answers ------------------------------------------------------------------------------------


class FirstAnswer(NamedTuple):
    """A sentence, who or what it is about, and where the rest is."""

    kind: str
    """Of the style sheet: late, soon, open, done where there is nothing."""
    sentence: str
    path: str
    """The list of all."""
    parties: Sequence[tuple[PartyLink, int]] = ()
    """Parties, and how many of their tasks are overdue."""
    duties: Sequence[MandateRow] = ()
    more: str = ""
    """How many are not named, in words; empty for none."""


def answers(site: SiteData) -> Sequence[FirstAnswer]:
    """Return the answers of the day, the one on what is late first."""
    late = [task for task in site.tasks if task.is_late]
    soon = [task for task in site.tasks if task.state == "due-soon"]
    new = [task for task in late if task.days_late is not None and task.days_late <= SOON]
    sentence = ngettext(
        "{count} task falls due in the next {days} days:",
        "{count} tasks fall due in the next {days} days:",
        len(soon),
    ).format(count=len(soon), days=SOON)
    if urged := sum(task.mandate.kind == "encouragement" for task in soon):
        among = _("(encouragements among them: {count})").format(count=urged)
        sentence = f"{sentence.removesuffix(':')} {among}:"
    none_soon = _("Nothing falls due in the next {days} days.").format(days=SOON)
    newly = ngettext(
        "{count} task became overdue in the last {days} days:",
        "{count} tasks became overdue in the last {days} days:",
        len(new),
    ).format(count=len(new), days=SOON)
    none_new = _("Nothing became overdue in the last {days} days.").format(days=SOON)
    parties = [
        (site.named_party(party.code), number)
        for party in site.parties
        if party.kind != "office"  # its holder has its tasks too
        if (number := sum(task.is_late for task in site.of_party(party.code)))
    ]
    parties.sort(key=lambda one: (-one[1], fold(one[0].label)))
    overdue = ngettext("{count} task is overdue.", "{count} tasks are overdue.", len(late))
    rest = len(parties) - _NAMED
    more = ngettext("and {count} more party", "and {count} more parties", rest).format(count=rest)
    all_late = FirstAnswer(
        "late", overdue.format(count=len(late)), "late.html", parties[:_NAMED],
        more=more if rest > 0 else "",
    )  # fmt: skip
    return [
        all_late if late else _nothing(site, _("Nothing is overdue."), "late.html"),
        _duties(
            site, FirstAnswer("soon", sentence, "due.html#soon"), shared_rows(site, soon), none_soon
        ),
        _duties(site, FirstAnswer("late", newly, "late.html"), shared_rows(site, new), none_new),
    ]


def own_answers(
    site: SiteData, code: str, parts: Sequence[ListPart[MandateRow]]
) -> Sequence[FirstAnswer]:
    """Return what a party must do next, and what is late; none where it owes nothing open.

    `parts` are the pages of its open tasks.
    """
    tasks = [task for task in site.of_party(code) if task.is_open]
    if not tasks:
        return []
    places, own_path = section_places(parts), urls.party(code)
    late = [task for task in tasks if task.is_late]
    ahead = [task for task in tasks if task.state in ("due-soon", "upcoming")]
    day = min((task.deadline for task in ahead if task.deadline), default=None)
    coming = _nothing(site, _("Nothing with a day ahead."), own_path)
    if day is not None:
        first = [task for task in ahead if task.deadline == day]
        sentence = ngettext(
            "Next, by {day}, {count} task:", "Next, by {day}, {count} tasks:", len(first)
        ).format(day=site.long_day(day), count=len(first))
        kind, section = ("soon", "soon") if first[0].state == "due-soon" else ("open", "later")
        answer = FirstAnswer(kind, sentence, places.get(section, own_path))
        coming = _duties(site, answer, own_rows(site, code, first), "")
    overdue = _nothing(site, _("Nothing is overdue."), places.get("late", own_path))
    if late:
        oldest = own_rows(site, code, [min(late, key=lambda task: task.deadline or date.max)])
        sentence = ngettext(
            "{count} task is overdue:",
            "{count} tasks are overdue, this one for longest:",
            len(late),
        ).format(count=len(late))
        rest = len(late) - 1
        more = ngettext("and {count} more", "and {count} more", rest).format(count=rest)
        more = more if rest else ""
        overdue = FirstAnswer("late", sentence, overdue.path, duties=oldest, more=more)
    return [coming, overdue]


def _duties(
    site: SiteData, answer: FirstAnswer, rows: Sequence[MandateRow], nothing: str
) -> FirstAnswer:
    """Return an answer with its first duties; `nothing` is its sentence where it has none."""
    if not rows:
        return _nothing(site, nothing, answer.path)
    rest = len(rows) - _NAMED
    more = ngettext("and {count} more duty", "and {count} more duties", rest).format(count=rest)
    return answer._replace(duties=rows[:_NAMED], more=more if rest > 0 else "")


def _nothing(site: SiteData, sentence: str, path: str) -> FirstAnswer:
    return FirstAnswer("done", site.nothing(sentence), path)
