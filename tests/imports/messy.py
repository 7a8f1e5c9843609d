"""A tracker of sixty rows with the mess of real ones. All of it is an example; nobody wrote it."""

import io
from datetime import datetime
from typing import Any

from openpyxl import Workbook

HEAD = (
    *("Reunión", "Fecha", "Nº", "Acuerdo", "Responsable (s)", "Plazo", "Estado"),
    *("Fecha de cumplimiento", "Medio de verificación", "Observaciones", "Tema", "% avance 2019"),
)
XX = "XX Reunión del GRCM"
XXI = "XXI Reunión del GRCM, Ciudad de Panamá, 4 al 6 de junio de 2018"
XXII = "XXII  Reunión del GRCM "
Row = tuple[Any, ...]


def day(year: int, month: int, number: int) -> datetime:
    return datetime(year, month, number)  # noqa: DTZ001 - as Excel has it


ROWS: list[Row] = [
    (XX, day(2017, 11, 14), 1, "Tomar nota del informe de la Presidencia Pro Témpore."),
    (
        None,
        None,
        2,
        "Actualizar el directorio de puntos focales.",
        "Todos los países miembros",
        day(2018, 1, 31),
        "Cumplido",
        day(2018, 1, 25),
        "Correo del 25/01",
        None,
        "Red",
        "100%",
    ),
    (
        None,
        None,
        3,
        "Elaborar un diagnóstico sobre retorno.",
        "Costa Rica y México",
        "30/03/2018",
        "Cumplido",
        day(2018, 3, 28),
        "https://example.org/diagnostico.pdf",
    ),
    (None, None, 4, "Agradecer a Guatemala su hospitalidad.", "–", "-", "n/a"),
    (
        None,
        None,
        5,
        "Organizar un taller sobre trata.",
        "PPT",
        "primer semestre de 2018",
        "CUMPLIDO",
        day(2018, 5, 3),
        None,
        "Participaron 40 personas",
    ),
    (
        None,
        None,
        6,
        "Presentar propuesta de manual.",
        "Secretaría Técnica, con apoyo de OIM",
        "próxima reunión",
        "En proceso",
        day(2018, 2, 1),
    ),
    (
        None,
        None,
        7,
        "Remitir estadísticas de deportación.",
        "Cada país excepto Belice",
        "cada 6 meses",
        "En proceso",
    ),
    (None, None, 8, "Designar enlaces consulares.", "Guatamala", day(2018, 2, 15), "Pendiente"),
    (
        None,
        None,
        9,
        "Explorar fuentes de financiamiento.",
        "Grupo de expertos ad hoc",
        "a la brevedad",
        "Pendiente",
        None,
        None,
        "Se reiteró en junio",
    ),
    (
        None,
        None,
        "10",
        "Difundir la campaña regional.",
        "Países miembros",
        "Permanente",
        "En ejecución",
        None,
        None,
        None,
        "Comunicación",
    ),
    (
        None,
        None,
        "11 bis",
        "Revisar el reglamento.",
        "El Salvador",
        "2018",
        "No aplica",
        day(2018, 4, 2),
    ),
    (
        None,
        None,
        12,
        "Invitar a la FAO a la próxima reunión.",
        "PPT (Guatemala)",
        "30/04/2018",
        "Cumplido (nota DGM-15)",
        day(2018, 4, 20),
    ),
    (XXI, None, 1, "Aprobar el acta anterior."),
    (
        XXI,
        None,
        "2",
        "Cada país enviará observaciones al plan de trabajo.",
        "cada uno: Honduras, Nicaragua y Panamá",
        day(2018, 7, 15),
        "Cumplido",
        day(2018, 7, 10),
    ),
    (
        XXI,
        None,
        2,
        "Consolidar las observaciones al plan de trabajo.",
        "ST",
        "31/07/2018",
        "cumplido.",
        "31/07/2018",
    ),
    (
        XXI,
        None,
        3,
        "Capacitar a oficiales de frontera.",
        "OIM",
        "último trimestre de 2018",
        "Cumplido el 12/11/2018",
        None,
        "Informe final",
    ),
    (XXI, None, 4, "Realizar reunión virtual de seguimiento.", "PPT", "60 días", "Vencido"),
    (XXI, None, day(2018, 1, 8), "Enviar lista de participantes.", "MEX", "30/06/2018", "Cumplido"),
    (XXI, None, 6, "Actualizar la página web.", "Secretaría Técnica", "por definir", "Pendiente"),
    (
        XXI,
        None,
        7,
        "Preparar nota conceptual.",
        "Canadá/Estados Unidos",
        "15/9/18",
        "En proceso",
        day(2018, 8, 1),
    ),
    (
        XXI,
        None,
        8,
        "Coordinar con ACNUR un estudio.",
        "Costa Rica, ACNUR",
        "diciembre 2018",
        "En trámite",
        day(2018, 9, 1),
    ),
    (
        XXI,
        None,
        9,
        "Enviar aportes a Costa Rica.",
        "Todos",
        "antes del 1 de octubre de 2018",
        "Cumplido",
        day(2018, 9, 27),
    ),
    (XXI, None, 10, "Presentar informe de avance.", "México", day(2017, 5, 1), "Pendiente"),
    (
        XXI,
        None,
        11,
        "Definir sede de la próxima reunión.",
        None,
        "31/08/2018",
        "Cumplido",
        day(2018, 8, 30),
    ),
    (XXI, None, 12, "Elaborar glosario.", "ST", "cuando haya fondos", "Se pidió cotización"),
]
ROWS += [
    (XXII if number % 3 else "XXII Reunión del GRCM", day(2019, 3, 12 if number < 14 else 13),
     number, f"Ejemplo de acuerdo número {number}.",
     ("Belice", "Nicaragua", "República Dominicana", "Panamá\nHonduras")[number % 4],
     day(2019, 4 + number % 8, 15),
     ("Cumplido", "Pendiente", "En proceso", "Atrasado")[number % 4],
     day(2019, 5, 1 + number) if number % 4 == 0 else None)
    for number in range(1, 26)
]  # fmt: skip
ROWS += [
    ("XXIII Reunión del GRCM, octubre de 2019", None, number, f"Sin día, ejemplo {number}.",
     "Canadá", "2020", "Pendiente")
    for number in range(1, 6)
]  # fmt: skip
ROWS += [
    (None,),
    ("XXIV REUNIÓN DEL GRCM, SAN SALVADOR, 3 de marzo de 2020",),
    (None, None, 1, "Reanudar el diálogo.", "El Salvador", "#REF!", "Pendiente"),
    (None, None, 2, "Enviar el calendario.", "El\u00a0Salvador", "Inmediato", "Pendiente"),
    (None, None, None, "Sin número, ejemplo.", "CRI", "2020", "Pendiente"),
    (None, None, 3, "Revisar pre\u00adsupuesto.", "Presidencia Pro-Témpore", "2020-Q3", "Abierto"),
    (None, None, 3, None, "OIM", "31/12/2020", "Pendiente"),
    ("Total de acuerdos:", None, 60),
]


def workbook() -> bytes:
    """Return the tracker as Excel saves it, with merged cells and a title above."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Seguimiento"
    sheet.append(["MATRIZ DE SEGUIMIENTO (ejemplo)"])
    sheet.append([])
    sheet.append(HEAD)
    for row in ROWS:
        sheet.append([*row, *[None] * (len(HEAD) - len(row))])
    sheet.merge_cells("A1:L1")
    sheet.merge_cells("A4:A15")
    sheet.merge_cells("B4:B15")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
