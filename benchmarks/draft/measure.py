"""How well `grcm draft` reads: precision, recall and F1 on the documents beside this file.

    python -m benchmarks.draft.measure open
    python -m benchmarks.draft.measure world world-held

Each document is read from its file, as the command does it. A conclusion is right when its number
and its words are; a mandate when its action has at least half of the words of the true one, or that
of it. Whoever is responsible, and by when, count for mandates that were missed too.
`--verbose` shows what differs; it is not for the folders that stay unread.
"""

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from grcm_cli.domain.model import Conclusion, Each, Mandate, Meeting, Responsible, Together
from grcm_cli.domain.register import Register, ReportedProgress
from grcm_cli.drafting.bound import DraftResponsible
from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.draft import Draft, draft
from grcm_cli.drafting.mandate import DraftMandate
from grcm_cli.language.text import collapse, fold_words
from grcm_cli.storage.loader import load

HERE = Path(__file__).parent
UNREAD = frozenset({"held", "world-held"})
"""The folders whose documents nobody who changes the rules reads."""
KINDS = ("conclusions", "acts", "mandates", "responsible", "due", "participants")


class Score(NamedTuple):
    """What was counted, by kind: right ones, false ones, missed ones."""

    right: Counter[str]
    false: Counter[str]
    missed: Counter[str]
    lines: list[str]

    def sets(self, kind: str, true: set[object], got: set[object], where: str = "") -> None:
        """Count two sets against each other."""
        self.right[kind] += len(true & got)
        self.false[kind] += len(got - true)
        self.missed[kind] += len(true - got)
        if true != got:
            self.lines.append(f"{where} {kind}: true {true - got or '–'}, got {got - true or '–'}")

    def row(self, kind: str) -> str:
        """Return precision, recall and F1 of a kind."""
        right = self.right[kind]
        precision = right / max(1, right + self.false[kind])
        recall = right / max(1, right + self.missed[kind])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        count = right + self.missed[kind]
        return f"{kind:<14}{count:>6}{precision:>11.3f}{recall:>8.3f}{f1:>8.3f}"


def new_score() -> Score:
    """Return a score in which nothing is counted yet."""
    return Score(Counter(), Counter(), Counter(), [])


def measure(folder: Path, score: Score) -> int:
    """Count all documents of a folder against their readings; return how many there are."""
    count = 0
    for process in sorted(path for path in folder.iterdir() if path.is_dir()):
        register = load(process, process).register
        if register is None:
            raise SystemExit(f"{process} has no register")
        for path in sorted((process / "documents").iterdir()):
            true = next(meeting for meeting in register.meetings if meeting.id == path.stem)
            others = [m for m in register.meetings if m.id != path.stem]
            rest = Register(
                register.process, register.parties, others, ReportedProgress(), frozenset()
            )
            compare(draft(read(path.read_bytes()), rest, {}), true, score)
            count += 1
    return count


def compare(got: Draft, true: Meeting, score: Score) -> None:
    """Count one draft against its true reading."""
    texts = {(c.number, _words(c)) for c in true.conclusions or ()}
    drafted = {(c.item.number, collapse(c.item.text)) for c in got.conclusions}
    score.sets("conclusions", set(texts), set(drafted), true.id)
    named = {party.text for party in true.participants}
    value = got.keys.get("participants")
    score.sets("participants", set(named), set(value.text) if value else set(), true.id)
    by_number = {c.item.number: c.reading for c in got.conclusions}
    for conclusion in true.conclusions or ():
        where = f"{true.id}/{conclusion.number}"
        reading = by_number.pop(conclusion.number, None)
        acts = {act.text for act in conclusion.acts}
        score.sets("acts", set(acts), set(reading.acts) if reading else set(), where)
        _mandates(conclusion, reading.duties if reading else (), score, where)
    for number, reading in by_number.items():
        for duty in reading.duties:
            _extra(duty, score, f"{true.id}/{number}")


def _mandates(
    conclusion: Conclusion, duties: Sequence[DraftMandate], score: Score, where: str
) -> None:
    left = list(duties)
    for mandate in conclusion.mandates:
        near = max(left, key=lambda duty: _likeness(conclusion, mandate, duty), default=None)
        if near is None or _likeness(conclusion, mandate, near) < 0.5:
            near = None
        else:
            left.remove(near)
        score.sets("mandates", {where}, {where} if near else set(), where)
        who = {_bound(mandate.responsible)}
        score.sets("responsible", set(who), {_drafted_party(near.who)} if near else set(), where)
        due = {mandate.due.written.replace("every 1 ", "every ")} if mandate.due else set()
        drafted = {near.due.due} if near and near.due else set()
        score.sets("due", set(due), set(drafted), where)
    for duty in left:
        _extra(duty, score, where)


def _extra(duty: DraftMandate, score: Score, where: str) -> None:
    score.sets("mandates", set(), {duty.action}, where)
    score.sets("responsible", set(), {_drafted_party(duty.who)}, where)
    score.sets("due", set(), {duty.due.due} if duty.due else set(), where)


def _words(conclusion: Conclusion) -> str:
    return collapse(next(iter(conclusion.text.by_language.values())))


def _likeness(conclusion: Conclusion, mandate: Mandate, duty: DraftMandate) -> float:
    true = _stems(next(iter((mandate.action or conclusion.text).by_language.values())))
    got = _stems(duty.action)
    return len(true & got) / max(1, min(len(true), len(got)))


def _stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"\w{4,}", fold_words(text).lower())}


def _bound(responsible: Responsible | None) -> object:
    match responsible:
        case Together(parties):
            return ("together", tuple(sorted(word.text for word in parties)))
        case Each(group, listed, exceptions):
            codes = tuple(sorted(word.text for word in listed))
            return (group, codes, tuple(sorted(word.text for word in exceptions)))
        case None:
            return None


def _drafted_party(who: DraftResponsible) -> object:
    codes = tuple(sorted(who.codes))
    if who.mode in ("together", "nobody"):
        return ("together", codes)
    group = "listed" if who.mode == "each" else who.mode
    return (group, codes, tuple(sorted(who.exceptions)))


def main() -> None:
    """Measure the folders that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("half", nargs="*", default=["open", "held"])
    parser.add_argument("--verbose", action="store_true")
    asked = parser.parse_args()
    for half in asked.half:
        score = new_score()
        count = measure(HERE / half, score)
        print(f"{half}: {count} documents")
        print(f"{'':<14}{'count':>6}{'precision':>11}{'recall':>8}{'F1':>8}")
        print("\n".join(map(score.row, KINDS)))
        if asked.verbose and half not in UNREAD:
            print("\n".join(score.lines))


if __name__ == "__main__":
    main()
