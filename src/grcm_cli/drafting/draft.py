"""Draft a meeting from a document's paragraphs: texts word for word, everything else inferred."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import product
from typing import NamedTuple

from grcm_cli.domain.due_forms import parse_due
from grcm_cli.domain.model import Location, Meeting, PlacedWord
from grcm_cli.domain.register import Register
from grcm_cli.drafting.assignments import (
    assignment_of,
    rows_that_name,
    unread_tables,
    unused_cells,
    with_cells,
    with_remarks,
    with_tags,
)
from grcm_cli.drafting.deadlines import is_by_when
from grcm_cli.drafting.documents.paragraphs import Paragraph
from grcm_cli.drafting.header import DraftValue, Header, read_header
from grcm_cli.drafting.languages import language_of, likely_languages, other_language_of
from grcm_cli.drafting.layout.lines import gives_reasons, lines_of
from grcm_cli.drafting.layout.outline import Outline, OutlineItem, RowCell, outline
from grcm_cli.drafting.layout.sections import meetings
from grcm_cli.drafting.layout.text_line import (
    addressee_of,
    begins_with_verb,
    is_binding,
    is_closing,
    is_list_heading,
    is_ornament,
    is_sentence_end,
    is_short,
    named_by,
)
from grcm_cli.drafting.mandate import DraftMandate, Reading
from grcm_cli.drafting.ordinals import numbered_meetings, ordinals_in
from grcm_cli.drafting.party_names import PartyNames
from grcm_cli.drafting.passage import Excerpt, Place
from grcm_cli.drafting.reading import ConclusionReader
from grcm_cli.drafting.references import CitationReader, OlderKind, OlderReference
from grcm_cli.language.days import Span, spans_in
from grcm_cli.language.lexicon import lexicon, whole_words
from grcm_cli.language.text import READ_LANGUAGES, fold_words
from grcm_cli.reader.fields import MEETING
from grcm_cli.times.patterns import Time

_NO_DAY = date(3, 1, 1)
_THANKS = whole_words("doubts.thanks")
_SENTENCE_END = re.compile(r"(?<=[^\W_]{3}[.;])\s+(?=[^\W\d_])")
_TITLE = 200  # characters of a header that name the meeting, with its number
_FEW_DUTIES = 2  # before the first conclusion, which leave the numbers as they are
_FEW_FOREIGN = 4  # times: the texts in another language that are a few, and no translation
_MIN_WORDS = 8  # of a sentence of a header that may be a duty
_OPEN_END = re.compile(
    r"\b(?:a|de|en|para|por|que|by|for|in|of|on|that|to)$"
    r"|(?:^|[.;:] )(?:That|Que)(?:(?:,[^.;:]{0,300})?,)?$"
)
"""What leaves a sentence open for the items below it, as a colon does."""
_MIN_WRAPPED = 50  # characters; a shorter line of a header is a paragraph of its own
_ADDED = re.compile(r"^[A-Z]\.|-[0-9]+$")
"""What makes the number of a row unique: the letter of its annex, the count of a number."""
_STEM = 5  # letters by which two words are compared
_WORD = re.compile(r"[^\W\d_]{4,}")
_MIN_ROWS = 3
_MIN_SHARE = 0.5  # of the words of a row that its conclusion has, and of such rows


class Doubt(NamedTuple):
    """Something that the document leaves open, or that was inferred without certainty."""

    number: str  # the conclusion's, with `#2` for its second mandate; empty for the meeting itself
    sentence: str
    words: str = ""  # the document's words that it is about; empty where it is about none
    place: Place | None = None  # where they are in the conclusion, if they are in its text
    other_words: Sequence[str] = ()  # more words of the header that it is about
    is_loss: bool = False  # a duty of the text may be missing from the draft
    older: OlderReference | None = None  # what the text seems to do with an older mandate


class DraftConclusion(NamedTuple):
    """A conclusion with what was inferred from its text."""

    item: OutlineItem
    reading: Reading
    cited: Sequence[OlderReference] = ()
    """What it does with older mandates and conclusions, be they identified or not."""
    stems: Sequence[str] = ()  # the numbers of the texts that it completes, the outermost first
    language: str = ""  # the language that its text is clearly in, where the meeting's is another
    is_stem: bool = False  # items complete it
    is_asked: bool = False  # the text above it asks for what it says
    is_read: bool = True  # its text was read for acts and duties
    repeats: str = ""
    """The number of the conclusion that it says again, as the row of a list behind the text."""
    differs: bool = False  # it names others than that conclusion, or another time
    may_repeat: str = ""  # the number of a conclusion before it with a duty alike, as that of a row
    second: Sequence[Doubt] = ()  # what is open of it by a second reader

    @property
    def has_no_verb(self) -> bool:
        """Whether it has no verb, and should.

        Thanks need none, nor a text whose items say what it does, nor an item that only completes
        a text that asks for nothing, as a name in a list.
        """
        reading = self.reading
        if reading.acts or reading.unbound or reading.forbidden or not reading.is_fragment:
            return False
        completes = self.item.stem is not None and not self.is_asked
        return not (completes or self.repeats or self.is_stem or _THANKS.search(self.item.text))

    def cited_as(self, *kinds: OlderKind) -> list[OlderReference]:
        """Return what it does with older mandates and conclusions in some ways."""
        return [citation for citation in self.cited if citation.kind in kinds]

    @property
    def older(self) -> list[OlderReference]:
        """What it does with older mandates and conclusions that were identified, each once."""
        citations = [citation for citation in self.cited if citation.is_identified]
        by_reference = {(each.kind, each.reference): each for each in reversed(citations)}
        return list(by_reference.values())[::-1]


class Draft(NamedTuple):
    """A meeting as inferred from a document."""

    keys: Mapping[str, DraftValue]
    missing: Sequence[str]  # required keys of a meeting file that the document does not state
    conclusions: Sequence[DraftConclusion]
    outline: Outline
    header: Header
    other_days: Sequence[Span]
    """Days that the document states later on, different from the first ones."""
    binding_lines: Sequence[str] = ()  # sentences in no conclusion with a duty or a deadline
    meetings: Sequence[str] = ()  # the titles of the meetings in the document, where it has several
    binding_header: Sequence[str] = ()  # sentences before the first conclusion that read as a duty
    tables: Mapping[str, Sequence[Excerpt]] = {}
    """Tables that say who or by when, and gave no mandates, by the number of their conclusion."""
    differing: Sequence[tuple[str, str]] = ()
    """Rows of a table that name a conclusion, and say other parties or another time."""
    other_language: str = ""  # the language of a document that is in none of those that are read
    second: Sequence[str] = ()  # what is to be said of the second reader's answer as a whole

    @property
    def unassigned_lines(self) -> list[str]:
        """The lines in no conclusion, each once, without page numbers and drawn rules."""
        lines = dict.fromkeys([*self.outline.left_out, *(cell.line for cell in self.unused_cells)])
        return [line for line in lines if line.strip() and not is_ornament(line)]

    @property
    def unused_cells(self) -> list[RowCell]:
        """The cells of rows that say neither who nor by when."""
        return [cell for each in self.conclusions for cell in unused_cells(each.item, each.reading)]

    @property
    def duties(self) -> list[tuple[DraftConclusion, DraftMandate]]:
        """Each mandate with its conclusion."""
        return [(each, duty) for each in self.conclusions for duty in each.reading.duties]


def draft(paragraphs: Sequence[Paragraph], register: Register, given: Mapping[str, str]) -> Draft:
    """Return the draft of a document. `given` has keys that the user gives.

    Where most duties stand outside what its numbers and lists suggest, as where only its last
    paragraph has a list, its paragraphs are the conclusions.
    """
    lines = lines_of(paragraphs)
    drafted = _draft(paragraphs, outline(lines), register, given)
    outside = len(drafted.binding_header) + len(drafted.binding_lines)
    if outside <= max(_FEW_DUTIES, len(drafted.duties)):
        return drafted
    counted = _draft(paragraphs, outline(lines, is_numbered=False), register, given)
    return counted if len(counted.duties) > len(drafted.duties) else drafted


def _draft(
    paragraphs: Sequence[Paragraph], found: Outline, register: Register, given: Mapping[str, str]
) -> Draft:
    """Return the draft of a document with this outline."""
    names = PartyNames(register)
    head = "\n".join(found.header)
    texts = [item.text for item in found.items] or [head, *found.left_out]
    items = "\n".join(texts)
    language = given.get("language") or likely_languages(max(items, head[_TITLE:], key=len))[0]
    names.learn(f"{head}\n{items}", language)
    names.learn_letter([line for each in paragraphs for line in each.text.splitlines()], language)
    header = read_header(found.header, language, names)
    keys = _keys(header, names, given)
    missing = [key for key in ("body", "start") if key not in keys]
    ended = meeting_end(keys)
    body = str(keys["body"].text) if "body" in keys else ""
    numbered = numbered_meetings(register.meetings)
    ordinals = ordinals_in(head.replace("\n", " ")[:_TITLE])
    reader = ConclusionReader(names, language, ended, body, numbered, ordinals)
    citations = CitationReader(reader, register, _meeting(keys), found.items)
    conclusions = _conclusions(found, reader, citations, all_read="language" in given)
    start = _day(keys.get("start"))
    stated = (start, _day(keys.get("end")) or start)
    days = [span for span in header.days if (span.first, span.last) != stated]
    drafted = Draft(keys, missing, conclusions, found, header, days)
    day_of = partial(_day_due, register, _meeting(keys))
    naming = list(rows_that_name(found, _duties_by_number(conclusions), reader, day_of))
    named = {row.part.text for row in naming}
    parts = meetings(paragraphs)
    return drafted._replace(
        other_language="" if "language" in given else other_language_of(texts),
        meetings=[title for title, _paragraphs in parts] if len(parts) > 1 else [],
        tables=unread_tables(found, reader, [row.part for row in naming]),
        differing=[(row.number, row.part.text) for row in naming if row.differs],
        binding_lines=[
            text
            for text in _sentences_of(drafted.unassigned_lines)
            if text not in named
            and language_of(text) in ("", language)
            and reader.binds(text, dated=not is_closing(text))
        ],
        binding_header=[text for text in _header_texts(found) if reader.binds(text, dated=False)],
    )


def draft_texts(
    items: Sequence[tuple[str, str]], register: Register, keys: Mapping[str, str]
) -> list[DraftConclusion]:
    """Return what is inferred of texts whose numbers and meeting are known.

    `keys` are those of the meeting's file: body, start, end, language.
    """
    names = PartyNames(register)
    language = keys.get("language", "")
    names.learn("\n".join(text for _number, text in items), language)
    values = {key: DraftValue(word, given=True) for key, word in keys.items() if word}
    numbered = numbered_meetings(register.meetings)
    reader = ConclusionReader(names, language, meeting_end(values), keys.get("body", ""), numbered)
    document = Outline([OutlineItem(number, text) for number, text in items])
    citations = CitationReader(reader, register, _meeting(values), document.items)
    return _conclusions(document, reader, citations, all_read=False)


def _header_texts(document: Outline) -> Iterator[str]:
    """Yield the sentences of a header, but headings, reasons and what names the meeting's days."""
    for text in _sentences_of(document.header):
        is_long = len(text.split()) >= _MIN_WORDS or is_binding(text)
        if is_long and not _has_own_days(text):
            yield text


