"""Advice for values of another shape than the one that belongs at their place."""

from collections.abc import Mapping, Sequence
from typing import Any

from grcm_cli.domain.findings import Finding
from grcm_cli.domain.parties import CODE
from grcm_cli.language.text import _, clean
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
