"""A conclusion's text → its acts and the duties that it lays down."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from grcm_cli.minutes.doing import action_of, parts_of, undone_action
from grcm_cli.minutes.english import heads as english
from grcm_cli.minutes.heads import Head, Sentence, Span
from grcm_cli.minutes.mentions import Mention, Names, mentions
from grcm_cli.minutes.ordinals import ordinals_in
from grcm_cli.minutes.roles import Cast, cast_of
from grcm_cli.minutes.spanish import heads as spanish
from grcm_cli.minutes.when.due import said_due
from grcm_cli.minutes.when.said import Said, Scene
from grcm_cli.minutes.words import Word, sentences, words_of
from grcm_cli.model import Meeting, Party
from grcm_cli.wording.acts import CONTINUING, HOLDING, Act

Mode = Literal["together", "members", "participants", "each", "nobody"]


class Who(NamedTuple):
    """Who is bound, as `responsible` writes it."""

    mode: Mode
    codes: Sequence[str] = ()
    exceptions: Sequence[str] = ()
    words: str = ""
    note: str = ""
    sure: bool = True


class Duty(NamedTuple):
    """One mandate, with the words that each of its values came from."""

    action: str
    who: Who
    kind: Literal["request", "encouragement"]
    verb_words: str
    support: Sequence[str] = ()
    due: Said | None = None
    due_words: str = ""
    after: bool = False
    """It waits for the duty before it."""


class Reading(NamedTuple):
    """What a conclusion does."""

    acts: Sequence[Act]
    duties: Sequence[Duty]
    heads: Sequence[tuple[Act, str]]
    """Each act with its clause, for whoever wants to see how it was read."""
    unknown: Sequence[str] = ()
    """Names of those who are asked that the register does not have."""


class Reader:
    """Reads conclusions of one meeting: its parties, its last day, its body."""

    def __init__(
        self,
        names: Names,
        language: str,
        ended: date,
        body: str,
        meetings: Sequence[Meeting] = (),
    ) -> None:
        self.names, self.language, self.ended, self.body = names, language, ended, body
        self.meetings = meetings

    def meeting(self, body: str, numbers: set[int]) -> str | None:
        """Return the id of a body's later meeting that has one of these ordinals in its title.

        Empty where none of the record has it, and None where the one that has it is past.
        """
        for meeting in self.meetings:
            titles = " ".join(meeting.title.by_language.values()) if meeting.title else ""
            if meeting.body and meeting.body.text == body and numbers & ordinals_in(titles):
                is_later = meeting.start is not None and meeting.start > self.ended
                return meeting.id if is_later else None
        return ""

    def read(self, text: str, stem: str = "", *, has_items: bool = False) -> Reading:
        """Return what a text does; an item is read as the end of its stem's last sentence."""
        joined = f"{stem} {text}" if stem else text
        return _Text(self, joined, len(stem) + 1 if stem else 0, has_items=has_items).reading()

    def who_in(self, cell: str) -> Who | None:
        """Return who is named in a cell of a table, or None."""
        text = _Text(self, cell, 0, has_items=False)
        return text.everybody_named()

    def due_in(self, cell: str) -> Said | None:
        """Return the deadline in a cell of a table, or None: a day alone is one there."""
        for words in (cell, f"by {cell}", f"a más tardar el {cell}"):
            text = _Text(self, words, 0, has_items=False)
            found = text.deadline_named()
            if found:
                return found
        return None


