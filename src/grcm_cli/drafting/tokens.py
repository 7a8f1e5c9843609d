"""The words of a text with their places, and its sentences.

What is quoted in a text lays down no duty, but for a statement that stands in the minutes.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple, SupportsIndex, overload

from grcm_cli.language.lexicon import (
    all_entries,
    all_words,
    alternatives,
    lexicon,
    phrase_regex,
)
from grcm_cli.language.text import fold_words
from grcm_cli.language.verbs import ACTS, STATIVE, VerbForm, unlisted_subjunctive, verb_forms

_TOKEN = re.compile(
    r"EE\.\s?UU\.|U\.S\.(?:A\.)?"
    rf"|{alternatives(all_entries('text.abbreviations'))}\.(?=\s)"
    r"|[A-ZÁÉÍÓÚÑ][^\W\d_]*(?:['’.-][^\W\d_]+)*(?=/)"  # "TS/IOM", and not "and/or"
    r"|[0-9]+(?:[.,:/-][0-9]+)*[ºªo]?(?:st|nd|rd|th)?|[^\W\d_]+(?:['’./-][^\W\d_]+)*|[^\w\s]"
)
_OPENING_MARK = re.compile('[“«"\u2018]')
_CLOSING_MARKS = {"“": "”", "«": "»", '"': '"', "\u2018": "\u2019"}
_STATEMENT = phrase_regex(r"\b<text.statements>\b[^.;]*$")
_STATED = 120  # characters before a statement, in which it is called one
_END_OF_SENTENCE = frozenset(".;!?")
_SHORTENED = all_words("text.shortened")
"""What a full stop shortens: *15 Jan. 2003*, *5 p.m. on Monday*, *Dr. Silva*."""
_AND = frozenset({"and", "e", "o", "or", "y"})
_LEADING_TO_LIST = all_words("doubts.modals") | all_words("parties.following") | {"will"}
_DIRECTIVE = {verb for acts in ACTS.values() for verb, act in acts.items() if act == "directive"}
_OPENING = all_words("text.opening_clause")
_RELATIVES, _FINITE = all_words("clause.relatives"), all_words("clause.finite")
_DASHES = frozenset("-–—")
_AFTER_NOUN = frozenset({"by", "for", "from", "of"})
_LEADING = all_words("clause.and").union(
    *(all_words("clause.determiners"), all_words("clause.prepositions")),
    *(all_words("clause.adverbs"), all_words("clause.modals"), _RELATIVES),
)
"""Words before a verb that begins no clause: *also requests*, *the country that requests*."""
_AM = frozenset({"am", "are", "is"})
_OTHERS = all_words("clause.others")
_NEAR_NAME = 10  # words from a name to what is asked of it
_LONGEST = 600  # words of a sentence
_NEAR_VERB = 6  # words from a relative to its verb
_NEAR = 25  # words from a sign to the brackets around it
_REMEMBERED = 8192  # words whose forms are remembered; a long document has as many different ones
_WISHING = _DIRECTIVE | lexicon("es").words("verbs.agreeing")
_ARTICLES = lexicon("es").words("clause.articles")
_LINKS = _ARTICLES | {"de", "del", "e", "y"}
_STATES = STATIVE | lexicon("es").words("verbs.having_means")
_BEFORE_WISH = lexicon("es").words("clause.before_verb") - _ARTICLES
_UNLISTED_CONDITIONAL = re.compile("([a-záéíóúñ]{2,}[aei]r)ían?")
_NO_WISH = lexicon("es").words("clause.prepositions") | {"que"}
_OBLIGING = lexicon("es").words("courtesy.obliging")
_SEEING_FIT = lexicon("es").words("courtesy.seeing_fit")
_FIT = ("a", "bien")
_OPENINGS = frozenset({"", ".", ";", ":", ",", "y", "e", ")"})
_BINDING = ("future", "subjunctive", "conditional", "infinitive")
_item = list.__getitem__  # super() costs as much as the lookup, which is the most frequent call


class Word(NamedTuple):
    """One word or sign."""

    text: str
    folded: str
    start: int
    end: int
    forms: Sequence[VerbForm] = ()
    moods: frozenset[str] = frozenset()  # those of the forms
    quoted: bool = False

    @property
    def is_genitive(self) -> bool:
        """Whether it says whose something is: *Kenya's*."""
        return self.text.endswith(("'s", "’s"))

    def is_form(self, *moods: str) -> bool:
        """Tell whether it may be a verb in one of these moods."""
        return not self.moods.isdisjoint(moods)

    def form(self, *moods: str) -> VerbForm | None:
        """Return it as a verb in one of these moods, or None."""
        if self.moods.isdisjoint(moods):  # as most words
            return None
        return next(form for form in self.forms if form.mood in moods)

    def as_verb(self, *forms: VerbForm) -> "Word":
        """Return the word as one with these forms alone."""
        return self._replace(forms=forms, moods=frozenset(form.mood for form in forms))


