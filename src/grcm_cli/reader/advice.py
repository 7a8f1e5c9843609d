"""Advice for values of another shape than the one that belongs at their place."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from grcm_cli.domain.due_grammar import due_examples
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.parties import CODE
from grcm_cli.domain.periods import DAY_FORM, PERIOD_FORMS, looks_like_day
from grcm_cli.language.suggestions import synonyms
from grcm_cli.language.text import _, clean, fold
from grcm_cli.reader.fields import EACH

if TYPE_CHECKING:
    from grcm_cli.reader.due_phrases import Meaning


def advise(problems: list[Finding], since: int, hint: str) -> None:
    """Give the findings from a place in their list on a hint, where they have none."""
    for index in range(since, len(problems)):
        if not problems[index].advice:
            problems[index] = problems[index]._replace(advice=hint)


def advise_brackets(
    problems: list[Finding], since: int, values: Mapping[str, Any], keys: Sequence[str]
) -> None:
    """Say that several codes need brackets: `{each: GTM, CRI}` has two keys to YAML.

    One finding is left for all the codes that follow a comma.
    """
    if len(keys) == len(values):
        return  # as nearly always: each key is known
    loose = [key for key in keys if key not in EACH and CODE.fullmatch(key)]
    found = [finding for finding in problems[since:] if finding.rule == "unknown-key"]
    before = [key for key in keys[: keys.index(loose[0])] if key in EACH] if loose else []
    value = values.get(before[-1]) if before else None
    words = value[1] if value and before[-1] == "each" else value
    if words and found:
        codes = ", ".join([clean(word.text) for word in words] + loose)
        listed = f"{before[-1]}: [{codes}]"
        hint = _("write {words}").format(words=f"{{{listed}}}" if before[-1] == "each" else listed)
        others = [finding for finding in problems[since:] if finding.rule != "unknown-key"]
        problems[since:] = [*others, found[0]._replace(advice=hint)]


def due_advice(text: str, body: str) -> tuple[str, str | None]:
    """Return what to write instead of a text that is no `due`, and the form where it is certain.

    `body` is that of the meeting, whose next meeting `la próxima reunión` is.
    """
    from grcm_cli.reader.due_phrases import due_meaning  # 20 ms, only for mistakes

    return _advice(due_meaning(text, body), list(due_examples()))


def day_advice(text: str) -> tuple[str, str | None]:
    """Return what to write instead of a text that is no day, and the day where it is certain."""
    from grcm_cli.reader.due_phrases import day_meaning  # 20 ms, only for mistakes

    meaning = day_meaning(text)
    if not meaning.forms:
        return _("write it as {form}").format(form=DAY_FORM), None
    return _advice(meaning, ())


def wrong_day(text: str) -> str:
    """Return a sentence on a text of the command line that is no day: why, and what to write."""
    from grcm_cli.reader.due_phrases import day_meaning  # 20 ms, only for mistakes

    if day_meaning(text).forms:
        return _("'{text}' is a day in another notation; {advice}").format(
            text=clean(text), advice=day_advice(text)[0]
        )
    message = _("'{text}' is no day of the calendar; write it as {form}")
    if not looks_like_day(text):
        message = _("'{text}' is not written as a day; write it as {form}")
    return message.format(text=clean(text), form=DAY_FORM)


def period_advice(text: str) -> tuple[str, str | None]:
    """Return the same as `day_advice` for a text that is neither a day nor a period."""
    from grcm_cli.reader.due_phrases import period_meaning  # 20 ms, only for mistakes

    return _advice(period_meaning(text), PERIOD_FORMS)


def _advice(meaning: "Meaning", forms: Sequence[str]) -> tuple[str, str | None]:
    first, *others = meaning.forms or ("",)
    if not first:
        return _("write one of: {forms}").format(forms=", ".join(forms)), None
    if others:
        message = _("it has two readings: write {first} or {other}")
        return message.format(first=first, other=others[0]), None
    return _("write {words}").format(words=first), first if meaning.is_certain else None


def word_meant(text: str, choices: Sequence[str]) -> str | None:
    """Return the one of a key's words that a text is another word for: `done` for `cumplido`."""
    words = {word for word in synonyms("words").get(fold(text), ()) if word in choices}
    return words.pop() if len(words) == 1 else None
