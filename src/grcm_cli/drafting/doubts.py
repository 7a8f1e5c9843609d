"""What an officer must look at in a draft, and why: one sentence a doubt."""

from collections.abc import Iterator
from typing import NamedTuple

from grcm_cli.drafting.draft import Conclusion, Draft
from grcm_cli.drafting.mandate import DraftMandate
from grcm_cli.language.text import _


class Doubt(NamedTuple):
    """Something that the document leaves open, or that was guessed."""

    number: str
    """The conclusion's; empty for the meeting itself."""
    sentence: str


def doubts(draft: Draft) -> list[Doubt]:
    """Return all doubts of a draft, first those of the meeting."""
    found = list(_of_meeting(draft))
    for conclusion in draft.conclusions:
        found += _of_conclusion(conclusion)
    return found


def _of_meeting(draft: Draft) -> Iterator[Doubt]:
    for key in draft.missing:
        yield Doubt("", _("the document does not say `{key}`; give --{key}").format(key=key))
    if draft.other_days:
        said = _("the document states other days too: {days}")
        yield Doubt("", said.format(days=", ".join(draft.other_days)))
    if any(conclusion.item.by_order for conclusion in draft.conclusions):
        yield Doubt(
            "", _("the document numbers nothing; the conclusions are counted in their order")
        )
    if draft.outline.gaps:
        said = _("the numbering leaves out {numbers}")
        yield Doubt("", said.format(numbers=", ".join(draft.outline.gaps)))
    for name in draft.unknown:
        yield Doubt("", _("'{name}' is not in the register").format(name=name))


def _of_conclusion(conclusion: Conclusion) -> Iterator[Doubt]:
    number = conclusion.item.number
    if not conclusion.reading.acts:
        yield Doubt(number, _("no verb was recognized by which the meeting acts"))
    if conclusion.item.is_again:
        yield Doubt(number, _("the document has this number more than once"))
    for line in conclusion.item.like_own:
        said = _("a line in it begins as a conclusion does: “{words}”")
        yield Doubt(number, said.format(words=_first_words(line)))
    for words in conclusion.reading.forbidden:
        said = _("it says what is not to be done; no mandate was made of “{words}”")
        yield Doubt(number, said.format(words=words))
    for words in conclusion.reading.unread:
        said = _("by when was not understood: “{words}”")
        yield Doubt(number, said.format(words=words))
    for characters in conclusion.item.unseen:
        yield Doubt(number, _("{code} was left out: it is not to be seen").format(code=characters))
    several = len(conclusion.reading.duties) > 1
    for place, duty in enumerate(conclusion.reading.duties, 1):
        name = f"{number}#{place}" if several else number
        for sentence in _of_duty(duty):
            yield Doubt(name, sentence)


def _of_duty(duty: DraftMandate) -> Iterator[str]:
    if duty.who.mode == "nobody":
        yield _("the text names nobody of the register who is to do it")
    if duty.who.note:
        yield _("it does not say who has done it already: “{words}”").format(words=duty.who.words)
    if duty.due is not None and not duty.due.sure:
        said = _("the deadline is inferred: {due} from “{words}”")
        yield said.format(due=duty.due.due, words=duty.due_words)


def _first_words(line: str) -> str:
    words = line.split()
    return " ".join(words[:8]) + ("…" if len(words) > 8 else "")
