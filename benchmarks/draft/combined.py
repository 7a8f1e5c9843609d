"""Sentences made by combination, and what becomes of the duties that they lay down.

    python -m benchmarks.draft.combined 2000

Who, how, verb, object, to whom and by when are combined by chance, the same each time. A sentence
is *right* where each duty has its party and its deadline, *pointed at* where one has not and a
point to check says so, *lost* where none does, *wrong* where something false is called sure.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from grcm_cli.domain.register import Register
from grcm_cli.drafting.documents.paragraphs import Paragraph
from grcm_cli.drafting.draft import Doubt, DraftConclusion, draft
from grcm_cli.drafting.mandate import DraftMandate
from grcm_cli.drafting.review import doubts
from grcm_cli.language.text import using_language
from grcm_cli.storage.loader import load

DATA = Path(__file__).parents[2] / "data"
Outcome = Literal["right", "point", "lost", "wrong"]
OUTCOMES: Sequence[Outcome] = ("right", "point", "lost", "wrong")
_KEYS = {"body": "GRCM", "start": "2002-10-29", "end": "2002-10-31"}


class Party(NamedTuple):
    """Who is to do something: as the text has it, and as the draft should."""

    words: str
    code: str
    """`members` for each member; empty where the register has no such party."""
    plural: bool = False
    partly: bool = False
    """The register has only some of them."""


class Due(NamedTuple):
    """By when: as the text has it, and as the draft should; None where no form says it."""

    words: str
    due: str | None


class Duty(NamedTuple):
    """What a sentence lays down."""

    party: Party
    due: Due
    thing: str
    """A word that its action has."""


class Combined(NamedTuple):
    """A sentence with its duties."""

    kind: str
    text: str
    duties: Sequence[Duty]


class Language(NamedTuple):
    """The words of a language that are combined."""

    parties: Sequence[Party]
    groups: Sequence[Party]
    unknown: Sequence[Party]
    verbs: Sequence[tuple[str, ...]]
    objects: Sequence[tuple[str, str]]
    """Each with the word by which it is found."""
    to_whom: Sequence[str]
    dues: Sequence[Due]
    times: Sequence[Due]
    how: Sequence[Callable[[Party, tuple[str, ...], str], str]]
    thanks: Sequence[str]
    second: Sequence[str]
    """A second duty of the same party, with the time at which it is due."""
    second_due: Due
    joint: str
    """Between two clauses of a sentence."""
    clauses: Sequence[str]
    """The first words of a sentence that may stand behind another, beside who is to act."""


# --- English --------------------------------------------------------------------------------------


def _en(pattern: str) -> Callable[[Party, tuple[str, ...], str], str]:
    """Return what makes a sentence of who, the verb, and what follows it."""

    def made(party: Party, verb: tuple[str, ...], rest: str) -> str:
        forms = {"is": "are", "was": "were", "has": "have", "itself": "themselves"}
        forms = forms if party.plural else {key: key for key in forms}
        text = pattern.format(who=party.words, v=verb[0], ving=verb[1], rest=rest, **forms)
        return text[0].upper() + text[1:]

    return made


_ENGLISH = Language(
    parties=(
        Party("Canada", "CAN"),
        Party("Costa Rica", "CRI"),
        Party("Panama", "PAN"),
        Party("the Dominican Republic", "DOM"),
        Party("the Technical Secretariat", "ST"),
        Party("the Presidency Pro-Tempore", "PPT"),
        Party("the International Organization for Migration", "OIM"),
        Party("members", "members", plural=True),
        Party("all members", "members", plural=True),
        Party("Canada and Mexico", "CAN MEX", plural=True),
    ),
    groups=tuple(
        Party(words, "", plural=True)
        for words in (
            "members in arrears",
            "donor countries",
            "partner countries",
            "associate members",
            "Associate Members",
            "associated States",
            "observer States",
            "coastal States",
            "landlocked members",
            "members that are party to the Convention",
            "members with ports on the Pacific",
            "interested members",
            "some members",
            "the members concerned",
            "countries of origin",
            "transit countries",
            "members from the north",
            "the affected countries",
            "most members",
            "members hosting an office",
        )
    ),
    unknown=(
        Party("Costa Rica and Ecuador", "CRI", plural=True, partly=True),
        Party("Ecuador and Costa Rica", "CRI", plural=True, partly=True),
        Party("Canada, Mexico and Ecuador", "CAN MEX", plural=True, partly=True),
        Party("Panama, Brazil and Honduras", "PAN HND", plural=True, partly=True),
        Party("the Technical Secretariat and the World Bank", "ST", plural=True, partly=True),
        Party("Canada and UNHCR", "CAN", plural=True, partly=True),
        Party("Nicaragua and the Fund", "NIC", plural=True, partly=True),
        Party("the Joint Panel and Honduras", "HND", plural=True, partly=True),
    ),
    verbs=(
        ("submit", "submitting", "to"),
        ("circulate", "circulating", "to"),
        ("present", "presenting", "to"),
        ("send", "sending", "to"),
        ("prepare", "preparing"),
        ("publish", "publishing"),
        ("translate", "translating"),
        ("update", "updating"),
        ("revise", "revising"),
        ("print", "printing"),
        ("finalize", "finalizing"),
        ("draft", "drafting"),
    ),
    objects=(
        ("the revised glossary", "glossary"),
        ("the study on fees", "study"),
        ("the work plan for the coast", "plan"),
        ("the list of contacts", "list"),
        ("an inventory of ports", "inventory"),
        ("the draft budget", "budget"),
        ("the training manual", "manual"),
        ("a map of the crossings", "map"),
        ("the guidelines on returns", "guidelines"),
    ),
    to_whom=("", "", " to the Regional Network", " to the observers"),
    dues=(
        Due(" by 15 March 2003", "2003-03-15"),
        Due(" before 1 May 2003", "2003-04-30"),
        Due(" no later than 30 June 2003", "2003-06-30"),
        Due(" on or before 2 July 2003", "2003-07-02"),
        Due(" by the end of March 2003", "2003-03"),
        Due(" by the end of 2003", "2003"),
        Due(" by September 2003", "2003-09"),
        Due(" within 30 days", "within 30 days"),
        Due(" at the next meeting", "at next GRCM"),
        Due(" during the first quarter of 2003", "2003-Q1"),
        Due(" as soon as possible", "asap"),
        Due(" every year", "every year"),
        Due(" twice a year", "every 6 months"),
        Due("", ""),
    ),
    times=(
        Due(" by mid-2003", None),
        Due(" in early 2003", None),
        Due(" by early 2003", None),
        Due(" in late 2003", None),
        Due(" towards the middle of 2003", None),
        Due(" in time for the 2003 Conference", None),
        Due(" quarterly, starting in July 2003", None),
        Due(" every two years, starting in 2004", None),
        Due(" in the course of the coming months", None),
        Due(" before the rainy season", None),
        Due(" upon receipt of the funds", None),
        Due(" within ten working days", None),
        Due(" by the beginning of 2004", None),
    ),
    how=tuple(
        map(
            _en,
            (
                "{who} shall {v} {rest}.",
                "{who} will {v} {rest}.",
                "{who} must {v} {rest}.",
                "{who} should {v} {rest}.",
                "{who} {is} to {v} {rest}.",
                "{who} {has} to {v} {rest}.",
                "{who} undertook to {v} {rest}.",
                "{who} agreed to {v} {rest}.",
                "{who} offered to {v} {rest}.",
                "{who} pledged to {v} {rest}.",
                "{who} committed {itself} to {v} {rest}.",
                "{who} committed {itself} to {ving} {rest}.",
                "{who} {is} requested to {v} {rest}.",
                "{who} {was} asked to {v} {rest}.",
                "{who} {is} invited to {v} {rest}.",
                "{who} {was} urged to {v} {rest}.",
                "{who} {is} expected to {v} {rest}.",
                "{who} {is} tasked with {ving} {rest}.",
                "{who} {was} mandated to {v} {rest}.",
                "{who} took on the task of {ving} {rest}.",
                "{who} to {v} {rest}.",
                "the Group requests {who} to {v} {rest}.",
                "the Group requested {who} to {v} {rest}.",
                "the Group asked {who} to {v} {rest}.",
                "the Group urges {who} to {v} {rest}.",
                "the Group calls upon {who} to {v} {rest}.",
                "the Group instructed {who} to {v} {rest}.",
                "the Group decided that {who} shall {v} {rest}.",
                "it was agreed that {who} would {v} {rest}.",
                "the Group agreed to ask {who} to {v} {rest}.",
                "the Group recommends that {who} {v} {rest}.",
                "the Group entrusts {who} with {ving} {rest}.",
                "it falls to {who} to {v} {rest}.",
                "requests {who} to {v} {rest}.",
                "to request {who} to {v} {rest}.",
                "invite {who} to {v} {rest}.",
                "encourages {who} to {v} {rest}.",
                "directs {who} to {v} {rest}.",
            ),
        )
    ),
    thanks=(
        "The Group thanked Mexico for the seminar and ",
        "The Group took note of the report of Honduras and ",
        "The Group noted the offer of Mexico, and ",
        "The Group welcomed the progress made and ",
        "The Group expressed its appreciation to Honduras and ",
        "The Group recalled the decisions of 2001 and ",
        "The Group congratulated Nicaragua on the study and ",
    ),
    second=(
        " and to report thereon to the next meeting",
        " and to inform the next meeting thereof",
    ),
    second_due=Due("the next meeting", "at next GRCM"),
    joint="and",
    clauses=("The Group requested", "The Group asked", "The Group instructed", "The Group decided"),
)


# --- Spanish --------------------------------------------------------------------------------------


def _es(pattern: str) -> Callable[[Party, tuple[str, ...], str], str]:
    """Return what makes a sentence of who, the verb, and what follows it."""

    def made(party: Party, verb: tuple[str, ...], rest: str) -> str:
        words = party.words
        to_whom = "al " + words[3:] if words.startswith("el ") else "a " + words
        n = "n" if party.plural else ""
        text = pattern.format(
            who=words,
            to=to_whom,
            inf=verb[0],
            subj=verb[1] + n,
            fut=verb[0].replace("reír", "reir") + ("án" if party.plural else "á"),
            n=n,
            ed="eron" if party.plural else "ó",
            rest=rest,
        )
        text = text.replace("ió#", "ió").replace("i#eron", "ieron").replace("i#ó", "ió")
        return text[0].upper() + text[1:]

    return made


_SPANISH = Language(
    parties=(
        Party("Canadá", "CAN"),
        Party("Costa Rica", "CRI"),
        Party("Panamá", "PAN"),
        Party("la República Dominicana", "DOM"),
        Party("la Secretaría Técnica", "ST"),
        Party("la Presidencia Pro-Témpore", "PPT"),
        Party("la Organización Internacional para las Migraciones", "OIM"),
        Party("los países miembros", "members", plural=True),
        Party("todos los miembros", "members", plural=True),
        Party("Canadá y México", "CAN MEX", plural=True),
    ),
    groups=tuple(
        Party(words, "", plural=True)
        for words in (
            "los Estados asociados",
            "los Estados observadores",
            "los Estados ribereños",
            "los países andinos",
            "los países donantes",
            "los países cooperantes",
            "los países de origen",
            "los países en mora",
            "los países miembros en mora",
            "los miembros asociados",
            "los países interesados",
            "los países vecinos",
            "algunos países",
            "los países con costa en el Pacífico",
            "los países que son parte del Convenio",
            "los miembros del norte",
            "los países afectados",
            "la mayoría de los países",
            "los Estados partes del Convenio",
            "los países miembros sin litoral",
        )
    ),
    unknown=(
        Party("Costa Rica y Ecuador", "CRI", plural=True, partly=True),
        Party("Ecuador y Costa Rica", "CRI", plural=True, partly=True),
        Party("México, Canadá y Ecuador", "CAN MEX", plural=True, partly=True),
        Party("Panamá, Brasil y Honduras", "PAN HND", plural=True, partly=True),
        Party("la OIM y la CEPAL", "OIM", plural=True, partly=True),
        Party("la Secretaría Técnica y el Banco Mundial", "ST", plural=True, partly=True),
        Party("Nicaragua y el Fondo", "NIC", plural=True, partly=True),
        Party("el Panel Conjunto y Honduras", "HND", plural=True, partly=True),
    ),
    verbs=(
        ("presentar", "presente", "a"),
        ("circular", "circule", "a"),
        ("enviar", "envíe", "a"),
        ("entregar", "entregue", "a"),
        ("preparar", "prepare"),
        ("publicar", "publique"),
        ("traducir", "traduzca"),
        ("actualizar", "actualice"),
        ("revisar", "revise"),
        ("imprimir", "imprima"),
        ("elaborar", "elabore"),
        ("difundir", "difunda"),
    ),
    objects=(
        ("el glosario revisado", "glosario"),
        ("el estudio sobre cuotas", "estudio"),
        ("el plan de trabajo de la costa", "plan"),
        ("la lista de contactos", "lista"),
        ("un inventario de puertos", "inventario"),
        ("el proyecto de presupuesto", "presupuesto"),
        ("el manual de capacitación", "manual"),
        ("un mapa de los cruces", "mapa"),
        ("los lineamientos sobre retornos", "lineamientos"),
    ),
    to_whom=("", "", " a la Red de Enlace", " a los observadores"),
    dues=(
        Due(" antes del 15 de marzo de 2003", "2003-03-14"),
        Due(" a más tardar el 30 de junio de 2003", "2003-06-30"),
        Due(" antes de finales de marzo de 2003", "2003-03"),
        Due(" a más tardar a finales de 2003", "2003"),
        Due(" para septiembre de 2003", "2003-09"),
        Due(" en un plazo de 30 días", "within 30 days"),
        Due(" en la próxima reunión", "at next GRCM"),
        Due(" durante el primer trimestre de 2003", "2003-Q1"),
        Due(" a la brevedad posible", "asap"),
        Due(" cada año", "every year"),
        Due(" dos veces al año", "every 6 months"),
        Due("", ""),
    ),
    times=(
        Due(" a mediados de 2003", None),
        Due(" a principios de 2003", None),
        Due(" a inicios de 2003", None),
        Due(" para mediados de 2003", None),
        Due(" a tiempo para la Conferencia de 2003", None),
        Due(" trimestralmente, a partir de julio de 2003", None),
        Due(" cada dos años, a partir de 2004", None),
        Due(" en los próximos meses", None),
        Due(" antes de la temporada de lluvias", None),
        Due(" una vez recibidos los fondos", None),
        Due(" en diez días hábiles", None),
        Due(" a comienzos de 2004", None),
    ),
    how=tuple(
        map(
            _es,
            (
                "{who} {fut} {rest}.",
                "{who} deberá{n} {inf} {rest}.",
                "{who} debe{n} {inf} {rest}.",
                "{who} tendrá{n} que {inf} {rest}.",
                "{who} habrá{n} de {inf} {rest}.",
                "{who} se encargará{n} de {inf} {rest}.",
                "{who} se compromet" + "i#{ed} a {inf} {rest}.",
                "{who} se ofrec" + "i#{ed} a {inf} {rest}.",
                "{who} asum" + "i#{ed} el compromiso de {inf} {rest}.",
                "solicitar {to} que {subj} {rest}.",
                "solicitar {to} {inf} {rest}.",
                "el Grupo solicita {to} que {subj} {rest}.",
                "el Grupo pidió {to} que {subj} {rest}.",
                "se solicita {to} {inf} {rest}.",
                "se solicitó {to} que {subj} {rest}.",
                "encargar {to} {inf} {rest}.",
                "encomendar {to} que {subj} {rest}.",
                "instar {to} a {inf} {rest}.",
                "invitar {to} a {inf} {rest}.",
                "se exhorta {to} a {inf} {rest}.",
                "instruir {to} para que {subj} {rest}.",
                "pedir {to} que {subj} {rest}.",
                "recomendar {to} que {subj} {rest}.",
                "acordar que {who} {subj} {rest}.",
                "se acordó que {who} {subj} {rest}.",
                "el Grupo decidió que {who} {subj} {rest}.",
                "corresponde {to} {inf} {rest}.",
                "en este marco, solicitar {to} que {subj} {rest}.",
                "que {who} {subj} {rest}.",
                "el Grupo acordó encargar {to} {inf} {rest}.",
            ),
        )
    ),
    thanks=(
        "El Grupo agradeció a México el seminario y ",
        "El Grupo tomó nota del informe de Honduras y ",
        "El Grupo acogió con beneplácito los avances y ",
        "El Grupo expresó su reconocimiento a Honduras y ",
        "El Grupo recordó las decisiones de 2001 y ",
        "El Grupo felicitó a Nicaragua por el estudio y ",
    ),
    second=(
        " e informar al respecto en la próxima reunión",
        " y rendir informe de ello en la próxima reunión",
    ),
    second_due=Due("la próxima reunión", "at next GRCM"),
    joint="y",
    clauses=("El Grupo pidió", "El Grupo decidió", "El Grupo acordó", "Se solicitó", "Se acordó"),
)

LANGUAGES = {"en": _ENGLISH, "es": _SPANISH}


# --- combining ------------------------------------------------------------------------------------


class _Maker:
    """Makes sentences of a language, each of chosen words."""

    def __init__(self, language: Language, chance: random.Random) -> None:
        self.words, self.choice = language, chance.choice

    def duty(
        self, party: Party, due: Due, thing: str = "", opening: Sequence[str] = ("",)
    ) -> tuple[str, Duty]:
        """Return a sentence that lays down one duty, and the duty.

        `opening` has the first words of the sentences that may be made.
        """
        verb = self.choice(self.words.verbs)
        object_, found = self.choice([one for one in self.words.objects if one[1] != thing])
        to_whom = self.choice(self.words.to_whom) if len(verb) > 2 else ""
        rest = object_ + to_whom + due.words
        made = [how(party, verb, rest) for how in self.words.how]
        words = party.words[0].upper() + party.words[1:]
        fit = [one for one in made if one.startswith((*opening, *([words] if opening[0] else [])))]
        return self.choice(fit), Duty(party, due, found)

    def plain(self) -> Combined:
        """Return one party, one verb, one deadline."""
        text, duty = self.duty(self.choice(self.words.parties), self.choice(self.words.dues))
        return Combined("plain", text, [duty])

    def group(self) -> Combined:
        """Return a duty of some members alone."""
        text, duty = self.duty(self.choice(self.words.groups), self.choice(self.words.dues))
        return Combined("restricted group", text, [duty])

    def unknown(self) -> Combined:
        """Return a duty of a party and of another that the register lacks."""
        text, duty = self.duty(self.choice(self.words.unknown), self.choice(self.words.dues))
        return Combined("second party unknown", text, [duty])

    def times(self) -> Combined:
        """Return a duty by a time that no form of a deadline says."""
        text, duty = self.duty(self.choice(self.words.parties), self.choice(self.words.times))
        return Combined("time without a form", text, [duty])

    def two(self) -> Combined:
        """Return two duties in a sentence: of one party, or of two."""
        party, due = self.choice(self.words.parties), self.choice(self.words.dues[:6])
        text, duty = self.duty(party, due)
        if self.choice((True, False)):
            second = self.choice(self.words.second)
            return Combined("two duties", text[:-1] + second + ".", [duty])
        other = self.choice([one for one in self.words.parties if one.code not in party.code])
        due = self.choice(self.words.dues[:6])
        more, second_duty = self.duty(other, due, duty.thing, self.words.clauses)
        joined = f"{text[:-1]}, {self.words.joint} {more[0].lower()}{more[1:]}"
        if more.startswith(other.words[0].upper() + other.words[1:]) and other.words[0].isupper():
            joined = f"{text[:-1]}, {self.words.joint} {more}"
        return Combined("two duties", joined, [duty, second_duty])

    def relative(self) -> Combined:
        """Return a duty of whoever gets what another is to send: *to Canada, which shall print*."""
        alone = [one for one in self.words.parties if not one.plural and one.code != "members"]
        first, second = self.choice(alone), self.choice(alone)
        sent, printed = self.choice(self.words.objects), self.choice(self.words.objects)
        if first.code == second.code or sent == printed:
            return self.relative()
        verb, due = self.choice(self.words.verbs), self.choice(self.words.dues[:6])
        name, pattern = second.words, "{0} shall send {1} to {2}, which shall {3} {4}{5}."
        if self.words is _SPANISH:
            pattern = "{0} entregará {1} a {2}, que {3}á {4}{5}."
        text = pattern.format(first.words, sent[0], name, verb[0], printed[0], due.words)
        text = text.replace(" a el ", " al ")
        duties = [Duty(first, Due("", ""), sent[1]), Duty(second, due, printed[1])]
        return Combined("relative clause", text[0].upper() + text[1:], duties)

    def thanks(self) -> Combined:
        """Return a duty behind thanks or a note."""
        party, due = self.choice(self.words.parties), self.choice(self.words.dues)
        text, duty = self.duty(party, due, "", self.words.clauses)
        words = duty.party.words
        opens = text.startswith(words[0].upper() + words[1:])
        text = text if opens and words[0].isupper() else text[0].lower() + text[1:]
        for subject in ("the Group ", "el Grupo "):
            text = text.removeprefix(subject)
        return Combined("behind thanks", self.choice(self.words.thanks) + text, [duty])

    def letters(self) -> Combined:
        """Return two or three duties with letters in running text."""
        party = self.choice(self.words.parties)
        is_spanish = self.words is _SPANISH
        stems = (
            ("solicita {0}:", "encarga {0}:")
            if is_spanish
            else ("requests {0} to:", "asks {0} to:")
        )
        words = party.words
        to_whom = f"al {words[3:]}" if words.startswith("el ") else f"a {words}"
        text = self.choice(stems).format(to_whom if is_spanish else words)
        text = ("El Grupo " if is_spanish else "The Group ") + text
        duties: list[Duty] = []
        for letter in "abc"[: self.choice((2, 3))]:
            verb, due = self.choice(self.words.verbs), self.choice(self.words.dues[:6])
            known = {duty.thing for duty in duties}
            object_, thing = self.choice([one for one in self.words.objects if one[1] not in known])
            text += f"{';' if duties else ''} {letter}) {verb[0]} {object_}{due.words}"
            duties.append(Duty(party, due, thing))
        return Combined("letters", text + ".", duties)


def combined(language: str, count: int) -> Iterator[Combined]:
    """Yield sentences of all kinds in turn; always the same ones."""
    chance = random.Random(f"{language} sentences")  # noqa: S311 - no secret
    made = _Maker(LANGUAGES[language], chance)
    singles = (made.plain, made.group, made.unknown, made.thanks, made.times)
    kinds = (*singles, made.two, made.letters, made.relative)
    for number in range(count):
        yield kinds[number % len(kinds)]()


# --- what becomes of them -------------------------------------------------------------------------


class Judged(NamedTuple):
    """A sentence with what became of it."""

    sentence: Combined
    outcome: Outcome
    conclusion: DraftConclusion
    points: Sequence[Doubt]


def register() -> Register:
    """Return the register of the examples."""
    found = load(DATA, DATA).register
    if found is None:
        raise SystemExit(f"{DATA} has no register")
    return found


def judge(language: str, sentences: Sequence[Combined]) -> Iterator[Judged]:
    """Yield each sentence as a conclusion of one document, with what became of it."""
    known = register()
    for start in range(0, len(sentences), 500):
        part = sentences[start : start + 500]
        paragraphs = [Paragraph(one.text, f"{n}.") for n, one in enumerate(part, 1)]
        with using_language("en"):
            made = draft(paragraphs, known, {**_KEYS, "language": language})
            points: dict[str, list[Doubt]] = {}
            for point in doubts(made):
                points.setdefault(point.number.partition("#")[0], []).append(point)
        by_number = {one.item.number: one for one in made.conclusions}
        for number, one in enumerate(part, 1):
            found, own = by_number[str(number)], points.get(str(number), [])
            yield Judged(one, _outcome(one, found, own), found, own)


def _outcome(sentence: Combined, found: DraftConclusion, points: Sequence[Doubt]) -> Outcome:
    left = list(found.reading.duties)
    worst: list[Outcome] = ["right"]
    for duty in sentence.duties:
        own = next((one for one in left if duty.thing in one.action.lower()), None)
        if own is None:
            worst.append("point" if points else "lost")
            continue
        left.remove(own)
        worst += [_of_party(duty, own, points), _of_due(duty, own, points)]
        if not own.action.strip(" .,") or "…" in own.action:
            worst.append("wrong")
    things = [duty.thing for duty in sentence.duties]
    for extra in left:
        is_more = any(thing in extra.action.lower() for thing in things)
        is_known = any(_is_same(duty.party, extra) for duty in sentence.duties)
        if extra.who.sure and extra.who.mode != "nobody" and not (is_more or is_known):
            worst.append("wrong")
    return max(worst, key=OUTCOMES.index)


def _is_same(party: Party, own: DraftMandate) -> bool:
    if party.code == "members":
        return own.who.mode == "members" and not own.who.exceptions
    codes = set(party.code.split())
    return own.who.mode in ("together", "each") and set(own.who.codes) == codes and bool(codes)


def _of_party(duty: Duty, own: DraftMandate, points: Sequence[Doubt]) -> Outcome:
    who = own.who
    if duty.party.code and not duty.party.partly and _is_same(duty.party, own):
        return "right"
    if who.mode == "nobody":
        return "right" if not duty.party.code and points else "point" if points else "lost"
    if who.sure:
        return "wrong"
    if duty.party.partly and _is_same(duty.party, own) and points:
        return "right"
    return "point" if points else "lost"


def _of_due(duty: Duty, own: DraftMandate, points: Sequence[Doubt]) -> Outcome:
    due = own.due
    if (due.due if due else "") == duty.due.due:
        return "right"
    if due is not None and due.sure:
        return "wrong"
    if due is None and not points:
        return "lost"
    return "right" if duty.due.due is None else "point"


def table(language: str, count: int) -> dict[str, Counter[Outcome]]:
    """Return how many sentences of each kind came to which end."""
    found: dict[str, Counter[Outcome]] = {}
    for judged in judge(language, list(combined(language, count))):
        found.setdefault(judged.sentence.kind, Counter())[judged.outcome] += 1
    return found


def main() -> None:
    """Print the table of each language."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    for language in LANGUAGES:
        print(f"{language}: {count} sentences")
        print(f"{'':<22}" + "".join(f"{outcome:>8}" for outcome in OUTCOMES))
        for kind, counts in table(language, count).items():
            print(f"{kind:<22}" + "".join(f"{counts[one]:>8}" for one in OUTCOMES))


if __name__ == "__main__":
    main()
