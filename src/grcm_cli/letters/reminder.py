"""A reminder to a party: its late, coming and other open tasks, and the values for a template."""

from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from grcm_cli.domain.model import Contact, Each, Entry, Party, Text
from grcm_cli.domain.periods import parse_day
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Query, Task, select
from grcm_cli.language import grammar
from grcm_cli.language.text import LANGUAGES, _, collapse, in_series, labelled
from grcm_cli.views import labels
from grcm_cli.views.conclusion import adopted_text, deciding, with_parents
from grcm_cli.views.meetings import deadline_in_words, meeting_days, meeting_title
from grcm_cli.views.tasks import group_by

Values = Mapping[str, object]
"""What a template reads by names. Public: see docs/en/letters.md."""


class ReminderData(NamedTuple):
    """The tasks of a day, from which reminders are made."""

    register: Register
    tasks: Sequence[Task]
    as_of: date
    within: int  # days from `as_of` in which a task is due soon
    reply_by: date | None = None  # the last day for an answer; None: the template says


class Reminder:
    """A party's tasks for a letter in its language, its holder's, or the first known wish."""

    def __init__(self, data: ReminderData, party: Party, wishes: Sequence[str]) -> None:
        self.data, self.party, self.register = data, party, data.register
        self.directory, self.holder = data.register.directory, party.holder_on(data.as_of)
        holder = self.directory.by_code.get(self.holder or "")
        languages = [party.language, holder.language if holder else None, *wishes]
        supported = (word for word in languages if word and word in LANGUAGES)
        self.language = next(supported, LANGUAGES[0])
        self.wording = labels.full_wording(self.directory, self.language)
        self.contact = party.contact
        if holder is not None and party.contact == Contact():  # an office without one
            self.contact = holder.contact
        codes = self.register.members_of(party.code)
        tasks = select(data.tasks, Query(parties=codes, named=party.kind == "group"))
        self.soon = [task for task in tasks if self._is_soon(task)]
        not_soon = [task for task in tasks if not self._is_soon(task)]
        owed = [task for task in not_soon if task.mandate.kind == "request"]
        self.late = [task for task in owed if task.is_late]
        self.open = [task for task in owed if not task.is_late]
        self.encouraged = [task for task in not_soon if task.mandate.kind == "encouragement"]
        self.is_needed = bool(self.late or self.soon)
        # A form leaves out what is in doubt, and what is at a meeting that is in no file.
        in_doubt = [str(task.reference) for task in tasks if task.state == "?"]
        self.unasked = list(dict.fromkeys(in_doubt))
        listed = self._once([*self.late, *self.soon, *self.open, *self.encouraged])
        clear = [task for task in listed if task.state != "?"]
        self.asked = [task for task in clear if not task.occurrence or task.occurrence.name]

    def _once(self, tasks: Sequence[Task]) -> list[Task]:
        """Return what a letter lists: of a group, what several members owe alike once."""
        if self.party.kind != "group":
            return list(tasks)
        alike = group_by(tasks, attrgetter("reference", "occurrence", "term", "state"))
        return [
            same[0]._replace(
                parties=tuple(dict.fromkeys(code for task in same for code in task.parties)),
                silent=tuple(dict.fromkeys(code for task in same for code in task.silent)),
                reports=tuple(dict.fromkeys(entry for task in same for entry in task.reports)),
            )
            for same in alike.values()
        ]

    def _is_soon(self, task: Task) -> bool:
        return task.state != "?" and task.days is not None and 0 <= task.days <= self.data.within

    def context(self, *, has_form: bool = False) -> Values:
        """Return the values of a template. `has_form` says that a form goes with the letter."""
        data, language, wording = self.data, self.language, self.wording
        process, sender = self.register.process, self.register.process.secretariat
        party, day = self.party.code, data.as_of.isoformat()
        article = labels.party_article(self.directory, party, language)
        process_name = collapse(process.name.shown(language))
        process_article = grammar.article(process_name, "body", language)
        within_words = _("today or tomorrow") if data.within else _("today")
        if data.within > 1:
            count = grammar.number_in_words(data.within)
            within_words = _("within {count} days").format(count=count)
        quoted: dict[tuple[str, str], str] = {}
        by_name = {"late": self.late, "soon": self.soon, "open": self.open}
        lists = {
            name: [self._task(task, quoted) for task in self._once(tasks)]
            for name, tasks in {**by_name, "encouraged": self.encouraged}.items()
        }
        return {
            "process": _named(process_name, process.code, process_article, language),
            "party": {
                **_named(wording.party(party), party, article, language),
                "kind": self.party.kind,
            },
            "contact": self._contact(),
            "secretariat": {
                "name": collapse(sender.name.shown(language)) if sender.name else "",
                "address": self._lines(sender.address),
                "place": collapse(sender.place or ""),
                "signature": self._lines(sender.signature),
                "email": sender.email or "",
            },
            "number": f"{process.code}/{party}/{day}",
            "day": wording.day(data.as_of),
            "day_iso": day,
            "reply_by": wording.day(data.reply_by) if data.reply_by else "",
            "reply_by_iso": data.reply_by.isoformat() if data.reply_by else "",
            "within": data.within,
            "within_words": within_words,
            "late_number": len(self.late),
            "soon_number": len(self.soon),
            **lists,
            "late_and_soon": [lists["late"], lists["soon"]],
            "has_form": has_form,
        }

    def _contact(self) -> Values:
        """Return to whom a letter goes; its lines are as on an envelope, a country's name last."""
        contact = self.contact
        name, title = collapse(contact.name or ""), collapse(contact.title or "")
        address = list(map(collapse, contact.address))
        salutation = collapse(contact.salutation or "")
        holder = f" ({self.wording.party(self.holder)})" if self.holder else ""
        party = self.wording.party(self.party.code) + holder
        place = [*address, party] if self.party.kind == "member" else [party, *address]
        return {
            "name": name,
            "title": title,
            "salutation": salutation,
            "addressed": salutation.rstrip(" ,:;!"),
            "address": address,
            "email": contact.email,
            "lines": list(dict.fromkeys(filter(None, [name, title, *place]))),
        }

    def _lines(self, texts: Sequence[Text]) -> list[str]:
        """Return lines in its language, those of a text of several lines apart."""
        lines = (line for text in texts for line in text.shown(self.language).splitlines())
        return list(filter(None, map(collapse, lines)))

    def _task(self, task: Task, quoted: dict[tuple[str, str], str]) -> Values:
        """Return a task's values; `quoted` are conclusions quoted before, with their references."""
        language, meeting, register = self.language, task.meeting, self.register
        address = meeting.id, task.conclusion.number
        above = quoted.get(address, "")
        quoted.setdefault(address, str(task.reference))
        binds = task.mandate.kind == "request"
        days, wording = task.days or 0, self.wording
        reaches, is_plural = self.reach(task)
        status = labels.when([task], wording) if binds or days >= 0 else ""
        is_soon = self._is_soon(task)  # else encouragements have a heading of their own
        action = labels.action(task, language, with_kind=is_soon, wording=wording)
        if self.party.kind == "group":  # which has a task of each member
            action = labelled(labels.together(task, wording), action)
        conclusions = with_parents(meeting, task.conclusion)
        texts = [adopted_text(meeting, conclusion) for conclusion in conclusions]
        for later, decision in deciding(task, register):  # who owes it now, and until when
            texts.append(labelled(f"{later.id}/{decision.number}", adopted_text(later, decision)))
        return {
            "reference": str(task.reference),
            "action": action,
            "deadline": deadline_in_words(task, register, language, wording.day),
            "deadline_iso": task.deadline.isoformat() if task.deadline else "",
            "status": in_series(status.split("\n")),
            "days_late": task.days_late or 0,
            "days_left": max(0, days),
            "meeting": meeting_title(meeting, self.directory, language),
            "meeting_days": meeting_days(meeting, language),
            "place": collapse(meeting.place or ""),
            "reaches": reaches,
            "is_plural": is_plural,
            "reported": self._reported(task),
            "texts": texts,
            # The action is the whole text as it was adopted.
            "is_verbatim": texts == [collapse(labels.what(task, language))],
            "short_action": labels.without_stop(action),
            "quoted_above": bool(above),
            "quoted_with": above,
        }

    def _reported(self, task: Task) -> str:
        if task.reports or task.occurrence is None:
            return in_series(self._report_text(entry) for entry in task.reports)
        entries = [
            entry
            for sibling in self.data.tasks
            if sibling.reference == task.reference and sibling.parties == task.parties
            for entry in (*sibling.reports, *sibling.missed.reports)
            if entry.occurrence is not None
        ]
        if not entries:
            return ""
        last = max(entries, key=lambda entry: entry.day)
        time = last.time
        meeting, day = self.register.calendar.by_id.get(time), parse_day(time)
        if meeting is not None:
            time = meeting_title(meeting, self.directory, self.language)
        elif day is not None:
            time = self.wording.day(day)
        message = _("none for this occurrence; for another one ({time}): {report}")
        return message.format(time=time, report=self._report_text(last))

    def reach(self, task: Task) -> tuple[str, bool]:
        """Return how a mandate binds a party, or nothing, and whether the words name several."""
        directory, wording, code = self.directory, self.wording, self.party.code
        if task.anybody:
            return labels.no_party(task), False
        codes = self.register.members_of(code)
        bound = [
            party
            for party in task.parties
            if not {party, *task.holders.get(party, ())}.isdisjoint(codes)
        ]
        # Beside the party, its own office is another: that may pass on.
        has_others = not {*([] if code in bound else bound), code}.issuperset(task.named_parties)
        names = task.named_parties if has_others else [] if code in bound else bound
        is_several = len(names) > 1
        parts = [wording.listed(names)] if is_several else list(map(wording.party, names))
        if has_others or (is_several and not task.is_separate):
            parts = [_("{parties}, jointly").format(parties=wording.named(names))]
        if task.lead:
            lead = _("lead: {party}").format(party=wording.party(task.lead))
            parts = [f"{parts[0]} ({lead})"] if parts else [lead]
        passing = [
            f"{wording.listed([party])} {phrase}" if is_several or has_others else phrase
            for party in bound
            if (phrase := self._passing(task, party))
        ]
        if passing and not parts:
            parts = [wording.party(code)]
        if parts or not task.is_separate:
            return in_series([", ".join(parts), *passing]), is_several
        members = [party.code for party in directory.by_code.values() if party.kind == "member"]
        has_states_alone = labels.are_states(members)
        member = _("each member country") if has_states_alone else ""
        responsible = task.mandate.responsible
        if task.handovers or not isinstance(responsible, Each):
            return "", False  # it owes alone what another owed
        group = labels.group_in_words(responsible, wording, member)
        if group:
            return group, False
        if not (has_states_alone and responsible.named.issubset(members)):  # but a group, too
            return _("each of the parties named"), False
        count = grammar.number_in_words(len(responsible.named))
        return _("each of the {count} countries named").format(count=count), False

    def _passing(self, task: Task, code: str) -> str:
        """Return to whom an office passes next, and who holds it at the deadline; else nothing."""
        directory, wording, today = self.directory, self.wording, self.data.as_of
        office, deadline = directory.by_code.get(code), task.deadline
        if office is None or deadline is None:
            return ""
        holder, turns = office.holder_on(today), list[tuple[date, str]]()
        for term in sorted(office.terms, key=lambda term: term.start):
            if today < term.start <= deadline and term.holder.text != holder:
                holder = term.holder.text
                turns.append((term.start, holder))
        is_later = holder == self.party.code != office.holder_on(today)  # it gets it at the end
        phrases = []
        for start, to in [] if is_later else turns[:1]:
            to_party = labels.of_name(directory, to, self.language, "to")
            message = _("passes {to_party} on {day}")
            phrases.append(message.format(to_party=to_party, day=wording.day(start)))
        for start, to in turns[-1:] if holder == office.holder_on(deadline) else ():
            if is_later or len(turns) > 1:
                message = _("held by {party} from {day}")
                phrases.append(message.format(party=wording.party(to), day=wording.day(start)))
        return in_series(phrases)

    def _report_text(self, entry: Entry) -> str:
        text = f"{labels.progress_word(entry.progress)}, {self.wording.day(entry.day)}"
        if entry.party != self.party.code:
            text += f", {self.wording.party(entry.party)}"
        details = collapse(labels.report_details(entry))
        return labelled(text, details) if details else text


def _named(name: str, code: str, article: str, language: str) -> Values:
    definite = grammar.with_article(name, article)
    of, to = (grammar.after(word, name, article, language) for word in ("of", "to"))
    return {"name": name, "code": code, "definite": definite, "of": of, "to": to}


def addressees(data: ReminderData) -> list[Party]:
    """Return the parties that may get a reminder: holders, not offices; members, not groups."""
    owing = {
        code
        for task in data.tasks
        if task.is_open
        for party in task.parties
        for code in task.holders.get(party) or (party,)
    }
    return [
        party
        for party in data.register.parties
        if party.code in owing
        or (party.kind not in ("office", "group") and party.belongs_on(data.as_of))
    ]


def secretariat_party(register: Register) -> Party | None:
    """Return the organization, office or body that is the secretariat, which sends the letters."""
    name = register.process.secretariat.name
    texts = name.by_language.values() if name else ()
    parties = (party for text in texts for party in register.directory.named(text))
    return next((party for party in parties if party.kind != "member"), None)
