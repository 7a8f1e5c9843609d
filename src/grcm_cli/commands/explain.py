"""`grcm explain [RULE]`: the manual page of a rule, or the list of rules."""

from typing import Annotated

import typer

from grcm_cli.cli import options as given
from grcm_cli.cli.session import Session, write
from grcm_cli.language.text import _
from grcm_cli.rules import every_rule
from grcm_cli.views.rule_pages import catalogue, page

HELP = _("Explain a rule of `grcm validate`.\n\nWithout a name, list the rules.")


def explain(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar=_("[RULE]"),
            help=_("The rule's name, as it stands in brackets in a finding."),
            autocompletion=given.complete_rules,
        ),
    ] = None,
) -> int:
    """Print the page of a rule, or the list of rules."""
    session = Session.of(ctx)
    by_name = {rule.name: rule for rule in every_rule()}
    if name is None:
        write(catalogue(list(by_name.values()), session.language, session.page.width))
    else:
        write(page(given.rule(by_name, name), session.language, session.page.width))
    return 0
