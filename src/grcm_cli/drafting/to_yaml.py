"""Render a draft as a meeting file; comments say how sure each value is, and of which words."""

from collections.abc import Iterator

from grcm_cli.drafting.bound import DraftResponsible
from grcm_cli.drafting.draft import Doubt, Draft, DraftConclusion
from grcm_cli.drafting.header import DraftValue
from grcm_cli.drafting.languages import language_name
from grcm_cli.drafting.layout.text_line import CONFIDENTIAL
from grcm_cli.drafting.mandate import DraftMandate
from grcm_cli.drafting.passage import Excerpt
from grcm_cli.drafting.references import OLDER_KINDS
from grcm_cli.language.days import long_span
from grcm_cli.language.text import N_, _, clean, current_language, in_quotes, labelled
from grcm_cli.reader.emit import block, key_line, one_or_list

SURE = N_("sure")
LIKELY = N_("likely")
CHECK = N_("check")
MARKED = N_("it is marked as confidential, so `confidential: true` was written: “{words}”")
_MAX_QUOTED = 8  # words that were not understood
_MAX_COMMENT = 110  # characters of the quoted words
_AROUND_MARK = " .;:-–—"


def meeting_file(draft: Draft, source: str) -> str:
    """Return the meeting file of a draft, without the schema line for editors."""
    purpose = _(
        "Drafted from the document; the texts are word for word. What was inferred has a comment:"
    )
    comments = _("the words that it comes from, and how certain it is. Look at every “check”.")
    lines = [f"# {purpose}", f"# {comments}"]
    missing = _("check: the document does not say it; give --{key}")
    lines += [f"# {key}:  # " + missing.format(key=key) for key in draft.missing]
    for key, value in draft.keys.items():
        line, certainty = key_line(key, value.text), key_certainty(key, value)
        why = _("from the body and the first day") if key == "id" else _quoted(value.words)
        lines.append(f"{line}  # {_remark(certainty, why)}" if certainty else line)
        if key == "start" and draft.other_days:
            others = _("the document also says {days}").format(days=other_days(draft))
            lines.append("# " + _remark(CHECK, others))
    if source:
        lines.append(key_line("source", source))
    lines += ["", "conclusions:"]
    lines += [line for conclusion in draft.conclusions for line in _conclusion(conclusion)]
    if draft.unassigned_lines:
        lines.append("# " + _("In no conclusion:"))
        lines += [f"#   {clean(line)}" for line in draft.unassigned_lines]
    return "\n".join(lines) + "\n"


def other_days(draft: Draft) -> str:
    """Return the days that a document states beside the meeting's, in the reader's words."""
    days = [long_span(span.first, span.last, current_language()) for span in draft.other_days]
    return "; ".join([*days, *(["…"] if draft.header.more_days else [])])


def key_certainty(key: str, value: DraftValue) -> str:
    """Return how sure the value of a key is; nothing where it was given or is plain to see."""
    if value.given or (key in ("title", "place", "end") and value.sure):
        return ""
    return (SURE if value.words else LIKELY) if value.sure else CHECK


def _remark(certainty: str, why: str) -> str:
    return labelled(_(certainty), why) if why else _(certainty)


def _quoted(words: str) -> str:
    plain = " ".join(clean(words).split())
    if len(plain) > _MAX_COMMENT:
        plain = plain[: _MAX_COMMENT - 1] + "…"
    return in_quotes(plain) if words else ""


def first_words(text: str, count: int) -> str:
    """Return the first words of a text."""
    words = text.split()
    return " ".join(words[:count]) + ("…" if len(words) > count else "")


def doubt_about(number: str, message: str, excerpt: Excerpt, most: int | None = None) -> Doubt:
    """Return a doubt about words, of which the sentence quotes no more than some."""
    words = excerpt.words
    sentence = message.format(words=first_words(words, most) if most else words)
    return Doubt(number, sentence, *excerpt)


def open_words(conclusion: DraftConclusion) -> Iterator[Doubt]:
    """Yield the words of a conclusion that lay down more, or other, than its mandates say."""
    reading, number = conclusion.reading, conclusion.item.number
    yield from conclusion.second
    handed = _("it seems to hand a duty over; if so, write `reassigns`: “{words}”")
    yield from (doubt_about(number, handed, excerpt, 8) for excerpt in reading.handed_over)
    forbidden = _("it says what is not to be done; no mandate was made from “{words}”")
    yield from (doubt_about(number, forbidden, excerpt) for excerpt in reading.forbidden)
    for excerpt in reading.unbound:
        message = _("no mandate was made from “{words}”")
        yield doubt_about(number, message, excerpt, _MAX_QUOTED)._replace(is_loss=True)
    untimed = _("no deadline was made from “{words}”")
    yield from (doubt_about(number, untimed, excerpt, _MAX_QUOTED) for excerpt in reading.untimed)
    shared = _("the deadline “{words}” is for one of its duties; it may apply to the others too")
    yield from (doubt_about(number, shared, excerpt) for excerpt in reading.shared)
    cut = _(
        "a sentence is too long to be read at once: from “{words}” on, it was read without "
        "what comes before"
    )
    yield from (doubt_about(number, cut, excerpt, _MAX_QUOTED) for excerpt in reading.cut)


