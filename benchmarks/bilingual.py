"""Write a data folder of another kind than `generate`'s, on which nothing in grcm was tuned.

    python -m benchmarks.bilingual FOLDER 10000 [--errors]

Texts of 400 characters and more in two languages, with characters outside Latin-1 now and then; a
few large meetings and many small ones; numbers such as 6.a and IV.3; several mandates of a
conclusion, many that come back; chains of extensions; long files of progress; flow style and quoted
values. The same folder for the same number. A record of real life has warnings, and so has this
one; with `--errors` some references lead nowhere and some codes are nobody's.
"""

import argparse
import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from pathlib import Path
from random import Random

from benchmarks import bilingual_texts as texts
from benchmarks.bilingual_process import (
    BODIES,
    MEMBERS,
    OFFICES,
    ORGANIZATIONS,
    holder,
    members_on,
    register,
)
from benchmarks.generate import TODAY
from benchmarks.phrases import Pair, long_day

LAST = date(2002, 10, 29)
SPAN = timedelta(days=15 * 365)
LARGE, EVERY = 120, 14  # conclusions of a large meeting; one meeting in so many is one
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
WRITTEN = {
    "next": "next {body}",
    "before": "30 days before next {body}",
    "months": "every 6 months",
    "every": "every year on 05-31",
    "body": "every {body}",
}
"""Deadlines whose day is not told here, as the file has them."""
STATES = ("done", "done", "done", "done", "declined", "not-applicable")
ERRORS = 0.01  # of the conclusions, in a record with errors


@dataclass
class Duty:
    """A mandate that reports and later meetings can speak of."""

    ref: str
    owing: tuple[str, ...]
    since: date
    deadline: date
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """A meeting held: its days, who came, how many conclusions it has."""

    id: str
    body: str
    start: date
    end: date
    size: int


