"""Help to review a draft: its doubts, how each clause was read, and differences to a file."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from grcm_cli.domain.model import Meeting
from grcm_cli.drafting.draft import Draft, DraftConclusion
from grcm_cli.drafting.reading import DraftMandate
from grcm_cli.drafting.to_yaml import cut_sentence, first_words, responsible
from grcm_cli.language.text import _, clean, collapse

# --- doubts -------------------------------------------------------------------------------------


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
    for key in draft.missing:
        yield _("the document does not say `{key}`; give --{key}").format(key=key)
    if draft.other_days:
        message = _("the document states other days too: {days}")
        yield message.format(days=", ".join(draft.other_days))
    if any(conclusion.item.by_order for conclusion in draft.conclusions):
        yield _("the document numbers nothing; the conclusions are counted in their order")
    if draft.outline.gaps:
        message = _("the numbering leaves out {numbers}")
        yield message.format(numbers=", ".join(draft.outline.gaps))
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


# --- comparison ---------------------------------------------------------------------------------

_CONTEXT = 2  # words shown before and after a difference
_MAX_COMPARED = 4000  # words; comparing takes quadratic time
_MAX_SHOWN = 60  # words of one difference


def differences(draft: Draft, meeting: Meeting) -> list[str]:
    """Return a sentence for each place where a meeting file's words are not the document's.

    Texts are compared in NFC, with white space collapsed.
    """
    texts = {c.item.number: collapse(c.item.text) for c in draft.conclusions}
    own = {}
    for conclusion in meeting.conclusions or ():
        by_language = conclusion.text.by_language
        text = by_language.get(meeting.language or "") or next(iter(by_language.values()), "")
        own[conclusion.number] = collapse(text)
    found = []
    for number in {**own, **texts}:
        if number not in texts:
            found.append(_("{number}: it is not in the document").format(number=number))
        elif number not in own:
            found.append(_("{number}: it is in the document alone").format(number=number))
        elif own[number] != texts[number]:
            message = _("{number}: the file has “{file}”, the document “{document}”")
            for file, document in _changed_words(own[number].split(), texts[number].split()):
                found.append(message.format(number=number, file=file, document=document))
    return found


def _changed_words(file: Sequence[str], document: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the words of each difference, of the file and of the document, with their context."""
    begin = _common_words(file, document)
    end = _common_words(file[begin:][::-1], document[begin:][::-1])
    first = max(0, begin - _CONTEXT)
    files = file[first : len(file) - max(0, end - _CONTEXT)]
    documents = document[first : len(document) - max(0, end - _CONTEXT)]
    if len(files) + len(documents) > _MAX_COMPARED:
        yield _shortened(files), _shortened(documents)
        return
    matcher = SequenceMatcher(None, files, documents, autojunk=False)
    for group in matcher.get_grouped_opcodes(_CONTEXT):
        start, stop = group[0], group[-1]
        yield _shortened(files[start[1] : stop[2]]), _shortened(documents[start[3] : stop[4]])


def _common_words(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two texts have in common at their start."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _shortened(words: Sequence[str]) -> str:
    if len(words) > _MAX_SHOWN:
        words = [*words[: _MAX_SHOWN // 2], "…", *words[-_MAX_SHOWN // 2 :]]
    return " ".join(words) or "–"
