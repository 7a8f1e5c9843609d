"""Command-line parsing: options of every command, help and usage in the reader's language."""

from collections.abc import Sequence
from gettext import gettext
from importlib import import_module
from typing import Any

from typer import TyperException
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info
from typer.models import CommandInfo, Context

from grcm_cli.cli import command_table
from grcm_cli.cli.errors import WrongUse
from grcm_cli.language.text import LANGUAGES, N_, _, clean, did_you_mean

_Context = Any  # typer's own copy of click's class, which it does not export
COLOURS = ("auto", "always", "never")
_GIVEN = "grcm_cli.common"

# Words that typer looks up in the catalogue, which must therefore have them.
_TYPER_WORDS = (N_("Options"), N_("Arguments"), N_("Commands"), N_("required"))
_TYPER_PATTERNS = (N_("default: {default}"), N_("env var: {var}"), N_("Missing command."))


def given(context: Context, name: str) -> str | None:
    """Return a common option as it was written last, before or after the command; else None."""
    value: str | None = context.meta.get(_GIVEN, {}).get(name)
    return value


def _common_options() -> list[Any]:
    return [
        _common(
            "--data",
            _("DIR"),
            _("The data folder (else GRCM_DATA, else the one found from here upwards)."),
        ),
        _common("--as-of", _("DAY"), _("The day to answer for (else GRCM_AS_OF, else today).")),
        _common(
            "--lang", "|".join(LANGUAGES), _("The language (else GRCM_LANG, else the locale's).")
        ),
        _common(
            "--color", "|".join(COLOURS), _("Colour: by default, where the output is a terminal.")
        ),
        TyperOption(
            param_decls=["--no-cache"],
            is_flag=True,
            expose_value=False,
            callback=_keep,
            help=_("Read all files, and keep nothing for the next list (else GRCM_NO_CACHE)."),
        ),
        TyperOption(
            param_decls=["--debug"],
            is_flag=True,
            expose_value=False,
            callback=_keep,
            help=_("Show the program's own trace where it fails."),
        ),
    ]


def _common(name: str, metavar: str, help_text: str) -> TyperOption:
    return TyperOption(
        param_decls=[name],
        type=str,
        metavar=metavar,
        expose_value=False,
        callback=_keep,
        help=help_text,
    )


def _keep(context: Context, parameter: TyperOption, value: str | bool | None) -> None:
    if value is not None:
        context.meta.setdefault(_GIVEN, {})[parameter.name] = value


def _own_options() -> list[Any]:
    """Return the options of grcm itself, which run instead of a command."""
    return [
        _instead("--version", "version", _("Show the version and exit.")),
        _instead(
            "--install-completion",
            "install_completion",
            _("Make the shell complete commands, parties and references, and exit."),
        ),
        _instead(
            "--show-completion",
            "show_completion",
            _("Show what the shell would be told, and exit."),
        ),
    ]


def _instead(name: str, function: str, help_text: str) -> TyperOption:
    def run(context: Context, parameter: TyperOption, value: bool) -> None:
        if value and not context.resilient_parsing:
            from grcm_cli.cli import completion

            getattr(completion, function)()
            context.exit()

    return TyperOption(
        param_decls=[name],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=run,
        help=help_text,
    )


class _Frame:
    """What a command and the group of commands have in common."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["params"] = [*(kwargs.get("params") or ()), *_common_options()]
        kwargs["options_metavar"] = _("[OPTIONS]")
        kwargs["context_settings"] = {"help_option_names": ["-h", "--help"]}
        super().__init__(*args, **kwargs)

    def parse_args(self, ctx: _Context, args: list[str]) -> list[str]:
        """Read the command line; an error about an option is told which command it is about."""
        try:
            rest: list[str] = super().parse_args(ctx, args)  # type: ignore[misc] # from typer's class
        except TyperException as error:
            vars(error)["ctx"] = getattr(error, "ctx", None) or ctx
            raise
        return rest

    def format_usage(self, ctx: _Context, formatter: Any) -> None:
        """Write the line that says how the command is called."""
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined] # from typer's class
        pieces = [piece.strip("{}") for piece in pieces]  # typer's braces mean: not to be left out
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_("Usage: "))

    def get_help_option(self, ctx: _Context) -> Any:
        """Return the help option, in the reader's language."""
        option = super().get_help_option(ctx)  # type: ignore[misc] # from typer's class
        if option is not None:
            option.help = _("Show this message and exit.")
        return option


class Command(_Frame, TyperCommand):
    """One command."""

    allow_extra_args = True  # they are refused below, in the reader's words

    def parse_args(self, ctx: _Context, args: list[str]) -> list[str]:
        """Read the command line; an argument too many is refused."""
        rest: list[str] = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            words = " ".join(clean(word) for word in rest)
            raise WrongUse(_("one argument too many: {words}").format(words=words))
        return rest


class Group(_Frame, TyperGroup):
    """All commands. A command's file is imported when it is called, or listed in the help."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["subcommand_metavar"] = _("COMMAND [ARGS]...")
        kwargs["params"] = _own_options()
        super().__init__(*args, **kwargs)

    def list_commands(self, ctx: _Context) -> list[str]:
        """Return the names of the commands in the order of the help."""
        return list(command_table.NAMES)

    def get_command(self, ctx: _Context, cmd_name: str) -> Any:
        """Return a command by its name, or None."""
        if cmd_name not in command_table.NAMES:
            return None
        module = import_module(f"grcm_cli.commands.{cmd_name}")
        info = CommandInfo(
            name=cmd_name,
            callback=getattr(module, cmd_name),
            help=module.HELP,
            short_help=module.HELP.partition("\n\n")[0],
            cls=Command,
        )
        return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)

    def resolve_command(self, ctx: _Context, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command that is called, and its arguments."""
        name = args[0]
        if (
            name not in command_table.NAMES
            and not name.startswith("-")
            and not ctx.resilient_parsing
        ):
            raise WrongUse(_no_such(_("no such command: {name}"), name, command_table.NAMES))
        return super().resolve_command(ctx, args)


def _no_such(message: str, name: str, choices: Sequence[str]) -> str:
    question = did_you_mean(name, choices)
    return "; ".join(filter(None, [message.format(name=clean(name)), question]))


def usage_sentence(error: Any) -> str:
    """Return what is wrong with a command line, from the parts of typer's error.

    The classes are typer's own copies of click's; their messages are English and not looked up.
    """
    kind = type(error).__name__
    option = clean(getattr(error, "option_name", "") or "")
    parameter = getattr(error, "param", None)
    name = _name(parameter)
    if kind == "NoSuchOption":
        known = [word for p in error.ctx.command.params for word in p.opts] if error.ctx else []
        return _no_such(_("no such option: {name}"), option, known)
    if kind == "BadOptionUsage":
        flags = {word for p in error.ctx.command.params if _is_flag(p) for word in p.opts}
        takes_none = option in flags
        message = _("{option} takes no value") if takes_none else _("{option} needs a value")
        return message.format(option=option)
    if kind == "MissingParameter":
        return _("{name} is missing").format(name=name)
    if kind == "BadParameter" and name:
        return f"{name}: {clean(error.message)}"
    return clean(gettext(error.message).rstrip("."))


def _is_flag(parameter: Any) -> bool:
    return bool(getattr(parameter, "is_flag", False))


def _name(parameter: Any) -> str:
    if parameter is None:
        return ""
    longest: str = max(parameter.opts, key=len)
    return longest if longest.startswith("-") else parameter.human_readable_name
