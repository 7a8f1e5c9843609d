"""Who is responsible and by when, where it stands beside the sentence: a tag, a table's cell.

A tag is *Responsable: … Plazo: …*, *(Action: Norway)*, *[Secretariat, 30 June]* behind a text. A
table may also be only text in the draft; in a PDF its cells are words of one paragraph, and the
heads of its columns show it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from grcm_cli.domain.model import MandateKind
from grcm_cli.drafting.action import shortened
from grcm_cli.drafting.bound import DraftResponsible
from grcm_cli.drafting.layout.labels import NUMBER
from grcm_cli.drafting.layout.outline import Outline, OutlineItem, OutlinePart, RowCell
from grcm_cli.drafting.layout.tables import ColumnKind, column_kind, is_day, is_head
from grcm_cli.drafting.layout.text_line import is_binding, is_short
from grcm_cli.drafting.mandate import DraftMandate, Reading
from grcm_cli.drafting.passage import Excerpt, Place
from grcm_cli.drafting.reading import ConclusionReader
from grcm_cli.drafting.sharing import sharing_of
from grcm_cli.drafting.tokens import words_of
from grcm_cli.language.lexicon import (
    all_entries,
    all_words,
    alternatives,
    is_no_deadline,
    lexicon,
    phrase_regex,
    whole_words,
)
from grcm_cli.times.patterns import Time

_EVERYBODY = phrase_regex(
    r"<assignment.everybody>(?=$|\s*[.;(]|\s*,? <parties.except|parties.but>\b)"
)
"""Who is meant by *All* alone in a cell, and before an exception."""
_ENDED = phrase_regex(
    r"\W*<assignment.ended>(?=\W*$|[.,;:(]|\s+[–—(-]|\s+<assignment.after_ended>|\s*\d)"
)
"""The beginning of a cell that says so: *Done 26 May*; and not *completed forms*."""
HELPED_BY = phrase_regex("(?<!junto)(?<!juntamente)(?<!jointly)(?<!together) <assignment.with> ")
_ASIDE = re.compile(
    r"\s*\((?:(?P<each>cada|each)|antes|formerly|previously|was)\b[^()]*\)$", re.IGNORECASE
)
"""Brackets behind those who are named: *(each its own part)*, *(was: Kenya)*."""
_INVITED = whole_words("assignment.invited")
_WITH = all_words("clause.with")
_BETWEEN_NAMES = phrase_regex(
    rf"(\s*[,;/&+]\s*|\s+(?:<text.conjunctions>|{alternatives(_WITH)})\s+)"
)
_OWN = whole_words("parties.own")
_TAG = phrase_regex(
    r"(?:(?<=[.,;:!?…)\]”»–—-])\s+|\s+(?=[(\[])|\s+(?=(?-i:[A-ZÁÉÍÓÚ])))(?P<open>[(\[]\s*)?"
    r"(?:(?P<who><assignment.who>)|(?P<when><assignment.when>)"
    r"|(?P<helping><assignment.helping>))\s*:\s*"
)
_END = {False: re.compile(r"(?<![.;])[.;]+(?=\s|$)|$"), True: re.compile(r"[)\]][.;]?")}
"""The end of a tag's words, by whether a bracket is open."""
_IN_BRACKETS = re.compile(r"\s(?P<open>[(\[])(?P<inside>[^()\[\]]{2,120})[)\]][.;]?\s*$")
_DASH = re.compile(r"\s+[–—-]\s+")
_BRACKETS = re.compile(r"\([^()]*\)")
_PART = re.compile(r"\s*[,;:]\s+|\s+[–—/-]\s+")
_SENTENCE = phrase_regex(r"\s<assignment.in_sentences>\s")
_MAX_NAMED = 12  # words of a cell that says who or by when
_MAX_SHOWN = 200  # characters of a table
_SENTENCE_END = re.compile(r"(?<=[.;])\s+(?=[A-ZÁÉÍÓÚ])")
_DECIDED_TO = phrase_regex(r"\b<assignment.decided_to> ")
_MAX_CELL = 6  # words of a cell that says who or by when, in a column whose head is not known


