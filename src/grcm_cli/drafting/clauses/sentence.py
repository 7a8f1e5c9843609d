"""A sentence as clauses are read in it: who is named, and how its words belong together."""

from collections.abc import Container

from grcm_cli.drafting.clauses.clause import FUTURE, Clause
from grcm_cli.drafting.clauses.grammar import grammar
from grcm_cli.drafting.parties import Mention, WordSpan, mentions_from
from grcm_cli.drafting.passage import Passage
from grcm_cli.drafting.tokens import skip, skip_back
from grcm_cli.language.lexicon import phrase_regex

_LINKS = phrase_regex("<clause.links>")
_LINK = 3  # words of *in this regard*
_FINITE = ("present", "past", "future", "conditional", "subjunctive")
_NEAR = 40  # words from a verb to another that belongs to it, or to whoever does it
_NEAR_VERB = 8  # words of a time between a modal verb and the verb


class Sentence:
    """The words of a passage that are a sentence, who acts in it, and its grammar.

    `is_item` tells that it is an item of a list, and completes the sentence above the list. `body`
    is the body that meets: what it agrees to is a decision, and no duty of its own.
    """

    def __init__(self, passage: Passage, span: WordSpan, *, is_item: bool, body: str) -> None:
        self.passage, self.words, self.is_item, self.body = passage, passage.words, is_item, body
        self.mentions = mentions = mentions_from(passage.acting, *span)
        self.grammar = grammar(passage.language)
        self.lists, self.has_marker = self.grammar.lists, bool(self.grammar.marker)
        """Its words, and whether modal verbs and *to* tell a duty, not the endings of verbs."""
        self.start, self.end = span
        self.mention_at = {mention.start: mention for mention in mentions}.get
        self.mention_before = {mention.end: mention for mention in mentions}.get
        self.mention_over = {at: each for each in mentions for at in range(*each[:2])}.get
        """The mention that begins at a word, ends just before it, or has it; or None."""
        self.before: list[Clause] = []  # the clauses before the word that is looked at

    # --- words and names -------------------------------------------------------------------------

    def is_meeting(self, mention: Mention) -> bool:
        """Tell whether a mention is that of the body that meets."""
        return bool(self.body) and mention.code == self.body

    def mentions_within(self, span: WordSpan) -> list[Mention]:
        """Return the mentions inside a span of words."""
        return [each for each in mentions_from(self.mentions, *span) if each.end <= span[1]]

    def next_of(self, words: Container[str], start: int, end: int | None = None) -> int | None:
        """Return the place of the first word from `start` on that is among some, or None."""
        places = range(start, self.end if end is None else min(end, self.end))
        return next((place for place in places if self.words[place].folded in words), None)

    def folded_at(self, place: int) -> str:
        """Return the word at a place, folded; empty from the end of the sentence on."""
        return self.words[place].folded if place < self.end else ""

    def folded_from(self, start: int, count: int) -> list[str]:
        """Return up to some words from a place on, folded; none behind the sentence."""
        return [word.folded for word in self.words[start : min(start + count, self.end)]]

    def said_in(self, start: int, end: int) -> str:
        """Return the words between two places, folded."""
        return " ".join(word.folded for word in self.words[start:end])

    def folded_before(self, place: int) -> str:
        """Return the word before a place, folded; empty at the beginning of the sentence."""
        return self.words[place - 1].folded if place > self.start else ""

    def skip(self, skipped: Container[str], place: int) -> int:
        """Return the place after those of some words that stand at a place."""
        return skip(self.words, skipped, place, self.end)

    def skip_back(self, skipped: Container[str], place: int) -> int:
        """Return where those of some words begin that stand before a place."""
        return skip_back(self.words, skipped, place, self.start)

    def is_label(self, place: int) -> bool:
        """Tell whether the word at a place ends a label: *a)*."""
        return place > self.start and self.words[place].text == ")"

    def label_of(self, place: int) -> WordSpan | None:
        """Return the label of the item that a word is in, behind a sign: *; b)* Kenya reply."""
        close = next((at for at in range(place - 1, self.start, -1) if self.is_label(at)), None)
        if close is None or not self.words[close - 1].text.isalnum():
            return None
        begin = close - 1 - (self.folded_before(close - 1) == "(")
        is_item = self.folded_before(begin) in {":", ";", ","} | self.lists["clause.and"]
        return (begin, close + 1) if is_item else None

    def end_of_names(self, first: int) -> int:
        """Return where the names end that are joined with the one that begins at a word."""
        named = [mention for mention in self.mentions if mention.start >= first]
        return self.passage.joined_first(named)[-1].end

    # --- verbs -----------------------------------------------------------------------------------

    def is_adverb(self, at: int) -> bool:
        """Tell whether a word only tells how: *warmly*, *also*; or is a pronoun before a verb."""
        word = self.words[at]
        if word.folded in self.grammar.before_verb:
            return True
        if word.folded in self.lists["clause.comparing"]:  # "to more systematically include"
            return self.folded_at(at + 1).endswith("ly")
        ends_so = word.folded.endswith("ly") and word.text.islower()
        return self.has_marker and ends_so and not word.forms  # "reply" is none

    def after_words_or_adverbs(self, words: Container[str], at: int) -> int:
        """Return the place after some words and adverbs that stand at a place, if any do."""
        while at < self.end and (self.words[at].folded in words or self.is_adverb(at)):
            at += 1
        return at

    def after_adverbs(self, at: int) -> int:
        """Return the place after the adverbs that stand at a place, if any do."""
        start, joints = at, self.lists["clause.and"]
        while at < self.end:
            # "fully and promptly"
            is_joint = start < at < self.end - 1 and self.folded_at(at) in joints
            if not self.is_adverb(at) and not (is_joint and self.is_adverb(at + 1)):
                break
            at += 1
        return at

    def after_aside(self, at: int) -> int:
        """Return the place after an aside in commas that stands at a place, if one does."""
        close = self.next_of((",",), at + 1) if self.folded_at(at) == "," else None
        return at if close is None else close + 1

    def end_of_description(self, at: int, start: int) -> int:
        """Return the place after an aside that describes a name and lies before `at` or around it.

        It is `start` where there is none. *Kenya, led by Fiji, with*, *Chile, que preside el grupo,
        la revisión*.
        """
        places = range(at - 2, start, -1)
        opening = next((comma for comma in places if self.words[comma].text == ","), start)
        is_led = self.folded_at(opening + 2) in self.lists["clause.by"]
        is_relative = self.folded_at(opening + 1) in self.lists["clause.relative_pronouns"]
        return self.after_aside(opening) if is_led or is_relative else start

    def before_adverbs(self, at: int, start: int | None = None) -> int:
        """Return the place before the adverbs and pronouns that stand before a verb."""
        floor = self.start if start is None else start
        while at > floor:
            if self.is_adverb(at - 1):
                at -= 1
            elif at - _LINK >= floor and _LINKS.fullmatch(self.said_in(at - _LINK, at)):
                at -= _LINK  # "and in this regard requests"
            else:
                break
        return at

    def is_verb(self, at: int) -> bool:
        """Tell whether the word after *to* is a verb: known as one, or before an object."""
        if at >= self.end:
            return False
        word, lists = self.words[at], self.lists
        if word.text.istitle() and self.folded_before(at) == self.grammar.marker:
            return False  # "the Programme of Action to Combat the Illicit Trade"
        if word.is_form("infinitive") or word.folded in lists["clause.plain_verbs"]:
            return True
        letters = word.text.replace("-", "")  # "re-submit"
        if not (letters.isalpha() and letters.islower()) or word.folded.endswith("s"):
            return False
        if word.folded in self.grammar.before_noun | lists["clause.no_infinitives"]:
            return False
        objects = lists["clause.determiners"] | lists["clause.after_infinitive"]
        return self.folded_at(at + 1) in objects

    def infinitive_at(self, at: int) -> int | None:
        """Return the verb of an infinitive that begins at a place, behind its *to*, or None."""
        if at >= self.end:
            return None
        if self.has_marker:
            if self.words[at].folded != self.grammar.marker:
                return None
            # "to each submit their plan", "to, by 3 May, submit it"
            at = self.after_aside(self.skip(self.lists["clause.each"], at + 1))
            return at if self.is_verb(self.after_adverbs(at)) else None
        word = self.words[at]
        is_verb = word.is_form("infinitive") and not self.mention_over(at)
        is_time = word.folded in self.lists["action.of_time"] and self.folded_before(at) == "a"
        return at if is_verb and not is_time else None  # "a partir de 2004"

    def next_infinitive(self, start: int, end: int | None = None) -> int | None:
        """Return the verb of the first infinitive from a place on, or None."""
        places = range(start, self.end if end is None else min(end, self.end))
        return next((v for at in places if (v := self.infinitive_at(at)) is not None), None)

    def verb_after_modal(self, start: int) -> int | None:
        """Return the verb after a modal, whatever adverb or aside stands between, or None.

        Where endings tell a verb, its subject may stand there too: *deberá la Secretaría enviar*.
        """
        at = start
        while at < min(start + _NEAR, self.end):
            word = self.words[at]
            if word.text == ",":  # an aside, up to a comma or the colon of a list
                close = self.next_of((",", ":"), at + 1)
                if close is None:
                    return None
                at = close + 1
                continue
            if (behind := self._after_time(at)) > at:
                at = behind
                continue
            is_plain = word.folded in self.lists["clause.plain_verbs"]
            before = self.words[at - 1].folded
            is_led = before in self.lists["clause.prepositions"] and not self.has_marker
            is_led = is_led and at > start + 1  # "antes de enviar", but "habrá de enviar"
            is_led |= word.folded == "turn" and before == "in"
            if (word.is_form("infinitive") or is_plain) and not (is_led or self.mention_over(at)):
                return at
            is_between = (
                is_led or self.is_adverb(at) or word.folded in self.lists["clause.after_modal"]
            )
            is_listed = self.words[at - 1].text in ":(" or self.is_label(at)
            is_between = is_between or word.text in ":(" or is_listed  # "shall: (a) send"
            if self.has_marker and not is_between:
                # A word that no list has may be a verb where one is expected.
                is_word = word.text.isalpha() and word.text.islower() and len(word.text) > 2
                no_verb = word.folded in self.grammar.no_duty or word.folded.endswith("ly")
                return at if (is_word and not no_verb) or self.is_verb(at) else None
            at += 1
        return None

    def _after_time(self, at: int) -> int:
        """Return the place after the words that say when, between an English modal and its verb.

        *shall each year send*, *will by 3 May send*; the same place where there are none.
        """
        word = self.words[at].folded
        if not self.has_marker or word not in self.lists["clause.prepositions"] | {"each", "every"}:
            return at
        before_noun = self.grammar.before_noun
        for verb in range(at + 1, min(at + _NEAR_VERB, self.end)):
            if self.words[verb].is_form("infinitive") or self.words[verb].text == ",":
                return at if self.folded_before(verb) in before_noun else verb
        return at

    def is_participle(self, at: int) -> bool:
        """Tell whether a word may be the participle of a passive."""
        if at >= self.end:
            return False
        word = self.words[at]
        if not self.has_marker:
            return word.is_form("participle")
        ends_so = word.folded.endswith("ed") and not word.folded.startswith("un")
        return word.is_form("past") or ends_so  # "remain unchanged"

    def first_verb(self, start: int, *moods: str) -> int | None:
        """Return the first verb in one of some moods that is not inside a relative clause."""
        is_relative = False
        pronouns = self.lists["clause.clitics"] | self.lists["clause.subject_pronouns"]
        for at in range(start, self.end):
            word = self.words[at]
            is_noun = word.forms and self.folded_before(at) not in pronouns
            is_noun = is_noun or self.folded_before(at - 1) in self.lists["clause.prepositions"]
            if self.mention_over(at) or (is_noun and self.is_noun(at)):
                continue  # "su aporte", "de la presente reunión"
            if word.folded in self.lists["clause.relative_pronouns"] and at > start:
                is_relative = True
            if word.is_form(*moods) and not is_relative:
                return at
            if word.is_form(*moods, "past", "future", "conditional"):
                is_relative = False  # "Chile, que no asistió, informe"
        return None

    def is_noun(self, at: int) -> bool:
        """Tell whether a form that is also a noun stands after an article: *la cuenta*."""
        before = at - (self.has_marker and self.folded_before(at).endswith("ing"))
        is_behind = self.folded_before(before) in self.grammar.before_noun  # "the continuing need"
        return is_behind and not self.words[at].is_form("infinitive")

    def is_finite(self, at: int) -> bool:
        """Tell whether a word is the verb of a clause."""
        # Behind *no* it is one, after a pronoun that looks like an article: *que no los tienen*.
        near = () if self.has_marker else (self.folded_before(at), self.folded_before(at - 1))
        is_verb = self.words[at].is_form(*_FINITE) and ("no" in near or not self.is_noun(at))
        return is_verb or self.words[at].folded in self.lists["clause.finite"]

    @property
    def last(self) -> Clause | None:
        """The clause before."""
        return self.before[-1] if self.before else None

    def name_of(self, verb: int) -> str:
        """Return the infinitive of a verb."""
        form = self.words[verb].form("infinitive", *FUTURE, "subjunctive", "present")
        return form.verb if form else self.words[verb].folded

    def opens(self, place: int) -> bool:
        """Tell whether an infinitive is the sentence's own verb: also of *Asimismo, difundir*."""
        previous = self.words[place - 1].text
        return place == self.start or (not self.before and previous in (":", ")", ","))

    def is_opening(self, at: int) -> bool:
        """Tell whether nothing but a sign, a joint or a label stands before a word."""
        before = self.folded_before(at)
        is_joint = before in ("", ",", ";", ":") or before in self.lists["clause.and"]
        return is_joint or self.is_label(at - 1)
