"""What the first screen answers in a sentence each: late, to come, newly late."""

from collections.abc import Sequence
from typing import NamedTuple

from grcm_cli.domain.task import SOON, Task
from grcm_cli.language.text import _, fold, ngettext
from grcm_cli.site import urls
from grcm_cli.site.mandate_rows import MandateRow, PartyLink, shared_rows
from grcm_cli.site.page_data import SiteData

_NAMED = 3
"""The parties or duties that an answer names; of the others it says how many they are."""


class LateParty(NamedTuple):
    """A party and how many of its tasks are overdue."""

    party: PartyLink
    number: int


class FirstAnswer(NamedTuple):
    """A sentence, who or what it is about, and where the rest is."""

    kind: str
    """Of the style sheet: late, soon, done where there is nothing."""
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
