"""The manual pages of the rules: for a terminal, and as Markdown for `docs/rules`."""

import textwrap
from collections.abc import Sequence

from grcm_cli.domain.findings import SEVERITY_LABELS, Rule
from grcm_cli.language.text import _


def catalogue(rules: Sequence[Rule], language: str, width: int) -> str:
    """Return the list of rules: each with its name, its severity and what it flags."""
    widest = max(len(rule.name) for rule in rules) + 2
    lines: list[str] = []
    for rule in rules:
        head = rule.name.ljust(widest) + _(SEVERITY_LABELS[rule.severity]).ljust(9)
        what = rule.page.what[language] + ("" if rule.is_default else " " + _("(only if selected)"))
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
        textwrap.fill(what[language], min(width, 96)),
        textwrap.fill(why[language], min(width, 96)),
        _("Bad:"),
        textwrap.indent(bad, "    "),
        _("Good:"),
        textwrap.indent(good, "    "),
    ]
    return "\n\n".join(parts) + "\n"


def markdown(rule: Rule) -> str:
    """Return a rule's page in both languages, as the file in `docs/rules` has it."""
    what, why, bad, good = rule.page
    return f"""# {rule.name}

*{rule.severity}* · {what["en"]}

{why["en"]}

*{"error" if rule.severity == "error" else "aviso"}* · {what["es"]}

{why["es"]}

Bad · Mal:

```yaml
{bad}
```

Good · Bien:

```yaml
{good}
```
"""
