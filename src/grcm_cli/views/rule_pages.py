"""The manual pages of the rules: for a terminal, and as Markdown for `docs/rules`."""

import textwrap
from collections.abc import Sequence

from grcm_cli.domain.findings import SEVERITY_LABELS, Rule
from grcm_cli.language.text import LANGUAGES, N_, _, in_language, rule_text


def catalogue(rules: Sequence[Rule], language: str, width: int) -> str:
    """Return the list of rules: each with its name, its severity and what it flags."""
    widest = max(len(rule.name) for rule in rules) + 2
    lines: list[str] = []
    for rule in rules:
        head = rule.name.ljust(widest) + _(SEVERITY_LABELS[rule.severity]).ljust(9)
        what = rule_text(rule.page.what, language) + (
            "" if rule.is_default else " " + _("(only if selected)")
        )
        hang = " " * len(head)
        lines += textwrap.wrap(
            what, max(width, len(head) + 30), initial_indent=head, subsequent_indent=hang
        )
    return "\n".join(lines) + "\n"


def page(rule: Rule, language: str, width: int) -> str:
    """Return a rule's page in one language: what it flags, why, a bad and a good example."""
    what, why, bad, good = rule.page
    severity = _(SEVERITY_LABELS[rule.severity])
    parts = [
        f"{rule.name} ({severity})",
        textwrap.fill(rule_text(what, language), min(width, 96)),
        textwrap.fill(rule_text(why, language), min(width, 96)),
        _("Bad:"),
        textwrap.indent(bad, "    "),
        _("Good:"),
        textwrap.indent(good, "    "),
    ]
    return "\n\n".join(parts) + "\n"


def markdown(rule: Rule) -> str:
    """Return a rule's page in all languages, as the file in `docs/rules` has it."""
    what, why, bad, good = rule.page
    parts = [f"# {rule.name}"]
    for language in sorted(LANGUAGES):
        severity = in_language(SEVERITY_LABELS[rule.severity], language)
        parts += [
            f"*{severity}* · {rule_text(what, language)}",
            rule_text(why, language),
        ]
    for heading, block in ((N_("Bad:"), bad), (N_("Good:"), good)):
        words = [in_language(heading, language).rstrip(": \u00a0") for language in LANGUAGES]
        parts += [" · ".join(dict.fromkeys(words)) + ":", f"```yaml\n{block}\n```"]
    return "\n\n".join(parts) + "\n"
