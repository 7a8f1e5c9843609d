"""Parties: their codes and names, their terms of office and memberships."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain, pairwise

from grcm_cli.domain import model
from grcm_cli.domain.findings import THE_REGISTER, Advice, Problem, Problems
from grcm_cli.domain.model import Each, Meeting, Party, PlacedWord, Reference, Theme, Together
from grcm_cli.domain.parties import CODE, KINDS, KINDS_OF_KEY, names_of
from grcm_cli.domain.register import Register, each_code
from grcm_cli.language.suggestions import Suggestion, synonyms
from grcm_cli.language.text import N_, _, fold, fold_name
from grcm_cli.reader.fields import GROUPS

_BETWEEN = (re.compile(r"[,;/+&\n]|\s(?:y|e|and)\s", re.IGNORECASE), re.compile(r"\s"))
"""What people write between several codes or names; and between codes alone."""
_EACH_ONE = re.compile(r"(?:cada|chacune?|each)(?: (?:of|one|un[oa]?|uma))?\s*:?\s+", re.IGNORECASE)
_ONLY_ONE = N_("only one code is allowed here")
_AS_LIST = N_("write a list: {codes}")
_BY_ITSELF = N_("write each code separately: {codes}")
_SEVERAL = {
    **dict.fromkeys(("country", "holder", "lead", "from", "file"), _ONLY_ONE),
    "responsible": N_("write {codes} for a joint duty, or {each} where each owes its own"),
    "others": _BY_ITSELF,
}
"""What to write where a text names several parties, by the key; most take a list."""
_GROUP = {"members": "{{all: {group}}}", "responsible": "{{each: {group}}}", "each": "{group}"}
"""How a group of parties is written, by the keys under which it may stand."""
_WRONG = {
    "office": N_("{code} is an office"),
    "body": N_("{code} is a body that meets"),
    "group": N_("{code} is a group"),
    "organization": N_("{code} is an organization"),
}
_TOOK_PART = N_("write the codes of the countries and organizations that took part")
_RIGHT = {
    "holder": N_("write the code of the country, or of the organization, that holds the office"),
    "members": N_("write the codes of its members"),
    "file": N_("each member reports in a file of its own"),
    "participants": _TOOK_PART,
    "observers": _TOOK_PART,
    "country": N_("write the code of the country"),
}
"""What to write where a party of another kind stands, by the key."""


def unknown_party(register: Register) -> Problems:
    by_code = register.directory.by_code
    for key, words in each_code(register):
        for word in words if key != "body" else ():
            if word.text not in by_code:
                message = _("'{code}' is not in the register").format(code=word.text)
                codes = [fold(party.code) for party in register.directory.named(word.text)]
                if len(codes) == 1 and codes != [fold(word.text)] and key != "file":
                    message = _("'{code}' is a name; a code belongs here").format(code=word.text)
                # Beside others, neither a list nor a group may stand.
                advice, cure = _meant(register, word, "others" if len(words) > 1 else key)
                if key == "responsible" and (form := _each_meant(register, word.text)):
                    advice = _("write {words}").format(words=form)
                    cure = form if word.at.width >= len(word.text) else None
                yield Problem(word.at, message, advice, cure, {THE_REGISTER})


def _meant(register: Register, word: PlacedWord, key: str) -> tuple[Advice, str | None]:
    """Return what to write instead of a word, and the cure where nothing else can stand.

    `key` is that under which it stands, or `others` for what stands beside other codes.
    """
    is_on_one_line = word.at.width >= len(word.text)
    group = synonyms("groups").get(fold(word.text), ("",))[0]
    if key == "members" and group:  # no meeting tells who takes part in a group
        group, key = ("members", key) if group in ("members", "each") else (group, "")
    if group and (group != "nobody" or key == "responsible"):
        form = _GROUP.get(key, "")
        cure = form.format(group=group) if group in GROUPS and is_on_one_line else None
        return _instead_of_group(group, form), cure or None
    code, several = register.sure_code(word), _SEVERAL.get(key, _AS_LIST)
    kinds = KINDS_OF_KEY[key] if key in ("country", "holder") else KINDS
    cure = code if code and register.directory.by_code[code].kind in kinds else None
    codes = _several(register, word.text)
    if codes:
        in_row = ", ".join(codes)
        listed = f"[{in_row}]"
        if several == _AS_LIST:
            cure = listed if is_on_one_line else None
        shown = in_row if several == _BY_ITSELF else listed
        return _(several).format(codes=shown, each=f"{{each: {listed}}}"), cure
    is_code = CODE.fullmatch(word.text) is not None
    otherwise, addition = _("write a code that is in register.yaml"), ""
    if key == "each":
        otherwise = _("write members, participants or codes from register.yaml: [GTM, CRI]")
    if key == "file":
        code = register.directory.of_file(word.text)
        if code is not None:
            return _("rename it to {name}").format(name=f"{code}.yaml"), cure
        otherwise = _("name it after the party's code, as in MEX.yaml")
        if is_code:
            otherwise = _("the file has a party's code as its name: rename it, or add the party")
    elif is_code:
        otherwise = _("add it to register.yaml, or write a code that is there")
        addition = _("If not, add {code} to register.yaml").format(code=word.text)
    choices = register.directory.choices(kinds)
    return Suggestion(word.text, choices, otherwise, "" if cure else addition), cure


def _each_meant(register: Register, text: str) -> str:
    """Return what *each GTM, CRI* means, as a file writes it; empty where it means no such list."""
    names = _EACH_ONE.sub("", text)
    codes = _several(register, names) or [party.code for party in register.directory.named(names)]
    return f"{{each: [{', '.join(codes)}]}}" if names != text and codes else ""


def _instead_of_group(group: str, form: str) -> str:
    """Return what to write instead of a word for a group, for either of two, or for nobody."""
    if group == "nobody":
        return _("write `responsible: []` where the text names nobody")
    if not form:
        return _("a group cannot be used here: write the codes of its parties")
    if group in GROUPS:
        return _("write {words}").format(words=form.format(group=group))
    first, second = (form.format(group=name) for name in GROUPS)
    message = _("it can be read in two ways: write {first} or {other}")
    return message.format(first=first, other=second)


def _several(register: Register, text: str) -> list[str]:
    """Return the codes of the parties that a text names, where it names several and no other."""
    for between in _BETWEEN:
        parts = [part for part in between.split(text.strip(" []")) if part.strip()]
        named = [register.directory.named(part) for part in parts]
        if len(parts) > 1 and all(len(parties) == 1 for parties in named):
            return [parties[0].code for parties in named]
    return []


def wrong_kind(register: Register) -> Problems:
    for key, words in each_code(register):
        name = key.removesuffix(".except")
        for word in words if name in _RIGHT else ():
            party = register.directory.by_code.get(word.text)
            if party is not None and party.kind not in KINDS_OF_KEY[name]:
                message = _(_WRONG[party.kind]).format(code=party.code)
                yield Problem(word.at, message, _(_RIGHT[name]), concerns={THE_REGISTER})


def shared_code(register: Register) -> Problems:
    for party in register.parties:
        first = register.directory.by_code[party.code]
        if first is not party:
            hint = _("the first is on line {line}").format(line=first.at.line)
            yield Problem(party.at, _("the code {code} is taken").format(code=party.code), hint)


def shared_name(register: Register) -> Problems:
    yield from _shared(register.parties, _("'{name}' is the code of another party"))
    yield from _shared(register.process.themes, _("'{name}' is the code of another theme"))


def _shared(named: Sequence[Party | Theme], is_code: str) -> Problems:
    """Yield the parties, or themes, that share a name; a theme may share one with a party."""
    first: dict[str, Party | Theme] = {}
    for item in named:  # a code is right: what is called like it is the mistake
        first.setdefault(fold(item.code), item)
    for item in named:
        for name in dict.fromkeys(names_of(item)):
            namesake = first.get(fold(name)) or first.setdefault(fold_name(name), item)
            if namesake is not item and namesake.code != item.code:
                message = _("'{name}' also means {other}")
                hint = _("case, accents, dots, spaces, apostrophes and hyphens do not matter")
                if fold(name) == fold(namesake.code):
                    message, hint = is_code, _("delete it, or write another name")
                at = item.name_places.get(name, item.at) if isinstance(item, Party) else item.at
                yield Problem(at, message.format(name=name, other=namesake.code), hint)
                break


def end_before_start(register: Register) -> Problems:
    days = [(meeting.start, meeting.end, meeting.end_at) for meeting in register.meetings]
    for party in register.parties:
        spans: Iterator[model.Membership | model.Term] = chain(party.memberships, party.terms)
        days += [(span.start, span.until, span.until_at or party.at) for span in spans]
    for start, end, at in days:
        if start and end and end < start:
            message = _("the end, {end}, is before the start, {start}")
            yield Problem(at, message.format(end=end, start=start))


def overlapping_terms(register: Register) -> Problems:
    for party in register.parties:
        terms = sorted(party.terms, key=lambda term: term.start)
        for earlier, later in pairwise(terms):
            if earlier.start == later.start or (earlier.until and earlier.until >= later.start):
                message = _("the term of {later} begins before that of {earlier} has ended")
                sentence = message.format(later=later.holder.text, earlier=earlier.holder.text)
                yield Problem(later.start_at or later.holder.at, sentence)
        for before, after in pairwise(party.memberships):
            if not before.until or not after.start or before.until >= after.start:
                sentence = _("this membership begins before the previous one has ended")
                hint = _("for each membership but the last, write `until:` with its last day")
                yield Problem(after.at or party.at, sentence, hint)


def gap_in_terms(register: Register, as_of: date) -> Problems:
    for party in register.parties:
        terms = sorted(party.terms, key=lambda term: term.start)
        for earlier, later in pairwise(terms):
            if earlier.until and later.start - earlier.until > timedelta(days=1):
                message = _("nobody holds {office} from {day} until the day before {start}")
                first = earlier.until + timedelta(days=1)
                sentence = message.format(office=party.code, day=first, start=later.start)
                hint = _("leave out `until` where the next term follows directly")
                yield Problem(earlier.until_at or later.holder.at, sentence, hint)
    for office in (party for party in register.parties if party.kind == "office"):
        is_held = office.holder_on(as_of) and office.holder_on(date.max)
        if vacancies := [] if is_held else list(_vacancies(register, office, as_of)):
            day, reference = min(vacancies)
            message = _("nobody holds {office} on {day}, but it owes {reference}")
            sentence = message.format(office=office.code, day=day, reference=reference)
            hint = _("add the term of its holder under `terms`")
            meetings = frozenset(reference.meeting for _day, reference in vacancies)
            yield Problem(office.at, sentence, hint, concerns=meetings)


def _vacancies(register: Register, office: Party, as_of: date) -> Iterator[tuple[date, Reference]]:
    """Yield what an office without a holder owes: on this day, or on the day on which it is due."""
    for row in register.all_mandates:
        match row.mandate.responsible:
            case Together(words) | Each(_, words, _) if office.code in {
                word.text for word in words
            }:
                due = row.mandate.last_day(row.meeting, register.calendar)
                day = max(due or as_of, as_of) if office.holder_on(as_of) else as_of
                if not office.holder_on(day):
                    yield day, row.reference


def not_a_member(register: Register) -> Problems:
    parties = register.directory.by_code.values()
    moving = {party.code: party for party in parties if party.memberships}
    outside: list[tuple[PlacedWord, date]] = []
    for meeting in register.meetings:
        day = meeting.last_day
        if day is not None:
            bound = (word for word in _bound(meeting) if word.text in moving)
            outside += [(word, day) for word in bound if not moving[word.text].belongs_on(day)]
    for office in parties:
        for term, last in office.terms_with_ends():
            holder = moving.get(term.holder.text)
            terms = holder.memberships if holder else ()
            end = next((days.until for days in terms if days.has(term.start)), None)
            if holder and not holder.belongs_on(term.start):
                outside.append((term.holder, term.start))
            elif end and end != date.max and not (last and last <= end):
                outside.append((term.holder, end + timedelta(days=1)))
    for word, day in outside:
        message = _("'{code}' is not a member on {day}").format(code=word.text, day=day)
        hint = _("its dates of membership are in register.yaml")
        yield Problem(word.at, message, hint, concerns={THE_REGISTER})


def _bound(meeting: Meeting) -> Iterator[PlacedWord]:
    """Yield the codes of those who owe as they are written, each participant once."""
    excepted: list[set[str]] = []  # by each mandate that binds the other participants
    for conclusion in meeting.conclusions or ():
        for reassignment in conclusion.reassigns:
            yield from reassignment.to
        for mandate in conclusion.mandates:
            match mandate.responsible:
                case Together(parties):
                    yield from parties
                case Each(group, listed, exceptions):
                    codes = {word.text for word in exceptions}
                    yield from (word for word in listed if word.text not in codes)
                    if group == "participants":
                        excepted.append(codes)
    if excepted:
        by_all = set.intersection(*excepted)
        yield from (word for word in meeting.participants if word.text not in by_all)
