"""Read the header of a document: the body, title, place and days of the meeting, who took part."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from grcm_cli.drafting.deadlines import is_by_when
from grcm_cli.drafting.layout.text_line import is_list_heading
from grcm_cli.drafting.ordinals import with_digits
from grcm_cli.drafting.party_names import PartyNames
from grcm_cli.drafting.passage import Excerpt, Place
from grcm_cli.drafting.tokens import words_of
from grcm_cli.language.days import Span, spans_in
from grcm_cli.language.lexicon import all_entries, all_phrases, all_words, phrase_regex, whole_words
from grcm_cli.language.text import fold_words, with_single_spaces

_PAPER = phrase_regex(r"\s*<meeting.paper_dates>")
_PAPER_ABOVE = phrase_regex(r"(?:^|\n)[^\n]{0,80}\b<meeting.paper_dates>[^\n]{0,40}\n\s*$")
_DATE_LABEL = phrase_regex(r"\b<meeting.date_labels>:[^\n]{0,20}$")
"""Before the day of a meeting, where no other is stated; else it is the paper's."""
_TIME_LABEL = phrase_regex(r"\s*<meeting.time_labels>\s*:")
"""At the start of a line with the days of a meeting."""
_HELD = whole_words("meeting.held")
_BY_LETTER = whole_words("meeting.by_correspondence")
_LETTER = whole_words("meeting.letters")
_NEAR = 160
"""Characters before and after some days, in which the words stand that they are a meeting's."""
_MAX_SPANS = 200  # stretches of days that are compared, each with all others
_NAME = r"[A-ZÁÉÍÓÚÑÜ][\w'’.-]*"
_TOWN = rf"(?P<town>{_NAME}(?:\x20+(?:(?:<place.town_links>|d[’'])\x20+){{0,4}}{_NAME}){{0,4}})"
_COUNTRY = r"\s*(?:,|\()\s*(?:[^,\n()0-9]{2,40},\s*)??(?P<country>[A-ZÁÉÍÓÚÑ][\w\x20.'’-]{2,40}?)"
_NO_TOWNS = all_words("place.not_towns")
_TOWN_ARTICLES = frozenset(all_entries("place.town_articles"))
_BEFORE_DAYS = phrase_regex(
    r"(?:^|\n|\(|(?<=[A-ZÁÉÍÓÚÑ]{3}\s)(?=[A-ZÁÉÍÓÚ][a-záéíóúñ])"
    rf"|\b<place.prepositions>\s+(?:<place.town_articles>\s+)?){_TOWN}(?:{_COUNTRY}\)?)?"
    r"\s*[,;]?\s*(?:\(|\n)?\s*(?:<place.before_days>\s*){0,6}$",
    0,
)
_AFTER_DAYS = phrase_regex(
    rf"\s*,?\s*<place.prepositions>\s+{_TOWN}(?:{_COUNTRY}(?=[,.;)\n]|$))?", 0
)
_MEETING = whole_words("meeting.kinds")
_TITLE_LINKS = all_words("meeting.title_links")
_MAX_TITLE_WORDS = 40
_MAX_TITLE = 25 * _MAX_TITLE_WORDS  # characters
_OF_PAPER = phrase_regex(r"\b<meeting.paper_dates>(?:\b|\.)")
_STATE_OF_PAPER = phrase_regex(r"<meeting.paper_states>\b")
_VENUE = phrase_regex(
    rf"\b<place.prepositions>\s+(?:<place.town_articles>\s+)?"
    rf"(?:{_TOWN}(?:\s*[,(]\s*|\s+<text.of>\s+))?$",
    0,
)
_OPENING = phrase_regex(r"(?:<text.articles>\s+|the\s+)?$")
_OPENED = re.compile(r"\s*[,:]\s*(?:\n|$)")
_TOOK_PART = phrase_regex("<attendance.participants|attendance.verbs>")
_OBSERVERS = phrase_regex("<attendance.observers>")
_AS = phrase_regex(r"\s+\(?<attendance.in_capacity>\s+")
_ABSENT = phrase_regex("<attendance.absent>")
_ABSENT_BESIDE = phrase_regex(
    r"\s*[(,–—-]?\s*(?:<attendance.before_absent>\s+)*"
    r"<attendance.absent>(?!\w*\s+(?:\w{1,3}\s+)*(?-i:[A-ZÁÉÍÓÚÑ]))"
)
_LINKS = all_words("parties.links")
_ABSENT_LINKS = _LINKS | all_words("parties.list") | {"a", "as", "o", "s"}
_WORDS = re.compile(r"[^\W\d_]+")
_NUMBER = rf"(?:\d+|{all_phrases('numbers.cardinals')})"
_EVERYBODY = re.compile(all_phrases("attendance.everybody").replace("{number}", _NUMBER), re.I)
_EXCEPT = whole_words("attendance.except")
_VERB = phrase_regex("<attendance.verbs>")
_AFTER_SUBJECT = phrase_regex(rf"\s*(?:,|<text.conjunctions>\b|{_VERB.pattern})", 0)
_LIST_OPENING = phrase_regex(
    r"<attendance.list_openings>\s*(?:<text.of>|:)?\s*(?P<list>.+)$", re.IGNORECASE | re.DOTALL
)
_LIST_JOINT = phrase_regex(r",\s*|\s+<text.conjunctions>\s+", 0)
_LEADING_ARTICLES = phrase_regex(r"^(?:<text.articles>\s+)+", 0)
_SENTENCE_BREAK = re.compile(
    r"(?<=[^A-Z\s][.;])\s+(?=[A-ZÁÉÍÓÚ“])|(?<=:)\n|\n(?=[^\n.;]{0,40}:)|\n\n"
)


