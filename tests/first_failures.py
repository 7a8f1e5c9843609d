"""A plugin of pytest, `-p tests.first_failures`: it leaves a file at its first failure."""

import pytest


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    if call.excinfo and not call.excinfo.errisinstance(pytest.skip.Exception):
        items = item.session.items
        rest = items.index(item) + 2  # the next is chosen already
        items[rest:] = [other for other in items[rest:] if other.path != item.path]
