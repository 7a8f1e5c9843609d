"""Nodes → values by the field table, with a finding for each that has not the right shape."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from grcm_cli.domain.deadlines import (
    DAY_FORM,
    DUE_FORMS,
    MEETING_ID,
    PERIOD_FORMS,
    SOFT_FORMS,
    is_backward,
    looks_like_day,
    parse_day,
    parse_due,
    parse_period,
    reads_as_due,
)
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import (
    Due,
    Each,
    Group,
    Location,
    Responsible,
    Text,
    Together,
    Unclear,
    Until,
    Written,
)
from grcm_cli.language.text import N_, _, did_you_mean
from grcm_cli.reader.fields import EACH, GROUPS, Field, Kind, Table
from grcm_cli.reader.nodes import Mapping, Node, Scalar
from grcm_cli.reader.shapes import Shapes

LANGUAGE = re.compile(r"[a-z]{2,3}")
NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z./-]*", re.ASCII)


class Values(Shapes):
    """Reads the values of one file."""

    def __init__(self, findings: list[Finding]) -> None:
        """Take the list to which findings are added."""
        super().__init__(findings)
        self.authentic = ""
        """The language of the file's texts: of several, theirs comes first."""

    # --- mappings ---------------------------------------------------------------------------

    def fields(self, node: Node, table: Table, what: str) -> dict[str, Any]:
        """Return the values of a mapping by key; a key with an error is there as None.

        `what` names the part in findings, in English: it is looked up only where it is needed.
        Keys of kind "part" come as nodes.
        """
        if not isinstance(node, Mapping):
            self.wrong_type(node, _("{part} with its keys").format(part=_(what)))
            return {}
        self.errors += node.is_broken
        values: dict[str, Any] = {}
        for key, value in node.items:
            field = table.get(key.text)
            if key.is_broken or (field is None and isinstance(value, Scalar) and value.is_broken):
                self.errors += 1
            elif field is None:
                self._unknown_key(key, table, what)
            elif isinstance(value, Scalar) and value.is_null and self.is_null(value, key):
                values[key.text] = None
            else:
                read = READERS.get(field.kind)
                values[key.text] = (
                    read(self, value) if read else CHOOSERS[field.kind](self, value, field)
                )
        for name in table.required:
            if name not in values:
                message = _("{part} has no `{key}`").format(part=_(what), key=name)
                self.find(
                    node.at._replace(width=1),
                    "missing-key",
                    message,
                    _("add `{key}:`").format(key=name),
                )
        return values

    def _unknown_key(self, key: Scalar, table: Table, what: str) -> None:
        message = _("'{key}' is no key of {part}").format(key=key.text, part=_(what))
        choices = _("its keys are: {keys}").format(keys=", ".join(table))
        hint = did_you_mean(key.text, table) or choices
        self.find(key.at, "unknown-key", message, hint)

    # --- single values ----------------------------------------------------------------------

    def line(self, node: Node) -> str | None:
        """Return a text on one line."""
        scalar = self._whole(self.scalar(node, N_("a text")))
        return scalar.text.strip() if scalar else None

    def _whole(self, scalar: Scalar | None) -> Scalar | None:
        """Return a text; that a comment seems to cut it short is a warning."""
        if scalar is not None and scalar.is_cut:
            message = _("the text ends here, before a #")
            hint = _("put the whole text in quotes; a comment has a space after its #")
            end = scalar.at._replace(column=scalar.at.column + scalar.at.width, width=1)
            self.find(end, "cut-text", message, hint, "warning")
        return scalar

    def text(self, node: Node) -> Text | None:
        """Return a text, or one for each language."""
        if not isinstance(node, Mapping):
            expected = N_("a text, or one for each language: {es: …, en: …}")
            scalar = self._whole(self.scalar(node, expected))
            return Text({"": scalar.text.strip()}) if scalar else None
        self.errors += node.is_broken
        if not node.items and not node.is_broken:
            self.wrong_type(Scalar("", *node.at, is_null=True), _("a text"))
        by_language = {}
        for key, value in node.items:
            if not LANGUAGE.fullmatch(key.text):
                message = _("'{word}' is no code of a language").format(word=key.text)
                hint = _("write es, en …; text with a comma inside { } goes in quotes")
                self.find(key.at, "wrong-type", message, hint)
            elif not self.is_null(value, key) and (scalar := self.scalar(value, N_("a text"))):
                by_language[key.text] = scalar.text.strip()
        if self.authentic in by_language:
            by_language = {self.authentic: by_language[self.authentic], **by_language}
        return Text(by_language) if by_language else None

    def day(self, node: Node) -> date | None:
        """Return a day."""
        scalar = self.scalar(node, N_("a day"))
        if scalar is None:
            return None
        day = parse_day(scalar.text)
        if day is None:
            self.wrong_date(scalar, _("write it as {form}").format(form=DAY_FORM))
        return day

    def wrong_date(self, scalar: Scalar, hint: str) -> None:
        """Add the finding for a text that is no day of the calendar."""
        message = _("'{text}' is no day of the calendar").format(text=scalar.text)
        self.find(scalar.at, "wrong-date", message, hint)

    def due(self, node: Node) -> tuple[Due, Location]:
        """Return when something is due, with its place; Unclear where it is not understood."""
        scalar = self.scalar(node, N_("a day, a period or a meeting"))
        return (self._due(scalar) if scalar else Unclear("")), node.at

    def _due(self, scalar: Scalar) -> Due:
        due = parse_due(scalar.text)
        if due is not None:
            return due
        message = _("'{text}' is no form of a deadline")
        hint = _("write one of: {forms}").format(forms=", ".join(DUE_FORMS))
        if looks_like_day(scalar.text):
            message, hint = _("'{text}' is no day of the calendar"), ""
        elif is_backward(scalar.text):
            message, hint = _("'{text}' ends before it starts"), ""
        elif scalar.text.casefold() in SOFT_FORMS:
            said, cure = message.format(text=scalar.text), scalar.text.casefold()
            self.find_word(scalar.at, "wrong-due", said, cure)
            return Unclear(scalar.text)
        self.find(scalar.at, "wrong-due", message.format(text=scalar.text), hint)
        return Unclear(scalar.text)

    def until(self, node: Node) -> Until | None:
        """Return the last day of a recurring duty, written as a day or a period."""
        scalar = self.scalar(node, N_("a day or a period"))
        found = parse_period(scalar.text) if scalar else None
        if scalar and found is None:
            self.wrong_date(
                scalar, _("write one of: {forms}").format(forms=", ".join(PERIOD_FORMS))
            )
        return Until(found[1], node.at) if found else None

    def occurrence(self, node: Node) -> Written | None:
        """Return which of a recurring duty is meant: its deadline, or a meeting's id."""
        expected = N_("an occurrence: its deadline, as 2003-05-31, or the id of its meeting")
        return self.matching(node, MEETING_ID, "wrong-type", expected)

    def id(self, node: Node) -> str | None:
        """Return a meeting's id."""
        expected = N_("an id: letters, digits and hyphens, as in GRCM-2002-10")
        word = self.matching(node, MEETING_ID, "wrong-id", expected)
        if word is not None and reads_as_due(word.text):
            message = _("the id '{text}' reads as a date").format(text=word.text)
            self.find(word.at, "wrong-id", message, _("begin it with the body, as in GRCM-2002-10"))
        return word.text if word else None

    def number(self, node: Node) -> Written | None:
        """Return a conclusion's number, with its place."""
        expected = N_("a number: digits and letters, joined by . / or -, as in 8, 12.a, IV.3")
        return self.matching(node, NUMBER, "wrong-number", expected)

    def language(self, node: Node) -> str | None:
        """Return the code of a language."""
        word = self.matching(
            node, LANGUAGE, "wrong-type", N_("the code of a language, as es or en")
        )
        return word.text if word else None

    def reference(self, node: Node) -> Written | None:
        """Return a reference as it is written, with its place."""
        scalar = self.scalar(node, N_("a reference, as GRCM-2002-10/8#1"))
        return scalar.written if scalar else None

    def code(self, node: Node) -> Written | None:
        """Return a party's code as it is written, with its place."""
        scalar = self.scalar(node, N_("a party's code"))
        return scalar.written if scalar else None

    def word(self, node: Node, field: Field) -> Written | None:
        """Return one of the field's choices, with its place."""
        if isinstance(node, Scalar) and node.text in field.choices and not node.is_broken:
            return node.written
        choices = ", ".join(field.choices)
        scalar = self.scalar(node, _("one of these words: {choices}").format(choices=choices))
        if scalar is None or scalar.text in field.choices:
            return None  # whatever it is, there is a finding for it
        message = _("'{text}' is not one of: {choices}").format(text=scalar.text, choices=choices)
        if scalar.text.casefold() in field.choices and scalar.at.width >= len(scalar.text):
            self.find_word(scalar.at, "wrong-word", message, scalar.text.casefold())
            return None
        self.find(scalar.at, "wrong-word", message, did_you_mean(scalar.text, field.choices))
        return None

    # --- lists ------------------------------------------------------------------------------

    def codes(self, node: Node) -> tuple[Written, ...]:
        """Return the codes of parties; one that is said twice is a warning."""
        words = self.each_of(node, self.code)
        self._warn_twice(words)
        return words

    def _warn_twice(self, words: Iterable[Written]) -> None:
        seen: set[str] = set()
        for word in words:
            if word.text in seen:
                message = _("'{code}' is said twice").format(code=word.text)
                self.find(word.at, "repeated-code", message, _("once is enough"), "warning")
            seen.add(word.text)

    # --- who owes ---------------------------------------------------------------------------

    def responsible(self, node: Node) -> tuple[Responsible, bool]:
        """Return who owes, together or each, and whether all of it was understood."""
        before = self.errors
        found: Responsible = (
            self._each(node) if isinstance(node, Mapping) else Together(self.codes(node))
        )
        return found, self.errors == before

    def _each(self, node: Node) -> Each:
        if isinstance(node, Mapping) and (group_said := _group_alone(node)):
            message = _("{expected} belongs here, not {found}")
            expected = f"`{{each: {group_said}}}`"
            self.find(node.at, "wrong-type", message.format(expected=expected, found=group_said))
            return Each("listed", (), (), node.at)
        values = self.fields(node, EACH, _("`responsible`"))
        group: Group
        group, listed = values.get("each") or ("listed", ())
        return Each(group, listed, values.get("except") or (), node.at)

    def group(self, node: Node) -> tuple[Group, tuple[Written, ...]]:
        """Return the group of an `each`: its name, and the codes where they are listed."""
        if isinstance(node, Scalar) and node.text in GROUPS:
            return GROUPS[node.text], ()
        return "listed", self.codes(node)


def _group_alone(node: Mapping) -> str | None:
    """Return the group of `{members}` or `{each:members}`, which YAML reads as a key alone."""
    words = [key.text.removeprefix("each:").strip() for key, value in node.items]
    return words[0] if len(words) == 1 and words[0] in GROUPS else None


READERS: dict[Kind, Callable[[Values, Node], Any]] = {
    "line": Values.line,
    "lines": lambda values, node: values.each_of(node, values.line),
    "text": Values.text,
    "day": Values.day,
    "language": Values.language,
    "languages": lambda values, node: values.each_of(node, values.language),
    "id": Values.id,
    "number": Values.number,
    "code": Values.code,
    "codes": Values.codes,
    "reference": Values.reference,
    "references": lambda values, node: values.each_of(node, values.reference),
    "due": Values.due,
    "until": Values.until,
    "occurrence": Values.occurrence,
    "responsible": Values.responsible,
    "group": Values.group,
    "part": lambda _values, node: node,
}
CHOOSERS: dict[Kind, Callable[[Values, Node, Field], Any]] = {
    "word": Values.word,
    "words": lambda values, node, field: values.each_of(node, lambda n: values.word(n, field)),
}
"""The readers of what the field itself gives the choices of."""
