"""Sentences made by combination: no duty is lost in silence, nothing false is called sure.

`benchmarks/draft/combined.py` makes them. By default some hundreds of each language are read; with
GRCM_ALL_STATES=1 in the environment, twenty thousand.
"""

import pytest
from benchmarks.draft.combined import LANGUAGES, combined, judge

from ..conftest import EVERY

COUNT = 20_000 if EVERY else 420
KINDS = 8
LEAST_RIGHT = 0.6
"""The share of sentences that are read in full; of the others a point says what is open."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_lost_in_silence_and_nothing_false_is_sure(language: str) -> None:
    sentences = list(combined(language, COUNT))
    assert len({one.kind for one in sentences}) == KINDS
    judged = list(judge(language, sentences))
    bad = [(one.outcome, one.sentence.text) for one in judged if one.outcome in ("lost", "wrong")]
    assert not bad
    right = sum(one.outcome == "right" for one in judged)
    assert right > LEAST_RIGHT * COUNT
