"""Advice for mistaken values: what a deadline in words or in another notation means.

`cada tres meses` is `every 3 months`. It is only ever advice for what stands in a file: nothing is
read as a deadline so.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from grcm_cli.domain.due_forms import due_examples
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Party
from grcm_cli.domain.parties import names_of
from grcm_cli.domain.periods import PERIOD_FORMS, looks_like_day, parse_day, parse_period
from grcm_cli.domain.register import Register
from grcm_cli.language.lexicon import is_no_deadline
from grcm_cli.language.suggestions import synonyms
from grcm_cli.language.text import _, clean, fold, fold_words, in_quotes

if TYPE_CHECKING:
    from grcm_cli.times.alone import Meaning

_IN_FIGURES = re.compile("[0-9]{1,2}([./-])[0-9]{1,2}\\1[0-9]{4}")
_LIKE_A_DAY = re.compile(r"[0-9]|[A-Za-z]{3,10}-[0-9]{4}$")


def due_meaning(text: str, body: str = "") -> "Meaning":
    """Return what a text means as a `due`. `body` is the one whose next meeting is meant."""
    from grcm_cli.times import alone  # 80 ms, only for mistakes

    return alone.due_meaning(text, body)


def meaning_as(parse: Callable[[str], object], text: str) -> "Meaning":
    """Return what a text means where it is only days, or only periods, to a parser of these."""
    meaning = due_meaning(text)
    is_form = all(map(parse, meaning.forms))
    return meaning if is_form else meaning._replace(forms=(), is_certain=False)


def due_advice(text: str, body: str) -> tuple[str, str | None]:
    """Return what to write instead of a text that is no `due`, and the form where it is certain.

    `body` is that of the meeting, whose next meeting `la próxima reunión` is.
    """
    if is_no_deadline(text):
        return _("leave out `due` until there is a deadline"), None
    return _advice(due_meaning(text, body), due_forms(body))


def due_forms(body: str) -> list[str]:
    """Return examples of the forms of `due`, with the code of a body in those that name one."""
    return [re.sub("GRCM|CRM", body, form) if body else form for form in due_examples()]


def is_void(text: str, why: str) -> str:
    """Return the sentence that a mandate is void, with the reason as its file gives it."""
    return _("{text} is void: {reason}").format(text=text, reason=in_quotes(why.strip(" .")))


def who_held(office: Party, day: date, party: str) -> list[str]:
    """Return who held an office on a day, and what a party does that held it at another time."""
    holder, sentences = office.holder_on(day), []
    if holder:
        message = _("on {day}, {holder} held {office}")
        sentences.append(message.format(day=day, holder=holder, office=office.code))
    if holder != party in {term.holder.text for term in office.terms}:
        message = _("report as {office} (`--by {office}`), or write a day of {party}'s term")
        sentences.append(message.format(office=office.code, party=party))
    return sentences


def bound_words(codes: Iterable[str]) -> str:
    """Return the sentence that says whom a mandate binds."""
    words = " ".join(sorted(codes))
    return _("it binds: {codes}").format(codes=words) if words else _("it binds nobody")


def is_no_id(text: str, register: Register) -> bool:
    """Tell whether a text in the form of an id is a word or a day: `annually`, `31-Dec-2026`."""
    if register.is_body(text):
        return False
    if not any(map(str.isdigit, text)):
        return True
    return _LIKE_A_DAY.match(text) is not None and bool(due_meaning(text).forms)


def day_advice(text: str) -> tuple[str, str | None]:
    """Return what to write instead of a text that is no day, and the day where it is certain."""
    meaning = meaning_as(parse_day, text)
    if not meaning.forms:
        month = parse_period(text[:7]) if looks_like_day(text) else None
        if month:
            return _("the last day of that month is {day}").format(day=month[1]), None
        if looks_like_day(text) and not "01" <= text[5:7] <= "12":
            return _("a year has months 01 to 12"), None
        return _("write it as {form}").format(form=_("YYYY-MM-DD")), None
    return _advice(meaning, ())


def wrong_day(text: str) -> str:
    """Return a sentence on a text of the command line that is no day: why, and what to write."""
    message = _("'{text}' is not written as a date; {advice}")
    if meaning_as(parse_day, text).forms:
        message = _("'{text}' is a date in another notation; {advice}")
    elif looks_like_day(text) or _IN_FIGURES.fullmatch(text):
        message = _("'{text}' is not a calendar date; {advice}")
    return message.format(text=clean(text), advice=day_advice(text)[0])


def period_advice(text: str) -> tuple[str, str | None]:
    """Return the same as `day_advice` for a text that is neither a day nor a period."""
    if looks_like_day(text):
        return day_advice(text)
    return _advice(meaning_as(parse_period, text), PERIOD_FORMS)


def _advice(meaning: "Meaning", forms: Sequence[str]) -> tuple[str, str | None]:
    first, *alternatives = meaning.forms or ("",)
    if not first:
        return _("write one of: {forms}").format(forms=", ".join(forms)), None
    if alternatives:
        message = _("it can be read in two ways: write {first} or {other}")
        return message.format(first=first, other=alternatives[0]), None
    return _("write {words}").format(words=first), first if meaning.is_certain else None


def word_meant(text: str, choices: Sequence[str]) -> str | None:
    """Return the one of a key's words that a text is another word for: `done` for `cumplido`."""
    words = {word for word in synonyms("words").get(fold(text), ()) if word in choices}
    return words.pop() if len(words) == 1 else None


def with_bodies(findings: Iterable[Finding], register: Register) -> list[Finding]:
    """Return findings, those on a deadline that names a body with the form that has its code.

    A file is read before the register is known: `próxima Viceministerial` is `next CRM`.
    """
    bodies = [party for party in register.parties if party.kind == "body"]
    named = {(fold_words(name), party.code) for party in bodies for name in names_of(party)}
    counts = Counter(name for name, _code in named)
    codes = {name: code for name, code in named if counts[name] == 1 and name}
    written = {
        at: (due.written, meeting.body_code)
        for meeting, due, at in register.each_due()
        if due.is_unclear and due.written
    }
    return [
        _completed(finding, *written[finding.at], codes)
        if finding.rule == "wrong-due" and finding.advice and finding.at in written
        else finding
        for finding in findings
    ]


def _completed(finding: Finding, text: str, body: str, codes: Mapping[str, str]) -> Finding:
    """Return a finding with the advice on a text that has codes in the place of names of bodies."""
    named = text
    names = "|".join(map(re.escape, sorted(codes, key=len, reverse=True)))  # the longest first
    matches = re.finditer(rf"(?<!\w)(?:{names})(?!\w)", fold_words(text)) if codes else ()
    for match in reversed(list(matches)):
        named = named[: match.start()] + codes[match[0]] + named[match.end() :]
    if named == text:
        return finding
    if not due_meaning(named, body).forms:
        return finding._replace(cure=None)
    hint, certain = due_advice(named, body)
    # Whether the text can be replaced where it stands, the reader knew.
    return finding._replace(advice=hint, cure=certain if finding.cure else None)
