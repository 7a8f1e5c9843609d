"""`grcm explain [RULE]`: show what a rule checks, why, and an example that breaks it."""

import re
from collections.abc import Sequence

import typer

from grcm_cli.cli import options
from grcm_cli.cli.session import Session, write
from grcm_cli.domain.findings import SEVERITY_LABELS, Rule
from grcm_cli.formats.listing import Terminal
from grcm_cli.formats.wrapping import Paragraphs
from grcm_cli.language.text import _, rule_text
from grcm_cli.lookups.names import find_rule
from grcm_cli.rules import every_rule


def explain(
    ctx: typer.Context,
    name: str | None = options.argument(
        _("[RULE]"), _("The rule's name, as given in brackets in a finding."), "rule", default=None
    ),
) -> int:
    """Print the page of a rule, or without a name the list of all rules."""
    session = Session.of(ctx)
    by_name = {rule.name: rule for rule in every_rule()}
    if name is None:
        write(catalogue(list(by_name.values()), session.language, session.page))
    else:
        write(page(find_rule(by_name, name), session.language, session.page))
    return 0


REMARK = re.compile(r"(?<=# )(?!\w+: )\S+ .+|(?<=^\().+(?=\)$)", re.MULTILINE)
"""A remark in an example, which is no path and no value: it is in the reader's language."""


def catalogue(rules: Sequence[Rule], language: str, terminal: Terminal) -> str:
    """Return the list of rules: each with its name, its severity and what it flags."""
    widest = max(len(rule.name) for rule in rules) + 2
    lines = Paragraphs(terminal)
    severities = {severity: _(label) for severity, label in SEVERITY_LABELS.items()}
    room = max(map(len, severities.values())) + 2
    for rule in rules:
        severity = severities[rule.severity].ljust(room)
        rest = " " * (widest - len(rule.name)) + severity + rule_text(rule.page.what, language)
        rest += "" if rule.is_default else " " + _("(only if selected)")
        lines.add_marked(rule.name, "heading", rest, hang=widest + len(severity))
    return str(lines)


def page(rule: Rule, language: str, terminal: Terminal) -> str:
    """Return a rule's page in one language: what it flags, why, a bad and a good example."""
    lines = Paragraphs(terminal)
    severity = _(SEVERITY_LABELS[rule.severity])
    lines.add_marked(rule.name, "heading", f" ({severity})")
    for text in (rule.page.what, rule.page.why):
        lines.add()
        lines.add(rule_text(text, language))
    for heading, example in ((_("Bad:"), rule.page.bad), (_("Good:"), rule.page.good)):
        lines.add()
        lines.add_marked(heading, "heading")
        lines.add()
        shown = REMARK.sub(lambda match: rule_text(match[0], language), example)
        lines.lines += [f"    {line}" if line else "" for line in shown.split("\n")]
    return str(lines)
