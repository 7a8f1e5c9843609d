"""References to meetings, conclusions and mandates."""

import re
from collections.abc import Iterable, Iterator, Set
from functools import cache

from grcm_cli.domain.due_forms import MEETING_ID, fault_of_id
from grcm_cli.domain.findings import Advice, Problem, Problems
from grcm_cli.domain.lineage import lineage_of
from grcm_cli.domain.model import PlacedWord, Reference
from grcm_cli.domain.register import Register, links
from grcm_cli.language.suggestions import Choices, Suggestion, choices_of
from grcm_cli.language.text import _
from grcm_cli.reader.advice import due_advice, due_forms, is_no_id, is_void
from grcm_cli.reader.fields import NUMBER

_SIGN = re.compile("[ .:#/_-]")
_LIKE_AN_ID = re.compile(r"(?=.*[0-9])[A-Z0-9][A-Za-z0-9-]{0,63}", re.ASCII)
"""The form of an id that people give: with the numbers of a year and a month."""


def dangling_reference(register: Register) -> Problems:
    meetings = choices_of(register.calendar.by_id)
    words = [(link.word, link.target) for link in links(register)]
    targets = register.entry_targets
    words += [(entry.mandate, to.reference) for entry, to in targets if to.mandate is None]
    for word, reference in words:
        message, advice = _missing(register, reference, word.text, meetings)
        if message:
            if meant := _with_slash(register, word.text):
                message = _("'{text}' is not a reference").format(text=word.text)
                advice = _("did you mean `{key}`?").format(key=meant)
            # What is read as a number inside a file may be meant as the id of a meeting.
            identity = word.text.partition("#")[0].partition("/")[0]
            concerns = {identity, reference.meeting} if reference else {identity}
            yield Problem(word.at, message, advice, concerns=concerns)
    ids = register.calendar.by_id.keys() | register.unread_meetings
    for meeting, due, at in register.each_due():
        meeting_id = due.meeting
        if meeting_id is not None and meeting_id not in ids:
            if meeting_id == due.written and is_no_id(meeting_id, register):
                continue  # wrong-due tells of it
            message = _("'{text}' is not a meeting in the record").format(text=meeting_id)
            body = meeting.body_code
            if register.is_body(meeting_id):
                advice = _("did you mean `{key}`?").format(key=f"next {meeting_id}")
            elif any(map(str.isdigit, meeting_id)):
                forms = _("write one of: {forms}").format(forms=", ".join(due_forms(body)))
                advice = _advice(meeting_id, meetings, forms)
            else:
                advice = _advice(meeting_id, meetings, due_advice(meeting_id, body)[0])
            place = at.of_last_word(due.written, meeting_id)
            yield Problem(place, message, advice, concerns={meeting_id})


def _missing(
    register: Register, reference: Reference | None, text: str, meetings: Choices
) -> tuple[str, Advice]:
    """Return the message for a reference to something missing, with advice; empty for others."""
    number = reference and reference.number
    has_form = NUMBER.fullmatch(number) if number else MEETING_ID.fullmatch(text)
    if reference is None or not has_form:
        hint = _("write the meeting's id, / and the number, as in {form}")
        message = _("'{text}' is not a reference").format(text=text)
        return message, hint.format(form="GRCM-2002-10/8")
    meeting = register.calendar.by_id.get(reference.meeting)
    if meeting is None and reference.meeting not in register.unread_meetings:
        message = _("'{text}' is not a meeting in the record").format(text=reference.meeting)
        return message, _advice(reference.meeting, meetings)
    if reference.number is None or meeting is None or meeting.conclusions is None:
        return "", ""
    if register.conclusion(reference) is None:
        message = _("{meeting} has no conclusion {number}")
        return message.format(meeting=reference.meeting, number=reference.number), ""
    if reference.ordinal is not None and not register.mandates(reference):
        return _("{meeting}/{number} has no mandate {ordinal}").format(**reference._asdict()), ""
    return "", ""


