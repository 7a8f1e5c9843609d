"""Command-line parsing: options, help, errors and completion, in the reader's language."""

import os
import re
import sys
from functools import update_wrapper
from gettext import gettext
from importlib import import_module
from typing import Any

import typer
from typer import _completion_classes  # typer has no public way to do what is used of these
from typer._completion_shared import get_completion_script
from typer.completion import shell_complete
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info
from typer.models import CommandInfo

from grcm_cli import __version__
from grcm_cli.cli import command_table
from grcm_cli.cli.command_table import given, kept_option, terminal_columns, wants_colour
from grcm_cli.language.characters import styled
from grcm_cli.language.suggestions import Choices, did_you_mean
from grcm_cli.language.text import N_, _, clean, labelled
from grcm_cli.lookups.errors import ExitCode, WrongUse

Unexported = Any  # a value of a class of typer's own copy of click, which it does not export
_TYPED = "grcm_cli.typed"  # the key of the word that was written for the command
_LAST_COUNTS = ("as_of", "lang", "color")  # those that also stand before the command
_SETTINGS = {"help_option_names": ["-h", "--help"]}
_WIDEST = 100  # columns of a help text; longer lines are hard to read
_NO_TERMINAL = 80  # columns where there is none
# Words that typer looks up in the catalogue, which must therefore have them.
_TYPER_WORDS = (N_("Options"), N_("Arguments"), N_("Commands"), N_("required"))
_TYPER_PATTERNS = (N_("default: {default}"), N_("env var: {var}"))

VARIABLE = "_GRCM_COMPLETE"  # the environment variable with which a shell asks for completions
SHELLS = ("bash", "zsh", "fish", "powershell")
_AUTOLOADED = """\
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _grcm_completion "$@"
else
  compdef _grcm_completion grcm
fi"""
"""The end of the script for zsh: also for a file of `fpath`, which is run when TAB is pressed."""
_HEADING = re.compile(r"^(\S.*):$", re.MULTILINE)
_TERM = re.compile(r"^(  )(\S+(?: \S+)*)", re.MULTILINE)


def run_command(words: list[str]) -> int:
    """Run the command of a command line, or print the completions that a shell asks for.

    Returns the exit code. Raises WrongUse for a command line that cannot be parsed, and what the
    command raises.
    """
    group = command_group()
    if VARIABLE in os.environ:
        _completion_classes.completion_init()
        # typer removes rich's markup from texts, for which it loads rich: 65 ms. Ours have none.
        _completion_classes._sanitize_help_text = lambda text: text
        if not {"COMP_WORDS", "_TYPER_COMPLETE_ARGS"} & set(os.environ):
            return ExitCode.WRONG_USE
        return shell_complete(group, {}, "grcm", VARIABLE, os.environ[VARIABLE])
    try:
        width = min(terminal_columns(os.environ) or _NO_TERMINAL, _WIDEST)
        with group.make_context("grcm", words, terminal_width=width) as context:
            code = group.invoke(context)
    except typer.Exit as end:
        return end.exit_code
    except typer.TyperException as error:
        raise _usage_error(error) from error
    return code if isinstance(code, int) else 0


class _Help:
    """The help of a command and of all, in the reader's language and in the colours of lists.

    It stands before typer's own classes, so that mypy cannot see what `super()` has here.
    """

    def parse_args(self, ctx: Unexported, args: list[str]) -> list[str]:
        """Parse the arguments. An error without a context gets this one with its options."""
        try:
            extra_args: list[str] = super().parse_args(ctx, args)  # type: ignore[misc]
        except typer.TyperException as error:
            if getattr(error, "ctx", ctx) is None:
                error.ctx = ctx  # type: ignore[attr-defined] # as all click's errors of usage have
            raise
        return extra_args

    def format_usage(self, ctx: Unexported, formatter: Unexported) -> None:
        """Write the usage line."""
        # typer puts braces around an argument that must not be left out; ours have none.
        pieces = [piece.strip("{}") for piece in self.collect_usage_pieces(ctx)]  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_("Usage: "))

    def get_help_option(self, ctx: Unexported) -> TyperOption:
        """Return the help option."""
        option: TyperOption = super().get_help_option(ctx)  # type: ignore[misc]
        option.help = _("Show this message and exit.")
        return option

    def get_help(self, ctx: Unexported) -> str:
        """Return the help text, with headings and terms in colour where stdout gets colours."""
        plain: str = super().get_help(ctx)  # type: ignore[misc]
        # The colon is as the reader's language has it: `Options :`.
        text = _HEADING.sub(lambda heading: labelled(heading[1], "").rstrip(), plain)
        ctx.color = wants_colour(given(ctx).get("color", "auto"), os.environ)
        first = _HEADING.search(text)
        if not ctx.color or first is None:
            return text
        lists = _TERM.sub(lambda term: term[1] + styled(term[2], "declined"), text[first.start() :])
        headed = _HEADING.sub(lambda heading: styled(heading[0], "heading"), lists)
        return text[: first.start()] + headed


