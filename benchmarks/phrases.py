"""What generated conclusions say: each text is a pair, in Spanish and in English."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

MONTHS = {
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto"),
        *("septiembre", "octubre", "noviembre", "diciembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June", "July", "August"),
        *("September", "October", "November", "December"),
    ),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """The same text in both languages."""

    es: str
    en: str

    def format(self, **words: "Pair") -> "Pair":
        """Return the text with these words in their places, in both languages."""
        return Pair(
            self.es.format(**{name: word.es for name, word in words.items()}),
            self.en.format(**{name: word.en for name, word in words.items()}),
        )

    def __add__(self, other: "Pair") -> "Pair":
        return Pair(f"{self.es} {other.es}", f"{self.en} {other.en}")

    def stop(self) -> "Pair":
        """Return the text with a full stop at its end."""
        return Pair(f"{self.es}.", f"{self.en}.")


TOPICS = (
    Pair("la protección consular", "consular protection"),
    Pair("el retorno asistido", "assisted return"),
    Pair("el combate a la trata de personas", "combating trafficking in persons"),
    Pair("las estadísticas de la región", "the statistics of the region"),
    Pair("los derechos humanos de las personas migrantes", "the human rights of migrants"),
    Pair("la gestión de riesgos de desastre", "disaster risk management"),
    Pair("la calidad del agua en las cuencas compartidas", "water quality in shared basins"),
    Pair("el intercambio electrónico de información", "the electronic exchange of information"),
    Pair(
        "la formación de personal en los puestos fronterizos, con enfoque de género y atención a "
        "la niñez",
        "the training of staff at border posts, with a gender approach and attention to children",
    ),
    Pair(
        "la armonización de los procedimientos, los formularios y los registros nacionales",
        "the harmonization of procedures, forms and national registries",
    ),
)
PAPERS = (
    Pair("el plan de trabajo", "the work plan"),
    Pair("el informe de avances", "the progress report"),
    Pair("la propuesta de proyecto", "the project proposal"),
    Pair("los lineamientos generales", "the general guidelines"),
    Pair("el cuestionario y su resumen", "the questionnaire and its summary"),
    Pair("las observaciones al documento", "the comments on the document"),
    Pair("el presupuesto y su memoria", "the budget and its notes"),
    Pair("la lista de puntos focales", "the list of focal points"),
)
COURTESIES = (
    Pair("Agradecer a {who} {paper} sobre {topic}.", "Thank {who} for {paper} on {topic}."),
    Pair("Recibir con beneplácito {paper} sobre {topic}.", "Welcome {paper} on {topic}."),
    Pair("Reiterar la importancia que tiene {topic}.", "Reiterate the importance of {topic}."),
    Pair(
        "Reconocer los esfuerzos realizados por {who} respecto de {topic}.",
        "Recognize the efforts made by {who} with respect to {topic}.",
    ),
    Pair("Aprobar {paper} sobre {topic}.", "Approve {paper} on {topic}."),
)
ACTS = ("evaluative", "evaluative", "reinforcing", "observing", "deciding")
REMARKS = (
    Pair(
        "Las experiencias de la región en la materia fueron valoradas por las delegaciones.",
        "The experience of the region in this field was valued by the delegations.",
    ),
    Pair(
        "El intercambio dejó ver puntos en común, aunque también diferencias en los sistemas "
        "jurídicos, en los recursos disponibles y en la organización de las instituciones.",
        "The exchange showed common ground, though also differences in the legal systems, the "
        "resources available and the organization of institutions.",
    ),
    Pair(
        "Los resultados fueron expuestos con el apoyo de los organismos invitados.",
        "The results were set out with the support of the organizations invited.",
    ),
    Pair(
        "Quedó constancia de que la cooperación técnica y financiera recibida, tanto de los "
        "organismos internacionales como de la sociedad civil, fue esencial para lo alcanzado, y "
        "de que las lecciones aprendidas son de utilidad más allá de la región.",
        "It was placed on record that the technical and financial cooperation received, both from "
        "international organizations and from civil society, was essential to what was achieved, "
        "and that the lessons learned are of use beyond the region.",
    ),
)
REQUEST = Pair(
    "Solicitar a {who} presentar {paper} sobre {topic}",
    "Request {who} to submit {paper} on {topic}",
)
URGE = Pair(
    "Instar a {who} a presentar {paper} sobre {topic}", "Urge {who} to submit {paper} on {topic}"
)
ACTION = Pair("Presentar {paper} sobre {topic}", "Submit {paper} on {topic}")
ALSO = Pair(
    "Asimismo, solicitar a {who} distribuir {paper}", "Also request {who} to circulate {paper}"
)
ALSO_ACTION = Pair("Distribuir {paper}", "Circulate {paper}")
EXTEND = Pair("Prorrogar hasta el {day} lo dispuesto en {ref}.", "Extend {ref} until {day}.")
CLOSE = Pair("Dar por concluido lo dispuesto en {ref}.", "Consider {ref} concluded.")
FOLLOW = Pair("En seguimiento de {ref}.", "In follow-up to {ref}.")


def same(text: str) -> Pair:
    """Return a text that is the same in both languages, such as a reference."""
    return Pair(text, text)


def listed(names: Sequence[Pair]) -> Pair:
    """Return names in a row, with *and* before the last."""
    if len(names) == 1:
        return names[0]
    first, last = names[:-1], names[-1]
    return Pair(
        f"{', '.join(n.es for n in first)} y {last.es}",
        f"{', '.join(n.en for n in first)} and {last.en}",
    )


def long_day(day: date) -> Pair:
    """Return a day as minutes write it."""
    es, en = MONTHS["es"][day.month - 1], MONTHS["en"][day.month - 1]
    return Pair(f"{day.day} de {es} de {day.year}", f"{day.day} {en} {day.year}")


def remarks(chance: Random, opening: Pair) -> Pair:
    """Return the opening and what follows it: nothing, or as many as three sentences more."""
    for remark in chance.sample(REMARKS, chance.choice((0, 0, 1, 1, 2, 3))):
        opening += remark
    return opening
