"""The rules' manual pages: to read in a terminal, and as Markdown for the manual."""

import textwrap
from collections.abc import Sequence

from grcm_cli.domain.findings import Rule, Severity
from grcm_cli.language.text import N_, _

_SEVERITIES: dict[Severity, str] = {"error": N_("error"), "warning": N_("warning")}


def _severity(rule: Rule) -> str:
    return _(_SEVERITIES[rule.severity])


def catalogue(rules: Sequence[Rule], language: str, width: int) -> str:
    """Return the rules, each with its weight and what it flags."""
    widest = max(len(rule.name) for rule in rules) + 2
    lines: list[str] = []
    for rule in rules:
        head = rule.name.ljust(widest) + _severity(rule).ljust(9)
        what = rule.page.what[language] + ("" if rule.is_default else " " + _("(only if selected)"))
        hang = " " * len(head)
        lines += textwrap.wrap(
            what, max(width, len(head) + 30), initial_indent=head, subsequent_indent=hang
        )
    return "\n".join(lines) + "\n"


def page(rule: Rule, language: str, width: int) -> str:
    """Return a rule's page in one language: what, why, bad, good."""
    told = rule.page
    return "\n".join(
        [
            f"{rule.name} ({_severity(rule)})",
            "",
            *textwrap.wrap(told.what[language], min(width, 96)),
            "",
            *textwrap.wrap(told.why[language], min(width, 96)),
            "",
            _("Bad:"),
            "",
            textwrap.indent(told.bad, "    "),
            "",
            _("Good:"),
            "",
            textwrap.indent(told.good, "    "),
            "",
        ]
    )


def markdown(rule: Rule) -> str:
    """Return a rule's page in both languages, as it stands in `docs/rules`."""
    told = rule.page
    return f"""# {rule.name}

*{rule.severity}* · {told.what["en"]}

{told.why["en"]}

*{"error" if rule.severity == "error" else "aviso"}* · {told.what["es"]}

{told.why["es"]}

Bad · Mal:

```yaml
{told.bad}
```

Good · Bien:

```yaml
{told.good}
```
"""
