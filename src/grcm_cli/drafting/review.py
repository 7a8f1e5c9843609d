"""Help to review a draft: its doubts, and how each clause was read."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from grcm_cli.domain.due import DueWording
from grcm_cli.domain.due_forms import parse_due
from grcm_cli.domain.periods import parse_day
from grcm_cli.drafting import to_yaml
from grcm_cli.drafting.action import says_nothing_alone
from grcm_cli.drafting.draft import Doubt, Draft, DraftConclusion
from grcm_cli.drafting.languages import language_name, language_of
from grcm_cli.drafting.mandate import DraftMandate
from grcm_cli.drafting.passage import Excerpt
from grcm_cli.drafting.references import OlderReference
from grcm_cli.drafting.to_yaml import doubt_about
from grcm_cli.language.lexicon import phrase_regex, whole_words
from grcm_cli.language.text import (
    N_,
    _,
    clean,
    counted,
    current_language,
    in_quotes,
    in_series,
    labelled,
    ngettext,
)

_ACTION_LABEL = whole_words("doubts.action_labels")
_REPEATS = phrase_regex(r"(?<!\w)<doubts.repeating>\b[^.;]{0,80}?\b<doubts.repeated>\b")
_MORE_THAN_YEAR = re.compile(r"[^\W\d_]|^\W*[0-9]{1,3}\W*$")
"""In a line: letters, or a number that is no year."""
_MAX_NUMBERS = 12  # before a line of a summary
_MAX_MEETINGS = 12  # meetings of a document whose titles are named
_OLDER = {
    "follows": N_("Follows up {reference}"),
    "closes": N_("Ends {reference}"),
    "supersedes": N_("Replaces {reference}"),
}


def doubts(draft: Draft) -> list[Doubt]:
    """Return all doubts of a draft, first those of the meeting."""
    all_doubts = list(_meeting_doubts(draft))
    for conclusion in draft.conclusions:
        all_doubts += _conclusion_doubts(conclusion)
        all_doubts += _on_tables(draft, conclusion.item.number)
        for name, duty in named_duties(conclusion):
            all_doubts += _mandate_doubts(name, duty)
    return all_doubts


def grouped(points: Sequence[Doubt]) -> dict[str, int]:
    """Return doubts as lines: what several say once, with their numbers before it; and how many.

    Those of the document stand first, then those after which a duty may be missing, then the
    others; each in the order of the document.
    """
    numbers: dict[str, list[str]] = {}
    ranks: dict[str, int] = {}
    for doubt in points:
        numbers.setdefault(doubt.sentence, []).append(doubt.number)
        ranks.setdefault(doubt.sentence, 0 if not doubt.number else 2 - doubt.is_loss)
    lines = {}
    for sentence in sorted(numbers, key=ranks.__getitem__):
        size = len(numbers[sentence])
        shown = ", ".join(filter(None, numbers[sentence][:_MAX_NUMBERS]))
        shown += f", … ({size})" if size > _MAX_NUMBERS else ""
        lines[labelled(shown, sentence) if shown else sentence] = size
    return lines


def counts(draft: Draft, points: Sequence[Doubt]) -> Iterator[str]:
    """Yield the counts of a draft in words; a mandate is sure where no point is about it."""
    mandates = len(draft.duties)
    yield from count_of_texts(draft)
    named = {point.number for point in points}
    duties = chain.from_iterable(map(named_duties, draft.conclusions))
    message = counted(
        "{count} mandate ({sure} certain)", "{count} mandates ({sure} certain)", mandates
    )
    yield message.format(sure=sum(duty.who.sure and name not in named for name, duty in duties))
    yield counted("{count} point to check", "{count} points to check", len(points))


def count_of_texts(draft: Draft) -> Iterator[str]:
    """Yield how many conclusions and items a draft has, in words."""
    main = sum(conclusion.item.stem is None for conclusion in draft.conclusions)
    items = len(draft.conclusions) - main
    yield counted("{count} conclusion", "{count} conclusions", main)
    if items:
        yield counted("{count} item under them", "{count} items under them", items)


def named_duties(conclusion: DraftConclusion) -> Iterator[tuple[str, DraftMandate]]:
    """Yield a conclusion's mandates, each by its name: `8#1` and `8#2`, or `8` of the only one."""
    number, duties = conclusion.item.number, conclusion.reading.duties
    for place, duty in enumerate(duties, 1):
        yield number if len(duties) == 1 else f"{number}#{place}", duty