def other_language_sentence(conclusion: DraftConclusion) -> str:
    """Return what is to be said of a conclusion in another language than the meeting's."""
    message = _("it is in {language}, so it was not read: it may contain duties")
    if conclusion.is_read:
        message = _("it is in {language}, but was read all the same")
    return message.format(language=language_name(conclusion.language))


def _conclusion(conclusion: DraftConclusion) -> Iterator[str]:
    item, reading = conclusion.item, conclusion.reading
    counted = _("the document gives it no number; it was numbered by counting")
    remark = _remark(CHECK, counted) if item.by_order else _quoted(item.printed)
    yield f"  - number: {item.number}" + (f"  # {remark}" if remark else "")
    yield from block("text", item.text, "    ")
    mark = confidential_mark(item.text)
    if mark.words:
        yield "    confidential: true  # " + _remark(CHECK, _quoted(mark.words))
    if conclusion.language:
        yield "    # " + _remark(CHECK, other_language_sentence(conclusion))
    if reading.acts:
        words = (in_quotes(first_words(clean(clause), 4)) for _act, clause in reading.clauses)
        yield f"    acts: {one_or_list(reading.acts)}  # " + _remark(LIKELY, ", ".join(words))
    elif conclusion.has_no_verb:
        yield "    # " + _remark(CHECK, _("no operative verb was recognized"))
    yield from inferred_lines(conclusion)
    yield ""


def confidential_mark(text: str) -> Excerpt:
    """Return the words at the head or the end of a text that say that it is confidential."""
    mark = CONFIDENTIAL.search(text)
    if mark is None:
        return Excerpt("")
    start = mark.end() - len(mark[0].lstrip(_AROUND_MARK))
    words = mark[0].strip(_AROUND_MARK)
    return Excerpt(words, (start, start + len(words)))


def inferred_lines(conclusion: DraftConclusion) -> Iterator[str]:
    """Yield what was inferred of a conclusion but its acts, with the comments of a draft."""
    for doubt in open_words(conclusion):
        yield "    # " + _remark(CHECK, clean(doubt.sentence))
    # The keys that say which older mandates it follows, moves or ends.
    for key in OLDER_KINDS:
        values, quoted = dict[str, None](), dict[str, None]()
        for older in conclusion.cited_as(key):
            if not older.is_identified:
                continue
            parties = f", parties: [{', '.join(older.parties)}]" if older.parties else ""
            extension = f"{{mandate: {older.reference}, due: {older.due}{parties}}}"
            values[extension if key == "extends" else older.reference] = None
            quoted[_quoted(older.words)] = None
        if values:
            yield f"    {key}: {one_or_list(list(values))}  # " + _remark(LIKELY, ", ".join(quoted))
    item, reading = conclusion.item, conclusion.reading
    single = reading.duties[0] if len(reading.duties) == 1 else None
    notes = [*item.notes, *([single.who.note] if single and single.who.note else [])]
    if notes:
        yield "    " + key_line("note", " ".join(notes))
    if single:
        duty = single._replace(who=single.who._replace(note=""))  # its note is written above
        yield from _mandate(duty, "    ", item.number)
    elif reading.duties:
        yield "    mandates:"
        for place, duty in enumerate(reading.duties):
            yield from _mandate(duty, "      - ", item.number, place)


def _mandate(duty: DraftMandate, first: str, number: str, place: int = 0) -> Iterator[str]:
    indent = " " * len(first)
    lines = list(block("action", duty.action, indent))
    yield first + lines[0].removeprefix(indent)
    yield from lines[1:]
    if duty.kind != "request":
        certainty = CHECK if "kind" in duty.disputed else SURE
        yield f"{indent}kind: {duty.kind}  # " + _remark(certainty, _quoted(duty.verb.words))
    is_sure = duty.who.sure and "responsible" not in duty.disputed
    why = _quoted(duty.who.words)
    if duty.who.mode == "nobody":
        nobody = _("the text names nobody in the register as responsible")
        why = _("the register does not contain {words}").format(words=why) if why else nobody
    remark = _remark(SURE if is_sure else CHECK, why)
    yield f"{indent}responsible: {responsible(duty.who)}  # {remark}"
    if duty.who.lead:
        yield f"{indent}lead: {duty.who.lead_code}  # " + _remark(LIKELY, _quoted(duty.who.lead[0]))
    if duty.support:
        yield f"{indent}support: [{', '.join(duty.support)}]  # " + _(LIKELY)
    if duty.due is not None:
        is_sure = duty.due.sure and "due" not in duty.disputed
        remark = _remark(SURE if is_sure else CHECK, _quoted(duty.when.words))
        yield f"{indent}due: {duty.due.due}  # {remark}"
        if duty.due.until:
            yield f"{indent}until: {duty.due.until}"
    if duty.after and place:
        yield f"{indent}after: {number}#{place}  # " + _(LIKELY)
    if duty.who.note:
        yield indent + key_line("note", duty.who.note)
    if duty.second:
        yield f"{indent}# " + (_remark(CHECK, duty.second) if duty.disputed else duty.second)


def responsible(who: DraftResponsible) -> str:
    """Return who is bound, as the value of `responsible`."""
    if who.mode in ("nobody", "together"):
        return one_or_list(who.codes)
    group = one_or_list(who.codes) if who.mode == "each" else who.mode
    exceptions = f", except: [{', '.join(who.exceptions)}]" if who.exceptions else ""
    return f"{{each: {group}{exceptions}}}"