def all_members(cell: str) -> str:
    """Return a cell in which *all* alone says whom it means, also before an exception."""
    return _EVERYBODY.sub(
        lambda match: "todos los miembros" if match[0].lower()[:3] == "tod" else "all members", cell
    )


class Assignment(NamedTuple):
    """What stands beside a text, as it is written."""

    who: Excerpt | None = None
    when: Excerpt | None = None
    helping: Excerpt | None = None  # who supports


# --- tags: *Responsable: … Plazo: …*, *(Action: Norway)*, *[Secretariat, 30 June]* ----------------


def assignment_of(text: str, reader: ConclusionReader, *, in_row: bool) -> tuple[str, Assignment]:
    """Return a text with spaces in place of its tags, and what these say.

    In the row of a table, a dash is no tag: cells say who and by when.
    """
    tags = [tag for tag in _TAG.finditer(text) if text[: tag.start()].strip()]
    excerpts: dict[str, Excerpt] = {}
    plain = text
    for place, tag in enumerate(tags):
        limit = tags[place + 1].start() if place + 1 < len(tags) else len(text)
        end = _END[bool(tag["open"])].search(text, tag.end(), limit)
        while tag["who"] and end and end[0] == ";":  # "Chile (texts); all members (data)"
            later = _END[False].search(text, end.end(), limit)
            if later is None or not reader.who_in(text[end.end() : later.start()]):
                break
            end = later
        words = text[tag.end() : end.start() if end else limit].strip(" ,.;")
        # "The Board (lead: Kenya) shall report" is a sentence.
        goes_on = tag["open"] and end and text[end.end() :].lstrip()[:1].islower()
        if not words or len(words.split()) > 14 or goes_on or _SENTENCE.search(words):
            continue
        excerpts.setdefault(str(tag.lastgroup), Excerpt(words, (tag.end(), tag.end() + len(words))))
        plain = _blank(plain, (tag.start(), end.end() if end else limit))
    if excerpts:
        return plain, Assignment(**excerpts)
    in_brackets = _in_brackets(text, reader)
    return in_brackets if in_brackets[1].who or in_row else _between_dashes(text, reader)


def _in_brackets(text: str, reader: ConclusionReader) -> tuple[str, Assignment]:
    """Return what brackets at the end of a text say: who, by when, or both, and nothing else."""
    match = _IN_BRACKETS.search(text)
    parts = _PART.split(match["inside"]) if match else []
    whens = [part for part in parts if reader.due_in(part) and not reader.who_in(part)]
    whos = [part for part in parts if part not in whens]
    is_who = bool(whos) and all(reader.is_name(part) for part in whos)
    if match is None or not is_who or not (whens or match["open"] == "["):
        return text, Assignment()
    excerpts: list[Excerpt | None] = []
    for named in (whos, whens):
        start = text.find(named[0], match.start("inside")) if named else 0
        end = text.rfind(named[-1], 0, match.end("inside")) + len(named[-1]) if named else 0
        excerpts.append(Excerpt(text[start:end], (start, end)) if named else None)
    return _blank(text, match.span()), Assignment(*excerpts)


def _between_dashes(text: str, reader: ConclusionReader) -> tuple[str, Assignment]:
    """Return what stands behind dashes: *Translation of the text – Norway – 30 June 2027*.

    The first part is what is to be done; of the others, one at least is understood.
    """
    starts = [0, *(match.end() for match in _DASH.finditer(text))]
    parts = [_DASH.sub("", f"{part} ").strip(" .;") for part in _DASH.split(text)]
    if not 1 < len(parts) < 4 or any(len(part.split()) > _MAX_NAMED for part in parts[1:]):
        return text, Assignment()
    who, *when = (
        Excerpt(part, (start, start + len(part)))
        for part, start in zip(parts[1:], starts[1:], strict=True)
    )
    is_dated = any(reader.due_in(part.words) for part in when)
    plain_who = _BRACKETS.sub("", who.words).strip()
    is_who = reader.is_name(plain_who) or (is_dated and is_short(plain_who))
    if not is_who or reader.is_name(parts[0]):
        return text, Assignment()
    reading = reader.read(text)  # "the Board – with Kenya – shall report" is a sentence
    binds = any(duty.who.mode != "nobody" for duty in reading.duties)
    if binds or not set(reading.acts) <= {"directive"} or is_binding(text):
        return text, Assignment()
    return _blank(text, (len(parts[0]), len(text))), Assignment(who, next(iter(when), None))


