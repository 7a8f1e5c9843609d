"""Titles of meetings as a sentence takes them."""

import pytest

from grcm_cli.views.meetings import without_capitals


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("XII REUNIÓN DEL COMITÉ TÉCNICO", "XII Reunión del Comité Técnico"),
        ("REUNIÓN DE LA CRM", "Reunión de la CRM"),
        ("LA REUNIÓN Y EL ACTA", "La Reunión y el Acta"),
        ("COMITÉ DEL SICA EN LA OIM", "Comité del SICA en la OIM"),
        ("GRUPO DE TRABAJO (GETEM)", "Grupo de Trabajo (GETEM)"),
        ("REUNIÓN CT-2026 DE SAN JOSÉ", "Reunión CT-2026 de San José"),
        ("MEETING OF THE TECHNICAL COMMITTEE", "Meeting of the Technical Committee"),
        ("II FORO D’ÉTAT", "II Foro D’État"),
        ("Reunión del COMITÉ", "Reunión del COMITÉ"),
        ("COMITÉ", "COMITÉ"),
        ("2026", "2026"),
        ("", ""),
    ],
)
def test_a_title_in_capitals(title: str, shown: str) -> None:
    assert without_capitals(title, {"SICA", "OIM", "Comité"}) == shown
