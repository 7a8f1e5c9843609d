"""Random registers, built as values: small, valid, and full of days that coincide."""

from datetime import date, timedelta
from random import Random

from grcm_cli.domain import model
from grcm_cli.domain.due import Due
from grcm_cli.domain.due_forms import (
    Asap,
    AtMeeting,
    Before,
    DuringMeeting,
    EveryMeeting,
    EverySpan,
    EveryYear,
    FixedDay,
    NextMeeting,
    Ongoing,
    Within,
)
from grcm_cli.domain.model import Conclusion, Each, Entry, Mandate, Meeting, Party, PlacedWord, Text
from grcm_cli.domain.periods import Unit
from grcm_cli.domain.register import Register, ReportedProgress
from grcm_cli.domain.task import Query

FIRST = date(2001, 1, 1)
LAST = date(2004, 12, 31)
AT = model.Location("data/any.yaml", 1, 1)
NAME = Text({"es": "Nombre"})
MEMBERS = ("AAA", "BBB", "CCC", "DDD")
OFFICES = ("CH", "VC")
ORGANIZATION = "ORG"
BODIES = ("WG", "CO")
PARTIES = (*MEMBERS, *OFFICES, ORGANIZATION)
TAKERS = ("TAK", "TOK")  # organizations that owe only what is handed to them
NAMED_GROUPS = ("SOME", "REST")
UNITS: tuple[Unit, ...] = ("days", "weeks", "months", "years")
GROUPS: tuple[model.Group, ...] = ("members", "members", "participants", "listed")
SPEECH: tuple[model.Progress, ...] = (
    *("not-started", "started", "done", "done", "done", "declined", "not-applicable", "withdrawn"),
)


def word(text: str) -> PlacedWord:
    """Return a word at no place in particular."""
    return PlacedWord(text, AT)


def random_query(random: Random, register: Register) -> Query:
    """Return a query with about two of its conditions set."""

    def rarely() -> bool:
        return random.random() < 0.25

    return Query(
        before=random_day(random) if rarely() else None,
        after=random_day(random) if rarely() else None,
        parties=tuple(random.sample(PARTIES, random.choice([1, 1, 2]))) if rarely() else (),
        body=random.choice(BODIES) if rarely() else None,
        meeting=random.choice(register.meetings).id if rarely() else None,
        unassigned=random.random() < 0.1,
        closed=random.random() < 0.5,
        late=random.random() < 0.15,
        unreported=random.random() < 0.15,
    )


def random_day(random: Random, last: date = LAST) -> date:
    """Return any day of the years in which the records play."""
    return FIRST + timedelta(days=random.randrange((last - FIRST).days))


def random_register(random: Random, *, merges: bool = True) -> Register:
    """Return a register; the same state of `random` gives the same one.

    Without `merges` nothing is handed over that several owe each, which may become one task.
    """
    return _Maker(random, merges=merges).register()


