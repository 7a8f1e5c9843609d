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
    # several verbs, several parties
    ("Tasked the Technical Secretariat with mapping needs and Mexico with printing the list by 1 "
     "May 2003.", ["ST: Map needs", "MEX: Print the list [2003-05-01]"]),
    ("Requests Canada to draft a note, in consultation with Mexico, and to submit it in May 2003.",
     ["CAN: Draft a note, in consultation with Mexico", "CAN: Submit it [2003-05]"]),
    ("Requests Canada to mobilise experts for the map, and to report on the scale each year.",
     ["CAN: Mobilise experts for the map", "CAN: Report on the scale [every year]"]),
    ("Canada to supply the list - 15 May 2003", ["CAN: Supply the list [2003-05-15]"]),
    ("The Group reminds Canada to submit its map.", ["CAN: Submit its map"]),
    ("Neither Canada nor Mexico shall submit a further report.", []),
    ("Commends Canada on its list and recommends it to other members.", []),
    # groups that a clause or a place restricts
    ("Members in the Pacific sub-region are requested to test the list.",
     ["nobody: Test the list"]),
    ("Member States which are parties to the treaty are requested to send maps.",
     ["members: Send maps"]),
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
    ("Countries of origin are expected to print the list.", ["nobody: Print the list"]),
    ("The Group thanked Canada and Panama shall print the list.", ["PAN: Print the list"]),
    ("Canada shall print the list, and Mexico to send a map.",
     ["CAN: Print the list", "MEX: Send a map"]),
    ("Officials tasked the Fund to report by 1 May 2003.", ["nobody: Report [2003-05-01]"]),
    ("Leaders tasked Canada with printing the list.", ["CAN: Print the list"]),
    ("The Technical Secretariat is to re-submit the list.", ["ST: Re-submit the list"]),
    # items in running text, also below one another
    ("The Group decided to: (a) Request Canada to: i. print the list; ii. send a map; (b) invite "
     "Mexico to reply.", ["CAN: Print the list", "CAN: Send a map", "MEX: Reply"]),
    ("Use of the list is to be reviewed.", ["nobody: Review use of the list"]),
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
    ("a sign that is not to be", []),  # as the last words of a text
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
    ("Panama shall convene experts in order to compare methods, and publish a guide by 1 "
     "March 2003.",
     ["PAN: Convene experts in order to compare methods", "PAN: Publish a guide [2003-03-01]"]),
    # both holders of an office
    ("The outgoing and incoming Presidency shall send a list.", ["GTM+MEX: Send a list"]),
    # what each does alone
    ("Canada and Mexico shall ratify the convention.", ["each CAN+MEX: Ratify the convention"]),
    ("The plan shall be jointly reviewed by Canada and Mexico.",
     ["CAN+MEX: Jointly review the plan by Canada and Mexico"]),
    # how something is done, what the meeting will do, what a text will say
    ("The guide will be based upon the manual of 2001.", []),
    ("The tables should be kept consistent with each other.", []),
    ("The list should only be printed after its approval.", []),
    ("The team will work electronically.", []),
    ("The matter will be discussed at the next meeting.", []),
    ("Article 3 shall be replaced by the following text.", []),
    ("If approved, the project will be moved to the IOM.", []),
    ("The Group agreed that lists may be printed.", []),
    ("Members are invited to take note of the report.", []),
    ("The Group encourages cooperation between universities.", []),
    ("The Group adopted the plan on the following assumptions: Canada will pay for it.", []),
    ("Attached you will find the list.", []),
    # verbs that no list has, and those that assign
    ("The Technical Secretariat should spearhead the campaign.", ["ST: Spearhead the campaign"]),
    ("The Group assigns the project to Mexico.", ["MEX: The project to Mexico"]),
    ("The Group assigns Ms. Lind as project leader.", []),
    # requests that no sign parts from a statement
    ("The text is old encourage members to rewrite it.", ["members: Rewrite it"]),
    # asides, groups and those who make them up
    ("Canada and, where appropriate, Mexico shall reply.", ["CAN+MEX: Reply"]),
    ("Members, in particular Canada, should reply.", ["members: Reply"]),
    ("A working group of Canada and Mexico will reply.", ["CAN+MEX: Reply"]),
    ("The Group set up a team composed of Canada and Mexico, and asked the team to reply.",
     ["CAN+MEX: Reply"]),
    ("The delegation of Canada and the IOM shall reply.", ["CAN+OIM: Reply"]),
    ("In Canada, Mexico will open an office.", ["MEX: Open an office"]),
    ("The members of the GRCM, in particular Canada, shall reply.", ["members: Reply"]),
    ("Canada shall send a list to the Technical Secretariat, which shall publish it.",
     ["CAN: Send a list to the Technical Secretariat", "ST: Publish it"]),
    ("Canada and Mexico, which have offered to do so, will host it.", ["CAN+MEX: Host it"]),
    # tags, and a parenthesis that closes a task
    ("Action item: Review the comments (all)", ["participants: Review the comments (all)"]),
    ("Send the list (Canada and Mexico).", ["CAN+MEX: Send the list (Canada and Mexico)"]),
    ("Members invited to comment by 1 March 2003.", ["members: Comment [2003-03-01]"]),
    # as several organizations write
    ("URGES all Member States that have not yet done so to ratify the Convention.",
     ["members: Ratify the Convention"]),
    ("DIRECTS the Presidency to ensure, with the support of Canada, the translation of the "
     "guide.",
     ["PPT: Ensure the translation of the guide"]),
    ("FURTHER CALLS UPON Mexico and Panama to sign and deposit the instruments of accession by "
     "30 June 2003.",
     ["each MEX+PAN: Sign and deposit the instruments of accession [2003-06-30]"]),
    ("ENDORSES the recommendations of the Ministers, in which they urged members to reply.", []),
    ("STRESSES that members should pay their contributions.", []),
    ("REITERATES its request to the Technical Secretariat to publish the report by May 2003.",
     ["ST: Publish the report [2003-05]"]),
    ("EXPRESSES its appreciation to Canada for agreeing to host the seminar.", []),
    ("Parties are encouraged to share their data with the Technical Secretariat by 31 March "
     "2003.",
     ["members: Share their data with the Technical Secretariat [2003-03-31]"]),
    ("The Technical Secretariat shall, subject to external funding, convene a workshop and "
     "invite the IOM to take part.",
     ["ST: Convene a workshop, subject to external funding",
      "ST: Invite the IOM to take part"]),
    ("Each member shall designate a focal point within 60 days.",
     ["members: Designate a focal point [within 60 days]"]),
    ("Members in a position to do so are invited to provide funds to the Technical Secretariat.",
     ["members: Provide funds to the Technical Secretariat"]),
    ("To instruct the Technical Secretariat to prepare a study on remittances.",
     ["ST: Prepare a study on remittances"]),
    ("To request that the Presidency convene a special session before 1 May 2003.",
     ["PPT: Convene a special session [2003-04-30]"]),
    ("To thank Honduras for its hospitality.", []),
    ("To urge those countries that have not yet done so to appoint a focal point.",
     ["members: Appoint a focal point"]),
    ("Resolves to ask the IOM to keep the website up to date.",
     ["OIM: Keep the website up to date [ongoing]"]),
    ("RECOMMENDS that the CRM adopt the plan at its next meeting.",
     ["CRM: Adopt the plan [at next CRM]"]),
    ("Agreed that Canada, Mexico and the United States would jointly prepare a proposal.",
     ["CAN+MEX+USA: Prepare a proposal"]),
    ("The Technical Secretariat was tasked with compiling the national reports by the end of "
     "March 2003.",
     ["ST: Compile the national reports [2003-03]"]),
    ("Action: Mexico to circulate the minutes within two weeks.",
     ["MEX: Circulate the minutes [within 2 weeks]"]),
    ("Nicaragua offered to host the next workshop.", ["NIC: Host the next workshop"]),
    ("It was noted that Canada would circulate its report.", []),
    ("Panama took the action to check the figures with the IOM.",
     ["PAN: Check the figures with the IOM"]),
    ("The Technical Secretariat agreed to update the list of experts.",
     ["ST: Update the list of experts"]),
    ("Staff to send out a poll for the next call.", ["nobody: Send out a poll for the next call"]),
    ("Everyone to review the draft charter by 15 December 2002.",
     ["participants: Review the draft charter [2002-12-15]"]),
    ("Belize and Honduras will act as co-chairs and will report back at the next meeting.",
     ["BLZ+HND: Act as co-chairs",
      "BLZ+HND: Report back [at next GRCM]"]),
    ("Canada to follow up with the IOM regarding the budget.",
     ["CAN: Follow up with the IOM regarding the budget"]),
    ("Two members suggested that the Presidency should resign.", []),
    ("The GRCM resolves to establish a working group and appoints Mexico as its convenor.", []),
    ("The GRCM resolves to establish an ad hoc group, to request Panama to lead it and to ask "
     "members to nominate experts by 31 January 2003.",
     ["PAN: Lead it",
      "members: Nominate experts [2003-01-31]"]),
    ("The GRCM noting that the guide is out of date asks its Technical Secretariat to launch a "
     "ballot.",
     ["ST: Launch a ballot"]),
    ("The Technical Secretariat is to prepare, together with Canada, the agenda.",
     ["ST+CAN: Prepare together with Canada, the agenda"]),
    ("The draft is to be revised by Guatemala and circulated to members by 1 March 2003.",
     ["GTM: Revise the draft by Guatemala and circulated to members [2003-03-01]"]),
    ("The convenor of the working group should report on a quarterly basis.",
     ["nobody: Report [every 3 months]"]),
    ("In order to meet the deadline, El Salvador will collect the data and Honduras will "
     "analyse them.",
     ["SLV: Collect the data",
      "HND: Analyse them"]),
    ("The Chair reminded members that they had to pay.", []),
    ("The Presidency, having consulted members, shall fix the date of the workshop.",
     ["PPT: Fix the date of the workshop"]),
    ("To the Technical Secretariat: print the list by 1 May 2003.",
     ["ST: Print the list [2003-05-01]"]),
    ("Canada: approve the plan, and print it.", ["CAN: Approve the plan, and print it"]),
]  # fmt: skip
SPANISH = [
    ("Para aplicar lo que se acordó: a) Panamá enviará la lista.", ["PAN: Enviar la lista"]),
    ("Panamá mantendrá los precios por el plazo de un mes.", ["PAN: Mantener los precios por el "
     "plazo de un mes [ongoing]"]),
    ("Los países miembros dispondrán de un mes para responder.", ["members: Responder"]),
    ("El Grupo resuelve: extender el taller a México.", ["nobody: Extender el taller a México"]),
    ("Instruir a Panamá a concluir el mapa a más tardar el 1 de mayo de 2003, y a trasladar los "
     "resultados a Canadá.",
     ["PAN: Concluir el mapa [2003-05-01]", "PAN: Trasladar los resultados a Canadá"]),
    ("Panamá enviará a México, antes de la próxima reunión, un mapa.",
     ["PAN: Enviar a México, un mapa [next GRCM]"]),
    ("Panamá enviará a México, antes del próximo GRCM, un mapa.",
     ["PAN: Enviar a México, un mapa [next GRCM]"]),
    ("Que Panamá dé seguimiento al plan.", ["PAN: Dar seguimiento al plan"]),
    ("Dar por conocido el informe presentado por Panamá (PAN).", []),
    # any verb that asks whoever follows
    ("Se delega en Panamá la organización del taller.", ["PAN: Organizar el taller"]),
    ("Deberán los países miembros adecuar su legislación antes de finales de 2004.",
     ["members: Adecuar su legislación [2004]"]),
    ("Ni Canadá ni México deberán presentar un informe.", []),
    # groups that a clause restricts, of which it is open who is meant
    ("Aquellos Estados que cuenten con un laboratorio remitirán sus protocolos.",
     ["members: Remitir sus protocolos"]),
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
     ["MEX: Presentar un plan", "CAN: Revisarlo"]),
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
    # both holders of an office
    ("Encomendar a la Presidencia Pro-Témpore saliente y a la entrante que preparen un plan.",
     ["GTM+MEX: Preparar un plan"]),
    # what each does alone
    ("Exhortar a Belice y Panamá a adherirse al convenio.",
     ["each BLZ+PAN: Adherirse al convenio"]),
    ("Solicitar a México y Canadá que depositen sus instrumentos.",
     ["each MEX+CAN: Depositar sus instrumentos"]),
    ("Solicitar a México y Canadá que revisen el convenio.", ["MEX+CAN: Revisar el convenio"]),
    # more time, reminders, commitments
    ("Ampliar el plazo para que los países miembros remitan sus datos hasta el 1 de mayo de "
     "2003.",
     ["members: Remitir sus datos [2003-05-01]"]),
    ("Reiterar a Belice la necesidad de un plan.", []),
    ("Se asumió el compromiso de publicar los datos.", ["nobody: Publicar los datos"]),
    ("Nos comprometimos a publicar los datos.", ["nobody: Publicar los datos"]),
    ("El texto debe ser analizado por cada Estado Parte.",
     ["members: Analizar el texto por cada Estado Parte"]),
    ("Aprobar los formularios, que serán remitidos por Canadá a los países miembros.",
     ["CAN: Remitir por Canadá a los países miembros"]),
    # those who act
    ("Tanto Canadá como México remitirán su lista.", ["CAN+MEX: Remitir su lista"]),
    ("Las Partes remitirán su lista.", ["members: Remitir su lista"]),
    ("Los países miembros, en particular Canadá, remitirán su lista.",
     ["members: Remitir su lista"]),
    ("Un grupo de trabajo de Canadá y México preparará un texto.", ["CAN+MEX: Preparar un texto"]),
    ("Encargar a la Secretaría Técnica, y en su caso a la OIM, la revisión del texto.",
     ["ST+OIM: Revisar el texto"]),
    ("Solicitar a los países que han ejercido la Presidencia Pro-Témpore que remitan una lista.",
     ["each GTM: Remitir una lista"]),
    ("Enviar la carta a los donantes (Canadá)", ["CAN: Enviar la carta a los donantes (Canadá)"]),
    ("Solicitar a los países que han ejercido la Presidencia Pro-Témpore una lista.",
     ["each GTM: Una lista"]),
    ("El delegado de México sugirió que se realice un taller.", []),
    # words of courtesy say no more than their verb
    ("La Secretaría Técnica se servirá remitir el informe a más tardar el 30 de abril de 2003.",
     ["ST: Remitir el informe [2003-04-30]"]),
    ("Se solicita a Belice se sirva remitir el protocolo.", ["BLZ: Remitir el protocolo"]),
    ("Se ruega a México se sirva cubrir su cuota.", ["MEX: Cubrir su cuota"]),
    ("Se solicita atentamente a los países miembros que se sirvan remitir los datos.",
     ["members: Remitir los datos"]),
    ("Se solicita a Belice que tenga a bien designar un experto.", ["BLZ: Designar un experto"]),
    ("Se pide a la Secretaría Técnica tuviera a bien preparar una nota.",
     ["ST: Preparar una nota"]),
    ("Se ruega a Belice tener a bien cubrir las cuotas.", ["BLZ: Cubrir las cuotas"]),
    ("Se solicita a la Secretaría Técnica que tenga a bien: circular el plan y reunir los datos.",
     ["ST: Circular el plan y reunir los datos"]),
    ("La Secretaría Técnica tendrá a bien consolidar los datos y hará llegar el anuario a los "
     "países miembros.",
     ["ST: Consolidar los datos", "ST: Hacer llegar el anuario a los países miembros"]),
    ("Sírvase la Secretaría Técnica remitir el informe.", ["ST: Remitir el informe"]),
    ("Sírvanse México y Canadá remitir el informe.", ["MEX+CAN: Remitir el informe"]),
    # what is to come first is no word of courtesy
    ("La Secretaría Técnica, previa consulta con México, se servirá fijar los temas del taller.",
     ["ST: Fijar los temas del taller, previa consulta con México"]),
    ("Se solicita a la Secretaría Técnica que, previo acuerdo de México, convoque a los expertos.",
     ["ST: Convocar a los expertos, previo acuerdo de México"]),
    # a pronoun stays with its verb; verbs that go on are infinitives too
    ("Se solicita a la Secretaría Técnica que elabore un estudio y lo presente en la próxima "
     "reunión.",
     ["ST: Elaborar un estudio y presentarlo [at next GRCM]"]),
    ("Se solicita a México que gestione los recursos, e informe de los avances.",
     ["MEX: Gestionar los recursos, e informar de los avances"]),
    ("Se solicita a México que prepare un plan e informe de avance.",
     ["MEX: Preparar un plan e informe de avance"]),
    ("Se solicita a México que elabore un plan que incluya metas y explique los costos.",
     ["MEX: Elaborar un plan que incluya metas y explique los costos"]),
    ("México tendrá a bien reunir los datos a que se refiere el punto anterior y hará llegar un "
     "informe a Canadá.",
     ["MEX: Reunir los datos a que se refiere el punto anterior y hacer llegar un informe a "
      "Canadá"]),
    ("La Secretaría Técnica elaborará los términos de referencia y los someterá a consideración de "
     "los expertos.",
     ["ST: Elaborar los términos de referencia",
      "ST: Someterlos a consideración de los expertos"]),
    ("La Secretaría Técnica preparará una nota y se la enviará a los países miembros.",
     ["ST: Preparar una nota", "ST: Enviársela a los países miembros"]),
    # of whom it is asked: those who have not done it
    ("Se encarece a los países miembros que a la fecha no hayan comunicado su punto de contacto "
     "que lo hagan antes del 3 de mayo de 2003.",
     ["members: Comunicar su punto de contacto [2003-05-02]"]),
    ("Se encarece a los países miembros que hasta ahora no hayan nombrado a sus expertos, hacerlo "
     "en un plazo no mayor de treinta días calendario.",
     ["members: Nombrar a sus expertos [within 30 days]"]),
    ("Se solicita a los países miembros que no hayan cubierto su cuota cubrirla antes del 3 de "
     "mayo de 2003.",
     ["members: Cubrirla [2003-05-02]"]),
    ("Se invita a los países miembros que lo deseen a presentar un plan.",
     ["members: Presentar un plan"]),
    # what each owes alone, by a fee, or a possessive where each is asked with a word of its own
    ("Se ruega a Belice y a Panamá cubrir las cuotas de 2002.",
     ["each BLZ+PAN: Cubrir las cuotas de 2002"]),
    ("Se ruega a Belice y a Panamá que remitan sus observaciones.",
     ["each BLZ+PAN: Remitir sus observaciones"]),
    ("Se ruega a Belice y a Panamá que elaboren una propuesta.",
     ["BLZ+PAN: Elaborar una propuesta"]),
    ("Belice y Panamá enviarán conjuntamente sus observaciones.",
     ["BLZ+PAN: Enviar conjuntamente sus observaciones"]),
    # thanks for what is to come ask for it
    ("Se agradecerá a Canadá que transmita el informe a los países miembros a más tardar el 30 de "
     "abril de 2003.",
     ["CAN: Transmitir el informe a los países miembros [2003-04-30]"]),
    ("Se agradecería a Canadá que remitiera el protocolo.", ["CAN: Remitir el protocolo"]),
    ("Agradecer a Canadá que haya transmitido el informe.", []),
    ("Se agradece a Canadá el envío del informe.", []),
    # a promise that is noted binds whoever gave it
    ("Tomar nota del compromiso de Canadá con los derechos humanos.", []),
    # an imperative
    ("Remítase a los países miembros el informe en un plazo de quince días.",
     ["nobody: Remitir a los países miembros el informe [within 15 days]"]),
    ("Remítanse los datos por la Secretaría Técnica a los expertos.",
     ["ST: Remitir los datos por la Secretaría Técnica a los expertos"]),
    ("Véase el informe de la OIM.", []),
    # the year of a thing stays in the action
    ("Se solicita a los países miembros que remitan, a más tardar el 30 de abril de 2003, los "
     "datos correspondientes al año 2001.",
     ["members: Remitir los datos correspondientes al año 2001 [2003-04-30]"]),
    ("México cubrirá la cuota relativa al año 2002.",
     ["MEX: Cubrir la cuota relativa al año 2002"]),
    # as several organizations write
    ("Instruir a la Secretaría Técnica para que, en coordinación con la OIM, elabore un plan de "
     "acción en un plazo de dos meses.",
     ["ST: Elaborar un plan de acción [within 2 months]"]),
    ("Instruimos a la Presidencia Pro-Témpore a dar seguimiento al presente acuerdo.",
     ["PPT: Dar seguimiento al presente acuerdo"]),
    ("Los Presidentes acuerdan que los países adopten las medidas necesarias a más tardar el 30 "
     "de junio de 2003.",
     ["members: Adoptar las medidas necesarias [2003-06-30]"]),
    ("Mandatar al SICA que convoque a los ministros en enero de 2003.",
     ["SICA: Convocar a los ministros [2003-01]"]),
    ("Honduras será sede de la próxima reunión.", ["HND: Ser sede de la próxima reunión"]),
    ("Agradecer a Costa Rica, que se ofreció a organizar el seminario.", []),
    ("Los Estados Partes realizarán consultas internas antes del 10 de diciembre de 2002.",
     ["members: Realizar consultas internas [2002-12-09]"]),
    ("El tema será analizado por Canadá y Panamá, los que elevarán una propuesta en la próxima "
     "reunión.",
     ["CAN+PAN: Analizar el tema por Canadá y Panamá",
      "CAN+PAN: Elevar una propuesta [at next GRCM]"]),
    ("Las delegaciones se comprometieron a circular sus comentarios a la brevedad.",
     ["members: Circular sus comentarios [asap]"]),
    ("La delegación de México informó que remitirá los datos.", []),
    ("La delegación de El Salvador asumió el compromiso de traducir el glosario en enero de "
     "2003.",
     ["SLV: Traducir el glosario [2003-01]"]),
    ("Se acordó remitir el proyecto a la Presidencia, a efectos de su consideración.",
     ["nobody: Remitir el proyecto a la Presidencia, a efectos de su consideración"]),
    ("Reiterar a Belice y Nicaragua la remisión de sus listas a más tardar el 15 de enero de "
     "2003.",
     ["BLZ+NIC: Remitir sus listas [2003-01-15]"]),
    ("Encomendar a la Secretaría Técnica que convoque, con el apoyo de Canadá, una reunión de "
     "expertos.",
     ["ST: Convocar una reunión de expertos"]),
    ("Solicitar a los Estados miembros que aún no lo han hecho que designen un punto focal.",
     ["members: Designar un punto focal"]),
    ("Instar a México, Panamá y Belice a que ratifiquen el convenio o se adhieran a él, según "
     "corresponda.",
     ["each MEX+PAN+BLZ: Ratificar el convenio o se adhieran a él, según corresponda"]),
    ("Decidir que la Secretaría Técnica informe anualmente sobre los avances.",
     ["ST: Informar sobre los avances [every year]"]),
    ("Resolver que se transmita la presente resolución a la OIM.",
     ["nobody: Transmitir la presente resolución a la OIM"]),
    ("Expresar su reconocimiento a Guatemala por la presentación del informe.", []),
    ("Pedir a la OIM que siga prestando cooperación técnica a los países.",
     ["OIM: Seguir prestando cooperación técnica a los países [ongoing]"]),
    ("Instar a los países a que: a) actualicen sus registros; b) capaciten a su personal.",
     ["members: Actualizar sus registros",
      "members: Capacitar a su personal"]),
    ("Tomar nota de que la Secretaría Técnica presentará un informe.", []),
    ("Se alienta a las Partes a que comuniquen sus datos a la Secretaría Técnica antes del 1 de "
     "febrero de 2003.",
     ["members: Comunicar sus datos a la Secretaría Técnica [2003-01-31]"]),
    ("La Secretaría Técnica, a reserva de la disponibilidad de fondos, deberá: a) contratar un "
     "consultor; y b) publicar los resultados.",
     ["ST: Contratar un consultor",
      "ST: Publicar los resultados"]),
    ("La Presidencia Pro-Témpore examinará los resultados y formulará recomendaciones.",
     ["PPT: Examinar los resultados",
      "PPT: Formular recomendaciones"]),
    ("Se pide a la OIM y a la Secretaría Técnica que colaboren en la elaboración de la guía.",
     ["OIM+ST: Colaborar en la elaboración de la guía"]),
    ("Se acuerda que Nicaragua coordine el grupo y que Honduras actúe como relator.",
     ["NIC: Coordinar el grupo",
      "HND: Actuar como relator"]),
    ("Queda encargada la Secretaría Técnica de circular el acta.", ["ST: Circular el acta"]),
    ("Costa Rica se ofreció a elaborar un borrador, que será distribuido por la Secretaría "
     "Técnica en febrero de 2003.",
     ["CRI: Elaborar un borrador",
      "ST: Distribuir por la Secretaría Técnica [2003-02]"]),
    ("Cada país enviará, al efecto, los nombres de dos funcionarios.",
     ["members: Enviar al efecto, los nombres de dos funcionarios"]),
    ("Los países acordaron enviar sus aportes a la Secretaría Técnica antes del 31 de enero de "
     "2003.",
     ["members: Enviar sus aportes a la Secretaría Técnica [2003-01-30]"]),
    ("Felicitar a la OIM por su informe y solicitarle que lo difunda.", ["OIM: Difundirlo"]),
    ("Guatemala y Honduras presentaron sus avances. Ambos países se comprometieron a concluir "
     "las obras en 2003.",
     ["GTM+HND: Concluir las obras [2003]"]),
    ("El grupo de trabajo, integrado por Canadá, México y Panamá, elaborará un cronograma.",
     ["CAN+MEX+PAN: Elaborar un cronograma"]),
    ("Se conforma una comisión integrada por Belice y El Salvador, la cual presentará una "
     "propuesta en la próxima reunión.",
     ["BLZ+SLV: Presentar una propuesta [at next GRCM]"]),
    ("Solicitar a la Presidencia entrante que distribuya el calendario.",
     ["MEX: Distribuir el calendario"]),
    ("La representante de la OIM recomendó que los países revisen sus leyes.", []),
    ("Corresponderá a cada Estado Parte cubrir sus gastos.", ["members: Cubrir sus gastos"]),
    ("Estados Unidos y Canadá, por su parte, aportarán fondos para el taller.",
     ["USA+CAN: Aportar fondos para el taller"]),
    ("Queda pendiente de confirmar la sede.", []),
    ("El Grupo acuerda: a) Solicitar a Canadá que: i. imprima la lista; ii. envíe un mapa; b) "
     "invitar a México a responder.",
     ["CAN: Imprimir la lista", "CAN: Enviar un mapa", "MEX: Responder"]),
    ("La Secretaría Técnica estará actualizando la lista.", ["ST: Actualizar la lista"]),
    ("Agradecer a Honduras y comprometerse a enviar la lista.", ["nobody: Enviar la lista"]),
    ("Los cancilleres instruyeron a Canadá a enviar la lista.", ["CAN: Enviar la lista"]),
    ("Se creó un comité, los cuales deberán proseguir con los trabajos.",
     ["nobody: Proseguir con los trabajos [ongoing]"]),
    ("México presentará un informe y la OIM y la CEPAL lo revisarán.",
     ["MEX: Presentar un informe", "OIM: Revisarlo"]),
    ("México presentará un informe, y Panamá y Belice enviarán una lista.",
     ["MEX: Presentar un informe", "PAN+BLZ: Enviar una lista"]),
    ("la Presidencia no tiene", []),  # as the last words of a text
    ("A la Secretaría Técnica: en consulta con Panamá, aprobar el plan.",
     ["ST: Aprobar el plan"]),
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
    assert [duty.who.words for duty in found.duties] == [name or ""]


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
        ("es", "Las tarifas deberían existir.", None),
        ("es", "La guía deberá contener un mapa.", None),
        ("en", "The guide shall contain a map.", None),
        ("en", "The guide must be complete.", None),
        ("en", "The remarks submitted and agreed to by Canada were printed.", None),
        ("en", "Should the Group decide otherwise, the list is void.", None),
        # a party that is to do something, in a clause that was not read
        ("en", "Canada sent samples so that Panama and Mexico will print them.", None),
        # what somebody has charge of
        (
            "en",
            "Adopted the plan, whose follow-up will be the responsibility of Canada.",
            "follow-up will be the responsibility of Canada",
        ),
        ("en", "Approved the list, the upkeep of which rests with Canada.", "rests with Canada"),
        # what is joined to thanks or a note
        (
            "es",
            "Los Viceministros lamentaron los daños que dejaron las lluvias, e instaron a los "
            "países miembros a ayudar.",
            "instaron a los países miembros a ayudar",
        ),
        ("es", "Agradecer a Canadá, que presentó la lista y pidió a los países responder.", None),
        # the noun of a duty
        (
            "en",
            "Canada took on the task of revising the list.",
            "Canada took on the task of revising the",
        ),
        ("es", "Canadá tiene la tarea de revisar la lista.", "tarea de revisar la lista"),
        (
            "es",
            "Se toma nota del compromiso de Canadá de entregar el informe.",
            "compromiso de Canadá de entregar el informe",
        ),
        (
            "es",
            "Se acoge con agrado el compromiso asumido por Canadá de cubrir los gastos.",
            "compromiso asumido por Canadá de cubrir los gastos",
        ),
        ("en", "The Group thanked Canada for the task of revising the list.", None),
        # an offer
        (
            "es",
            "Aceptar el ofrecimiento de Canadá de organizar el taller.",
            "ofrecimiento de Canadá de organizar el taller",
        ),
        ("es", "Agradecer la oferta de Canadá.", None),
        # a time by which something is due
        ("en", "Replies: by 15 January 2003.", "by 15 January 2003"),
        (
            "es",
            "Los comentarios, a más tardar el 15 de enero de 2003.",
            "a más tardar el 15 de enero de 2003",
        ),
        ("en", "The Group noted that Canada would reply by 15 January 2003.", None),
        ("en", "The Group met on 12 May 2001.", None),
        ("es", "Desde 1998 el Grupo se reúne en mayo.", None),
        # a request of which nothing was understood
        ("en", "The Group requests an active link with Canada.", None),
        (
            "en",
            "Recommends that the Conference at its next meeting:",
            "Recommends that the Conference at its next meeting:",
        ),
        ("es", "Cuatro vecinos piden a la sede más tiempo.", "piden a la sede más tiempo"),
        ("es", "Tomar nota de que los países deberían responder.", None),
        ("es", "Agradecer a Canadá, que pidió a los países responder.", None),
        ("es", "Considerando que deben responder, agradecer a Canadá.", None),
        # what is still to come, also behind thanks and notes and with a pronoun
        (
            "es",
            "Crear un equipo. El grupo presentará un plan en mayo de 2003.",
            "El grupo presentará un plan en mayo de",
        ),
        (
            "en",
            "The Group thanked Canada for its map, which it will update by 5 May 2003.",
            "it will update by 5 May 2003",
        ),
        (
            "es",
            "Tomar nota del mapa, cuya versión final deberá presentar Panamá.",
            "versión final deberá presentar Panamá",
        ),
        (
            "es",
            "Designar a la doctora Luna como relatora, quien rendirá informe cada año.",
            "rendirá informe cada año",
        ),
        (
            "es",
            "Tomar nota de que Panamá enviará el mapa.",
            "Panamá enviará el mapa",
        ),
        (
            "es",
            "México tendrá a su cargo la secretaría.",
            "México tendrá a su cargo la secretaría",
        ),
        (
            "en",
            "The list was approved, it being understood that Canada would pay for it.",
            "Canada would pay for it",
        ),
        (
            "en",
            "Canada confirmed that it would put forward a candidate.",
            "it would put forward a candidate",
        ),
        ("es", "Panamá indicó que enviaría el mapa.", "enviaría el mapa"),
        (
            "en",
            "The question of a fund was left for further consideration by the Chair.",
            "left for further consideration by the Chair",
        ),
        (
            "es",
            "La creación de un fondo quedó a la consideración de Panamá.",
            "quedó a la consideración de Panamá",
        ),
        (
            "es",
            "Se realizará un inventario de los puertos.",
            "Se realizará un inventario de los puertos",
        ),
        ("es", "Se realizará la próxima reunión en Panamá.", None),
        (
            "es",
            "El Grupo resuelve: que los del norte revisen la lista.",
            "resuelve: que los del norte revisen la",
        ),
        (
            "en",
            "The Group reminds all working groups to submit terms.",
            "reminds all working groups to submit terms",
        ),
        (
            "es",
            "Recordar a los grupos que envíen sus términos.",
            "Recordar a los grupos que envíen sus términos",
        ),
        ("es", "Recordar la importancia de enviar el informe.", None),
        ("en", "The Group noted that the workshop will be held in May 2003.", None),
        ("en", "The deadline of Decision 4 was extended to 31 July 2003.", "31 July 2003"),
        (
            "es",
            "Considerando que el plazo venció, prorrogarlo hasta el 28 de febrero de 2003.",
            "hasta el 28 de febrero de 2003",
        ),
        (
            "es",
            "Reiterar la necesidad de completar la encuesta, cuyo vencimiento es el 1 de mayo de "
            "2003.",
            "el 1 de mayo de 2003",
        ),
    ],
)
def test_what_asks_or_obliges_and_gave_no_mandate_is_a_doubt(
    register: Register, language: str, text: str, words: str | None
) -> None:
    found = reading(register, language, text).unbound
    assert [excerpt.words for excerpt in found] == ([words] if words else [])
    assert [text[slice(*excerpt.place or ())] for excerpt in found] == [e.words for e in found]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        (
            "en",
            "Canada to offer a course on maps in March 2003, for two experts.",
            ["in March 2003"],
        ),
        ("en", "Canada shall report by 1 May 2003.", []),
        (
            "en",
            "Canada shall report within two months of receiving the list.",
            ["within two months of receiving"],
        ),
        ("en", "Canada shall report on the list adopted on 3 May 2003.", []),
        ("en", "Canada shall report on the use of the list since 1998.", []),
        ("en", "Thank Mexico for its note of 3 May 2003, and request Canada to report.", []),
        (
            "en",
            "Canada shall report by 1 May 2003, and in any case before the next meeting.",
            ["before the next meeting"],
        ),
        (
            "es",
            "Canadá informará dentro de los dos meses siguientes a la recepción de la lista.",
            ["dentro de los dos meses siguientes a la recepción"],
        ),
        ("es", "Canadá informará a más tardar el 1 de mayo de 2003.", []),
        ("es", "Lamentar las demoras de 2001 y solicitar a Canadá que informe.", []),
    ],
)
def test_a_time_beside_a_duty_that_gave_no_deadline_is_a_doubt(
    register: Register, language: str, text: str, words: list[str]
) -> None:
    assert [excerpt.words for excerpt in reading(register, language, text).untimed] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Canada is to name an expert, and to print a list, by 1 May 2003.", ["by 1 May 2003"]),
        ("Canada shall name an expert by 1 May 2003, and report on the course.", []),
        ("Canada shall name an expert by 1 May 2003 and report by 1 July 2003.", []),
        ("Canada shall: a) name an expert, and b) report by 1 May 2003.", []),
        ("Canada shall name an expert by 1 May 2003.", []),
    ],
)
def test_a_deadline_that_may_hold_for_the_duty_before_is_a_doubt(
    register: Register, text: str, words: list[str]
) -> None:
    assert [excerpt.words for excerpt in reading(register, "en", text).shared] == words


