"""What the tests of the site share: the site of the repository's own data."""

import fcntl
import os

import pytest

from ..conftest import DATA
from .test_site import Site, made


@pytest.fixture(scope="session")
def plain_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the site of the repository's own data, made once for all workers: only to be read."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    target = folder / "plain_site"
    with (folder / "being_made").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return Site(target) if target.exists() else made(DATA, target)
