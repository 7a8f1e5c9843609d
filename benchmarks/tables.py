"""Figures as tables, for the terminal and for both languages of the manual."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from benchmarks import figures
from benchmarks.figures import TARGETS, Figure, Report, Target, growth

Rows = list[list[str]]
MISSING = "–"
LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "python": "bare Python",
        "grcm": "grcm, no cache",
        "grcm cached": "grcm, cached",
        "grcm first": "grcm, first list of all",
        "grcm changed": "grcm, one file changed",
        "grcm added": "grcm, one file added",
        "program": "program",
        "answer": "lines in the answer",
        "what": "what",
        "conclusions": "conclusions",
        "at": "{who} at {size}",
        "peak": "peak memory",
        "measured": "measured",
        "target": "target",
        "met": "met",
        "stage": "stage",
        "start": "start: Python, typer, grcm's own modules",
        "bytes": "the files' bytes",
        "events": "libyaml's parse events, as PyYAML gives them",
        "model": "meetings and reports from these events",
        "tasks": "who owes what, in which state",
        "rules": "the rules that every list runs",
        "list": "choosing and writing the lines",
        "checks": "all rules",
        "yes": "yes",
        "no": "no",
        "question": "command",
        "exponent": "exponent",
        "machine": "{processor}, {cores} cores, {memory} GB of memory, {system}",
        "runs": "{question}, {who}, {size} conclusions: {runs} runs",
    },
    "es": {
        "python": "Python sin nada",
        "grcm": "grcm, sin caché",
        "grcm cached": "grcm, con caché",
        "grcm first": "grcm, la primera lista",
        "grcm changed": "grcm, un archivo cambiado",
        "grcm added": "grcm, un archivo más",
        "program": "programa",
        "answer": "líneas en la respuesta",
        "what": "qué",
        "conclusions": "conclusiones",
        "at": "{who} con {size}",
        "peak": "memoria máxima",
        "measured": "medido",
        "target": "meta",
        "met": "se cumple",
        "stage": "etapa",
        "start": "arranque: Python, typer, los módulos propios de grcm",
        "bytes": "los bytes de los archivos",
        "events": "los eventos de libyaml, como los da PyYAML",
        "model": "reuniones e informes a partir de esos eventos",
        "tasks": "quién debe qué, en qué estado",
        "rules": "las reglas que corre cada lista",
        "list": "elegir y escribir las líneas",
        "checks": "todas las reglas",
        "yes": "sí",
        "no": "no",
        "question": "orden",
        "exponent": "exponente",
        "machine": "{processor}, {cores} núcleos, {memory} GB de memoria, {system}",
        "runs": "{question}, {who}, {size} conclusiones: {runs} vueltas",
    },
}


def label(word: str, language: str) -> str:
    """Return a word as readers of a language see it; names of programs are their own."""
    return LABELS[language].get(word, word)


def whole(number: float, language: str) -> str:
    """Return a whole number with its thousands apart, as the language has it."""
    return f"{number:,.0f}".replace(",", "," if language == "en" else "\N{NO-BREAK SPACE}")


def seconds(number: float) -> str:
    """Return seconds to a thousandth, as many as matter."""
    return (
        f"{number:.3f} s" if number < 1 else f"{number:.2f} s" if number < 10 else f"{number:.1f} s"
    )


def ratio(number: float) -> str:
    """Return how many times, to three figures at most."""
    return (
        f"{number:.3f} ×" if number < 1 else f"{number:.2f} ×" if number < 10 else f"{number:.1f} ×"
    )


def costs(report: Report, question: str, language: str) -> Rows:
    """Return user and system time, a row for each program, a column for each size."""
    return _grid(report, question, language, lambda figure: seconds(figure.seconds))


def memory(report: Report, question: str, language: str) -> Rows:
    """Return peak memory, a row for each program, a column for each size."""
    return _grid(report, question, language, lambda figure: f"{figure.memory:.0f} MB")


def _grid(report: Report, question: str, language: str, shown: Callable[[Figure], str]) -> Rows:
    rows = [[label("program", language), *(whole(size, language) for size in report.sizes)]]
    for who in report.programs(question):
        found = [report.figure(question, who, size) for size in report.sizes]
        cells = [shown(figure) if figure else MISSING for figure in found]
        rows.append([label(who, language), *cells])
    return rows


def answers(report: Report, question: str, language: str) -> list[str]:
    """Return the row that tells how long the answers were."""
    found = [report.figure(question, figures.PLAIN, size) for size in report.sizes]
    cells = [whole(f.answer, language) if f and f.answer is not None else MISSING for f in found]
    return [label("answer", language), *cells]


def targets(report: Report, language: str) -> Rows:
    """Return the ratios to reach, with what was measured."""
    heads = ("what", "conclusions", "measured", "target", "met")
    rows = [[label(head, language) for head in heads]]
    for target in TARGETS:
        reached, met = target.reached(report), target.met(report)
        measured = MISSING if reached is None else _amount(target, reached)
        verdict = MISSING if met is None else label("yes" if met else "no", language)
        what, size = _what(target, language), whole(target.size, language)
        rows.append([what, size, measured, f"≤ {_amount(target, target.limit)}", verdict])
    return rows


def _what(target: Target, language: str) -> str:
    ours = f"`{target.question}`, {label(target.who, language)}"
    if target.against is None:
        return f"{ours}: {label('peak', language)}"
    other = label(target.against, language)
    if target.than:
        size = whole(target.than, language)
        other = label("at", language).format(who=other, size=size)
    return f"{ours} ÷ {other}"


def _amount(target: Target, number: float) -> str:
    return f"{number:.0f} MB" if target.against is None else ratio(number)


def exponents(report: Report, language: str) -> Rows:
    """Return how the cost of each command of grcm grows with the data."""
    rows = [[label(head, language) for head in ("question", "program", "exponent")]]
    for question in figures.QUESTIONS:
        for who in report.programs(question):
            if who in figures.OURS:
                power = growth(report, question, who)
                shown = MISSING if power is None else f"{power:.2f}"
                rows.append([f"`{question}`", label(who, language), shown])
    return rows


def stages(report: Report, language: str) -> Rows:
    """Return what each stage of a command takes, the start from the smallest record's figure."""
    words = LABELS[language]
    size = report.stages[0].size if report.stages else 0
    at = words["at"].format(who=words["stage"], size=whole(size, language))
    rows = [[at, "`due`", "`validate`"]]
    start = [report.figure(question, figures.PLAIN, report.sizes[0]) for question in _STAGED]
    rows.append([words["start"], *(_shown(one.seconds if one else None) for one in start)])
    for stage in report.stages:
        left_out = {figures.DUE: ("checks",), figures.VALIDATE: ("tasks", "rules", "list")}
        cells = [None if stage.name in left_out[q] else stage.seconds for q in _STAGED]
        rows.append([words[stage.name], *map(_shown, cells)])
    return rows


_STAGED = (figures.DUE, figures.VALIDATE)


def _shown(seconds: float | None) -> str:
    return MISSING if seconds is None else f"{seconds:.3f} s"


def machine(report: Report, language: str) -> str:
    """Return what the figures were measured on."""
    return LABELS[language]["machine"].format(**asdict(report.machine))


def fewer(report: Report, language: str) -> list[str]:
    """Return which commands were slow and ran less often than the others."""
    most = max(figure.runs for figure in report.figures)
    said = LABELS[language]["runs"]
    return [
        said.format(
            question=figure.question,
            who=label(figure.who, language),
            size=whole(figure.size, language),
            runs=figure.runs,
        )
        for figure in report.figures
        if figure.runs < most
    ]


def markdown(rows: Rows) -> str:
    """Return a table of Markdown, its first column to the left and the others to the right."""
    rule = ["---", *("---:" for _ in rows[0][1:])]
    lines = [rows[0], rule, *rows[1:]]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def plain(rows: Rows) -> str:
    """Return a table of even columns."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "".join(f"{_line(row, widths)}\n" for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [row[0].ljust(widths[0])]
    cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
    return "  ".join(cells).rstrip()