class Words(list[Word]):
    """The words of a text; at a place before the first and behind the last there is an empty one.

    Rules look a few words ahead and back, and a text may break off anywhere.
    """

    @overload
    def __getitem__(self, at: SupportsIndex) -> Word: ...
    @overload
    def __getitem__(self, at: slice) -> list[Word]: ...
    def __getitem__(self, at: Any) -> Any:
        """Return the word at a place from 0, or those of a slice."""
        try:
            if at >= 0:  # as most
                return _item(self, at)
        except TypeError:  # a slice
            return _item(self, at)
        except IndexError:
            end = _item(self, -1).end if self else 0
            return Word("", "", end, end)
        return Word("", "", 0, 0)


def words_of(text: str, language: str) -> list[Word]:
    """Return the words of a text; those inside quotation marks carry no verb.

    The dashes before items of a list in a line are none: *agreed: – to write; – to reply*.
    """
    places = (place for place in _quotations(text) if not _is_statement(text, *place))
    quoted = {at for start, end in places for at in range(start, end)}
    words: list[Word] = []
    for match in _TOKEN.finditer(text):
        if match[0] in _DASHES and words and words[-1].text in (":", ";"):
            continue
        folded, forms, moods = _known_word(match[0], language)
        if match.start() in quoted:
            words.append(Word(match[0], folded, *match.span(), quoted=True))
        else:
            words.append(Word(match[0], folded, *match.span(), forms, moods))
    return words


@lru_cache(_REMEMBERED)
def _known_word(token: str, language: str) -> tuple[str, Sequence[VerbForm], frozenset[str]]:
    """Return a word folded, what it may be the form of, and the moods of these."""
    forms = verb_forms(token, language) if token[0].isalpha() else ()
    return fold_words(token), forms, frozenset(form.mood for form in forms)


def place_at(words: Sequence[Word], offset: int, span: tuple[int, int]) -> int:
    """Return the place of the first word of a span that begins at an offset of the text or after.

    It is the end of the span where none does.
    """
    return bisect_left(words, offset, *span, key=lambda word: word.start)


def skip(words: Sequence[Word], skipped: Container[str], start: int, end: int) -> int:
    """Return the place after those of some words that stand at a place, one after another."""
    places = range(start, end)
    return next((at for at in places if words[at].folded not in skipped), max(start, end))


def skip_back(words: Sequence[Word], skipped: Container[str], end: int, start: int = 0) -> int:
    """Return where those of some words begin that stand before a place, one after another."""
    places = range(end, start, -1)
    return next((at for at in places if words[at - 1].folded not in skipped), min(start, end))


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of what is quoted, marks included. A mark that is never closed opens none.

    A single mark is closed at the end of a word of more than two letters: it is no apostrophe.
    """
    closed: dict[str, int] = {}
    """The next closing mark for each opening one: no stretch of the text is searched twice."""
    place = 0
    while match := _OPENING_MARK.search(text, place):
        mark, place = match[0], match.end()
        if closed.get(mark, 0) < place:
            closing = text.find(_CLOSING_MARKS[mark], place)
            closed[mark] = closing if closing >= 0 else len(text)
        close = closed[mark]
        following = text[close + 1 : close + 2]
        is_apostrophe = close < place + 3 or following.isalnum() or following == "_"
        if close == len(text) or (mark == "\u2018" and is_apostrophe):
            continue
        yield match.start(), close + 1
        place = close + 1


def _is_statement(text: str, start: int, end: int) -> bool:
    """Tell whether a quotation is all that a sentence of minutes has, or what somebody stated.

    *“The Chair thanks all. She will write to Kenya.”*, *Statement by Fiji: “…”*; but *shall be
    replaced by: “The Board shall meet.”*
    """
    before = text[max(0, start - _STATED) : start].rstrip()
    is_whole = text[end - 2 : end - 1] in _END_OF_SENTENCE and text[start + 1 : end].count(" ") > 1
    return is_whole and (before[-1:] in ("", ".") or _STATEMENT.search(before) is not None)


def sentences(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Return the sentences as spans of words; a semicolon ends one too, but not in a list."""
    spans = []
    start, mood, is_topic, has_acts = 0, "", False, False
    for place, word in enumerate(words):
        if _runs_on(words, start, place):
            spans.append((start, place))
            start, mood, is_topic, has_acts = place, "", False, False
        if word.text == ":":
            mood = _mood_of_list(words, start, place)
            is_topic = not any(each.forms or each.folded == "to" for each in words[start:place])
            has_acts = _lists_acts(words, start, place)
        goes_on = word.text == ";" and _goes_on_behind(words, place, mood)
        goes_on = goes_on and not (has_acts or (is_topic and _is_whole_item(words, place)))
        goes_on = goes_on or _is_inside(words, place)
        if word.text in _END_OF_SENTENCE and not word.quoted and not goes_on:
            spans.append((start, place))
            start, mood = (_behind_label(words, place) if has_acts else place + 1), ""
            is_topic, has_acts = is_topic and word.text == ";", has_acts and word.text == ";"
    if start < len(words):
        spans.append((start, len(words)))
    return spans


