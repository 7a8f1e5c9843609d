"""What a process calls its conclusions, as register.yaml has it."""

from collections.abc import Mapping

from yaml import MappingStartEvent

from grcm_cli.language.noun import Noun
from grcm_cli.language.text import LANGUAGES, N_, _
from grcm_cli.reader import fields
from grcm_cli.reader.events import Event
from grcm_cli.reader.values import Values, part_of

_NOUN = part_of(N_("a word for a conclusion"), fields.NOUN)


def conclusion_words(file: Values, event: Event) -> Mapping[str, Noun] | None:
    """Return the words for a conclusion, by language: known, or with plural and gender."""
    if event.__class__ is not MappingStartEvent:
        file.wrong_type(event, N_("a word for each language: {es: acuerdo, en: decision}"))
        return None
    from grcm_cli.language.vocabulary import known_noun  # 5 ms, only where a register has a word

    found = {}
    for language, key, value in file.pairs(event):
        if language not in LANGUAGES:
            file.node(value)
            message = _("'{word}' is no language of the interface").format(word=language)
            file.problem(file.place(key), "wrong-word", message, ", ".join(LANGUAGES))
        elif value.__class__ is MappingStartEvent:
            got = file.fields(value, _NOUN)
            if got.get("singular") and got.get("plural"):
                gender = got.get("gender")
                found[language] = Noun(
                    got["singular"], got["plural"], gender.text if gender else "f"
                )
        elif word := file.scalar(value, N_("a word")):
            noun = known_noun(word.strip(), language)
            if noun is not None:
                found[language] = noun
                continue
            message = _("grcm does not know the plural of '{word}'").format(word=word.strip())
            hint = _("write {{singular: {word}, plural: …, gender: f}}").format(word=word.strip())
            file.problem(file.place(value), "wrong-word", message, hint)
    file.errors += file.is_broken
    return found
