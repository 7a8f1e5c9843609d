"""Figures as tables, for the terminal and for the page of measurements."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from benchmarks import figures
from benchmarks.figures import Figure, Report, growth
from benchmarks.regression import COST, Regression
from benchmarks.targets import MEMORY, TARGETS, WALL, Target

Rows = list[list[str]]
MISSING = "–"
EXTRA_SIZES = (25_000,)
"""Conclusions of the records on which one question is asked: they have no column."""
LABELS: Mapping[str, str] = {
    "python": "bare Python",
    "grcm": "grcm, no cache",
    "grcm cached": "grcm, cached",
    "before": "before, no cache",
    "before cached": "before, cached",
    "unit": "the fixed work",
    "wall": "wall time",
    "seconds": "user + system time",
    "cost": "cost",
    "memory": "memory",
    "was": "was",
    "is": "is",
    "more": "times",
    "units": "{number} units",
    "of": "`{question}`, {who}",
    "second": "second generator",
    "ratio": "ratio",
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
    "runs": "with {size} conclusions {few} of {all} commands, {least} to {most} runs",
}


def label(word: str) -> str:
    """Return a word as readers see it; names of programs are their own."""
    return LABELS.get(word, word)


def whole(number: float) -> str:
    """Return a whole number with its thousands apart."""
    return f"{number:,.0f}"


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


def megabytes(figure: Figure) -> str:
    """Return the memory of the largest process; behind it that of all, where that is more."""
    largest = f"{figure.memory:.0f} MB"
    return (
        f"{largest} ({figure.together:.0f})" if figure.together > 1.05 * figure.memory else largest
    )


def costs(report: Report, question: str | None = None) -> Rows:
    """Return user and system time, a column for each size.

    A row for each program of one question, or of all of them.
    """
    return _grid(report, lambda figure: seconds(figure.seconds), question)


def walls(report: Report, question: str | None = None) -> Rows:
    """Return wall time in the same way."""
    return _grid(report, lambda figure: seconds(figure.wall), question)


def memory(report: Report, question: str | None = None) -> Rows:
    """Return peak memory in the same way."""
    return _grid(report, megabytes, question)


def both(report: Report) -> Rows:
    """Return wall time and memory in one table of all questions."""
    return _grid(report, lambda one: f"{seconds(one.wall)}, {megabytes(one)}", None)


def columns(report: Report) -> list[int]:
    """Return the sizes that have a column."""
    return [size for size in report.sizes if size not in EXTRA_SIZES] or report.sizes


def _grid(report: Report, shown: Callable[[Figure], str], question: str | None) -> Rows:
    sizes = columns(report)
    heads = ["program"] if question else ["question", "program"]
    rows = [[*(label(head) for head in heads), *(whole(size) for size in sizes)]]
    every = [one for one in figures.QUESTIONS if one != figures.DAY]
    for one in [question] if question else every:
        for who in report.programs(one):
            if who == figures.PYTHON and not question:
                continue
            found = [report.figure(one, who, size) for size in sizes]
            cells = [shown(figure) if figure else MISSING for figure in found]
            rows.append([*([] if question else [f"`{one}`"]), label(who), *cells])
    return rows


def answers(report: Report, question: str) -> list[str]:
    """Return the row that tells how long the answers were."""
    found = [report.figure(question, figures.PLAIN, size) for size in columns(report)]
    cells = [whole(f.answer) if f and f.answer is not None else MISSING for f in found]
    return [label("answer"), *cells]


def targets(report: Report) -> Rows:
    """Return the ratios to reach, with what was measured."""
    heads = ("what", "conclusions", "measured", "target", "met")
    rows = [[label(head) for head in heads]]
    for target in TARGETS:
        reached, met = target.reached(report), target.met(report)
        measured = MISSING if reached is None else _amount(target, reached)
        ours = target.ours(report)
        if target.wanted is not None and ours is not None:
            measured += f" ({seconds(target.cost(ours))})"
        wanted = f"≤ {_amount(target, target.limit)}"
        if target.wanted is not None:
            wanted += f" ({seconds(target.wanted)})"
        verdict = MISSING if met is None else label("yes" if met else "no")
        rows.append([_what(target), whole(target.size), measured, wanted, verdict])
    return rows


def _what(target: Target) -> str:
    words = LABELS
    told = words["of"].format(question=target.question, who=label(target.who))
    if target.against is None:
        told = f"{told}: {words['peak']}"
    elif target.against != figures.UNIT:
        other = label(target.against)
        if target.than:
            other = words["at"].format(who=other, size=whole(target.than))
        told = f"{told} ÷ {other}"
    more = [words["second"]] if target.generator == figures.SECOND_GENERATOR else []
    more += [words["wall"]] if target.what == WALL else []
    return f"{told} ({', '.join(more)})" if more else told


def _amount(target: Target, number: float) -> str:
    if target.what == MEMORY:
        return f"{number:.0f} MB"
    if target.against == figures.UNIT:
        return LABELS["units"].format(number=f"{number:.1f}")
    return ratio(number)


def exponents(report: Report) -> Rows:
    """Return how the cost of each command of grcm grows with the data."""
    rows = [[label(head) for head in ("question", "program", "exponent")]]
    for question in figures.QUESTIONS:
        for who in report.programs(question):
            if who in figures.OURS:
                power = growth(report, question, who)
                shown = MISSING if power is None else f"{power:.2f}"
                rows.append([f"`{question}`", label(who), shown])
    return rows


def stages(report: Report) -> Rows:
    """Return what each stage of a command takes, the start from the smallest record's figure."""
    words = LABELS
    size = report.stages[0].size if report.stages else 0
    at = words["at"].format(who=words["stage"], size=whole(size))
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


