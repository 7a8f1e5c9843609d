"""A noun with its forms: what every run reads of a process. `vocabulary` works with it."""

from typing import NamedTuple


class Noun(NamedTuple):
    """A noun of a language: its numbers, and its gender where the language has genders."""

    singular: str
    plural: str
    gender: str = ""
    """`m` or `f`; empty in English."""
