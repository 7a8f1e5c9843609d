"""The Edoxen format as its newest generation has it: its words, and what each key takes.

`fitted` takes what fits out of a tree of texts, so that what is written is accepted by its schema.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from grcm_cli.domain.periods import parse_day
from grcm_cli.reader.fields import is_language

Tree = Any
"""Texts, lists and mappings of texts, as YAML has them."""
NAME = "edoxen"
"""The word for the format on the command line, and the key of `metadata` below which an import
keeps what grcm has no key for."""
PROFILE = "grcm"
"""The profile of the extensions in which grcm writes what the format has no key for."""
_INTEGERS = frozenset(
    (
        *("absent", "abstentions", "ayes", "by_hour", "by_minute", "by_month", "by_month_day"),
        *("by_second", "by_set_pos", "by_week_no", "by_year_day", "capacity", "count", "intValue"),
        *("interval", "noes", "ordinal", "page_end", "page_start"),
    )
)
_NUMBERS = frozenset({"floatValue", "lat", "lon"})
_BOOLEANS = frozenset({"booleanValue", "primary", "registration_required", "waiting_room"})
_OLDER = frozenset({"localizations", "language_code", "localization", "title_localized"})
"""Keys of an older generation: what has one of them is not accepted any more."""


class TextShape(NamedTuple):
    """A text, of a pattern where it has one."""

    pattern: str = ""


class Day(NamedTuple):
    """A day of the calendar."""


class OneOf(NamedTuple):
    """One of some words."""

    words: frozenset[str]


class ListOf(NamedTuple):
    """A list."""

    item: "Shape"
    least: int = 0


class Keys(NamedTuple):
    """A mapping; what lacks a required key is left out as a whole."""

    shapes: Mapping[str, "Shape"]
    required: tuple[str, ...] = ()


class Any_(NamedTuple):  # noqa: N801 - `Any` is Python's
    """What is taken as it is, but for the types of its values."""


Shape = TextShape | Day | OneOf | ListOf | Keys | Any_


def _one_of(words: str) -> OneOf:
    return OneOf(frozenset(words.split()))


_TEXT, _ANY = TextShape(), Any_()
LOCALIZED = ListOf(
    Keys({"spelling": _TEXT, "value": _TEXT, "extensions": _ANY}, ("spelling", "value"))
)
IDENTIFIER = Keys({"prefix": _TEXT, "number": _TEXT}, ("prefix", "number"))
DATE = Keys(
    {
        "date": Day(),
        "type": _one_of(
            "adoption drafted discussed proposed decided negatived withdrawn published effective"
        ),
    },
    ("date", "type"),
)
_PART = Keys(
    {"type": _TEXT, "date_effective": DATE, "message": LOCALIZED},
    ("type", "date_effective", "message"),
)
_APPROVAL = Keys(
    {
        "type": _one_of("affirmative negative"),
        "degree": _one_of("unanimous majority minority"),
        "date": DATE,
        "message": LOCALIZED,
    },
    ("type", "degree", "date"),
)
_SOURCE_URL = Keys(
    {
        "ref": _TEXT,
        "format": _TEXT,
        "spelling": _TEXT,
        "kind": _one_of(
            "agenda_pdf minutes_pdf decisions_pdf report_pdf register_url landing_page"
        ),
    },
    ("ref",),
)
_RELATION = {"source": IDENTIFIER, "destination": IDENTIFIER}
DECISION = Keys(
    {
        "identifier": ListOf(IDENTIFIER, 1),
        "kind": _one_of(
            "resolution order ruling determination recommendation statement finding opinion other"
        ),
        "status": _one_of(
            "draft proposed under_consideration decided negatived withdrawn deferred"
        ),
        **dict.fromkeys(("body_type", "doi", "urn", "agenda_item"), _TEXT),
        "dates": ListOf(DATE),
        "categories": ListOf(_TEXT),
        "meeting": Keys({"venue": _TEXT, "date": Day()}),
        "relations": ListOf(
            Keys(
                {
                    **_RELATION,
                    "type": _one_of("annex_of has_annex updates refines replaces considers cites"),
                },
                ("source", "destination", "type"),
            )
        ),
        "urls": ListOf(
            Keys({"kind": _one_of("access report"), "ref": _TEXT, "format": _TEXT}, ("kind", "ref"))
        ),
        **dict.fromkeys(("brought_by_motions", "about_topics"), ListOf(_TEXT)),
        "made_in_component": _TEXT,
        **dict.fromkeys(("title", "subject", "message", "considering"), LOCALIZED),
        "considerations": ListOf(_PART),
        "approvals": ListOf(_APPROVAL),
        "actions": ListOf(_PART),
        "extensions": _ANY,
    },
    ("identifier",),
)
_CITY = TextShape("[A-Z]{2}[A-Z0-9]{3}")
_COUNTRY = TextShape("[A-Z]{2}")
COLLECTION = Keys(
    {
        "title": LOCALIZED,
        "date": Day(),
        "source": _TEXT,
        "source_urls": ListOf(_SOURCE_URL),
        "city": _CITY,
        "country_code": _COUNTRY,
        "meeting_urn": _TEXT,
        "body_vocabulary": _ANY,
        "extensions": _ANY,
    }
)
_RANGE = Keys({"start": Day(), "end": Day()})
_MEETING_KEYS = (
    "officers hosts contact contacts bodies agenda components deadlines attendance minutes "
    "declarations venues occurred_date_range recurrence committee committee_group extensions"
)
MEETING = Keys(
    {
        "identifier": ListOf(IDENTIFIER, 1),
        **dict.fromkeys(("urn", "series_ref", "body_type", "landing_url"), _TEXT),
        "ordinal": TextShape("-?[0-9]+"),
        "registration_url": _TEXT,
        "type": _one_of(
            "plenary working_group task_group ad_hoc joint general_assembly committee subcommittee "
            "conference workshop seminar webinar hearing markup board_meeting "
            "annual_general_meeting other"
        ),
        "status": _one_of("upcoming completed cancelled"),
        "visibility": _one_of("public private confidential"),
        **dict.fromkeys(("title", "general_area", "practical_info", "note"), LOCALIZED),
        "scheduled_date_range": _RANGE,
        "city": _CITY,
        "country_code": _COUNTRY,
        "source_urls": ListOf(_SOURCE_URL),
        **dict.fromkeys(("decisions", "motions", "votings"), ListOf(IDENTIFIER)),
        "relations": ListOf(Keys({**_RELATION, "type": _TEXT}, ("source", "destination", "type"))),
        **dict.fromkeys(_MEETING_KEYS.split(), _ANY),
    },
    ("identifier", "type"),
)


def fitted(tree: Tree, shape: Shape) -> Tree:
    """Return as much of a tree as a shape takes; None where that is nothing."""
    match shape:
        case TextShape(pattern):
            is_text = isinstance(tree, str) and (not pattern or re.fullmatch(pattern, tree))
            return tree if is_text else None
        case Day():
            return tree if isinstance(tree, str) and parse_day(tree) is not None else None
        case OneOf(words):
            return tree if isinstance(tree, str) and tree in words else None
        case ListOf(item, least):
            items = tree if isinstance(tree, list) else []
            fitting = [value for each in items if (value := fitted(each, item)) is not None]
            return fitting if fitting and len(fitting) >= least else None
        case Keys(shapes, required):
            values = tree.items() if isinstance(tree, dict) else ()
            fits = {key: fitted(value, shapes[key]) for key, value in values if key in shapes}
            made = {key: value for key, value in fits.items() if value is not None}
            return made if made and all(key in made for key in required) else None
        case Any_():
            return None if _has_older(tree) else tree


def _has_older(tree: Tree) -> bool:
    """Tell whether a tree has a key of an older generation."""
    if isinstance(tree, dict):
        return not _OLDER.isdisjoint(tree) or any(map(_has_older, tree.values()))
    return isinstance(tree, list) and any(map(_has_older, tree))


def typed(tree: Tree, key: str = "") -> Tree:
    """Return a tree with numbers and truth values where the format has them, and else texts."""
    if isinstance(tree, dict):
        return {name: typed(value, name) for name, value in tree.items()}
    if isinstance(tree, list):
        return [typed(value, key) for value in tree]
    if key in _INTEGERS and re.fullmatch("-?[0-9]{1,9}", tree):
        return int(tree)
    if key in _NUMBERS and re.fullmatch(r"-?[0-9]{1,9}(?:\.[0-9]{1,15})?", tree):
        return float(tree)
    if key in _BOOLEANS and tree in ("true", "false"):
        return tree == "true"
    return tree


# --- words --------------------------------------------------------------------------------------


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


@cache
def act_of(action_type: str) -> str | None:
    """Return the act that a type of action is; None for one that is not known."""
    plain = action_type.strip().lower().replace("-", "_").replace(" ", "_")
    # The last row that has a type counts.
    rows = reversed(_words()["actions"])
    return next((str(row["act"]) for row in rows if plain in row["types"].split()), None)


def verb_of(act: str) -> str:
    """Return the type of action that an act is written as."""
    return str(_words()["verbs"][act])


def date_kind(kind: str) -> str:
    """Return a kind of date as the newest generation writes it."""
    return str(_words()["dates"].get(kind, kind))


@cache
def _spellings() -> Mapping[str, str]:
    """Return how the format writes the code of each language."""
    return dict(pair.split("=") for pair in _words()["languages"]["codes"].split())


def spelling_of(language: str) -> str:
    """Return the code of a language as the format writes it: `en` is `eng`."""
    return _spellings().get(language, language)


@cache
def language_of_spelling(spelling: str) -> str | None:
    """Return the language of a spelling: `eng` and `eng-Latn` are `en`; None for no language."""
    code = spelling.strip().partition("-")[0].lower()
    languages = {spelling: language for language, spelling in _spellings().items()}
    language = languages.get(code, code)
    return language if is_language(language) else None
