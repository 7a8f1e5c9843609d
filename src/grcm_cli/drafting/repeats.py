"""A list of actions behind the text: rows that say again what the conclusions they name say.

Reports of working groups end with one: *3.2 | Completion of the survey | Comoros | 30 April*.
"""

import re
from collections.abc import Sequence

from grcm_cli.drafting.layout.outline import OutlineItem
from grcm_cli.drafting.mandate import DraftMandate
from grcm_cli.language.text import READ_LANGUAGES, fold_words
from grcm_cli.language.verbs import verb_forms

_ADDED = re.compile(r"^[A-Z]\.|-[0-9]+$")
"""What makes the number of a row unique: the letter of its annex, the count of a number."""
_STEM = 5  # letters by which two words are compared
_WORD = re.compile(r"[^\W\d_]{4,}")
_MIN_ROWS = 3
_MIN_SHARE = 0.5  # of the words of a row that its conclusion has, and of such rows


def repeated_rows(items: Sequence[OutlineItem]) -> dict[str, str]:
    """Return the rows that repeat conclusions before them, each with the conclusion's number."""
    words: dict[str, set[str]] = {}
    for item in items:
        if not item.cells:
            for number in filter(None, (item.number, item.stem)):
                words.setdefault(number, set()).update(_words(item.text))
    rows = [item for item in items if item.cells]
    repeated: dict[str, str] = {}
    for row in rows:
        number = _ADDED.sub("", row.number)
        numbers = (number, number.rpartition(".")[0])
        named = next((each for each in numbers if each in words and each != row.number), None)
        content = _words(row.text)
        is_like = named and content and len(content & words[named]) >= _MIN_SHARE * len(content)
        if named and is_like and not _has_verb_of_its_own(row.text, words[named]):
            repeated[row.number] = named
    return repeated if len(repeated) >= max(_MIN_ROWS, _MIN_SHARE * len(rows)) else {}


def _has_verb_of_its_own(text: str, words: set[str]) -> bool:
    """Tell whether a row begins with a verb that its conclusion lacks: *Translate the map*."""
    first = (text.split() or [""])[0]
    forms = (form for code in READ_LANGUAGES for form in verb_forms(first.lower(), code))
    is_verb = any(form.mood == "infinitive" for form in forms)
    return is_verb and fold_words(first)[:_STEM].lower() not in words


def _words(text: str) -> set[str]:
    """Return how the longer words of a text begin."""
    return {word[:_STEM] for word in _WORD.findall(fold_words(text).lower())}


def says_the_same(row: Sequence[DraftMandate], duties: Sequence[DraftMandate]) -> bool:
    """Tell whether each mandate of a row has the parties and the deadline of one of some others."""
    of_row, known = (
        {(frozenset(duty.who.codes), duty.due and duty.due.due) for duty in each}
        for each in (row, duties)
    )
    return bool(of_row) and of_row <= known
