"""Help to review a draft: its doubts, and how each clause was read."""

from collections.abc import Iterator
from typing import NamedTuple

from grcm_cli.drafting.draft import Draft, DraftConclusion
from grcm_cli.drafting.passage import Excerpt, Place
from grcm_cli.drafting.reading import DraftMandate
from grcm_cli.drafting.to_yaml import cut_sentence, first_words, responsible
from grcm_cli.language.text import _, clean

# --- doubts -------------------------------------------------------------------------------------


_MAX_MEETINGS = 12
"""Meetings of a document whose titles are named."""


class Doubt(NamedTuple):
    """Something that the document leaves open, or that was inferred without certainty."""

    number: str
    """The conclusion's, with `#2` for its second mandate; empty for the meeting itself."""
    sentence: str
    words: str = ""
    """The document's words that it is about; empty where it is about none."""
    place: Place | None = None
    """Where they are in the conclusion, if they are in its text."""


def doubts(draft: Draft) -> list[Doubt]:
    """Return all doubts of a draft, first those of the meeting."""
    found = list(_meeting_doubts(draft))
    for conclusion in draft.conclusions:
        found += _conclusion_doubts(conclusion)
        for place, duty in enumerate(conclusion.reading.duties, 1):
            found += _mandate_doubts(mandate_name(conclusion, place), duty)
    return found


def mandate_name(conclusion: DraftConclusion, place: int) -> str:
    """Return the name of a conclusion's n-th mandate: `8#2`, or `8` where it is the only one."""
    number = conclusion.item.number
    return f"{number}#{place}" if len(conclusion.reading.duties) > 1 else number


def _about(number: str, message: str, excerpt: Excerpt, most: int | None = None) -> Doubt:
    """Return a doubt about words, of which the sentence quotes no more than some."""
    words = excerpt.words
    sentence = message.format(words=first_words(words, most) if most else words)
    return Doubt(number, sentence, *excerpt)


def _meeting_doubts(draft: Draft) -> Iterator[Doubt]:
    for sentence in _sentences_on_meeting(draft):
        yield Doubt("", sentence)
    for line in draft.binding_lines:
        message = _("a line in no conclusion has a duty or a deadline: “{words}”")
        yield _about("", message, Excerpt(line), 12)
    for line in draft.binding_header:
        message = _("before the first conclusion there is what reads as a duty: “{words}”")
        yield _about("", message, Excerpt(line), 12)
    for name in draft.unknown:
        yield Doubt("", _("'{name}' is not in the register").format(name=name), name)


def _sentences_on_meeting(draft: Draft) -> Iterator[str]:
    """Yield the doubts about the document as a whole, which are about none of its words."""
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


def _conclusion_doubts(conclusion: DraftConclusion) -> Iterator[Doubt]:
    item, reading = conclusion.item, conclusion.reading
    number = item.number
    if not reading.acts:
        yield Doubt(number, _("no verb was recognized by which the meeting acts"))
    if item.is_repeated:
        yield Doubt(number, _("the document has this number more than once"))
    for line in item.numbered_lines:
        message = _("a line in it begins as a conclusion does: “{words}”")
        yield _about(number, message, Excerpt(line), 8)
    for excerpt in reading.forbidden:
        message = _("it says what is not to be done; no mandate was made of “{words}”")
        yield _about(number, message, excerpt)
    for excerpt in reading.unbound:
        yield _about(number, _("no mandate was made of “{words}”"), excerpt)
    moved = conclusion.extends
    if moved and not (moved.mandate and moved.due):
        message = _("it moves a deadline; which one, or to which day, was not found: “{words}”")
        yield _about(number, message, Excerpt(moved.words))
    for excerpt in reading.cut:
        yield Doubt(number, cut_sentence(excerpt.words), *excerpt)
    for excerpt in reading.unread:
        yield _about(number, _("by when was not understood: “{words}”"), excerpt)
    for code in item.unseen:
        yield Doubt(number, _("{code} was left out: it is not to be seen").format(code=code))


def _mandate_doubts(name: str, duty: DraftMandate) -> Iterator[Doubt]:
    who = Excerpt(duty.who.words, duty.who.place)
    if duty.who.mode == "nobody":
        verb = Excerpt(duty.verb_words, duty.verb_place)
        yield Doubt(name, _("the text names nobody of the register who is to do it"), *verb)
    if duty.who.note:
        yield _about(name, _("it does not say who has done it already: “{words}”"), who)
    if duty.who.far:
        yield _about(name, _("who is to do it is taken from another sentence: “{words}”"), who)
    if duty.due is not None and not duty.due.sure:
        message = _("the deadline is inferred: {due} from “{words}”")
        sentence = message.format(due=duty.due.due, words=duty.due_words)
        yield Doubt(name, sentence, duty.due_words, duty.due_place)


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
