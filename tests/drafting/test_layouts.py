"""Layouts made by combination: labels, levels, gaps and languages.

Each document has two conclusions around one whose items are to be done by a party that only the
text above them names. Whatever the labels, each item is found, with the party and its deadline.
"""

from collections.abc import Callable
from itertools import product
from typing import NamedTuple

import pytest

from grcm_cli.domain.register import Register
from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.draft import draft
from grcm_cli.drafting.review import doubts

ROMANS = ("i", "ii", "iii", "iv", "v")


class Words(NamedTuple):
    """The words of a language that are combined."""

    head: str
    thanks: str
    decided: str
    request: str
    items: tuple[str, str]
    other: str
    names: tuple[str, ...]


WORDS = {
    "en": Words(
        head="Meeting of the Regional Consultation Group on Migration\n"
        "Guatemala City, 29 to 31 October 2002\n\nCONCLUSIONS\n\n",
        thanks="The Group thanked {} for its hospitality.",
        decided="The Group decided to:",
        request="Request the Technical Secretariat to:",
        items=(
            "send the map to all members by 1 May 2003;",
            "publish the list of contacts by 3 June 2003.",
        ),
        other="Request Mexico to host the workshop by 4 July 2003.",
        names=("Decision {}:", "Resolution {}.", "AP {}:"),
    ),
    "es": Words(
        head="Reunión del Grupo Regional de Consulta sobre Migración\n"
        "Ciudad de Guatemala, 29 al 31 de octubre de 2002\n\nCONCLUSIONES\n\n",
        thanks="El Grupo agradeció a {} su hospitalidad.",
        decided="El Grupo acordó:",
        request="Solicitar a la Secretaría Técnica:",
        items=(
            "enviar el mapa a todos los países miembros a más tardar el 1 de mayo de 2003;",
            "publicar la lista de contactos a más tardar el 3 de junio de 2003.",
        ),
        other="Solicitar a México que organice el taller a más tardar el 4 de julio de 2003.",
        names=("Decisión {}:", "Acuerdo {}.", "Art. {} -"),
    ),
}
CONCLUSIONS: dict[str, Callable[[int], str]] = {
    "1.": lambda n: f"{n}.",
    "(1)": lambda n: f"({n})",
    "1.-": lambda n: f"{n}.-",
    "1°": lambda n: f"{n}°",
    "I.": lambda n: f"{ROMANS[n - 1].upper()}.",
    "4.1": lambda n: f"4.{n}",
    "1/2002.": lambda n: f"{n}/2002.",
}
ITEMS: dict[str, Callable[[int], str]] = {
    "a)": lambda n: f"{'abc'[n - 1]})",
    "(a)": lambda n: f"({'abc'[n - 1]})",
    "a.": lambda n: f"{'abc'[n - 1]}.",
    "i)": lambda n: f"{ROMANS[n - 1]})",
    "(i)": lambda n: f"({ROMANS[n - 1]})",
    "i.": lambda n: f"{ROMANS[n - 1]}.",
    "•": lambda _n: "•",
    "–": lambda _n: "–",
}


def mandates(text: str, register: Register) -> tuple[list[str], set[tuple[str, str]], list[str]]:
    """Return the texts of a draft, its parties with their deadlines, and its points."""
    drafted = draft(read(text.encode()), register, {"body": "GRCM"})
    found = {
        (" ".join(duty.who.codes), duty.due.due if duty.due else "")
        for _conclusion, duty in drafted.duties
    }
    texts = [conclusion.item.text for conclusion in drafted.conclusions]
    return texts, found, [doubt.sentence for doubt in doubts(drafted)]


DEADLINES = {"ST": {"2003-05-01", "2003-06-03"}, "MEX": {"2003-07-04"}}


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("label", [*CONCLUSIONS, "name 0", "name 1", "name 2"])
def test_items_under_a_stem(language: str, label: str, register: Register) -> None:
    words = WORDS[language]
    name = CONCLUSIONS[label] if label in CONCLUSIONS else words.names[int(label[-1])].format
    first, last = (words.thanks.format(who) for who in ("Canada", "Panama"))
    for item, gap in product(ITEMS.values(), ("\n", "\n\n")):
        items = [f"{item(n)} {text}" for n, text in enumerate(words.items, 1)]
        second = gap.join([f"{name(2)} {words.request}", *items])
        body = "\n\n".join([f"{name(1)} {first}", second, f"{name(3)} {last}"])
        texts, found, points = mandates(f"{words.head}{body}\n", register)
        assert texts == [first, words.request, *words.items, last]
        assert found == {("ST", due) for due in DEADLINES["ST"]}
        assert points == []


LINES = [(outer, inner) for outer in ("a)", "(a)", "i)", "•") for inner in ITEMS if outer != inner]
RUNNING = [(a, i) if is_a_outer else (i, a) for a in ("a)", "(a)") for i in ("i)", "(i)", "i.")
           for is_a_outer in (True, False) if is_a_outer or i != "i."]  # fmt: skip


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize(
    ("outer", "inner", "gap"),
    [*((*pair, "\n") for pair in LINES), *((*pair, " ") for pair in RUNNING)],
)
def test_sub_items(language: str, outer: str, inner: str, gap: str, register: Register) -> None:
    words = WORDS[language]
    items = [f"{ITEMS[inner](n)} {text}" for n, text in enumerate(words.items, 1)]
    items[-1] = f"{items[-1][:-1]};"
    lines = [f"2. {words.decided}", f"{ITEMS[outer](1)} {words.request}", *items]
    second = gap.join([*lines, f"{ITEMS[outer](2)} {words.other}"])
    first, last = (words.thanks.format(who) for who in ("Canada", "Panama"))
    body = f"1. {first}\n\n{second}\n\n3. {last}\n"
    _texts, found, _points = mandates(words.head + body, register)
    assert found == {(who, due) for who, dues in DEADLINES.items() for due in dues}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Requests:\n(a) Mexico to send the map by {};\n(b) Canada to publish the list by {}.",
        ),
        (
            "en",
            "The Group asked:\n– Mexico to send the map by {};\n– Canada to print the list by {}.",
        ),
        (
            "es",
            "Solicitar:\na) a México que envíe el mapa a más tardar el {};\n"
            "b) a Canadá que lo imprima a más tardar el {}.",
        ),
        (
            "es",
            "El Grupo instruyó:\n• a México enviar el mapa a más tardar el {};\n"
            "• a Canadá imprimirlo a más tardar el {}.",
        ),
    ],
)
def test_items_that_name_who_is_asked(language: str, text: str, register: Register) -> None:
    words = WORDS[language]
    dues = {"en": ("1 May 2003", "3 June 2003"), "es": ("1 de mayo de 2003", "3 de junio de 2003")}[
        language
    ]
    first, last = (words.thanks.format(who) for who in ("Canada", "Panama"))
    body = f"1. {first}\n\n2. {text.format(*dues)}\n\n3. {last}\n"
    _texts, found, points = mandates(words.head + body, register)
    assert found == {("MEX", "2003-05-01"), ("CAN", "2003-06-03")}
    assert points == []