class Command(_Help, TyperCommand):
    """One command."""

    allow_extra_args = True  # refused below, in the reader's language

    def parse_args(self, ctx: Unexported, args: list[str]) -> list[str]:
        """Parse the arguments. Raises WrongUse for too many, and for an option given twice."""
        written = list(args)
        extra_args = super().parse_args(ctx, args)
        if ctx.resilient_parsing:
            return extra_args
        if extra_args:
            message = _("too many arguments: {words}")
            raise WrongUse(message, self._instead_of(ctx, extra_args), words=" ".join(extra_args))
        _values, _rest, order = self.make_parser(ctx).parse_args(written)
        parsed_options = []  # of an option that also stands before the command, the last one counts
        for option in order:
            takes_one = isinstance(option, TyperOption) and not (option.is_flag or option.multiple)
            if not takes_one or option.name in _LAST_COUNTS:
                continue
            if option in parsed_options:
                message = _("{option} is given twice; it takes one value")
                raise WrongUse(message, option=_name(option))
            parsed_options.append(option)
        return extra_args

    def _instead_of(self, ctx: Unexported, extra_args: list[str]) -> str:
        """Return the command to write instead of one with too many arguments, or nothing."""
        name = self.name or ""
        pattern = command_table.INSTEAD_OF_ARGUMENT.get(name)
        if pattern is None:
            return ""
        arguments = (param for param in self.params if param.param_type_name == "argument")
        first = [ctx.params[argument.name or ""] for argument in arguments]
        words = command_table.PREPOSITION.sub("", " ".join([*filter(None, first), *extra_args]))
        if name == "due":
            from grcm_cli.domain.periods import parse_period  # 6 ms, only for mistakes

            pattern = "due --before {words}" if parse_period(words) else pattern
        quoted = f'"{words}"' if " " in words else words
        written = pattern.format(words=clean(quoted))
        typed = ctx.find_root().meta.get(_TYPED, name)
        if written.startswith(f"{name} "):  # the same command, by the word that the reader knows
            written = f"{typed}{written.removeprefix(name)}"
        message = _("write: {command}")
        if quoted != words:
            message = _("if this is one name, write: {command}")
        return message.format(command=f"grcm {written}")


class Group(_Help, TyperGroup):
    """All commands: a summary of each for help and completion, and the module of the one called."""

    def parse_args(self, ctx: Unexported, args: list[str]) -> list[str]:
        """Parse the arguments before the command; where none is named, it is the overview."""
        extra_args = super().parse_args(ctx, args)
        if not (ctx._protected_args or ctx.resilient_parsing):
            ctx._protected_args = [command_table.OVERVIEW]
        return extra_args

    def format_commands(self, ctx: Unexported, formatter: Unexported) -> None:  # noqa: ARG002 - typer's
        """Write the commands in groups, then examples."""
        width = max(map(len, command_table.NAMES))
        for title, names in command_table.GROUPS.items():
            with formatter.section(_(title)):
                rows = [(name.ljust(width), command_table.summary(name)) for name in names]
                formatter.write_dl(rows)
        with formatter.section(_("Examples")):
            lines = [(line, _(summary)) for line, summary in command_table.EXAMPLES.items()]
            formatter.write_dl(lines, max(len(line) for line, _summary in lines))
        formatter.write_paragraph()
        formatter.write_text(_("grcm help COMMAND tells you more about a command."))

    def resolve_command(
        self, ctx: Unexported, args: list[str]
    ) -> tuple[str | None, Unexported, list[str]]:
        """Import the command that the first argument names; return its name, it and the rest."""
        word = args[0]
        name = None if word.startswith("-") else command_table.command_named(word)
        if name is not None:
            ctx.meta[_TYPED] = word
            return name, _imported(name), args[1:]
        if not word.startswith("-") and not ctx.resilient_parsing:
            question = Choices(command_table.words_for_commands()).question(word)
            hint = question or _("grcm --help lists them")
            raise WrongUse(_("no such command: {name}"), hint, name=word)
        return super().resolve_command(ctx, args)


