"""The second request of a sentence, whose verb it shares: *urged Kenya to join, Fiji to lead*."""

from grcm_cli.drafting.clauses.clause import Clause
from grcm_cli.drafting.clauses.requests import TO_ASKED, Requests

_SIGNS = frozenset(",:;()")
_PARTING = (",", ";")


class JoinedRequests(Requests):
    """Finds who else is asked, and for what."""

    def joined_request(self, place: int) -> Clause | None:
        """Return the second request of *urged Nicaragua to join, and Costa Rica to extend*.

        A comma or a semicolon may part them: *pide a Chile que envíe la lista; a Cuba, que la lea*.
        """
        lists, last = self.lists, self.last
        addressing = lists["clause.addressing"]
        is_parted = self.words[place].folded in addressing and self.folded_before(place) in _PARTING
        is_joined = self.words[place].folded in lists["clause.and"]
        if last is None or not (is_joined or is_parted):
            return None
        is_request = self.has_marker or last.verb in self.grammar.acts
        at = start = place + is_joined
        is_addressed = not addressing or self.folded_at(start) in addressing
        if last.act != "directive" or not last.action:
            return None
        if not is_request:
            return self._joined_lead(place, last)
        if not is_addressed:
            return None
        while not self.mention_at(at) and self.folded_at(at) in (
            lists["clause.articles"] | addressing
        ):
            at += 1
        named = self.mention_at(at)
        is_other = self.folded_at(at) in lists["clause.others"]
        others = self.skip(lists["clause.actors"], at + 1) if is_other else None
        close = named.end if named else others or self._end_of_other(start, last)
        if close == start or (is_parted and not named and self.folded_before(place) == ","):
            return None
        end = close + (bool(addressing) and self.folded_at(close) == ",")
        end += self.folded_at(end) in addressing  # "y a Perú a presentarla"
        verb = self.what_is_asked(start, end, last.verb) if end < self.end else None
        if verb is None:
            return None
        who, what = (start, close), (verb, self.end)
        return Clause(place, last.verb, place, who, what, last.urging)

    def _joined_lead(self, place: int, last: Clause) -> Clause | None:
        """Return the duty of *se comprometió a traducir el plan y Perú a revisarlo*."""
        leads = self.lists["clause.articles"] | self.lists["clause.addressing"]
        named = self.mention_at(self.skip(leads, place + 1))
        if named is None:
            return None
        is_led = self.folded_at(named.end) in self.lists["clause.addressing"]
        verb = self.infinitive_at(named.end + is_led)
        if verb is None:
            return None
        who, action = (named.start, named.end), (verb, self.end)
        return Clause(place, self.name_of(verb), place, who, action, inferred=last.inferred)

    def _end_of_other(self, start: int, last: Clause) -> int:
        """Return where whoever the register lacks ends, behind whom a verb stands; else `start`.

        *And the host Government to provide*; but *remitirla a Chile y a los países que la pidan*.
        """
        words, lists = self.words, self.lists
        first = last.action[0] if last.action else last.place
        signs = {word.text for word in words[start - 2 : start]}
        is_list = signs.isdisjoint(_PARTING) and self.next_of(
            lists["clause.addressing"], first, start
        )
        is_verb = start + 1 >= self.end or words[start].forms  # "and TASKS the Chair to report"
        if is_list or is_verb or words[start + 1].folded in lists["clause.this"]:
            return start
        is_led = self.folded_at(start) in lists["clause.addressing"]
        begin = start + 1 + is_led
        if is_led and words[start + 1].is_form("infinitive"):  # "y a dar a conocer"
            return start
        last_place = min(start + TO_ASKED, self.end)
        close = self.next_of(_SIGNS, begin, last_place) or last_place
        is_parted = ";" in signs and self.folded_at(close + 1) == self.grammar.that
        for at in range(begin, close + 2 * is_parted):  # "; y al Museo, que lo abra"
            verb = self.what_is_asked(start, at, last.verb)
            if verb is not None and words[verb].is_form("infinitive", "subjunctive"):
                is_head = not self.has_marker or words[at - 1].text.istitle()
                return min(at, close) if is_head or self.is_actor(at - 1, at - 1) else start
            if self.is_finite(at):
                break
        return start
