"""What is to be done: the actions that one verb lays down together, and a short phrase for each."""

import re
from collections.abc import Iterator, Sequence

from grcm_cli.drafting.clauses.clause import Clause
from grcm_cli.drafting.layout.text_line import CONFIDENTIAL
from grcm_cli.drafting.nouns_of_acts import VERBS_OF_NOUNS, infinitive_of_noun, joined_nouns
from grcm_cli.drafting.parties import WordSpan
from grcm_cli.drafting.passage import Passage
from grcm_cli.drafting.tokens import Word, skip, skip_back, words_of
from grcm_cli.language.lexicon import all_words, countries, lexicon, phrase_regex
from grcm_cli.language.text import fold, fold_words
from grcm_cli.times.patterns import MONTHS

_TASKS = all_words("clause.tasks") | all_words("doubts.duty_nouns") | all_words("doubts.charges")
_REQUESTS = all_words("action.requests")
_TASK_LINKS = frozenset({"de", "del", "for", "of", "to"})
_FIRST_LABEL = re.compile(r"\(?\w{1,3}\) ")
_JOINTS = frozenset({"y", "e", "and"})
_DETERMINERS = all_words("clause.determiners")
_ADVERBS = lexicon("en").words("clause.adverbs")
_LONGEST, _SHORTEST = 180, 40  # characters of an action that is cut before an aside
_ASIDES = all_words("action.asides")
_ASIDE = re.compile(rf"; |, (?=(?:{'|'.join(sorted(_ASIDES))})\b)")
_PREPOSITIONS, _MODALS = all_words("clause.prepositions"), all_words("clause.modals")
_LOOSE_JOINT = re.compile(r"\s+(?:and|e|y)\s*$")
_EACH = frozenset({"each", "every", "cada"})
_NOT_YET_DONE = phrase_regex(r"\b<action.not_yet> [^,.;]{3,200}")
_ASKED = phrase_regex(r"(?:\s?\([^()]{0,200}\))?\s<action.asked>(?!\w)")
"""Behind it, what they are asked for: *those that have not yet paid* are urged to do so."""
_MAX_BEFORE = 1_200  # characters before *do so*, in which stands what is not yet done
_ANNOUNCED = re.compile(r"the following|l[oa]s? siguientes?", re.IGNORECASE)
"""The subject of a stem whose items say what is to be done."""
_LONGEST_COUNTRY = 6  # words of its name, and of most subjects
_NEAR = 80  # characters before a verb: more than its auxiliaries have
_AUXILIARIES = phrase_regex(
    r"(?:^|\s)<action.auxiliaries>(?:\s{1,3}(?:se|que|to|\w{1,20}ly)){0,8}\s{0,3}$"
)
_FINITE = ("present", "past", "subjunctive", "future")
_INDICATIVE, _WHICH = all_words("clause.indicative"), frozenset({"que", "that", "which", "who"})
_OBJECTS = frozenset({"lo", "la", "los", "las", "le", "les"})
_FIXED = phrase_regex(r"(?<!\w)<action.fixed>\s*")
"""What stays with its verb: *se harán llegar*, *will be carried out*."""
_ACCENTED = str.maketrans("aei", "áéí")
_RELATIVES = all_words("clause.relatives")
_NOUNS = all_words("action.nouns_like_verbs")
_ENDS_LOOSE = "|".join(sorted(all_words("action.loose_ends")))
_LOOSE_END = re.compile(
    rf"(?:[\s,]{{1,3}}(?:no later than|in particular|inter alia|including|{_ENDS_LOOSE})){{1,9}}$"
)
_BEFORE_OBJECT = re.compile(r"(^\w+|\b(?:for|in|on|to|with)), (?=(?:an?|its|the|their)\b)")
_ALONE = re.compile(
    r"(?:\w+ )?\w+(?:[aeí]r|[áéí]rse)(?:l[oa]s?)(?: [yea] \w+r?(?:l[oa]s?)?){0,3}(?: al? .*)?"
    r"|(?:do so|\w+ (?:it|them|this|these))(?: (?:to|and|with|for) .*)?|hacer(?:lo|la)"
    r"|(?:do (?:the same|likewise)|hacer lo (?:mismo|propio))\b.*",
    re.IGNORECASE,
)
OPENS_CONDITION = phrase_regex(r"<action.conditions|action.opening_conditions|action.after>\b")
_AFTER = phrase_regex(r"<action.after>\b")
_CONDITION = phrase_regex(
    r",\s*(<action.conditions>\b[^,]{3,120}),\s*(?:(?:se|l[aeo]s?|<action.auxiliaries>)\s*)*$"
    rf"|^({OPENS_CONDITION.pattern}[^,]{{3,120}}),"
)


