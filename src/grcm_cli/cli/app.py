"""The app: the language first, then the command; every way to end → one message and an exit code.

0 done · 1 problems in the data · 2 wrong usage · 3 the machine failed · 4 a bug of ours ·
5 the list is not empty (where asked) · 130 interrupted.
"""

import codecs
import os
import sys
from collections.abc import Mapping, Sequence

import typer

from grcm_cli.cli.command_line import Group, usage_sentence
from grcm_cli.cli.errors import NoList, Stop
from grcm_cli.language.text import LANGUAGES, _, clean, language_of, reason, speak


def main(arguments: Sequence[str] | None = None) -> None:
    """Run grcm and end the process with its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _prepare_streams()
    # The help of an option is made when its command's file is imported: choose the language first.
    speak(_language(words, os.environ))
    try:
        code = _run(words)
        sys.stdout.flush()
    except BrokenPipeError:
        code = 0  # whoever reads has enough: `grcm due | head -1`
        _drop(1)
    except KeyboardInterrupt:
        code = 130
    except OSError as error:
        code = _fail(3, _("the machine failed: {reason}").format(reason=_reason(error)))
        _drop(1)
    except Exception as error:  # noqa: BLE001 - whatever is left is a bug, and is called one
        code = _bug(error, words)
    sys.exit(code)


def _run(words: list[str]) -> int:
    """Return the exit code of a command line."""
    group = Group(name="grcm", help=_help(), rich_markup_mode=None, no_args_is_help=True)
    if "_GRCM_COMPLETE" in os.environ:
        from grcm_cli.cli.completion import answer_shell  # only while a shell asks

        return answer_shell(group)
    try:
        with group.make_context("grcm", words) as context:
            code = group.invoke(context)
    except typer.Exit as end:
        return end.exit_code
    except NoList as stop:
        return stop.code
    except Stop as stop:
        return _fail(stop.code, str(stop))
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            sys.stderr.write(f"{error}\n")
            return 2
        return _fail(2, usage_sentence(error))
    return code if isinstance(code, int) else 0


def _help() -> str:
    return _(
        "Who must do what by when: keeps the numbered conclusions of meetings, and answers what is "
        "due, what is late, and what a country owes."
    )


def _language(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language that the command line asks for, or the environment; the last one counts.

    A wrong one is refused later, when options are read; this only finds the words to refuse it in.
    """
    wanted = environment.get("GRCM_LANG", "")
    for place, word in enumerate(words):
        if word == "--":
            break
        if word == "--lang" and place + 1 < len(words):
            wanted = words[place + 1]
        elif word.startswith("--lang="):
            wanted = word.removeprefix("--lang=")
    return wanted if wanted in LANGUAGES else language_of(environment)


def _prepare_streams() -> None:
    """Make output never fail for a character: one that the terminal lacks is shown as its code."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - lives as long as we do
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - lives as long as we do
    codecs.register_error("grcm", _escape)
    encoding = "utf-8" if os.name == "nt" else None
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding=encoding, errors="grcm")


def _escape(error: UnicodeError) -> tuple[str, int]:
    """Return what a stream cannot take as JSON writes it, so that JSON stays JSON."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    units = (int.from_bytes(lost[i : i + 2], "big") for i in range(0, len(lost), 2))
    return "".join(f"\\u{unit:04x}" for unit in units), error.end


def _fail(code: int, message: str) -> int:
    try:
        sys.stderr.write(f"grcm: {message}\n")
        sys.stderr.flush()
    except OSError:
        _drop(2)  # stderr is full too: the exit code has to do
    return code


def _reason(error: OSError) -> str:
    where = f": {clean(str(error.filename))}" if error.filename else ""
    return f"{reason(error)}{where}"


def _bug(error: Exception, words: Sequence[str]) -> int:
    if "--debug" in words:
        import traceback  # only where something failed

        traceback.print_exception(error)
    message = _("this is a bug of grcm: {error} (--debug shows where)")
    return _fail(4, message.format(error=clean(f"{type(error).__name__}: {error}")))


def _drop(descriptor: int) -> None:
    """Send what is still buffered nowhere, or the interpreter would fail again as it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
