"""Which sentences lay down a duty, for whom; each phrasing beside one that only tells."""

from datetime import date

import pytest

from grcm_cli.domain.register import Register
from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.draft import draft
from grcm_cli.drafting.parties import PartyNames
from grcm_cli.drafting.reading import ConclusionReader, Reading
from grcm_cli.drafting.review import doubts
from grcm_cli.drafting.to_yaml import meeting_file
from grcm_cli.drafting.tokens import sentences, words_of
from grcm_cli.storage.loader import load

from ..conftest import DATA


@pytest.fixture(scope="module")
def register() -> Register:
    found = load(DATA, DATA).register
    assert found is not None
    return found


def reading(register: Register, language: str, text: str) -> Reading:
    names = PartyNames(register)
    return ConclusionReader(names, language, date(2002, 10, 31), "GRCM", {}).read(text)


NAMED_BY_GROUP = ("members", "participants", "nobody")


def told(found: Reading) -> list[str]:
    """Return each duty as `who: what is to be done`, by when after it."""
    return [
        f"{duty.who.mode if duty.who.mode in NAMED_BY_GROUP else ''}"
        f"{'each ' if duty.who.mode == 'each' else ''}{'+'.join(duty.who.codes)}: {duty.action}"
        + (f" [{duty.due.due}]" if duty.due else "")
        for duty in found.duties
    ]


