"""The templates of pages: all that is data is escaped, and safe for a terminal too."""

from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from grcm_cli.language import text
from grcm_cli.language.articles import grammar
from grcm_cli.language.days import long_day
from grcm_cli.language.text import clean

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
        finalize=_cleaned,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Looked up at each call: the language changes between pages.
    made.globals["_"] = lambda message: text._(message)  # noqa: PLW0108 - not `text._` itself
    made.globals["ngettext"] = lambda one, many, count: text.ngettext(one, many, count)  # noqa: PLW0108
    made.filters["long_day"] = long_day
    made.filters["own_name"] = lambda language: grammar(language)["name"]
    made.filters["zip"] = zip
    return made


def _cleaned(value: object) -> object:
    # Only data is a plain str; the template's own HTML is Markup.
    return _clean(value) if type(value) is str else value


@lru_cache(maxsize=4096)  # most texts of a page were on the one before: a tenth of a site's time
def _clean(text: str) -> str:
    return clean(text)