def machine(report: Report) -> str:
    """Return what the figures were measured on."""
    return LABELS["machine"].format(**asdict(report.machine))


def fewer(report: Report) -> str:
    """Return how many commands were slow and ran less often than the others, by size."""
    most = max(figure.runs for figure in report.figures)
    told = []
    for size in report.sizes:
        runs = [figure.runs for figure in report.figures if figure.size == size]
        few = [number for number in runs if number < most]
        if few:
            counts = {"few": len(few), "all": len(runs), "least": min(few), "most": max(few)}
            told.append(LABELS["runs"].format(size=whole(size), **counts))
    return "; ".join(told)


def dearer(found: Sequence[Regression]) -> Rows:
    """Return what costs more than it did, the worst first."""
    heads = ("question", "program", "conclusions", "what", "was", "is", "more")
    rows = [[label(head) for head in heads]]
    for one in sorted(found, key=lambda one: -one.more):
        figure, was, now = one.figure, f"{one.before:.0f} MB", f"{one.after:.0f} MB"
        if one.what == COST:
            was, now = (
                LABELS["units"].format(number=f"{number:.3f}") for number in (one.before, one.after)
            )
        who = label(figure.who)
        if figure.generator != figures.FIRST_GENERATOR:
            who = f"{who} ({label(figure.generator)})"
        what, size = label(one.what), whole(figure.size)
        rows.append([f"`{figure.question}`", who, size, what, was, now, ratio(one.more)])
    return rows


def before_and_after(report: Report) -> Rows:
    """Return wall time, user and system time and memory of two programs in the same turns."""
    heads = ("question", "program", "conclusions", "wall", "ratio", "seconds", "ratio", "memory")
    rows = [[label(head) for head in heads]]
    pairs = {figures.PLAIN: figures.BEFORE, figures.CACHED: figures.BEFORE_CACHED}
    for figure in report.figures:
        before = figure.who in pairs and report.figure(
            figure.question, pairs[figure.who], figure.size, figure.generator
        )
        if not before:
            continue
        who = label(figure.who)
        if figure.generator != figures.FIRST_GENERATOR:
            who = f"{who} ({label(figure.generator)})"
        cells = [f"`{figure.question}`", who, whole(figure.size)]
        cells += [f"{seconds(before.wall)} → {seconds(figure.wall)}"]
        cells += [ratio(figure.wall / before.wall)]
        cells += [f"{seconds(before.seconds)} → {seconds(figure.seconds)}"]
        cells += [ratio(figure.seconds / before.seconds)]
        cells += [f"{megabytes(before)} → {megabytes(figure)}"]
        rows.append(cells)
    return rows


def markdown(rows: Rows) -> str:
    """Return a table of Markdown, the columns of words to the left and the others to the right."""
    words = _columns_of_words(rows)
    rule = ["---" if place < words else "---:" for place in range(len(rows[0]))]
    lines = [rows[0], rule, *rows[1:]]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def plain(rows: Rows) -> str:
    """Return a table of even columns, aligned in the same way."""
    words = _columns_of_words(rows)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "".join(f"{_line(row, widths, words)}\n" for row in rows)


def _columns_of_words(rows: Rows) -> int:
    """Return how many columns, from the first on, have no cell that is a number or missing."""
    for place in range(1, len(rows[0])):
        if any(row[place][:1] in {MISSING, *"0123456789"} for row in rows):
            return place
    return 1


def _line(row: Sequence[str], widths: Sequence[int], words: int) -> str:
    cells = [
        cell.ljust(width) if place < words else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()
