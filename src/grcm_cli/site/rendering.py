"""The templates of pages: all that is data is escaped, and safe for a terminal too."""

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from grcm_cli.language import text
from grcm_cli.language.articles import grammar
from grcm_cli.site.links import linked_parts
from grcm_cli.site.page_data import PartyLink
from grcm_cli.views import labels

_HERE = Path(__file__).parent
ASSETS = _HERE / "assets"
"""The folder of style sheets and scripts."""


@cache
def environment() -> Environment:
    """Return the environment in which pages are rendered."""
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: html(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(
        # Looked up at each call: the language changes between pages.
        _=lambda message: text._(message),  # noqa: PLW0108 - not `text._` itself
        ngettext=lambda one, many, count: text.ngettext(one, many, count),  # noqa: PLW0108 - as above
        parties=parties,
        labels=labels,
        linked_parts=linked_parts,
    )
    made.filters.update(
        collapse=text.collapse,
        own_name=lambda language: grammar(language)["name"],
    )
    return made


@lru_cache(maxsize=8192)  # most texts of a page were on the one before: a tenth of a site's time
def html(value: str) -> Markup:
    """Return a text, escaped, and safe for a terminal too."""
    return escape(text.clean(value))


def parties(owed: Sequence[Sequence[PartyLink]], up: str, *, isolated: bool = False) -> Markup:
    """Return the parties of several tasks, with the links to their pages.

    Their names may be of another direction than the text, and are then `isolated`.
    """
    texts = [" + ".join([_party(link, up, isolated) for link in links]) for links in owed]
    return Markup(", ".join(texts))  # noqa: S704 - its parts are escaped


@lru_cache(maxsize=4096)
def _party(link: PartyLink, up: str, isolated: bool) -> str:  # noqa: FBT001 - as `parties` has it
    label = html(link.label)
    if isolated:
        label = Markup("<bdi>{}</bdi>").format(label)
    if not link.path:
        return label
    title = Markup("")
    if link.title and link.title != link.label:
        title = Markup(' title="{}"').format(html(link.title))
    return Markup('<a href="{}{}"{}>{}</a>').format(html(up), html(link.path), title, label)