class DraftValue(NamedTuple):
    """The value of a key of the meeting, with the words of the document from which it was taken."""

    text: str | Sequence[str]
    words: str = ""
    sure: bool = True
    given: bool = False  # an option gave it
    place: Place | None = None
    """Where the words are in the lines of the header, with one sign between two lines."""


class Header(NamedTuple):
    """What the document says of the meeting; empty where it says nothing."""

    language: str
    attendance: "Attendance"
    values: Mapping[str, DraftValue]  # of the keys of a meeting, as far as the document states them
    days: Mapping[Span, str]
    """The days that are stated, with their words; several where the document disagrees."""
    more_days: bool = False  # more days are stated than were compared
    unknown: Sequence[str] = ()  # names among those who took part that the register does not have
    letter: Excerpt = Excerpt("")  # by which it may be a decision by correspondence, if not surely


def read_header(lines: Sequence[str], language: str, names: PartyNames) -> Header:
    """Return what the header of a document says."""
    text = "\n".join(lines)
    named: list[NamedParty] = []
    words = words_of(text, language)
    end = 0  # of the name before
    for place, word in enumerate(words):
        match = names.at(words, place) if place >= end else None
        if match:
            end = match[0]
            named.append(NamedParty(word.start, words[end - 1].end, match[1]))
    stated = [span for span in spans_in(with_digits(text)) if not is_by_when(text, span.start)]
    labelled = (span for span in stated if _DATE_LABEL.search(text[: span.start][-_NEAR:]))
    spans = list(_without_dates_of_paper(text, stated)) or list(labelled)
    distinct = {(span.first, span.last): span for span in reversed(spans)}
    days = _meeting_days(text, sorted(distinct.values(), key=lambda span: span.start)[:_MAX_SPANS])
    attendance = Attendance(text, names)
    # A line of a list is a sentence, a wrapped line is none.
    ends = [match.end() for match in _SENTENCE_BREAK.finditer(text)]
    starts = [party.start for party in named]
    for start, stop in pairwise([0, *ends, len(text)]):
        of_sentence = slice(bisect_left(starts, start), bisect_left(starts, stop))
        attendance.read(start, stop, named[of_sentence])
    title = _title(lines)
    body = _body(text, named, names, title)
    letter = _BY_LETTER.search(text)
    held = _HELD.search(text) or (days and days[0].last > days[0].first)
    values = {"body": body, "title": title, **_place(text, spans, names)}
    if letter and not held:
        kind = DraftValue("correspondence", letter[0], place=letter.span())
        values = {"body": body, "title": title, "kind": kind}  # what is written has no place
    letter = letter or (None if held else _LETTER.search(text))
    if days:
        first, at = days[0], (days[0].start, days[0].end)
        # Are they those of a meeting, and not of a paper or a treaty?
        is_labelled = _TIME_LABEL.match(text, text.rfind("\n", 0, at[0]) + 1) is not None
        near = f"{text[max(0, at[0] - _NEAR) : at[0]]} {text[at[1] : at[1] + _NEAR]}"
        of_meeting = first.last > first.first or is_labelled or _HELD.search(near)
        sure = len(days) == 1 and bool(of_meeting or _MEETING.search(near))
        values["start"] = DraftValue(first.first.isoformat(), text[slice(*at)], sure, place=at)
        if first.last > first.first:
            values["end"] = DraftValue(first.last.isoformat(), "", sure)
    return Header(
        language,
        attendance,
        {key: value for key, value in values.items() if value is not None},
        {span: text[span.start : span.end] for span in days},
        len(distinct) > _MAX_SPANS,
        list(_unknown_names(attendance.named.words, names, language)),
        Excerpt(letter[0], letter.span()) if letter and "kind" not in values else Excerpt(""),
    )


