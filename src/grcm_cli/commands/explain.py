"""`grcm explain [RULE]`: show what a rule checks, why, and an example that breaks it."""

import textwrap
from collections.abc import Sequence
from typing import Annotated

import typer

from grcm_cli.cli import options
from grcm_cli.cli.session import Session, write
from grcm_cli.domain.findings import SEVERITY_LABELS, Rule
from grcm_cli.language.text import LANGUAGES, N_, _, in_language, rule_text
from grcm_cli.lookups.names import find_rule
from grcm_cli.rules import every_rule


def explain(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        options.argument(
            _("[RULE]"), _("The rule's name, as it stands in brackets in a finding."), "rule"
        ),
    ] = None,
) -> int:
    """Print the page of a rule, or without a name the list of all rules."""
    session = Session.of(ctx)
    by_name = {rule.name: rule for rule in every_rule()}
    if name is None:
        write(catalogue(list(by_name.values()), session.language, session.page.width))
    else:
        write(page(find_rule(by_name, name), session.language, session.page.width))
    return 0


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
