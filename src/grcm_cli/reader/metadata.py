"""The value of `metadata`: keys of any names with texts, lists and further keys, kept as it is."""

from typing import Any

from yaml import MappingStartEvent

from grcm_cli.language.text import _
from grcm_cli.reader.events import Event, Mapping, Node, Scalar
from grcm_cli.reader.values import Values


def read_metadata(file: Values, event: Event) -> dict[str, Any] | None:
    """Return what the keys hold: each value a text, a list or a mapping; None if there is none."""
    if event.__class__ is not MappingStartEvent:
        file.wrong_type(event, _("the keys of other programs, as `edoxen: {urn: …}`"))
        return None
    found = _plain(file, file.node(event))
    return found if isinstance(found, dict) else None


def _plain(file: Values, node: Node) -> Any:  # noqa: ANN401 - a tree of texts
    """Return a node without its places; an empty value is a finding."""
    if isinstance(node, Scalar):
        if node.is_broken:
            file.errors += 1
        elif node.is_null:
            hint = _("write a value or leave the key out")
            file.problem(node.at, "null-value", _("a value is missing here"), hint)
        return node.text
    if isinstance(node, Mapping):
        return {key.text: _plain(file, value) for key, value in node.items}
    return [_plain(file, item) for item in node.items]
