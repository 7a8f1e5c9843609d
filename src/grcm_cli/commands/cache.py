"""`grcm cache`: where the facts of large folders are kept, and how to be rid of them."""

import os
from contextlib import suppress
from typing import Annotated

import typer

from grcm_cli.cache import location
from grcm_cli.cli import options as given
from grcm_cli.cli.session import Session, say, write
from grcm_cli.language.text import _, clean, ngettext

HELP = _(
    "Tell where the facts of large folders are kept, or clear them.\n\n"
    "Lists of a large data folder are read from there while no file has changed. It lies outside "
    "of the data; cleared, it is made again by the next list."
)
ACTIONS = ("where", "clear")

ActionArgument = Annotated[
    str,
    typer.Argument(
        metavar="|".join(ACTIONS),
        parser=given.choice(*ACTIONS),
        help=_("What to do: tell where they are, or clear them."),
        autocompletion=lambda: [(name, "") for name in ACTIONS],
    ),
]


def cache(ctx: typer.Context, action: ActionArgument = "where") -> int:
    """Tell or clear what is kept, and return the exit code."""
    Session.of(ctx)
    found = location.kept(os.environ)
    size = 0
    for path in found:
        with suppress(FileNotFoundError):  # another run may be done with it
            size += path.stat().st_size
            if action == "clear":
                path.unlink()
    place = location.folder(os.environ)
    if not found:
        say(_("Nothing is kept."))
        return 0
    said = ngettext("{count} file", "{count} files", len(found)).format(count=len(found))
    message = _("cleared: {files}, {size} KB") if action == "clear" else _("{files}, {size} KB")
    told = message.format(files=said, size=-(-size // 1000))
    write(f"{clean(str(place))}: {told}\n")
    return 0
