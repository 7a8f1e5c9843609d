"""`grcm help`, `explain`, `completion`, `lsp` and `cache`: of the program, and no record."""

import os
import re
import sys

from grcm_cli.cli import options
from grcm_cli.cli.command_line import SHELLS, Group, completion_script
from grcm_cli.cli.command_table import NAMES
from grcm_cli.cli.session import Session, say, write, write_line
from grcm_cli.domain.findings import SEVERITY_LABELS
from grcm_cli.language.text import _, counted, reason, rule_text
from grcm_cli.lookups.errors import MachineFailed
from grcm_cli.lookups.names import find_rule
from grcm_cli.rules import rules_by_name

REMARK = re.compile(r"(?<=# )(?!\w+: )\S+ .+|(?<=^\().+(?=\)$)", re.MULTILINE)
"""A remark in an example, which is no path and no value: it is in the reader's language."""


def help(  # noqa: A001 - the command's own name
    session: Session, command: str | None = options.argument(_("COMMAND"), NAMES, default=None)
) -> None:
    """Print the help of a command. Raises WrongUse where there is none of that name."""
    top = session.context.find_root()
    text = top.get_help()
    if command is not None and isinstance(top.command, Group):
        meant, named, _rest = top.command.resolve_command(top, [command])
        with named.make_context(meant, [], parent=top, resilient_parsing=True) as inner:
            text = named.get_help(inner)
    write(text + "\n")


def completion(
    session: Session,  # noqa: ARG001 - as every command
    shell: str = options.choice_argument(SHELLS),
) -> None:
    """Print the completion script of a shell."""
    write(completion_script(shell) + "\n")


def lsp(session: Session) -> None:
    """Answer an editor over stdin and stdout until it ends the talk."""
    try:
        from grcm_cli.lsp.server import serve  # 300 ms, and an extra
    except ModuleNotFoundError as error:
        raise ImportError(name="pygls") from error  # it brings all that the server needs

    is_fixed = session.is_given("as_of") or bool(os.environ.get("GRCM_AS_OF"))
    named = session.is_given("lang") or bool(os.environ.get("GRCM_LANG"))
    as_of, language = session.as_of if is_fixed else None, session.language if named else None
    serve(as_of, language, sys.stdin.buffer)


def cache(
    session: Session,  # noqa: ARG001 - as every command
    action: str = options.choice_argument(("where", "clear"), default="where"),
) -> None:
    """Print the folder, the number and the size of the cache's files, or delete them."""
    from grcm_cli.storage.cache import cache_folder, kept_files  # 6 ms, only for this command

    folder = cache_folder(os.environ)
    kept = kept_files(folder) if folder else []
    size = deleted = 0
    for path in kept:
        try:
            size += path.stat().st_size
            if action == "clear":
                path.unlink()
                deleted += 1
        except FileNotFoundError:  # another run may have deleted it
            continue
        except OSError as error:
            message = _("{path} cannot be deleted: {reason}; deleted before that: {files}")
            files = counted("{count} file", "{count} files", deleted)
            raise MachineFailed(message, path=path, reason=reason(error), files=files) from error
    if not kept:
        say(_("Nothing is cached."))
        return
    files = counted("{count} file", "{count} files", len(kept))
    message = _("cleared: {files}, {size} KB") if action == "clear" else _("{files}, {size} KB")
    write_line("{folder}: " + message, folder=folder, files=files, size=-(-size // 1000))


def explain(
    session: Session, name: str | None = options.argument(_("[RULE]"), "rule", default=None)
) -> None:
    """Print the page of a rule, or without a name the list of all rules."""
    from grcm_cli.formats.terminal import Paragraphs  # 20 ms, only for this command

    lines, language = Paragraphs(session.page), session.language
    by_name = rules_by_name()
    severities = {severity: _(label) for severity, label in SEVERITY_LABELS.items()}
    if name is not None:
        rule = find_rule(by_name, name)
        lines.add_marked(rule.name, "heading", f" ({severities[rule.severity]})")
        page = rule.page()
        for text in (page.what, page.why):
            lines.add()
            lines.add(rule_text(text, language))
        for heading, example in ((_("Bad:"), page.bad), (_("Good:"), page.good)):
            lines.add()
            lines.add_marked(heading, "heading")
            lines.add()
            shown = REMARK.sub(lambda match: rule_text(match[0], language), example)
            lines.lines += [f"    {line}" if line else "" for line in shown.split("\n")]
    widest = max(map(len, by_name)) + 2
    room = max(map(len, severities.values())) + 2
    for rule in by_name.values() if name is None else ():
        severity = severities[rule.severity].ljust(room)
        tail = " " * (widest - len(rule.name)) + severity + rule_text(rule.page().what, language)
        tail += "" if rule.is_default else " " + _("(only if selected)")
        lines.add_marked(rule.name, "heading", tail, hang=widest + len(severity))
    write(str(lines))
