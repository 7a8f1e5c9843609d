"""The values of a file's fields: a function for each kind takes its node.

It returns the value; None, or what is left of it, if there is a finding for it.
"""

from collections.abc import Callable, KeysView
from datetime import date
from functools import lru_cache, partial
from sys import intern
from typing import Any, NamedTuple, cast

from grcm_cli.domain.due import Due
from grcm_cli.domain.due_forms import MEETING_ID, Unclear, fault_of_id, parse_due
from grcm_cli.domain.findings import Advice, Finding, Severity
from grcm_cli.domain.model import Each, Group, Location, PlacedWord, Text, Together, Until
from grcm_cli.domain.parties import CODE
from grcm_cli.domain.periods import is_backward, looks_like_day, parse_day, parse_period
from grcm_cli.language.suggestions import Suggestion
from grcm_cli.language.text import LANGUAGES, N_, _, clean
from grcm_cli.reader import advice
from grcm_cli.reader import fields as tables
from grcm_cli.reader.events import Mapping, Node, Scalar, Sequence, new_tuple
from grcm_cli.reader.fields import ALL, EACH, GROUPS, Field, Table

# Days, deadlines and numbers recur: one value of each.
_day_of = lru_cache(4096)(parse_day)
_due_of = lru_cache(4096)(parse_due)
_is_number = lru_cache(4096)(tables.NUMBER.fullmatch)

Reader = Callable[["Values", Node], Any]
_Test = Callable[[str], object]


class Part(NamedTuple):
    """How the keys of one part of a file are read."""

    name: str  # what findings call it, in English: it is looked up only if it is needed
    table: Table
    readers: dict[str, Reader]
    required: KeysView[str]

    def meant(self, key: str) -> str | None:
        """Return the key that an unknown one may be meant for."""
        return None if key in self.table else tables.choices_among((*self.table,), "keys").near(key)