@pytest.mark.parametrize(
    "above",
    ["RESOLUCIÓN {}\n\nLa Reunión,\n\nTeniendo presente que un tercio reside en ciudades,"
     "\n\nTomando en consideración el informe de Canadá,",
     "{}. SEGURIDAD Y LUCHA CONTRA LA TRATA"],
    ids=["preamble", "heading"],
)  # fmt: skip
def test_a_paragraph_below_what_leaves_no_sentence_open_is_read_by_itself(
    register: Register, above: str
) -> None:
    text = (
        "Reunión del Grupo Regional de Consulta sobre Migración\n"
        f"Ciudad de Guatemala, 29 al 31 de octubre de 2002\n\n{above.format(1)}\n\n"
        "1.1. Toma nota del mapa.\n\n1.2. Insta a Canadá a imprimir la lista.\n\n"
        f"{above.format(2)}\n\n2.1. Agradece a Canadá.\n\n2.2. Se solicita a México "
        "enviar el mapa.\n"
    )
    found = draft(read(text.encode()), register, {})
    assert [duty.who.codes for _conclusion, duty in found.duties] == [["CAN"], ["MEX"]]


def test_an_item_that_is_asked_for_and_gave_no_mandate_is_a_doubt(register: Register) -> None:
    """Names in a list, thanks without a verb and texts with items are no doubts."""
    text = (
        "Meeting of the Regional Consultation Group on Migration\n"
        "Guatemala City, 29 to 31 October 2002\n\nCONCLUSIONS\n\n"
        "1. Request the Technical Secretariat to:\n\n(a) print the list;\n\n(b) send a map.\n\n"
        "2. Experts who took part:\n\n(a) Anna Lind, Canada;\n\n(b) Ben Holm, Mexico.\n\n"
        "3. A vote of thanks to Canada.\n\n4. On fees.\n"
    )
    found = draft(read(text.encode()), register, {"language": "en"})
    assert [(one.number, one.sentence) for one in doubts(found) if one.number] == [
        ("4", "no operative verb was recognized"),
    ]


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
    assert ("3", "no mandate was made from “invited to comment”") in said
    assert "2" not in {number for number, _sentence in said}


