"""`grcm search WORDS`: find conclusions by their words, whatever the accents and the case."""

import typer

from grcm_cli.cli import options
from grcm_cli.cli.session import Session
from grcm_cli.language.text import _, clean
from grcm_cli.lookups.errors import WrongUse
from grcm_cli.views import search as view


def search(
    ctx: typer.Context,
    words: list[str] = options.argument(_("WORDS..."), _("Words, or parts of words.")),
) -> int:
    """Print the conclusions that hold all the words. Raises WrongUse without a word."""
    session = Session.of(ctx)
    phrases = [" ".join(word.split()) for word in words if word.strip()]
    if not phrases:
        raise WrongUse(_("give a word to search for"))
    record = session.open()
    matches = view.search(record.register, phrases)
    searched = clean(" ".join(phrases))
    answer = view.listing(matches, searched, session.as_of)
    nothing = _("No conclusion contains these words: {words}").format(words=searched)
    return session.answer(record, answer, lambda: [nothing])
