"""A data folder of any size, the same for the same numbers: 25 conclusions a meeting."""

import random
import textwrap
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
# As long as the paragraphs of real conclusions are: about 270 characters.
DUTY = (
    "Encomendar a las partes que presenten observaciones al documento sobre la materia y que "
    "informen de sus avances, con el apoyo de la Secretaría Técnica y de los organismos invitados, "
    "en el entendido de que las experiencias de la región serán la base de la propuesta final."
)
COURTESY = (
    "Agradecer la presentación del documento sobre la materia y tomar nota de los avances de las "
    "partes, logrados con el apoyo de la Secretaría Técnica y de los organismos invitados, y del "
    "valor que las experiencias de la región han tenido para la elaboración de la propuesta."
)
MEMBERS = ("BLZ", "CAN", "CRI", "SLV", "USA", "GTM", "HND", "MEX", "NIC", "PAN", "DOM")


def folder(path: Path, meetings: int) -> None:
    """Write a data folder with so many meetings; three in ten conclusions carry a mandate."""
    chance = random.Random(meetings)  # noqa: S311 - the same folder each time
    for name in ("meetings", "progress"):
        (path / name).mkdir(parents=True, exist_ok=True)
    register = (ROOT / "data/register.yaml").read_text(encoding="utf-8")
    (path / "register.yaml").write_text(register, encoding="utf-8")
    entries: dict[str, list[str]] = {member: [] for member in MEMBERS}
    for number in range(meetings):
        start = date(1900, 1, 1) + timedelta(days=7 * number)
        name = f"GRCM-{start.year}-{number}"
        text = _meeting(name, start, chance, entries)
        (path / f"meetings/{name}.yaml").write_text(text, encoding="utf-8")
    for member, lines in entries.items():
        (path / f"progress/{member}.yaml").write_text("".join(lines), encoding="utf-8")


def _meeting(name: str, start: date, chance: random.Random, entries: dict[str, list[str]]) -> str:
    end = start + timedelta(days=2)
    lines = [f"id: {name}", "body: GRCM", f"start: {start}", f"end: {end}", "language: es"]
    lines.append("conclusions:")
    dues = (f"{start.year + 1}-Q1", "next GRCM", "within 60 days", "ongoing", str(end))
    for number in range(1, 26):
        binds = chance.random() < 0.3
        words = textwrap.wrap(DUTY if binds else COURTESY, 94)
        lines += [f"  - number: {number}", "    text: >-", *(f"      {line}" for line in words)]
        lines.append(f"    acts: {'directive' if binds else 'evaluative'}")
        if binds:
            who = chance.choice(("{each: members}", "PPT", "[PPT, ST]", *MEMBERS))
            lines += ["    action: Presentar observaciones", f"    responsible: {who}"]
            lines.append(f"    due: {chance.choice(dues)}")
            if who == "{each: members}":
                for member in chance.sample(MEMBERS, 6):
                    day = end + timedelta(days=30)
                    said = f"- {{mandate: {name}/{number}, date: {day}, progress: done}}\n"
                    entries[member].append(said)
    return "\n".join(lines) + "\n"
