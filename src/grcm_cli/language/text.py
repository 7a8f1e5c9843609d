"""Translation, folding and terminal-safe cleaning of text."""

import errno
import gettext
import math
import os
import re
import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from grcm_cli.language.characters import is_safe, with_escapes

LANGUAGES = ("es", "en", "fr", "pt")
"""The languages of the interface. English is the language of the source and needs no catalogue.

docs/languages.md says what else a language needs; none of it is Python.
"""
DEFAULT_LANGUAGES = ("es", "en")  # those of a record that names none of the interface's
READ_LANGUAGES = ("es", "en")
"""The languages of the documents that `grcm draft` reads, and of the words that rules look for."""

_DOMAIN = "grcm"
_LOCALE = Path(__file__).parents[1] / "locale"
NaturalKey = tuple[tuple[int, int, str], ...]
_ROMANS = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_DIGITS = re.compile(r"([0-9]{1,18})")
_HYPHEN = re.compile("[-\u2010-\u2015\u2212]")
_NOT_COMPARED = str.maketrans("", "", ".'`\u2018\u2019\u201b\u02bb\u02bc\u2032")
"""A dot, and the signs that people and programs write for an apostrophe."""


class _Block(threading.local):
    """The language of the innermost `using_language`, of each thread its own; None outside."""

    language: str | None = None


_of_process = "en"
_of_block = _Block()
Rewording = Callable[[str], str]
_rewordings: Mapping[str, Rewording] = {}  # what the messages of a language go through


class Noun(NamedTuple):
    """A noun of a language: its numbers, and its gender where the language has genders."""

    singular: str
    plural: str
    gender: str = ""  # `m` or `f`; empty in English


def set_rewordings(by_language: Mapping[str, Rewording]) -> None:
    """Set what all later messages of a language go through: the words of the record's process."""
    global _rewordings  # noqa: PLW0603 - one record for one process, as its language
    _rewordings = by_language
    in_language.cache_clear()


def reworded(message: str, language: str) -> str:
    """Return a message of a language with the words of the record's process."""
    reword = _rewordings.get(language)
    return reword(message) if reword else message


def N_(message: str) -> str:  # noqa: N802 - gettext's customary name for "translate later"
    """Mark a message for the catalogue and return it as it is."""
    return message


def set_language(language: str) -> None:
    """Set the language of all later messages, one of LANGUAGES.

    It holds for the process, so that only the command line and what it starts call it: typer looks
    its own messages up in the same catalogue, by the environment's LANGUAGE.
    """
    global _of_process  # noqa: PLW0603 - gettext's own model: one language for one process
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(_DOMAIN, str(_LOCALE))
    gettext.textdomain(_DOMAIN)
    _of_process = language


def current_language() -> str:
    """Return the language of the messages, for what is no message: the name of a month."""
    return _of_block.language or _of_process


@contextmanager
def using_language(language: str) -> Iterator[None]:
    """Set the language of the messages of a block, as of a letter, for this thread alone."""
    before = _of_block.language
    _of_block.language = language
    try:
        yield
    finally:
        _of_block.language = before