@pytest.mark.parametrize(
    ("conclusions", "named"),
    [
        ("1. Agradecer a la Secretaría Técnica (SECTEC) su informe.\n\n"
         "2. La SECTEC publicará el informe.\n\n3. El GRUPO elaborará una lista.",
         {"1": [], "2": ["ST"], "3": ["GRCM"]}),
        ("| 1 | Traducir el informe | Canadá y México |\n| 2 | Leer el informe | Sobre Canadá |",
         {"1": ["CAN+MEX"], "2": [""]}),
    ],
)  # fmt: skip
def test_abbreviations_and_cells_of_a_document_name_parties(
    register: Register, conclusions: str, named: dict[str, list[str]]
) -> None:
    text = (
        "Reunión del Grupo Regional de Consulta sobre Migración (GRUPO)\n"
        f"Ciudad de Guatemala, 29 a 31 de octubre de 2002\n\nCONCLUSIONES\n\n{conclusions}\n"
    )
    found = draft(read(text.encode()), register, {})
    who = {c.item.number: ["+".join(d.who.codes) for d in c.reading.duties]
           for c in found.conclusions}  # fmt: skip
    assert who == named


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
    moved = [[(one.reference, one.due) for one in c.extends] for c in found.conclusions]
    nine = "GRCM-2002-10/9"
    assert moved == [[(nine, "2003-06-30")], [(nine, "2003-05-01")], [("", "2003-05-01")],
                     [("", "2003-05-01")], []]  # fmt: skip
    assert found.duties == []
    assert f"    extends: {{mandate: {nine}, due: 2003-06-30}}" in meeting_file(found, "")
    unclear = [d.number for d in doubts(found) if d.sentence.startswith("it moves a deadline")]
    assert unclear == ["3", "4"]
    other = draft(read(english.encode()), register, {"body": "GRCM"})
    assert [[one.reference for one in c.extends] for c in other.conclusions] == [[nine], []]