def _sentences_of(lines: Sequence[str]) -> Iterator[str]:
    """Yield the sentences of lines in no conclusion, which may go on in the next line."""
    paragraphs = [""]
    for line in lines:
        if paragraphs[-1].endswith(",") and line[:1].isupper():
            paragraphs.append("")  # a clause of a preamble ends
        paragraphs[-1] = f"{paragraphs[-1]} {line}".strip()
        ends = is_sentence_end(line) or is_list_heading(line) or _has_own_days(line)
        if ends or len(line) < _MIN_WRAPPED:
            paragraphs.append("")
    for paragraph in paragraphs:
        yield from _SENTENCE_END.split(paragraph)


def _has_own_days(text: str) -> bool:
    """Tell whether a text of a header states days, and not only by when something is due."""
    return any(not is_by_when(text, span.start) for span in spans_in(text))


def _day_due(register: Register, meeting: Meeting | None, time: Time | None) -> object:
    """Return the last day of a deadline, or what is written of one that has none or recurs."""
    due = parse_due(time.due) if time else None
    day = due.last_day(meeting, register.calendar) if due and meeting and not due.recurs else None
    return day or (time and time.due)


def _day(value: DraftValue | None) -> date | None:
    return date.fromisoformat(str(value.text)) if value else None


def meeting_end(keys: Mapping[str, DraftValue]) -> date:
    """Return the last day of a meeting; a day long past where it is not known.

    Without a day the deadlines relative to it are wrong; `Draft.missing` then has `start`.
    """
    return _day(keys.get("end") or keys.get("start")) or _NO_DAY