def action_phrase(
    passage: Passage, clause: Clause, part: WordSpan, cuts: Sequence[WordSpan]
) -> str:
    """Return a short infinitive phrase in the text's own words, without the cuts."""
    text, words, language = passage.as_one, passage.words, passage.language
    first, last = part
    first = _after_task(words, first, last)
    act = words[first].form("present", "past") if first == clause.place else None
    as_read = _infinitive(words, first, last, language, passive=clause.passive)
    verb, rest = (act.verb, first + 1) if act else as_read  # "invites Fiji to its session"
    at = words[rest].start if rest < last else words[last - 1].end
    end = words[last - 1].end
    begins = clause.action is not None and first == clause.action[0]
    subject = _passive_subject(passage, clause, first) if begins else ""
    changes = [(*cut, "") for cut in cuts]
    if language == "es":
        verb = verb.removesuffix("se") if clause.passive else verb  # "deberán enviarse"
        pronouns = _pronouns_before(words, first, is_reflexive=not clause.passive)
        verb = _with_pronouns(verb, pronouns) if verb else ""
        changes += _joined_infinitives(words, first, last)
        for noun in joined_nouns(words, (first, last), language):
            infinitive, close = infinitive_of_noun(words, (noun, last), language)
            changes.append((words[noun].start, words[close - 1].end, infinitive))
    changes += _joined_participles(words, first, last, language)
    if fixed := _FIXED.match(text, at, end) if subject else None:
        verb, at = f"{verb} {fixed[0].strip()}", fixed.end()
    elif subject in _OBJECTS:
        verb, subject = verb + subject, ""
    body = ""
    for start, close, instead in sorted(changes):
        if at <= start and close <= end:
            body += text[at:start] + instead
            following = {fold_words(word) for word in text[close + 1 : end].split(maxsplit=1)[:1]}
            is_open = not body.strip() and bool(following & (_DETERMINERS - _EACH))
            is_open = is_open or body.rstrip().endswith(",") or "," in text[start:close]
            is_aside = not instead and is_open and text.startswith(",", close)
            body = body.rstrip().removesuffix(",") if is_aside else body
            if text.startswith(",", close) and not is_aside:  # "por conducto de Perú y en mayo, "
                body = _LOOSE_JOINT.sub("", body)
            at = close + is_aside
    body = " ".join((body + text[at:end]).split())
    near = words_in_front(passage, clause, words[max(first - 1, 0)].end)
    condition = _CONDITION.search(near) if begins else None
    depends = (condition[1] or condition[2]) if condition else ""
    # "Chile, previa consulta con Perú, presentará"; but "tras un debate, se pidió a Chile"
    if depends and not (words[clause.place].is_form("past") and _AFTER.match(depends)):
        body = f"{_LOOSE_END.sub('', body.rstrip(' ,;:.'))}, {depends[0].lower()}{depends[1:]}"
    return shortened(f"{verb} {subject}{body}" if verb else f"{subject}{body}")


def words_in_front(passage: Passage, clause: Clause, end: int) -> str:
    """Return the words of a clause before a place, or from the *if* that opens its item."""
    text, begin = passage.text, passage.words[clause.begin].start
    start = text.rfind(":", 0, end) + 1
    item = text[start:end].lstrip()
    is_condition = start and OPENS_CONDITION.match(item) and text.count(",", start, begin) <= 1
    return item if is_condition else text[begin:end]


