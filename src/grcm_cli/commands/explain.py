"""`grcm explain [RULE]`: show what a rule checks, why, and an example that breaks it."""

import re

import typer

from grcm_cli.cli import options
from grcm_cli.cli.session import Session, write
from grcm_cli.domain.findings import SEVERITY_LABELS
from grcm_cli.formats.wrapping import Paragraphs
from grcm_cli.language.text import _, rule_text
from grcm_cli.lookups.names import find_rule
from grcm_cli.rules import every_rule

REMARK = re.compile(r"(?<=# )(?!\w+: )\S+ .+|(?<=^\().+(?=\)$)", re.MULTILINE)
"""A remark in an example, which is no path and no value: it is in the reader's language."""


def explain(
    ctx: typer.Context,
    name: str | None = options.argument(
        "[RULE]", "The rule's name, as given in brackets in a finding.", "rule", default=None
    ),
) -> int:
    """Print the page of a rule, or without a name the list of all rules."""
    session = Session.of(ctx)
    lines, language = Paragraphs(session.page), session.language
    by_name = {rule.name: rule for rule in every_rule()}
    severities = {severity: _(label) for severity, label in SEVERITY_LABELS.items()}
    if name is not None:
        rule = find_rule(by_name, name)
        lines.add_marked(rule.name, "heading", f" ({severities[rule.severity]})")
        for text in (rule.page.what, rule.page.why):
            lines.add()
            lines.add(rule_text(text, language))
        for heading, example in ((_("Bad:"), rule.page.bad), (_("Good:"), rule.page.good)):
            lines.add()
            lines.add_marked(heading, "heading")
            lines.add()
            shown = REMARK.sub(lambda match: rule_text(match[0], language), example)
            lines.lines += [f"    {line}" if line else "" for line in shown.split("\n")]
    widest = max(map(len, by_name)) + 2
    room = max(map(len, severities.values())) + 2
    for rule in by_name.values() if name is None else ():
        severity = severities[rule.severity].ljust(room)
        rest = " " * (widest - len(rule.name)) + severity + rule_text(rule.page.what, language)
        rest += "" if rule.is_default else " " + _("(only if selected)")
        lines.add_marked(rule.name, "heading", rest, hang=widest + len(severity))
    write(str(lines))
    return 0
