"""Help to review a draft: its doubts, and how each clause was read."""

from collections.abc import Iterator
from typing import NamedTuple

from grcm_cli.drafting.draft import Draft, DraftConclusion
from grcm_cli.drafting.reading import DraftMandate
from grcm_cli.drafting.to_yaml import cut_sentence, first_words, responsible
from grcm_cli.language.text import _, clean

# --- doubts -------------------------------------------------------------------------------------


_MAX_MEETINGS = 12
"""Meetings of a document whose titles are named."""


class Doubt(NamedTuple):
    """Something that the document leaves open, or that was inferred without certainty."""

    number: str
    """The conclusion's; empty for the meeting itself."""
    sentence: str


def doubts(draft: Draft) -> list[Doubt]:
    """Return all doubts of a draft, first those of the meeting."""
    found = [Doubt("", sentence) for sentence in _meeting_doubts(draft)]
    for conclusion in draft.conclusions:
        number, duties = conclusion.item.number, conclusion.reading.duties
        found += [Doubt(number, sentence) for sentence in _conclusion_doubts(conclusion)]
        for place, duty in enumerate(duties, 1):
            name = f"{number}#{place}" if len(duties) > 1 else number
            found += [Doubt(name, sentence) for sentence in _mandate_doubts(duty)]
    return found


def _meeting_doubts(draft: Draft) -> Iterator[str]:
    if draft.meetings:
        count = len(draft.meetings)
        titles = "; ".join(
            f"{n} {first_words(t, 8)}" for n, t in enumerate(draft.meetings[:_MAX_MEETINGS], 1)
        )
        message = _("the document has {count} meetings; draft each with --meeting N: {titles}")
        yield message.format(count=count, titles=titles)
    for key in draft.missing:
        yield _("the document does not say `{key}`; give --{key}").format(key=key)
    if draft.other_days:
        message = _("the document states other days too: {days}")
        yield message.format(days=", ".join(draft.other_days))
    counted = [one.item.number for one in draft.conclusions if one.item.by_order]
    if counted and all(one.item.by_order or one.item.stem for one in draft.conclusions):
        yield _("the document numbers nothing; the conclusions are counted in their order")
    elif counted:
        message = _("without a number in the document, and named by their headings: {numbers}")
        yield message.format(numbers=", ".join(counted))
    if draft.outline.gaps:
        message = _("the numbering leaves out {numbers}")
        yield message.format(numbers=", ".join(draft.outline.gaps))
    for line in draft.binding_lines:
        message = _("a line in no conclusion has a duty or a deadline: “{words}”")
        yield message.format(words=first_words(line, 12))
    for line in draft.binding_header:
        message = _("before the first conclusion there is what reads as a duty: “{words}”")
        yield message.format(words=first_words(line, 12))
    for name in draft.unknown:
        yield _("'{name}' is not in the register").format(name=name)


def _conclusion_doubts(conclusion: DraftConclusion) -> Iterator[str]:
    item, reading = conclusion.item, conclusion.reading
    if not reading.acts:
        yield _("no verb was recognized by which the meeting acts")
    if item.is_repeated:
        yield _("the document has this number more than once")
    for line in item.numbered_lines:
        message = _("a line in it begins as a conclusion does: “{words}”")
        yield message.format(words=first_words(line, 8))
    for words in reading.forbidden:
        message = _("it says what is not to be done; no mandate was made of “{words}”")
        yield message.format(words=words)
    for words in reading.unbound:
        yield _("no mandate was made of “{words}”").format(words=words)
    moved = conclusion.extends
    if moved and not (moved.mandate and moved.due):
        message = _("it moves a deadline; which one, or to which day, was not found: “{words}”")
        yield message.format(words=moved.words)
    for words in reading.cut:
        yield cut_sentence(words)
    for words in reading.unread:
        yield _("by when was not understood: “{words}”").format(words=words)
    for code in item.unseen:
        yield _("{code} was left out: it is not to be seen").format(code=code)


def _mandate_doubts(duty: DraftMandate) -> Iterator[str]:
    if duty.who.mode == "nobody":
        yield _("the text names nobody of the register who is to do it")
    if duty.who.note:
        yield _("it does not say who has done it already: “{words}”").format(words=duty.who.words)
    if duty.who.far:
        message = _("who is to do it is taken from another sentence: “{words}”")
        yield message.format(words=duty.who.words)
    if duty.due is not None and not duty.due.sure:
        message = _("the deadline is inferred: {due} from “{words}”")
        yield message.format(due=duty.due.due, words=duty.due_words)


# --- explanation --------------------------------------------------------------------------------


def explanation(draft: Draft) -> str:
    """Return how each clause was read, as text."""
    lines = [line for conclusion in draft.conclusions for line in _explain_conclusion(conclusion)]
    if draft.outline.left_out:
        lines += [_("In no conclusion:")]
        lines += [f"  {clean(line)}" for line in draft.outline.left_out]
    return "\n".join(lines) + "\n"


def _explain_conclusion(conclusion: DraftConclusion) -> Iterator[str]:
    yield conclusion.item.number
    for act, words in conclusion.reading.clauses:
        yield f"  {act}: {clean(words)}"
    if not conclusion.reading.clauses:
        yield "  " + _("no verb was recognized by which the meeting acts")
    for duty in conclusion.reading.duties:
        yield from _explain_mandate(duty)
    for cited in conclusion.follows:
        yield f"    follows: {cited.reference} ← “{clean(cited.words)}”"
    yield ""


def _explain_mandate(duty: DraftMandate) -> Iterator[str]:
    yield f"    → {clean(duty.action)}"
    yield f"      {duty.kind} ← “{clean(duty.verb_words)}”"
    who = responsible(duty.who)
    yield f"      responsible: {who}" + (f" ← “{clean(duty.who.words)}”" if duty.who.words else "")
    if duty.support:
        yield f"      support: {', '.join(duty.support)}"
    if duty.due is not None:
        yield f"      due: {duty.due.due} ← “{clean(duty.due_words)}”"
