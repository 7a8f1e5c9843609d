"""The shape of the Edoxen format as its newer generation has it: what a key takes.

`fitted` takes what fits out of a tree of texts, so that what is written is accepted by its schema.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from grcm_cli.domain.deadlines import parse_day

Tree = Any
"""Texts, lists and mappings of texts, as YAML has them."""
_INTEGERS = frozenset(
    [
        "absent",
        "abstentions",
        "ayes",
        "by_hour",
        "by_minute",
        "by_month",
        "by_month_day",
        "by_second",
        "by_set_pos",
        "by_week_no",
        "by_year_day",
        "capacity",
        "count",
        "intValue",
        "interval",
        "noes",
        "ordinal",
        "page_end",
        "page_start",
    ]
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
_DATE = Keys(
    {
        "date": Day(),
        "type": _one_of(
            "adoption drafted discussed proposed decided negatived withdrawn published effective"
        ),
    },
    ("date", "type"),
)
_PART = Keys(
    {"type": _TEXT, "date_effective": _DATE, "message": LOCALIZED},
    ("type", "date_effective", "message"),
)
_APPROVAL = Keys(
    {
        "type": _one_of("affirmative negative"),
        "degree": _one_of("unanimous majority minority"),
        "date": _DATE,
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
        "dates": ListOf(_DATE),
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
            found = [one for one in (fitted(each, item) for each in items) if one is not None]
            return found if found and len(found) >= least else None
        case Keys(shapes, required):
            return _fitted_keys(tree, shapes, required)
        case Any_():
            return None if _has_older(tree) else tree


def _fitted_keys(tree: Tree, shapes: Mapping[str, Shape], required: tuple[str, ...]) -> Tree:
    if not isinstance(tree, dict):
        return None
    made = {key: fitted(value, shapes[key]) for key, value in tree.items() if key in shapes}
    made = {key: value for key, value in made.items() if value is not None}
    return made if made and all(key in made for key in required) else None


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
