"""Make the files of a further language of the interface: `python -m tools.new_language CODE`.

`make messages` has written the templates of the catalogues before. docs/languages.md says what
is to be done with each file.
"""

import re
import sys
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent

_PACKAGE = Path("src/grcm_cli")
_WORDS = _PACKAGE / "language/words"
_COPIED = (
    f"{_WORDS.as_posix()}/grammar_{{}}.toml",
    f"{_PACKAGE.as_posix()}/letters/templates/reminder.{{}}.md",
)
_NEXT = """\
made {files}

Next, as docs/languages.md says:
1. Translate both catalogues, the grammar, the months and the letter.
2. Name {code} in LANGUAGES of {package}/language/text.py.
3. make messages; then pytest tests/language lists what is missing.
"""


def make(code: str, root: Path = ROOT) -> str:
    """Write the files of a language, and return what is to be done next.

    `code` is one of ISO 639-1. Raise ValueError for a language that is not known, or is there.
    """
    catalogues = root / _PACKAGE / "locale" / code / "LC_MESSAGES"
    if not re.fullmatch("[a-z]{2}", code) or code == "en" or catalogues.exists():
        message = f"a language is a code of two letters that has no files yet, not {code!r}"
        raise ValueError(message)
    try:
        locale = Locale.parse(code)
    except UnknownLocaleError as error:
        message = f"no language has the code {code!r}"
        raise ValueError(message) from error
    made = []
    catalogues.mkdir(parents=True)
    for domain in ("grcm", "rules"):
        with (root / "build" / f"{domain}.pot").open("rb") as file:
            catalogue = read_po(file, locale=locale)
        catalogue.fuzzy = False
        catalogue.header_comment = "# Edit here, then: make messages"
        made.append(catalogues / f"{domain}.po")
        with made[-1].open("wb") as file:
            write_po(file, catalogue, width=0)
    for folder, name in (
        (_WORDS, "grammar_{}.toml"),
        (_PACKAGE / "letters/templates", "reminder.{}.md"),
    ):
        made.append(root / folder / name.format(code))
        made[-1].write_bytes((root / folder / name.format("en")).read_bytes())
    months = root / _WORDS / "months.txt"
    months.write_text(
        months.read_text(encoding="utf-8") + f"{code}: " + " ".join(["?"] * 12) + "\n",
        encoding="utf-8",
    )
    shown = [path.relative_to(root).as_posix() for path in [*made, months]]
    return _NEXT.format(files=", ".join(shown), code=code, package=_PACKAGE.as_posix())


if __name__ == "__main__":
    try:
        print(make(sys.argv[1] if len(sys.argv) > 1 else ""))  # noqa: T201 - the program's output
    except ValueError as problem:
        sys.exit(str(problem))
