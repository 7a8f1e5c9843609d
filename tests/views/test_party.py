"""The card of a party that `show` prints: to whom its letters go."""

import json

import pytest

from ..conftest import REGISTER, Folder, run_grcm

CONTACT = """{name: Lic. Ana Ejemplo, title: Directora, salutation: "Estimada Directora:",
    address: [Calle Ejemplo 1, Ciudad], email: [ana@example.org, oficina@example.org]}"""


def shown(folder: Folder, party: str, *arguments: str) -> str:
    return run_grcm("--data", str(folder.path), "show", party, *arguments).out


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "es",
            [
                "contacto: Lic. Ana Ejemplo, Directora",
                "saludo: Estimada Directora:",
                "dirección: Calle Ejemplo 1, Ciudad",
                "correo: ana@example.org, oficina@example.org",
            ],
        ),
        (
            "en",
            [
                "contact: Lic. Ana Ejemplo, Directora",
                "salutation: Estimada Directora:",
                "address: Calle Ejemplo 1, Ciudad",
                "e-mail: ana@example.org, oficina@example.org",
            ],
        ),
    ],
)
def test_the_contact_of_a_party(folder: Folder, language: str, lines: list[str]) -> None:
    folder.meeting("")
    folder.write("register.yaml", REGISTER.replace("BBB: {", f"BBB: {{contact: {CONTACT}, "))
    out = shown(folder, "BBB", "--lang", language)
    assert "\n".join(lines) in out
    assert not any(line in shown(folder, "AAA", "--lang", language) for line in lines)
    [record] = json.loads(shown(folder, "BBB", "--format", "json"))["parties"]
    assert record["contact"]["email"] == ["ana@example.org", "oficina@example.org"]
    [record] = json.loads(shown(folder, "AAA", "--format", "json"))["parties"]
    assert record["contact"]["name"] is None


@pytest.mark.parametrize(("day", "last"), [("2002-11-10", "2002-11-10"), ("2002-11-09", "none")])
def test_a_report_counts_from_its_very_day(folder: Folder, day: str, last: str) -> None:
    folder.mandate("responsible: BBB")
    folder.progress("BBB", "- {mandate: WG-2002-10/1, date: 2002-11-10, progress: started}\n")
    assert f"last report: {last}\n" in shown(folder, "BBB", "--as-of", day)
