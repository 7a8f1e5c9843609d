"""`grcm validate --diff`: git takes what it shows. scenarios/validate.md has the rest."""

import subprocess

import pytest

from ..conftest import Folder, run_grcm


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("last", ["", None], ids=["no last line end", "a last line end"])
def test_git_applies_what_diff_shows(folder: Folder, end: str, last: str | None) -> None:
    rest = "".join(f"  # {number}\n" for number in range(9))
    folder.meeting(f"- number: 1\n  text: Texto\n{rest}  responsible: AAA\n  due: 15/01/2003\n")
    path = folder.path / "meetings/WG-2002-10.yaml"
    text = path.read_text().removesuffix("\n") + ("\n" if last is None else "")
    path.write_bytes(text.replace("\n", end).encode())
    subprocess.run(["git", "init", "-q"], cwd=folder.path, check=True)
    ran = run_grcm("validate", "--fix", "--diff", cwd=folder.path)
    patch = ran.out.encode()
    subprocess.run(["git", "apply", "-"], cwd=folder.path, input=patch, check=True)
    patched = path.read_bytes()
    path.write_bytes(text.replace("\n", end).encode())
    run_grcm("validate", "--fix", cwd=folder.path)
    assert patched == path.read_bytes()
    assert b"due: 2003-01-15" in patched