def _meeting_doubts(draft: Draft) -> Iterator[Doubt]:
    yield from (Doubt("", sentence) for sentence in _sentences_on_meeting(draft))
    if draft.other_days:
        words = [draft.header.days[span] for span in draft.other_days]
        days = to_yaml.other_days(draft)
        sentence = _("the document also states other dates: {days}").format(days=days)
        yield Doubt("", sentence, words[0], other_words=words[1:])
    start = draft.keys.get("start")
    if start is not None and not (start.sure or start.given or draft.other_days):
        message = _("nothing says that the meeting was on “{words}”: it may be the date of a paper")
        yield doubt_about("", message, Excerpt(start.words))
    if draft.header.letter.words:
        message = _("if it was decided by correspondence, write `kind: correspondence`: “{words}”")
        yield doubt_about("", message, draft.header.letter)
    yield from _on_tables(draft, "")
    of_line = _("a sentence outside the conclusions contains a duty or a deadline: “{words}”")
    of_header = _("text before the first conclusion reads like a duty: “{words}”")
    for message, lines in ((of_line, draft.binding_lines), (of_header, draft.binding_header)):
        yield from (doubt_about("", message, Excerpt(line), 12) for line in lines)
    for name in draft.header.unknown:
        yield Doubt("", _("'{name}' is not in the register").format(name=name), name)


def _on_tables(draft: Draft, number: str) -> Iterator[Doubt]:
    message = _("a table was not understood; no mandates were made from its rows: “{words}”")
    for words in draft.tables.get(number, ()):
        yield doubt_about(number, message, words, 12)._replace(is_loss=True)
    message = _(
        "the table row that names it has other parties or another deadline; no mandate was made "
        "from that row: “{words}”"
    )
    for row in (row for named, row in draft.differing if named == number):
        yield doubt_about(number, message, Excerpt(row), 12)._replace(is_loss=True)


def _sentences_on_meeting(draft: Draft) -> Iterator[str]:
    """Yield the doubts about the document as a whole, which are about none of its words."""
    if draft.meetings:
        titles = in_series(
            f"{number} {to_yaml.first_words(title, 8)}"
            for number, title in enumerate(draft.meetings[:_MAX_MEETINGS], 1)
        )
        message = _("the document has {count} meetings; draft each with --meeting N: {titles}")
        yield message.format(count=len(draft.meetings), titles=titles)
    for key in draft.missing:
        yield _("the document does not say `{key}`; give --{key}").format(key=key)
    items = [conclusion.item for conclusion in draft.conclusions]
    without_number = [item.number for item in items if item.by_order]
    if not without_number or all(item.by_order or item.stem for item in items):
        if without_number and not any(item.numbered_lines for item in items):
            yield _("the document has no numbers; the conclusions are numbered in order")
    else:
        message = _("without a number in the document, so identified by their headings: {numbers}")
        yield message.format(numbers=", ".join(without_number))
    if draft.outline.gaps:
        message = _("the numbering skips {numbers}")
        yield message.format(numbers=", ".join(draft.outline.gaps))
    yield from draft.second
    foreign: dict[str, list[str]] = {}
    for line in draft.unassigned_lines:
        language = language_of(line)
        if language not in ("", draft.header.language):
            foreign.setdefault(language, []).append(line)
    for language, lines in foreign.items():
        message = counted(
            "{count} line outside the conclusions is in {language}: “{words}”",
            ("{count} lines outside the conclusions are in {language}, beginning with “{words}”"),
            len(lines),
        )
        name, words = language_name(language), to_yaml.first_words(lines[0], 8)
        yield message.format(language=name, words=words)


