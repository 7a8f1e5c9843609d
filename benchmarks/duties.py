"""The duties of generated conclusions: who owes them, by when, and how the text says so."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from benchmarks import process
from benchmarks.phrases import Pair, listed, long_day, same

EACH = Pair("cada país miembro", "each member country")
EACH_BUT = Pair(
    "los países miembros, con excepción de {who}", "the member countries, except for {who}"
)
EACH_HERE = Pair("cada país participante", "each participating country")
EACH_OF = Pair("{who}, por separado,", "{who}, separately,")
ORDINALS = (("primer", "first"), ("segundo", "second"), ("tercer", "third"), ("cuarto", "fourth"))


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting: its body, its days, and who came."""

    id: str
    body: str
    start: date
    end: date
    here: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Who:
    """Those who owe a mandate: as the file says it, as the text does, and each who answers."""

    written: str
    words: Pair | None
    owing: tuple[str, ...]  # a task each; those who owe together, their first


@dataclass(frozen=True, slots=True)
class When:
    """A deadline: as the file says it, as the text does, and its day if it has one."""

    written: str | None
    words: Pair | None
    day: date | None


_DAYLESS = {
    "yearly": When("every year on 05-31", Pair("cada 31 de mayo", "each 31 May"), None),
    "ongoing": When("ongoing", Pair("de manera permanente", "on a standing basis"), None),
    "asap": When("asap", Pair("a la brevedad posible", "as soon as possible"), None),
    "none": When(None, None, None),
}


def who(chance: Random, met: Met) -> Who:
    """Return who owes a mandate of the meeting: one or several, together or each, or nobody."""
    members = process.members_on(met.end)
    kinds = ("member", "office", "organization", "together", "each", "nobody")
    kind = chance.choices(kinds, weights=(30, 18, 12, 14, 22, 4))[0]
    if kind == "each":
        return _each(chance, met, members)
    if kind == "nobody":
        return Who("[]", None, ())
    if kind == "together":
        pair = chance.sample([*members, *process.ORGANIZATIONS], 2)
        return Who(f"[{', '.join(pair)}]", _names(pair), (pair[0],))
    codes = {"office": process.OFFICES, "organization": process.ORGANIZATIONS}.get(kind, members)
    code = chance.choice([*codes])
    return Who(code, process.NAMES[code], (code,))


def _each(chance: Random, met: Met, members: list[str]) -> Who:
    """Return several who owe a task each: the members, those who came, or some by name."""
    kinds = ("members", "participants", "but", "some")
    kind = chance.choices(kinds, weights=(8, 4, 4, 6))[0]
    if kind == "members":
        return Who("{each: members}", EACH, tuple(members))
    if kind == "participants":
        return Who("{each: participants}", EACH_HERE, met.here)
    if kind == "but":
        out = chance.sample(members, chance.randint(1, 3))
        rest = tuple(code for code in members if code not in out)
        written = f"{{each: members, except: [{', '.join(out)}]}}"
        return Who(written, EACH_BUT.format(who=_names(out)), rest)
    some = chance.sample(members, chance.randint(2, 5))
    return Who(f"{{each: [{', '.join(some)}]}}", EACH_OF.format(who=_names(some)), tuple(some))


def _names(codes: list[str]) -> Pair:
    return listed([process.NAMES[code] for code in codes])


def when(chance: Random, met: Met, coming: dict[str, date]) -> When:
    """Return a deadline that the meeting set; `coming` has each body's next meeting's first day."""
    kinds = ("day", "quarter", "interval", "next", "within", *_DAYLESS)
    kind = chance.choices(kinds, weights=(41, 11, 3, 14, 12, 1, 7, 4, 7))[0]
    if kind in _DAYLESS:
        return _DAYLESS[kind]
    if kind == "next":
        body = chance.choice([*process.BODIES])
        words = Pair("en la próxima reunión de {body}", "at the next meeting of {body}")
        return When(f"next {body}", words.format(body=same(body)), coming.get(body))
    if kind == "within":
        days = chance.choice((30, 60, 90))
        words = Pair(f"dentro de un plazo de {days} días", f"within {days} days")
        return When(f"within {days} days", words, met.end + timedelta(days=days))
    return _dated(kind, met.end + timedelta(days=chance.randint(20, 200)))


def _dated(kind: str, day: date) -> When:
    """Return a deadline on that day, in its quarter, or on it and the next one."""
    if kind == "quarter":
        quarter = (day.month - 1) // 3 + 1
        es, en = ORDINALS[quarter - 1]
        words = Pair(f"durante el {es} trimestre de {day.year}", f"in the {en} quarter {day.year}")
        last = calendar.monthrange(day.year, 3 * quarter)[1]
        return When(f"{day.year}-Q{quarter}", words, date(day.year, 3 * quarter, last))
    if kind == "interval":
        last_day = day + timedelta(days=1)
        words = Pair("los días {first} y {last}", "on {first} and {last}")
        words = words.format(first=long_day(day), last=long_day(last_day))
        return When(f"{day}/{last_day}", words, last_day)
    words = Pair("a más tardar el {day}", "by {day}").format(day=long_day(day))
    return When(day.isoformat(), words, day)