def _blank(text: str, place: Place) -> str:
    start, end = place
    return text[:start] + " " * (end - start) + text[end:]


def with_tags(reading: Reading, text: str, tags: Assignment, reader: ConclusionReader) -> Reading:
    """Return the reading of a text with what its tags say, which counts before its sentences."""
    if tags == Assignment():
        return reading
    assigned = _Assigned(tags, text, reader)
    if not reading.duties and tags.who:
        # The whole last sentence, or "revise it" of "It was agreed to revise it".
        last = _SENTENCE_END.split(text.strip())[-1]
        decided = _DECIDED_TO.search(last)
        return assigned.with_duty(reading, last[decided.end() :] if decided else last)
    # One tag may sum up several duties, each with its own party in the text.
    others = {code for duty in reading.duties for code in duty.who.codes}
    sums_up = len(others) > 1 and assigned.who and others.issubset(assigned.who.codes)
    sums_up = sums_up or (tags.who is not None and ";" in tags.who.words)
    duties = [
        assigned.applied(duty, who=not sums_up or duty.who.mode == "nobody", due=True)
        for duty in reading.duties
    ]
    return assigned.with_unread(reading._replace(duties=duties))


# --- cells of a table ---------------------------------------------------------------------------


def with_cells(reading: Reading, item: OutlineItem, reader: ConclusionReader) -> Reading:
    """Return the reading of a row's text with what the cells beside it say.

    A text that names nobody is one action, whatever verbs it has. In a list of actions any word in
    these cells is an assignment. One that says *done* or *withdrawn* leaves nothing to be done.
    """
    for cell in item.cells:
        if column_kind(cell.head) != "who" and _ENDED.match(cell.text):
            return reading._replace(duties=[], unbound=[Excerpt(cell.text, cell.place)])
    heads = {column_kind(cell.head) for cell in item.cells}
    when = _cell(item, "when")
    # "Appoint an expert" is decided, and still to be done where a day stands beside it.
    is_ahead = when is not None and reader.due_in(when.words) is not None
    acts = {"directive", "deciding"} if is_ahead else {"directive"}
    is_action = ({"who", "when"} <= heads or is_ahead) and set(reading.acts) <= acts
    is_action = is_action or item.stem is not None
    unnamed = [
        cell
        for cell in item.cells
        if not column_kind(cell.head) and 0 < len(cell.text.split()) <= _MAX_CELL
    ]
    named = [*unnamed, *(item.cells if is_action else ())]
    names = (Excerpt(cell.text, cell.place) for cell in named if reader.is_name(cell.text))
    dated = (
        Excerpt(cell.text, cell.place)
        for cell in unnamed
        if any(map(str.isdecimal, cell.text)) and reader.due_in(cell.text)
    )
    who = _cell(item, "who") or next(names, None)
    when = when or next(dated, None)
    assigned = _Assigned(Assignment(who, when, _cell(item, "support")), item.text, reader)
    asks = all((duty.verb.place or (-1,))[0] == 0 for duty in reading.duties)
    is_open = all(duty.who.mode == "nobody" for duty in reading.duties)
    is_open |= asks and assigned.who is not None  # "Invite Kenya to send it" is what a lead does
    is_assigned = is_action and any(cell and re.search(r"\w", cell.words) for cell in (who, when))
    if is_open and (is_assigned or (who and (reading.duties or assigned.who))):
        return assigned.with_duty(reading, item.text)
    duties = [assigned.in_row(duty) for duty in reading.duties]
    return assigned.with_unread(reading._replace(duties=duties))


