"""A second reader of the user's choice: a program that gets the conclusions and returns mandates.

Nothing that it returns is written as a value. Where both readers agree the draft says so; where
they differ, or one alone has a mandate, that is a point to check.
"""

import json
import os
import re
import shlex
from collections.abc import Mapping, Sequence
from typing import NoReturn

from grcm_cli.domain.due_forms import due_examples, parse_due
from grcm_cli.domain.parties import names_of
from grcm_cli.domain.register import Register
from grcm_cli.drafting.bound import DraftResponsible, Mode
from grcm_cli.drafting.documents.document import run
from grcm_cli.drafting.draft import Doubt, Draft
from grcm_cli.drafting.mandate import DraftMandate
from grcm_cli.drafting.passage import Excerpt
from grcm_cli.drafting.to_yaml import confidential_mark, first_words, responsible
from grcm_cli.language.text import _, clean, fold_words, reason
from grcm_cli.times.patterns import Time

SECONDS = 300.0
_MOST_BYTES = 2_000_000
_NEEDED = ("conclusion", "words", "action")
_KEYS = (*_NEEDED, "responsible", "kind", "due")
_MOST_SHOWN = 200  # characters
_MOST_QUOTED = 8  # words
_ALIKE = 0.5
"""The share of the words of an action that both readers have where they mean the same mandate."""


class NoAnswer(Exception):  # noqa: N818 - no error of this program
    """A second reader that gives no answer; its text is the reason, in the user's language."""


class _Refused(Exception):  # noqa: N818 - as above
    """A mandate that does not count; its text is the reason."""