def _with_slash(register: Register, text: str) -> str:
    """Return the reference that a text spells with other signs between its parts, as `X-1#8`."""
    signs = [match.start() for match in _SIGN.finditer(text, 0, 70)]
    ids = (text[:sign] for sign in reversed(signs) if text[:sign] in register.calendar.by_id)
    meeting = next(ids, "")
    parts = _SIGN.split(text[len(meeting) + 1 :]) if meeting else []
    meant = f"{meeting}/{'#'.join(parts)}"
    reference = register.parse_reference(meant) if parts and meant != text else None
    return meant if reference and reference.number and register.mandates(reference) else ""


def _advice(text: str, meetings: Choices, otherwise: str = "") -> Advice:
    if not _LIKE_AN_ID.fullmatch(text) or fault_of_id(text):
        return Suggestion(text, meetings, otherwise)
    add = _("record it in meetings/{id}.yaml, even if only with its dates").format(id=text)
    addition = _("If not, record it in meetings/{id}.yaml").format(id=text)
    return Suggestion(text, meetings, add, addition)


def ambiguous_reference(register: Register) -> Problems:
    owing = cache(lineage_of(register).all_who_owe)

    @cache
    def numbered() -> set[tuple[object, ...]]:  # those of which some reference says the mandate
        targets = [link.target for link in links(register)]
        targets += [target.reference for _entry, target in register.entry_targets]
        return {target[:2] for target in targets if target and target.ordinal is not None}

    for word, reference, party, codes in _naming_one(register):
        concerns = {reference.meeting}
        if reference.number is None and reference.meeting in register.calendar.by_id:
            message = _("{text} is a meeting, not a mandate").format(text=reference)
            hint = _("add the conclusion's number, as in {form}").format(form=f"{reference}/8")
            yield Problem(word.at, message, hint, concerns=concerns)
        conclusion = register.conclusion(reference)
        if conclusion is None or reference.ordinal is not None:
            continue
        count = len(conclusion.mandates)
        if count == 0:
            message = _("{text} has no mandate").format(text=reference)
            yield Problem(word.at, message, concerns=concerns)
        elif count > 1:
            message = _("{text} has {count} mandates").format(text=reference, count=count)
            places = range(1, count + 1) if codes else ()
            owed = [n for n in places if codes & {*owing(reference._replace(ordinal=n))}]
            hint = _("write {text}#1, or another of them").format(text=reference)
            cure = None
            if len(owed) == 1:
                hint = _("write {text}#{ordinal}, which {party} owes")
                hint = hint.format(text=reference, ordinal=owed[0], party=party)
                cure = _with_ordinal(word, owed[0])
            elif (1 in owed or not codes) and reference[:2] not in numbered():
                # Who knows of the second one writes which it is: these were written before it.
                hint = _(
                    "write {text}#1 if this was written when there was only one mandate; "
                    "otherwise, the one that is meant"
                )
                hint, cure = hint.format(text=reference), _with_ordinal(word, 1)
            yield Problem(word.at, message, hint, cure, concerns)
    yield from _ending_none(register)


def _ending_none(register: Register) -> Problems:
    """Yield what ends a conclusion that has no mandate, while those of its items stay open."""
    ending = [(link.word, link.target) for link in links(register, "closes", "supersedes")]
    ended = {target[:2] for _word, target in ending if target}
    for word, target in ending:
        conclusion = register.conclusion(target) if target else None
        if target is None or conclusion is None or conclusion.mandates:
            continue
        items = register.calendar.by_id[target.meeting].parts_of(conclusion.number)
        binding = (target._replace(number=item.number) for item in items if item.mandates)
        if left := [str(item) for item in binding if item[:2] not in ended]:
            message = _("{text} has no mandate, but its items have").format(text=target)
            hint = _("write {words}").format(words=f"[{', '.join(left)}]")
            yield Problem(word.at, message, hint, concerns={target.meeting})