def _without_dates_of_paper(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans but the paper's: `Distr. …: 1 May 2004`, or alone beside such a line."""
    for span in spans:
        line, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.start) + 1
        end = end or len(text)
        is_alone = text[line:end].strip(" .\n") == text[span.start : span.end].strip(" .")
        above = text[max(0, line - _NEAR) : line]
        beside = _PAPER_ABOVE.search(above) or _PAPER.match(text, end)
        if not (_PAPER.match(text, line, span.start) or (is_alone and beside)):
            yield span


def _meeting_days(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return the different days that a header states; a day inside a known span adds none.

    First come those that are most likely the meeting's and not, say, the page's.
    """

    def line_of(span: Span) -> int:
        return text.rfind("\n", 0, span.start) + 1

    def evidence(span: Span) -> int:
        if _TIME_LABEL.match(text, line_of(span)):
            return 4
        before = text[max(0, span.start - _NEAR) : span.start].rpartition(". ")[2]
        after = text[span.end : span.end + _NEAR].partition(". ")[0]
        held = bool(_HELD.search(before) or _HELD.search(after))
        return 2 * held + (span.last > span.first)

    days: list[Span] = []
    by_evidence = sorted(spans, key=evidence, reverse=True)
    labelled = [span for span in by_evidence[:2] if evidence(span) > 3]
    if len(labelled) > 1 and line_of(labelled[0]) == line_of(labelled[1]):
        (first, _, start, _), (_, last, _, end) = labelled  # "Time: 3 May, 9 to 5, and 4 May 2026"
        by_evidence[:2] = [Span(first, last, start, end)] if first < last else labelled
    for span in by_evidence:
        same = [known for known in days if known.first <= span.first and span.last <= known.last]
        wider = [known for known in days if span.first <= known.first and known.last <= span.last]
        if wider and not same:
            days[days.index(wider[0])] = span
        elif not same:
            days.append(span)
    return [span for span in days if abs((span.first - days[0].first).days) < 60]


def _place(text: str, spans: Sequence[Span], names: PartyNames) -> dict[str, DraftValue]:
    """Return the town before or after the days, and its country where that is a member."""
    best: dict[str, DraftValue] = {}
    for span in spans:
        before = _BEFORE_DAYS.search(text, max(0, span.start - 140), span.start)
        for match in filter(None, (before, _AFTER_DAYS.match(text, span.end))):
            words = words_of(match["town"], "en")
            parties = filter(None, (names.at(words, place) for place in range(len(words))))
            # A meeting, a body or an office may stand where a town does.
            is_named = any(names.parties[code].kind != "member" for _end, code in parties)
            has_article = words[0].folded in _TOWN_ARTICLES and len(words) == 2  # "La Paz"
            no_town = words[has_article].folded in _NO_TOWNS
            if is_named or _MEETING.search(match["town"]) or no_town:
                continue
            written = (match["country"] or "").strip()
            words = words_of(written, "en")
            named = names.at(words, 0) if words else None
            is_member = named is not None and names.kind_of(named[1]) == "member"
            if is_member or not best:
                town, words_of_town = map(with_single_spaces, (match["town"], match[0]))
                best = {"place": DraftValue(town, words_of_town, place=match.span())}
            if named and is_member:
                best["country"] = DraftValue(named[1], written, place=match.span("country"))
                return best
    return best


def _title(lines: Sequence[str]) -> DraftValue | None:
    offset = 0
    for place, line in enumerate(lines[:12]):
        start = offset + len(line) - len(line.lstrip(" –—-*"))
        offset += len(line) + 1
        plain = line[:_MAX_TITLE].strip(" –—-*")
        words = _without_days(plain)
        is_sentence = words == plain and plain.endswith((".", ":", ","))
        is_no_title = is_sentence or plain.startswith("(") or _OF_PAPER.search(plain)
        if not _MEETING.search(words) or _STATE_OF_PAPER.match(plain) or is_no_title:
            continue
        for following in map(str.strip, lines[place + 1 :]):
            ends_small = fold_words(words.rsplit(maxsplit=1)[-1]) in _TITLE_LINKS
            goes_on = ends_small and following[:1].isupper() and not is_list_heading(following)
            if len(words) > _MAX_TITLE or not goes_on:
                break
            words += " " + following
        words = " ".join(_without_days(words).split())
        if words and len(words.split()) <= _MAX_TITLE_WORDS:
            return DraftValue(words, words, place=(start, start + len(words)))
    return None


def _without_days(title: str) -> str:
    spans = spans_in(title)
    if not spans:
        return title
    head = title[: spans[0].start]
    match = _BEFORE_DAYS.search(head)
    return (head[: match.start()] if match else head).strip(" ,(")


class NamedParty(NamedTuple):
    """A party, and where the text names it."""

    start: int
    end: int
    code: str


def _body(
    text: str, named: Sequence[NamedParty], names: PartyNames, title: DraftValue | None
) -> DraftValue | None:
    """Return the body that is named most often.

    Its name counts four times in the title, and eight times where it opens what the body decides:
    a line with its name alone, and a comma or colon.
    """
    bodies = [party for party in named if names.parties[party.code].kind == "body"]
    if not bodies:
        return None
    start, end = title.place if title and title.place else (0, 0)
    counts: dict[str, int] = {}
    for body in bodies:
        in_title = start <= body.start < end
        line = text.rfind("\n", 0, body.start) + 1
        opens = _OPENING.fullmatch(text, line, body.start) and _OPENED.match(text, body.end)
        weight = 8 if opens else 4 if in_title else 1
        counts[body.code] = counts.get(body.code, 0) + weight
    best = max(bodies, key=lambda body: counts[body.code])
    return DraftValue(best.code, text[best.start : best.end], place=(best.start, best.end))


# --- attendance --------------------------------------------------------------------------------


class Attendance:
    """Who took part, collected sentence by sentence."""

    def __init__(self, text: str, names: PartyNames) -> None:
        self.text, self.names = text, names
        self.participants: dict[str, None] = {}
        self.observers: dict[str, None] = {}
        self.everybody = False
        """The document says that all members took part, but those who are `absent`."""
        self.absent: dict[str, None] = {}
        self.named = Excerpt("")  # the first words that name the participants
        self._in_list = False

    def _is_absent(self, party: NamedParty, start: int, end: int) -> bool:
        """Tell whether a party is called absent or excused, before its name or just after it."""
        beside = _ABSENT_BESIDE.match(self.text, party.end, end)
        before = list(_ABSENT.finditer(self.text, start, party.start))
        if beside or not before:
            return beside is not None
        words = self.text[before[-1].end() : party.start]
        listed = all(word in _ABSENT_LINKS or word[0].isupper() for word in _WORDS.findall(words))
        return listed and not {";", ")"} & set(words)

    def read(self, start: int, end: int, named: Sequence[NamedParty]) -> None:
        """Read a sentence, given the parties named in it."""
        sentence = self.text[start:end]
        cue = _TOOK_PART.search(sentence)
        watch = _OBSERVERS.search(sentence)
        if not (cue or watch or (self._in_list and named)):
            self._in_list = False
            return
        self._in_list = sentence.rstrip().endswith(":") or (self._in_list and bool(named))
        if _ABSENT.search(sentence) and not cue:
            return
        if cue and _EVERYBODY.search(sentence) and not (watch and watch.start() < cue.start()):
            self.everybody = True
            self._note(start + cue.start(), end)
            exception = _EXCEPT.search(sentence)
            left_out = start + exception.start() if exception else end
            for party in named:
                if party.start >= left_out and self.names.parties[party.code].kind == "member":
                    self.absent[party.code] = None
        begin = cue.start() if cue and not self._in_list else 0
        absent = [party for party in named if self._is_absent(party, start, end)]
        named = [party for party in named if party not in absent]
        self.absent.update((party.code, None) for party in absent)
        observers_from = start + watch.start() if watch else end
        observers_named = any(party.start >= observers_from for party in named) and not any(
            _AS.fullmatch(self.text, party.end, observers_from) for party in named
        )  # "México en calidad de observador, y Perú"
        for party in named:
            kind = self.names.parties[party.code].kind
            if kind in ("body", "office") or _is_host(self.text, party, start, cue):
                continue
            after_watch = party.start >= observers_from
            if watch and (after_watch if observers_named else kind != "member"):
                self.observers[party.code] = None
            elif kind == "member" and party.code not in self.absent:
                self.participants[party.code] = None
                self._note(start + begin, end)

    def _note(self, start: int, end: int) -> None:
        if not self.named.words:
            self.named = Excerpt(" ".join(self.text[start:end].split()), (start, end))


def _unknown_names(words: str, names: PartyNames, language: str) -> Iterator[str]:
    """Yield the names in a list of participants that are no party of the register."""
    match = _LIST_OPENING.search(words)
    listed = re.split(r"[.;:]", match["list"])[0] if match else ""
    for part in _LIST_JOINT.split(listed):
        name = _LEADING_ARTICLES.sub("", part.strip())
        words_of_name = words_of(name, language)
        known = any(names.at(words_of_name, place) for place in range(len(words_of_name)))
        letters = [word for word in words_of_name if word.text[0].isalpha()]
        is_name = all(word.text[0].isupper() or word.folded in _LINKS for word in letters)
        if name[:1].isupper() and is_name and len(words_of_name) <= 6 and not known:
            yield name


def _is_host(text: str, party: NamedParty, start: int, cue: re.Match[str] | None) -> bool:
    """Tell whether a country is named as the place: *in Suva, Fiji*, or before who took part."""
    venue = _VENUE.search(text, max(start, party.start - 140), party.start)
    if venue and not _MEETING.search(venue["town"] or ""):
        return True
    if cue is None or party.start >= start + cue.start():
        return False
    return not (_VERB.fullmatch(cue[0]) and _AFTER_SUBJECT.match(text, party.end))