_MACHINE = {
    errno.ENOENT: N_("it does not exist"),
    **dict.fromkeys((errno.EACCES, errno.EPERM), N_("permission denied")),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("it is not a folder"),
    errno.EEXIST: N_("it already exists"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EROFS: N_("the disk is read-only"),
    errno.EINVAL: N_("it is not a regular file"),
    errno.EIO: N_("the disk does not respond"),
    errno.ELOOP: N_("its links form a circle"),
    errno.ENAMETOOLONG: N_("its name is too long"),
}


def reason(error: OSError) -> str:
    """Return the reason of an operating system error, translated where it is a common one."""
    message = _MACHINE.get(error.errno or 0)
    return _(message) if message else clean(error.strerror or str(error))


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language that the locale variables of an environment ask for, else English."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        wishes = [wish for wish in environment.get(variable, "").split(":") if wish]
        codes = (re.split(r"[_.@-]", wish.lower())[0] for wish in wishes)
        if wishes:
            return next((code for code in codes if code in LANGUAGES), "en")
    return "en"


def _(message: str) -> str:
    """Return a message in the reader's language."""
    return in_language(message, current_language()) if message else ""


@cache  # a page has hundreds, of which most repeat
def in_language(message: str, language: str) -> str:
    """Return a message in a language, whatever the reader's is."""
    return reworded(_catalogue(language).gettext(message), language)


@cache
def _catalogue(language: str, domain: str = _DOMAIN) -> gettext.NullTranslations:
    """Return a catalogue of messages; that of English has none, and returns each as it is."""
    return gettext.translation(domain, str(_LOCALE), [language], fallback=True)


def rule_text(text: str, language: str) -> str:
    """Return a text of a rule's manual page, which has a catalogue of its own, in a language."""
    return _catalogue(language, "rules").gettext(text)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return a message in the reader's language and in the number that fits `count`."""
    language = current_language()
    return reworded(_catalogue(language).ngettext(singular, plural, count), language)


def counted(singular: str, plural: str, count: int) -> str:
    """Return a message in the number that fits `count`, and fill its `{count}` alone."""
    return ngettext(singular, plural, count).replace("{count}", str(count))


def word_file(name: str) -> str:
    """Return the text of a file of `words`."""
    return (Path(__file__).parent / "words" / name).read_text(encoding="utf-8")


def word_lines(name: str, section: str) -> Iterator[str]:
    """Yield the lines of a `[section]` of a file of `words`, without comments."""
    part = word_file(name).partition(f"[{section}]\n")[2].partition("\n[")[0]
    yield from (line for line in part.splitlines() if line and not line.startswith("#"))


def word_tables(name: str) -> Mapping[str, Any]:
    """Return the tables of a TOML file of `words`."""
    import tomllib  # 5 ms; most lists need no table

    return tomllib.loads(word_file(name))


def labelled(label: str, text: str) -> str:
    """Return a text after its label, with the colon of the messages' language."""
    return _("{label}: {text}").format(label=label, text=text)


def in_series(parts: Iterable[str]) -> str:
    """Return the parts that are not empty with semicolons between; a question ends a sentence."""
    series, mark = "", _("; ")
    for part in filter(None, parts):
        if series.endswith("?"):
            series += f" {part[0].upper()}{part[1:]}"
        else:
            series += f"{mark}{part}" if series else part
    return series


def in_quotes(text: str) -> str:
    """Return a text in the quotation marks of the messages' language."""
    return _("“{words}”").format(words=text)


def half_up(number: float, decimals: int = 0) -> str:
    """Return a number rounded as people do, a half up: 62.5 is 63."""
    scale = 10**decimals
    return f"{math.floor(number * scale + 0.5) / scale:.{decimals}f}"


def roman(number: int) -> str:
    """Return a number in small roman letters."""
    letters = ""
    for worth, sign in _ROMANS:
        letters += sign * (number // worth)
        number %= worth
    return letters


def fold(text: str) -> str:
    """Return `text` without case, accents, dots, apostrophes and white space, to compare names."""
    plain = unicodedata.normalize("NFKD", text)
    kept = (sign for sign in plain if not (unicodedata.combining(sign) or sign.isspace()))
    return "".join(kept).translate(_NOT_COMPARED).casefold()


def fold_name(text: str) -> str:
    """Return a name as `fold` does, without its hyphens: Guinea-Bissau and Guinea Bissau."""
    return _HYPHEN.sub("", fold(text))


class _FoldedCharacters(dict[int, str]):
    """Characters without case and accents, by their code points; each is made once."""

    def __missing__(self, code: int) -> str:
        """Return what stands for a character: one character, itself if there is no other."""
        base = unicodedata.normalize("NFKD", chr(code))[:1].casefold()
        folded = self[code] = base if len(base) == 1 else chr(code)
        return folded


_FOLDED = _FoldedCharacters()


def in_small_letters(text: str) -> str:
    """Return `text` in small letters, as long as `text`."""
    return text.replace("İ", "I").lower()


def fold_words(text: str) -> str:
    """Return `text` without case and accents, character for character as long as `text`."""
    return text.translate(_FOLDED)


@lru_cache(maxsize=4096)  # most are the codes of parties, again and again
def natural_key(text: str) -> NaturalKey:
    """Return a sort key that orders codes by the numbers in them: 8 before 12, 12 before 12.a."""
    parts = enumerate(_DIGITS.split(text.casefold()))  # every second one is a number
    return tuple([(0, int(part), "") if at % 2 else (1, 0, part) for at, part in parts if part])


def collapse(text: str) -> str:
    """Return `text` in NFC with single spaces: the same for texts that are equal word for word."""
    return with_single_spaces(unicodedata.normalize("NFC", text))


def with_single_spaces(text: str) -> str:
    """Return `text` with each run of white space as one space, and none at its ends."""
    return " ".join(text.split())


def on_one_line(text: str) -> str:
    """Return `text` without line breaks and doubled spaces; its no-break spaces stay."""
    return " ".join(filter(None, text.replace("\n", " ").split(" ")))


def clean(text: str) -> str:
    """Return `text` safe for a terminal, on one line; what is not seen becomes an escape."""
    return text if is_safe(text) else with_escapes(text)


def clean_lines(text: str) -> str:
    """Return `text` with each of its lines made safe by `clean`."""
    return "\n".join(map(clean, text.split("\n"))) if "\n" in text else clean(text)
