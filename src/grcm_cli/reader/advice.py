"""Advice for values of another shape than the one that belongs at their place."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from grcm_cli.domain.deadlines import DUE_FORMS, parse_due
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import AtMeeting
from grcm_cli.domain.parties import CODE
from grcm_cli.language.text import _, clean, fold
from grcm_cli.reader.fields import EACH


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


_MOST_WORDS = 12
"""Words of a deadline, with those that are left out: more than any form of `due` has."""


def due_advice(text: str) -> str:
    """Return what to write instead of a text that is no `due`: what it means, or all forms."""
    meant = _due_meant(text)
    if meant:
        return _("write {words}").format(words=meant)
    return _("write one of: {forms}").format(forms=", ".join(DUE_FORMS))


def _due_meant(text: str) -> str:
    """Return the form of `due` that words mean: `30 días antes de la próxima CRM`; else nothing.

    `before next CRM` means one day before it.
    """
    form_words, omitted = _due_words()
    written = text.split()
    if not 1 < len(written) <= _MOST_WORDS:
        return ""
    words = [form_words.get(fold(word), word) for word in written if fold(word) not in omitted]
    if words[:1] == ["before"]:
        words = ["1", "day", *words]
    for last in (words[-1:], [word.upper() for word in words[-1:]]):
        due = parse_due(" ".join(words[:-1] + last))
        if due is not None and not isinstance(due, AtMeeting):
            return due.written
    return ""


@cache
def _due_words() -> tuple[Mapping[str, str], frozenset[str]]:
    """Return the words for those of a `due`, folded, and the words that it has none for."""
    from grcm_cli.language.hints import hint_lines  # 1 ms, only for mistakes

    by_word: dict[str, str] = {}
    for line in hint_lines("due words"):
        right, _colon, words = line.partition(":")
        by_word |= {fold(word): right for word in words.split()}
    return by_word, frozenset(word for word, right in by_word.items() if not right)