class Values:
    """Reads the values of one file and adds the findings about them to a list."""

    def __init__(self, problems: list[Finding]) -> None:
        self.problems = problems
        self.errors = 0  # how many errors there are so far, in values and as YAML
        self.body = ""  # the code of the body that met
        self.authentic = ""  # the language of the authentic text, which comes first of several
        self.text_places: dict[str, Location] | None = None  # by text, where they are asked for

    def problem(
        self, at: Location, rule: str, message: str, hint: Advice = "", severity: Severity = "error"
    ) -> None:
        """Add a finding about a value."""
        self.errors += severity == "error"
        self.problems.append(Finding(at, severity, rule, message, hint))

    def _cured(self, node: Node, rule: str, message: str, hint: Advice, cure: str | None) -> None:
        """Add a finding with the word that `--fix` writes: in place of one on a single line."""
        self.errors += 1
        if not isinstance(node, Scalar) or node.is_broken or node.at.width < len(node.text):
            cure = None
        self.problems.append(Finding(node.at, "error", rule, message, hint, cure))

    def advise(self, since: int, hint: str) -> None:
        """Give the problems from a place in their list on a hint, where they have none."""
        for index, problem in enumerate(self.problems[since:], since):
            self.problems[index] = problem if problem.advice else problem._replace(advice=hint)

    def advise_written(self, node: Node, since: int, hint: str) -> None:
        """Give them a hint, in English, that has the word which stands in the place of keys."""
        if isinstance(node, Scalar):
            self.advise(since, _(hint).format(word=clean(node.text)))

    def advise_brackets(self, since: int, values: dict[str, Any], node: Node, table: Table) -> None:
        """Say once that several codes need brackets: `{each: GTM, CRI}` has two keys to YAML."""
        if not isinstance(node, Mapping) or len(node.items) == len(values):
            return  # as nearly always: each key is known
        keys = node.names
        problems = self.problems[since:]
        loose = [key for key in keys if key not in table and CODE.fullmatch(key)]
        unknown = [finding for finding in problems if finding.rule == "unknown-key"]
        before = [key for key in keys[: keys.index(loose[0])] if key in table] if loose else []
        owner = before[-1] if before else ""
        words = values.get(owner)
        if unknown and words and type(words) is tuple:  # and not a word with its place
            codes = ", ".join([clean(word.text) for word in words] + loose)
            listed = f"{owner}: [{codes}]"
            hint = _("write {words}").format(words=f"{{{listed}}}" if owner == "each" else listed)
            remaining = [finding for finding in problems if finding.rule != "unknown-key"]
            self.problems[since:] = [*remaining, unknown[0]._replace(advice=hint)]

    def is_empty(self, key: Scalar, value: Node) -> bool:
        """Tell whether a key has no value, which is a finding."""
        if type(value) is not Scalar or not value.is_null:
            return False
        hint = _("write a value or leave out the key; text with a comma inside { } goes in quotes")
        self.problem(key.at, "null-value", _("'{key}' has no value").format(key=key.text), hint)
        return True

    def wrong_type(self, node: Node, expected: str) -> None:
        """Add a finding for a node of another kind than the one expected."""
        match node:
            case Scalar(is_broken=True):
                self.errors += 1
            case Scalar():
                self.wrong_value(node.at, expected, "" if node.is_null else _("a single value"))
            case Sequence():
                self.wrong_value(node.at, expected, _("a list"))
            case Mapping():
                self.wrong_value(node.at, expected, _("keys with values"))

    def wrong_value(self, at: Location, expected: str, found: str = "") -> None:
        """Add a finding for a value of another kind than the one expected, or an empty one."""
        message = _("found {found}; expected {expected}")
        message = message.format(expected=expected, found=found or _("an empty value"))
        self.problem(at, "wrong-type" if found else "null-value", message)

    def fields(self, node: Node, part: Part) -> dict[str, Any]:
        """Return the values of a mapping by key; a key with a finding is there as None."""
        if type(node) is not Mapping:
            self.wrong_type(node, _("{part} with its keys").format(part=_(part.name)))
            return {}
        values: dict[str, Any] = {}
        reader_of = part.readers.get
        for key, value in node.items:
            name = key.text
            read = reader_of(name)
            if read is None or key.is_broken:
                if key.is_broken or (isinstance(value, Scalar) and value.is_broken):
                    self.errors += 1
                    continue
                message = _("{part} has no key '{key}'").format(key=name, part=_(part.name))
                choices = _("its keys are: {keys}").format(keys=", ".join(part.table))
                is_state = bool(tables.choices_among(("progress",), "keys").near(name))
                if is_state and "responsible" in part.table:
                    choices = _("the state of a duty is recorded with grcm record")
                hint = Suggestion(name, tables.choices_among((*part.table,), "keys"), choices)
                self.problem(key.at, "unknown-key", message, hint)
            elif type(value) is Scalar and value.is_null and self.is_empty(key, value):
                values[name] = None
            else:
                values[name] = read(self, value)
        self.errors += node.is_broken
        if part.required <= values.keys():
            return values
        meant = set(map(part.meant, node.names))  # a misspelt key has a finding of its own
        for name in part.required:
            if name not in values and name not in meant:
                message = _("{part} has no `{key}`").format(part=_(part.name), key=name)
                at = node.at._replace(width=1)
                self.problem(at, "missing-key", message, _("add `{key}:`").format(key=name))
        return values

    def each_of(self, node: Node, read: Reader) -> tuple[Any, ...]:
        """Return the values of a list, or of one that stands alone, less those with findings."""
        items = [node]
        if type(node) is Sequence:
            items = node.items
            self.errors += node.is_broken
        return tuple([value for item in items if (value := read(self, item)) is not None])

    def scalar(self, node: Node, expected: str, choices: tuple[str, ...] = ()) -> str | None:
        """Return a single text that is not empty, as it is written, else None.

        `expected` is what belongs there, in English, with a place for `choices`: it is looked up
        only if it is needed.
        """
        if type(node) is Scalar and not node.is_null and (node.is_broken or node.text.strip()):
            self.errors += node.is_broken
            return node.text or None
        words = _(expected).replace("{choices}", ", ".join(choices))
        if type(node) is Scalar and not node.is_null:
            self.wrong_value(node.at, words)  # it is empty
        else:
            self.wrong_type(node, words)
        return None

    def line(self, node: Node, expected: str = N_("a text")) -> str | None:
        """Return a text on one line, with a warning if a comment seems to cut it short."""
        text = self.scalar(node, expected)
        if text is None:
            return None
        if isinstance(node, Scalar) and node.is_cut:
            hint = _("put the whole text in quotes; a comment has a space after its #")
            end = node.at._replace(column=node.at.column + node.at.width, width=1)
            self.problem(end, "cut-text", _("the text ends here, at a #"), hint, "warning")
        return text.strip()

    def text(self, node: Node) -> Text | None:
        """Return a text, or one for each language, in the order of the file."""
        if type(node) is not Mapping:
            text = self.line(node, N_("a text, or one for each language: {es: …, en: …}"))
            if text is None:
                return None
            self.keep_place(text, node)
            return Text({"": text})
        by_language: dict[str, str] = {}
        for key, value in node.items:
            if not tables.is_language(key.text):
                message = _("'{word}' is not a language code").format(word=key.text)
                hint = _("write es, en …; text with a comma inside { } goes in quotes")
                self.problem(key.at, "wrong-type", message, hint)
            elif not self.is_empty(key, value) and (text := self.scalar(value, N_("a text"))):
                by_language[intern(key.text)] = text.strip()
                self.keep_place(text.strip(), value)
        self.errors += node.is_broken
        if not node.items and not node.is_broken:
            self.wrong_value(node.at, _("a text"))
        if self.authentic in by_language:
            by_language = {self.authentic: by_language[self.authentic], **by_language}
        return Text(by_language) if by_language else None

    def keep_place(self, text: str, node: Node) -> None:
        """Keep the place of a text, where a record asks for it."""
        if self.text_places is not None:
            self.text_places.setdefault(text, node.at)

    def code(self, node: Node, expected: str = N_("a party's code")) -> PlacedWord | None:
        """Return a code, or a reference, as it is written, with its place."""
        text = self.scalar(node, expected)
        # Of equal texts one is kept.
        return None if text is None else new_tuple(PlacedWord, (intern(text), node.at))

    def codes(self, node: Node, read_code: Reader = code) -> tuple[PlacedWord, ...]:
        """Return several codes, or one that stands alone; a repeated one is a warning."""
        words: tuple[PlacedWord, ...] = self.each_of(node, read_code)
        earlier_codes: set[str] = set()
        for word in words:
            if word.text in earlier_codes:
                message = _("'{code}' is listed twice").format(code=word.text)
                self.problem(word.at, "repeated-code", message, _("list it only once"), "warning")
            earlier_codes.add(word.text)
        return words

    def matching(
        self, node: Node, matches: _Test, rule: str, expected: str, choices: tuple[str, ...] = ()
    ) -> PlacedWord | None:
        """Return a text that matches, with its place; one of `choices` may be meant."""
        before = self.errors
        text = self.scalar(node, expected)
        if text is None or self.errors > before:
            return None
        if matches(text):
            return new_tuple(PlacedWord, (intern(text), node.at))
        message = _("'{text}' is not {expected}").format(text=text, expected=_(expected))
        hint = Suggestion(text, tables.choices_among(choices, "words")) if choices else ""
        self.problem(node.at, rule, message, hint)
        return None

    def occurrence(self, node: Node) -> PlacedWord | None:
        """Return which occurrence of a recurring duty is meant: its deadline, or a meeting's id."""
        expected = N_("an occurrence: its deadline, such as 2003-05-31, or the id of its meeting")
        return self.matching(node, MEETING_ID.fullmatch, "wrong-type", expected)

    def id(self, node: Node) -> str | None:
        """Return a meeting's id."""
        expected = N_("an id: letters, digits and hyphens, such as GRCM-2002-10")
        word = self.matching(node, MEETING_ID.fullmatch, "wrong-id", expected)
        if word is not None and (fault := fault_of_id(word.text)):
            hint = _("begin it with the body, as in GRCM-2002-10")
            self.problem(word.at, "wrong-id", fault, hint)
        return word.text if word else None

    def number(self, node: Node) -> PlacedWord | None:
        """Return a conclusion's number, with its place."""
        expected = N_("a number: digits and letters, joined by . / or -, such as 8, 12.a, IV.3")
        return self.matching(node, _is_number, "wrong-number", expected)

    def language(self, node: Node) -> str | None:
        """Return the code of a language."""
        expected = N_("the code of a language, such as `es` or `en`")
        word = self.matching(node, tables.is_language, "wrong-type", expected, LANGUAGES)
        return word.text if word else None

    def email(self, node: Node) -> str | None:
        """Return an e-mail address; a name beside it, or a second one, is a finding."""
        problems = len(self.problems)
        expected = N_("an e-mail address, such as secretaria@example.org")
        word = self.matching(node, tables.EMAIL.fullmatch, "wrong-type", expected)
        self.advise(problems, _("write the address alone, without a name; several in [ ]"))
        return word.text if word else None

    def choice(self, node: Node, choices: tuple[str, ...]) -> PlacedWord | None:
        """Return one of a field's choices, with its place."""
        if type(node) is Scalar and node.text in choices and not node.is_broken:
            return new_tuple(PlacedWord, (intern(node.text), node.at))
        text = self.scalar(node, N_("one of these words: {choices}"), choices)
        if text is None or text in choices:
            return None
        listed = ", ".join(choices)
        one_of, alone = _("'{text}' is not one of: {choices}"), _("'{text}' is not {expected}")
        message = one_of if choices[1:] else alone
        message = message.format(text=text, choices=listed, expected=f"`{listed}`")
        meant = text.casefold() if text.casefold() in choices else advice.word_meant(text, choices)
        hint = Suggestion(meant or text, tables.choices_among(choices, "words"))
        self._cured(node, "wrong-word", message, hint, meant)
        return None

    def flag(self, node: Node) -> bool | None:
        """Return what true or false says."""
        word = self.choice(node, ("true", "false"))
        return None if word is None else word.text == "true"

    def day(self, node: Node) -> date | None:
        """Return a day."""
        text = self.scalar(node, N_("a date"))
        day = None if text is None else _day_of(text)
        if text is not None and day is None:
            self._wrong_date(node, text, *advice.day_advice(text))
        return day

    def until(self, node: Node) -> Until | None:
        """Return the last day of a recurring duty, written as a day or a period."""
        text = self.scalar(node, N_("a date or a period"))
        period = None if text is None else parse_period(text)
        if text is not None and period is None:
            self._wrong_date(node, text, *advice.period_advice(text))
        return None if period is None else Until(period[1], node.at)

    def _wrong_date(self, node: Node, text: str, hint: str, cure: str | None) -> None:
        message = _("'{text}' is not written as a date")
        if looks_like_day(text):
            message = _("'{text}' is not a calendar date")
        self._cured(node, "wrong-date", message.format(text=text), hint, cure)

    def due(self, node: Node) -> tuple[Due, Location]:
        """Return when something is due, with its place; Unclear if it is not understood."""
        at = node.at
        text = self.scalar(node, N_("a date, a period or a meeting"))
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
        self._cured(node, "wrong-due", message.format(text=text), hint, cure)
        return Unclear(text), at