def _lists_acts(words: Sequence[Word], start: int, colon: int) -> bool:
    """Tell whether each item of a list is an act: *agreed: (a) to ask Kenya to write; (b) to*."""
    begin = _behind_label(words, colon)
    verbs = words[skip(words, {"to"}, begin, len(words)) :][:1]
    is_asked = any(map(_asks, words[start:colon]))  # "asks Kenya: to request details; to reply"
    return not is_asked and any(verb.is_form("infinitive") and _asks(verb) for verb in verbs)


def _behind_label(words: Sequence[Word], sign: int) -> int:
    """Return the place after the label of an item behind a sign, *(a)*, if it has one."""
    label = [word.text for word in words[sign + 1 : sign + 4]]
    return sign + 2 + label.index(")") if ")" in label else sign + 1


def _asks(word: Word) -> bool:
    return any(form.verb in _DIRECTIVE for form in word.forms)


def _mood_of_list(words: Sequence[Word], start: int, colon: int) -> str:
    """Return the mood of the verbs of a list of what is asked for, behind its colon, or nothing.

    *Is tasked with the following: preparing a map; sending it*, *se encarga a Chile: preparar*.
    """
    verb = words[min(colon + 1, len(words) - 1)]
    moods = (mood for mood in ("gerund", "infinitive") if verb.is_form(mood))
    asks = any(word.folded in _LEADING_TO_LIST or _asks(word) for word in words[start:colon])
    return next(moods, "") if asks else ""


def _is_inside(words: Sequence[Word], place: int) -> bool:
    """Tell whether a full stop is inside a symbol or shortens a word: *Amd.1*, *15 Jan. 2003*."""
    if place + 1 >= len(words) or words[place].text != ".":
        return False
    following = words[place + 1]
    if following.start == words[place].end:
        return following.text[0].isdigit() or following.text[0].islower()
    before = words[place - 1].folded if place else ""
    title = words[place - 2].folded.rstrip(".") if place > 1 else ""
    shortens = before in _SHORTENED or (len(before) == 1 and title in _SHORTENED)  # "Dr H. Lee"
    is_label = place + 2 < len(words) and words[place + 2].text in (")", ".")
    goes_on = following.text[0].islower() and not _opens_clause(following)
    return shortens or (goes_on and not is_label)


def _runs_on(words: Sequence[Word], start: int, place: int) -> bool:
    """Tell whether a clause begins without a stop: *considering the vote resolves to print it*.

    The clauses of such a decision have no subject: the sentence begins with a verb, too.
    """
    first, word, before = words[start], words[place], words[place - 1]
    if start == place or not (_opens_clause(word) and _opens_clause(first)):
        return False
    if words[min(place + 1, len(words) - 1)].folded in _AFTER_NOUN:  # "noting requests for help"
        return False
    if word.form("gerund") and not first.form("gerund"):  # "requests Kenya to continue considering"
        return False
    near = range(start + 1, place)
    that = max((at for at in near if words[at].folded in _RELATIVES), default=start)
    is_told = that > start and not any(_is_finite(words[at]) for at in range(that + 1, place))
    is_led = before.folded in _LEADING or not (before.text[-1].isalnum() or before.text in ")”")
    return not (is_told or is_led)


def _opens_clause(word: Word) -> bool:
    """Tell whether a verb may open a clause of a decision: *considering*, *resolves*."""
    return word.folded in _OPENING and word.is_form("present", "gerund")


