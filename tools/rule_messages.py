"""Write the messages of the pages of rules: `python -m tools.rule_messages FILE`."""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from grcm_cli.rules import every_rule


def messages() -> list[str]:
    """Return what each rule flags and why, in order."""
    pages = [rule.page for rule in every_rule()]
    return sorted({text for page in pages for text in (page.what, page.why)})


def main(path: Path) -> None:
    """Write the template of the catalogues."""
    catalogue = Catalog(charset="utf-8")
    for message in messages():
        catalogue.add(message)
    with path.open("wb") as file:
        write_po(file, catalogue, width=0, omit_header=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
