"""Values → HTML: the templates, with every text cleaned and escaped on its way."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from grcm_cli.language import text
from grcm_cli.language.days import long_day
from grcm_cli.language.text import LANGUAGES, clean
from grcm_cli.site.page_data import Book

_HERE = Path(__file__).parent
ASSETS = ("style.css", "site.js", "icon.svg")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_cleaned,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Looked up at each call: the language changes between pages.
    environment.globals["_"] = lambda message: text._(message)  # noqa: PLW0108 - as said
    environment.filters["long_day"] = long_day
    return environment


def _cleaned(value: object) -> object:
    # A template's own HTML is no plain str; what comes of data is.
    return clean(value) if type(value) is str else value


def page(book: Book, template: str, path: str, values: Mapping[str, object]) -> bytes:
    """Return a page of a language. `path` is its address in the language's folder."""
    depth = path.count("/")
    html = (
        _environment()
        .get_template(template)
        .render(
            book=book,
            path=path,
            up="../" * depth,
            root="../" * (depth + 1),
            others=[language for language in LANGUAGES if language != book.language],
            **values,
        )
    )
    return html.encode()


def entrance(title: str, language: str) -> bytes:
    """Return the page at the root, which leads to the language that the process speaks first."""
    template = _environment().get_template("entrance.html")
    return template.render(title=title, language=language, languages=LANGUAGES).encode()


def asset(name: str) -> bytes:
    """Return a style sheet or script as it is."""
    return (_HERE / "assets" / name).read_bytes()
