"""What the tests of drafts share."""

import pytest

from grcm_cli.domain.register import Register
from grcm_cli.storage.loader import load

from ..conftest import DATA


@pytest.fixture(scope="session")
def register() -> Register:
    """Return the register of the repository's own record."""
    loaded = load(DATA, DATA).register
    assert loaded is not None
    return loaded
