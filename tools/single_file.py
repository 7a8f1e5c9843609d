"""Make grcm.pyz, one file that runs wherever there is Python: grcm with all its libraries.

The libraries are those installed here, which `make` takes from requirements/run.txt by their
hashes. Their compiled parts stay out, so that the file is the same on every machine; PyYAML and
MarkupSafe do without, python-docx does not and stays out too. The same source gives the same bytes.
"""

import re
import sys
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

ROOT = Path(__file__).parent.parent
COMPILED = ("python-docx", "lxml")
"""What needs compiled code: Word documents cannot be written."""
_KEPT_INFO = ("METADATA", "LICENSE", "COPYING", "NOTICE", "AUTHORS")
_START = '''\
"""Unpack grcm once, for this user, and run it."""

import os
import sys

DIGEST = "{digest}"
if sys.version_info < (3, 11):
    sys.exit("grcm needs Python 3.11 or newer; this is " + sys.version.split()[0])


def place():
    """Return the folder of caches of this user; None where none can be written."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = os.path.join(base, "grcm", "program")
    if not os.path.isabs(folder):
        return None
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        status = os.stat(folder)
    except OSError:
        return None
    if hasattr(os, "geteuid") and (status.st_uid != os.geteuid() or status.st_mode & 0o022):
        return None  # others could put a program there
    return folder if os.access(folder, os.W_OK) else None


def unpacked():
    """Return the folder with grcm in it, and whether it is for this run alone."""
    import shutil
    import tempfile
    import zipfile

    base = place()
    home = base and os.path.join(base, DIGEST)
    if home and os.path.isdir(home):
        return home, False
    new = tempfile.mkdtemp(prefix=".new-", dir=base)
    try:
        with zipfile.ZipFile(os.path.dirname(os.path.abspath(__file__))) as archive:
            archive.extractall(new)
        if not home:
            return new, True
        try:
            os.rename(new, home)
        except OSError:  # another run was faster
            shutil.rmtree(new, ignore_errors=True)
        return home, False
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def run():
    """Run grcm from its folder."""
    folder, is_for_once = unpacked()
    sys.path.insert(0, folder)
    sys.argv[0] = "grcm"
    try:
        from grcm_cli.__main__ import main

        main()
    finally:
        if is_for_once:
            import shutil

            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    run()
'''


def libraries() -> list[str]:
    """Return the names of all libraries that grcm needs, those of libraries too, sorted."""
    found: set[str] = set()
    waiting = ["grcm-cli"]
    while waiting:
        for line in metadata.requires(waiting.pop()) or ():
            requirement, _, marker = line.partition(";")
            name = re.split(r"[^A-Za-z0-9._-]", requirement.strip())[0]
            name = re.sub(r"[-_.]+", "-", name).lower()
            is_wanted = "extra" not in marker and "win32" not in marker
            if is_wanted and name not in {*found, *COMPILED} and _is_installed(name):
                found.add(name)
                waiting.append(name)
    return sorted(found)


def _is_installed(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:  # for another Python or system
        return False
    return True


def _files_of(name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an installed library that its pure part needs."""
    for path in metadata.distribution(name).files or ():
        inside = path.as_posix()
        if inside.startswith("..") or path.suffix in (".so", ".pyd", ".pyc"):
            continue
        if ".dist-info/" in inside and not path.name.startswith(_KEPT_INFO):
            continue
        yield inside, Path(str(path.locate())).read_bytes()


def _own_files() -> Iterator[tuple[str, bytes]]:
    source = ROOT / "src"
    for path in (source / "grcm_cli").rglob("*"):
        if path.is_file() and path.suffix not in (".pyc", ".po"):
            yield path.relative_to(source).as_posix(), path.read_bytes()
    text = metadata.distribution("grcm-cli").read_text("METADATA") or ""
    yield "grcm_cli.dist-info/METADATA", text.encode()


def make(target: Path) -> None:
    """Write the file."""
    files = dict(_own_files())
    for name in libraries():
        files |= dict(_files_of(name))
    digest = sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + sha256(files[name]).digest())
    files["__main__.py"] = _START.replace("{digest}", digest.hexdigest()[:32]).encode()
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        out.write(b"#!/usr/bin/env python3\n")
        with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=9) as archive:
            for name in sorted(files):
                entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, files[name])
    target.chmod(0o755)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
    print(f"{sys.argv[1]}: {Path(sys.argv[1]).stat().st_size} bytes")  # noqa: T201 - its answer
