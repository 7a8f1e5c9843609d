"""An export of a record that is held without the texts that no list shows has the same bytes."""

from pathlib import Path

import pytest

from grcm_cli.exports import edoxen
from grcm_cli.storage import loader
from grcm_cli.storage.file_reader import Compact
from grcm_cli.storage.loader import load

from ..conftest import DATA, Folder
from .common import FORMATS, export, hostile

CONCLUSIONS = """\
- number: 1
  text: Un acuerdo sin mandato, con anexos.
  acts: [directive, deciding]
  documents: [Anexo 1, Anexo 2]
  note: Una nota del acuerdo.
  metadata: {edoxen: {kind: resolution}, other: {x: y}}
- number: 2
  text: Dos mandatos.
  acts: evaluative
  note: Otra nota.
  mandates:
  - {action: Enviar, responsible: {each: members}, due: 2003-01-15, note: Nota del mandato.}
  - {responsible: CH, due: next WG, after: 2#1}
- number: 3
  text: {es: Sin mandato., en: No mandate.}
  follows: [1]
"""


KINDS = ("repository", "hostile", "everything")


def _folder(kind: str, folder: Folder) -> Path:
    """Return the path of a data folder, which is written first unless it is the repository's."""
    if kind == "hostile":
        hostile(folder)
    if kind == "everything":
        folder.meeting(CONCLUSIONS)
        folder.progress("AAA", "- {mandate: 'WG-2002-10/2#1', date: 2003-01-10, progress: done}\n")
    return DATA if kind == "repository" else folder.path


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_the_same(
    name: str, kind: str, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _folder(kind, folder)
    before = export(path, name, "2003-02-01", "--all", lang="es")
    monkeypatch.setattr(loader, "LARGE", 0)
    after = export(path, name, "2003-02-01", "--all", lang="es")
    assert (after.code, after.err) == (before.code, before.err)
    assert after.data == before.data


@pytest.mark.parametrize("kind", KINDS)
def test_collections_are_the_same(
    kind: str, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _folder(kind, folder)
    register = load(path, path).register
    assert register is not None
    before = edoxen.render(register, register.meetings)
    monkeypatch.setattr(loader, "LARGE", 0)
    without = load(path, path, compact=Compact("all")).register
    assert without is not None
    assert edoxen.render(without, without.meetings) == before
