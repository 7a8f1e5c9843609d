"""What commands that write have in common: a file that another process holds, told in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grcm_cli import writer
from grcm_cli.commands.stops import MachineFailed
from grcm_cli.loader import shown_path
from grcm_cli.text import _, clean


@contextmanager
def told(here: Path) -> Iterator[None]:
    """Tell that another process writes a file, for which we have waited in vain: exit 3."""
    try:
        yield
    except writer.LockedError as error:
        message = _("{path} is being written by process {process}; waited {seconds} seconds")
        said = message.format(
            path=clean(shown_path(error.path, here)),
            process=error.process or "?",
            seconds=int(writer.WAIT),
        )
        raise MachineFailed(said) from error
