"""What the first screen answers in a sentence each: late, to come, newly late."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.task import SOON, Task
from grcm_cli.language.text import _, fold, ngettext
from grcm_cli.site import urls
from grcm_cli.site.list_parts import ListPart, section_places
from grcm_cli.site.mandate_rows import MandateRow, own_rows, shared_rows
from grcm_cli.site.page_data import PartyLink, SiteData

_NAMED = 3
"""The parties or duties that an answer names; of the others it says how many they are."""


class LateParty(NamedTuple):
    """A party and how many of its tasks are overdue."""

    party: PartyLink
    number: int


class FirstAnswer(NamedTuple):
    """A sentence, who or what it is about, and where the rest is."""

    kind: str
    """Of the style sheet: late, soon, open, done where there is nothing."""
    sentence: str
    parties: Sequence[LateParty]
    duties: Sequence[MandateRow]
    more: str
    """How many are not named, in words; empty for none."""
    path: str
    """The list of all."""


def answers(site: SiteData) -> Sequence[FirstAnswer]:
    """Return the answers of the day, the one on what is late first."""
    late = [task for task in site.tasks if task.is_late]
    return [_late(site, late), _soon(site), _newly_late(site, late)]


def own_answers(
    site: SiteData, code: str, parts: Sequence[ListPart[MandateRow]]
) -> Sequence[FirstAnswer]:
    """Return what a party must do next, and what is late; none where it owes nothing open.

    `parts` are the pages of its open tasks.
    """
    tasks = [task for task in site.of_party(code) if task.is_open]
    places = section_places(parts)
    late = [task for task in tasks if task.is_late]
    return [_next(site, code, tasks, places), _own_late(site, code, late, places)] if tasks else []


def _next(
    site: SiteData, code: str, tasks: Sequence[Task], places: Mapping[str, str]
) -> FirstAnswer:
    ahead = [task for task in tasks if task.state in ("due-soon", "upcoming")]
    day = min((task.deadline for task in ahead if task.deadline), default=None)
    if day is None:
        sentence = _nothing(site, _("Nothing with a day ahead."))
        return FirstAnswer("done", sentence, (), (), "", urls.party(code))
    found = [task for task in ahead if task.deadline == day]
    sentence = ngettext(
        "Next, by {day}, {count} task:", "Next, by {day}, {count} tasks:", len(found)
    ).format(day=site.long_day(day), count=len(found))
    is_soon = found[0].state == "due-soon"
    kind, section = ("soon", "soon") if is_soon else ("open", "later")
    rows = own_rows(site, code, found)
    answer = FirstAnswer(kind, sentence, (), rows, "", places.get(section, urls.party(code)))
    return _with_duties(site, answer, "")


def _own_late(
    site: SiteData, code: str, late: Sequence[Task], places: Mapping[str, str]
) -> FirstAnswer:
    path = places.get("late", urls.party(code))
    if not late:
        return FirstAnswer("done", _nothing(site, _("Nothing is overdue.")), (), (), "", path)
    oldest = min(late, key=lambda task: task.deadline or date.max)
    sentence = ngettext(
        "{count} task is overdue:", "{count} tasks are overdue, this one for longest:", len(late)
    ).format(count=len(late))
    rest = len(late) - 1
    more = ngettext("and {count} more", "and {count} more", rest).format(count=rest) if rest else ""
    return FirstAnswer("late", sentence, (), own_rows(site, code, [oldest]), more, path)


def _late(site: SiteData, late: Sequence[Task]) -> FirstAnswer:
    sentence = ngettext("{count} task is overdue.", "{count} tasks are overdue.", len(late))
    found = [
        LateParty(PartyLink(site.name_of(party.code), "", urls.party(party.code)), number)
        for party in site.parties
        if party.kind != "office"  # its holder has its tasks too
        if (number := sum(task.is_late for task in site.of_party(party.code)))
    ]
    found.sort(key=lambda one: (-one.number, fold(one.party.label)))
    rest = len(found) - _NAMED
    more = ngettext("and {count} more party", "and {count} more parties", rest).format(count=rest)
    return FirstAnswer(
        "late" if late else "done",
        sentence.format(count=len(late)) if late else _nothing(site, _("Nothing is overdue.")),
        found[:_NAMED],
        (),
        more if rest > 0 else "",
        "late.html",
    )


def _soon(site: SiteData) -> FirstAnswer:
    soon = [task for task in site.tasks if task.state == "due-soon"]
    sentence = ngettext(
        "{count} task falls due in the next {days} days:",
        "{count} tasks fall due in the next {days} days:",
        len(soon),
    ).format(count=len(soon), days=SOON)
    urged = sum(task.mandate.kind == "encouragement" for task in soon)
    if urged:
        among = _("(encouragements among them: {count})").format(count=urged)
        sentence = f"{sentence.removesuffix(':')} {among}:"
    nothing = _("Nothing falls due in the next {days} days.").format(days=SOON)
    answer = FirstAnswer("soon", sentence, (), shared_rows(site, soon), "", "due.html#soon")
    return _with_duties(site, answer, nothing)


def _newly_late(site: SiteData, late: Sequence[Task]) -> FirstAnswer:
    new = [task for task in late if task.days_late is not None and task.days_late <= SOON]
    sentence = ngettext(
        "{count} task became overdue in the last {days} days:",
        "{count} tasks became overdue in the last {days} days:",
        len(new),
    ).format(count=len(new), days=SOON)
    nothing = _("Nothing became overdue in the last {days} days.").format(days=SOON)
    answer = FirstAnswer("late", sentence, (), shared_rows(site, new), "", "late.html")
    return _with_duties(site, answer, nothing)


def _with_duties(site: SiteData, answer: FirstAnswer, nothing: str) -> FirstAnswer:
    """Return an answer with its first duties; `nothing` is its sentence where it has none."""
    if not answer.duties:
        return answer._replace(kind="done", sentence=_nothing(site, nothing))
    rest = len(answer.duties) - _NAMED
    more = ngettext("and {count} more duty", "and {count} more duties", rest).format(count=rest)
    return answer._replace(duties=answer.duties[:_NAMED], more=more if rest > 0 else "")


def _nothing(site: SiteData, sentence: str) -> str:
    return _("Nothing of this kind is in what could be read.") if site.doubtful else sentence
