"""What is written as YAML reads back, and documents are in the bytes that PyYAML gives them."""

import re
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from grcm_cli.reader import emit

WORDS = re.split(
    " ",
    "Reunión de la Conferencia sobre: migración # no yes true null 1 2003-01-15 '' \" «plan» – "
    "12.a ~ - & * ! % @ ` ? | > {x} [y] , ; : a:b :x x: 0x1f 1e3 .inf = << --- ... muy-largo/barra "
    "(ver) \u00a0 \u2028 \x85 \t \n  emoji🎉 É ##[error] ::x",
)
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    st.lists(st.text("abcñé ", max_size=12), max_size=30).map(" ".join),
    st.text(st.characters(codec="utf-8"), max_size=30),
)
KEYS = st.sampled_from(["title", "value", "k", "number", "date", "no", "y", "=id", "a key"])


def trees(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    inner = st.recursive(
        leaves,
        lambda one: st.one_of(st.lists(one, max_size=4), st.dictionaries(KEYS, one, max_size=4)),
        max_leaves=12,
    )
    return st.dictionaries(KEYS, inner, min_size=1, max_size=3)


@given(trees(st.one_of(TEXTS, st.integers(), st.booleans(), st.floats(allow_nan=False))))
def test_a_document_is_in_the_bytes_of_pyyaml(tree: dict[str, Any]) -> None:
    plain = yaml.dump(
        tree, Dumper=emit._PlainDumper, allow_unicode=True, sort_keys=False, width=100
    )
    assert emit.document(tree) == plain


@given(trees(TEXTS.filter(lambda text: text.isprintable())))
def test_a_tree_reads_back(tree: dict[str, Any]) -> None:
    lines = [line for key, value in tree.items() for line in emit.tree_lines(key, value, "")]
    assert yaml.load("\n".join(lines), yaml.BaseLoader) == tree  # noqa: S506 - texts alone


@given(TEXTS.filter(lambda text: text.isprintable()))
def test_a_line_and_blocks_read_back(text: str) -> None:
    plain = " ".join(text.split())
    for key in ("action", "text") if plain else ():
        [value] = yaml.load("\n".join(emit.block(key, text, "")), yaml.BaseLoader).values()  # noqa: S506
        assert " ".join(value.split()) == plain
    assert yaml.load(emit.key_line("note", text), yaml.BaseLoader) == {"note": text}  # noqa: S506
