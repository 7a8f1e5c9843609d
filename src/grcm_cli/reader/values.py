"""The values of a file's fields: a function for each kind takes the event with which it begins.

It returns the value; None, or what is left of it, if there is a finding for it.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from sys import intern
from typing import Any, NamedTuple

import yaml
from yaml import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceStartEvent

from grcm_cli.domain.due import Due
from grcm_cli.domain.due_forms import Unclear
from grcm_cli.domain.due_grammar import MEETING_ID, fault_of_id, parse_due
from grcm_cli.domain.findings import Advice, Finding, Severity
from grcm_cli.domain.model import Location, PlacedWord, Text, Until
from grcm_cli.domain.periods import is_backward, looks_like_day, parse_day, parse_period
from grcm_cli.language.suggestions import Suggestion
from grcm_cli.language.text import LANGUAGES, N_, _, clean
from grcm_cli.reader import advice
from grcm_cli.reader import fields as tables
from grcm_cli.reader.events import NULLS, Event, Events, Keys, Scalar
from grcm_cli.reader.fields import Table
from grcm_cli.reader.source import CUT

# Half the time of PlacedWord(…) and Text(…), of which a folder has the most.
_written: Callable[[type[PlacedWord], Any], PlacedWord] = tuple.__new__
_text: Callable[[type[Text], Any], Text] = tuple.__new__
# Days, deadlines and numbers recur: one value of each.
_day_of = lru_cache(4096)(parse_day)
_due_of = lru_cache(4096)(parse_due)
_is_number = lru_cache(4096)(tables.NUMBER.fullmatch)

Reader = Callable[["Values", Event], Any]
_Test = Callable[[str], object]


class Part(NamedTuple):
    """How the keys of one part of a file are read."""

    name: str
    """What findings call it, in English: it is looked up only if it is needed."""
    table: Table
    readers: dict[str, Reader]
    required: tuple[str, ...]
    """The keys that must be there."""

    def meant(self, key: str) -> str | None:
        """Return the key that an unknown one may be meant for."""
        return None if key in self.table else tables.choices_among((*self.table,), "keys").near(key)


class Values(Events):
    """Reads the values of one file and collects the findings about them."""

    errors = 0
    """How many errors there are so far, in values and as YAML."""
    body = ""
    """The code of the body that met."""

    def __init__(self, path: str, text: str, parser: Event) -> None:
        super().__init__(path, text, parser)
        self.has_comments = "#" in text and (" #" in text or "\t#" in text)
        self.translations: list[dict[str, str]] = []
        """The texts in several languages; a later key may tell which of them is authentic."""
        self.keys: Keys = {}
        """The events of all keys of the mapping that was read last."""
        self.starts: Keys = {}
        """The events of its values, by key."""
        self.text_places: dict[str, Location] | None = None
        """The places of texts by their text, where a record asks for them."""

    # --- findings ---------------------------------------------------------------------------

    def problem(
        self, at: Location, rule: str, message: str, hint: Advice = "", severity: Severity = "error"
    ) -> None:
        """Add a finding about a value."""
        self.errors += severity == "error"
        self.problems.append(Finding(at, severity, rule, message, hint))

    def _cured(self, event: Event, rule: str, message: str, hint: Advice, cure: str | None) -> None:
        """Add a finding with the word that `--fix` writes: in place of one on a single line."""
        self.errors += 1
        at = self.place(event)
        is_plain = event.anchor is None and event.tag is None and at.width >= len(event.value)
        self.problems.append(Finding(at, "error", rule, message, hint, cure if is_plain else None))

    def advise(self, since: int, hint: str) -> None:
        """Give the problems from a place in their list on a hint, where they have none."""
        for index, problem in enumerate(self.problems[since:], since):
            self.problems[index] = problem if problem.advice else problem._replace(advice=hint)

    def advise_written(self, event: Event, since: int, hint: str) -> None:
        """Give them a hint, in English, that has the word which stands in the place of keys."""
        if event.__class__ is ScalarEvent:
            self.advise(since, _(hint).format(word=clean(event.value)))

    def is_empty(self, key: Event, name: str, value: Event) -> bool:
        """Tell whether a key has no value, which is a finding."""
        if not self.is_null(value):
            return False
        message = _("'{key}' has no value").format(key=name)
        hint = _("write a value or leave the key out; text with a comma inside { } goes in quotes")
        self.problem(self.place(key), "null-value", message, hint)
        return True

    def wrong_type(self, event: Event, expected: str) -> None:
        """Pass over a node of another kind than the one expected, with a finding."""
        node = self.node(event)
        if not isinstance(node, Scalar):
            is_list = event.__class__ is SequenceStartEvent
            self._wrong_type(node.at, expected, _("a list") if is_list else _("keys with values"))
        elif node.is_broken:
            self.errors += 1
        else:
            self._wrong_type(node.at, expected, "" if node.is_null else _("a single value"))

    def _wrong_type(self, at: Location, expected: str, found: str = "") -> None:
        message = _("{expected} belongs here, not {found}")
        message = message.format(expected=expected, found=found or _("an empty value"))
        self.problem(at, "wrong-type" if found else "null-value", message)

    # --- mappings and lists -----------------------------------------------------------------

    def fields(self, start: Event, part: Part) -> dict[str, Any]:
        """Return the values of a mapping by key; a key with a finding is there as None."""
        if start.__class__ is not MappingStartEvent:
            self.keys = self.starts = {}
            self.wrong_type(start, _("{part} with its keys").format(part=_(part.name)))
            return {}
        is_broken = self.open(start)
        values: dict[str, Any] = {}
        keys: Keys = {}
        starts: Keys = {}
        reader_of, following = part.readers.get, self.following
        while (key := following()).__class__ is not MappingEndEvent:
            name = key.value if key.__class__ is ScalarEvent else ""
            read = reader_of(name)
            if read is None or name in keys or key.anchor is not None or key.tag is not None:
                is_broken = self._odd_field(key, part, keys) or is_broken
                continue
            value = following()
            keys[name] = key
            starts[name] = value
            values[name] = None if self.is_empty(key, name, value) else read(self, value)
        self.close(start)
        self.errors += is_broken
        missing = [name for name in part.required if name not in values]
        # A misspelt key has a finding of its own.
        meant = set(map(part.meant, keys)) if missing else ()
        for name in missing:
            if name not in meant:
                message = _("{part} has no `{key}`").format(part=_(part.name), key=name)
                at = self.place(start)._replace(width=1)
                self.problem(at, "missing-key", message, _("add `{key}:`").format(key=name))
        self.is_broken, self.keys, self.starts = is_broken, keys, starts
        return values

    def place_of(self, key: str) -> Location | None:
        """Return the place of a key's value in the mapping that was read last, if it is there."""
        return self.place(self.starts[key]) if key in self.starts else None

    def _odd_field(self, key: Event, part: Part, keys: Keys) -> bool:
        """Pass over an unknown, repeated or broken key; return whether the mapping is broken."""
        found = self.careful_key(key, keys)
        if found is None:
            return True
        name, is_broken = found
        keys.setdefault(name, key)
        node = self.node(self.following())
        if is_broken or (isinstance(node, Scalar) and node.is_broken):
            self.errors += 1
        else:
            message = _("{part} has no key '{key}'").format(key=name, part=_(part.name))
            choices = _("its keys are: {keys}").format(keys=", ".join(part.table))
            hint = Suggestion(name, tables.choices_among((*part.table,), "keys"), choices)
            self.problem(self.place(key), "unknown-key", message, hint)
        return False

    def each_of(self, start: Event, read: Reader) -> tuple[Any, ...]:
        """Return the values of a list, or of one that stands alone, less those with findings."""
        if start.__class__ is not SequenceStartEvent:
            value = read(self, start)
            return () if value is None else (value,)
        self.errors += self.open(start)
        found = []
        while (event := self.following()).__class__ is not yaml.SequenceEndEvent:
            value = read(self, event)
            if value is not None:
                found.append(value)
        self.close(start)
        return tuple(found)

    # --- texts ------------------------------------------------------------------------------

    def scalar(self, event: Event, expected: str, choices: tuple[str, ...] = ()) -> str | None:
        """Return a single text that is not empty, as it is written, else None.

        `expected` is what belongs there, in English, with a place for `choices`: it is looked up
        only if it is needed. A sound text is recognised here; `_odd_scalar` reads it as well, and
        finds what is wrong in others.
        """
        if event.__class__ is ScalarEvent and event.anchor is None and event.tag is None:
            text: str = event.value
            if event.style:
                is_odd = self.has_escapes and event.style == '"'
            else:  # of a long text, no hash is made
                is_odd = (len(text) < 5 and text in NULLS) or (self.flow > 0 and "?" in text)
            if not is_odd and text.strip():
                return text
        return self._odd_scalar(event, expected, choices)

    def _odd_scalar(self, event: Event, expected: str, choices: tuple[str, ...] = ()) -> str | None:
        words = _(expected).replace("{choices}", ", ".join(choices))
        if event.__class__ is not ScalarEvent or self.is_null(event):
            self.wrong_type(event, words)
            return None
        text, is_broken = self.text_of(event)
        if is_broken:
            self.errors += 1
            return text or None
        if not text.strip():
            self._wrong_type(self.place(event), words)
            return None
        return text

    def line(self, event: Event, expected: str = N_("a text")) -> str | None:
        """Return a text on one line, with a warning if a comment seems to cut it short."""
        text = self.scalar(event, expected)
        if text is None:
            return None
        is_plain = self.has_comments and not event.style
        if is_plain and CUT.match(self.source, event.end_mark.index):
            message = _("the text ends here, at a #")
            hint = _("put the whole text in quotes; a comment has a space after its #")
            at = self.place(event)
            end = at._replace(column=at.column + at.width, width=1)
            self.problem(end, "cut-text", message, hint, "warning")
        return text.strip()

    def text(self, event: Event) -> Text | None:
        """Return a text, or one for each language, in the order of the file."""
        if event.__class__ is MappingStartEvent:
            return self._text_by_language(event)
        text = self.line(event, N_("a text, or one for each language: {es: …, en: …}"))
        if text is None:
            return None
        self.keep_place(text, event)
        return _text(Text, ({"": text},))

    def _text_by_language(self, event: Event) -> Text | None:
        is_empty = True
        by_language: dict[str, str] = {}
        for name, key, value in self.pairs(event):
            is_empty = False
            if not tables.is_language(name):
                self.node(value)
                message = _("'{word}' is not a language code").format(word=name)
                hint = _("write es, en …; text with a comma inside { } goes in quotes")
                self.problem(self.place(key), "wrong-type", message, hint)
            elif not self.is_empty(key, name, value) and (text := self.scalar(value, N_("a text"))):
                by_language[intern(name)] = text.strip()
                self.keep_place(text.strip(), value)
        self.errors += self.is_broken
        if is_empty and not self.is_broken:
            self._wrong_type(self.place(event), _("a text"))
        if not by_language:
            return None
        self.translations.append(by_language)
        return Text(by_language)

    def keep_place(self, text: str, event: Event) -> None:
        """Keep the place of a text, where a record asks for it."""
        if self.text_places is not None:
            self.text_places.setdefault(text, self.place(event))

    # --- words ------------------------------------------------------------------------------

    def code(self, event: Event, expected: str = N_("a party's code")) -> PlacedWord | None:
        """Return a code, or a reference, as it is written, with its place."""
        text = self.scalar(event, expected)
        # Of equal texts one is kept.
        return None if text is None else _written(PlacedWord, (intern(text), self.place(event)))

    def codes(self, event: Event, read_code: Reader = code) -> tuple[PlacedWord, ...]:
        """Return several codes, or one that stands alone; a repeated one is a warning."""
        words: tuple[PlacedWord, ...] = self.each_of(event, read_code)
        if len(words) < 2:
            return words
        seen: set[str] = set()
        for word in words:
            if word.text in seen:
                message = _("'{code}' is listed twice").format(code=word.text)
                self.problem(word.at, "repeated-code", message, _("once is enough"), "warning")
            seen.add(word.text)
        return words

    def matching(
        self, event: Event, matches: _Test, rule: str, expected: str, choices: tuple[str, ...] = ()
    ) -> PlacedWord | None:
        """Return a text that matches, with its place; one of `choices` may be meant."""
        before = self.errors
        text = self.scalar(event, expected)
        if text is None or self.errors > before:
            return None
        if matches(text):
            return _written(PlacedWord, (intern(text), self.place(event)))
        message = _("'{text}' is not {expected}").format(text=text, expected=_(expected))
        hint = Suggestion(text, tables.choices_among(choices, "words")) if choices else ""
        self.problem(self.place(event), rule, message, hint)
        return None

    def occurrence(self, event: Event) -> PlacedWord | None:
        """Return which occurrence of a recurring duty is meant: its deadline, or a meeting's id."""
        expected = N_("an occurrence: its deadline, such as 2003-05-31, or the id of its meeting")
        return self.matching(event, MEETING_ID.fullmatch, "wrong-type", expected)

    def id(self, event: Event) -> str | None:
        """Return a meeting's id."""
        expected = N_("an id: letters, digits and hyphens, such as GRCM-2002-10")
        word = self.matching(event, MEETING_ID.fullmatch, "wrong-id", expected)
        if word is not None and (fault := fault_of_id(word.text)):
            hint = _("begin it with the body, as in GRCM-2002-10")
            self.problem(word.at, "wrong-id", fault, hint)
        return word.text if word else None

    def number(self, event: Event) -> PlacedWord | None:
        """Return a conclusion's number, with its place."""
        expected = N_("a number: digits and letters, joined by . / or -, such as 8, 12.a, IV.3")
        return self.matching(event, _is_number, "wrong-number", expected)

    def language(self, event: Event) -> str | None:
        """Return the code of a language."""
        expected = N_("the code of a language, such as es or en")
        word = self.matching(event, tables.is_language, "wrong-type", expected, LANGUAGES)
        return word.text if word else None

    def choice(self, event: Event, choices: tuple[str, ...]) -> PlacedWord | None:
        """Return one of a field's choices, with its place."""
        if event.__class__ is ScalarEvent and event.value in choices:
            word, is_broken = self.text_of(event)
            self.errors += is_broken
            return None if is_broken else _written(PlacedWord, (intern(word), self.place(event)))
        text = self.scalar(event, N_("one of these words: {choices}"), choices)
        if text is None:
            return None
        listed = ", ".join(choices)
        message = _("'{text}' is not one of: {choices}").format(text=text, choices=listed)
        meant = text.casefold() if text.casefold() in choices else advice.word_meant(text, choices)
        hint = Suggestion(meant or text, tables.choices_among(choices, "words"))
        self._cured(event, "wrong-word", message, hint, meant)
        return None

    def flag(self, event: Event) -> bool | None:
        """Return what true or false says."""
        word = self.choice(event, ("true", "false"))
        return None if word is None else word.text == "true"

    # --- days -------------------------------------------------------------------------------

    def day(self, event: Event) -> date | None:
        """Return a day."""
        text = self.scalar(event, N_("a date"))
        day = None if text is None else _day_of(text)
        if text is not None and day is None:
            self._wrong_date(event, text, *advice.day_advice(text))
        return day

    def until(self, event: Event) -> Until | None:
        """Return the last day of a recurring duty, written as a day or a period."""
        text = self.scalar(event, N_("a date or a period"))
        period = None if text is None else parse_period(text)
        if text is not None and period is None:
            self._wrong_date(event, text, *advice.period_advice(text))
        return None if period is None else Until(period[1], self.place(event))

    def _wrong_date(self, event: Event, text: str, hint: str, cure: str | None) -> None:
        message = _("'{text}' is not written as a date")
        if looks_like_day(text):
            message = _("'{text}' is not a calendar date")
        self._cured(event, "wrong-date", message.format(text=text), hint, cure)

    def due(self, event: Event) -> tuple[Due, Location]:
        """Return when something is due, with its place; Unclear if it is not understood."""
        at = self.place(event)
        text = self.scalar(event, N_("a date, a period or a meeting"))
        due = _due_of(text) if text is not None else Unclear("")
        if text is None or due is not None:
            return due or Unclear(""), at
        message = _("'{text}' cannot be read as a deadline")
        hint, cure = "", None
        if looks_like_day(text):
            message = _("'{text}' is not a calendar date")
            hint = advice.day_advice(text)[0]
        elif is_backward(text):
            message = _("'{text}' ends before it starts")
        else:
            hint, cure = advice.due_advice(text, self.body)
        self._cured(event, "wrong-due", message.format(text=text), hint, cure)
        return Unclear(text), at