def _after_task(words: Sequence[Word], first: int, last: int) -> int:
    """Return where an action begins behind the noun of a duty: *la tarea de* unificar.

    Behind that of a request it may be a noun: *la solicitud de* entrega.
    """
    noun = skip(words, _DETERMINERS, first, last)
    verb = noun + 2
    if verb >= last or words[noun + 1].folded not in _TASK_LINKS:
        return first
    task = words[noun].folded
    is_verb = words[verb].is_form("infinitive", "gerund")
    is_noun = task in _REQUESTS and words[verb].folded in VERBS_OF_NOUNS["es"]
    return verb if task in _TASKS | _REQUESTS and (is_verb or is_noun) else first


def action_of_so(passage: Passage, part: WordSpan, note: str) -> str:
    """Return what *do so* and *lo harán* stand for: what some have not done yet; else nothing.

    `note` says of whom, as *those that have not yet paid*; else the text before may say so.
    """
    word = passage.words[part[0]]
    has_it = part[0] > 0 and passage.words[part[0] - 1].folded == "lo"
    is_so = [near.folded for near in passage.words[part[0] : part[0] + 2]] == ["do", "so"]
    if not is_so and not any(
        form.verb == "hacer" and (form.enclitic == "lo" or has_it) for form in word.forms
    ):
        return ""
    language, near = passage.language, max(0, word.start - _MAX_BEFORE)
    before = list(_NOT_YET_DONE.finditer(passage.plain, near, word.start))
    note = note or (before[-1][0] if before else "")
    words = words_of(note, language)
    mood = "participle" if language == "es" else "past"
    for place, word in enumerate(words):
        form = word.form(mood)
        is_name = word.text[0].isupper()  # "Estados" is no form of *estar*
        if form and place and not is_name and form.verb not in ("have", "haber"):
            reflexive = language == "es" and "se" in [before.folded for before in words[:place]]
            verb = form.verb + ("se" if reflexive else "")
            return shortened(f"{verb} {_ASKED.split(note[word.end :])[0].strip()}")
    return ""


def _passive_subject(passage: Passage, clause: Clause, verb: int) -> str:
    """Return the subject of a passive: *documents* of *Documents will be sent*.

    A name at its beginning keeps its capital: of a party, of a country, or in capitals. Where it
    was named before, it is a pronoun that belongs to the Spanish verb: *y será publicada*.
    """
    words, is_english = passage.words, passage.language == "en"
    is_done = words[verb].is_form("past" if is_english and clause.passive else "participle")
    done = verb if is_done else verb + 1
    by_be = words[verb].folded == "be" or (
        any(form.verb == "ser" for form in words[verb].forms) and words[done].is_form("participle")
    )
    has_se = verb > 0 and words[verb - 1].folded == "se"
    has_se |= any(form.enclitic == "se" for form in words[verb].forms)
    is_joined = done == verb and words[verb - 1].folded in _JOINTS  # "y publicada por"
    is_asked = clause.responsible and not clause.passive  # "asked Kenya to be represented"
    if is_asked or not (by_be or is_joined or (has_se and clause.passive)):
        return ""
    begin, end = _subject_span(passage, clause, verb)
    subject = passage.as_one[words[begin].start : words[end].start] if begin < end else ""
    only = " only" * (" only " in subject[-_NEAR:])  # "will only be published by the Board"
    subject = subject[:-_NEAR] + _AUXILIARIES.sub("", subject[-_NEAR:])
    subject = _FIRST_LABEL.sub("", subject.strip(" ,:")) + only
    is_before = is_joined or (not subject and words[begin - 1].folded in _JOINTS | _RELATIVES)
    if is_before or _ANNOUNCED.fullmatch(subject):
        is_behind = words[done + 1].folded in _DETERMINERS
        is_again = is_before and not is_behind and (is_joined or not is_english)
        return _pronoun_again(words, done, passage.language) if is_again else ""
    first = subject.split()[:_LONGEST_COUNTRY]
    beginnings = (fold("".join(first[: end + 1])) for end in range(len(first)))
    is_name = (
        subject[1:2].isupper()
        or passage.names.at(words, begin) is not None
        or not countries().keys().isdisjoint(beginnings)
    )
    subject = subject if is_name else subject[:1].lower() + subject[1:]
    return f"{subject} " if subject else ""


