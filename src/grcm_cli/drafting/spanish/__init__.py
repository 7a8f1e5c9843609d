"""Finders of acts and duties in Spanish sentences, and the order in which they are tried."""

from collections.abc import Sequence

from grcm_cli.drafting.finders import Finder
from grcm_cli.drafting.spanish import acts, obligations

FINDERS: Sequence[Finder] = (
    obligations.find_agreement,
    obligations.find_more_time,
    acts.find_polite_request,
    acts.find_own_act,
    acts.find_settled_decision,
    acts.find_passive_request,
    acts.find_joined_request,
    obligations.find_assigned_task,
    obligations.find_future_obligation,
    acts.find_report_to_meeting,
    obligations.find_modal_obligation,
    obligations.find_bare_infinitive,
    obligations.find_imperative,
    obligations.find_wish,
    obligations.find_purpose_obligation,
)
