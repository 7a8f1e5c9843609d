"""Several meetings in one document: each is drafted by itself."""

from pathlib import Path

import pytest

from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.draft import draft
from grcm_cli.drafting.layout.sections import meetings
from grcm_cli.drafting.review import doubts
from grcm_cli.storage.loader import load

from ..conftest import DATA, run_grcm
from .test_completeness import document
from .test_layout import CASES

TEXT = """Actas de los Puertos

XII Reunión del Grupo Regional de Consulta sobre Migración
Ámbar, 3 y 4 de marzo de 2004

1. Aprobar el plan de boyas.

2. Solicitar a México que envíe el plano antes del 1 de mayo de 2004.

XIII Reunión del Grupo Regional de Consulta sobre Migración

Ópalo, 5 y 6 de abril de 2005

1. Agradecer a Canadá.

2. Solicitar a Panamá que envíe la tabla antes del 1 de junio de 2005.
"""


def test_a_part_begins_with_a_title_and_days() -> None:
    found = meetings(read(TEXT.encode()))
    assert [title[:12] for title, _part in found] == ["XII Reunión ", "XIII Reunión"]
    assert [len(part) for _title, part in found] == [9, 7]


CUMULATIVE = """Lista de los acuerdos aprobados hasta el 5 de mayo de 2006

Acuerdo 1: (Ámbar - marzo 2004)
Aprobar el plan de boyas.

Acuerdo 2: (Ámbar, Laguna -
marzo de 2004)
Aprobar la carta.

Acuerdo 3 (aprobado por correo)
Publicar la carta.

Acuerdo 4 (Ópalo, Abr 05)
Agradecer a Canadá.

Acuerdo 5 Faros (Ópalo - abril 2005)
Solicitar a Panamá que envíe la tabla.
"""


def test_a_part_has_the_labels_of_one_month() -> None:
    found = meetings(read(CUMULATIVE.encode()))
    assert [title for title, _part in found] == ["Ámbar - marzo 2004", "Ópalo, Abr 05"]
    assert [part[0].text[:9] for _title, part in found] == ["Acuerdo 1", "Acuerdo 4"]
    assert [part[-1].text[:9] for _title, part in found] == ["", "Solicitar"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_document_of_one_meeting_has_one(path: Path) -> None:
    assert len(meetings(document(path))) == 1


def test_one_of_several_meetings_is_drafted_and_compared(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/register.yaml").write_bytes((DATA / "register.yaml").read_bytes())
    (tmp_path / "acta.txt").write_text(TEXT, encoding="utf-8")

    def draft(*arguments: str) -> tuple[int, str, str]:
        ran = run_grcm("draft", "acta.txt", *arguments, cwd=tmp_path)
        return ran.code, ran.out, ran.err

    _code, out, err = draft("--meeting", "2")
    assert "start: 2005-04-05" in out
    assert "boyas" not in out
    assert "meetings" not in err
    draft("--meeting", "2", "-o", "x.yaml")
    assert draft("--meeting", "2", "--check", "x.yaml")[0] == 0
    assert (
        "the document has 2 meetings; draft each with --meeting N: "
        "1 XII Reunión del Grupo Regional de Consulta sobre…; 2 XIII Reunión" in draft()[2]
    )
    assert draft("--meeting", "3")[::2] == (
        2,
        "grcm: there is no meeting 3 in it: the document has 2\n",
    )


@pytest.mark.parametrize(
    ("session", "due", "points"),
    [("13th", "at next GRCM", 0), ("14th", None, 1), ("11th", None, 0)],
)
def test_the_number_of_a_session_tells_whether_it_is_the_next(
    session: str, due: str | None, points: int
) -> None:
    text = (
        "Twelfth Meeting of the Regional Consultation Group on Migration\n"
        "Amber, 3 and 4 March 2004\n\n"
        f"1. Requests Canada to report to the {session} Meeting.\n2. Thank Mexico.\n"
    )
    register = load(DATA, DATA).register
    assert register is not None
    found = draft(read(text.encode()), register, {})
    [duty] = found.conclusions[0].reading.duties
    assert (duty.due and duty.due.due) == due
    assert len(doubts(found)) == points
