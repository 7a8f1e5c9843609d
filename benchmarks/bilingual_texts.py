"""What the second kind of generated folders say, in Spanish and in English."""

from random import Random

from benchmarks.phrases import Pair

TITLE = Pair("Reunión: {body} – “sesión ordinaria”", "Meeting: {body} – “regular session”")
OPENINGS = (
    Pair(
        "Agradecer a {who} la hospitalidad brindada… y la presentación del informe",
        "Thank {who} for the hospitality extended… and for presenting the report",
    ),
    Pair(
        "Reconocer los avances expuestos por {who} – entre ellos los de protección civil –",
        "Recognize the progress described by {who} – in civil protection among others –",
    ),
    Pair(
        "Recibir con beneplácito la “Declaración de los Łagów” que {who} dio a conocer",
        "Welcome the “Łagów Declaration” that {who} made known",
    ),
)
ACTS = ("evaluative", "[observing, evaluative]", "reinforcing", "deciding", "[deciding]")
URGED = Pair(
    "Agradecer el informe e instar a {who} a presentar la versión definitiva",
    "Thank for the report and urge {who} to submit the final version",
)
REQUEST = Pair(
    "Solicitar a {who} la preparación del “plan de acción”, con sus costos y responsables",
    "Request {who} to prepare the “action plan”, with its costs and those responsible",
)
BY = Pair("a más tardar el {day}", "by {day}")
EACH = Pair("cada país miembro", "each member country")
SOME = Pair("los países nombrados", "the countries named")
OLDER = {
    "extend": Pair("Ampliar el plazo establecido en {ref}", "Extend the term set in {ref}"),
    "close": Pair("Dar por concluido lo dispuesto en {ref}", "Consider {ref} concluded"),
    "supersede": Pair(
        "Reemplazar lo dispuesto en {ref} por lo siguiente", "Replace {ref} with the following"
    ),
    "follow": Pair("Dar seguimiento a lo tratado en {ref}", "Follow up on what {ref} says"),
}
SENTENCES = (
    Pair(
        "La delegación anfitriona expuso la experiencia de sus regiones – costa, sierra y selva – "
        "y recordó que la cooperación “sur-sur” abarca también a las autoridades locales",
        "The host delegation described the experience of its regions – coast, highlands and forest "
        "– and recalled that “south-south” cooperation also covers local authorities",
    ),
    Pair(
        "Las cifras disponibles… incompletas en varios casos… muestran una mejora sostenida desde "
        "la reunión anterior, sobre todo en los registros administrativos y en su consulta",
        "The figures available… incomplete in several cases… show a steady improvement since the "
        "previous meeting, above all in administrative records and in their use",
    ),
    Pair(
        "Hubo acuerdo en que las normas nacionales difieren; en que el intercambio de información "
        "respeta la protección de los datos personales, y en que ninguna medida tiene carácter "
        "retroactivo",
        "It was agreed that national rules differ; that the exchange of information respects the "
        "protection of personal data, and that no measure is retroactive",
    ),
    Pair(
        "El documento SEG/2/Rev.1 – anexo 3, “Glosario” – recoge los términos usados en las tres "
        "versiones lingüísticas, incluidos los nombres propios como Güemes, Yáñez, Šibenik y Þór",
        "Document SEG/2/Rev.1 – annex 3, “Glossary” – has the terms used in the three language "
        "versions, proper names such as Güemes, Yáñez, Šibenik and Þór among them",
    ),
    Pair(
        "La sociedad civil participó en la segunda sesión, y sus aportes constan en la memoria de "
        "la reunión junto con los de la academia y los del sector privado",
        "Civil society took part in the second session, and its contributions are in the report of "
        "the meeting together with those of academia and of the private sector",
    ),
)
ACTIONS = (
    Pair("Preparar el “plan de acción” con costos", "Prepare the “action plan” with costs"),
    Pair("Enviar la lista de puntos focales", "Send the list of focal points"),
    Pair("Organizar un taller – presencial o virtual", "Hold a workshop – on site or online"),
    Pair(
        "Recopilar la legislación vigente, con sus reglamentos, y publicarla en el sitio común",
        "Compile the legislation in force, with its regulations, and publish it on the common site",
    ),
)
NOTES = (
    "Nota verbal 12-2001 – recibida por valija",
    "Véase también el informe de la relatoría… páginas 3 y 4",
    "The annex is “pending translation”; the Spanish version prevails – see the minutes",
    "Traducción no oficial: “Ça va de soi” — Łódź, sesión de la mañana",
)
WRONG = (
    "follows: NADA-1999-001/3\n",
    "follows: [{id}/999]\n",
    "closes: {id}/998#2\n",
    "unknown: true\n",
    "documents: ''\n",
)
"""Keys that are wrong: of meetings and numbers that are nowhere, without meaning, empty."""


def long(chance: Random, opening: Pair) -> Pair:
    """Return the opening with as many sentences as give 400 characters in both languages."""
    text = opening if opening.es.endswith(".") else opening.stop()
    sentences = chance.sample(SENTENCES, len(SENTENCES))
    while sentences and (min(len(text.es), len(text.en)) < 400 or chance.random() < 0.25):
        text += sentences.pop().stop()
    return text