def with_remarks(reading: Reading, item: OutlineItem, reader: ConclusionReader) -> Reading:
    """Return the reading of a row, and of the sentences of its cells that say more of it.

    *Remarks: Kenya will send an expert* is a mandate beside that of the row.
    """
    for cell in item.cells:
        if column_kind(cell.head) in ("", "other") and not _ENDED.match(cell.text):
            # Where it stands behind the text: places in it are those of the cell.
            beside = reader.read(cell.text.rjust(cell.place[1]))
            if any(duty.who.mode != "nobody" for duty in beside.duties):
                reading = reading.joined(beside)
    return reading


def _cell(item: OutlineItem, kind: ColumnKind) -> Excerpt | None:
    """Return the filled cell in the first column of a kind."""
    cell = next((cell for cell in item.cells if column_kind(cell.head) == kind), None)
    return Excerpt(cell.text, cell.place) if cell and cell.text else None


def unused_cells(item: OutlineItem, reading: Reading) -> list[RowCell]:
    """Return the cells of a conclusion's row that say neither who nor by when."""
    has_support = any(duty.support for duty in reading.duties)
    kinds: tuple[ColumnKind, ...] = ("who", "when", *(("support",) if has_support else ()))
    known = {cell.words for kind in kinds if (cell := _cell(item, kind))}
    known |= {words for duty in reading.duties for words in (duty.when.words, duty.who.words)}
    read = [(duty.verb.place or (-1,))[0] for duty in reading.duties]
    others = [cell for cell in item.cells if not any(at in range(*cell.place) for at in read)]
    return [cell for cell in others if cell.text not in known and re.search(r"\w", cell.text)]


def _with_articles(cell: str, reader: ConclusionReader) -> str:
    """Return a cell with the article that a name of the register begins with: *the Watch*."""
    articles = sorted(lexicon(reader.language).words("clause.articles"))
    parts = _BETWEEN_NAMES.split(cell)
    for at, part in enumerate(parts[::2]):
        named = (f"{article} {part}" for article in articles)
        if part and not reader.is_name(part):
            parts[2 * at] = next(filter(reader.is_name, named), part)
    return "".join(parts)


_UNDATED = (None, "ongoing")  # a cell counts before a verb like *keep*


