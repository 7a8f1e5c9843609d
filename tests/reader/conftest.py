"""What the tests of the reader share: a file of each kind is read, by either of two parsers."""

import pytest

from grcm_cli.domain.findings import Finding
from grcm_cli.reader import events
from grcm_cli.reader.records import read_meeting, read_progress, read_register


@pytest.fixture(params=["libyaml", "pure Python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test with the C parser and with the other, which must not differ."""
    if request.param == "pure Python":
        monkeypatch.setattr(events, "_LIBYAML", None)
    return str(request.param)


def read_file(kind: str, data: bytes, findings: list[Finding]) -> object:
    """Return what is read of a file of a kind, and add what is found in it."""
    if kind == "register":
        return read_register("f", data, findings)
    if kind == "meeting":
        return read_meeting("f", "WG-2002-10", data, findings)
    return tuple(read_progress("f", "AAA", data, findings))
