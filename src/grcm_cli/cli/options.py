"""Makes options and arguments, whose help stands in help.txt, and parses their values."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import typer
from typer.core import TyperOption

from grcm_cli.cli.command_table import kept_option
from grcm_cli.cli.records import read_folder
from grcm_cli.cli.session import Session
from grcm_cli.domain.model import MandateKind
from grcm_cli.domain.periods import parse_relative_day
from grcm_cli.formats import FORMATS
from grcm_cli.language.text import _, clean, fold
from grcm_cli.lookups.errors import WrongUse
from grcm_cli.lookups.names import parse_calendar_day
from grcm_cli.views.labels import PROGRESS, STATES
from grcm_cli.views.tasks import ORDERS

if TYPE_CHECKING:
    from grcm_cli.times.patterns import Order

Value = TypeVar("Value")
Parser = Callable[[str], object]
Completion = Callable[[typer.Context, list[str], str], list[tuple[str, str]]]
"""Returns the words that a shell may put in the place of the third argument, with their meaning."""
_ARRANGEMENT_WORDS = {
    **dict.fromkeys(("todo", "todos", "todas"), "all"),
    **dict.fromkeys(("parte", "partes", "parties"), "party"),
    **dict.fromkeys(("organo", "organos", "bodies"), "body"),
    **dict.fromkeys(("reunion", "reuniones", "meetings"), "meeting"),
    **dict.fromkeys(("tema", "temas", "theme", "topics", "themes"), "theme"),
}
"""What people write for the words of `--by`, without accents."""
_FORMAT_WORDS = {
    **dict.fromkeys(("excel", "xls", "libro", "workbook"), "xlsx"),
    **dict.fromkeys(("calendario", "calendar", "outlook"), "ics"),
}
"""The format that people mean by a word: it is named, and not taken, as no program would."""
Words = str | Iterable[str] | None
"""What a shell suggests: a kind of names, or the words themselves."""
WORKBOOKS = (".xlsx", ".xlsm")
TEXT_SHEETS = (".csv", ".tsv")
SHEETS = (*WORKBOOKS, *TEXT_SHEETS)  # the endings of the spreadsheets that `record` reads
_WORD = re.compile(r"[\w./#-]+")
"""What a shell is given to type: no code or reference that is valid has another character."""
_LONGEST = 60  # characters of the meaning of a word


def choice(choices: Sequence[str], words: Mapping[str, str] = {}) -> Callable[[str], str]:
    """Return a parser of one of a few words; `words` has what stands for them, without accents."""

    def parse(text: str) -> str:
        if text in choices:
            return text
        folded = fold(text)
        if (meant := words.get(folded)) in choices:
            return str(meant)
        message = _("'{text}' is not one of: {choices}")
        if (meant := _FORMAT_WORDS.get(folded)) in choices:
            message = _("'{text}' is not one of: {choices}; write {meant}")
        raise typer.BadParameter(message.format(text=text, choices=", ".join(choices), meant=meant))

    return parse


def parser(find: Callable[[str], Value]) -> Callable[[str], Value]:
    """Return the parser of an option for what `find` returns, which raises WrongUse for nothing."""

    def parse(text: str) -> Value:
        try:
            return find(text)
        except WrongUse as stop:
            raise typer.BadParameter(str(stop)) from stop

    return parse


day = parser(parse_calendar_day)  # parses a day, as 2003-01-15


def day_count(text: str) -> int:
    """Parse a number of days from 0 to 9,999,999: more than the calendar has."""
    if text.isascii() and text.isdigit() and len(text) <= 7:
        return int(text)
    message = _("'{text}' is not a number of days; write digits only, such as 30")
    if last := parse_relative_day(f"+{text}", date.min):
        message = _("'{text}' is not a number of days; write {days}")
    days = (last - date.min).days if last else None
    raise typer.BadParameter(message.format(text=text, days=days))


def day_order(*, day_first: bool, month_first: bool) -> "Order | None":
    """Return the order of day and month that options ask for. Raises WrongUse for both."""
    if day_first and month_first:
        message = _("{one} and {other} cannot be used together")
        raise WrongUse(message, one="--day-first", other="--month-first")
    return "day-first" if day_first else "month-first" if month_first else None


def complete(words: Words) -> Completion | None:
    """Return what suggests words to a shell: those given, or the names of a kind.

    The kinds are "party", "body", "theme", "meeting", "reference" and "shown" (a reference or a
    party), read from the data folder, "rule", and "report": a state, or a sheet of the
    working folder. Nothing is suggested where the folder cannot be read. A shell takes only words
    that begin with what is typed: a code typed in small letters gets words in small letters.
    """
    if words is None:
        return None

    def suggest(ctx: typer.Context, args: list[str], incomplete: str) -> list[tuple[str, str]]:  # noqa: ARG001 - typer's
        if not isinstance(words, str):
            return [(word, "") for word in words]
        if words == "report":
            return [(word, "") for word in (*PROGRESS, *sheets(incomplete, SHEETS))]
        if words == "rule":
            from grcm_cli.rules import rules_by_name  # 10 ms, only while a shell asks

            return [(name, "") for name in rules_by_name()]
        meanings: dict[str, str] = {}
        try:
            session = Session.of(ctx)
            for folder in session.folders():
                for word, meaning in _words(folder, session, words, incomplete.casefold()):
                    if word.casefold().startswith(incomplete.casefold()) and _WORD.fullmatch(word):
                        meanings.setdefault(word, meaning)  # of a code that several have, the first
        except (WrongUse, OSError):
            return []
        written = str.lower if incomplete.islower() else str
        # zsh evaluates a text, quoted but for a backslash before: it must run nothing.
        shown = ((word, clean(meaning).replace("\\", "")) for word, meaning in meanings.items())
        return [(written(word), meaning) for word, meaning in shown]

    return suggest


def flag(name: str) -> Any:
    """Return an option without a value."""
    return typer.Option(False, name)


def option(
    names: str, metavar: str, words: Words = None, parser: Parser | None = None, default: Any = None
) -> Any:
    """Return an option that takes a value, for which the help has the word `metavar`.

    `names` are as `--output -o`. A shell suggests `words`: a kind of names for `complete`, or the
    words themselves.
    """
    return typer.Option(
        default, *names.split(), metavar=metavar, parser=parser, autocompletion=complete(words)
    )


def argument(
    metavar: str, words: Words = None, default: Any = ..., parser: Parser | None = None
) -> Any:
    """Return an argument, which without a default must be there; else as `option`."""
    return typer.Argument(default, metavar=metavar, parser=parser, autocompletion=complete(words))


def choice_option(name: str, choices: Sequence[str], default: str | None = None) -> Any:
    """Return an option that takes one of a few words."""
    return option(name, "|".join(choices), choices, choice(choices), default)


def arrangement(choices: Sequence[str]) -> Any:
    """Return the option `--by`, which takes one of a few words, or what people write for it."""
    return option("--by", "|".join(choices), choices, choice(choices, _ARRANGEMENT_WORDS))


def choice_argument(choices: Sequence[str], default: Any = ...) -> Any:
    """Return an argument that is one of a few words."""
    return argument("|".join(choices), choices, default, choice(choices))


def _one_of(
    choices: Collection[str], labels: Mapping[Any, str] = {}, metavar: str = ""
) -> dict[str, Any]:
    """Return what makes an option take one of a few words, or what people write for one."""
    words = {fold(_(label)): word for word, label in labels.items()}
    parse, metavar = choice(tuple(choices), words), metavar or "|".join(choices)
    return {"metavar": metavar, "type": parse, "autocompletion": complete(choices)}


_KINDS = get_args(MandateKind)
OPTIONS_BY_NAME: Mapping[str, Callable[[], TyperOption]] = {
    "before": lambda: kept_option("--before", _("DAY")),
    "after": lambda: kept_option("--after", _("DAY")),
    "within": lambda: kept_option("--within", _("DAYS"), type=day_count),
    "unassigned": lambda: kept_option("--unassigned"),
    "encouragements": lambda: kept_option("--encouragements"),
    "unreported": lambda: kept_option("--unreported"),
    "party": lambda: kept_option(
        "--party", _("PARTY"), autocompletion=complete("party"), multiple=True
    ),
    "body": lambda: kept_option("--body", _("BODY"), autocompletion=complete("body")),
    "meeting": lambda: kept_option("--meeting", _("MEETING"), autocompletion=complete("meeting")),
    "state": lambda: kept_option(
        "--state", multiple=True, **_one_of(STATES, STATES, _("NAME")),
        help=_("Only tasks in this state, settled ones included: {states}; may be repeated.")
        .format(states=", ".join(STATES)),
    ),
    "kind": lambda: kept_option("--kind", **_one_of(_KINDS, {kind: kind for kind in _KINDS})),
    "theme": lambda: kept_option(
        "--theme", _("THEME"), autocompletion=complete("theme"), multiple=True
    ),
    "sort": lambda: kept_option("--sort", default="due", show_default=True, **_one_of(ORDERS)),
    "columns": lambda: kept_option("--columns", _("COLUMN,…")),
    "format_name": lambda: kept_option(
        "format_name --format", default="table", show_default=True, **_one_of(FORMATS)
    ),
    "each": lambda: kept_option("--each"),
    "closed": lambda: kept_option("closed --all"),
    "exit_code": lambda: kept_option("--exit-code"),
}  # fmt: skip
"""What makes each option of lists, by the name of its value in `Filters` or `Session`."""


def sheets(typed: str, endings: tuple[str, ...]) -> list[str]:
    """Return the sheets that a typed path may go on to, as it is written from the working folder.

    A name that a shell would have to quote is left to the shell's own completion.
    """
    from glob import escape, glob  # 1 ms, only while a shell asks

    paths = sorted(glob(f"{escape(typed)}*", include_hidden=True))  # noqa: PTH207 - as they are typed
    return [path for path in paths if path.lower().endswith(endings) and _WORD.fullmatch(path)]


def _words(folder: Path, session: Session, kind: str, typed: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a kind in a record, each with its meaning; conclusions of one meeting."""
    loaded, cache = read_folder(folder, session.cwd, use_cache=session.use_cache)
    if (register := loaded.register) is None:
        return
    language = session.language
    bodies = [party for party in register.parties if party.kind == "body"]
    coded = {"party": register.parties, "shown": register.parties, "body": bodies}
    for item in register.process.themes if kind == "theme" else coded.get(kind, ()):
        yield item.code, item.name.shown(language)
    if kind not in ("party", "body", "theme"):
        begun = [each for each in register.meetings if each.id.casefold().startswith(typed)]
        for meeting in register.meetings:
            yield meeting.id, meeting.title.shown(language) if meeting.title else ""
            is_meant = typed.partition("/")[0] == meeting.id.casefold() or begun == [meeting]
            for conclusion in (meeting.conclusions or ()) if kind != "meeting" and is_meant else ():
                reference = f"{meeting.id}/{conclusion.number}"
                yield reference, conclusion.text.shown(language)[:_LONGEST]
                for mandate in conclusion.mandates:
                    if mandate.of_several:
                        action = mandate.action.shown(language) if mandate.action else ""
                        yield f"{reference}#{mandate.ordinal}", action[:_LONGEST]
    if cache is not None:
        cache.write(is_sound=False)  # no rule has run
