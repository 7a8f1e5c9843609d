"""`grcm search WORDS`: full text, whatever the accents and the case."""

from typing import Annotated

import typer

from grcm_cli.cli import options as given
from grcm_cli.cli.errors import WrongUse
from grcm_cli.cli.session import Session
from grcm_cli.language.text import _, clean
from grcm_cli.views import search as view

HELP = _(
    "Find the conclusions that hold all the words.\n\n"
    "Whatever their accents and case. Words in quotes are found as they stand together. The match "
    "stands between » and «."
)


def search(
    ctx: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar=_("WORDS..."), help=_("Words, or parts of words."))
    ],
    format_name: given.FormatOption = "table",
    exit_code: given.ExitCodeOption = False,
) -> int:
    """Answer, and return the exit code."""
    session = Session.of(ctx)
    wanted = [" ".join(word.split()) for word in words if word.strip()]
    if not wanted:
        raise WrongUse(_("give a word to search for"))
    record = session.open()
    found = view.search(record.register, wanted)
    said = clean(" ".join(wanted))
    answer = view.listing(found, said, session.as_of)
    session.show(answer, format_name, _("Nothing holds: {words}").format(words=said))
    return record.close(found, wanted=exit_code)