class _Text:
    def __init__(self, reader: Reader, text: str, begin: int, *, has_items: bool) -> None:
        self.reader, self.text, self.begin, self.has_items = reader, text, begin, has_items
        self.words: Sequence[Word] = words_of(text, reader.language)
        self.plain = _without_quotes(text, self.words)
        self.mentions = mentions(self.plain, self.words, reader.names)
        self.cast: Sequence[Cast] = cast_of(self.plain, self.words, self.mentions)
        self._own = [cast.mention for cast in self.cast if not cast.role]
        self.unknown: list[str] = []

    def reading(self) -> Reading:
        acts: dict[Act, None] = {}
        duties: list[Duty] = []
        shown: list[tuple[Act, str]] = []
        for start, end in sentences(self.words):
            if self.words[end - 1].end <= self.begin:
                continue
            sentence = self._sentence(start, end)
            found = self._heads(sentence)
            for place, head in enumerate(found):
                close = found[place + 1].begin if place + 1 < len(found) else end
                close = max(close, head.place + 1)
                if self._char_end(close) <= self.begin:
                    continue
                acts[head.act] = None
                shown.append((head.act, self._said(head.begin, close)))
                if head.doing and not self._is_stem(close):
                    duties += self._duties(sentence, head, close, found[:place])
        return Reading(list(acts), duties, shown, self.unknown)

    def everybody_named(self) -> Who | None:
        """Return all who are named, as those who are bound."""
        named = [cast.mention for cast in self.cast if not cast.role]
        if not named:
            return None
        return self._bound(named, Head(0, "directive", "", 0))[0]

    def deadline_named(self) -> Said | None:
        """Return the deadline that the whole text sets, or None."""
        scene = Scene(
            self.reader.ended,
            self.reader.body,
            self._body_after,
            self._body_before,
            self.reader.meeting,
            holds=True,
        )
        return said_due(self.plain, 0, len(self.text), scene)

    def _sentence(self, start: int, end: int) -> Sentence:
        return Sentence(
            self.text, self.words, self._own, start, end, self.begin > 0, self.reader.body
        )

    def _heads(self, sentence: Sentence) -> list[Head]:
        module = spanish if self.reader.language == "es" else english
        return module.heads(sentence)

    def _is_stem(self, close: int) -> bool:
        """Tell whether what is to be done stands in the items below."""
        return (
            self.has_items
            and self.text.rstrip().endswith(":")
            and self._char_end(close) >= len(self.text.rstrip()) - 2
        )

    def _char_end(self, place: int) -> int:
        return self.words[place - 1].end if place else 0

    def _said(self, start: int, end: int) -> str:
        return self.text[self.words[start].start : self.words[max(end, start + 1) - 1].end]

    # --- duties ------------------------------------------------------------------------------

    def _duties(
        self, sentence: Sentence, head: Head, close: int, before: Sequence[Head]
    ) -> Iterator[Duty]:
        assert head.doing is not None
        doing = (head.doing[0], min(head.doing[1], close))
        doing = self._from_item(doing)
        while doing[0] < doing[1] and self.words[doing[0]].folded in _LEADS:
            doing = (doing[0] + 1, doing[1])
        if doing[0] >= doing[1]:
            return
        who = self._who(sentence, head, doing, before)
        since = before[-1].begin if head.antecedent and before else head.begin
        kind: Literal["request", "encouragement"] = "encouragement" if head.urging else "request"
        verb_words = self._said(head.place, min(head.place + 2, close))
        parts = parts_of(self.text, self.words, doing, self.reader.language)
        for number, part in enumerate(parts):
            begin = head.begin if number == 0 else part[0]
            support = self._support(since, part[1] if number + 1 < len(parts) else close)
            since = part[1]
            due = self._due(begin, part, close if number + 1 == len(parts) else part[1])
            action = self._so(who, part) or action_of(
                self.plain,
                self.text,
                self.words,
                head,
                part,
                self.reader.language,
                self._cuts(due),
            )
            for each in who:
                words = self.text[due.start : due.end] if due else ""
                yield Duty(
                    action,
                    each,
                    kind,
                    verb_words,
                    support,
                    due,
                    words,
                    head.purpose and number == 0,
                )

    def _so(self, who: Sequence[Who], part: Span) -> str:
        """Return what *do so* and *lo harán* stand for: what some have not done yet."""
        words = [word.folded for word in self.words[part[0] : part[0] + 2]]
        verb = self.words[part[0]]
        says_so = words[:2] == ["do", "so"] or any(
            form.verb == "hacer" and (form.enclitic == "lo" or self._is_it(part[0]))
            for form in verb.forms
        )
        undone = next((each.note for each in who if each.note), "") if says_so else ""
        return undone_action(undone, self.reader.language)

    def _is_it(self, place: int) -> bool:
        return place > 0 and self.words[place - 1].folded == "lo"

    def _from_item(self, doing: Span) -> Span:
        """Return what is to be done without the words of a stem that only announce it."""
        if not self.begin:
            return doing
        first = next((p for p in range(*doing) if self.words[p].start >= self.begin), doing[0])
        verb = first
        while verb < doing[1] and self.words[verb].folded in _LEADS:
            verb += 1
        announces = first > doing[0] and self.words[first - 1].text == ":"
        if announces and verb < doing[1] and self.words[verb].is_form("infinitive", "subjunctive"):
            return verb, doing[1]
        return doing

    def _due(self, begin: int, part: Span, close: int) -> Said | None:
        verb = self.words[part[0]]
        names = {form.verb for form in verb.forms}
        nouns = {w.folded for w in self.words[part[0] : part[0] + 3]}
        events = {
            "organizacion",
            "celebracion",
            "realizacion",
            "convocatoria",
            "convening",
            "organization",
            "holding",
        }
        scene = Scene(
            self.reader.ended,
            self.reader.body,
            self._body_after,
            self._body_before,
            self.reader.meeting,
            bool(names & HOLDING or nouns & events),
        )
        start = self.words[begin].start
        end = self.words[min(close, len(self.words)) - 1].end
        said = said_due(self.plain, start, end, scene)
        to_an_end = re.search(r"\b(?:para|in order to)\b", self.plain[verb.start : end])
        if said is None and names & CONTINUING and not to_an_end:
            return Said("ongoing", verb.start, verb.end)
        return said

    def _body_after(self, start: int, end: int) -> str:
        for mention in self.mentions:
            first = self.words[mention.start]
            party = self.reader.names.parties.get(mention.code)
            inside = first.start >= start and first.start <= end
            gap = self.plain[start : first.start]
            if inside and party and party.kind == "body" and not re.search(r"[,;.]", gap):
                return party.code
        return ""

    def _body_before(self, start: int, end: int) -> str:
        codes = [
            mention.code
            for mention in self.mentions
            if mention.code
            and start <= self.words[mention.start].start < end
            and self.reader.names.parties[mention.code].kind == "body"
        ]
        return codes[-1] if codes else ""

    def _support(self, start: int, end: int) -> list[str]:
        codes = [
            cast.mention.code
            for cast in self.cast
            if cast.role == "support" and start <= cast.mention.start < end and cast.mention.code
        ]
        return list(dict.fromkeys(codes))

    def _cuts(self, due: Said | None) -> list[Span]:
        """Return the stretch of text that an action leaves out: its deadline, whole."""
        if due is None or due.due == "ongoing":
            return []
        before = _PREPOSITION.search(self.plain[: due.start])
        start = before.start() if before else due.start
        body = _OF_BODY.match(self.plain, due.end)
        end = due.end
        if body and due.due.startswith(("next", "every")):
            inside = [m for m in self.mentions if self.words[m.start].start == body.end()]
            end = self.words[inside[0].end - 1].end if inside else end
        return [(start, end)]

    # --- who ---------------------------------------------------------------------------------

    def _who(
        self, sentence: Sentence, head: Head, doing: Span, before: Sequence[Head]
    ) -> list[Who]:
        named: list[Mention] = []
        if head.antecedent:
            named = self._antecedent(sentence, head, before)
        elif head.passive:
            named = self._agent(doing)
            if not named and head.who and not self._is_thing(sentence, head):
                named = self._first_group(sentence, head.who)
        elif head.who:
            named = self._first_group(sentence, head.who)
        if not named and head.who and not head.passive:
            self._note_unknown(head.who)
        return self._bound(named, head)

    def _note_unknown(self, span: Span) -> None:
        """Keep the name of whoever is asked, where it is written as a name is."""
        if span[1] - span[0] > 14:
            return
        words = [word.text for word in self.words[span[0] : span[1]]]
        while words and not words[0][:1].isupper():
            words = words[1:]
        while words and not words[-1][:1].isupper():
            words = words[:-1]
        if words:
            self.unknown.append(" ".join(words))

    def _is_thing(self, sentence: Sentence, head: Head) -> bool:
        """Tell whether the subject of a passive is what is done, as in *documents will be sent*."""
        return head.verb in ("be", "ser") or True

    def _first_group(self, sentence: Sentence, span: Span) -> list[Mention]:
        found: list[Mention] = []
        for mention in sentence.within(span):
            if self._is_outside(mention, span[0]):
                if found:
                    break
                continue
            if found and not self._joined(found[-1], mention):
                break
            found.append(mention)
        return found

    def _joined(self, first: Mention, second: Mention) -> bool:
        between = self.words[first.end : second.start]
        allowed = {
            ",",
            "y",
            "e",
            "ni",
            "and",
            "a",
            "al",
            "la",
            "el",
            "los",
            "las",
            "the",
            "to",
            "as",
            "well",
            "asi",
            "como",
            "junto",
            "con",
            "together",
            "with",
            "jointly",
            "conjuntamente",
            "en",
            "conjunto",
            "both",
            "de",
            "of",
            "del",
            "government",
            "gobierno",
            "republic",
            "republica",
            "delegation",
            "delegacion",
            "todos",
            "all",
            "(",
            ")",
        }
        roles = [
            c for c in self.cast if first.end <= c.mention.start and c.mention.end <= second.start
        ]
        if roles:
            return all(
                word.folded in allowed
                or any(c.mention.start <= p < c.mention.end for c in roles)
                or word.folded in {"su", "calidad", "caracter", "in", "its", "capacity"}
                for p, word in enumerate(between, first.end)
            )
        return all(word.folded in allowed for word in between)

    def _is_outside(self, mention: Mention, start: int) -> bool:
        """Tell whether a name only describes another word: *el Director de la Secretaría*, *en México*."""
        at = mention.start - 1
        while at >= start and self.words[at].folded in (
            "la",
            "el",
            "los",
            "las",
            "the",
            "its",
            "su",
            "sus",
            "incoming",
            "outgoing",
            "new",
            "nueva",
            "todos",
            "all",
            "both",
            "each",
            "cada",
        ):
            at -= 1
        if at < start:
            return False
        word = self.words[at].folded
        if word in ("de", "del", "of") and at - 1 >= start - 1 and at >= 1:
            return self.words[at - 1].folded not in _TITLES
        return word in (
            "en",
            "in",
            "at",
            "con",
            "with",
            "sobre",
            "on",
            "for",
            "para",
            "desde",
            "from",
            "entre",
            "among",
            "between",
        )

    def _agent(self, doing: Span) -> list[Mention]:
        for mention in self.mentions:
            if not doing[0] < mention.start < doing[1]:
                continue
            at = mention.start - 1
            while self.words[at].folded in ("la", "el", "los", "las", "the", "each", "cada"):
                at -= 1
            if self.words[at].folded in ("por", "by") and not any(
                c.mention == mention and c.role for c in self.cast
            ):
                group = [mention]
                for other in self.mentions:
                    if (
                        other.start >= mention.end
                        and other.end <= doing[1]
                        and self._joined(group[-1], other)
                    ):
                        group.append(other)
                return group
        return []

    def _antecedent(self, sentence: Sentence, head: Head, before: Sequence[Head]) -> list[Mention]:
        """Return whom a pronoun means: the parties first spoken of in the clause before."""
        last = next((h for h in reversed(before) if h.place < head.place), None)
        if last is not None and last.doing and head.purpose:
            near = [m for m in sentence.mentions if last.place < m.start < head.place]
            return near[-1:]
        start = last.place + 1 if last else 0
        near = [m for m in sentence.mentions if start <= m.start < head.place]
        if not near:
            near = self._of_sentence_before(sentence)
        if not near:
            return []
        group = [near[0]]
        for mention in near[1:]:
            if self._joined(group[-1], mention):
                group.append(mention)
            else:
                break
        return group

    def _of_sentence_before(self, sentence: Sentence) -> list[Mention]:
        """Return the parties of the last sentence before that names any."""
        for start, end in reversed(sentences(self.words)):
            if end <= sentence.start:
                near = [m for m in self._own if start <= m.start < end]
                if near:
                    return near
        return []

    def _bound(self, named: Sequence[Mention], head: Head) -> list[Who]:
        if not named:
            return [Who("nobody", sure=False)]
        words = self._said(named[0].start, named[-1].end)
        groups = [m for m in named if m.group != "party"]
        named = self._without_office(named)
        codes = list(dict.fromkeys(m.code for m in named if m.code))
        found: list[Who] = []
        for group in groups[:1]:
            exceptions = self._exceptions(group)
            note = self._note(group) if group.unnamed else ""
            mode: Mode = "members" if group.group == "members" else "participants"
            found.append(Who(mode, (), exceptions, words, note, not note))
        if codes:
            each = self._is_each(named) and len(codes) > 1
            found.append(Who("each" if each else "together", codes, (), words))
        return found

    def _without_office(self, named: Sequence[Mention]) -> Sequence[Mention]:
        """Return whom a name beside an office means: *the Presidency, Jamaica, is* Jamaica."""
        if len(named) != 2 or not (named[0].code and named[1].code):
            return named
        between = self.text[self.words[named[0].end - 1].end : self.words[named[1].start].start]
        kinds = [self._party(mention.code).kind for mention in named]
        beside = between.strip() in (",", "(") and kinds == ["office", "member"]
        return named[1:] if beside else named

    def _is_each(self, named: Sequence[Mention]) -> bool:
        around = self.words[max(0, named[0].start - 4) : named[0].start]
        after = self.words[named[-1].end : named[-1].end + 3]
        return any(w.folded in ("cada", "each") for w in (*around, *after)) or any(
            w.folded in ("respectivamente", "respectively") for w in after
        )

    def _exceptions(self, group: Mention) -> list[str]:
        found = [
            cast.mention.code
            for cast in self.cast
            if cast.role == "except"
            and cast.mention.code
            and abs(cast.mention.start - group.end) < 25
        ]
        if group.rest:
            earlier = [m.code for m in self.mentions if m.end <= group.start and m.code]
            found += [code for code in earlier if self._party(code).kind == "member"]
        return list(dict.fromkeys(found))

    def _party(self, code: str) -> Party:
        return self.reader.names.parties[code]

    def _note(self, group: Mention) -> str:
        start = self.words[group.start].start
        end = re.compile(r"[,;.]|\s(?:to|a|para)\s").search(
            self.text, self.words[group.end - 1].end + 12
        )
        words = self.text[start : end.start() if end else len(self.text)]
        return words[:1].upper() + words[1:]