def test_an_aside_may_stand_before_the_colon_of_a_stem(register: Register) -> None:
    stem = "The Technical Secretariat shall, subject to funds and in cooperation with Canada:"
    names = PartyNames(register)
    reader = ConclusionReader(names, "en", date(2002, 10, 31), "GRCM", {})
    found = reader.read("print the list;", stem)
    assert told(found) == ["ST: Print the list"]
    assert list(found.duties[0].support) == ["CAN"]


@pytest.mark.parametrize(
    ("language", "text", "is_open"),
    [
        ("es", "Belice y Panamá remitirán sus comentarios.", True),
        ("es", "Belice y Panamá enviarán conjuntamente sus comentarios.", False),
        ("es", "Belice y Panamá organizarán un taller.", False),
        ("es", "Belice remitirá sus comentarios.", False),
        ("en", "Belize and Panama shall send comments on the plan.", True),
        ("en", "Belize and Panama shall send joint comments.", False),
    ],
)
def test_it_is_open_whether_several_owe_a_thing_together(
    register: Register, language: str, text: str, is_open: object
) -> None:
    who = reading(register, language, text).duties[0].who
    assert (who.mode, who.is_open, who.sure) == ("together", is_open, not is_open)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Members shall reply."), ("es", "Los países miembros deberán responder.")],
)
@pytest.mark.parametrize("label", ["1.", "1)", "(1)"])
def test_a_document_may_have_one_short_numbered_conclusion(
    register: Register, language: str, text: str, label: str
) -> None:
    head = "Meeting of the GRCM\nSan José, 29-31 October 2002\n\n"
    found = draft(read(f"{head}{label} {text}\n".encode()), register, {"language": language})
    assert [(one.item.number, one.item.text) for one in found.conclusions] == [("1", text)]
    assert [duty.who.mode for duty in found.conclusions[0].reading.duties] == ["members"]
