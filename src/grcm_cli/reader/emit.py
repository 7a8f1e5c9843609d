"""Values → lines of YAML that the reader reads as the same; quoted only where YAML needs it."""

from collections.abc import Mapping

import yaml

_ENDLESS = 1_000_000_000  # columns: no text is folded over several lines


class _Dumper(yaml.SafeDumper):
    """Writes a day as a day: every scalar is text to our reader."""


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def mapping(keys: Mapping[str, object], *, in_brackets: bool = False) -> str:
    """Return a mapping as YAML, a key a line, or all in brackets."""
    said: str = yaml.dump(
        dict(keys),
        Dumper=_Dumper,
        allow_unicode=True,
        default_flow_style=in_brackets,
        sort_keys=False,
        width=_ENDLESS,
    )
    return said