def _keys(header: Header, names: PartyNames, given: Mapping[str, str]) -> dict[str, DraftValue]:
    """Return the keys of the meeting in the order of the file."""
    unstated = ("start", "end") if "start" in given else ()
    values = {key: value for key, value in header.values.items() if key not in unstated}
    values.update({key: DraftValue(word, given=True) for key, word in given.items()})
    if "end" in values and str(values["end"].text) <= str(values.get("start", values["end"]).text):
        del values["end"]
    values["language"] = DraftValue(header.language, given=True)
    attendance, day = header.attendance, _day(values.get("end") or values.get("start"))
    participants = list(attendance.participants)
    if attendance.everybody and day:
        members = (party for party in names.parties.values() if party.kind == "member")
        present = (member for member in members if member.belongs_on(day))
        participants = [member.code for member in present if member.code not in attendance.absent]
    if participants:
        words, place = attendance.named
        values["participants"] = DraftValue(participants, words, place=place)
    if attendance.observers:
        values["observers"] = DraftValue(list(attendance.observers))
    if "id" not in values and "body" in values and "start" in values:
        values["id"] = DraftValue(f"{values['body'].text}-{str(values['start'].text)[:7]}")
    return {key: values[key] for key in MEETING if key in values}


def _conclusions(
    found: Outline, main: ConclusionReader, citations: CitationReader, *, all_read: bool
) -> list[DraftConclusion]:
    """Return the conclusions, each read in its language.

    Where those in another language are more than a few, they may be a translation, and have no
    duties unless all are to be read.
    """
    texts, stems = dict[str, str](), dict[str, list[str]]()
    for item in found.items:  # under a text that stands before it
        stems[item.number] = _stems(item, texts)
        texts[item.number] = item.text
    with_items = {number for numbers in stems.values() for number in numbers}
    addressees, parties = _addressees(found), _parties_above(found, main)
    conclusions = []
    completed: dict[str, str] = {}  # what the items below each text complete
    deferring: set[str] = set()
    spoken = {item.number: language_of(item.text) for item in found.items}
    foreign = [item.text for item in found.items if spoken[item.number] not in ("", main.language)]
    is_few = _FEW_FOREIGN * len("".join(foreign)) <= len("".join(texts.values()))
    for item in found.items:
        above, is_stem = stems[item.number], item.number in with_items
        is_preamble = is_stem and gives_reasons(item.text)
        stem = completed[above[-1]] if above else ""
        is_open = stem[-1:] == ":" or _OPEN_END.search(stem)
        if item.text[:1].isupper() and not is_open:  # below a preamble, or below a heading
            stem = addressees.get(item.number, "")
        completed[item.number] = "" if is_preamble else f"{stem} {item.text}".lstrip()
        other = spoken[item.number] if spoken[item.number] != main.language else ""
        reader = main._replace(language=other) if other in READ_LANGUAGES and is_few else main
        if is_preamble or (other and reader is main and not all_read):
            read = DraftConclusion(item, Reading([], [], []), [], above, other, is_stem)
            conclusions.append(read._replace(is_read=False))
            continue
        text, tags = assignment_of(item.text, reader, in_row=bool(item.cells))
        party = parties.get(item.number, "")
        begin = item.heading if item.heading < len(text) else 0
        reading = _read(reader, text[begin:].rjust(len(text)), stem, party, has_items=is_stem)
        reading = _with_heading(reading, text[:begin], reader) if begin else reading
        reading = with_tags(reading, text, tags, reader)
        if reading.defers:
            deferring.add(item.number)
        if item.cells:
            reading = with_remarks(with_cells(reading, item, reader), item, reader)
        older, reading = citations.older_in(item.text, reading)
        is_asked = bool(party) or not deferring.isdisjoint(above[-1:])
        conclusions.append(DraftConclusion(item, reading, older, above, other, is_stem, is_asked))
    return list(_without_repeats(conclusions))


