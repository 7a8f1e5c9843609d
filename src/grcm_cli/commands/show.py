"""`grcm show REF`: show a conclusion, one of its mandates, a whole meeting or a party, in full."""

from urllib.parse import unquote

from grcm_cli.cli import options
from grcm_cli.cli.session import Session, write, write_line
from grcm_cli.domain.findings import by_file, doubtful
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Query, select
from grcm_cli.formats import as_json
from grcm_cli.formats.listing import incomplete_note
from grcm_cli.language.text import _, fold
from grcm_cli.lookups.names import find_reference, named_party
from grcm_cli.storage.paths import REGISTER
from grcm_cli.views.conclusion import ConclusionView
from grcm_cli.views.conclusion_records import Links
from grcm_cli.views.party import PartyView


def show(
    session: Session,
    reference: str = options.argument(_("REF"), "shown"),
    format_name: str = options.choice_option("--format", ("text", "json"), default="text"),
) -> int:
    """Print a conclusion, or all of a meeting, with the state of each mandate; or a party."""
    record = session.open("missed")
    register = record.register
    reference = _without_site(register, reference)
    party = named_party(register, reference)
    view: PartyView | ConclusionView
    if party is not None:
        codes = register.members_of(party.code)
        query = Query(parties=codes, named=party.kind == "group")
        owed = select(record.tasks(query), query)
        file = session.shown(record.folder / REGISTER)
        view = PartyView(party, register, owed, session.as_of, session.language, file)
    else:
        target = find_reference(register, reference, for_show=True)
        meeting = register.calendar.by_id[target.meeting]
        conclusion = register.conclusion(target)
        shown = [conclusion] if conclusion else []
        if target.number is None:
            shown = list(meeting.conclusions or ())
        elif target.ordinal is None:
            shown += meeting.parts_of(target.number)
        tasks = record.tasks(Query(meeting=meeting.id, closed=True))
        links = Links(register, session.as_of)
        view = ConclusionView(meeting, shown, target, tasks, session.language, links)
    if format_name == "json":
        answer = as_json.document(session.as_of, session.language, record.problems, view.document())
        write(as_json.dumps(answer))
    else:
        write(view.text(session.page))
        if problems := doubtful(record.problems):
            write_line("\n{note}", note=incomplete_note(by_file(problems)))
    return record.finish()


def _without_site(register: Register, word: str) -> str:
    """Return the reference or the code for which an address of the site stands; else the word.

    The address may have the site's own before it, and the page's ending: `GRCM-2002-10#8-2`,
    `https://example.org/es/meeting/GRCM-2002-10.html#8-2`.
    """
    page, mark, anchor = word.partition("#")
    folder, _slash, name = page.rpartition("/")
    is_page = name.endswith(".html")
    if not is_page and (folder or not mark):
        return word
    from grcm_cli.site import urls  # 8 ms, only for addresses

    stem = name.partition(".")[0]
    if is_page and folder.endswith("party"):
        codes = (party.code for party in register.parties)
        return next((code for code in codes if urls.party(code) == f"party/{stem}.html"), stem)
    for meeting in register.meetings:
        if fold(urls.meeting(meeting.id)) == fold(f"meeting/{stem}.html"):
            names, references = urls.anchors(meeting.conclusions or ()), {}
            for conclusion in meeting.conclusions or ():
                reference = f"{meeting.id}/{conclusion.number}"
                references[names[id(conclusion)]] = reference
                for mandate in conclusion.mandates:
                    references[names[id(mandate)]] = f"{reference}#{mandate.ordinal}"
            named = unquote(anchor)
            return references.get(named, f"{meeting.id}/{named}" if mark else meeting.id)
    return stem if is_page else word
