"""A noun with its forms, as messages need them."""

from typing import NamedTuple


class Noun(NamedTuple):
    """A noun of a language: its numbers, and its gender where the language has genders."""

    singular: str
    plural: str
    gender: str = ""
    """`m` or `f`; empty in English."""
