"""Trees of texts are written in the bytes that PyYAML gives them."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grcm_cli.exports import block_yaml
from grcm_cli.reader.edit import dump_document

WORDS = re.split(
    " ",
    "Reunión de la Conferencia sobre: migración # no yes true null 1 2003-01-15 '' \" «plan» – "
    "12.a ~ - & * ! % @ ` ? | > {x} [y] , ; : a:b :x x: 0x1f 1e3 .inf = << --- ... muy-largo/barra "
    "(ver) \u00a0 \u2028 \x85 \t \n  emoji🎉 É",
)
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    st.lists(st.text("abcñé ", max_size=12), max_size=30).map(" ".join),
    st.text(max_size=30),
)
KEYS = st.sampled_from(["title", "value", "k", "number", "date", "no", "y", "=id", "a key"])
TREES = st.recursive(
    st.one_of(TEXTS, st.integers(), st.booleans(), st.floats(allow_nan=False), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=3))
def test_any_tree(tree: dict[str, Any]) -> None:
    assert block_yaml.dump(tree) == dump_document(tree)


def test_what_a_record_has_is_not_left_to_pyyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Agradecer a Costa Rica la presentación del documento sobre la explotación sexual " * 4
    tree = {
        "metadata": {"title": [{"spelling": "spa", "value": text.strip()}], "date": "2002-10-29"},
        "decisions": [{"identifier": [{"prefix": "GRCM", "number": "8"}], "ordinal": 8}],
        "extensions": [{"key": "=id", "value": '["AAA", "BBB"]', "empty": []}],
    }
    expected = dump_document(tree)
    asked: list[object] = []

    def one_value(tree: dict[str, Any]) -> str:
        asked.append(tree)
        return dump_document(tree)

    monkeypatch.setattr(block_yaml, "dump_document", one_value)
    assert block_yaml.dump(tree) == expected
    assert tree not in asked
    assert expected.count("\n") > 10
