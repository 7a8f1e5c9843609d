"""Advice for a deadline that names a body by its name: `próxima Viceministerial` is `next CRM`.

A file is read before the register is known, so that its findings are completed afterwards.
"""

import re
from collections.abc import Iterable, Mapping

from grcm_cli.domain.due_grammar import parse_due
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.parties import names_of
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _, fold_words
from grcm_cli.reader.advice import due_advice
from grcm_cli.reader.due_phrases import due_meaning

RULE = "wrong-due"


def with_bodies(findings: Iterable[Finding], register: Register) -> list[Finding]:
    """Return findings, those on a deadline that names a body with the form that has its code."""
    found: dict[str, set[str]] = {}
    for party in register.parties:
        for name in names_of(party) if party.kind == "body" else ():
            found.setdefault(fold_words(name), set()).add(party.code)
    codes = {name: code for name, (code, *others) in found.items() if not others and name}
    written = {
        at: (due.written, meeting.body.text if meeting.body else "")
        for meeting, due, at in register.each_due()
        if due.is_unclear and due.written
    }
    return [
        _completed(one, *written[one.at], codes)
        if one.rule == RULE and one.advice and one.at in written
        else one
        for one in findings
    ]


def _completed(finding: Finding, text: str, body: str, codes: Mapping[str, str]) -> Finding:
    named = _with_codes(text, codes)
    if named == text:
        return finding
    if parse_due(named):
        cure = named if finding.cure else None
        return finding._replace(advice=_("write {words}").format(words=named), cure=cure)
    if not due_meaning(named, body).forms:
        return finding._replace(cure=None)
    hint, certain = due_advice(named, body)
    # Whether the text can be replaced where it stands, the reader knew.
    return finding._replace(advice=hint, cure=certain if finding.cure else None)


def _with_codes(text: str, codes: Mapping[str, str]) -> str:
    """Return a text with codes in the place of names of bodies, the longest first."""
    names = sorted(codes, key=len, reverse=True)
    if not names:
        return text
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
    parts, place = [], 0
    for match in pattern.finditer(fold_words(text)):
        parts += [text[place : match.start()], codes[match[0]]]
        place = match.end()
    return "".join([*parts, text[place:]])