def ask(command: str, question: object, seconds: float = SECONDS) -> list[object]:
    """Return the mandates that a program answers, started without a shell. Raises NoAnswer."""
    try:
        words = command if os.name == "nt" else shlex.split(command)  # Windows divides it itself
        code, output, errors = run(words, json.dumps(question).encode(), seconds, _MOST_BYTES)
    except OSError as error:
        raise NoAnswer(reason(error)) from error
    except (ValueError, IndexError) as error:  # a quote that does not close, or no word
        raise NoAnswer(_("'{text}' is not a command").format(text=_shown(command))) from error
    if max(len(output), len(errors)) > _MOST_BYTES:
        raise NoAnswer(_("it wrote more than {size} MB").format(size=_MOST_BYTES // 1_000_000))
    if code is None:
        raise NoAnswer(_("it took longer than {count} seconds").format(count=round(seconds)))
    if code:
        ended = _("it ended with exit code {code}").format(code=code)
        last = errors.decode(errors="replace").strip().splitlines()[-1:]
        raise NoAnswer(": ".join([ended, *map(_shown, last)]))
    try:
        answer = json.loads(output)
    except (ValueError, RecursionError) as error:
        raise NoAnswer(_("its answer is not JSON")) from error
    if isinstance(answer, dict) and isinstance(answer.get("mandates"), list):
        return list(answer["mandates"])
    why = _("its answer does not match the schema that `grcm schema reader-answer` prints")
    raise NoAnswer(why)


class SecondReading:
    """What a second reader is asked, and what its answer says of a draft."""

    def __init__(self, draft: Draft, register: Register) -> None:
        self._draft, self._register = draft, register
        self._texts = {each.item.number: each.item.text for each in draft.conclusions}
        marked = {number for number, text in self._texts.items() if confidential_mark(text).words}
        self._handed = {
            each.item.number: each
            for each in draft.conclusions
            if marked.isdisjoint((*each.stems, each.item.number))
        }

    def question(self) -> dict[str, object]:
        """Return what the reader gets. What is marked as confidential is not in it."""
        keys = self._draft.keys
        known = {key: str(keys[key].text) for key in ("body", "start", "end") if key in keys}
        return {
            "meeting": {"language": self._draft.header.language, **known},
            "parties": [
                {"code": party.code, "kind": party.kind, "names": list(names_of(party))[1:]}
                for party in self._register.parties
            ],
            "due": due_examples(),
            "conclusions": [
                {
                    "number": number,
                    "above": [self._texts[stem] for stem in conclusion.stems],
                    "text": conclusion.item.text,
                }
                for number, conclusion in self._handed.items()
            ],
        }

    def compared(self, answers: Sequence[object]) -> Draft:
        """Return the draft with what a second reader has of its mandates, as points to check."""
        mandates: dict[str, list[DraftMandate]] = {}
        points: dict[str, list[Doubt]] = {}
        for answer in answers:
            number = str(answer.get("conclusion")) if isinstance(answer, dict) else ""
            try:
                mandates.setdefault(number, []).append(self._mandate(number, answer))
            except _Refused as error:
                message = _("a mandate of the second reader was refused: {reason}")
                known = number if number in self._handed else ""
                points.setdefault(known, []).append(Doubt(known, message.format(reason=error)))
        conclusions = []
        for conclusion in self._draft.conclusions:
            number, duties = conclusion.item.number, conclusion.reading.duties
            if number in self._handed:
                duties, alone = _judged(number, duties, mandates.get(number, ()))
                points.setdefault(number, []).extend(alone)
            reading = conclusion.reading._replace(duties=duties)
            conclusions.append(conclusion._replace(reading=reading, second=points.get(number, ())))
        general = [point.sentence for point in points.get("", ())]
        return self._draft._replace(conclusions=conclusions, second=general)

    def _mandate(self, number: str, answer: object) -> DraftMandate:
        """Return a mandate of an answer. Raises _Refused with what is wrong in it."""
        if not isinstance(answer, dict) or not answer.keys() >= set(_NEEDED):
            _refuse(_("it needs {text}"), ", ".join(_NEEDED))
        words, action, due = answer["words"], answer["action"], answer.get("due")
        for key in answer.keys() - set(_KEYS):
            _refuse(_("it has no key '{text}'"), key)
        if number not in self._handed:
            _refuse(_("there is no conclusion '{text}'"), number)
        conclusion = self._handed[number]
        stem = "".join(f"{self._texts[above]} " for above in conclusion.stems)
        pattern = r"\s+".join(map(re.escape, words.split())) if isinstance(words, str) else ""
        place = re.search(rf"(?<!\w){pattern}(?!\w)", stem + conclusion.item.text)
        if not pattern or place is None:
            _refuse(_("the conclusion does not contain the words “{text}”"), words)
        if not isinstance(action, str) or not re.search(r"\w", action):
            _refuse(_("its action is empty"), "")
        if answer.get("kind") not in (None, "request", "encouragement"):
            _refuse(_("'{text}' is not a kind of mandate"), answer["kind"])
        is_binding = answer.get("kind") != "encouragement"
        return DraftMandate(
            _shown(" ".join(action.split())),
            self._responsible(answer.get("responsible") or []),
            "request" if is_binding else "encouragement",
            Excerpt(place[0], (place.start() - len(stem), place.end() - len(stem))),
            due=None if due in (None, "") else Time(self._due(due), 0, 0),
        )

    def _due(self, due: object) -> str:
        form = parse_due(due) if isinstance(due, str) else None
        if form is None:
            _refuse(_("'{text}' is not a form of deadline"), due)
        self._codes([form.body] if form.body else [])
        if form.meeting and all(form.meeting != meeting.id for meeting in self._register.meetings):
            _refuse(_("'{text}' is not in the register"), form.meeting)
        return form.written

    def _responsible(self, value: object) -> DraftResponsible:
        """Return who is bound, written as in a meeting file: codes, or `each` and `except`."""
        mode: Mode = "together"
        exceptions: object = []
        if isinstance(value, dict) and "each" in value and value.keys() <= {"each", "except"}:
            mode, exceptions, value = "each", value.get("except", []), value["each"]
            if value == "members":
                mode, value = "members", []
            elif value == "participants":
                mode, value = "participants", []
        codes, excepted = self._codes(value), self._codes(exceptions)
        mode = mode if codes or mode in ("members", "participants") else "nobody"
        return DraftResponsible(mode, codes, dict.fromkeys(excepted, Excerpt("")))

    def _codes(self, value: object) -> list[str]:
        """Return codes of the register, sorted. Raises _Refused for others."""
        listed = value if isinstance(value, list) else [value]
        for code in listed:
            if not isinstance(code, str) or code not in self._register.directory.by_code:
                _refuse(_("'{text}' is not in the register"), code)
        return sorted(set(listed))


def _refuse(message: str, value: object) -> NoReturn:
    raise _Refused(message.format(text=_shown(value)))


def _shown(value: object) -> str:
    """Return a value as far as it can be shown: a text on one line, and not without end."""
    text = "…" if isinstance(value, list | dict) else clean(str(value))
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"


def _judged(
    number: str, drafted: Sequence[DraftMandate], answered: Sequence[DraftMandate]
) -> tuple[list[DraftMandate], list[Doubt]]:
    """Return mandates with what a second reader has of each, and what it alone has."""
    judged, alone, left = list(drafted), [], set(range(len(drafted)))
    for other in answered:
        likeness = {place: _likeness(drafted[place], other) for place in left}
        place = max(left, key=likeness.__getitem__, default=-1)
        values, words = _values(other), first_words(other.verb.words, _MOST_QUOTED)
        if likeness.get(place, 0) < _ALIKE:
            what = _("only the second reader has a mandate: “{action}” ({values}), from “{words}”")
            written_values = _written({key: value for key, value in values.items() if value})
            sentence = what.format(action=other.action, values=written_values, words=words)
            alone.append(Doubt(number, sentence, *other.verb, is_loss=True))
            continue
        left.remove(place)
        disputed = [key for key, value in _values(drafted[place]).items() if value != values[key]]
        sentence = _("the second reader agrees")
        if disputed:
            message = _("the second reader has {values}, from “{words}”")
            written_values = _written({key: values[key] or "–" for key in disputed})
            sentence = message.format(values=written_values, words=words)
        judged[place] = drafted[place]._replace(second=sentence, disputed=disputed)
    for place in left:
        sentence = _("the second reader does not have this mandate")
        judged[place] = drafted[place]._replace(second=sentence, disputed=["action"])
    return judged, alone


def _values(duty: DraftMandate) -> dict[str, str]:
    """Return who, what kind and by when, as a meeting file writes them."""
    who, due = duty.who, duty.due.due if duty.due else ""
    who = who._replace(codes=sorted(who.codes), exceptions=dict(sorted(who.exceptions.items())))
    return {"responsible": responsible(who), "kind": duty.kind, "due": due}


def _written(values: Mapping[str, str]) -> str:
    return ", ".join(f"`{key}: {value}`" for key, value in values.items())


def _likeness(drafted: DraftMandate, other: DraftMandate) -> float:
    """Return how likely both mean the same: by words of the action, the verb's place, and who."""
    drafted_stems, stems = _stems(drafted.action), _stems(other.action)
    share = len(drafted_stems & stems) / max(1, min(len(drafted_stems), len(stems)))
    place, quoted = drafted.verb.place, other.verb.place
    has_verb = bool(place and quoted and quoted[0] <= place[0] < quoted[1])
    return share + _ALIKE * has_verb + (set(drafted.who.codes) == set(other.who.codes)) / 10


def _stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"\w{4,}", fold_words(text))}
