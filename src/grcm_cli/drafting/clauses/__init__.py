"""The reader of clauses: what a sentence does, in any language that has a grammar.

Each finder looks at one word and returns the clause that it begins: an act of the meeting, or a
duty that it lays down. What differs between languages is words, which their grammar has.
"""

from collections.abc import Callable, Sequence

from grcm_cli.drafting.clauses.acts import SentenceReader
from grcm_cli.drafting.clauses.clause import Clause
from grcm_cli.drafting.clauses.sentence import Sentence


def find_clauses(sentence: SentenceReader) -> list[Clause]:
    """Return the clauses of a sentence in its order; the first finder that sees one counts."""
    finders: Sequence[Callable[[int], Clause | None]] = (
        sentence.addressed,
        sentence.that_clause,
        sentence.extended,
        sentence.led_to,
        sentence.own_act,
        sentence.passive,
        sentence.joined_request,
        sentence.assigned_task,
        sentence.obligation,
        sentence.action_point,
        sentence.report_to_meeting,
        sentence.bare_infinitive,
        sentence.imperative,
    )
    begin = sentence.start
    for place in range(sentence.start, sentence.end):
        word = sentence.words[place]
        may_begin = word.forms or word.folded in sentence.grammar.beginning
        if place < begin or not may_begin or word.quoted or sentence.mention_over(place):
            continue
        clause = next((c for find in finders if (c := find(place))), None)
        if clause is not None:
            sentence.before.append(_without_denied(sentence, clause))
            action = sentence.before[-1].action
            begin = action[0] + (not sentence.speaks(action[0])) if action else 0
    return sentence.before


def _without_denied(sentence: Sentence, clause: Clause) -> Clause:
    """Return a clause without an action that is denied, or that is only to take note."""
    if clause.act != "directive" or clause.action is None:
        return clause
    if _is_negated(sentence, clause, clause.action[0]):
        return clause._replace(action=None, negated=True)
    first, words = clause.action[0], sentence.words
    if clause.verb in sentence.lists["verbs.taking_office"]:  # "will take over the Chair on"
        at = sentence.skip(sentence.lists["clause.determiners"] | {"over"}, first + 1)
        if sentence.mention_at(at):
            return clause._replace(action=None, responsible=None, act="deciding")
    takes = first + 1 < clause.action[1] and any(
        form.verb in sentence.lists["verbs.taking"] for form in words[first].forms
    )
    notes = takes and words[first + 1].folded in sentence.lists["action.notes"]
    return clause._replace(action=None, act="observing") if notes else clause


def _is_negated(sentence: Sentence, clause: Clause, verb: int) -> bool:
    """Tell whether a *not* belongs to what is to be done: *no se publicará*, *asked not to*."""
    words, lists, first = sentence.words, sentence.lists, clause.begin
    if first + 1 < clause.place and words[first].folded in lists["clause.none"]:
        return True  # "No further missions will be sent"
    before = sentence.skip_back(lists["clause.clitics"], clause.place) - 1
    near = [before, clause.place + 1]
    if verb > clause.place:
        near += range(max(clause.place + 1, verb - 2), verb)
    return any(
        sentence.start <= at < sentence.end - 1
        and words[at].folded in lists["clause.negations"]
        and words[at + 1].folded not in lists["clause.not_denied"]
        for at in near
    )
