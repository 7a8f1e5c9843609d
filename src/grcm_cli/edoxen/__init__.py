"""The Edoxen format as its newest generation has it: its words, and what each key takes.

`fitted` takes what fits out of a tree of texts, so that what is written is accepted by its schema.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from grcm_cli.domain.periods import parse_day
from grcm_cli.reader.fields import is_language

Tree = Any
"""Texts, lists and mappings of texts, as YAML has them."""
Trees = Mapping[str, Tree]
Kind = Literal["decision", "collection", "meeting"]
NAME = "edoxen"
"""The word for the format on the command line, and the key of `metadata` below which an import
keeps what grcm has no key for."""
PROFILE = "grcm"
"""The profile of the extensions in which grcm writes what the format has no key for."""


def _among(words: str) -> frozenset[str]:
    return frozenset(words.split())


_INTEGERS = _among(
    "absent abstentions ayes by_hour by_minute by_month by_month_day by_second by_set_pos "
    "by_week_no by_year_day capacity count intValue interval noes ordinal page_end page_start"
)
_NUMBERS = _among("floatValue lat lon")
_BOOLEANS = _among("booleanValue primary registration_required waiting_room")
_OLDER = _among("localizations language_code localization title_localized")
"""Keys of an older generation: what has one of them is not accepted any more."""


class Keys(NamedTuple):
    """A mapping; what lacks a required key is left out as a whole."""

    shapes: Mapping[str, "Shape"]
    required: tuple[str, ...] = ()


Shape = str | frozenset[str] | Sequence["Shape"] | Keys | type[date] | None
"""What a key takes: a text of a pattern (empty for any), one of some words, a list of one shape,
keys, a day; None for anything."""
_TEXT, _ANY = "", None


def _keys(required: str = "", **shapes: Shape) -> Keys:
    return Keys(shapes, tuple(required.split()))


LOCALIZED = [_keys("spelling value", spelling=_TEXT, value=_TEXT, extensions=_ANY)]
IDENTIFIER = _keys("prefix number", prefix=_TEXT, number=_TEXT)
DATE = _keys(
    "date type",
    date=date,
    type=_among(
        "adoption drafted discussed proposed decided negatived withdrawn published effective"
    ),
)
_PART = _keys("type date_effective message", type=_TEXT, date_effective=DATE, message=LOCALIZED)
_APPROVAL = _keys(
    "type degree date",
    type=_among("affirmative negative"),
    degree=_among("unanimous majority minority"),
    date=DATE,
    message=LOCALIZED,
)
_SOURCE_URL = _keys(
    "ref",
    ref=_TEXT,
    format=_TEXT,
    spelling=_TEXT,
    kind=_among("agenda_pdf minutes_pdf decisions_pdf report_pdf register_url landing_page"),
)
_RELATION = {"source": IDENTIFIER, "destination": IDENTIFIER}
_RELATED = "source destination type"
_LINKS = _among("annex_of has_annex updates refines replaces considers cites")
DECISION = _keys(
    "identifier",
    identifier=[IDENTIFIER],
    kind=_among(
        "resolution order ruling determination recommendation statement finding opinion other"
    ),
    status=_among("draft proposed under_consideration decided negatived withdrawn deferred"),
    **dict.fromkeys(("body_type", "doi", "urn", "agenda_item"), _TEXT),
    dates=[DATE],
    categories=[_TEXT],
    meeting=_keys(venue=_TEXT, date=date),
    relations=[_keys(_RELATED, **_RELATION, type=_LINKS)],
    urls=[_keys("kind ref", kind=_among("access report"), ref=_TEXT, format=_TEXT)],
    **{key: [_TEXT] for key in ("brought_by_motions", "about_topics")},
    made_in_component=_TEXT,
    **dict.fromkeys(("title", "subject", "message", "considering"), LOCALIZED),
    considerations=[_PART],
    approvals=[_APPROVAL],
    actions=[_PART],
    extensions=_ANY,
)
_CITY = "[A-Z]{2}[A-Z0-9]{3}"
_COUNTRY = "[A-Z]{2}"
COLLECTION = _keys(
    title=LOCALIZED,
    date=date,
    source=_TEXT,
    source_urls=[_SOURCE_URL],
    city=_CITY,
    country_code=_COUNTRY,
    meeting_urn=_TEXT,
    body_vocabulary=_ANY,
    extensions=_ANY,
)
PART_DATES = {"considerations": "date_effective", "actions": "date_effective", "approvals": "date"}
"""The parts of a decision, each with the key of its date."""
_MEETING_KEYS = (
    "officers hosts contact contacts bodies agenda components deadlines attendance minutes "
    "declarations venues occurred_date_range recurrence committee committee_group extensions"
)
MEETING = _keys(
    "identifier type",
    identifier=[IDENTIFIER],
    **dict.fromkeys(("urn", "series_ref", "body_type", "landing_url"), _TEXT),
    ordinal="-?[0-9]+",
    registration_url=_TEXT,
    type=_among(
        "plenary working_group task_group ad_hoc joint general_assembly committee subcommittee "
        "conference workshop seminar webinar hearing markup board_meeting "
        "annual_general_meeting other"
    ),
    status=_among("upcoming completed cancelled"),
    visibility=_among("public private confidential"),
    **dict.fromkeys(("title", "general_area", "practical_info", "note"), LOCALIZED),
    scheduled_date_range=_keys(start=date, end=date),
    city=_CITY,
    country_code=_COUNTRY,
    source_urls=[_SOURCE_URL],
    **{key: [IDENTIFIER] for key in ("decisions", "motions", "votings")},
    relations=[_keys(_RELATED, **_RELATION, type=_TEXT)],
    **dict.fromkeys(_MEETING_KEYS.split(), _ANY),
)
SHAPES = {"decision": DECISION, "collection": COLLECTION, "meeting": MEETING}


def fitted(tree: Tree, shape: Shape) -> Tree:
    """Return as much of a tree of texts as the schema accepts; None where that is nothing."""
    match shape:
        case None:
            return None if _has_older(tree) else tree
        case str():
            is_text = isinstance(tree, str) and (not shape or re.fullmatch(shape, tree))
            return tree if is_text else None
        case frozenset():
            return tree if isinstance(tree, str) and tree in shape else None
        case Keys(_shapes, required):
            made = accepted(tree, shape) if isinstance(tree, dict) else {}
            return made if made and made.keys() >= set(required) else None
        case [item]:
            items = tree if isinstance(tree, list) else []
            return [value for each in items if (value := fitted(each, item)) is not None] or None
        case _:
            return tree if isinstance(tree, str) and parse_day(tree) is not None else None


def accepted(tree: Trees, shape: Keys) -> dict[str, Tree]:
    """Return what fits of some keys, whether or not a required one is among them."""
    fits = {key: fitted(tree[key], shape.shapes[key]) for key in tree if key in shape.shapes}
    return {key: value for key, value in fits.items() if value is not None}


def _has_older(tree: Tree) -> bool:
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
    return tree == "true" if key in _BOOLEANS and tree in ("true", "false") else tree


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


@cache
def act_of(action_type: str) -> str | None:
    """Return the act that a type of action is; None for one that is not known."""
    plain = action_type.strip().lower().replace("-", "_").replace(" ", "_")
    types_of_acts = _words()["actions"].items()
    return next((act for act, types in types_of_acts if plain in types.split()), None)


def verb_of(act: str) -> str:
    """Return the type of action that an act is written as."""
    return str(_words()["verbs"][act])


@cache
def spelling_of(language: str) -> str:
    """Return the code of a language as the format writes it: `en` is `eng`."""
    match = re.search(rf"\b{re.escape(language)}=(\w+)", _words()["languages"]["codes"])
    return match[1] if match else language


@cache
def language_of_spelling(spelling: str) -> str | None:
    """Return the language of a spelling: `eng` and `eng-Latn` are `en`; None for no language."""
    code = spelling.strip().partition("-")[0].lower()
    match = re.search(rf"(\w+)={re.escape(code)}\b", _words()["languages"]["codes"])
    language = match[1] if match else code
    return language if is_language(language) else None