def _pronoun_again(words: Sequence[Word], done: int, language: str) -> str:
    """Return the pronoun of a passive's subject that was named before: *la*, *them* and a space.

    A Spanish participle tells number and gender, in English the noun before the auxiliaries.
    """
    if language == "es":
        ending = words[done].is_form("participle") and re.search("[oa]s?$", words[done].folded)
        return f"l{ending[0]}" if ending else ""
    auxiliaries = _MODALS | {"be"}
    helping = next((at for at in range(done - 1, 0, -1) if words[at].folded in auxiliaries), 0)
    end = skip_back(words, auxiliaries, helping)
    near = range(max(0, end - _LONGEST_COUNTRY), end)  # "terms of reference"
    end = next((at for at in near if words[at].folded in _PREPOSITIONS), end)
    return "them " if helping and end and words[end - 1].folded.endswith("s") else "it "


def _subject_span(passage: Passage, clause: Clause, verb: int) -> WordSpan:
    """Return the words before a verb that are its subject, maybe with its auxiliaries."""
    words, begin, end = passage.words, clause.begin, verb
    before = passage.as_one[words[begin].start : words[verb].start]
    before = (before[:-_NEAR] + _AUXILIARIES.sub("", before[-_NEAR:])).rstrip()
    helping = words[begin].start + len(before)  # where the verb's own auxiliaries begin
    if before.endswith(","):  # "the plan, drawn up by Kenya, shall be sent"
        commas = [at for at in range(begin, verb) if words[at].text == ","]
        end = commas[-2] if len(commas) > 1 else verb
    finite = list[int]()  # verbs that no relative before them takes
    for at in range(end - 1, clause.begin - 1, -1):
        if words[at].folded in _WHICH and finite:  # "el plan que figura en el Anexo"
            finite.pop()
        elif words[at].folded in ("que", "that", ":", ","):
            begin = at + 1
            if words[at].folded != ",":
                break
        is_noun = words[at - 1].folded in _DETERMINERS | _PREPOSITIONS
        is_noun |= words[at].folded in _MODALS
        is_verb = passage.language == "es" and words[at].is_form(*_FINITE) and not is_noun
        if words[at].start < helping and (is_verb or words[at].folded in _INDICATIVE):
            finite.append(at)
    if _LOOSE_JOINT.search(before):  # "El plan consta en el Anexo y será publicado"
        end = min((at for at in finite if at > begin), default=end)
    return skip(words, _JOINTS, begin, end), end


def _infinitive(
    words: Sequence[Word], first: int, last: int, language: str, *, passive: bool
) -> tuple[str, int]:
    """Return the verb's infinitive, and the place after it."""
    word = words[first]
    following = words[first + 1] if first + 1 < last else None
    if language == "es":
        form = word.form("infinitive", "subjunctive", "future", "conditional")
        participle = following.form("participle") if following else None
        if form and form.verb == "ser" and participle:
            return participle.verb, first + 2
    else:
        form = word.form("infinitive")
        if word.folded == "be" and following and passive:  # but "asked Kenya to be represented"
            at = first + 1
            while at + 1 < last and (
                words[at].folded in _ADVERBS
                or (words[at].folded.endswith("ly") and not words[at].forms)
            ):
                at += 1
            past = words[at].form("past")
            how = "".join(f"{adverb.text} " for adverb in words[first + 1 : at])
            return how + (past.verb if past else _without_ending(words[at].text)), at + 1
    done = ("past",) if language == "en" else ("participle",) * passive  # "medidas" is a noun
    form = form or word.form("gerund", *done)
    if form:
        return form.verb + form.enclitic, first + 1
    return infinitive_of_noun(words, (first, last), language)


def _without_ending(participle: str) -> str:
    """Return the verb of an English participle that no list has: *changed*, *formatted*."""
    stem = re.sub(r"([bdgmnprt])\1ed$", r"\1", participle)
    stem = re.sub(r"([cguvz]|[^s]s|[iu][dr]|[^aeo]at|[bcgtz]l)ed$", r"\1e", stem)
    return stem.removesuffix("ed")


# --- what stands before a verb ------------------------------------------------------------------


