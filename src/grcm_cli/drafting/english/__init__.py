"""Finders of acts and duties in English sentences, and the order in which they are tried."""

from collections.abc import Sequence

from grcm_cli.drafting.english.acts import (
    find_gerund_act,
    find_joined_request,
    find_own_act,
    find_passive_request,
    find_report_to_meeting,
)
from grcm_cli.drafting.english.obligations import (
    find_action_point,
    find_assigned_task,
    find_bare_infinitive,
    find_modal_obligation,
    find_offer,
    find_pledge,
    find_purpose_obligation,
)
from grcm_cli.drafting.finders import Finder

FINDERS: Sequence[Finder] = (
    find_purpose_obligation,
    find_modal_obligation,
    find_pledge,
    find_action_point,
    find_joined_request,
    find_passive_request,
    find_assigned_task,
    find_offer,
    find_report_to_meeting,
    find_own_act,
    find_gerund_act,
    find_bare_infinitive,
)
