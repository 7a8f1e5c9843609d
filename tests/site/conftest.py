"""Sites that several files read: made once for all workers, and only to be read."""

import fcntl
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ..conftest import DATA, Folder, run_grcm
from ..formats.test_formats import hostile
from .test_site import BASE, DAY, HOSTILE_TITLE, Site, made


def once(base: Path, name: str, make: Callable[[Path], Site]) -> Site:
    """Return a site, and make it where no other worker has."""
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        target = folder / name
        return Site(target) if target.exists() else make(target)


@pytest.fixture(scope="session")
def plain_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the site of the repository's own data."""
    return once(tmp_path_factory.getbasetemp(), "plain_site", lambda target: made(DATA, target))


@pytest.fixture(scope="session")
def site(plain_site: Site) -> Site:
    """Return `plain_site`, where a file of tests has no other."""
    return plain_site


@pytest.fixture(scope="session")
def hosted_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the site of the repository's own data, as for a host, with its documents."""
    options = ("--base-url", f"{BASE}/", "--sources")
    base = tmp_path_factory.getbasetemp()
    return once(base, "hosted_site", lambda target: made(DATA, target, DAY, *options))


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the site of a record whose texts would do something on a page."""

    def make(target: Path) -> Site:
        folder = Folder(target.with_name("hostile_data"))
        hostile(folder)
        title, place = json.dumps(HOSTILE_TITLE), json.dumps("<img src=x onerror=1>")
        head = "id: CO-2002-05\nbody: CO\nstart: 2002-05-01\nsource: 'javascript:alert(1)'\n"
        folder.write("meetings/CO-2002-05.yaml", f"{head}title: {title}\nplace: {place}\n")
        folder.progress(
            "DDD", "- {mandate: WG-2002-10/1, date: 2003-01-10, progress: done,"
            " evidence: 'javascript:alert(1)', note: '<script>1</script> {{ 7*7 }}'}\n"
        )  # fmt: skip
        words = ("site", str(target), "--partial", "--as-of", "2003-02-01")
        ran = run_grcm("--data", str(folder.path), *words)
        assert ran.code == 1  # what somebody reports who does not owe it
        return Site(target)

    return once(tmp_path_factory.getbasetemp(), "hostile_site", make)
