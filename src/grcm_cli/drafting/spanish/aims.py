"""Duties in the Spanish subjunctive: *que la Secretaría organice*, *con el fin de que presente*."""

from grcm_cli.drafting.heads import Head, Sentence
from grcm_cli.drafting.spanish.clause import first_verb
from grcm_cli.drafting.spanish.subject import subject_of
from grcm_cli.language.acts import JUDGING

_AIMS = (("con", "el", "fin", "de", "que"), ("a", "fin", "de", "que"), ("con", "el", "objeto", "de", "que"), ("con", "vistas", "a", "que"), ("con", "miras", "a", "que"), ("para", "que"), ("de", "modo", "que"), ("de", "manera", "que"), ("de", "forma", "que"), ("con", "el", "objetivo", "de", "que"), ("con", "el", "proposito", "de", "que"))  # fmt: skip


def wished_of(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return the duty of *Que la Secretaría organice*, which opens with *que*."""
    form = sentence.words[place].form("subjunctive")
    if before or form is None or sentence.words[sentence.start].folded != "que":
        return None
    if first_verb(sentence, sentence.start + 1, ("subjunctive",)) != place:
        return None
    who = subject_of(sentence, sentence.start + 1, place)
    return (
        Head(place, "directive", form.verb, sentence.start, who, (place, sentence.end))
        if who
        else None
    )


def aim_of(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return the duty in *con el fin de que Costa Rica presente*: of whoever is named there."""
    if not before or not before[-1].doing:
        return None
    form = sentence.words[place].form("subjunctive")
    if form is None or form.verb in JUDGING:
        return None
    folded = [word.folded for word in sentence.words]
    for at in range(place - 1, before[-1].place, -1):
        if folded[at] != "que":
            continue
        for aim in _AIMS:
            begin = at + 1 - len(aim)
            if tuple(folded[begin : at + 1]) == aim:
                who = (at + 1, place)
                named = sentence.within(who)
                pronoun = {"esta", "este", "estas", "estos", "ella", "aquella"} & set(
                    folded[at + 1 : place]
                )
                if named or pronoun:
                    return Head(
                        place,
                        "directive",
                        form.verb,
                        begin,
                        who,
                        (place, sentence.end),
                        antecedent=not named,
                        purpose=True,
                    )
        return None
    return None