ENGLISH = [
    # acts that no sign parts: paragraphs of their own that were joined
    ("Noting the offer of Canada requests Mexico to host a seminar by 1 March 2003",
     ["MEX: Host a seminar [2003-03-01]"]),
    ("Recognising that the glossary is old resolves to revise it asks the Technical Secretariat to "
     "collect proposals", ["ST: Collect proposals"]),
    ("The Group supports the joint programme requests its members to name experts",
     ["members: Name experts"]),
    ("The Group approves the study “Borders and ports” instructs the Technical Secretariat to "
     "print it", ["ST: Print it"]),
    ("The Group adopts the scale and recommends that Canada translate it",
     ["CAN: Translate it"]),
    ("Considering that a text will be finished in May 2003 decides to wait", []),
    ("The letter asks members to reply.", []),
    ("The Group noted a proposal which requests Mexico to reply.", []),
    # lists of infinitives
    ("The Group resolves to set up a task force, to request Canada to lead it, and to invite "
     "Mexico to send two experts.", ["CAN: Lead it", "MEX: Send two experts"]),
    ("It was decided to ask Panama to collect the replies.", ["PAN: Collect the replies"]),
    # will, is to, has to: of somebody whom the register lacks too
    ("The project leaders will circulate a draft by 15 January 2003.",
     ["nobody: Circulate a draft [2003-01-15]"]),
    ("Ms. Anna Lind will prepare a note.", ["nobody: Prepare a note"]),
    ("The chair of the task force, Anna Lind, is to report every year.",
     ["nobody: Report [every year]"]),
    ("Kenya Smith to check the list with the Technical Secretariat.",
     ["nobody: Check the list with the Technical Secretariat"]),
    ("Replies to be sent to the Technical Secretariat by 1 March 2003.",
     ["nobody: Send replies to the Technical Secretariat [2003-03-01]"]),
    ("Mexico has to deposit the instrument.", ["MEX: Deposit the instrument"]),
    ("Members need to update their entries before 1 March 2003.",
     ["members: Update their entries [2003-02-28]"]),
    ("Members are expected to reply by 1 March 2003.", ["members: Reply [2003-03-01]"]),
    ("Prices are expected to fall.", []),
    # several: each for itself, or together
    ("Canada and Mexico shall report every year, each in respect of its ports.",
     ["each CAN+MEX: Report each in respect of its ports [every year]"]),
    ("Those States (Canada and Mexico) shall reply.", ["each CAN+MEX: Reply"]),
    ("Canada and Mexico are urged to complete their accession.",
     ["each CAN+MEX: Complete their accession"]),
    ("Canada and Mexico each to check a list.", ["each CAN+MEX: Check a list"]),
    ("Canada (lead), Mexico and Panama shall draft a plan.", ["CAN+MEX+PAN: Draft a plan"]),
    ("The Technical Secretariat, acting jointly with Canada, shall draft a plan.",
     ["ST+CAN: Draft a plan"]),
    ("Each Party shall name a contact.", ["members: Name a contact"]),
    ("The party was a success.", []),
    ("Heads of State instruct our ministers to meet.", ["members: Meet"]),
    ("All members other than Canada to send a list.", ["members: Send a list"]),
    ("Canada (supported by Mexico) to test the link.", ["CAN: Test the link"]),
    ("Canada and Mexico are thanked for the study, and are invited to print it.",
     ["CAN+MEX: Print it"]),
    ("Canada shall draft a plan and keep members informed.",
     ["CAN: Draft a plan and keep members informed"]),
    # that, at the start of a text
    ("THAT the Technical Secretariat be requested to print the list, and THAT members send their "
     "comments.", ["ST: Print the list", "members: Send their comments"]),
    ("THAT Canada and Mexico be thanked.", []),
    ("That the list be approved.", []),
    # action points after a colon
    ("The Group agreed on the following: Canada to draft a plan; Mexico to check it.",
     ["CAN: Draft a plan", "MEX: Check it"]),
    ("The Group noted two facts: time to reply is short.", []),
    # verbs in -ly
    ("Mexico is to comply with the rules and apply them.",
     ["MEX: Comply with the rules and apply them"]),
    ("Panama to supply the samples by 1 March 2003.", ["PAN: Supply the samples [2003-03-01]"]),
    ("The GRCM secretariat will invite the donors.", ["nobody: Invite the donors"]),
    ("The GRCM members are asked to reply.", ["members: Reply"]),
    ("The Group will discuss the budget at its next meeting.", []),
    ("The report of the working group will cover three themes.", []),
    ("Prices will rise in 2003.", []),
    ("It would have many advantages.", []),
    ("The report shall include a map.", []),
    ("The next workshop should take place in May 2003.", []),
    ("Considering three texts need to be revised the Group thanks Canada.", []),
    # a request without *to*
    ("The Group requests the Technical Secretariat take the necessary steps.",
     ["ST: Take the necessary steps"]),
    ("The Group requests its secretariat publish the list.", ["nobody: Publish the list"]),
    ("The Group requests, as in 2001, Panama to chair the session.", ["PAN: Chair the session"]),
    ("The Group asks members to liaise with the donors.", ["members: Liaise with the donors"]),
    # thanks, aims, fragments
    ("The Group wishes to thank Mexico for the report.", []),
    ("The Group would like to ask Mexico to print the report.", ["MEX: Print the report"]),
    ("To fulfil its programme, the Group adopts the budget.", []),
    ("To circulate the text to all members by 1 March 2003.",
     ["nobody: Circulate the text to all members [2003-03-01]"]),
    ("Target date for the ballot: 1 March 2003.", []),
    ("Venue to be confirmed.", []),
    ("Chair and Canada to draft a letter.", ["CAN: Draft a letter"]),
    ("The Group decides to form a Task Force in order to study remittances.", []),
    # those who are described by a clause
    ("Members that fish in the gulf were asked to send a list.", ["members: Send a list"]),
    ("Everyone is encouraged to review the text.", ["participants: Review the text"]),
    ("All to review the text by 1 March 2003.", ["participants: Review the text [2003-03-01]"]),
    ("All texts will be archived.", ["nobody: Archive all texts"]),
    ("Panama shall convene experts in order to identify works and promote trade.",
     ["PAN: Convene experts in order to identify works and promote trade"]),
    ("Panama shall convene experts in order to compare methods, and publish a guide by 1 "
     "March 2003.",
     ["PAN: Convene experts in order to compare methods", "PAN: Publish a guide [2003-03-01]"]),
    # both holders of an office
    ("The outgoing and incoming Presidency shall send a list.", ["GTM+MEX: Send a list"]),
    # what each does alone
    ("Canada and Mexico shall ratify the convention.", ["each CAN+MEX: Ratify the convention"]),
    ("The plan shall be jointly reviewed by Canada and Mexico.",
     ["CAN+MEX: Jointly review the plan by Canada and Mexico"]),
]  # fmt: skip
SPANISH = [
    # what is settled, as a communiqué tells it
    ("La Secretaría Técnica quedó encargada de distribuir el acta.", ["ST: Distribuir el acta"]),
    ("Quedó a cargo de México la redacción del informe.", ["MEX: Redactar el informe"]),
    ("Correspondió a México presidir la sesión.", []),
    ("Se acordó que México y Canadá realizarían un estudio y presentarían un informe.",
     ["MEX+CAN: Realizar un estudio", "MEX+CAN: Presentar un informe"]),
    ("Instruir a las instituciones, según sus competencias, a que informen.",
     ["nobody: Informar"]),
    ("Dejar sin efecto el acuerdo segundo.", []),
    ("Celebrar la próxima Cumbre en Tela.", []),
    # several: each for itself, or together
    ("Pedir a Canadá y México que informen cada año, cada uno en su ámbito.",
     ["each CAN+MEX: Informar cada uno en su ámbito [every year]"]),
    ("Los Estados interesados (Canadá y México) responderán.", ["each CAN+MEX: Responder"]),
    ("Instar a Canadá y México a concluir su adhesión.", ["each CAN+MEX: Concluir su adhesión"]),
    ("Canadá (coordina), México y Panamá redactarán un plan.", ["CAN+MEX+PAN: Redactar un plan"]),
    ("Cada Parte designará un contacto.", ["members: Designar un contacto"]),
    ("Las partes interesadas podrán asistir.", []),
    ("Instruir a nuestros ministros a que se reúnan cada año.", ["members: Reunir [every year]"]),
    # agreed
    ("Se acordó realizar el taller en Panamá en el primer trimestre de 2003.",
     ["nobody: Realizar el taller en Panamá [2003-Q1]"]),
    ("Taller sobre remesas. Se acordó organizarlo en Panamá en marzo de 2003.",
     ["nobody: Organizarlo en Panamá [2003-03]"]),
    ("Canadá y México convinieron en intercambiar sus listas cada mes.",
     ["CAN+MEX: Intercambiar sus listas [every month]"]),
    ("Los jefes de delegación acordaron remitir sus propuestas.",
     ["nobody: Remitir sus propuestas"]),
    ("Se convino en que Panamá prepare el borrador.", ["PAN: Preparar el borrador"]),
    ("Se decidió crear una comisión.", []),
    ("El Grupo acordó analizar el tema en su próxima reunión.", []),
    ("Se acordó celebrar la próxima reunión en Lima.", []),
    ("Acordaron que México presente un plan y que Canadá lo revise.",
     ["MEX: Presentar un plan", "CAN: Revisar"]),
    ("La Secretaría Técnica se encargará de traducir la guía.", ["ST: Traducir la guía"]),
    # committed
    ("Asumir el compromiso de remitir la lista antes del 15 de enero de 2003.",
     ["nobody: Remitir la lista [2003-01-14]"]),
    ("Nos comprometemos a remitir la lista.", ["nobody: Remitir la lista"]),
    ("Panamá y Belice expusieron sus planes. Estos países se comprometieron a entregar los textos "
     "en marzo de 2003.", ["PAN+BLZ: Entregar los textos [2003-03]"]),
    ("Los países miembros asumen el compromiso de publicar sus datos.",
     ["members: Publicar sus datos"]),
    ("México contrajo el compromiso de traducir la guía.", ["MEX: Traducir la guía"]),
    ("México informó que se comprometió a traducir la guía.", []),
    # passive and without addressee
    ("Tomar nota de los criterios, los que se difundirán en junio de 2003.",
     ["nobody: Difundir [2003-06]"]),
    ("El texto será analizado por cada Estado miembro.",
     ["members: Analizar el texto por cada Estado miembro"]),
    ("Tomar nota de los talleres, en los que se presentarán tres casos.", []),
    ("Fue solicitado a Canadá que remita el plan.", ["CAN: Remitir el plan"]),
    # having to
    ("México tiene que actualizar la lista.", ["MEX: Actualizar la lista"]),
    ("Canadá ha de actualizar la lista.", ["CAN: Actualizar la lista"]),
    ("Hay que actualizar la lista.", ["nobody: Actualizar la lista"]),
    # reminded
    ("Reiterar a México que envíe sus datos a más tardar el 1 de marzo de 2003.",
     ["MEX: Enviar sus datos [2003-03-01]"]),
    ("Reiterar a los países miembros el envío de sus datos.", ["members: Enviar sus datos"]),
    ("Recordar a Canadá que remita la lista.", ["CAN: Remitir la lista"]),
    ("Reiterar a México la importancia de enviar los datos.", []),
    ("Recordar a México que el plan sigue vigente.", []),
    # somebody whom the register lacks
    ("Los puntos focales enviarán la lista antes del 1 de marzo de 2003.",
     ["nobody: Enviar la lista [2003-02-28]"]),
    ("La señora Ana Pérez preparará una nota.", ["nobody: Preparar una nota"]),
    ("El Comité de Expertos, con el apoyo de Canadá, revisará el plan.",
     ["nobody: Revisar el plan"]),
    ("Se recomienda a las autoridades revisar el plan.", ["nobody: Revisar el plan"]),
    ("Se encarga al Grupo de Trabajo la elaboración del plan.", ["nobody: Elaborar el plan"]),
    ("Girar instrucciones a la Secretaría Técnica para que remita el plan.",
     ["ST: Remitir el plan"]),
    ("El informe abarcará tres temas.", []),
    ("El grupo de trabajo quedará integrado por Canadá y México.", []),
    # a verb of asking that no list has, a subject that is not repeated
    ("Conminar a México a enviar la lista.", ["MEX: Enviar la lista"]),
    ("Encomendar a la Secretaría Técnica la revisión del plan. Para ello deberá consultar a los "
     "donantes.", ["ST: Revisar el plan", "ST: Consultar a los donantes"]),
    ("Las delegaciones acordaron que el plan debe ser revisado por cada Estado miembro.",
     ["members: Revisar el plan por cada Estado miembro"]),
    ("Según el Art. 3 de la Dec. 4 la Secretaría Técnica señaló que el Grupo debe informar.", []),
    ("Convocar un taller con el fin de identificar fuentes y promover el empleo.",
     ["nobody: Convocar un taller con el fin de identificar fuentes y promover el empleo"]),
    # both holders of an office
    ("Encomendar a la Presidencia Pro-Témpore saliente y a la entrante que preparen un plan.",
     ["GTM+MEX: Preparar un plan"]),
    # what each does alone
    ("Exhortar a Belice y Panamá a adherirse al convenio.",
     ["each BLZ+PAN: Adherirse al convenio"]),
    ("Solicitar a México y Canadá que depositen sus instrumentos.",
     ["each MEX+CAN: Depositar sus instrumentos"]),
    ("Solicitar a México y Canadá que revisen el convenio.", ["MEX+CAN: Revisar el convenio"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [*(("en", *row) for row in ENGLISH), *(("es", *row) for row in SPANISH)],
)
def test_duties(register: Register, language: str, text: str, expected: list[str]) -> None:
    assert told(reading(register, language, text)) == expected


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "SPAG will send the list.", "SPAG"),
        ("en", "Anna Lind will send the list.", "Anna Lind"),
        ("en", "The GRCM Chair will send the list.", "GRCM Chair"),
        ("en", "The project leaders will send the list.", None),
        ("en", "Experts should send the list.", None),
        ("es", "El CISC remitirá la lista.", "CISC"),
        ("es", "El Grupo de Expertos remitirá la lista.", "Grupo de Expertos"),
        ("es", "Los puntos focales remitirán la lista.", None),
    ],
)
def test_a_name_that_the_register_lacks_is_kept(
    register: Register, language: str, text: str, name: str | None
) -> None:
    found = reading(register, language, text)
    assert [duty.who.mode for duty in found.duties] == ["nobody"]
    assert list(found.unknown) == ([name] if name else [])


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "Two experts had been invited to comment.", "invited to comment"),
        ("en", "Everybody concerned should reply by May 2003.", None),
        ("en", "The fee must rise to ten.", "must rise to ten"),
        ("en", "The Group thanked Canada, which had asked members to reply.", None),
        ("en", "The Group noted that members should reply.", None),
        ("en", "Recalling that members should reply, the Group thanks Canada.", None),
        ("en", "The Group approved the list of members who should reply.", None),
        ("en", "At the request of Canada, the list was closed.", None),
        ("es", "Las tarifas deberían existir.", "deberían existir"),
        ("es", "Cuatro vecinos piden a la sede más tiempo.", "piden a la sede más tiempo"),
        ("es", "Tomar nota de que los países deberían responder.", None),
        ("es", "Agradecer a Canadá, que pidió a los países responder.", None),
        ("es", "Considerando que deben responder, agradecer a Canadá.", None),
    ],
)
def test_what_asks_or_obliges_and_gave_no_mandate_is_a_doubt(
    register: Register, language: str, text: str, words: str | None
) -> None:
    found = reading(register, language, text).unbound
    assert [excerpt.words for excerpt in found] == ([words] if words else [])
    assert [text[slice(*excerpt.place or ())] for excerpt in found] == [e.words for e in found]


