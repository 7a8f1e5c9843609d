"""What the tests of drafts share."""

import pytest

from grcm_cli.domain.register import Register
from grcm_cli.storage.loader import load

from ..conftest import DATA


def own_register() -> Register:
    """Return the register of the repository's own record."""
    loaded = load(DATA, DATA).register
    assert loaded is not None
    return loaded


register = pytest.fixture(scope="session", name="register")(own_register)
