"""Options that commands share: their types, and their words as days, parties and references."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Annotated

import typer

from grcm_cli.cli.errors import WrongUse
from grcm_cli.domain.deadlines import PERIOD_FORMS, parse_period
from grcm_cli.domain.findings import Rule
from grcm_cli.domain.model import Meeting, Party, Reference
from grcm_cli.domain.query import Query
from grcm_cli.domain.register import Register
from grcm_cli.formats import NAMES as FORMATS
from grcm_cli.language.text import _, clean, did_you_mean, fold, natural_key, nearest

Completion = Callable[[typer.Context, list[str], str], list[tuple[str, str]]]


def choice(*choices: str) -> Callable[[str], str]:
    """Return what reads one of a few words."""

    def read(text: str) -> str:
        if text in choices:
            return text
        message = _("'{text}' is not one of: {choices}")
        raise typer.BadParameter(message.format(text=text, choices=", ".join(choices)))

    return read


def period(text: str) -> tuple[date, date]:
    """Return the first and last day of a day or period."""
    found = parse_period(text)
    if found is None:
        message = _("'{text}' is no day or period; write one as: {forms}")
        raise typer.BadParameter(message.format(text=text, forms=", ".join(PERIOD_FORMS)))
    return found


def count(text: str) -> int:
    """Return a number of days from 0 to 99,999."""
    if text.isascii() and text.isdigit() and len(text) <= 5:
        return int(text)
    raise typer.BadParameter(_("'{text}' is no number of days").format(text=text))


def complete(kind: str) -> Completion:
    """Return what completes a party, a meeting or a reference from the data folder."""

    def suggestions(ctx: typer.Context, args: list[str], incomplete: str) -> list[tuple[str, str]]:  # noqa: ARG001 - typer's
        from grcm_cli.cli.completion import suggest  # only while a shell asks

        return suggest(ctx, kind, incomplete)

    return suggestions


# typer wants one type for what is written and what comes of it, so these are checked where used.
BeforeOption = Annotated[
    object,
    typer.Option(
        "--before",
        metavar=_("DAY"),
        parser=period,
        help=_("Deadlines up to this day, that day included; of a period, its last day."),
    ),
]
AfterOption = Annotated[
    object,
    typer.Option(
        "--after",
        metavar=_("DAY"),
        parser=period,
        help=_("Deadlines from this day on, that day included; of a period, its first day."),
    ),
]
WithinOption = Annotated[
    object,
    typer.Option(
        "--within",
        metavar=_("DAYS"),
        parser=count,
        help=_("Deadlines up to so many days from today, or from --as-of."),
    ),
]
UnassignedOption = Annotated[
    bool, typer.Option("--unassigned", help=_("Only duties for which the text names nobody."))
]
PartyOption = Annotated[
    str | None,
    typer.Option(
        "--party",
        metavar=_("PARTY"),
        help=_("Only what this party owes: a code, a name or an alias."),
        autocompletion=complete("party"),
    ),
]
BodyOption = Annotated[
    str | None,
    typer.Option(
        "--body",
        metavar=_("BODY"),
        help=_("Only what this body's meetings adopted."),
        autocompletion=complete("body"),
    ),
]
MeetingOption = Annotated[
    str | None,
    typer.Option(
        "--meeting",
        metavar=_("MEETING"),
        help=_("Only what this meeting adopted."),
        autocompletion=complete("meeting"),
    ),
]
FormatOption = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="|".join(FORMATS),
        parser=choice(*FORMATS),
        help=_("How the list is written."),
        autocompletion=lambda: [(name, "") for name in FORMATS],
    ),
]
EachOption = Annotated[bool, typer.Option("--each", help=_("In the table, a row for each party."))]
AllOption = Annotated[bool, typer.Option("--all", help=_("The closed ones too."))]
ExitCodeOption = Annotated[
    bool, typer.Option("--exit-code", help=_("Exit with 5 where the list is not empty."))
]

ForceOption = Annotated[
    bool, typer.Option("--force", help=_("Write over a file that is there already."))
]


def complete_rules() -> list[tuple[str, str]]:
    """Return the rules by name, for a shell."""
    from grcm_cli.rules import every_rule  # only while a shell asks

    return [(rule.name, "") for rule in every_rule()]


SelectOption = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar=_("RULE"),
        help=_("Run only this rule; may be repeated."),
        autocompletion=complete_rules,
    ),
]
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar=_("RULE"),
        help=_("Leave out this rule; may be repeated."),
        autocompletion=complete_rules,
    ),
]


def rule(by_name: Mapping[str, Rule], name: str) -> Rule:
    """Return a rule by its name. Raises WrongUse, with a suggestion."""
    if name in by_name:
        return by_name[name]
    message = _("'{name}' is no rule").format(name=clean(name))
    question = did_you_mean(name, by_name) or _("grcm explain lists them")
    raise WrongUse(f"{message}; {question}")


def party(register: Register, word: str) -> Party:
    """Return the party that a word means. Raises WrongUse, with a suggestion for a near miss."""
    found = register.directory.named(word)
    if len(found) == 1:
        return found[0]
    if found:
        codes = ", ".join(party.code for party in found)
        message = _("'{word}' may mean {codes}; write the code")
        raise WrongUse(message.format(word=clean(word), codes=codes))
    message = _("'{word}' is no party of the register").format(word=clean(word))
    meant = register.directory.near(word)
    if meant is not None:
        hint = _("did you mean '{code}' ({name})?")
        message += "; " + hint.format(code=meant.code, name=clean(meant.name.shown("")))
    raise WrongUse(message)


def party_code(register: Register, word: str | None) -> str | None:
    """Return the code of the party that a word means, or None where none is asked for."""
    return None if word is None else party(register, word).code


def body_code(register: Register, word: str | None) -> str | None:
    """Return the code of the body that a word means. Raises WrongUse for a party that is none."""
    if word is None:
        return None
    found = party(register, word)
    if found.kind != "body":
        bodies = ", ".join(party.code for party in register.parties if party.kind == "body")
        message = _("{code} is no body that meets; the bodies are: {bodies}")
        raise WrongUse(message.format(code=found.code, bodies=bodies))
    return found.code


def _is_meeting(register: Register, word: str) -> bool:
    """Tell whether a word is a meeting's id, or was most likely meant to be one."""
    ids = {*register.calendar.by_id, *register.lost}
    return any(fold(known) == fold(word) for known in ids) or nearest(word, ids) is not None


