"""What phrases and other notations mean, as a file writes them: advice, and never read as such."""

import shutil
from pathlib import Path

import pytest

from grcm_cli.domain.periods import parse_day, parse_period
from grcm_cli.reader.advice import meaning_as
from grcm_cli.times.alone import due_meaning

from ..conftest import DATA, run_grcm

CERTAIN = """
cada tres meses = every 3 months
Cada 2 semanas = every 2 weeks
every three months = every 3 months
trimestralmente = every 3 months
anual = every year
cada año = every year
cada año el 31 de mayo = every year on 05-31
31 de mayo de cada año = every year on 05-31
todos los años antes del 31 de mayo = every year on 05-30
cada reunión de la CM = every CM
en cada reunión = every GRCM
en 60 días = within 60 days
en un plazo de sesenta (60) días = within 60 days
dentro de dos semanas = within 2 weeks
within a month = within 1 month
60 días después de la reunión = within 60 days
within 60 days of 15/06/2026 = within 60 days of 2026-06-15
próxima CM = next CM
proxima CM = next CM
Next CM = next CM
en la próxima reunión de la CM = at next CM
próxima reunión ordinaria de la CM = next CM
la próxima reunión = next GRCM
next grcm = next GRCM
30 días antes de la próxima CM = 30 days before next CM
con 30 días de antelación a la próxima CM = 30 days before next CM
al menos 30 días antes de la próxima reunión = 30 days before next GRCM
30 días antes de CM-2026-05 = 30 days before CM-2026-05
antes de la próxima CM = next CM
a tiempo para la próxima reunión = next GRCM
at the next meeting = at next GRCM
trimestralmente, a partir del 1 de julio de 2026 = every 3 months from 2026-07-01
30 días antes del 15 de junio de 2026 = 2026-05-16
15/06/2026 = 2026-06-15
06/15/2026 = 2026-06-15
05/05/2026 = 2026-05-05
15.6.2026 = 2026-06-15
2026/6/5 = 2026-06-05
15-jun-2026 = 2026-06-15
15 de junio de 2026 = 2026-06-15
June 15, 2026 = 2026-06-15
a más tardar el 15 de junio de 2026 = 2026-06-15
antes del 15 de junio de 2026 = 2026-06-14
a fines de junio de 2026 = 2026-06
antes de junio de 2026 = 2026-05
06/2026 = 2026-06
primer trimestre de 2026 = 2026-Q1
último semestre de 2026 = 2026-H2
first half of 2026 = 2026-H1
2T 2026 = 2026-Q2
Q2 2026 = 2026-Q2
a fines de 2026 = 2026
a la brevedad = asap
lo antes posible = asap
ASAP = asap
en la CRM-2003-05 = at CRM-2003-05
durante la CRM-2003-05 = at CRM-2003-05
para la CRM-2003-05 = CRM-2003-05
entre el 1 y el 15 de mayo de 2003 = 2003-05-01/2003-05-15
jueves 15 de mayo de 2003 = 2003-05-15
permanente = ongoing
"""
UNCERTAIN = """
03/04/2026 = 2026-04-03, 2026-03-04
within 60 days of 03/04/2026 = within 60 days of 2026-04-03, within 60 days of 2026-03-04
15/06/26 = 2026-06-15
mid-2026 = 2026-H1
1 y 15 de mayo de 2003 = 2003-05-01/2003-05-15
viernes 15 de mayo de 2003 = 2003-05-15
bimonthly = every 2 months
a principios de 2026 = 2026-Q1
de manera permanente = ongoing
"""
NOT_UNDERSTOOD = """
ya veremos
60 días hábiles
próxima semana
próxima reunión del Consejo
31/06/2026
0000-00-00
15 de junio
antes de fin de año
45/13/2026
próxima
cada
"""


def pairs(table: str) -> list[tuple[str, str]]:
    lines = (line.rsplit(" = ", 1) for line in table.strip().splitlines())
    return [(words, forms) for words, forms in lines]


@pytest.mark.parametrize(("words", "form"), pairs(CERTAIN))
def test_what_has_one_reading_has_one_form(words: str, form: str) -> None:
    assert due_meaning(words, "GRCM") == ((form,), True)


@pytest.mark.parametrize(("words", "forms"), pairs(UNCERTAIN))
def test_what_has_two_readings_or_is_guessed_is_not_certain(words: str, forms: str) -> None:
    assert due_meaning(words, "GRCM") == (tuple(forms.split(", ")), False)


@pytest.mark.parametrize("words", NOT_UNDERSTOOD.strip().splitlines())
def test_what_is_not_understood_has_no_form(words: str) -> None:
    assert due_meaning(words, "GRCM") == ((), False)


def test_the_next_meeting_of_an_unknown_body_has_no_form() -> None:
    assert due_meaning("la próxima reunión") == ((), False)


def test_a_day_is_no_period_and_no_other_deadline() -> None:
    assert meaning_as(parse_day, "15 de enero de 2026").forms == ("2026-01-15",)
    assert meaning_as(parse_day, "enero de 2026").forms == ()
    assert meaning_as(parse_period, "enero de 2026").forms == ("2026-01",)
    assert meaning_as(parse_period, "en 60 días").forms == ()


BODIES = """
próxima Viceministerial = next CRM
next rcm = next CRM
cada RCM = every CRM
próxima reunión del Grupo Regional de Consulta sobre Migración = next GRCM
next Regional Consultation Group on Migration = next GRCM
30 días antes de la próxima Viceministerial = 30 days before next CRM
en la próxima reunión = at next GRCM
"""


def test_a_body_by_its_name_in_a_file(tmp_path: Path) -> None:
    """The names and aliases are those of the register, which is read after the words."""
    shutil.copytree(DATA, tmp_path / "data")
    with (tmp_path / "data/meetings/GRCM-2002-10.yaml").open("a", encoding="utf-8") as file:
        for number, (written, _form) in enumerate(pairs(BODIES), 25):
            keys = f"number: {number}, text: Algo., responsible: MEX, due: {written}"
            file.write(f"\n  - {{{keys}}}\n")
    _before, *told = run_grcm("--lang", "en", "validate", cwd=tmp_path).out.split("wrong-due]: ")
    for (written, form), finding in zip(pairs(BODIES), told, strict=True):
        assert finding.startswith(f"'{written}' cannot be read as a deadline\n")
        assert f"^ write {form}\n" in finding
