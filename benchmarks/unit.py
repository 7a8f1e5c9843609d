"""A fixed piece of work of the same kind as grcm's, with which costs are compared.

    python benchmarks/unit.py

libyaml's parse events of a text that never changes, values made of them, and what is usual with
those: words counted, sorted, joined. A quarter of a second on the machine of the manual's figures.
What a command costs divided by what this costs at the same time says the same on a slow machine.
"""

import json
from collections import Counter
from itertools import pairwise

import yaml

ROUNDS = 220
TEXT = (
    "- number: 8\n  text: >-\n    Solicitar a cada país miembro presentar el plan de trabajo\n"
    "    sobre la protección consular a más tardar el 15 de enero de 2003.\n  acts: directive\n"
    "  action: Presentar el plan de trabajo\n  responsible: {each: members, except: [AAA, BBB]}\n"
    "  due: 2003-01-15\n  follows: [GC-2001-02/7, ASA-2000-01/12.a]\n"
) * 12


def work() -> str:
    """Parse the text once, and make something of it."""
    values: list[str] = []
    kinds: Counter[str] = Counter()
    for event in yaml.parse(TEXT, Loader=yaml.CSafeLoader):
        kinds[type(event).__name__] += 1
        if isinstance(event, yaml.ScalarEvent):
            values.append(event.value)
    pairs = [{"key": key, "value": value} for key, value in pairwise(values)]
    pairs.sort(key=lambda pair: (pair["value"].casefold(), pair["key"]))
    words = Counter(word for pair in pairs for word in pair["value"].split())
    return json.dumps([pairs, words.most_common(9), sorted(kinds)])


if __name__ == "__main__":
    for _round in range(ROUNDS):
        work()