def _pronouns_before(words: Sequence[Word], verb: int, *, is_reflexive: bool) -> list[str]:
    """Return the pronouns before a finite verb: *los*, or *se* and *la*, of *se la enviará*."""
    is_finite = words[verb].is_form("future", "subjunctive", "conditional", "present")
    if verb == 0 or not is_finite or words[verb].is_form("infinitive"):
        return []
    start = verb - (words[verb - 1].folded in _OBJECTS)
    start -= (start < verb or is_reflexive) and words[start - 1].folded == "se"
    return [word.folded for word in words[start:verb]]


def _joined_infinitives(words: Sequence[Word], first: int, last: int) -> list[tuple[int, int, str]]:
    """Return the verbs that go on with the first one, and their infinitives: *y lo presente*.

    After a relative clause with a verb in the same form, one without a pronoun belongs to that:
    *que incluya y explique*.
    """
    form = words[first].form("subjunctive", "future")
    if form is None:
        return []
    changes = []
    is_relative = in_relative = False
    for at in range(first + 1, last):
        is_relative = is_relative or words[at].folded in _RELATIVES
        joined = words[at].form(form.mood)
        if joined is None or words[at].is_form("infinitive"):
            continue
        start = skip_back(words, _OBJECTS | {"se"}, at)
        may_be_noun = words[at].folded in _NOUNS and words[start - 2].text != ","
        goes_on = words[start - 1].text == "," and start < at and not in_relative
        if words[start - 1].folded not in _JOINTS and not goes_on:
            in_relative = in_relative or is_relative
        elif start < at or not (in_relative or may_be_noun):
            pronouns = [word.folded for word in words[start:at]]
            written = _with_pronouns(joined.verb, pronouns)
            changes.append((words[start].start, words[at].end, written))
    return changes


def _joined_participles(
    words: Sequence[Word], first: int, last: int, language: str
) -> Iterator[tuple[int, int, str]]:
    """Yield the participles joined to that of a passive, *be sent and printed*, as infinitives."""
    if words[first].folded != "be" and not any(form.verb == "ser" for form in words[first].forms):
        return
    mood = "participle" if language == "es" else "past"
    for at in range(first + 3, last):
        form = words[at].form(mood)
        following = words[at + 1].folded if at + 1 < last else ""
        agent = words[at + 2] if at + 2 < last and following in ("by", "por") else None
        is_other = agent and agent.text[0].isupper() and agent.folded not in MONTHS
        goes_on = not following[:1].isalpha() or following in _PREPOSITIONS | {"antes"}
        is_listed = words[at - 1].text == "," and following in _JOINTS  # "sent, printed and read"
        is_joined = words[at].text.islower() and (words[at - 1].folded in _JOINTS or is_listed)
        if form and is_joined and (goes_on or is_listed) and not is_other:
            pronoun = _pronoun_again(words, at, language)
            written = form.verb + (pronoun if language == "es" else f" {pronoun.strip()}")
            yield words[at].start, words[at].end, written


def _with_pronouns(infinitive: str, pronouns: Sequence[str]) -> str:
    """Return an infinitive with the pronouns behind it: *enviársela* has an accent."""
    if len(pronouns) > 1:
        infinitive = infinitive[:-2] + infinitive[-2:].translate(_ACCENTED)
    return infinitive + "".join(pronouns)


def shortened(phrase: str) -> str:
    """Return a phrase without loose ends and with a capital; a long one without its asides."""
    words = re.sub(r"\(\s*\)", "", CONFIDENTIAL.sub("", phrase))
    words = re.sub(r"\s+([,;.:])", r"\1", words)
    words = re.sub(r",\s*,", ",", words).strip(" ,;:.-–—")
    words = _LOOSE_END.sub("", _BEFORE_OBJECT.sub(r"\1 ", words))
    if len(words) > _LONGEST:
        asides = [aside.start() for aside in _ASIDE.finditer(words, _SHORTEST)]
        near = [at for at in asides if at <= _LONGEST]
        words = words[: [*near[-1:], *asides, len(words)][0]]
    return words[:1].upper() + words[1:]


def says_nothing_alone(action: str) -> bool:
    """Tell whether an action only has pronouns for what it is about: *Presentarla*, *Send it*."""
    return _ALONE.fullmatch(action) is not None
