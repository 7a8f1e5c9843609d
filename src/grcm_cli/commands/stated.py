"""What an officer states of a meeting by options, where its document does not or says otherwise."""

from collections.abc import Mapping

from grcm_cli import writer
from grcm_cli.commands import arguments as given
from grcm_cli.commands.stops import WrongUse
from grcm_cli.deadlines import DAY_FORM, parse_day, reads_as_due
from grcm_cli.minutes.draft import Draft
from grcm_cli.reader.characters import unseen
from grcm_cli.register import Register
from grcm_cli.text import LANGUAGES, _, clean


def stated(register: Register, said: Mapping[str, str]) -> dict[str, str]:
    """Return the keys that options give, each as a file writes it. Raises WrongUse."""
    keys = {key: " ".join(word.split()) for key, word in said.items()}
    for key, word in keys.items():
        _text(key, word)
    if "body" in keys:
        keys["body"] = given.body_code(register, keys["body"]) or ""
    if "country" in keys:
        keys["country"] = _country(register, keys["country"])
    for key in ("start", "end"):
        if key in keys and parse_day(keys[key]) is None:
            message = _("'{text}' is no day of the calendar; write it as {form}")
            raise WrongUse(message.format(text=clean(keys[key]), form=DAY_FORM))
    if "id" in keys and (writer.file_name(keys["id"]) is None or reads_as_due(keys["id"])):
        message = _("'{text}' is no id of a meeting: letters, digits and hyphens")
        raise WrongUse(message.format(text=clean(keys["id"])))
    if keys.get("language", "es") not in LANGUAGES:
        message = _("{name}: '{text}' is not one of: {choices}")
        text, choices = clean(keys["language"]), ", ".join(LANGUAGES)
        raise WrongUse(message.format(name="--language", text=text, choices=choices))
    return keys


def _text(key: str, word: str) -> None:
    if not word:
        raise WrongUse(_("{name}: the text is empty").format(name=f"--{key}"))
    if unseen(word):
        message = _("{code} is not to be seen; delete it; nothing was written")
        raise WrongUse(message.format(code=unseen(word)))


def _country(register: Register, word: str) -> str:
    party = given.party(register, word)
    if party.kind != "member":
        raise WrongUse(_("{code} is no member country").format(code=party.code))
    return party.code


def refuse_ends(found: Draft, keys: Mapping[str, str]) -> None:
    """Raise WrongUse where a day that is given contradicts one that the document states."""
    header = found.header.days[0] if found.header.days else None
    start = keys.get("start") or (header.first.isoformat() if header else "")
    end = keys.get("end") or (header.last.isoformat() if header and "start" not in keys else "")
    if start and end and end < start:
        raise WrongUse(_("the meeting ends before it starts"))
