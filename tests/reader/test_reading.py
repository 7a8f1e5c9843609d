"""What is read from every key of every file, with its place: `reading/*.yaml` → `reading/*.txt`.

`python -m tests.reader.test_reading` writes the expected values anew; then read the difference.
"""

from collections.abc import Iterator

import pytest

from grcm_cli.domain.due import Due
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Location
from grcm_cli.reader import fields

from ..conftest import ROOT
from .conftest import read_file

HERE = ROOT / "tests/reading"
KINDS = ("register", "meeting", "progress")


def lines(value: object, name: str = "", depth: int = 0) -> Iterator[str]:
    """Yield a value's parts, one a line, each with its name, its class and its place."""
    head = f"{'  ' * depth}{name}{': ' if name else ''}"
    if isinstance(value, Location):
        yield f"{head}{value.line}:{value.column}+{value.width}"
    elif hasattr(value, "_fields"):
        yield f"{head}{type(value).__name__}"
        for field in value._fields:
            if isinstance(value, Due) and getattr(value, field) == Due._field_defaults.get(field):
                continue  # its form has no such field
            yield from lines(getattr(value, field), field, depth + 1)
    elif isinstance(value, tuple) and value:
        yield f"{head}of {len(value)}"
        for item in value:
            yield from lines(item, "", depth + 1)
    else:
        yield f"{head}{value!r}"


def told(kind: str) -> str:
    findings: list[Finding] = []
    value = read_file(kind, (HERE / f"{kind}.yaml").read_bytes(), findings)
    assert findings == []
    return "".join(f"{line}\n" for line in lines(value))


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_is_read_with_its_place(kind: str, parser: str) -> None:
    assert told(kind) == (HERE / f"{kind}.txt").read_text(encoding="utf-8")


def test_every_key_of_the_field_table_is_in_the_examples() -> None:
    text = "".join((HERE / f"{kind}.yaml").read_text(encoding="utf-8") for kind in KINDS)
    assert [key for key in fields.ALL_KEYS if f"{key}:" not in text] == []


if __name__ == "__main__":
    for written in KINDS:
        (HERE / f"{written}.txt").write_text(told(written), encoding="utf-8")