def meeting(register: Register, word: str) -> Meeting:
    """Return a meeting by its id, whatever the case. Raises WrongUse, with a suggestion."""
    for found in register.meetings:
        if fold(found.id) == fold(word):
            return found
    if any(fold(lost) == fold(word) for lost in register.lost):
        message = _("the file of {meeting} cannot be read: grcm validate tells why")
        raise WrongUse(message.format(meeting=clean(word)))
    message = _("'{text}' is no meeting of the record").format(text=clean(word))
    question = did_you_mean(word, register.calendar.by_id)
    raise WrongUse("; ".join(filter(None, [message, question])))


def meeting_id(register: Register, word: str | None) -> str | None:
    """Return the id of the meeting that a word means, or None where none is asked for."""
    return None if word is None else meeting(register, word).id


def reference(register: Register, word: str) -> Reference:
    """Return the reference that a word writes, to something that is in the record.

    Raises WrongUse, with a suggestion.
    """
    found = register.refer(word)
    if found is None or (found.number is None and not _is_meeting(register, word)):
        message = _("'{text}' is no reference; write it as GRCM-2002-10/8#1")
        raise WrongUse(message.format(text=clean(word)))
    named = meeting(register, found.meeting)  # named as it is in the record, whatever the case
    found = found._replace(meeting=named.id)
    if found.number is None:
        return found
    if register.conclusion(found) is None:
        numbers = {c.number: c for c in named.conclusions or ()}
        for number in numbers:
            if fold(number) == fold(found.number):
                return _checked(register, found._replace(number=number))
        raise WrongUse(_no_conclusion(named, found.number))
    return _checked(register, found)


def _checked(register: Register, found: Reference) -> Reference:
    if found.ordinal is not None and not register.mandates(found):
        message = _("{meeting}/{number} has no mandate {ordinal}")
        raise WrongUse(message.format(**found._asdict()))
    return found


def _no_conclusion(named: Meeting, number: str) -> str:
    if named.conclusions is None:
        return _("{meeting} is known by its dates alone").format(meeting=named.id)
    message = _("{meeting} has no conclusion {number}")
    said = message.format(meeting=named.id, number=clean(number))
    numbers = sorted((conclusion.number for conclusion in named.conclusions), key=natural_key)
    if not numbers:
        return said
    return "; ".join(
        [said, _("it has {first} to {last}").format(first=numbers[0], last=numbers[-1])]
    )


def chosen(
    register: Register,
    as_of: date,
    query: Query,
    *,
    days: tuple[object, object, object],
    words: tuple[str | None, str | None, str | None],
) -> Query:
    """Return a query with what the options say: before, after, within; party, body, meeting.

    Raises WrongUse where they contradict each other or name what is not in the register.
    """
    before, after, within = days
    party, body, meeting = words
    query = query._replace(
        before=_last_day(as_of, before, within),
        after=after[0] if isinstance(after, tuple) else None,
        party=party_code(register, party),
        body=body_code(register, body),
        meeting=meeting_id(register, meeting),
    )
    if query.before and query.after and query.before < query.after:
        raise WrongUse(_("--after is later than --before: no day is between them"))
    return query


def _last_day(as_of: date, before: object, within: object) -> date | None:
    if before is not None and within is not None:
        raise WrongUse(_("--before and --within say the same; give one of them"))
    if isinstance(within, int):
        try:
            return as_of + timedelta(days=within)
        except OverflowError:
            return date.max
    return before[1] if isinstance(before, tuple) else None
