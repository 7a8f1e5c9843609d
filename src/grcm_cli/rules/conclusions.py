"""Conclusions: their numbers, what they are about, and what they ask for without a mandate."""

import re
from itertools import pairwise

from grcm_cli.domain.findings import THE_REGISTER, Advice, Problem, Problems
from grcm_cli.domain.model import Conclusion
from grcm_cli.domain.parties import names_of
from grcm_cli.domain.register import Register, bare_conclusions, each_conclusion
from grcm_cli.language.lexicon import hint_words
from grcm_cli.language.suggestions import Choices, Suggestion
from grcm_cli.language.text import _, fold

_OF_PART = re.compile(r"[0-9]{1,8}(?![0-9/-])")
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
_BETWEEN_CODES = re.compile(r"[,;/]")


def repeated_number(register: Register) -> Problems:
    for meeting in register.meetings:
        first: dict[str, Conclusion] = {}
        for conclusion in meeting.conclusions or ():
            number = conclusion.number
            earlier = first.setdefault(_ZEROS.sub("", number), conclusion)
            if earlier is not conclusion and number != "?":
                message = _("the number {number} is taken")
                if earlier.number != number:
                    message = _("the number {number} is the same as {earlier}, written differently")
                sentence = message.format(number=number, earlier=earlier.number)
                hint = _("the first is on line {line}").format(line=earlier.number_at.line)
                yield Problem(conclusion.number_at, sentence, hint)


def number_gap(register: Register) -> Problems:
    for meeting in register.meetings:
        conclusions = meeting.conclusions or ()
        parts = (_OF_PART.match(conclusion.number) for conclusion in conclusions)  # 6 of 6.a
        numbers = sorted({int(part[0]) for part in parts if part})
        gaps = {after: before for before, after in pairwise(numbers) if after - before > 1}
        for conclusion in conclusions if gaps else ():
            number = conclusion.whole_number
            if number in gaps:
                first, last = gaps[number] + 1, number - 1
                missing = str(first) if first == last else f"{first}–{last}"
                message = _("missing before this number: {numbers}").format(numbers=missing)
                yield Problem(conclusion.number_at, message)


def number_order(register: Register) -> Problems:
    for meeting in register.meetings:
        plain = [(conclusion, conclusion.whole_number) for conclusion in meeting.conclusions or ()]
        counted = [(conclusion, number) for conclusion, number in plain if number is not None]
        for (_earlier, before), (conclusion, number) in pairwise(counted):
            if number < before:
                message = _("{number} comes after {before}").format(number=number, before=before)
                yield Problem(conclusion.number_at, message)


def unknown_theme(register: Register) -> Problems:
    themes = register.themes
    names = [(name, code) for code in themes for name in names_of(themes[code])]
    choices = Choices(names)
    by_name: dict[str, set[str]] = {}
    for name, code in names:
        by_name.setdefault(fold(name), set()).add(code)
    for _meeting, conclusion in each_conclusion(register):
        for word in conclusion.themes:
            if word.text not in themes:
                message = _("the register has no theme '{code}'").format(code=word.text)
                hint = _("add it to `themes` in register.yaml, or write a code that is there")
                advice: Advice = Suggestion(word.text, choices, hint)
                parts = [part for part in map(str.strip, _BETWEEN_CODES.split(word.text)) if part]
                if len(parts) > 1:
                    codes = ", ".join(choices.near(part) or part for part in parts)
                    advice = _("write a list: {codes}").format(codes=f"[{codes}]")
                named = by_name.get(fold(word.text), set())
                cure = min(named) if len(named) == 1 and word.at.width >= len(word.text) else None
                yield Problem(word.at, message, advice, cure, {THE_REGISTER})


def directive_without_mandate(register: Register) -> Problems:
    # One that extends an older mandate says the duty of that one.
    for meeting in register.meetings:
        for conclusion in bare_conclusions(meeting):
            directive = [act for act in conclusion.acts if act.text == "directive"]
            if directive and not conclusion.extends:
                message = _("a directive conclusion has no mandate")
                yield Problem(directive[0].at, message, _("add who must do what, and by when"))


def hidden_duty(register: Register) -> Problems:
    # The words of a conclusion that hands an older duty over are about that one.
    for meeting in register.meetings:
        for conclusion in bare_conclusions(meeting):
            words = hint_words("duty", conclusion.text.by_language.values())
            if words:
                message = _("'{words}' sounds like a duty, but there is no mandate")
                hint = _("add who must do what; or add the comment: {comment}")
                hint = hint.format(comment="# grcm: ignore[hidden-duty]")
                yield Problem(conclusion.number_at, message.format(words=words), hint)
