"""`grcm validate`: every problem of every file in one run."""

import os
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from grcm_cli import findings as results
from grcm_cli.checker import check
from grcm_cli.commands import arguments as given
from grcm_cli.commands.desk import Desk, say, write
from grcm_cli.commands.stops import WrongUse
from grcm_cli.findings import Finding
from grcm_cli.loader import Loaded, load, read_lines, shown_path
from grcm_cli.rules import every_rule
from grcm_cli.text import _, clean, ngettext

HELP = _(
    "Check the data folder.\n\n"
    "Every problem of every file in one run, with its place and what to write instead. Exit 0 "
    "without errors, 1 with, 3 where a file cannot be read."
)
REPORTERS = ("full", "concise")


def validate(
    ctx: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar=_("[PATH]..."),
            help=_("Show only findings in these files and folders; all is read all the same."),
        ),
    ] = None,
    format_name: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="|".join(REPORTERS),
            parser=given.choice(*REPORTERS),
            help=_("How the findings are written."),
            autocompletion=lambda: [(name, "") for name in REPORTERS],
        ),
    ] = "full",
    strict: Annotated[bool, typer.Option("--strict", help=_("Warnings count as errors."))] = False,
) -> int:
    """Answer, and return the exit code."""
    desk = Desk.of(ctx)
    wanted = [_existing(path, desk.here) for path in paths or ()]
    folder = desk.folder(wanted[0] if wanted else None)
    loaded = load(folder, desk.here)
    found = _chosen(_all_findings(loaded), wanted, folder, desk.here)
    reporter = import_module(f"grcm_cli.reporters.{format_name}")
    shown, left_out = results.capped(found)
    write(reporter.render(shown, lambda path: read_lines(desk.here / path)))
    for path, count in left_out.items():
        more = ngettext("{path}: {count} more", "{path}: {count} more", count)
        say(more.format(path=clean(path), count=count))
    say(_tally(found, loaded))
    return results.exit_code(found, strict=strict)


def _existing(path: Path, here: Path) -> Path:
    if not path.exists() and not path.is_symlink():
        raise WrongUse(_("there is no {path}").format(path=clean(str(path))))
    return Path(os.path.abspath(here / path))  # noqa: PTH100 - `..` goes, links stay


def _all_findings(loaded: Loaded) -> list[Finding]:
    seen = list(loaded.findings)
    if loaded.register is not None:
        seen += check(loaded.register, every_rule())
    return results.in_order(seen)


def _chosen(
    found: Sequence[Finding], wanted: Sequence[Path], folder: Path, here: Path
) -> list[Finding]:
    """Return the findings in the files and folders that are asked for; all where none are."""
    if not wanted:
        return list(found)
    for path in wanted:
        if not (path.is_relative_to(folder) or folder.is_relative_to(path)):
            message = _("{path} is not in the data folder, {folder}")
            shown = shown_path(folder, here)
            raise WrongUse(message.format(path=clean(str(path)), folder=clean(shown)))
    return [
        finding
        for finding in found
        if any((here / finding.at.path).is_relative_to(path) for path in wanted)
    ]


def _tally(found: Sequence[Finding], loaded: Loaded) -> str:
    errors = len(results.errors(found))
    warnings = len(found) - errors
    files = ngettext("{count} file read", "{count} files read", len(loaded.files))
    read = files.format(count=len(loaded.files))
    if not found:
        return _("No problems; {files}.").format(files=read)
    said = ngettext("{count} error", "{count} errors", errors).format(count=errors)
    odd = ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings)
    return f"{said}, {odd}; {read}."