def test_a_party_of_another_sentence_is_a_doubt(register: Register) -> None:
    text = (
        "Meeting of the Regional Consultation Group on Migration\n"
        "Guatemala City, 29 to 31 October 2002\n\nCONCLUSIONS\n\n"
        "1. Canada presented a note. It will send a list.\n\n2. Mexico will send a list.\n\n"
        "3. Two experts had been invited to comment.\n"
    )
    found = draft(read(text.encode()), register, {"language": "en"})
    said = [(doubt.number, doubt.sentence) for doubt in doubts(found) if doubt.number]
    assert ("1", "who is to do it is taken from another sentence: “Canada”") in said
    assert ("3", "no mandate was made of “invited to comment”") in said
    assert "2" not in {number for number, _sentence in said}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("See Amd.1 of the list. Thank Canada.", 2),
        ("Read Vol. 3 and Rev. 2 of the list. Thank Canada.", 2),
    ],
)
def test_a_stop_inside_a_symbol_ends_no_sentence(text: str, count: int) -> None:
    assert len(sentences(words_of(text, "en"))) == count


def test_a_deadline_that_is_moved_extends_the_mandate_of_the_record(register: Register) -> None:
    """Conclusion 9 of the last meeting has one mandate, conclusion 8 two with a deadline."""
    spanish = (
        "Reunión del Grupo Regional de Consulta sobre Migración\n"
        "Ciudad de México, 3 y 4 de febrero de 2003\n\nCONCLUSIONES\n\n"
        "1. Prorrogar hasta el 30 de junio de 2003 el plazo de la conclusión 9 de la reunión "
        "anterior.\n\n2. Ampliar el plazo del acuerdo 9 hasta el 1 de mayo de 2003.\n\n"
        "3. Ampliar el plazo del acuerdo 8 hasta el 1 de mayo de 2003.\n\n"
        "4. Ampliar el plazo del acuerdo 99 hasta el 1 de mayo de 2003.\n\n"
        "5. Tomar nota del acuerdo 9.\n"
    )
    english = (
        "Meeting of the Regional Consultation Group on Migration\n"
        "Mexico City, 3 to 4 February 2003\n\nCONCLUSIONS\n\n"
        "1. The Group extended the deadline of decision 9 of the previous meeting until 30 June "
        "2003.\n\n2. Thank Mexico.\n"
    )
    found = draft(read(spanish.encode()), register, {})
    moved = [c.extends and (c.extends.mandate, c.extends.due) for c in found.conclusions]
    nine = "GRCM-2002-10/9"
    assert moved == [(nine, "2003-06-30"), (nine, "2003-05-01"), ("", "2003-05-01"),
                     ("", "2003-05-01"), None]  # fmt: skip
    assert found.duties == []
    assert f"    extends: {{mandate: {nine}, due: 2003-06-30}}" in meeting_file(found, "")
    unclear = [d.number for d in doubts(found) if d.sentence.startswith("it moves a deadline")]
    assert unclear == ["3", "4"]
    other = draft(read(english.encode()), register, {"body": "GRCM"})
    assert [c.extends and c.extends.mandate for c in other.conclusions] == [nine, None]


def test_an_aside_may_stand_before_the_colon_of_a_stem(register: Register) -> None:
    stem = "The Technical Secretariat shall, subject to funds and in cooperation with Canada:"
    names = PartyNames(register)
    reader = ConclusionReader(names, "en", date(2002, 10, 31), "GRCM", {})
    found = reader.read("print the list;", stem)
    assert told(found) == ["ST: Print the list"]
    assert list(found.duties[0].support) == ["CAN"]
