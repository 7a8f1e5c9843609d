"""The grammar of `due`: texts in the forms of the table `FORMS`, and ids of meetings, in none.

No other text is ever read as a deadline; there is no fuzzy parser.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from grcm_cli.domain import due_forms
from grcm_cli.domain.due import Due
from grcm_cli.language.text import _

MEETING_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}", re.ASCII)
DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)
"""The names that Windows takes for devices: no file can be called so there."""
_LIKE_A_DATE = "[0-9][0-9QHWqhw/.-]*"
_FIELDS: Mapping[str, str] = {
    "day": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "month": "[0-9]{4}-(?:0[1-9]|1[0-2])",
    "year": "[0-9]{4}",
    "quarter": "[1-4]",
    "half": "[12]",
    "day_of_year": "[0-9]{2}-[0-9]{2}",
    "amount": "[1-9][0-9]{0,4}",
    "unit": "(?:day|week|month|year)s?",
    "body": "[A-Z][A-Z0-9-]{1,19}",
}
"""The fields of the forms; beside them there is `meeting`, an id that is in no other form."""
_VALUES: Mapping[str, Callable[[str], object]] = {
    "amount": int,
    "unit": lambda text: f"{text.removesuffix('s')}s",
    "day": date.fromisoformat,
    "day_of_year": lambda text: date.fromisoformat(f"2000-{text}"),  # a leap year
}
"""What fields say that are more than text; ValueError for a day that the calendar lacks."""


class Grammar(NamedTuple):
    """What is made of the table of forms."""

    pattern: re.Pattern[str]  # a named group for each form, and a group for each of its fields
    forms: Mapping[str, tuple[type[Due], Sequence[tuple[int, str]]]]
    """By the name of its group: the form, with the group and the name of each field."""
    no_id: re.Pattern[str]  # what reads as a day, or as a word with which a form begins


@cache
def grammar() -> Grammar:
    """Return the grammar of all forms."""
    no_id = f"{_LIKE_A_DATE}|(?i:{'|'.join(reserved_words())})"
    groups = {name: f"({field})" for name, field in _FIELDS.items()}
    groups["meeting"] = f"((?!(?:{no_id})$){MEETING_ID.pattern})"
    parts = [f"(?P<{form.__name__}>{form.pattern.format(**groups)})" for form in due_forms.FORMS]
    pattern = re.compile("|".join(parts))
    forms = {}
    for form in due_forms.FORMS:
        names = re.findall(r"{(\w+)}", form.pattern)
        forms[form.__name__] = form, list(enumerate(names, pattern.groupindex[form.__name__] + 1))
    return Grammar(pattern, forms, re.compile(no_id))


def parse_due(text: str) -> Due | None:
    """Return the parsed form of a `due`, else None."""
    pattern, forms, _no_id = grammar()
    match = pattern.fullmatch(text)
    if match is None or match.lastgroup is None:
        return None
    form, fields = forms[match.lastgroup]
    try:
        values = {name: _VALUES.get(name, str)(match[at]) for at, name in fields if match[at]}
        return form.parse(text, values)
    except ValueError:  # no day of the calendar
        return None


def schema_pattern(fields: Mapping[str, str]) -> str:
    """Return the pattern of all forms, with other patterns in the place of some fields."""
    return "|".join(form.pattern.format(**{**_FIELDS, **fields}) for form in due_forms.FORMS)


def due_fields(text: str) -> list[tuple[str, int, int]]:
    """Return the name of each field of a text in a form, and the two ends of its part of it."""
    pattern, forms, _no_id = grammar()
    match = pattern.fullmatch(text)
    fields = forms[match.lastgroup][1] if match and match.lastgroup else ()
    return [(name, *match.span(group)) for group, name in fields if match and match[group]]


def due_examples() -> dict[str, str]:
    """Return the texts that findings and editors offer, each with its meaning in English."""
    return dict(example for form in due_forms.FORMS for example in form.examples)


def due_offers() -> list[str]:
    """Return what an editor offers in a record, with `{body}` and other fields to be filled in."""
    by_rank = sorted(due_forms.FORMS, key=lambda form: form.rank)
    return [offer for form in by_rank for offer in form.offers or (form.pattern,)]


def reserved_words() -> list[str]:
    """Return the words with which forms begin."""
    words = (re.match("[a-z]+", form.pattern) for form in due_forms.FORMS)
    return list(dict.fromkeys(match[0] for match in words if match))


def reads_as_due(text: str) -> bool:
    """Tell whether a meeting's id would read as another form of `due`, which no id may."""
    return bool(grammar().no_id.fullmatch(text))


def fault_of_id(text: str) -> str:
    """Return why no meeting can have an id of the right form, or an empty text."""
    if reads_as_due(text):
        return _("the id '{text}' reads as a date").format(text=text)
    if DEVICE.fullmatch(text):
        message = _("Windows takes '{text}' for a device: no file can have that name")
        return message.format(text=text)
    return ""