def _naming_one(register: Register) -> Iterator[tuple[PlacedWord, Reference, str, Set[str]]]:
    """Yield what must name one mandate, and whom it says to owe that: a party, and its codes."""
    words: list[tuple[PlacedWord, Reference | None, str, Set[str]]] = [
        (link.word, link.target, "", set()) for link in links(register, "extends", "after")
    ]
    for meeting, _conclusion, (word, source, *_to) in register.each_reassignment():
        codes = {*register.codes_on([source] if source else [], meeting.last_day)}
        target = register.parse_reference(word.text, meeting.id)
        words.append((word, target, source.text if source else "", codes))
    offices = register.directory.offices.values()
    for entry, to in register.entry_targets:
        if to.mandate is None:
            held = {office.code for office in offices if office.holder_on(entry.day) == entry.party}
            words.append((entry.mandate, to.reference, entry.party, {entry.party, *held}))
    yield from ((word, target, party, codes) for word, target, party, codes in words if target)


def _with_ordinal(word: PlacedWord, ordinal: int) -> str:
    """Return a reference with its `#`, in quotes where it has them."""
    written = f"{word.text}#{ordinal}"
    return written if word.at.width == len(word.text) else f"'{written}'"


def cyclic_reference(register: Register) -> Problems:
    edges = []
    for link in links(register):
        if link.target is not None:
            source = Reference(link.meeting.id, link.conclusion.number)
            target = link.target._replace(ordinal=None)
            if link.mandate is not None:
                source = source._replace(ordinal=link.mandate.ordinal)
                target = link.target._replace(ordinal=link.target.ordinal or 1)
            edges.append((source, target, link.word))
    circle = _circles((source, target) for source, target, _word in edges)
    meetings: dict[Reference, set[str]] = {}
    for reference, first in circle.items():
        meetings.setdefault(first, set()).add(reference.meeting)
    concerns = {first: frozenset(ids) for first, ids in meetings.items()}
    for source, target, word in edges:
        if circle[source] == circle[target]:
            message = _("'{text}' leads back here in a circle").format(text=word.text)
            hint = _("one of them must come first and refer to none of the others")
            yield Problem(word.at, message, hint, concerns=concerns[circle[source]])


def _circles(edges: Iterable[tuple[Reference, Reference]]) -> dict[Reference, Reference]:
    """Return for each reference the one that stands for its circle; for most, itself.

    The strongly connected components of the links, by the algorithm of Kosaraju and Sharir: linear
    in the number of links.
    """
    targets: dict[Reference, list[Reference]] = {}
    sources: dict[Reference, list[Reference]] = {}
    for source, target in edges:
        targets.setdefault(source, []).append(target)
        targets.setdefault(target, [])
        sources.setdefault(target, []).append(source)
    left: list[Reference] = []  # in the order in which a depth-first search leaves them
    visited: set[Reference] = set()
    for start in targets:
        path = [(start, False)]
        while path:
            reference, is_left = path.pop()
            if is_left:
                left.append(reference)
            elif reference not in visited:
                visited.add(reference)
                path.append((reference, True))
                path += [(target, False) for target in targets[reference]]
    circle: dict[Reference, Reference] = {}
    for start in reversed(left):
        waiting = [start]
        while waiting:
            reference = waiting.pop()
            if reference not in circle:
                circle[reference] = start
                waiting += sources.get(reference, ())
    return circle


def later_reference(register: Register) -> Problems:
    for link in links(register, "follows", "closes", "supersedes", "extends", "reassigns"):
        target = register.calendar.by_id.get(link.target.meeting) if link.target else None
        end = link.meeting.last_day
        if target and end and target.last_day and target.last_day > end:
            message = _("{meeting} ended later, on {day}")
            sentence = message.format(meeting=target.id, day=target.last_day)
            hint = _("write it in the newer conclusion, about the older one")
            yield Problem(link.word.at, sentence, hint, concerns={target.id})


def void_reference(register: Register) -> Problems:
    @cache
    def reason(reference: Reference) -> str:  # empty unless all its mandates are void
        reasons = [mandate.void or "" for mandate in register.mandates(reference)]
        return reasons[0] if reasons and all(reasons) else ""

    for link in links(register, "closes", "supersedes", "extends", "reassigns", "after"):
        if link.target is None or (link.mandate and link.mandate.void):
            continue
        if why := reason(link.target):
            message = is_void(link.word.text, why)
            yield Problem(link.word.at, message, concerns={link.target.meeting})