class _Assigned:
    """What stands beside a text, as it was understood."""

    def __init__(self, written: Assignment, text: str, reader: ConclusionReader) -> None:
        self.written, self.text, self.reader = written, text, reader
        self.who: DraftResponsible | None = None
        self.due = reader.due_in(written.when.words) if written.when else None
        helper = reader.who_in(written.helping.words) if written.helping else None
        helping_codes = list(helper.codes) if helper else []
        if who := written.who:
            aside = _ASIDE.search(who.words.strip())
            words = all_members(who.words.strip()[: aside.start() if aside else None])
            words = _with_articles(words, reader)
            helped = HELPED_BY.search(words)
            helper = reader.who_in(words[helped.end() :]) if helped else None
            acting = words[: helped.start()] if helped and helper else words
            bound, supporting = reader.who_in_cell(acting)
            if bound and helped and helper and helped[0].strip() in _WITH:
                # "Kenya with Fiji" may owe it together
                beside = bound.beside or Excerpt(words[helped.end() :])
                bound = bound._replace(sure=False, beside=beside)
            is_each = _OWN.search(who.words) or (aside and aside["each"])
            if bound and len(bound.codes) > 1 and is_each:
                bound = bound._replace(mode="each")
            if bound:
                words_of_text = words_of(text, reader.language)
                bound = bound.shared(sharing_of(words_of_text, is_asked_apart=False, in_table=True))
                whole = who if bound.beside and bound.beside.words == words else bound.beside
                self.who = bound._replace(words=who.words, place=who.place, beside=whole)
                helping_codes += [*(helper.codes if helper else ()), *supporting]
        self.support = dict.fromkeys(helping_codes, Excerpt(""))

    def applied(self, duty: DraftMandate, *, who: bool, due: bool) -> DraftMandate:
        """Return a duty with who is responsible and its deadline, as far as they are to be set."""
        # Those of the text stand first, and keep their names.
        changed = duty._replace(support={**duty.support, **self.support, **duty.support})
        if who and self.who:
            changed = changed._replace(who=self.who)
        if due and self.due and self.written.when:
            changed = changed._replace(due=self.due, when=self.written.when)
        return changed

    def in_row(self, duty: DraftMandate) -> DraftMandate:
        """Return a duty of a row with what its cells say of whom and when its text does not.

        They count before what the text above the table says of all rows.
        """
        written = self.written.who
        whose, when = (place and place[0] < 0 for place in (duty.who.place, duty.when.place))
        if whose and written and not self.who:  # "to be agreed"
            words, place = written
            nobody = DraftResponsible("nobody", words=words, sure=False, place=place)
            duty = duty._replace(who=nobody)
        is_open = bool(whose) or duty.who.mode == "nobody"
        is_undated = (duty.due and duty.due.due) in _UNDATED
        return self.applied(duty, who=is_open, due=bool(when) or is_undated)

    def with_duty(self, reading: Reading, text: str) -> Reading:
        """Return a reading whose one duty is what a text says."""
        who = self.written.who.words if self.written.who else ""
        kinds = {duty.kind for duty in reading.duties}
        is_urging = _INVITED.search(who) is not None or "encouragement" in kinds
        nobody = DraftResponsible("nobody", sure=False)
        first = next(iter(reading.duties), DraftMandate("", nobody, "request", Excerpt("")))
        words = " ".join(text.split())
        kind: MandateKind = "encouragement" if is_urging else "request"
        duty = DraftMandate(shortened(words), nobody, kind, first.verb, first.support)
        last = next((earlier for earlier in reversed(reading.duties) if earlier.due), None)
        if last:
            duty = duty._replace(due=last.due, when=last.when)
        elif self.written.when is None and (due := self.reader.due_in(text)):
            # "Drill in May 2027. Responsible: Chile": the text is what stands last.
            start = len(self.text.rstrip()) - len(text.rstrip()) + due.start
            when = text[due.start : due.end]
            start += len(when) - len(when.lstrip())
            place = start, start + len(when.strip())
            duty = duty._replace(due=due._replace(sure=False), when=Excerpt(when.strip(), place))
        reading = reading._replace(
            acts=["directive"],
            clauses=[("directive", words)],
            unbound=[part for part in reading.unbound if not text.startswith(part.words)],
            duties=[self.applied(duty, who=True, due=(duty.due and duty.due.due) in _UNDATED)],
        )
        return self.with_unread(reading)

    def with_unread(self, reading: Reading) -> Reading:
        """Return a reading with the words that say by when and were not understood.

        A time in the text is no deadline beside them: *annual report*, *closures in 2034*.
        """
        when = self.written.when
        if not (when and reading.duties and re.search(r"\w", when.words)) or self.due:
            return reading
        times = [duty.when for duty in reading.duties if duty.due]
        return reading._replace(
            duties=[duty._replace(due=None, when=Excerpt("")) for duty in reading.duties],
            unread=[] if is_no_deadline(when.words.strip(" .()")) else [when],
            untimed=list(dict.fromkeys([*reading.untimed, *times])),
        )


# --- tables that say who or by when, and whose rows are only text in the draft -------------------


def _heads(*keys: str) -> str:
    """Return a pattern of the heads of columns whose words are in some lists."""
    words = (re.escape(word) for key in keys for word in all_entries(f"table.{key}_columns"))
    # A head has a capital, and small letters after it: "Responsable(s)", "Fecha de cumplimiento".
    return rf"(?=[A-ZÁÉÍÓÚ])(?i:{alternatives(words)})\w*(?:\(\w+\))?(?: [a-záéíóúñ]+){{0,2}}"


_TEXT_HEAD = _heads("text", "activity")
_WHO_HEAD = _heads("responsible")
_WHEN_HEAD = _heads("deadline")
_HEADS_IN_TEXT = re.compile(
    rf"(?<!\w)(?:{_TEXT_HEAD} (?:{_WHO_HEAD}|{_WHEN_HEAD})"
    rf"|{_WHO_HEAD} {_WHEN_HEAD}|{_WHEN_HEAD} {_WHO_HEAD})(?!\w)"
)
"""Two heads one after the other, of which one says who or by when."""