def optional(kind: Any, values: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a NamedTuple
    """Return the values that are there under the names of fields which a class may lack."""
    names = kind._field_defaults
    return {name: value for name, value in values.items() if value is not None and name in names}


def list_of(read_item: Reader) -> Reader:
    """Return a reader of a list, in which one item may stand without its brackets."""
    return lambda file, node: file.each_of(node, read_item)


def _responsible(file: Values, node: Node) -> tuple[Together | Each, bool]:
    """Return who is responsible, and whether all of it was understood."""
    before, problems = file.errors, len(file.problems)
    if isinstance(node, Mapping):
        return _each(file, node, _EACH), file.errors == before
    parties = Together(file.codes(node))
    file.advise(problems, _("write GTM, [GTM, CRI] or {each: members}"))
    return parties, file.errors == before


def _members(file: Values, node: Node) -> Each:
    """Return who belongs to a group: those that are listed, or all members but some."""
    problems = len(file.problems)
    if isinstance(node, Mapping):
        members = _each(file, node, _ALL)
    else:
        members = Each("listed", some(Values.codes)(file, node) or (), (), node.at)
    file.advise(problems, _("write [COK, KIR, NRU] or {all: members, except: [AUS]}"))
    return members


def _each(file: Values, node: Mapping, part: Part) -> Each:
    errors, problems = file.errors, len(file.problems)
    values, at, [key] = file.fields(node, part), node.at, part.required
    # `{members}` and `{each:members}` are a key without a value to YAML.
    name = node.items[0][0].text if len(node.items) == 1 else ""
    group_name = name.removeprefix(f"{key}:").strip()
    if group_name in GROUPS:
        del file.problems[problems:]
        file.errors = errors
        file.wrong_value(at, f"`{{{key}: {group_name}}}`", f"`{group_name}`")
        return Each("listed", (), (), at)
    file.advise_brackets(problems, values, node, part.table)
    parties, exceptions = values.get(key) or (), values.get("except") or ()
    if isinstance(parties, PlacedWord):
        return Each(cast(Group, parties.text), (), exceptions, at)
    return Each("listed", parties, exceptions, at)


def _group(file: Values, node: Node) -> PlacedWord | tuple[PlacedWord, ...]:
    if isinstance(node, Scalar) and node.text in GROUPS:
        return PlacedWord(node.text, node.at)
    return file.codes(node)


_READERS: dict[str, Reader] = {
    "line": Values.line,
    "text": Values.text,
    "day": Values.day,
    "email": Values.email,
    "language": Values.language,
    "id": Values.id,
    "number": Values.number,
    "code": Values.code,
    "codes": Values.codes,
    "reference": partial(Values.code, expected=N_("a reference, such as GRCM-2002-10/8#1")),
    "due": Values.due,
    "until": Values.until,
    "occurrence": Values.occurrence,
    "responsible": _responsible,
    "members": _members,
    "flag": Values.flag,
    "group": _group,
}


def part_of(name: str, table: Table, /, **inner: Reader) -> Part:
    """Return how a part is read; `inner` has the readers of the parts inside it."""
    readers = {key: inner.get(key) or _reader_of(field.kind, field) for key, field in table.items()}
    return Part(name, table, readers, {key: 1 for key in table if table[key].required}.keys())


def _reader_of(kind: str, field: Field) -> Reader:
    """Return what reads a field's values of a kind: several of a kind are a list."""
    if kind == "word":
        choices = (*field.choices,)
        return lambda file, node: file.choice(node, choices)
    return _READERS.get(kind) or list_of(_reader_of(kind.removesuffix("s"), field))


_EACH = part_of(N_("`responsible`"), EACH)
_ALL = part_of(N_("`members`"), ALL)


def some(read_list: Reader) -> Reader:
    """Return a reader of a list in which something must be: an empty one is a finding."""

    def reader(file: Values, node: Node) -> object:
        before = file.errors
        items = read_list(file, node)
        if items or file.errors > before or not isinstance(node, Sequence):
            return items
        hint = _("write what belongs in it, or leave out the key")
        file.problem(node.at, "null-value", _("the list is empty"), hint)
        return None

    return reader