# --- a list of actions behind the text that says again what the conclusions it names say ----------
#
# Reports of working groups end with one: *3.2 | Completion of the survey | Comoros | 30 April*.


def _duties_by_number(
    conclusions: Sequence[DraftConclusion],
) -> dict[str, list[DraftMandate]]:
    """Return the duties of each text, those of its items among them."""
    duties: dict[str, list[DraftMandate]] = {}
    for conclusion in conclusions:
        for owner in filter(None, (conclusion.item.number, conclusion.item.stem)):
            duties.setdefault(owner, []).extend(conclusion.reading.duties)
    return duties


def _without_repeats(conclusions: Sequence[DraftConclusion]) -> Iterator[DraftConclusion]:
    """Yield the conclusions, without mandates of rows that say again what others say."""
    repeated = _repeated_rows([conclusion.item for conclusion in conclusions])
    texts = [conclusion for conclusion in conclusions if not conclusion.item.cells]
    duties = _duties_by_number(texts)
    for conclusion in conclusions:
        item, reading = conclusion.item, conclusion.reading
        repeats = repeated.get(item.number, "")
        if known := duties.get(repeats):
            # Each mandate of a row has the parties and the deadline of one that is known, or not.
            of_row, before = (
                {(frozenset(duty.who.codes), duty.due and duty.due.due) for duty in duties_of}
                for duties_of in (reading.duties, known)
            )
            differs = not (of_row and of_row <= before)
            nothing = Reading(reading.acts, [], reading.clauses)
            yield conclusion._replace(reading=nothing, repeats=repeats, differs=differs)
        else:
            alike = (
                each.item.number
                for each in (texts if item.cells else ())
                if any(_are_alike(*pair) for pair in product(reading.duties, each.reading.duties))
            )
            yield conclusion._replace(may_repeat=next(alike, ""))