def _is_finite(word: Word) -> bool:
    return word.is_form("present", "past", "future") or word.folded in _FINITE


def parts_of(words: Sequence[Word], sentence: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield a sentence, in parts where it is too long: reading takes the square of its length."""
    start, end = sentence
    while end - start > _LONGEST:
        near = range(start + _LONGEST, start + _LONGEST // 2, -1)
        cut = next((place for place in near if words[place].text == ","), start + _LONGEST)
        yield start, cut
        start = cut + (words[cut].text == ",")
    if start < end:
        yield start, end


def _goes_on_behind(words: Sequence[Word], place: int, mood: str) -> bool:
    """Tell whether a semicolon ends no sentence: *(Chile y Perú; Cuba y Haití)*, *; y que*.

    An item of a list may begin there: *; b) to convene*, or a verb in the mood of the list; or
    another who is asked: *; a Cuba, que la revise*.
    """
    before = [word.text for word in words[max(0, place - _NEAR) : place] if word.text in "()"]
    after = [word.text for word in words[place : place + _NEAR] if word.text in "()"]
    begin = skip(words, _AND, place + 1, min(place + 2, len(words)))
    first, second, *_others = [*(word.folded for word in words[begin : begin + 2]), "", ""]
    is_roman = set(first) <= set("ivx")  # "; ii. send a map"
    is_labelled = len(first) <= 3 and (second == ")" or (second == "." and is_roman))
    is_listed = first in ("to", "que", "(") or is_labelled or _is_whom(words, begin)
    has_verb = mood != "" and any(word.is_form(mood) for word in words[begin : begin + 1])
    return is_listed or has_verb or (before[-1:] == ["("] and after[:1] == [")"])


def _is_whole_item(words: Sequence[Word], place: int) -> bool:
    """Tell whether an item with its own subject is behind a semicolon: *; b) México pagará*."""
    begin = _behind_label(words, place)
    first = words[begin : begin + 1] if begin > place + 1 else []
    return any(not word.forms and word.folded not in ("to", "que", "that") for word in first)


def _is_whom(words: Sequence[Word], begin: int) -> bool:
    """Tell whether another who is asked stands at a place: *; a Cuba, que la revise*."""
    name = skip(words, _ARTICLES, begin + 1, min(begin + 2, len(words)))
    if words[begin].folded not in ("a", "al"):
        return False
    near = words[name : name + _NEAR_NAME]
    leads = any(
        word.folded == "que" or (word.folded == "a" and verb.text.endswith("r"))
        for word, verb in pairwise(near)
    )
    return leads and (near[0].text[:1].isupper() or near[0].folded in _OTHERS)


def as_read(words: Sequence[Word], language: str) -> Words:
    """Return the words of a passage with what others say of their verbs."""
    if language == "es":
        return Words(_with_unlisted_verbs(_without_courtesy(words)))
    return Words(_with_progressive_requests(words))


# --- verbs that no list has, behind a request: *solicita a Chile que licite* ----------------------


def _with_unlisted_verbs(words: Sequence[Word]) -> list[Word]:
    """Return Spanish words with the forms of those that can only be a wish, or a conditional.

    The latter stand behind a name or a pronoun: *Perú alquilaría*, but *la categoría*.
    """
    folded = ["", *(word.folded for word in words)]
    is_that = [pair == ("es", "decir") for pair in pairwise(folded)]  # "es decir" is no verb
    words = [each.as_verb() if no else each for each, no in zip(words, is_that, strict=True)]
    read_words, wishes = list(words), False
    for place, word in enumerate(words):
        would = _UNLISTED_CONDITIONAL.fullmatch(word.text) if place and not word.forms else None
        before = words[place - 1]
        if would and (before.text.istitle() or before.folded in _BEFORE_WISH):
            read_words[place] = word.as_verb(VerbForm(would[1], "conditional"))
        wishes |= any(form.verb in _WISHING for form in word.forms)
        wishes &= word.folded not in _END_OF_SENTENCE
        if not wishes or word.folded not in ("que", "y") or words[place - 1].text == ",":
            continue
        verb = named = skip(words, _BEFORE_WISH, place + 1, len(words))
        while verb < len(words) and (words[verb].text.istitle() or words[verb].folded in _LINKS):
            verb += 1
        is_subject = verb == named or words[verb - 1].text.istitle()
        is_subject &= word.folded == "que" or named == verb > place + 1  # "y lo publique"
        verb = skip(words, _BEFORE_WISH, verb, len(words))
        if is_subject and verb < len(words) and not _is_relative(words, place, verb):
            form = None if words[verb].forms else unlisted_subjunctive(words[verb].text)
            read_words[verb] = words[verb].as_verb(form) if form else words[verb]
    return read_words


def _is_relative(words: Sequence[Word], that: int, verb: int) -> bool:
    """Tell whether a verb only says of whom another is asked: *a los que pescan que envíen*."""
    ends = (at for at in range(verb, len(words)) if words[at].folded in _END_OF_SENTENCE)
    is_of_thing = words[that - 1].text.islower() and words[that - 1].folded not in _NO_WISH
    for at in range(verb + 1, next(ends, len(words)) if is_of_thing else 0):
        before = words[skip_back(words, _BEFORE_WISH, at) - 1].folded
        is_wish = before == "que" and words[at].is_form("subjunctive")
        if is_wish or (words[at].is_form("infinitive") and before not in _NO_WISH - {"a"}):
            return True
    return False


def wish_behind(words: Sequence[Word], that: int) -> int | None:
    """Return the *a* behind a Spanish relative clause of those who are asked, or None.

    *A los que tengan puertos a revisarlos*; but *a la Secretaría que invite a los países a venir*.
    """
    moods = ("present", "past", "subjunctive")
    near = range(that + 1, min(that + _NEAR_VERB, len(words)))
    verb = next((at for at in near if words[at].is_form(*moods)), len(words))
    forms = words[verb].forms if verb < len(words) else ()
    if any(form.mood == "subjunctive" and form.verb not in _STATES for form in forms):
        return None
    for at in range(verb + 2, min(that + _NEAR, len(words) - 1)):
        is_wish = words[at + 1].is_form("infinitive") or words[at + 1].folded == "que"
        if words[at].text in _END_OF_SENTENCE or (words[at].folded == "a" and is_wish):
            return at if is_wish else None
    return None


def _with_progressive_requests(words: Sequence[Word]) -> list[Word]:
    """Return English words with *is asking*, *are urging* as forms of the present."""
    read_words = list(words)
    for place, word in enumerate(words):
        form = word.form("gerund")
        is_progressive = form is not None and form.verb in _DIRECTIVE
        if form and is_progressive and words[place - 1].folded in _AM:
            read_words[place] = word.as_verb(form._replace(mood="present"))
    return read_words


# --- words of courtesy: *se servirá remitir*, *tenga a bien designar* -----------------------------
#
# They say no more than the verb itself would. It takes over their form, as if the text had
# *remitirá* and *designe*; they are no words of the sentence.


def _without_courtesy(words: Sequence[Word]) -> list[Word]:
    """Return Spanish words without those of courtesy, whose form their verb has taken over."""
    kept = list(words)
    dropped: set[int] = set()
    for place in range(len(words)):
        form = _form_of_courtesy(words, place) if words[place].forms else None
        if form is None:
            continue
        end = place + 1 + (len(_FIT) if form.verb in _SEEING_FIT else 0)
        # The infinitive that they lead to, whoever is named before it.
        near = range(end, min(end + 30, len(words)))
        ends = (at for at in near if words[at].is_form(*_BINDING) or words[at].text in ".;")
        verb = next(ends, None)
        if verb is None or not words[verb].is_form("infinitive"):
            continue
        infinitive = [each for each in words[verb].forms if each.mood == "infinitive"]
        taken = [each._replace(mood=form.mood) for each in infinitive]
        kept[verb] = words[verb].as_verb(*infinitive, *taken)
        first = place - (place > 0 and form.enclitic == "" and words[place - 1].folded == "se")
        dropped.update(range(first, end))
    return [word for place, word in enumerate(kept) if place not in dropped]


def _form_of_courtesy(words: Sequence[Word], place: int) -> VerbForm | None:
    """Return the form of a verb that begins such words at a place, as it binds, or None."""
    before = words[place - 1].folded if place else ""
    following = tuple(word.folded for word in words[place + 1 : place + 3])
    for form in words[place].forms:
        if form.verb in _OBLIGING and following[:1] not in ((), ("de",)):
            if form.enclitic == "se" and form.mood == "present" and before in _OPENINGS:
                return form._replace(mood="future")  # "Sírvase la Secretaría remitir"
            if form.mood in _BINDING and (before == "se" or form.enclitic == "se"):
                return form
        if form.verb in _SEEING_FIT and following == _FIT and form.mood in _BINDING:
            return form
    return None