def _without_mandate(conclusion: DraftConclusion) -> str:
    """Return why a text that may have a duty gave no mandate; empty where that is no question."""
    reading = conclusion.reading
    is_asked = conclusion.is_asked or _ACTION_LABEL.match(conclusion.item.printed)
    if conclusion.language:
        return to_yaml.other_language_sentence(conclusion)
    if conclusion.repeats:
        message = _(
            "it seems to repeat the conclusion with the same number, so no mandate was made from "
            "it; but the parties or the deadline differ"
        )
        return message if conclusion.differs else ""
    if conclusion.has_no_verb:
        return _("no operative verb was recognized")
    if is_asked and not (reading.duties or reading.defers or reading.unbound):
        return _(
            "its label, or the text above it, marks it as something to be done, but no "
            "mandate was made from it"
        )
    return ""


def _conclusion_doubts(conclusion: DraftConclusion) -> Iterator[Doubt]:
    item, reading = conclusion.item, conclusion.reading
    number = item.number
    if sentence := _without_mandate(conclusion):
        yield Doubt(number, sentence, is_loss=True)
    if item.is_repeated and not conclusion.repeats:
        yield Doubt(number, _("the document has this number more than once"))
    if conclusion.may_repeat:
        message = _("it may repeat a duty of {number}; if so, delete one of the two mandates")
        yield Doubt(number, message.format(number=conclusion.may_repeat))
    for code in item.unseen:
        yield Doubt(number, _("{code} was left out: it is invisible").format(code=code))
    for line in filter(_MORE_THAN_YEAR.search, item.numbered_lines):
        message = _("a line of its text begins like a conclusion: “{words}”")
        yield doubt_about(number, message, Excerpt(line), 8)
    mark = to_yaml.confidential_mark(item.text)
    if mark.words:
        yield doubt_about(number, _(to_yaml.MARKED), mark)
    repeated = _REPEATS.search(item.text) if reading.duties else None
    if repeated:
        message = _("it seems to repeat an older duty; if so, write `follows`: “{words}”")
        yield doubt_about(number, message, Excerpt(repeated[0], repeated.span()), 8)
    yield from to_yaml.open_words(conclusion)
    yield from _unknown_names(conclusion)
    yield from _on_older_mandates(conclusion)
    for excerpt in reading.unread:
        yield doubt_about(number, _("the deadline was not understood: “{words}”"), excerpt)


def _on_older_mandates(conclusion: DraftConclusion) -> Iterator[Doubt]:
    """Yield what is open of the older mandates that a conclusion moves or ends."""
    number = conclusion.item.number
    for older in conclusion.older:
        if older.kind != "follows":  # which changes no mandate
            message = _("inferred; check it: {change} (“{words}”)")
            sentence = message.format(change=older_sentence(older), words=older.words)
            yield Doubt(number, sentence, older.words, older.place, older=older)
    moved = [older for older in conclusion.cited_as("extends") if not older.is_identified]
    message = _(
        "it moves a deadline, but that deadline or its new date could not be identified: “{words}”"
    )
    for older in moved[:1]:
        yield doubt_about(number, message, Excerpt(older.words, older.place), 12)
    message = _(
        "it seems to end an older mandate, but that mandate could not be identified: “{words}”"
    )
    for older in conclusion.cited_as("closes", "supersedes"):
        if not older.reference:
            yield doubt_about(number, message, Excerpt(older.words, older.place))


def older_sentence(older: OlderReference) -> str:
    """Return what a text does with an older mandate."""
    if older.kind != "extends":
        return _(_OLDER[older.kind]).format(reference=older.reference)
    due = parse_due(older.due)
    message = _("Extends {reference} for {parties}; new deadline: {due}")
    if parse_day(older.due) is not None:
        message = _("Extends {reference} to {due} for {parties}")
    words = due.words(DueWording(current_language())) if due else older.due
    whose = ", ".join(older.parties) or _("all who owe it")
    return message.format(reference=older.reference, parties=whose, due=words)