def sized(path: Path, conclusions: int, *, errors: bool = False) -> None:
    """Write a data folder with so many conclusions."""
    chance = Random(f"bilingual {conclusions} {errors}")  # noqa: S311 - the same folder each time
    for name in ("meetings", "progress"):
        (path / name).mkdir(parents=True, exist_ok=True)
    _write(path / "register.yaml", register())
    held = _held(chance, conclusions)
    days: dict[str, list[date]] = defaultdict(list)
    for session in held:
        days[session.body].append(session.start)
    duties: list[Duty] = []
    for session in held:
        coming = {
            body: starts[at]
            for body, starts in days.items()
            if (at := bisect_right(starts, session.end)) < len(starts)
        }
        _write(
            path / f"meetings/{session.id}.yaml",
            "".join(_Minutes(chance, session, duties, coming, errors=errors).lines()),
        )
    for place, body in enumerate(list(BODIES)[:-1]):
        start = date(2003, 2, 3) + timedelta(days=31 * place)
        text = f"{{id: {body}-2003-001, body: {body}, start: {start}}}\n"
        _write(path / f"meetings/{body}-2003-001.yaml", text)
    for party, entries in _progress(chance, duties).items():
        _write(
            path / f"progress/{party}.yaml",
            "".join(text for _day, text in sorted(entries, key=itemgetter(0))),
        )


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _held(chance: Random, conclusions: int) -> list[Session]:
    """Return the meetings: one in fourteen is large, the others have three to twelve."""
    sizes: list[int] = []
    while (left := conclusions - sum(sizes)) > 0:
        is_large = len(sizes) % EVERY == EVERY - 1
        sizes.append(min(left, LARGE if is_large else chance.randint(3, 12)))
    held: list[Session] = []
    counts: dict[tuple[str, int], int] = defaultdict(int)
    for place, size in enumerate(sizes):
        start = LAST - timedelta(days=SPAN.days * (len(sizes) - 1 - place) // len(sizes))
        end = start + timedelta(days=min(4, size // 30))
        end = max(end, held[-1].end if held else end)
        body = chance.choice(list(BODIES))
        counts[body, start.year] += 1
        name = f"{body}-{start.year}-{counts[body, start.year]:03}"
        held.append(Session(name, body, start, end, size))
    return held


def _numbers(chance: Random, size: int) -> Iterator[str]:
    """Yield the numbers of a meeting: plain, with letters below, by chapters, or with an annex."""
    kind = chance.choice(("plain", "plain", "letters", "chapters", "annex"))
    gap = chance.randint(2, size - 1) if size > 4 and chance.random() < 0.15 else 0
    number, letter = 0, 0
    for place in range(size):
        if kind == "chapters":
            chapter, below = divmod(place, 3 if size <= 3 * len(ROMANS) else 12)
            yield f"{ROMANS[chapter]}.{below + 1}"
        elif kind == "annex" and place >= max(3, size - 5):
            yield f"A.{place - max(3, size - 5) + 1}"
        elif kind == "letters" and letter < 3 and place and chance.random() < 0.4:
            letter += 1
            yield f"{number}.{'abc'[letter - 1]}"
        else:
            number += 2 if kind == "plain" and place == gap and gap else 1
            letter = 0
            yield str(number)


class _Minutes:
    """One meeting's file in the making; what can be reported on goes to the list of all."""

    def __init__(
        self,
        chance: Random,
        session: Session,
        duties: list[Duty],
        coming: dict[str, date],
        *,
        errors: bool,
    ) -> None:
        self._chance, self._session, self._duties = chance, session, duties
        self._coming, self._errors = coming, errors
        self._older = len(duties)
        self._members = members_on(session.end)

    def lines(self) -> Iterator[str]:
        """Yield the file's lines."""
        one, chance = self._session, self._chance
        came = sorted(chance.sample(self._members, len(self._members) - chance.randint(0, 4)))
        yield f"# {one.id}\nid: {one.id}\nbody: {one.body}\n"
        yield from _text("title", texts.TITLE.format(body=BODIES[one.body]), "quoted")
        yield f"country: {chance.choice(came)}\nstart: {one.start}\nend: {one.end}\n"
        yield f"language: es\nparticipants:\n{''.join(f'- {code}{chr(10)}' for code in came)}"
        yield f"source: actas/{one.id}.pdf\nmetadata: {{series: {one.body}, pages: {one.size}}}\n"
        yield "conclusions:\n"
        for number in _numbers(chance, one.size):
            yield from self._conclusion(number)

    def _conclusion(self, number: str) -> Iterator[str]:
        chance = self._chance
        kind = chance.random()
        if kind < 0.42:
            keys = self._binding(number)
        elif kind < 0.52 and self._older:
            keys = self._of_an_older(number)
        elif kind < 0.53:
            keys = self._flow()  # asks for something on no list: a warning
        else:
            opening = chance.choice(texts.OPENINGS).format(who=self._somebody())
            keys = [
                *self._said(texts.long(chance, opening)),
                f"acts: {chance.choice(texts.ACTS)}\n",
            ]
        keys += [] if any(key.startswith("note:") for key in keys) else self._more()
        if self._errors and chance.random() < ERRORS:
            keys.append(chance.choice(texts.WRONG).format(id=self._session.id))
        first = f"number: {number}\n" if chance.random() < 0.8 else f'number: "{number}"\n'
        yield f"- {first}"
        yield from _indented(keys)

    def _more(self) -> list[str]:
        """Return what a conclusion may have beside its text and duties."""
        chance, more = self._chance, []
        if chance.random() < 0.12:
            more.append(f"note: {_quoted(chance.choice(texts.NOTES))}\n")
        if chance.random() < 0.1:
            more.append(f"documents: [anexos/{self._session.id}/A{chance.randint(1, 9)}.docx]\n")
        if chance.random() < 0.08:
            more.append(f"metadata: {{agenda: {chance.randint(1, 12)}, vote: consensus}}\n")
        return more

    def _said(self, text: Pair) -> list[str]:
        style = self._chance.choice(("folded", "folded", "quoted", "literal", "flow"))
        return [*_text("text", text, style)]

    def _flow(self) -> list[str]:
        """Return a conclusion in whose text somebody is urged, and nobody bound."""
        opening = texts.URGED.format(who=self._somebody())
        text = texts.long(self._chance, opening)
        return [*_text("text", text, "flow"), "acts: [evaluative, reinforcing]\n"]

    def _somebody(self) -> Pair:
        return MEMBERS[self._chance.choice(self._members)]

    def _binding(self, number: str) -> list[str]:
        """Return a conclusion with one to four mandates."""
        chance = self._chance
        count = chance.choices((1, 2, 3, 4), weights=(60, 22, 12, 6))[0]
        whos = [self._who() for _place in range(count)]
        dues = [self._due() for _place in range(count)]
        opening = texts.REQUEST.format(who=whos[0][1])
        due, day = dues[0]
        if count == 1 and day and due == str(day):
            opening += texts.BY.format(day=long_day(day))
        elif count == 1 and due is None and chance.random() < 0.15:  # a deadline on no list
            opening += texts.BY.format(day=long_day(self._session.end + timedelta(days=99)))
        lines = [*self._said(texts.long(chance, opening.stop()))]
        lines.append(
            "acts: [directive, reinforcing]\n" if chance.random() < 0.3 else "acts: directive\n"
        )
        mandates = []
        for place, ((written, _words, owing), (due, day)) in enumerate(
            zip(whos, dues, strict=True), 1
        ):
            ref = f"{self._session.id}/{number}" + (f"#{place}" if count > 1 else "")
            after = place > 1 and chance.random() < 0.2
            mandates.append(self._mandate(written, due, f"{number}#{place - 1}" if after else None))
            if day and owing:
                self._duties.append(Duty(ref, owing, self._session.end, day))
        if count == 1:
            return [*lines, *mandates[0]]
        lines.append("mandates:\n")
        for first, *others in mandates:
            lines += [f"- {first}", *_indented(others)]
        return lines

    def _mandate(self, written: str | None, due: str | None, after: str | None) -> list[str]:
        chance = self._chance
        lines = [*_text("action", chance.choice(texts.ACTIONS), chance.choice(("flow", "quoted")))]
        lines += [f"responsible: {written}\n"] if written else []
        lines += [f"due: {due}\n"] if due else []
        if due in ("every 6 months", "every year on 05-31") and chance.random() < 0.5:
            lines.append(f"until: {self._session.end + timedelta(days=900)}\n")
        lines += [f"after: {after}\n"] if after else []
        lines += ["kind: encouragement\n"] if chance.random() < 0.15 else []
        lines += ["support: [OBS]\n"] if chance.random() < 0.1 and "OBS" not in str(written) else []
        lines += (
            [f"note: {_quoted(chance.choice(texts.NOTES))}\n"] if chance.random() < 0.05 else []
        )
        return lines

    def _who(self) -> tuple[str | None, Pair, tuple[str, ...]]:
        """Return who owes: as the file has it, as the text does, and each who answers."""
        chance, members = self._chance, self._members
        kind = chance.choices(
            ("each", "except", "some", "one", "office", "organization", "pair", "none", "left out"),
            weights=(24, 8, 8, 25, 14, 8, 9, 3, 1),
        )[0]
        if kind == "each":
            return "{each: members}", texts.EACH, tuple(members)
        if kind == "except":
            out = chance.sample(members, 2)
            rest = tuple(code for code in members if code not in out)
            return f"{{each: members, except: [{', '.join(out)}]}}", texts.EACH, rest
        if kind == "some":
            some = chance.sample(members, chance.randint(2, 6))
            return f"\n  each: [{', '.join(some)}]", texts.SOME, tuple(some)
        if kind == "pair":
            pair = chance.sample(members, 2)
            return f"[{', '.join(pair)}]", texts.SOME, (pair[0],)
        if kind in ("none", "left out"):
            return ("[]" if kind == "none" else None), texts.SOME, ()
        codes = {"office": OFFICES, "organization": ORGANIZATIONS}.get(kind, MEMBERS)
        code = chance.choice([one for one in codes if one not in MEMBERS or one in members])
        return (f'"{code}"' if chance.random() < 0.2 else code), codes[code], (code,)

    def _due(self) -> tuple[str | None, date | None]:
        """Return a deadline as the file has it, and its day where it is known here."""
        chance, end = self._chance, self._session.end
        day = end + timedelta(days=chance.randint(25, 400))
        kind = chance.choices(
            (*WRITTEN, "day", "month", "year", "within", "ongoing", "asap", "none"),
            weights=(12, 6, 7, 10, 4, 22, 6, 5, 12, 5, 5, 6),
        )[0]
        if kind == "day":
            return str(day), day
        if kind == "month":
            first = date(day.year + day.month // 12, day.month % 12 + 1, 1)
            return f"{day:%Y-%m}", first - timedelta(days=1)
        if kind == "year":
            return str(day.year), date(day.year, 12, 31)
        if kind == "within":
            days = chance.choice((45, 60, 120))
            return f"within {days} days", end + timedelta(days=days)
        body = chance.choice(list(BODIES))
        if kind == "before" and self._coming.get(body, date.max) < end + timedelta(days=31):
            kind = "next"  # the days before it begin before this meeting ends
        return (None if kind == "none" else WRITTEN.get(kind, kind).format(body=body)), None

    def _of_an_older(self, number: str) -> list[str]:
        """Return a conclusion that moves, ends, replaces or takes up what an older one says."""
        chance, end = self._chance, self._session.end
        old = self._duties[chance.randrange(max(0, self._older - 300), self._older)]
        kind = chance.choice(("extend", "extend", "extend", "close", "supersede", "follow"))
        if old.ended or old.since >= end:
            kind = "follow"
        text = texts.long(chance, texts.OLDER[kind].format(ref=Pair(old.ref, old.ref)))
        lines = [*self._said(text), "acts: deciding\n"]
        if kind == "extend":
            day = max(old.deadline, end) + timedelta(days=chance.randint(30, 200))
            old.deadline, old.since = day, end
            return [*lines, f"extends:\n- mandate: {old.ref}\n  due: {day}\n"]
        if kind == "follow":
            return [*lines, f"follows:\n- {old.ref.partition('#')[0]}\n"]
        old.ended = True
        if kind == "close":
            return [*lines, f"closes: [{old.ref}]\n"]
        due, deadline = self._due()
        code = chance.choice(self._members)
        if deadline:
            self._duties.append(Duty(f"{self._session.id}/{number}", (code,), end, deadline))
        return [*lines, f"supersedes: {old.ref}\n", *self._mandate(code, due, None)]


def _text(key: str, text: Pair, style: str) -> Iterator[str]:
    """Yield a text in both languages, written in one of YAML's ways."""
    if style == "flow":
        yield f"{key}: {{es: {_quoted(text.es)}, en: {_quoted(text.en)}}}\n"
        return
    yield f"{key}:\n"
    for language, words in (("es", text.es), ("en", text.en)):
        if style == "quoted":
            yield f"  {language}: '{words.replace(chr(39), 2 * chr(39))}'\n"
            continue
        yield f"  {language}: {'|-' if style == 'literal' else '>-'}\n"
        yield from (f"    {line}\n" for line in _wrapped(words))


def _indented(keys: Sequence[str]) -> Iterator[str]:
    """Yield the lines of keys below the dash of their item."""
    for key in keys:
        yield from (f"  {line}\n" for line in key.splitlines())


def _wrapped(words: str) -> Iterator[str]:
    """Yield a text in lines of about a hundred letters."""
    line = ""
    for word in words.split(" "):
        if line and len(line) + len(word) > 100:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _progress(chance: Random, duties: Sequence[Duty]) -> dict[str, list[tuple[date, str]]]:
    """Return what each party reported, with the days: on most of what has fallen due, at length."""
    found: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for duty in duties:
        if duty.ended or duty.since >= TODAY:
            continue
        for party in duty.owing:
            if chance.random() < 0.3:
                continue
            last = min(TODAY, duty.deadline + timedelta(days=60))
            begun = duty.since + timedelta(days=chance.randint(0, (last - duty.since).days))
            day = begun + timedelta(days=chance.randint(0, (TODAY - begun).days) // 9)
            for on, state in ((begun, "started"), (day, chance.choice(STATES))):
                if state == "started" and chance.random() < 0.5:
                    continue
                by = holder(party, on) if party in OFFICES else party
                found[by].append((on, _entry(chance, duty.ref, on, state)))
    return found


def _entry(chance: Random, ref: str, day: date, state: str) -> str:
    if chance.random() < 0.2:
        return f"- {{mandate: {ref}, date: {day}, progress: {state}}}\n"
    entry = f"- mandate: {ref}\n  date: {day}\n  progress: {state}\n"
    if chance.random() < 0.5:
        entry += f"  note: {_quoted(chance.choice(texts.NOTES))}\n"
    if chance.random() < 0.3:
        entry += f"  evidence: https://example.org/{ref.replace('#', '/')}\n"
    return entry


def main() -> None:
    """Write the folder that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("conclusions", type=int)
    parser.add_argument("--errors", action="store_true", help="some are wrong, for their findings")
    asked = parser.parse_args()
    sized(asked.folder, asked.conclusions, errors=asked.errors)


if __name__ == "__main__":
    main()
