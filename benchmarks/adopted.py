"""The file of a generated meeting: what it adopted, and which of its duties can be reported on."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from benchmarks import duties, phrases, process
from benchmarks.duties import Met
from benchmarks.phrases import Pair, same

BINDING = 0.37  # of the conclusions; one in nine of them has a second mandate
OLDER = 0.02  # of the conclusions: those that move, end or take up what an older one says


@dataclass(frozen=True, slots=True)
class Owed:
    """A mandate with a deadline: whom it binds, a task each, and from which day to which."""

    ref: str
    owing: tuple[str, ...]
    since: date
    deadline: date
    ended: bool = False


class Minutes:
    """One meeting's file in the making; its mandates go to the end of the record of all."""

    def __init__(
        self, chance: Random, met: Met, coming: dict[str, date], record: list[Owed], language: str
    ) -> None:
        self._chance, self._met, self._coming = chance, met, coming
        self._record, self._language = record, language
        self._both = chance.random() < 0.1  # this meeting's texts are there in both languages
        self._older = len(record)  # where this meeting's own mandates begin

    def text(self, conclusions: int) -> str:
        """Return the whole file."""
        met = self._met
        lines = [f"id: {met.id}", f"body: {met.body}"]
        title = Pair("Reunión de {body}", "Meeting of {body}").format(body=same(met.body))
        lines += self._said("title", title)
        lines += [f"country: {self._chance.choice(met.here)}", f"start: {met.start}"]
        lines += [f"end: {met.end}", f"language: {self._language}"]
        lines += [f"participants: [{', '.join(met.here)}]", "observers: [ORG-A, ORG-B]"]
        lines += ["", "conclusions:"]
        for number in range(1, conclusions + 1):
            lines.append(f"  - number: {number}")
            lines += [f"    {line}" for line in self._conclusion(number)]
            lines.append("")
        return "\n".join(lines[:-1]) + "\n"

    def _conclusion(self, number: int) -> list[str]:
        kind = self._chance.random()
        if kind < BINDING:
            return self._binding(number)
        if kind < BINDING + OLDER and self._older:
            return self._of_an_older(self._recent())
        place = self._chance.randrange(len(phrases.COURTESIES))
        opening = phrases.COURTESIES[place].format(who=self._somebody(), **self._matter())
        text = phrases.remarks(self._chance, opening)
        return [*self._said("text", text), f"acts: {phrases.ACTS[place]}"]

    def _binding(self, number: int) -> list[str]:
        """Return a conclusion that lays one duty on somebody, now and then two."""
        chance, matter = self._chance, self._matter()
        who = duties.who(chance, self._met)
        when = duties.when(chance, self._met, self._coming)
        urged = who.words is not None and chance.random() < 0.2
        also = chance.choice(process.members_on(self._met.end)) if chance.random() < 0.11 else None
        follows = None
        if self._older and chance.random() < 0.06:
            follows = self._record[self._recent()].ref.partition("#")[0]

        request = phrases.URGE if urged else phrases.REQUEST
        opening = (
            request.format(who=who.words, **matter)
            if who.words
            else phrases.ACTION.format(**matter)
        )
        opening = (opening + when.words if when.words else opening).stop()
        if also:
            opening += phrases.ALSO.format(who=process.NAMES[also], **matter).stop()
        if follows:
            opening = phrases.FOLLOW.format(ref=same(follows)) + opening
        lines = [*self._said("text", phrases.remarks(chance, opening)), "acts: directive"]
        lines += [f"follows: {follows}"] if follows else []

        mandate = [*self._said("action", phrases.ACTION.format(**matter))]
        mandate.append(f"responsible: {who.written}")
        is_supported = chance.random() < 0.08 and "ORG-A" not in who.written
        mandate += ["support: ORG-A"] if is_supported else []
        mandate += ["kind: encouragement"] if urged else []
        mandate += [f"due: {when.written}"] if when.written else []
        ref = f"{self._met.id}/{number}"
        if also:
            ref += "#1"
            second = [*self._said("action", phrases.ALSO_ACTION.format(**matter))]
            second += [f"responsible: {also}", f"after: {number}#1"]
            lines += ["mandates:", *_items(mandate, second)]
        else:
            lines += mandate
        if when.day and who.owing:
            self._record.append(Owed(ref, who.owing, self._met.end, when.day))
        return lines

    def _of_an_older(self, place: int) -> list[str]:
        """Return a conclusion that moves an older deadline, ends an older duty, or takes it up."""
        old = self._record[place]
        kind = (
            "follow" if old.ended else self._chance.choice(("extend", "extend", "close", "follow"))
        )
        ref = same(old.ref)
        if kind == "extend":
            day = max(old.deadline, self._met.end) + timedelta(days=self._chance.randint(30, 90))
            # What is moved has not been answered: the reports come after this meeting.
            self._record[place] = replace(old, deadline=day, since=self._met.end)
            text = phrases.EXTEND.format(ref=ref, day=phrases.long_day(day))
            effect = f"extends: {{mandate: {old.ref}, due: {day}}}"
            return [*self._said("text", text), "acts: deciding", effect]
        if kind == "close":
            self._record[place] = replace(old, ended=True)
            text = phrases.CLOSE.format(ref=ref)
            return [*self._said("text", text), "acts: deciding", f"closes: {old.ref}"]
        welcome = phrases.COURTESIES[1].format(**self._matter())
        text = phrases.remarks(self._chance, phrases.FOLLOW.format(ref=ref) + welcome)
        link = f"follows: {old.ref.partition('#')[0]}"
        return [*self._said("text", text), "acts: evaluative", link]

    def _recent(self) -> int:
        """Return the place of one of the last mandates of older meetings."""
        return self._chance.randrange(max(0, self._older - 400), self._older)

    def _somebody(self) -> Pair:
        return self._chance.choice(list(process.NAMES.values()))

    def _matter(self) -> dict[str, Pair]:
        paper, topic = self._chance.choice(phrases.PAPERS), self._chance.choice(phrases.TOPICS)
        return {"paper": paper, "topic": topic}

    def _said(self, key: str, text: Pair) -> Iterator[str]:
        """Yield the lines of a text, in the meeting's language or in both."""
        if not self._both:
            yield from _folded(key, text.es if self._language == "es" else text.en)
            return
        yield f"{key}:"
        for language, words in (("es", text.es), ("en", text.en)):
            yield from (f"  {line}" for line in _folded(language, words))


def _folded(key: str, text: str) -> Iterator[str]:
    """Yield a text on its key's line, or on those below it where it is long."""
    if len(text) <= 80:
        yield f"{key}: {text}"
        return
    yield f"{key}: >-"
    yield from (f"  {line}" for line in textwrap.wrap(text, 90))


def _items(*mandates: Sequence[str]) -> Iterator[str]:
    """Yield mandates as the items of a list."""
    for first, *others in mandates:
        yield f"  - {first}"
        yield from (f"    {line}" for line in others)
