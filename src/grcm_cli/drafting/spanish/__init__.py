"""Finders of acts and duties in Spanish sentences, and the order in which they are tried."""

from collections.abc import Sequence

from grcm_cli.drafting.finders import Finder
from grcm_cli.drafting.spanish.acts import (
    find_joined_request,
    find_own_act,
    find_report_to_meeting,
    find_settled_decision,
)
from grcm_cli.drafting.spanish.obligations import (
    find_assigned_task,
    find_bare_infinitive,
    find_future_obligation,
    find_modal_obligation,
    find_purpose_obligation,
    find_wish,
)

FINDERS: Sequence[Finder] = (
    find_own_act,
    find_settled_decision,
    find_joined_request,
    find_future_obligation,
    find_assigned_task,
    find_report_to_meeting,
    find_modal_obligation,
    find_bare_infinitive,
    find_wish,
    find_purpose_obligation,
)
