"""A sentence as clauses are read in it: who is named, and how its words belong together."""

from collections.abc import Container, Sequence

from grcm_cli.drafting.clauses.clause import FUTURE, Clause
from grcm_cli.drafting.clauses.grammar import grammar
from grcm_cli.drafting.parties import Mention, WordSpan, mentions_from, places_of
from grcm_cli.drafting.passage import LEADING, Passage
from grcm_cli.drafting.tokens import skip, skip_back
from grcm_cli.language.lexicon import phrase_regex

SAME_AGAIN = phrase_regex("<parties.same_again>")  # words for a party that was named before

_LINKS = phrase_regex("<clause.links>")
_LINK = 3  # words of *in this regard*
_ROMAN = frozenset("ivxlc")
_BREAKS = frozenset({",", ":", ")"})
_FINITE = ("present", "past", "future", "conditional", "subjunctive")
_LONGEST_AGAIN = 6  # words of a pronoun and what may stand before it
_NEAR = 40  # words from a verb to another that belongs to it, or to whoever does it
_NEAR_VERB = 8  # words of a time between a modal verb and the verb
_NEAR_SUBJECT = 8  # words of a subject, and from a verb to the subject behind it


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

    def is_passive(self, verb: int) -> bool:
        """Tell whether a verb is passive: *be sent*, *se enviará*, *será enviado*."""
        word, reflexive = self.words[verb], self.lists["verbs.reflexive"]
        if self.folded_before(verb) in self.lists["clause.passive_pronouns"]:
            is_own = any(form.verb in reflexive for form in word.forms)
            is_own = is_own and self.next_of(("por",), verb, verb + _NEAR) is None
            named = self.mention_before(verb - 1)  # "Chile se hará cargo", but "de Chile se hará"
            return not is_own and not (named and self._may_be_subject([named], self.start))
        is_be = word.folded == "be" or any(form.verb == "ser" for form in word.forms)
        at = self.after_adverbs(verb + 1)  # but "será la encargada"
        return is_be and self.is_participle(at) and not self.is_noun(at)

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
        is_verb = self.words[at].is_form(*_FINITE) and not self.is_noun(at)
        return is_verb or self.words[at].folded in self.lists["clause.finite"]

    # --- subjects --------------------------------------------------------------------------------

    def meeting_before(self, at: int) -> bool:
        """Tell whether the subject before a verb is the meeting or those who sit in it."""
        if self.mention_before(at):
            return True
        last, lists = self.folded_before(at), self.lists
        is_far = not self.has_marker or last.isdecimal() or last in lists["clause.headed"]
        start = max(self.start, at - (8 if is_far else 1))  # "WG 3 requested"
        return self.next_of(self.grammar.asking, start, at) is not None

    def subject_of(self, start: int, verb: int) -> WordSpan | None:
        """Return the words of the subject before a verb: a party, or somebody the register lacks.

        Names in an aside before the verb are none of it: *Kenya, after consulting Fiji, shall*.
        """
        if again := self._again_before(start, verb):
            return again
        colon = next((at for at in range(verb - 1, start, -1) if self.words[at].text == ":"), None)
        if colon and self.before_adverbs(verb, start) > colon + 2 and not self.is_label(colon + 2):
            start = colon + 1  # "the Board set a date: all offices will"
        groups: list[list[Mention]] = []
        joints = self.lists["clause.joints"]
        for mention in self.mentions_within((start, self._before_aside(start, verb))):
            if groups and self.passage.joined(groups[-1][-1], mention, joints):
                groups[-1].append(mention)
            else:
                groups.append([mention])
        subjects = (self._acting(group, start) for group in reversed(groups))
        if not (subject := next(filter(None, subjects), None)):
            return self.actor_before(start, verb)
        end = skip(self.words, self.lists["clause.actors"], subject[-1].end, verb)
        return subject[0].start, end  # "the TC 5 editors"

    def _again_before(self, start: int, verb: int) -> WordSpan | None:
        """Return the subject before a verb where it means who was named: *they*, *cada una*."""
        end = self.skip_back(self.lists["clause.perfect"], self.before_adverbs(verb, start))
        opening = _BREAKS | self.lists["clause.and"] | {self.grammar.that}
        places = range(end - 1, max(start, end - _LONGEST_AGAIN) - 1, -1)
        first = next((at + 1 for at in places if self.words[at].folded in opening), start)
        if any(form.speaks for form in self.words[verb].forms):
            return verb, verb + 1
        is_again = first < end and (
            self.passage.person(first, end)
            or SAME_AGAIN.fullmatch(self.passage.excerpt(first, end).words)
        )
        return (first, end) if is_again else None

    def subject_after(self, verb: int) -> WordSpan | None:
        """Return who stands behind a Spanish verb, its object before: *lo firmarán Chile y Perú*.

        The register may lack them: *las revisará cada año un auditor*.
        """
        lists = self.lists
        before = self.folded_before(verb)
        is_aside = before == self.grammar.that and self.folded_before(verb - 1) == ","
        if self.has_marker or not (is_aside or before in lists["clause.dative"]):
            return None  # else "lo firmará Chile", "el plan, que firmará Chile"
        hosting = lists["verbs.hosting"] | lists["verbs.holding"] | lists["verbs.being"]
        if is_aside and hosting & {form.verb for form in self.words[verb].forms}:
            return None  # "Portugal, que acogerá el Pleno"
        ends = lists["clause.prepositions"] | _BREAKS
        for at in range(verb + 1, self.next_of(ends, verb, verb + _NEAR_SUBJECT) or self.end):
            first = self.skip(self.grammar.before_subject, at)
            if self.mention_at(first):
                return at, self.end_of_names(first)
            if first > at and self.is_actor(first, first):
                ends |= lists["clause.and"] | lists["clause.time_cues"]
                return at, self.next_of(ends, first) or self.end
        return None

    def _acting(self, group: Sequence[Mention], start: int) -> Sequence[Mention]:
        """Return those of joined names that may be a subject: *In Kenya, Fiji and Togo shall*."""
        if self._may_be_subject(group, start):
            return group
        places = range(1, len(group))
        if comma := next((at for at in places if self.words[group[at - 1].end].text == ","), 0):
            return group[comma:]
        # "thanked Kenya and Fiji shall": the last is the subject, as far as the words tell.
        is_of = self.folded_before(group[0].start) in self.lists["clause.of"]
        return [] if is_of and start == self.start else group[1:][-1:]

    def _before_aside(self, start: int, verb: int) -> int:
        """Return where an aside in commas or brackets before a verb begins.

        It is none where it but names somebody, in commas, or where no name stands before it.
        """
        words = self.words
        close = self.before_adverbs(verb, start) - 1
        sign = {",": ",", ")": "("}.get(words[close].text) if close > start else None
        if sign is None:
            return verb
        opening = next((at for at in range(close - 1, start, -1) if words[at].text == sign), start)
        if words[opening].text == "," and opening == start:
            return start  # "and, with Kenya, shall": of the subject before
        named = places_of(self.mentions_within((opening, close)))
        aside = {words[at].folded for at in range(opening, close) if at not in named}
        is_list = not named or aside <= self.lists["clause.joints"]
        before = self.mentions_within((start, opening))
        if sign == "(" and before:  # "coastal States (Fiji and Tonga)", "Kenya (lead)"
            is_list = not (before[-1].code and LEADING.isdisjoint(aside))
            is_list = is_list or bool(self.mention_over(opening))  # "Forum Fisheries Agency (FFA)"
        return verb if is_list or not before else opening

    def _may_be_subject(self, group: Sequence[Mention], start: int) -> bool:
        lists, first = self.lists, group[0].start
        before = self.words[first - 1].text if first > start else ""
        first -= before[:1].isdigit() and not before.isdigit()  # "the 2nd Conference"
        first = self.skip_back(self.grammar.turns, first)  # but "in future the Chair"
        at = self.skip_back(lists["clause.determiners"], first) - 1
        if at < start:  # right behind a verb stands its object: "thanked Kenya and Fiji shall"
            return start == self.start or not self.words[start - 1].is_form(*_FINITE)
        word = self.words[at].folded
        is_verb = self.words[at].is_form("present", "past") and self.words[at].text.islower()
        is_aim = self.has_marker and self.folded_before(at) == self.grammar.marker
        if is_aim or (is_verb and not self.is_noun(at) and self.mentions_within((start, at))):
            return False  # "Kenya takes over the Chair and shall", "to help Kenya, Fiji shall"
        if at > start:
            previous = self.words[at - 1].folded
            if word in lists["clause.with"] and previous in lists["parties.together"]:
                return True
            if word in lists["clause.of"] | lists["clause.from"]:
                several = self.next_of(lists["parties.made_up"], max(start, at - 3), at)
                titles = lists["parties.titles"] | lists["clause.composition"]
                return (len(group) > 1 and several is not None) or previous in titles
        return word not in lists["clause.prepositions"]

    def actor_before(self, start: int, verb: int) -> WordSpan | None:
        """Return the subject before a verb where it is a person, an office or a group of people.

        The register has none of its names: *the project leaders*, *el CISC*. The meeting is none.
        """
        words, lists = self.words, self.lists
        close = self.before_adverbs(verb, start)
        aside = self.break_before(close - 1, start) - 1
        if start < aside and words[close - 1].text == "," == words[aside].text:
            close = aside  # "the group, chaired by Kenya, shall"
        first = self.break_before(close, start)
        # "the offices that publish it shall"
        relative = self.next_of(lists["clause.relative_pronouns"], first, close)
        end = close if relative is None else relative
        others = (at for at in range(first, end) if words[at].folded not in lists["clause.actors"])
        if first >= end or any(self.is_finite(at) for at in others):
            return None
        noun = head = skip(words, self.grammar.before_actor, first, end)
        if self.has_marker:  # the noun is the last of its words: *the project leaders of*
            ends = lists["clause.prepositions"] | lists["clause.composition"]
            of = self.next_of(ends, head, end)
            noun = (end if of is None else of) - 1
        if not head <= noun < end or words[noun].quoted or not self.is_actor(noun, start):
            return None
        is_alone = end - head == 1 and words[head].folded in lists["clause.meeting"]
        is_other = words[first].folded in lists["clause.demonstratives"] | lists["clause.each"]
        return None if is_alone and not is_other else (first, close)

    def break_before(self, end: int, start: int) -> int:
        """Return where the words begin that no comma, colon or bracket parts from a place."""
        places = range(end - 1, start - 1, -1)
        return next((at + 1 for at in places if self.words[at].text in _BREAKS), start)

    def is_actor(self, at: int, start: int) -> bool:
        """Tell whether a word is the noun of people who act, an acronym, or a person's name."""
        if at >= self.end:
            return False
        word, lists = self.words[at], self.lists
        if word.folded in lists["clause.actors"]:
            return True
        letters = word.text.replace("-", "")
        acronym = letters.removesuffix("s")  # "RMOs"
        if acronym.isalpha() and acronym.isupper() and len(acronym) > 1:
            return not set(acronym.lower()) <= _ROMAN
        first = at
        while first - 1 >= start and at - first < 3 and self.words[first - 1].text.istitle():
            first -= 1
        is_name = letters.isalpha() and word.text[0].isupper() and first == start < at
        return is_name and self.words[first].folded not in self.grammar.before_noun

    @property
    def last(self) -> Clause | None:
        """The clause before."""
        return self.before[-1] if self.before else None

    def begin_of(self, place: int) -> int:
        """Return where the clause of a verb begins, behind the verb before it."""
        if self.last is None:
            return self.start
        floor = self.last.place + 1
        for at in range(self._before_subject_aside(place) - 1, floor, -1):
            word = self.words[at]
            signs = [each.text for each in self.words[floor:at]]
            if signs.count("(") > signs.count(")"):
                continue  # "The rule (dates and times) is to be revised"
            is_joint = word.folded in self.lists["clause.and"] and not self.mention_over(at)
            if word.text in (":", ",", ";") or (is_joint and not self._joins_names(at)):
                opening = self.break_before(at, floor) - 1
                # "and, if it is approved, shall publish it"
                is_aside = (
                    word.text == "," and self.folded_before(opening) in self.lists["clause.and"]
                )
                return opening if is_aside else at + 1
        return floor

    def _before_subject_aside(self, place: int) -> int:
        """Return a verb's place, or that before an aside: *the Board, which Fiji chairs, will*.

        The aside follows a name; without *which*, one behind *and* or a semicolon.
        """
        close = self.before_adverbs(place) - 1
        opening = self.break_before(close, self.start) - 1
        is_aside = [self.words[at].text for at in (opening, close)] == [",", ","]
        is_aside &= not self.words[place].is_form("gerund")
        if not (is_aside and self.last and self.last.place < opening):
            return place
        joints = self.lists["clause.and"] | {";"}
        near = range(opening - 1, max(self.last.place, opening - _NEAR_SUBJECT), -1)
        joint = next((at for at in near if self.folded_at(at) in joints), opening)
        first = self.skip(self.lists["clause.determiners"], joint + 1)
        is_named = self.mention_at(first) is not None and self.end_of_names(first) == opening
        is_new = is_named or self.actor_before(joint + 1, opening) is not None
        is_relative = self.folded_at(opening + 1) in self.lists["clause.relative_pronouns"]
        is_relative &= bool(self.mention_before(opening))
        return opening if is_new or is_relative else place

    def _joins_names(self, at: int) -> bool:
        """Tell whether an *and* stands between two who act, in the register or not."""
        first = at + 1 + (self.folded_at(at + 1) in self.grammar.before_subject)
        follows = self.mention_at(at + 1) or self.mention_at(first) or self.is_actor(first, first)
        return bool((self.mention_before(at) or self.is_actor(at - 1, at - 1)) and follows)

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
