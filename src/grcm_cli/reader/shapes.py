"""What every value is read with: the shape of a node, and the findings of one file."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from grcm_cli.domain.findings import Finding, Severity
from grcm_cli.domain.model import Location, Written
from grcm_cli.language.text import _
from grcm_cli.reader.nodes import Mapping, Node, Scalar, Sequence


class Shapes:
    """Tells the shapes of one file's nodes apart and keeps what it finds wrong in them."""

    def __init__(self, findings: list[Finding]) -> None:
        """Take the list to which findings are added."""
        self.findings = findings
        self.errors = 0

    def find(
        self, at: Location, rule: str, message: str, hint: str = "", severity: Severity = "error"
    ) -> None:
        """Add a finding."""
        self.errors += severity == "error"
        self.findings.append(Finding(at, severity, rule, message, hint))

    def find_word(self, at: Location, rule: str, message: str, cure: str) -> None:
        """Add a finding for a word in the wrong case, whose right form is certain."""
        self.errors += 1
        hint = _("did you mean `{key}`?").format(key=cure)
        self.findings.append(Finding(at, "error", rule, message, hint, cure))

    def is_null(self, node: Node, key: Scalar) -> bool:
        """Tell whether a value is empty, which is a finding: an open value is left out instead."""
        if not isinstance(node, Scalar) or node.is_broken or not node.is_null:
            return False
        message = _("'{key}' has no value").format(key=key.text)
        hint = _("write a value or leave the key out; text with a comma inside { } goes in quotes")
        self.find(key.at, "null-value", message, hint)
        return True

    def wrong_type(self, node: Node, expected: str) -> None:
        """Add the finding for a node of another kind than the one expected."""
        if isinstance(node, Scalar) and node.is_broken:
            self.errors += 1
            return
        found = {
            Scalar: _("a single value"),
            Sequence: _("a list"),
            Mapping: _("keys with values"),
        }[type(node)]
        is_null = isinstance(node, Scalar) and node.is_null
        message = _("{expected} belongs here, not {found}").format(
            expected=expected, found=_("an empty value") if is_null else found
        )
        self.find(node.at, "null-value" if is_null else "wrong-type", message)

    def items(self, node: Node) -> Iterator[Node]:
        """Yield the items of a list; one value may stand alone."""
        if isinstance(node, Sequence):
            self.errors += node.is_broken
            yield from node.items
        else:
            yield node

    def scalar(self, node: Node, expected: str) -> Scalar | None:
        """Return a single text that is not empty, else None.

        `expected` is what belongs there, in English: it is looked up only where it is needed.
        """
        if not isinstance(node, Scalar):
            self.wrong_type(node, _(expected))
            return None
        if node.is_broken:
            self.errors += 1
            return node if node.text else None
        if node.is_null or not node.text.strip():
            self.wrong_type(node._replace(is_null=True), _(expected))
            return None
        return node

    def matching(
        self, node: Node, pattern: re.Pattern[str], rule: str, expected: str
    ) -> Written | None:
        """Return a text that fits a pattern, with its place."""
        scalar = self.scalar(node, expected)
        if scalar is None:
            return None
        if scalar.is_broken:
            return None
        if not pattern.fullmatch(scalar.text):
            message = _("'{text}' is not {expected}")
            message = message.format(text=scalar.text, expected=_(expected))
            self.find(scalar.at, rule, message)
            return None
        return scalar.written

    def each_of(self, node: Node, read: Callable[[Node], Any]) -> tuple[Any, ...]:
        """Return the values of a list, or of one that stands alone, less those with errors."""
        if not isinstance(node, Sequence):
            value = read(node)
            return () if value is None else (value,)
        values = [read(item) for item in self.items(node)]
        return tuple([value for value in values if value is not None])
