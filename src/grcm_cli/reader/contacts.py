"""Who signs letters, and to whom they go, as register.yaml has it."""

from collections.abc import Mapping
from typing import Any

from grcm_cli.domain.model import Contact, Secretariat
from grcm_cli.language.text import N_, _
from grcm_cli.reader import fields
from grcm_cli.reader.advice import advise
from grcm_cli.reader.events import Event
from grcm_cli.reader.values import Values, part_of


def secretariat(file: Values, event: Event) -> Secretariat:
    """Return who signs the letters."""
    got = file.fields(event, _SECRETARIAT)
    address, signature = _lines_of(got, "address"), _lines_of(got, "signature")
    return Secretariat(got.get("name"), address, got.get("place"), signature, got.get("email"))


def contact(file: Values, event: Event) -> Contact:
    """Return to whom the letters to a party go."""
    got = file.fields(event, _CONTACT)
    return Contact(
        name=got.get("name"),
        title=got.get("title"),
        salutation=got.get("salutation"),
        address=_lines_of(got, "address"),
        email=got.get("email") or (),
    )


def _email(file: Values, event: Event) -> str | None:
    """Return an e-mail address; a name beside it, or a second one, is a finding."""
    problems = len(file.problems)
    expected = N_("an e-mail address, as secretaria@example.org")
    word = file.matching(event, fields.EMAIL.fullmatch, "wrong-type", expected)
    advise(file.problems, problems, _("write the address alone, without a name; several in [ ]"))
    return word.text if word else None


def _lines_of(got: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return the lines of a list, or those of one text below `|`."""
    return tuple(
        line.strip() for text in got.get(key) or () for line in text.splitlines() if line.strip()
    )


_SECRETARIAT = part_of(N_("the secretariat"), fields.SECRETARIAT, email=_email)
_CONTACT = part_of(
    N_("a contact"), fields.CONTACT, email=lambda file, event: file.each_of(event, _email)
)
