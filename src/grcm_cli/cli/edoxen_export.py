"""`grcm export edoxen DIR`: the record as collections of decisions and meetings."""

from pathlib import Path

import typer

from grcm_cli.cli.errors import BadData, WrongUse
from grcm_cli.cli.lookups import find_body, find_meeting
from grcm_cli.cli.output import write_files
from grcm_cli.cli.session import Session, say, write_line
from grcm_cli.exports.edoxen import render
from grcm_cli.language.text import _, ngettext

_TAKEN = frozenset({"asked", "target", "body", "meeting", "force"})


def export_collections(
    context: typer.Context,
    target: Path | None,
    session: Session,
    body: str | None,
    meeting: str | None,
    *,
    force: bool,
) -> int:
    """Write a file of decisions and one of its own for each meeting; say what they leave out.

    Raises WrongUse without a folder, and BadData where some of the record cannot be read.
    """
    if target is None:
        raise WrongUse(_("name the folder: {form}"), form="grcm export edoxen DIR")
    for name in context.params:
        source = context.get_parameter_source(name)
        if name not in _TAKEN and source is not None and source.name == "COMMANDLINE":
            raise WrongUse(_("edoxen takes only --body, --meeting and --force"))
    record = session.open()
    folder = session.here / target
    if folder.exists() and not folder.is_dir():
        raise WrongUse(_("{path} is no folder"), path=session.shown(folder))
    if record.problems:
        record.finish((), wanted=False)
        raise BadData(_("with these errors the collections would be incomplete: none was written"))
    code = find_body(record.register, body).code if body else None
    only = find_meeting(record.register, meeting).id if meeting else None
    chosen = [
        one
        for one in record.register.meetings
        if (only is None or one.id == only)
        and (code is None or (one.body and one.body.text == code))
    ]
    made = render(record.register, chosen)
    if not made.files:
        say(_("there is nothing to write"))
        return 0
    write_files({folder / name: data for name, data in made.files.items()}, session, force=force)
    count = len(made.files)
    written = ngettext("{path}: {count} file", "{path}: {count} files", count)
    write_line(written, path=session.shown(folder), count=count)
    if made.mandates:
        left = ngettext(
            "left out, as the format has no place for it: {count} mandate, with its deadline",
            "left out, as the format has no place for them: {count} mandates, with their deadlines",
            made.mandates,
        )
        say(left, count=made.mandates)
    if made.references or made.others:
        say(
            _("left out too: references to older conclusions: {links}; notes and annexes: {notes}"),
            links=made.references,
            notes=made.others,
        )
    return 0
