"""The parts of a Spanish clause: its subject, the word it depends on, its passive."""

from grcm_cli.drafting.heads import Head, Sentence

BEFORE_VERB = frozenset(
    {
        "se",
        "le",
        "les",
        "lo",
        "la",
        "los",
        "las",
        "nos",
        "no",
        "tambien",
        "asimismo",
        "ademas",
        "igualmente",
    }
)
_RELATIVES = frozenset(
    {
        "que",
        "cual",
        "cuales",
        "quien",
        "quienes",
        "cuyo",
        "cuya",
        "cuyos",
        "cuyas",
        "donde",
        "cuando",
        "si",
        "segun",
        "conforme",
        "aunque",
        "mientras",
    }
)
MEETING = frozenset(
    {
        "reunion",
        "conferencia",
        "consejo",
        "comite",
        "comision",
        "grupo",
        "asamblea",
        "junta",
        "delegaciones",
        "ministros",
        "viceministros",
        "participantes",
        "delegados",
        "jefes",
        "representantes",
        "mesa",
        "foro",
        "plenario",
        "pleno",
        "directores",
        "presidentes",
        "organo",
        "red",
    }
)
DETERMINERS = frozenset(
    {
        "el",
        "la",
        "los",
        "las",
        "un",
        "una",
        "unos",
        "unas",
        "su",
        "sus",
        "este",
        "esta",
        "dicho",
        "dicha",
        "todo",
        "toda",
    }
)


def is_label(sentence: Sentence, place: int) -> bool:
    """Tell whether the word at a place ends a label: *a)*."""
    return place > sentence.start and sentence.words[place].text == ")"


def begins_clause(sentence: Sentence, place: int) -> bool:
    """Tell whether a word begins a clause."""
    return place == sentence.start or sentence.words[place - 1].folded in ("y", "e", ",", ":", ")")


def meeting_before(sentence: Sentence, at: int) -> bool:
    """Tell whether the subject before a verb is the meeting or those who sit in it."""
    subject = sentence.words[max(sentence.start, at - 8) : at]
    heads_named = [word.folded for word in subject]
    return any(word in MEETING for word in heads_named) or any(
        mention.end == at for mention in sentence.mentions
    )


def first_verb(sentence: Sentence, start: int, moods: tuple[str, ...]) -> int | None:
    """Return the first verb in one of some moods that is not inside a relative clause."""
    skip = False
    for at in range(start, sentence.end):
        word = sentence.words[at]
        if sentence.mention_over(at):
            continue
        if (
            word.folded in ("que", "cual", "cuales", "quien", "cuyo", "cuya", "cuyas", "cuyos")
            and at > start
        ):
            skip = True
        if word.is_form(*moods):
            if skip:
                skip = False
                continue
            if _is_noun(sentence, at):
                continue
            return at
    return None


def _is_noun(sentence: Sentence, at: int) -> bool:
    """Tell whether a form that is also a noun stands after an article: *la cuenta*, *el cargo*."""
    if at > 1 and sentence.words[at - 2].folded in ("que", "no", "y"):
        return False  # "que la notificara"
    return (
        at > 0
        and sentence.words[at - 1].folded in DETERMINERS | {"de", "del", "en", "con", "por", "al"}
        and not sentence.words[at].is_form("infinitive")
    )


def is_relative(sentence: Sentence, at: int) -> bool:
    """Tell whether *que* begins a relative clause: after a noun whose verb follows at once."""
    words = sentence.words
    following = words[at + 1] if at + 1 < sentence.end else None
    if following is None:
        return False
    step = at + 1
    while step < sentence.end and words[step].folded in (
        "aun",
        "todavia",
        "ya",
        "no",
        "lo",
        "la",
        "se",
        "les",
        "le",
        "hayan",
        "han",
    ):
        step += 1
    if step > at + 1 and words[at + 1].folded in ("aun", "todavia", "ya", "no"):
        return True
    return following.is_form("present", "past") and not following.is_form("subjunctive")


def governor_of(sentence: Sentence, place: int) -> int | None:
    """Return the *que* on which a verb depends, or None where it is the sentence's own."""
    for at in range(place - 1, sentence.start - 1, -1):
        word = sentence.words[at]
        by_rule = word.folded in ("conforme", "segun") and at + 1 < place
        if by_rule and sentence.words[at + 1].folded not in ("se",):
            continue
        if word.folded in _RELATIVES and not word.quoted:
            finite = [
                later
                for later in range(at + 1, place)
                if sentence.words[later].is_form(
                    "present", "past", "future", "conditional", "subjunctive"
                )
                and not _is_noun(sentence, later)
                and not sentence.mention_over(later)
            ]
            return None if finite else at
    return None


def clause_begin(sentence: Sentence, place: int, before: list[Head]) -> int:
    """Return where a verb's clause begins: after the last sign or joint behind the head before."""
    floor = before[-1].place + 1 if before else sentence.start
    for at in range(place - 1, floor, -1):
        word = sentence.words[at]
        joined = word.folded in ("y", "e") and before and not sentence.mention_over(at)
        if word.text == ":" or (joined and at >= place - 2):
            return at + 1
    return floor if not before else max(floor, place)


def is_passive(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb is passive: *se circulará*, *será enviado*, *sea trasladada*."""
    words = sentence.words
    if verb >= sentence.end:
        return False
    if verb > sentence.start and words[verb - 1].folded == "se":
        return True
    form = words[verb].form("subjunctive", "future", "infinitive")
    following = words[verb + 1] if verb + 1 < sentence.end else None
    return bool(form and form.verb == "ser" and following and following.is_form("participle"))


def after_aside(sentence: Sentence, comma: int) -> int:
    """Return the place after an aside between commas."""
    for at in range(comma + 1, sentence.end):
        if sentence.words[at].text == ",":
            return at + 1
    return sentence.end
