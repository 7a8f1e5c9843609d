"""`grcm cache`: show where the cache of large folders is, or delete it."""

import os

import typer

from grcm_cli.cli import options
from grcm_cli.cli.session import Session, say, write_line
from grcm_cli.language.text import _, counted, reason
from grcm_cli.lookups.errors import MachineFailed
from grcm_cli.storage.cache import cache_folder, kept_files

ACTIONS = ("where", "clear")


def cache(
    ctx: typer.Context,
    action: str = options.choice_argument(
        ACTIONS, "What to do: show where they are, or clear them.", default="where"
    ),
) -> int:
    """Print the folder, the number and the size of the cache's files, or delete them."""
    Session.of(ctx)
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
        return 0
    files = counted("{count} file", "{count} files", len(kept))
    message = _("cleared: {files}, {size} KB") if action == "clear" else _("{files}, {size} KB")
    write_line("{folder}: " + message, folder=folder, files=files, size=-(-size // 1000))
    return 0