def _are_alike(duty: DraftMandate, earlier: DraftMandate) -> bool:
    """Tell whether a duty may be an earlier one: of the same parties, in the same words."""
    owing, before = ((each.who.mode, sorted(each.who.codes)) for each in (duty, earlier))
    words, known = (_stems_of_words(each.action) for each in (duty, earlier))
    is_named = owing == before and duty.who.mode != "nobody"
    return is_named and len(words & known) >= max(2, _MIN_SHARE * len(words))


def _repeated_rows(items: Sequence[OutlineItem]) -> dict[str, str]:
    """Return the rows that repeat conclusions before them, each with the conclusion's number."""
    words: dict[str, set[str]] = {}
    for item in items:
        if not item.cells:
            for number in filter(None, (item.number, item.stem)):
                words.setdefault(number, set()).update(_stems_of_words(item.text))
    rows = [item for item in items if item.cells]
    repeated: dict[str, str] = {}
    for row in rows:
        number = _ADDED.sub("", row.number)
        numbers = (number, number.rpartition(".")[0])
        named = next((each for each in numbers if each in words and each != row.number), None)
        content = _stems_of_words(row.text)
        is_like = named and content and len(content & words[named]) >= _MIN_SHARE * len(content)
        first = fold_words(row.text.split()[0]).lower()[:_STEM] if is_like else ""
        is_other = begins_with_verb(row.text) and first not in words.get(named or "", ())
        if named and is_like and not is_other:  # "Translate the map" is another duty
            repeated[row.number] = named
    return repeated if len(repeated) >= max(_MIN_ROWS, _MIN_SHARE * len(rows)) else {}


