"""Words of courtesy before a verb: *se servirá remitir*, *tenga a bien designar*.

They say no more than the verb itself would. It takes over their form, as if the text had
*remitirá* and *designe*; they are no words of the sentence.
"""

from collections.abc import Sequence

from grcm_cli.drafting.tokens import Word
from grcm_cli.language.lexicon import lexicon
from grcm_cli.language.verbs import VerbForm

_OBLIGING = lexicon("es").words("courtesy.obliging")
_SEEING_FIT = lexicon("es").words("courtesy.seeing_fit")
_FIT = ("a", "bien")
_OPENINGS = frozenset({"", ".", ";", ":", ",", "y", "e", ")"})
_FINITE = ("future", "subjunctive", "conditional")
_BINDING = (*_FINITE, "infinitive")


def without_courtesy(words: Sequence[Word]) -> list[Word]:
    """Return Spanish words without those of courtesy, whose form their verb has taken over."""
    found = list(words)
    dropped: set[int] = set()
    for place in range(len(words)):
        form = _form_of_courtesy(words, place) if words[place].forms else None
        if form is None:
            continue
        end = place + 1 + (len(_FIT) if form.verb in _SEEING_FIT else 0)
        # The infinitive that they lead to, whoever is named before it.
        near = range(end, min(end + 30, len(words)))
        verb = next((at for at in near if _ends_courtesy(words[at])), None)
        if verb is None or not words[verb].is_form("infinitive"):
            continue
        infinitive = [one for one in words[verb].forms if one.mood == "infinitive"]
        taken = [one._replace(mood=form.mood) for one in infinitive]
        found[verb] = words[verb]._replace(forms=(*infinitive, *taken))
        first = place - (place > 0 and form.enclitic == "" and words[place - 1].folded == "se")
        dropped.update(range(first, end))
        if words[end].text == ":":  # "que tenga a bien: remitir"
            dropped.add(end)
    return [word for place, word in enumerate(found) if place not in dropped]


def _ends_courtesy(word: Word) -> bool:
    return word.is_form("infinitive", *_FINITE) or word.text in ".;"


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
