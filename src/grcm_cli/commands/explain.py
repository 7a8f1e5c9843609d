"""`grcm explain [RULE]`: show what a rule checks, why, and an example that breaks it."""

from typing import Annotated

import typer

from grcm_cli.cli import options
from grcm_cli.cli.session import Session, write
from grcm_cli.language.text import _
from grcm_cli.lookups.names import find_rule
from grcm_cli.rules import every_rule
from grcm_cli.views.rule_pages import catalogue, page


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