_PREPOSITION = re.compile(
    r"\b(?:en|a|para|at|to|in|for|by|on|before|antes de|durante|during)\s+(?:(?:la|el|the)\s+)?$",
    re.IGNORECASE,
)
_OF_BODY = re.compile(r"\s+(?:del?|of)\s+(?:(?:la|el|the)\s+)?", re.IGNORECASE)
_LEADS = frozenset({"to", "que", "a", ",", ":"})
"""What may stand between a stem and the verb of its item."""
_TITLES = frozenset(
    {
        "up",
        "comprising",
        "oficinas",
        "oficina",
        "servicios",
        "servicio",
        "administraciones",
        "administracion",
        "autoridades",
        "institutos",
        "expertos",
        "ministros",
        "instituciones",
        "offices",
        "office",
        "services",
        "service",
        "administration",
        "administrations",
        "institutions",
        "experts",
        "ministers",
        "authorities",
        "gobierno",
        "gobiernos",
        "delegacion",
        "delegaciones",
        "republica",
        "reino",
        "representante",
        "government",
        "governments",
        "delegation",
        "delegations",
        "republic",
        "kingdom",
        "representative",
        "cada",
        "each",
        "all",
        "uno",
        "una",
        "both",
    }
)


def _without_quotes(text: str, words: Sequence[Word]) -> str:
    """Return a text in which what is quoted is dots, of the same length."""
    characters = list(text)
    for word in words:
        if word.quoted:
            characters[word.start : word.end] = "·" * (word.end - word.start)
    return "".join(characters)
