"""Finders of acts and duties in English sentences, and the order in which they are tried."""

from collections.abc import Sequence

from grcm_cli.drafting.english import acts, obligations
from grcm_cli.drafting.finders import Finder

FINDERS: Sequence[Finder] = (
    acts.find_resolution,
    obligations.find_purpose_obligation,
    obligations.find_modal_obligation,
    obligations.find_necessity,
    obligations.find_pledge,
    obligations.find_action_point,
    acts.find_joined_request,
    acts.find_passive_request,
    obligations.find_assigned_task,
    obligations.find_offer,
    acts.find_report_to_meeting,
    acts.find_own_act,
    obligations.find_bare_infinitive,
)