def _stems_of_words(text: str) -> set[str]:
    """Return how the longer words of a text begin."""
    return {word[:_STEM] for word in _WORD.findall(fold_words(text).lower())}


def _addressees(found: Outline) -> dict[str, str]:
    """Return the heading that addresses each item, such as `To the Secretariat:`."""
    named: dict[str, str] = {}
    who = ""
    for part in found.parts:
        if part.place == "conclusion" and who:
            named.setdefault(part.number, who)
        elif part.place != "conclusion" and not is_ornament(part.text):
            who = part.text.strip() if addressee_of(part.text) else ""
    return named


def _parties_above(found: Outline, reader: ConclusionReader) -> dict[str, str]:
    """Return the heading above each item that names a party, and nothing else: `Colombia`.

    There are two at least, each with items below it, or none is one: `Haiti` may be a subject, and
    names below each other are those of whoever is there.
    """
    stems = {item.number: item.stem for item in found.items}
    named: dict[str, str] = {}
    level: str | None = None
    before = who = ""
    for part in found.parts:
        if part.place == "conclusion":
            level = stems[part.number] if before else level
            if who and stems[part.number] == level:
                named.setdefault(part.number, who)
            before = ""
        elif not is_ornament(part.text):
            name = named_by(part.text)
            name = name if is_short(name) and reader.is_name(name) else ""
            before, who = name, "" if before else name
    return named if len(set(named.values())) > 1 else {}


def _read(
    reader: ConclusionReader, text: str, stem: str, party: str, *, has_items: bool
) -> Reading:
    """Return what a text does, which may be a verb or a noun of action below a party's name."""
    reading = reader.read(text, stem, has_items=has_items)
    asks = any(begins_with_verb(duty.verb.words) for duty in reading.duties)
    if not party or not (reading.is_fragment or asks or not reading.acts):
        return reading
    below = reader.read(text, f"{party}:", has_items=has_items)
    if below.duties:
        return below
    if all(word[:1].isupper() for word in text.split()[:2]):  # the name of a person
        return reading
    asking = lexicon(reader.language).values["layout.asking"]
    asked = reader.read(text, f"{asking} {party}:", has_items=has_items)
    duties = [duty._replace(who=duty.who._replace(far=True)) for duty in asked.duties]
    return asked._replace(duties=duties)


def _with_heading(reading: Reading, text: str, reader: ConclusionReader) -> Reading:
    """Return the reading of a text with that of the line above it, where that binds anybody.

    *2. Mexico to host the course* may be a whole conclusion; *2. Course for fishers*, *2. Next
    meeting* are headings.
    """
    heading, due = reader.read(text), reader.due_in(text)
    named = [duty for duty in heading.duties if duty.who.mode != "nobody"]
    is_next = heading.is_fragment and due is not None and "next" in due.due
    unbound = [] if is_next and not named else heading.unbound
    return reading.joined(heading._replace(duties=named, unbound=unbound))


def _stems(item: OutlineItem, texts: Mapping[str, str]) -> list[str]:
    """Return the numbers of the texts under which an item stands, the outermost first."""
    if item.stem is None:
        return []
    parts = item.number.removeprefix(item.stem).split(".")[:-1]
    numbers = [item.stem + ".".join(parts[:count]) for count in range(1, len(parts) + 1)]
    return [number for number in numbers if number in texts]


def _meeting(keys: Mapping[str, DraftValue]) -> Meeting | None:
    if "start" not in keys:
        return None
    at = Location("", 1, 1)
    body = PlacedWord(str(keys["body"].text), at) if "body" in keys else None
    start = _day(keys["start"])
    return Meeting("", body, start, _day(keys.get("end")) or start, at, at)