class _Maker:
    """The register that is being made, as far as it has got."""

    def __init__(self, random: Random, *, merges: bool) -> None:
        self.random, self.merges = random, merges
        # Most things happen on few days, so that they meet.
        self.days = sorted(random_day(random) for _ in range(8))
        self.meetings: list[Meeting] = []
        self.mandates: list[tuple[Meeting, Conclusion, Mandate]] = []

    def register(self) -> Register:
        """Return the register."""
        parties = [*self._parties()]
        for index in range(self.random.randint(3, 7)):
            self._add_meeting(index)
        entries = [
            self._entry(row)
            for row in self.mandates
            for _ in range(self.random.choice((0, 2, 4, 7)))
        ]
        # The entries of a file stand together, and the files by name.
        entries.sort(key=lambda entry: entry.party)
        process = model.Process("EX", NAME, ("es",))
        return Register(process, parties, self.meetings, ReportedProgress(entries), frozenset())

    def _day(self) -> date:
        """Return a day on which other things happen too, mostly; else any, or one beside it."""
        if self.random.random() < 0.25:
            return random_day(self.random)
        return self.random.choice(self.days) + timedelta(days=self.random.choice((0, 0, 0, 1, -1)))

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    # --- who -------------------------------------------------------------------------------------

    def _parties(self) -> list[Party]:
        members = [
            Party(code, "member", NAME, (), AT, memberships=self._memberships()) for code in MEMBERS
        ]
        offices = [Party(code, "office", NAME, (), AT, terms=self._terms()) for code in OFFICES]
        others = [Party(code, "organization", NAME, (), AT) for code in (ORGANIZATION, *TAKERS)]
        bodies = [Party(code, "body", NAME, (), AT) for code in BODIES]
        listed = Each("listed", self._codes(1, 3, (*MEMBERS, ORGANIZATION)), (), AT)
        rest = Each("members", (), self._codes(1, 2, MEMBERS), AT)
        groups = [
            Party(code, "group", NAME, (), AT, members=members_of)
            for code, members_of in zip(NAMED_GROUPS, (listed, rest), strict=True)
        ]
        return [*members, *offices, *others, *bodies, *groups]

    def _memberships(self) -> tuple[model.Membership, ...]:
        """Return none, as most have; one with a beginning or an end; or two with a gap."""
        days = sorted({self._day() for _ in range(3)})
        start, until = (day if self._chance(0.2) else None for day in (days[0], days[-1]))
        if len(days) == 3 and self._chance(0.2):
            return (model.Membership(start, days[1]), model.Membership(days[2], None))
        if start is None and until is None:
            return ()
        return (model.Membership(start, until if until != start else None),)

    def _terms(self) -> tuple[model.Term, ...]:
        starts = sorted({self._day() for _ in range(self.random.randint(1, 4))})
        terms = []
        for start, following in zip(starts, [*starts[1:], LAST], strict=True):
            length = max((following - start).days - 1, 0)
            until = start + timedelta(days=self.random.randint(0, length))
            holder = self.random.choice((*MEMBERS[:3], ORGANIZATION))
            terms.append(model.Term(word(holder), start, until if self._chance(0.25) else None))
        self.random.shuffle(terms)
        return tuple(terms)

    # --- meetings --------------------------------------------------------------------------------

    def _add_meeting(self, index: int) -> None:
        start = self._day()
        end = start + timedelta(days=self.random.randint(0, 3))
        of_one_day = self._chance(0.3)
        meeting = Meeting(
            f"M-{index}",
            word(self.random.choice(BODIES)),
            start,
            start if of_one_day else end,
            AT,
            AT,
            participants=self._codes(0, 3, MEMBERS),
            kind="correspondence" if self._chance(0.1) else "meeting",
        )
        if self._chance(0.8):  # else it is planned, or its text is not in the record
            # Conclusions know the meetings before it, and that it has its dates.
            numbers = range(1, self.random.randint(2, 5))
            conclusions = tuple(self._conclusion(number, meeting) for number in numbers)
            meeting = meeting._replace(conclusions=conclusions)
            self.mandates += [
                (meeting, conclusion, mandate)
                for conclusion in conclusions
                for mandate in conclusion.mandates
            ]
        self.meetings.append(meeting)

    def _conclusion(self, number: int, meeting: Meeting) -> Conclusion:
        count = self.random.choice((0, 1, 1, 1, 2, 3))
        before = [row for row in self.mandates if _last_day(row[0]) < _last_day(meeting)]
        ends = {"supersedes": 0.15, "closes": 0.15}
        ended = {
            key: (word(self._reference(self.random.choice(before), all_of_several=True)),)
            for key, share in ends.items()
            if before and self._chance(share)
        }
        moved = [self.random.choice(before) for _ in range(2) if before and self._chance(0.5)]
        handed = [row for row in before if self.merges or not isinstance(row[2].responsible, Each)]
        handed = [self.random.choice(handed)] if handed and self._chance(0.3) else []
        return Conclusion(
            str(number),
            NAME,
            AT,
            AT,
            mandates=tuple(
                self._mandate(ordinal, meeting, of_several=count > 1)
                for ordinal in range(1, count + 1)
            ),
            supersedes=ended.get("supersedes", ()),
            closes=ended.get("closes", ()),
            extends=tuple(self._extension(row, meeting) for row in moved),
            reassigns=tuple(map(self._reassignment, handed)),
        )

    def _reference(
        self, row: tuple[Meeting, Conclusion, Mandate], *, all_of_several: bool = False
    ) -> str:
        meeting, conclusion, mandate = row
        short = f"{meeting.id}/{conclusion.number}"
        may_be_short = all_of_several or not mandate.of_several
        return short if may_be_short and self._chance(0.7) else f"{short}#{mandate.ordinal}"

    def _extension(
        self, row: tuple[Meeting, Conclusion, Mandate], meeting: Meeting
    ) -> model.Extension:
        responsible = row[2].responsible
        named = [code.text for code in responsible.codes] if responsible else []
        some = self._codes(1, 2, tuple(named) or MEMBERS) if self._chance(0.3) else ()
        return model.Extension(word(self._reference(row)), self._due(meeting, moved=True), AT, some)

    def _reassignment(self, row: tuple[Meeting, Conclusion, Mandate]) -> model.Reassignment:
        responsible = row[2].responsible
        named = (word("SOME"), *(responsible.codes if responsible else ()))
        source = self.random.choice(named) if self._chance(0.6) else None
        to = self._codes(1, 2, (*TAKERS, "SOME"))
        return model.Reassignment(word(self._reference(row)), source, to, AT)

    # --- mandates --------------------------------------------------------------------------------

    def _mandate(self, ordinal: int, meeting: Meeting, *, of_several: bool) -> Mandate:
        due = self._due(meeting) if self._chance(0.9) else None
        may_end = isinstance(due, EveryYear | EverySpan | EveryMeeting) and self._chance(0.4)
        # A series that ends before it is due once is a finding; some of meetings do.
        least = timedelta(days=1 if isinstance(due, EveryMeeting) else 2 * 366)
        until = max(self._day(), _last_day(meeting) + least) if may_end else None
        after = self._reference(self.random.choice(self.mandates)) if self.mandates else ""
        responsible = self._responsible() if self._chance(0.95) else None
        leads = responsible.codes if isinstance(responsible, model.Together) else ()
        return Mandate(
            ordinal,
            of_several,
            NAME,
            responsible,
            due,
            AT,
            AT,
            kind=self.random.choice(("request", "request", "encouragement")),
            after=(word(after),) if after and self._chance(0.2) else (),
            void="recorded in error" if self._chance(0.05) else None,
            until=model.Until(until, AT) if until else None,
            lead=self.random.choice(leads) if leads and self._chance(0.3) else None,
        )

    def _responsible(self) -> model.Responsible:
        if self._chance(0.55):
            most = self.random.choice((1, 1, 2, 3))
            codes = (*PARTIES, *NAMED_GROUPS)
            return model.Together(self._codes(0 if self._chance(0.1) else 1, most, codes))
        group = self.random.choice(GROUPS)
        listed = self._codes(1, 4, (*PARTIES, *NAMED_GROUPS)) if group == "listed" else ()
        excepted = self._codes(0, 2, (*MEMBERS, "SOME")) if self._chance(0.4) else ()
        return Each(group, listed, excepted, AT)

    def _codes(self, least: int, most: int, codes: tuple[str, ...]) -> tuple[PlacedWord, ...]:
        count = min(self.random.randint(least, max(least, most)), len(codes))
        return tuple(word(code) for code in self.random.sample(codes, count))

    def _due(self, meeting: Meeting, *, moved: bool = False) -> Due:
        forms = (
            *(self._fixed, self._next, self._at, self._during, self._before),
            *(self._within, self._open),
        )
        if moved:
            return self.random.choice(forms)(meeting)
        return self.random.choice((*forms, self._every, self._every))(meeting)

    def _fixed(self, _meeting: Meeting) -> Due:
        day = self._day()
        return self.random.choice(
            (
                FixedDay(day.isoformat(), fixed_day=day),
                FixedDay(str(day.year), fixed_day=date(day.year, 12, 31)),
                FixedDay(f"{day.year}-H1", fixed_day=date(day.year, 6, 30)),
                FixedDay(f"{day.isoformat()}/{day.isoformat()}", fixed_day=day),
            )
        )

    def _next(self, _meeting: Meeting) -> NextMeeting:
        body = self.random.choice(BODIES)
        return NextMeeting(f"next {body}", body)

    def _at(self, meeting: Meeting) -> AtMeeting:
        known = self.random.choice([*self.meetings, meeting]).id
        return AtMeeting(known, meeting=known)

    def _during(self, meeting: Meeting) -> DuringMeeting:
        named = self.random.choice((self._next, self._at))(meeting)
        return DuringMeeting(f"at {named.written}", named.body, named.meeting)

    def _before(self, meeting: Meeting) -> Due:
        amount, unit = self.random.randint(1, 3), self.random.choice(UNITS)
        named = self.random.choice((self._next, self._at))(meeting)
        written = f"{amount} {unit} before {named.written}"
        return Before(written, named.body, named.meeting, amount=amount, unit=unit)

    def _within(self, meeting: Meeting) -> Due:
        amount, unit = self.random.randint(1, 3), self.random.choice(UNITS)
        known = self.random.choice([*self.meetings, meeting]).id
        day, named = self.random.choice(
            ((None, None), (None, None), (self._day(), None), (None, known))
        )
        count = amount * (20 if unit == "days" else 1)
        written = f"within {count} {unit}" + (f" of {day or named}" if day or named else "")
        return Within(written, meeting=named, amount=count, unit=unit, day=day)

    def _open(self, _meeting: Meeting) -> Due:
        standing = Ongoing("ongoing")
        return self.random.choice((*[standing] * 7, Asap("asap")))

    def _every(self, meeting: Meeting) -> Due:
        first = _last_day(meeting) + timedelta(days=self.random.randint(1, 400))
        day = self.random.choice((self._day(), date(2004, 2, 29)))
        amount, body = self.random.randint(1, 2), self.random.choice(BODIES)

        def every(count: int, unit: Unit, start: str = "") -> EverySpan:
            count *= amount
            return EverySpan(f"every {count} {unit}{start}", amount=count, unit=unit)

        return self.random.choice(
            (
                EveryYear(f"every year on {day:%m-%d}", day_of_year=day.replace(year=2000)),
                *(every(90, "days"), every(5, "months"), every(1, "years")),
                every(1, "months", f" from {first}")._replace(day=first),
                EveryMeeting(f"every {body}", body),
            )
        )

    # --- progress --------------------------------------------------------------------------------

    def _entry(self, row: tuple[Meeting, Conclusion, Mandate]) -> Entry:
        meeting, _conclusion, mandate = row
        responsible = mandate.responsible
        owing = [code.text for code in responsible.codes] if responsible else []
        others = TAKERS if self._chance(0.2) else PARTIES
        party = self.random.choice(owing if owing and self._chance(0.6) else others)
        day = self._day()
        if self._chance(0.95):
            day = max(day, _last_day(meeting))
        return Entry(
            party,
            word(self._reference(row)),
            day,
            self.random.choice(SPEECH),
            AT,
            occurrence=self._occurrence(meeting, mandate.due),
        )

    def _occurrence(self, meeting: Meeting, due: Due | None) -> PlacedWord | None:
        """Return the name of one of the first occurrences; sometimes of none."""
        if self._chance(0.05):
            return None
        end = _last_day(meeting)
        count = self.random.randint(1, 3)
        match due:
            case EveryMeeting():
                return word(self.random.choice(self.meetings).id)
            case EveryYear():
                year = end.year + count - 1
                month, day = due.day_of_year.month, due.day_of_year.day
                day = day if month != 2 or year % 4 == 0 else min(day, 28)
                return word(date(year, month, day).isoformat())
            case EverySpan(unit="days"):
                return word((end + timedelta(days=due.amount * count)).isoformat())
            case EverySpan():
                months = due.amount * count * (12 if due.unit == "years" else 1) + end.month - 1
                return word(
                    date(end.year + months // 12, months % 12 + 1, min(end.day, 28)).isoformat()
                )
            case _:
                return None


def _last_day(meeting: Meeting) -> date:
    assert meeting.end is not None
    return meeting.end
