"""How a document was read, clause by clause, for whoever wants to know why."""

from collections.abc import Iterator

from grcm_cli.drafting.draft import Conclusion, Draft
from grcm_cli.drafting.mandate import DraftMandate
from grcm_cli.drafting.written import responsible
from grcm_cli.language.text import _, clean


def explained(draft: Draft) -> str:
    """Return the reading of a document as text."""
    lines = [line for conclusion in draft.conclusions for line in _conclusion(conclusion)]
    if draft.outline.left_out:
        lines += [_("In no conclusion:")]
        lines += [f"  {clean(line)}" for line in draft.outline.left_out]
    return "\n".join(lines) + "\n"


def _conclusion(conclusion: Conclusion) -> Iterator[str]:
    yield conclusion.item.number
    for act, words in conclusion.reading.clauses:
        yield f"  {act}: {clean(words)}"
    if not conclusion.reading.clauses:
        yield "  " + _("no verb was recognized by which the meeting acts")
    for duty in conclusion.reading.duties:
        yield from _duty(duty)
    for cited in conclusion.follows:
        yield f"    follows: {cited.reference} ← “{clean(cited.words)}”"
    yield ""


def _duty(duty: DraftMandate) -> Iterator[str]:
    yield f"    → {clean(duty.action)}"
    yield f"      {duty.kind} ← “{clean(duty.verb_words)}”"
    who = responsible(duty.who)
    yield f"      responsible: {who}" + (f" ← “{clean(duty.who.words)}”" if duty.who.words else "")
    if duty.support:
        yield f"      support: {', '.join(duty.support)}"
    if duty.due is not None:
        yield f"      due: {duty.due.due} ← “{clean(duty.due_words)}”"
