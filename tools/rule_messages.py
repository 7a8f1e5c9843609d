"""Write the texts of the manual that come from the program: `python -m tools.rule_messages FILE`.

They are the pages of rules, and what the reference says of states, exit codes, formats and keys of
JSON: texts that no run but `explain` shows, in a catalogue of their own.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from grcm_cli.cli.command_table import help_sections, option_texts
from grcm_cli.cli.output_schema import output_schema
from grcm_cli.commands.program import REMARK
from grcm_cli.domain.changes import CHANGE_ABOUTS
from grcm_cli.domain.diff import DIFFERENCE_ABOUTS
from grcm_cli.domain.task import STATE_ABOUTS
from grcm_cli.formats import FORMATS
from grcm_cli.lookups.errors import EXIT_CODES
from grcm_cli.rules import rules_by_name
from tools.reference import WORDS


def messages() -> list[str]:
    """Return the texts, in order."""
    pages = [rule.page() for rule in rules_by_name().values()]
    rules = [text for page in pages for text in (page.what, page.why)]
    remarks = [text for page in pages for text in REMARK.findall(f"{page.bad}\n{page.good}")]
    formats = (known.about for known in FORMATS.values())
    described = _texts(output_schema(), "description")
    tables = (STATE_ABOUTS, CHANGE_ABOUTS, DIFFERENCE_ABOUTS, EXIT_CODES)
    abouts = (about for table in tables for about in table.values())
    return sorted({*rules, *remarks, *abouts, *formats, *described, *WORDS})


def _texts(schema: object, *keys: str) -> Iterator[str]:
    """Yield the texts of these keys in a JSON Schema."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key in keys and isinstance(value, str):
                yield value
            else:
                yield from _texts(value, *keys)
    elif isinstance(schema, list):
        for value in schema:
            yield from _texts(value, *keys)


def help_messages(
    file: IO[bytes], *_asked: object, **_options: object
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield the help of commands and of their options as messages of babel."""
    for about, options in help_sections(file.read().decode()).values():
        yield from ((1, "", text, []) for text in (about, *option_texts(options).values()) if text)


def schema_messages(
    file: IO[bytes], *_asked: object, **_options: object
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield the titles and descriptions of a JSON Schema as messages of babel."""
    yield from ((1, "", text, []) for text in _texts(json.load(file), "title", "description"))


def main(path: Path) -> None:
    """Write the template of the catalogues."""
    catalogue = Catalog(charset="utf-8")
    for message in messages():
        catalogue.add(message)
    with path.open("wb") as file:
        write_po(file, catalogue, width=0, omit_header=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
