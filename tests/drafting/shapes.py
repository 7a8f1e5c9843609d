"""Documents of one kind of content, as large as one likes: what a document can be made of.

Each shape is a function of a size and a language that returns the text of a document. The words
that a shape needs are in `WORDS`, in both languages.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from grcm_cli.drafting.documents.paragraphs import Paragraph

WORDS: Mapping[str, Mapping[str, str]] = {
    "es": {
        "head": "Reunión del Grupo Regional de Consulta sobre Migración",
        "held": "Ciudad de Guatemala, 29 al 31 de octubre de 2002",
        "list": "CONCLUSIONES",
        "ask": "Solicitar a la Secretaría Técnica:",
        "thank": "Agradecer a México la presentación del documento.",
        "duty": "la Secretaría Técnica presentará el informe {n} antes del 15 de enero de 2003",
        "request": "a México que presente el informe {n}",
        "opening": "Solicitar a Panamá que envíe el texto",
        "item": "presentar el informe {n} a más tardar el 15 de enero de 2003",
        "day": "15 de enero de 2003",
        "by": "antes del 15 de enero de 2003",
        "party": "México",
        "office": "la Presidencia Pro-Témpore",
        "group": "los países miembros que aún no lo han hecho",
        "refer": "en seguimiento al numeral {n} de la VII Conferencia Regional sobre Migración",
        "ordinal": "séptima",
        "meeting": "en su próxima reunión",
        "participated": "Participaron los siguientes países:",
        "actors": "los expertos de",
        "run_on": "solicita a México enviar el texto {n}",
        "reason": "considerando el texto {n}",
        "moved": "prorrogar el plazo del acuerdo {n}",
        "agreed": "se acordó realizar el taller {n}",
        "that": "que",
        "and": "y",
        "shall": "deberá",
        "to": "a",
        "of": "de",
        "send": "enviar",
        "annex": "ANEXO",
        "columns": "N.º\tConclusión\tResponsable\tPlazo",
    },
    "en": {
        "head": "Meeting of the Regional Consultation Group on Migration",
        "held": "Guatemala City, 29 to 31 October 2002",
        "list": "CONCLUSIONS",
        "ask": "Request the Technical Secretariat to:",
        "thank": "Thank Mexico for presenting the document.",
        "duty": "the Technical Secretariat shall submit report {n} before 15 January 2003",
        "request": "Mexico to submit report {n}",
        "opening": "Request Panama to send the text",
        "item": "submit report {n} no later than 15 January 2003",
        "day": "15 January 2003",
        "by": "before 15 January 2003",
        "party": "Mexico",
        "office": "the Presidency Pro-Tempore",
        "group": "the member countries that have not yet done so",
        "refer": "in follow-up to conclusion {n} of the VII Regional Conference on Migration",
        "ordinal": "seventh",
        "meeting": "at its next meeting",
        "participated": "The following countries participated:",
        "actors": "the editors of",
        "run_on": "requests Mexico to send text {n}",
        "reason": "considering text {n}",
        "moved": "extend the deadline of decision {n}",
        "agreed": "it was agreed to ask the editors to send text {n}",
        "that": "that",
        "and": "and",
        "shall": "shall",
        "to": "to",
        "of": "of",
        "send": "send",
        "annex": "ANNEX",
        "columns": "No.\tConclusion\tResponsible\tDeadline",
    },
}
LETTERS = "abcdefghijklmnopqrstuvwxyz"
Words = Mapping[str, str]
Shape = Callable[[int, Words], str]


def repeated(text: str, size: int, joint: str = " ") -> str:
    """Return a text again and again, each time with its number in place of `{n}`."""
    return joint.join(text.replace("{n}", str(n)) for n in range(1, size + 1))


def letter(n: int) -> str:
    """Return the letter of the n-th item, from 0; after z the letters begin anew."""
    return LETTERS[n % 26]


def headed(body: str, words: Words) -> str:
    """Return a document with a head."""
    return f"{words['head']}\n\n{words['held']}\n\n{words['list']}\n\n{body}\n"


def conclusion(text: str, words: Words) -> str:
    """Return a document in which a text is a conclusion between two others."""
    return headed(f"1. {words['thank']}\n\n2. {text}\n\n3. {words['thank']}", words)


def opened(text: str, words: Words) -> str:
    """Return a document in which a text goes on with a request."""
    return conclusion(f"{words['opening']} {text}.", words)


def _lines(lines: Iterable[str]) -> str:
    return "\n\n".join(lines)


SENTENCES: Mapping[str, Shape] = {
    "an endless sentence": lambda n, w: conclusion(repeated(w["duty"], n, ", ") + ".", w),
    "an endless sentence of joined duties": lambda n, w: conclusion(
        repeated(w["duty"], n, f" {w['and']} ") + ".", w
    ),
    "duties in one sentence": lambda n, w: conclusion(
        f"{w['opening']}, {w['and']} " + repeated(w["request"], n, f", {w['and']} ") + ".", w
    ),
    "duties in sentences": lambda n, w: conclusion(repeated(w["duty"] + ".", n), w),
    "duties in conclusions": lambda n, w: headed(
        _lines(f"{i}. {w['duty'].replace('{n}', str(i)).capitalize()}." for i in range(1, n)), w
    ),
    "pronouns": lambda n, w: conclusion(repeated(f"{w['thank']} {w['group']}", n), w),
    "groups": lambda n, w: opened(repeated(w["group"], n, ", "), w),
    "dates": lambda n, w: opened(repeated(w["day"], n, ", "), w),
    "deadlines": lambda n, w: opened(repeated(w["by"], n), w),
    "next meetings": lambda n, w: opened(repeated(w["meeting"], n), w),
    "names of parties": lambda n, w: opened(repeated(w["party"], n, ", "), w),
    "names of offices": lambda n, w: opened(repeated(w["office"], n), w),
    "references": lambda n, w: opened(repeated(w["refer"], n, ", "), w),
    "actors": lambda n, w: opened(repeated(w["actors"], n) + f" {w['shall']} {w['send']}", w),
    "acts that no sign parts": lambda n, w: conclusion(repeated(w["run_on"], n) + ".", w),
    "reasons": lambda n, w: conclusion(repeated(w["reason"], n) + f" {w['shall']}.", w),
    "deadlines that move": lambda n, w: opened(repeated(w["moved"], n, ", "), w),
    "agreements": lambda n, w: conclusion(repeated(w["agreed"], n, ", ") + ".", w),
    "conjunctions": lambda n, w: opened(repeated(w["that"], n), w),
    "joints": lambda n, w: opened(repeated(w["and"], n), w),
    "modal verbs": lambda n, w: opened(repeated(w["shall"], n), w),
    "modal verbs between commas": lambda n, w: opened(repeated(w["shall"], n, ", "), w),
    "verbs": lambda n, w: opened(repeated(f"{w['send']} {w['that']}", n), w),
    "infinitives": lambda n, w: opened(repeated(f"{w['to']} {w['send']}", n), w),
    "prepositions": lambda n, w: opened(repeated(w["of"], n), w),
    "commas": lambda n, w: opened("," * n, w),
    "commas apart": lambda n, w: opened(", " * n, w),
    "stops": lambda n, w: opened("." * n, w),
    "semicolons": lambda n, w: opened("; " * n, w),
    "colons": lambda n, w: opened(": " * n, w),
    "dashes": lambda n, w: opened("- " * n, w),
    "numbers": lambda n, w: opened(repeated("{n}", n), w),
    "one number": lambda n, w: opened("9" * n, w),
    "one number with stops": lambda n, w: opened("9." * n, w),
    "roman numbers": lambda n, w: opened(repeated("XXIV", n), w),
    "ordinals": lambda n, w: opened(repeated(w["ordinal"], n), w),
    "capitals": lambda n, w: opened(repeated(w["duty"].upper(), n, ", "), w),
    "one line": lambda n, w: repeated(w["duty"], n),
    "one line of capitals": lambda n, w: repeated(w["duty"].upper(), n),
    "one word": lambda n, w: opened("x" * n, w),
    "one word with hyphens": lambda n, w: opened("x-" * n, w),
    "one capital word": lambda n, w: opened("X" * n, w),
    "names that nobody has": lambda n, w: opened(repeated("Xyz", n, ", "), w),
    "one name that nobody has": lambda n, w: opened(repeated("Xyz", n), w),
    "nested brackets": lambda n, w: opened("(" * n + "x" + ")" * n, w),
    "open brackets": lambda n, w: opened(f"{w['day']} (" * n, w),
    "open quotation marks": lambda n, w: opened("“x " * n, w),
    "open angular marks": lambda n, w: opened("«x " * n, w),
    "open straight marks": lambda n, w: opened('"' + "x " * n, w),
    "open single marks": lambda n, w: opened("\u2018x " * n, w),
    "closed quotation marks": lambda n, w: opened("“x” " * n, w),
    "straight marks": lambda n, w: opened('"x" ' * n, w),
    "spaces": lambda n, w: opened(" " * n + "x", w),
    "spaces after stops": lambda n, w: opened((". " + " " * 30) * n, w),
    "letters in a sentence": lambda n, w: conclusion(
        w["ask"] + " " + "; ".join(f"{letter(i)}) {w['item']}" for i in range(n)) + ".", w
    ),
    "letters in a sentence with stops": lambda n, w: conclusion(
        w["ask"] + " " + " ".join(f"{letter(i)}) {w['item']}." for i in range(n)), w
    ),
    "numbers in a sentence": lambda n, w: conclusion(
        w["ask"] + " " + "; ".join(f"({i + 1}) {w['item']}" for i in range(n)) + ".", w
    ),
}
"""Texts of one conclusion, and of one line."""

LINES: Mapping[str, Shape] = {
    "symbols": lambda n, w: headed(_lines(f"HB/RES.{i % 7} {w['thank']}" for i in range(n)), w),
    "labels behind their texts": lambda n, w: headed(
        _lines(f"{w['thank']} (Acuerdo {i})" for i in range(n)), w
    ),
    "labels with titles": lambda n, w: headed(
        _lines(f"Acuerdo {i} X (Y - {w['day'][5:]})\n{w['thank']}" for i in range(n)), w
    ),
    "labels with open brackets": lambda n, w: headed("\n".join(["Acuerdo 1 (X"] * n), w),
    "headings that number": lambda n, w: headed(
        _lines(f"Acuerdo {i}: {w['thank']}\n\nAclamación\n\n{w['thank']}" for i in range(n)), w
    ),
    "letters under stems": lambda n, w: headed(
        _lines([f"{w['ask']}\n\na) {w['item']}.\n\nb) {w['item']}."] * n), w
    ),
    "one paragraph under a stem": lambda n, w: headed(
        "\n".join([w["ask"], "", f"a) {w['item']}.", *[w["thank"]] * n]), w
    ),
    "rows without a head": lambda n, w: headed(
        "\n".join(f"{i} | {w['item']} | x" for i in range(n)), w
    ),
    "rows of one number": lambda n, w: headed("\n".join(["1 | x | y", "1 | x"] * n), w),
    "names of labels": lambda n, w: headed(
        _lines(f"Acuerdo {i % 9}/20{i % 90 + 10}: {w['thank']}" for i in range(n)), w
    ),
    "tags": lambda n, w: headed(_lines(f"Acuerdo: {w['thank']}" for _ in range(n)), w),
    "ordinals": lambda n, w: headed(_lines(["PRIMERO. X", "SEGUNDO. X"] * n), w),
    "titles": lambda n, w: headed(
        _lines(f"Acuerdo {i}\n\nX\n\n{w['thank']}" for i in range(1, n)), w
    ),
    "headings inside a text": lambda n, w: conclusion(_lines(["X y Z", w["duty"]] * n), w),
    "preambles": lambda n, w: headed(_lines(["CONSIDERANDO:", "1. X", "ACUERDA:"] * n), w),
    "preambles without end": lambda n, w: headed(_lines(["CONSIDERANDO:"] * n), w),
    "rows between pipes": lambda n, w: headed("\n".join([f"| {w['item']} | x |"] * n), w),
    "rows between pipes without end": lambda n, w: headed("\n".join(["| x | y"] * n), w),
    "rows apart by slashes": lambda n, w: headed(
        "\n".join([w["columns"].replace("\t", " / "), *["1 / x / y / z"] * n]), w
    ),
    "heads of rows": lambda n, w: headed("\n".join([w["columns"].replace("\t", " / ")] * n), w),
    "letters in one line": lambda n, w: headed(
        f"7.1\n\n{w['ask']} " + "; ".join(f"{letter(i)}) x y" for i in range(n)) + "\n\n7.2\n\nX.",
        w,
    ),
    "numbers in one line": lambda n, w: headed(",".join(f"{i}. X" for i in range(1, n)), w),
    "asterisks": lambda n, w: headed(_lines(["1. X y*", "* Z", "2. X"] * n), w),
    "what binds in no conclusion": lambda n, w: headed(
        _lines([f"1. {w['thank']}", f"2. {w['thank']}", "Firmado.", *[w["duty"]] * n]), w
    ),
    "labels": lambda n, w: headed(_lines(f"{i}. {w['thank']}" for i in range(1, n)), w),
    "labels without text": lambda n, w: headed(_lines(f"{i}." for i in range(1, n)), w),
    "one label again and again": lambda n, w: headed(_lines([f"1. {w['thank']}"] * n), w),
    "two labels again and again": lambda n, w: headed(
        _lines([f"1. {w['thank']}", f"2. {w['thank']}"] * n), w
    ),
    "labels backwards": lambda n, w: headed(
        _lines(f"{i}. {w['thank']}" for i in range(n, 0, -1)), w
    ),
    "labels with gaps": lambda n, w: headed(
        _lines(f"{3 * i + 1}. {w['thank']}" for i in range(n)), w
    ),
    "letters": lambda n, w: conclusion(
        w["ask"] + "\n\n" + _lines(f"{letter(i)}) {w['item']};" for i in range(n)), w
    ),
    "one letter again and again": lambda n, w: conclusion(
        w["ask"] + "\n\n" + _lines(f"a) {w['item']};" for _ in range(n)), w
    ),
    "numbers below a number": lambda n, w: conclusion(
        w["ask"] + "\n\n" + _lines(f"{i}) {w['item']};" for i in range(1, n)), w
    ),
    "bullets": lambda n, w: conclusion(
        w["ask"] + "\n\n" + _lines(f"• {w['item']};" for _ in range(n)), w
    ),
    "styles of bullets": lambda n, w: conclusion(
        w["ask"] + "\n\n" + _lines(f"{'•–*▪●◦'[i % 6]} {w['item']};" for i in range(n)), w
    ),
    "nested labels": lambda n, w: conclusion(
        w["ask"]
        + "\n\n"
        + _lines(f"{label} {w['item']}:" for _ in range(n) for label in ("a)", "i)", "1)", "•")),
        w,
    ),
    "dotted labels": lambda n, w: headed(
        _lines(f"{i // 9 + 1}.{i % 9 + 1} {w['thank']}" for i in range(n)), w
    ),
    "one dotted label": lambda n, w: headed(_lines(["1. x", f"{'1.' * n}1 x", "2. x"]), w),
    "deep dotted labels": lambda n, w: headed(
        _lines(["1. x", *("1." * (i % 50) + "1 x" for i in range(n)), "2. x"]), w
    ),
    "letters as conclusions": lambda n, w: headed(
        _lines(f"{LETTERS[i % 4]}) {w['thank']}" for i in range(n)), w
    ),
    "roman labels": lambda n, w: headed(
        _lines(f"{('I', 'II', 'III', 'IV', 'V')[i % 5]}. {w['thank']}" for i in range(n)), w
    ),
    "roman headings": lambda n, w: headed(
        _lines(
            line
            for i in range(n)
            for line in (f"{('I', 'II')[i % 2]}. X", f"1. {w['thank']}", f"2. {w['thank']}")
        ),
        w,
    ),
    "headings": lambda n, w: headed(
        _lines(
            line for i in range(n) for line in (w["list"], f"1. {w['thank']}", f"2. {w['thank']}")
        ),
        w,
    ),
    "headings without conclusions": lambda n, w: _lines([w["list"]] * n),
    "annexes": lambda n, w: headed(
        _lines(
            line
            for i in range(n)
            for line in (f"1. {w['thank']}", f"2. {w['thank']}", f"{w['annex']} {i}")
        ),
        w,
    ),
    "paragraphs": lambda n, w: headed(_lines([w["duty"].capitalize() + "."] * n), w),
    "wrapped lines": lambda n, w: headed(
        "\n".join(["1. " + w["thank"], *[w["duty"]] * n, "2. " + w["thank"]]), w
    ),
    "words cut at line ends": lambda n, w: headed(
        "\n".join(["1. " + w["thank"], *["informa-"] * n, "2. " + w["thank"]]), w
    ),
    "blank lines": lambda n, w: headed("\n" * n + f"1. {w['thank']}\n\n2. {w['thank']}", w),
    "blank lines between": lambda n, w: ("\n" * 40).join(
        [f"1. {w['thank']}", f"2. {w['thank']}"] + [w["thank"]] * n
    ),
    "page numbers": lambda n, w: headed(
        _lines(line for i in range(n) for line in (f"{i}", w["thank"])), w
    ),
    "drawn rules": lambda n, w: headed(_lines(["* * *", w["thank"]] * n), w),
    "one drawn rule": lambda n, w: headed(f"1. {w['thank']}\n\n{'- ' * n}\n\n2. {w['thank']}", w),
    "one drawn rule that is none": lambda n, w: headed(
        f"1. {w['thank']}\n\n{'- ' * n}x\n\n2. {w['thank']}", w
    ),
    "a long header": lambda n, w: (
        "\n".join([w["head"], *[w["thank"]] * n])
        + "\n\n"
        + headed(f"1. {w['thank']}\n\n2. {w['thank']}", w)
    ),
    "a header of titles": lambda n, w: (
        "\n".join([w["head"]] * n) + "\n\n" + headed(f"1. {w['thank']}\n\n2. {w['thank']}", w)
    ),
    "a header of days": lambda n, w: (
        "\n".join(f"{i % 28 + 1}{w['day'][2:]}" for i in range(n))
        + "\n\n"
        + headed(f"1. {w['thank']}\n\n2. {w['thank']}", w)
    ),
    "a header of one line of days": lambda n, w: (
        f"{w['held']}, " * n + "\n\n" + headed(f"1. {w['thank']}\n\n2. {w['thank']}", w)
    ),
    "a header of years": lambda n, w: (
        "\n".join(f"{w['day'][:-4]}{1000 + i % 8999}" for i in range(n))
        + "\n\n"
        + headed(f"1. {w['thank']}\n\n2. {w['thank']}", w)
    ),
    "participants": lambda n, w: (
        f"{w['head']}\n\n{w['participated']} "
        + repeated("Xyz{n}", n, ", ")
        + ".\n\n"
        + headed(f"1. {w['thank']}\n\n2. {w['thank']}", w)
    ),
    "participants in lines": lambda n, w: (
        f"{w['head']}\n\n{w['participated']}\n"
        + repeated("{p} {n}".replace("{p}", w["party"]), n, "\n")
        + ".\n\n"
        + headed(f"1. {w['thank']}\n\n2. {w['thank']}", w)
    ),
    "known participants": lambda n, w: (
        f"{w['head']}\n\n{w['participated']} "
        + repeated(w["party"], n, ", ")
        + ".\n\n"
        + headed(f"1. {w['thank']}\n\n2. {w['thank']}", w)
    ),
}


ParagraphShape = Callable[[int, Words], Sequence[Paragraph]]


def row(*cells: str) -> Paragraph:
    """Return a row of a table."""
    return Paragraph("\t".join(cells), cells=cells)


def _between(rows: Sequence[Paragraph], words: Words) -> list[Paragraph]:
    """Return rows below the head of a document."""
    return [Paragraph(words["head"]), Paragraph(words["held"]), *rows]


def _rows(n: int, words: Words) -> list[Paragraph]:
    item = words["item"].replace("{n}", "1").capitalize()
    return [row(str(i), item, words["party"], words["day"]) for i in range(1, n)]


PARAGRAPHS: Mapping[str, ParagraphShape] = {
    "a table": lambda n, w: _between([row(*w["columns"].split("\t")), *_rows(n, w)], w),
    "a table without a head": lambda n, w: _between(_rows(n, w), w),
    "rows without numbers": lambda n, w: _between([row("x", "y")] * n, w),
    "rows with long first cells": lambda n, w: _between(
        [row("1" * n + "a1", "x y z"), *_rows(9, w)], w
    ),
    "rows of many cells": lambda n, w: _between([row(*["1", w["thank"]] * n)] * 3, w),
    "cells of many lines": lambda n, w: _between(
        [row(*w["columns"].split("\t")), row("1", f"{w['thank']}\n" * n, "", ""), *_rows(3, w)], w
    ),
    "tables": lambda n, w: _between(
        [
            p
            for _ in range(n)
            for p in (Paragraph(w["thank"]), row(*w["columns"].split("\t")), *_rows(3, w))
        ],
        w,
    ),
    "automatic numbers": lambda n, w: _between(
        [Paragraph(w["thank"], label=f"{i}.") for i in range(1, n)], w
    ),
    "automatic letters": lambda n, w: _between(
        [
            Paragraph(w["ask"], label="1."),
            *(Paragraph(w["item"], label=f"{letter(i)})") for i in range(n)),
        ],
        w,
    ),
    "footnotes": lambda n, w: _between(
        [
            Paragraph(w["thank"], label="1.", notes=[f"{i} {w['thank']}" for i in range(n)]),
            Paragraph(w["thank"], label="2."),
        ],
        w,
    ),
    "paragraphs with a footnote": lambda n, w: _between(
        [Paragraph(w["thank"], label=f"{i}.", notes=[f"{i} {w['thank']}"]) for i in range(1, n)], w
    ),
    "style headings": lambda n, w: _between(
        [
            p
            for _ in range(n)
            for p in (Paragraph("X", heading=True), Paragraph(w["thank"], label="1."))
        ],
        w,
    ),
    "line breaks": lambda n, w: _between(
        [Paragraph(f"{w['thank']}\n" * n), Paragraph(w["thank"], label="1.")], w
    ),
    "items below a long text": lambda n, w: _between(
        [
            Paragraph(w["thank"] * n, label="1."),
            *(Paragraph(w["item"], label=f"{letter(i)})") for i in range(n)),
        ],
        w,
    ),
}
"""Paragraphs, as the readers of .docx and .pdf files return them."""