def command_group() -> Group:
    """Return grcm with its options and a summary of each command, none of them imported."""

    def show_version(context: typer.Context, _option: TyperOption, value: bool) -> None:
        if value and not context.resilient_parsing:
            sys.stdout.write(f"grcm {__version__}\n")
            raise typer.Exit

    version = TyperOption(
        param_decls=["--version", "-V"], help=_("Show the version and exit."), is_flag=True,
        is_eager=True, callback=show_version, expose_value=False,
    )  # fmt: skip
    names = command_table.NAMES
    return Group(
        name="grcm",
        help=_(
            "Who must do what by when: keeps the numbered conclusions of meetings, and shows "
            "what is due, what is overdue, and what a country owes."
        ),
        commands=[TyperCommand(name, short_help=command_table.summary(name)) for name in names],
        params=[version, *_described("", command_table.common_options())],
        context_settings=_SETTINGS,
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND [ARGS]..."),
        rich_markup_mode=None,  # plain text: loading rich takes 60 ms
    )


def _imported(name: str) -> Unexported:
    module, function_name = command_table.function_of(name)
    function = getattr(import_module(f"grcm_cli.commands.{module}"), function_name)

    def run(session: typer.Context, **values: object) -> object:
        from grcm_cli.cli.session import Session  # 40 ms, loaded by commands anyhow

        return function(Session.of(session), **values)

    # typer reads the signature of the command, and gives the context in the place of the session.
    update_wrapper(run, function)
    run.__annotations__ = {**function.__annotations__, "session": typer.Context}
    info = CommandInfo(
        name=name,
        callback=run,
        help=_(command_table.HELP.get(name, "")),
        cls=Command,
        context_settings=_SETTINGS,
        options_metavar=_("[OPTIONS]"),
    )
    command = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
    if names := command_table.LIST_OPTIONS.get(name, ()):
        from grcm_cli.cli.options import OPTIONS_BY_NAME  # 20 ms, loaded by lists anyhow

        command.params += [OPTIONS_BY_NAME[name]() for name in names]
    command.params += command_table.common_options()
    if name == "show" or "format_name" in names:
        command.params.append(kept_option("--internal"))
    command.params = _described(name, command.params)
    return command


def _described(command: str, parameters: list[Unexported]) -> list[Unexported]:
    """Return parameters of a command with their help, in the reader's language."""
    texts = command_table.options_help(command)
    for parameter in parameters:
        parameter.help = parameter.help or _(texts[max(parameter.opts, key=len)])
    return parameters


def _usage_error(error: Unexported) -> WrongUse:
    """Return an error of typer's copy of click, whose messages are English, with our sentence."""
    parameters = error.ctx.command.params if getattr(error, "ctx", None) else []
    match type(error).__name__:
        case "NoSuchOption":
            option_names = [word for parameter in parameters for word in parameter.opts]
            hint = _instead_of_option(error) or did_you_mean(error.option_name, option_names)
            return WrongUse(_("no such option: {name}"), hint, name=error.option_name)
        case "BadOptionUsage":
            named = [option for option in parameters if error.option_name in option.opts]
            takes_none = any(isinstance(option, TyperOption) and option.is_flag for option in named)
            message = _("{option} takes no value") if takes_none else _("{option} needs a value")
            return WrongUse(message, option=error.option_name)
        case "MissingParameter":
            return WrongUse(_("{name} is missing"), name=_name(error.param))
        case "BadParameter" if error.param is not None:
            name, message = _name(error.param), clean(error.message)
            # The name of an argument that is one of a few words is these words.
            return WrongUse(message if "|" in name else labelled(name, message))
    return WrongUse(clean(gettext(error.message).rstrip(".")))


def _instead_of_option(error: Unexported) -> str:
    """Return the command to write instead, where a similar list has the option; else nothing."""
    if error.option_name in ("--install-completion", "--show-completion"):
        return _("write: {command}").format(command="grcm completion bash")
    typed = error.ctx.command.name if getattr(error, "ctx", None) else ""
    for name in command_table.ALIKE if typed in command_table.ALIKE else ():
        for option in _imported(name).params:
            if error.option_name in option.opts:
                written = f"{name} {error.option_name} {option.metavar or ''}".strip()
                return _("write: {command}").format(command=f"grcm {written}")
    return ""


def _name(parameter: Unexported) -> str:
    longest: str = max(parameter.opts, key=len)
    return longest if longest.startswith("-") else str(parameter.human_readable_name)


def completion_script(shell: str) -> str:
    """Return the script that makes one of SHELLS complete grcm's commands."""
    script: str = get_completion_script(prog_name="grcm", complete_var=VARIABLE, shell=shell)
    return script.replace("compdef _grcm_completion grcm", _AUTOLOADED)