def unread_tables(
    outline: Outline, reader: ConclusionReader, naming: Sequence[OutlinePart]
) -> Mapping[str, list[Excerpt]]:
    """Return the words of tables that assign something and are only text in the draft.

    They are by the conclusion that has the table, or what is left of it; without number for those
    that none has. `naming` are rows that name conclusions, and are compared with these.
    """
    texts = {item.number: item.text for item in outline.items}
    tables: dict[str, list[Excerpt]] = {}

    def add(number: str, words: str, start: int) -> None:
        words = words[:_MAX_SHOWN].rstrip()
        place = (start, start + len(words)) if start >= 0 else None
        tables.setdefault(number, []).append(Excerpt(words, place))

    for (is_row, number), parts in groupby(
        outline.parts, lambda row_part: (bool(row_part.row), row_part.number)
    ):
        rows = [part for part in parts if not part.is_note] if is_row else []
        if any(row in naming for row in rows):
            rows = [row for row in rows if row not in naming and not is_head(row.row)]
            is_unread = bool(rows)
        else:
            is_unread = any(_assigns(row, reader, is_first=not at) for at, row in enumerate(rows))
        if is_unread:
            words = " ".join(" ".join(row.text.split()) for row in rows)
            add(number, words, texts.get(number, "").find(words))
    for number, text in texts.items():
        match = _HEADS_IN_TEXT.search(text)  # of a table whose cells are words of the text
        if match and number not in tables:
            add(number, text[match.start() :], match.start())
    return tables


def _assigns(row: OutlinePart, reader: ConclusionReader, *, is_first: bool) -> bool:
    """Tell whether a row names who and by when, or has the heads of columns that do."""
    if is_first and is_head(row.row) and row.place != "header":
        return any(column_kind(head) in ("who", "when") for head in row.row)
    cells = [cell for cell in row.row if 0 < len(cell.split()) <= _MAX_NAMED]
    names = {cell for cell in cells if reader.is_name(cell)}
    return bool(names) and any(is_day(cell) for cell in cells if cell not in names)


# --- tables whose rows name conclusions, and say again who and by when ----------------------------


class NamingRow(NamedTuple):
    """A row such as `II.3 | Chile | 3 May 2027`, of conclusions of the document."""

    part: OutlinePart
    number: str  # that of the first
    differs: bool  # what it says of whom and by when was read in none of them


def rows_that_name(
    outline: Outline,
    duties: Mapping[str, Sequence[DraftMandate]],
    reader: ConclusionReader,
    day_of: Callable[[Time | None], object],
) -> Iterator[NamingRow]:
    """Yield the rows that name conclusions. `day_of` returns the last day of a deadline."""
    heads: Sequence[str] = ()
    numbers: Sequence[str] = ()
    for part in outline.parts:
        if part.place != "none" or not part.row:
            continue
        if is_head(part.row):
            heads, numbers = part.row, ()
            continue
        numbers = NUMBER.findall(part.row[0]) or numbers
        if numbers and all(number in duties for number in numbers):
            texts = zip(heads[1:], part.row[1:], strict=False)
            cells = [RowCell(numbers[0], head, text, (0, 0)) for head, text in texts]
            item = OutlineItem(numbers[0], stem=numbers[0], cells=cells)
            known = [duty for number in numbers for duty in duties[number]]
            yield NamingRow(part, numbers[0], _differs(item, known, reader, day_of))


def _differs(
    row: OutlineItem,
    known: Sequence[DraftMandate],
    reader: ConclusionReader,
    day_of: Callable[[Time | None], object],
) -> bool:
    """Tell whether no known duty has the parties and the deadline that a row says."""
    cells = (_cell(row, kind) for kind in ("who", "when"))
    has_who, has_when = (bool(cell and re.search(r"\w", cell.words)) for cell in cells)
    return not all(
        any(
            (not has_who or _parties(duty) == _parties(each))
            and (not has_when or day_of(duty.due) == day_of(each.due))
            for each in known
        )
        for duty in with_cells(Reading([], [], []), row, reader).duties
    )


def _parties(duty: DraftMandate) -> tuple[object, ...]:
    group = duty.who.mode if not duty.who.codes else ""
    return group, frozenset(duty.who.codes), frozenset(duty.who.exceptions)
