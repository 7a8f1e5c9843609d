"""Options that several commands share, the values they are parsed into, and the query they make."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from typer.models import ArgumentInfo, OptionInfo

from grcm_cli.cli.errors import WrongUse
from grcm_cli.cli.lookups import body_code, meeting_id, party_code
from grcm_cli.cli.session import Session
from grcm_cli.domain.deadlines import PERIOD_FORMS, parse_period
from grcm_cli.domain.model import Meeting
from grcm_cli.domain.query import Query
from grcm_cli.domain.register import Register
from grcm_cli.formats import NAMES as FORMATS
from grcm_cli.language.text import _, clean

Completion = Callable[[typer.Context, list[str], str], list[tuple[str, str]]]
"""Returns the words that a shell may put in the place of the third argument, with their meaning."""


class Period(NamedTuple):
    """The days that an option such as `--before 2003-Q1` names."""

    first: date
    last: date


# --- parsers -----------------------------------------------------------------------------------


def choice(choices: Sequence[str]) -> Callable[[str], str]:
    """Return a parser of one of a few words."""

    def parse(text: str) -> str:
        if text in choices:
            return text
        message = _("'{text}' is not one of: {choices}")
        raise typer.BadParameter(message.format(text=text, choices=", ".join(choices)))

    return parse


def _period(text: str) -> Period:
    days = parse_period(text)
    if days is None:
        message = _("'{text}' is no day or period; write one as: {forms}")
        raise typer.BadParameter(message.format(text=text, forms=", ".join(PERIOD_FORMS)))
    return Period(*days)


def day_count(text: str) -> int:
    """Parse a number of days from 0 to 99,999."""
    if text.isascii() and text.isdigit() and len(text) <= 5:
        return int(text)
    raise typer.BadParameter(_("'{text}' is no number of days").format(text=text))


# --- completion by the shell -------------------------------------------------------------------


def complete(kind: str) -> Completion:
    """Return what completes a "party", "body", "meeting" or "reference" from the data folder.

    It suggests nothing where the folder cannot be read. A shell takes only words that begin with
    what is typed, so a code typed in small letters gets suggestions in small letters.
    """

    def suggest(ctx: typer.Context, args: list[str], incomplete: str) -> list[tuple[str, str]]:  # noqa: ARG001 - typer's
        from grcm_cli.storage.loader import load  # 14 ms, only while a shell asks

        try:
            session = Session.of(ctx)
            register = load(session.folder(), session.here).register
        except (WrongUse, OSError):
            return []
        if register is None:
            return []
        lower = incomplete.islower()
        return [
            (word.lower() if lower else word, clean(meaning))
            for word, meaning in _names(register, kind, session.language)
            if word.casefold().startswith(incomplete.casefold())
        ]

    return suggest


def _names(register: Register, kind: str, language: str) -> Iterator[tuple[str, str]]:
    if kind in ("party", "body"):
        for party in register.parties:
            if kind == "party" or party.kind == "body":
                yield party.code, party.name.shown(language)
        return
    for meeting in register.meetings:
        yield meeting.id, meeting.title.shown(language) if meeting.title else ""
        if kind == "reference":
            yield from _references(meeting, language)


def _references(meeting: Meeting, language: str) -> Iterator[tuple[str, str]]:
    for conclusion in meeting.conclusions or ():
        reference = f"{meeting.id}/{conclusion.number}"
        yield reference, conclusion.text.shown(language)[:60]
        for mandate in conclusion.mandates:
            if mandate.of_several:
                action = mandate.action.shown(language) if mandate.action else ""
                yield f"{reference}#{mandate.ordinal}", action[:60]


def complete_rules() -> list[tuple[str, str]]:
    """Return the names of the rules."""
    from grcm_cli.rules import every_rule  # 10 ms, only while a shell asks

    return [(rule.name, "") for rule in every_rule()]


# --- options -----------------------------------------------------------------------------------


def choice_option(name: str, choices: Sequence[str], help_text: str) -> OptionInfo:
    """Return an option that takes one of a few words."""
    option: OptionInfo = typer.Option(
        name,
        metavar="|".join(choices),
        parser=choice(choices),
        help=help_text,
        autocompletion=lambda: [(word, "") for word in choices],
    )
    return option


def choice_argument(choices: Sequence[str], help_text: str) -> ArgumentInfo:
    """Return an argument that is one of a few words."""
    argument: ArgumentInfo = typer.Argument(
        metavar="|".join(choices),
        parser=choice(choices),
        help=help_text,
        autocompletion=lambda: [(word, "") for word in choices],
    )
    return argument


BeforeOption = Annotated[
    Period | None,
    typer.Option(
        "--before",
        metavar=_("DAY"),
        parser=_period,
        help=_("Deadlines up to this day, that day included; of a period, its last day."),
    ),
]
AfterOption = Annotated[
    Period | None,
    typer.Option(
        "--after",
        metavar=_("DAY"),
        parser=_period,
        help=_("Deadlines from this day on, that day included; of a period, its first day."),
    ),
]
WithinOption = Annotated[
    int | None,
    typer.Option(
        "--within",
        metavar=_("DAYS"),
        parser=day_count,
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
FormatOption = Annotated[str, choice_option("--format", FORMATS, _("How the list is written."))]
EachOption = Annotated[bool, typer.Option("--each", help=_("In the table, a row for each party."))]
AllOption = Annotated[bool, typer.Option("--all", help=_("The closed ones too."))]
ExitCodeOption = Annotated[
    bool, typer.Option("--exit-code", help=_("Exit with 5 where the list is not empty."))
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar=_("FILE"), help=_("The file to write; else stdout.")),
]
ForceOption = Annotated[
    bool, typer.Option("--force", help=_("Write over a file that is there already."))
]
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


# --- the query ---------------------------------------------------------------------------------


def build_query(
    register: Register,
    as_of: date,
    party: str | None,
    body: str | None,
    meeting: str | None,
    *,
    before: Period | None = None,
    after: Period | None = None,
    within: int | None = None,
    unassigned: bool = False,
    closed: bool = False,
    late: bool = False,
) -> Query:
    """Return the query of a command's options.

    Raises WrongUse where options contradict each other or name what is not in the register.
    """
    query = Query(
        before=_last_day(as_of, before, within),
        after=after.first if after else None,
        party=party_code(register, party),
        body=body_code(register, body),
        meeting=meeting_id(register, meeting),
        unassigned=unassigned,
        closed=closed,
        late=late,
    )
    if query.before and query.after and query.before < query.after:
        raise WrongUse(_("--after is later than --before: no day is between them"))
    return query


def _last_day(as_of: date, before: Period | None, within: int | None) -> date | None:
    if within is None:
        return before.last if before else None
    if before is not None:
        raise WrongUse(_("--before and --within say the same; give one of them"))
    try:
        return as_of + timedelta(days=within)
    except OverflowError:
        return date.max