def _unknown_names(conclusion: DraftConclusion) -> Iterator[Doubt]:
    """Yield one doubt about all who are asked and whom the register does not have."""
    duties = conclusion.reading.duties
    named = [duty.who for duty in duties if duty.who.mode == "nobody" and duty.who.words]
    if named:
        names = list(dict.fromkeys(who.words for who in named))
        message = ngettext(
            "the register does not contain {names}, named as responsible",
            "the register does not contain {names}, named as responsible",
            len(names),
        )
        sentence = message.format(names=", ".join(map(in_quotes, names)))
        yield Doubt(conclusion.item.number, sentence, named[0].words, named[0].place)


def _mandate_doubts(name: str, duty: DraftMandate) -> Iterator[Doubt]:
    if duty.disputed:
        yield Doubt(name, duty.second, *duty.verb)
    yield from _on_parties(name, duty)
    if says_nothing_alone(duty.action):
        message = _("the action is not clear on its own; say what it is about: “{words}”")
        yield Doubt(name, message.format(words=duty.action), *duty.verb)
    if duty.due is not None and not duty.due.sure:
        written = duty.due.due
        parsed = parse_due(written)
        words = parsed.words(DueWording(current_language())) if parsed else written
        if words != written:
            words = _("{words} (written `{due}`)").format(words=words, due=written)
        words += _(", until {day}").format(day=duty.due.until) if duty.due.until else ""
        sentence = _("the deadline is uncertain: {due} from “{words}”")
        yield Doubt(name, sentence.format(due=words, words=duty.when.words), *duty.when)


def _on_parties(name: str, duty: DraftMandate) -> Iterator[Doubt]:
    who = duty.who
    if who.mode == "nobody" and not who.words:
        yield Doubt(
            name, _("nobody in the register was recognized as the one to do it"), *duty.verb
        )
    inferred = _("it is not certain that the text gives this duty to “{words}”; is it a mandate?")
    beside = _("besides those who are to do it, the text names “{words}”, who may be bound too")
    joint = _("it is unclear whether they owe it jointly or each of them does: “{words}”")
    words = Excerpt(who.words, who.place)
    points: Sequence[tuple[object, str, Excerpt]] = (
        (
            who.note or who.is_some,
            _("the text does not say which of them are meant: “{words}”"),
            words,
        ),
        (who.is_inferred and who.words, inferred, words),
        (who.far, _("who is to do it is taken from another sentence: “{words}”"), words),
        (who.beside, beside, who.beside or words),
        (who.is_passing, _("it is not certain who will hold the office by then: “{words}”"), words),
        (who.is_open, joint, words),
    )
    yield from (doubt_about(name, message, about) for is_open, message, about in points if is_open)


def explanation(draft: Draft) -> str:
    """Return how each clause was read, as text."""
    lines = []
    for conclusion in draft.conclusions:
        lines.append(conclusion.item.number)
        lines += [f"  {act}: {clean(words)}" for act, words in conclusion.reading.clauses]
        if conclusion.language:
            lines.append("  " + to_yaml.other_language_sentence(conclusion))
        elif not conclusion.reading.clauses:
            lines.append("  " + _("no operative verb was recognized"))
        for duty in conclusion.reading.duties:
            who = f" ← {in_quotes(clean(duty.who.words))}" if duty.who.words else ""
            lines += [
                f"    → {clean(duty.action)}",
                f"      {duty.kind} ← {in_quotes(clean(duty.verb.words))}",
                f"      responsible: {to_yaml.responsible(duty.who)}{who}",
            ]
            if duty.support:
                lines.append(f"      support: {', '.join(duty.support)}")
            if duty.due is not None:
                until = f", until: {duty.due.until}" if duty.due.until else ""
                words = in_quotes(clean(duty.when.words))
                lines.append(f"      due: {duty.due.due}{until} ← {words}")
        for cited in conclusion.cited_as("follows"):
            lines.append(f"    follows: {cited.reference} ← {in_quotes(clean(cited.words))}")
        lines.append("")
    if draft.outline.left_out:
        lines += [_("In no conclusion:")]
        lines += [f"  {clean(line)}" for line in draft.outline.left_out]
    return "\n".join(lines) + "\n"
