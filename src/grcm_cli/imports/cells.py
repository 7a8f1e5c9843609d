"""What the cells of a tracker mean: who is responsible, by when, which number, which themes."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.due_forms import parse_due
from grcm_cli.domain.model import Party
from grcm_cli.domain.parties import names_of
from grcm_cli.domain.register import Register
from grcm_cli.drafting.assignments import HELPED_BY, all_members
from grcm_cli.drafting.bound import DraftResponsible
from grcm_cli.drafting.parties import places_of
from grcm_cli.drafting.party_names import PartyNames
from grcm_cli.drafting.passage import NAME_JOINTS, Passage
from grcm_cli.drafting.reading import ConclusionReader
from grcm_cli.drafting.responsible import ResponsibleParties
from grcm_cli.drafting.to_yaml import confidential_mark
from grcm_cli.language.lexicon import all_phrases, folded_entries, phrase_regex, whole_words
from grcm_cli.language.suggestions import synonyms
from grcm_cli.language.text import _, fold
from grcm_cli.reader.fields import NUMBER
from grcm_cli.sheets.cells import day_of, read_other_day
from grcm_cli.sheets.headings import listed_words, says_nothing
from grcm_cli.times.alone import contradicts, due_meaning
from grcm_cli.times.patterns import Order

_ROUND = str.maketrans("[]", "()")
_BETWEEN = re.compile(r"\s*[\n;,/+&•·]\s*|\s+(?:y|e|et|and|-|–)\s+")
_OPENINGS = ("", "los ", "each of the ")
"""Put before a cell, so that a group is read without its article: *países miembros*."""
_AROUND = phrase_regex(
    r"\b(?:<parties.support|parties.except|assignment.with>"
    r"|cada(?: un[oa]| uma?)?|each(?: one)?|[oó]rganos?)(?!\w)"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_HANDED_OVER = re.compile("[→➔➜⇒]|[-=]>")
_HELPING = all_phrases("tracker.roles.support")
_BESIDE = re.compile(
    r"\(?\s?\bw/\s?|\(\s?(?:(?:with|con|avec|com)\s"
    rf"(?:(?:(?:the|el|o)\s|l[’'])?{_HELPING}\s(?:del?|from|of|by|d[aou]s?)\s)?"
    rf"|{_HELPING}\s?:?\s(?:(?:del?|from|of|by|d[aou]s?)\s)?(?=[^\s)]))",
    re.IGNORECASE,
)
"""What stands before one who supports: *SPC (w/ SPREP)*, *GTM (apoyo: SICA)*."""
_LEAD = rf"{all_phrases('tracker.roles.lead')}(?!\w)"
_LED = re.compile(
    rf"\(\s?{_LEAD}\s?:?\s([^()]+)\)|\(\s?([^()]{{1,80}}?)\s(?:to\s)?{_LEAD}\s?\)"
    rf"|[,;]?\s(?:with|con|avec|com)\s([^,;()]{{1,80}}?)\s(?:as|como|comme)\s(?:\w{{1,3}}\s)?{_LEAD}"
    rf"|[,;]?\s{_LEAD}\s([^,;()]{{1,80}})$",
    re.IGNORECASE,
)
"""Who leads: *SEC and SIS (lead: SEC)*, *Tonga with Fiji as lead*, *TON, FJI; led by FJI*."""
_INITIAL = re.compile(r"\b\w\Z")
_LEADS = whole_words("tracker.roles.lead")
_SUPPORT = phrase_regex(r"\b<parties.support>\s+(?-i:(?:la|el|los|las|the)\s+)?")
"""With an article in small letters behind it: *El Salvador* has its own."""
_LEADING = re.compile(rf"(?:{_AROUND.pattern})\s*:?\s*(?:(?:la|el|the)\s+)?", re.IGNORECASE)
_EXCEPTED = phrase_regex(r"\b<parties.except>\s+(?:(?:la|el|the)\s+)?")
_IN_BRACKETS = re.compile(r"(.+?)\s*\(([^()]+)\)")
_PARTS = re.compile(r"[,;()\n]|\s[–-]\s")
_DENIED = whole_words("sheet.hedges.denied")
_LABEL = phrase_regex(
    r"<layout.conclusion_names|layout.name_abbreviations>?\s*"
    r"(?:n(?:[uú]m(?:ero)?)?\.?\s*[º°o]?\.?\s*)?(?=[0-9IVXLCDM])"
)
_CONFIDENTIAL = phrase_regex("<doubts.confidential>")
_LONGEST_NUMBER = 60


class PartyCell(NamedTuple):
    """Who is named in a cell."""

    who: DraftResponsible | None
    support: Sequence[str] = ()
    unknown: Sequence[str] = ()  # the parts of the cell that name nobody of the register
    is_sure: bool = True  # all words of the cell were understood
    why: str = ""  # what else is not sure of it


def read_parties(cell: str, reader: ConclusionReader, register: Register) -> PartyCell:
    """Return the parties that a cell names: none if it denies, none for sure if it asks."""
    cell = cell.translate(_ROUND)
    text = re.sub(r"\b[Cc]hacune?\b", "each one", cell)  # French texts have no reader
    text = "all members" if synonyms("groups").get(fold(cell)) == ["members"] else text
    parties = _parties_of(text, reader, register)
    for name in parties.unknown:  # *Médicos sin Fronteras* denies nothing
        text = text.replace(name, "")
    is_denied = _DENIED.search(text) or _EXCEPTED.search(text)
    excepts = parties.who is not None and parties.who.exceptions
    if is_denied and not (parties.is_sure or excepts) and (parties.who or not parties.unknown):
        why = _("the cell says only who does not owe the duty; write who does")
        return PartyCell(None, (), parties.unknown, is_sure=False, why=why)
    who, why = parties.who, ""
    if who and parties.is_sure and not who.lead_code and _LEADS.search(cell):
        if who.mode != "together":
            why = _("there is no lead where each owes its own duty")
        elif who.codes[1:]:
            why = _("the text does not say who leads: all owe it jointly")
    if who and not why and "?" in cell:
        why = parties.why or _("written without its question mark: check who owes it")
    return parties._replace(is_sure=False, why=why) if why else parties


def _parties_of(cell: str, reader: ConclusionReader, register: Register) -> PartyCell:
    """Return who a cell names: parties one by one, together or each, or a group."""
    text = all_members(" ".join(cell.split()))
    if holder := _held_office(text, reader, register):
        return holder
    whole = _code_of(text, register)
    codes = [whole or _code_of(part, register) for part in _stripped(_BETWEEN.split(cell))]
    if codes and all(codes):
        unique_codes = list(dict.fromkeys(code for code in codes if code))
        return PartyCell(DraftResponsible("together", unique_codes, words=text))
    if _HANDED_OVER.search(text):
        why = _("the cell says that the duty was handed over; write who owes it now")
        return PartyCell(None, is_sure=False, why=why)
    if by_role := _by_role(cell, reader, register):
        return by_role
    if with_support := _with_support(text, reader, register):
        return with_support
    readings = [_in_words(opening + text, reader, register) for opening in _OPENINGS]
    best = next((reading for reading in readings if reading.is_sure), readings[0])
    if best.is_sure:
        return best
    unknown = []
    for part in names_apart(text if whole else cell):
        if not _code_of(part, register) and _in_words(part, reader, register)[:2] == (None, []):
            # Without the words of its role before it, and brackets behind it.
            match = _EXCEPTED.search(part) or _LEADING.match(part)
            plain = part[match.end() if match else 0 :].strip()
            inside = _IN_BRACKETS.fullmatch(plain)
            name = (inside[1] if inside else plain) or part
            unknown += [] if match and _code_of(name, register) else [name]
    return best._replace(unknown=unknown)


def _with_support(text: str, reader: ConclusionReader, register: Register) -> PartyCell | None:
    """Return who owes and who supports in *Chile con Perú*, which a document means so too."""
    acting, *helping = HELPED_BY.split(text, maxsplit=1)
    if not helping:
        return None
    owing, beside = (_parties_of(part, reader, register) for part in (acting, helping[0]))
    if not (owing.who and beside.who and owing.is_sure and beside.is_sure):
        return None
    return owing._replace(support=[*owing.support, *beside.who.codes, *beside.support])


def _by_role(cell: str, reader: ConclusionReader, register: Register) -> PartyCell | None:
    """Return who owes and who supports by the words beside names; None where there are none."""
    for match in _LED.finditer(cell):
        leading = _BETWEEN.split(match[match.lastindex or 0])
        cell = cell.replace(match[0], "".join(f", lead: {name}" for name in leading))
    principal, *beside = _BESIDE.split(cell)
    names: list[tuple[str, str]] = []
    for part in _stripped(_BETWEEN.split(principal)):
        name, role = _name_and_role(part)
        names.append((names.pop()[0] if role and names and not name else name, role))
    supporting = [name for name, role in names if role == "support"]
    supporting += [name.strip(" )") for name in beside]
    owners = [name for name, role in names if role != "support"]
    leading = [name for name, role in names if role == "lead"]
    if not supporting and not leading:
        return None
    owing, helping = (
        _parties_of(", ".join(group), reader, register) if group else PartyCell(None)
        for group in (owners, supporting)
    )
    support = [*owing.support, *(helping.who.codes if helping.who else ())]
    why, owner = "" if owners else _("it names only supporting parties"), owing.who
    if leading and owners[1:]:
        lead = _parties_of(", ".join(leading), reader, register).who
        codes = lead.codes if lead else ()
        if owner and owner.mode == "together" and len(codes) == 1 and {*codes} < {*owner.codes}:
            owner = owner._replace(lead_code=codes[0])
        elif len(codes) != 1 or (owner and {*codes} != {*owner.codes}):
            why = _("the text does not say who leads: all owe it jointly")
    is_sure = owing.is_sure and helping.is_sure and not why
    return PartyCell(owner, support, [*owing.unknown, *helping.unknown], is_sure, why)


def _name_and_role(part: str) -> tuple[str, str]:
    """Return a name, and its role in words beside it: *SPREP (support)*, *Lead: SPC*."""
    roles = listed_words("tracker.roles")
    if fold(part) in roles:
        return "", roles[fold(part)]
    for left, _sign, right in (part.partition("("), part.partition(":"), part.rpartition(" ")):
        for name, role in ((left, right.strip(") ")), (right, left)):
            if fold(role) in roles:
                return name.strip(" –-"), roles[fold(role)]
    return part, ""


def names_apart(cell: str) -> list[str]:
    """Return the names of a cell: those of *Honduras con apoyo de OIM* too."""
    parts = _stripped(name for part in _BETWEEN.split(cell) for name in _SUPPORT.split(part))
    return [part for part in parts if any(map(str.isalpha, part))]


def _stripped(parts: Iterable[str]) -> list[str]:
    names = [(part.strip(), part.strip(" .")) for part in parts]
    # The stop of *S.A.* stays.
    return [
        f"{bare}." if name.endswith(".") and _INITIAL.search(bare[-2:]) else bare
        for name, bare in names
        if bare
    ]


def _held_office(text: str, reader: ConclusionReader, register: Register) -> PartyCell | None:
    """Return the office of *PPT (Guatemala)*: its duties follow it, whoever holds it."""
    match = _IN_BRACKETS.fullmatch(text)
    parties: list[Party] = []
    for name in match.groups() if match else ():
        parties += register.directory.named(name)
    if [party.kind for party in parties] != ["office", "member"]:
        return None
    office, holder = parties
    owner = DraftResponsible("together", [office.code], words=text)
    return PartyCell(owner, is_sure=office.holder_on(reader.ended) == holder.code)


def _code_of(word: str, register: Register) -> str | None:
    """Return the code of the only party with a name, also where its code is in brackets."""
    match = _IN_BRACKETS.fullmatch(word)
    named = register.directory.named
    first, *others = (named(name) for name in (match.groups() if match else (word,)))
    return first[0].code if len(first) == 1 and all(other == first for other in others) else None


def _in_words(text: str, reader: ConclusionReader, register: Register) -> PartyCell:
    """Return the parties named in words; if not all is understood, only those by a whole name."""
    passage = Passage(" ".join(text.split()), reader.language, reader.names, 0)
    support = list(passage.support(0, len(passage.words)))
    bound = ResponsibleParties(passage, reader.ended).as_responsible(passage.acting)
    owner = bound[0] if passage.acting else None
    if owner is None or owner.mode in ("participants", "nobody"):
        return PartyCell(None, support, (), is_sure=False)
    codes = {mention.code for mention in passage.mentions if mention.code}
    is_sure = len(bound) == 1 and owner.sure and not (owner.note or _left_over(passage))
    if is_sure and codes <= {*owner.codes, *owner.exceptions, *support}:
        return PartyCell(owner, support)
    whole = {
        mention.code
        for mention in passage.mentions
        if _code_of(passage.excerpt(mention.start, mention.end).words, register) == mention.code
    }
    # Whom else it leaves out, or has beside, is not known.
    is_plain = owner.mode in ("together", "each")
    kept = [code for code in owner.codes if code in whole and is_plain]
    return PartyCell(owner._replace(codes=kept) if kept else None, support, (), is_sure=False)


def _left_over(passage: Passage) -> bool:
    """Tell whether a text has words beside names, and what joins them or tells their role."""
    named = places_of(passage.mentions)
    letters = list(passage.text)
    for match in _AROUND.finditer(passage.text):
        letters[match.start() : match.end()] = " " * (match.end() - match.start())
    for at, word in enumerate(passage.words):
        if at in named or (word.folded in NAME_JOINTS and not _DENIED.fullmatch(word.folded)):
            letters[word.start : word.end] = " " * (word.end - word.start)
    return _WORD.search("".join(letters)) is not None


def named_parties(text: str, names: PartyNames) -> list[str]:
    """Return the codes of the parties that a text names."""
    mentions = Passage(text, "es", names, 0).mentions
    return list(dict.fromkeys(mention.code for mention in mentions if mention.code))


def named_bodies(text: str, names: PartyNames) -> list[str]:
    """Return the codes of the bodies that a text names."""
    return [code for code in named_parties(text, names) if names.parties[code].kind == "body"]


def read_month(cell: str) -> str:
    """Return the month of `octubre de 2002`, `10/2002` or an id as 2002-10; empty for no month."""
    for part in (*_PARTS.split(cell), cell):
        forms = due_meaning(part.strip()).forms
        if len(forms) == 1 and re.fullmatch(r"[0-9]{4}-[0-9]{2}", forms[0]):
            return forms[0]
    match = re.search(r"(?<![0-9])[0-9]{4}-(?:0[1-9]|1[0-2])(?![0-9])", cell)
    return match[0] if match else ""


def read_due(cell: str | date, order: Order, reader: ConclusionReader) -> tuple[str, bool]:
    """Return the deadline of a cell as a file writes it, empty for none, and whether it is sure."""
    if isinstance(cell, date):
        return cell.isoformat(), True
    text = " ".join(cell.split()).rstrip(".")
    if day := day_of(text, order):
        is_other = contradicts(text.lower(), day.isoformat())
        return day.isoformat(), str(day.year) in text and not is_other
    if day := read_other_day(text, order):
        return day.isoformat(), False
    due = parse_due(text)
    if due and due.meeting != text:
        return text, True
    meaning = due_meaning(text, reader.body)
    if meaning.forms:
        first = meaning.forms[0] if order == "day-first" else meaning.forms[-1]
        return first, meaning.is_certain and len(meaning.forms) == 1
    deadline = None if _DENIED.search(text) else reader.due_in(text)
    return deadline.due if deadline else "", False


def read_number(cell: str) -> str | None:
    """Return the number of a conclusion as a file writes it: 8 of *Acuerdo N.º 8*; else None."""
    text = " ".join(cell.split())
    if len(text) > _LONGEST_NUMBER:
        return None
    match = _LABEL.match(text)
    plain = (text[match.end() :] if match else text).rstrip(" .):")
    plain = re.sub(r"\s*([./-])\s*", r"\1", plain)
    plain = re.sub(r"(?<=[0-9])\s+(?=(?:bis|ter|quater)\b)", "-", plain)
    if " " in plain or "(" in plain:
        plain = re.sub(r"(?<=[0-9])\s*\(?([a-z])$", r".\1", plain)
    return plain if NUMBER.fullmatch(plain) else None


def confidential_words(cell: str, column: str) -> str:
    """Return the words of a cell that say that its row is confidential; empty without any."""
    if column == "confidential":
        is_public = fold(cell) in folded_entries("tracker.nothing.confidential")
        return "" if is_public or says_nothing(cell, column) else cell
    if _CONFIDENTIAL.fullmatch(cell.strip(" .()[]")):
        return cell
    return confidential_mark(cell).words if column in ("text", "action") else ""


def read_themes(cell: str, register: Register) -> list[str]:
    """Return the codes of the themes that a cell names; none where it says anything else."""
    themes = register.process.themes
    by_name = {fold(name): theme.code for theme in themes for name in names_of(theme)}
    codes = [by_name.get(fold(part), "") for part in re.split("[,;/\n]", cell) if part.strip()]
    return list(dict.fromkeys(codes)) if all(codes) else []
