"""`grcm rename party|group|theme|meeting OLD NEW`: give one of them another code or id."""

from collections.abc import Callable, Mapping

import typer

from grcm_cli.cli import options
from grcm_cli.cli.output import rewrite_all
from grcm_cli.cli.session import Session, say, write_line
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _, counted
from grcm_cli.lookups.edits import Renamed, renamed_files
from grcm_cli.lookups.errors import WrongUse
from grcm_cli.lookups.names import find_group, find_meeting, find_party, find_theme, refuse_outside
from grcm_cli.storage import files

KINDS: Mapping[str, Callable[[Register, str], Renamed]] = {
    "party": find_party,
    "group": find_group,
    "theme": find_theme,
    "meeting": lambda register, word: find_meeting(register, word, ""),
}
"""What can be renamed, and what finds it."""


def rename(
    ctx: typer.Context,
    kind: str = options.choice_argument(tuple(KINDS), _("What is renamed.")),
    old: str = options.argument(_("OLD"), _("Its current code or id."), "shown"),
    new: str = options.argument(_("NEW"), _("Its new code or id.")),
    alias: bool = options.flag(
        "--alias",
        _(
            "Keep the old code among the party's aliases, so that forms already sent can "
            "still be recorded."
        ),
    ),
    dry_run: bool = options.DRY_RUN,
) -> int:
    """Change every reference in the folder, in all files or in none; print what changes where."""
    if alias and kind not in ("party", "group"):
        message = _("--alias is only for a party or a group: other old codes and ids are not kept")
        raise WrongUse(message)
    session = Session.of(ctx)
    record = session.open()
    folder, find = record.folder, KINDS[kind]
    change = renamed_files(
        folder, session.as_of, lambda register: find(register, old), new, with_old=alias
    )
    changes = {}
    for name in {**change.before, **change.after}:
        path, before, after = folder / name, change.before.get(name), change.after.get(name)
        refuse_outside(path, folder, session.here)
        changes[path] = files.replacement(session.shown(path), before, after)
    if not dry_run:
        rewrite_all(changes, session)
    for name, count in sorted(change.words.items()):
        shown = session.shown(folder / name)
        if change.file and name == change.file[0]:
            shown = f"{shown} → {session.shown(folder / change.file[1])}"
        message = counted("{path}: {count} value", "{path}: {count} values", count)
        write_line(message if count else _("{path}: only its name changes"), path=shown)
    if dry_run:
        say(_("nothing was written"))
    return record.finish()
