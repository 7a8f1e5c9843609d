"""The worst input of each rule, by size: the files of a data folder."""

from collections.abc import Callable, Iterable, Mapping

from ..conftest import REGISTER

Files = Mapping[str, str]
_COPY = "meetings/WG-1 (@).yaml"
_HEAD = "id: {id}\nbody: {body}\nstart: {day}\nend: {day}\n"


def _meeting(
    conclusions: Iterable[str] = (),
    id: str = "WG-2002-10",  # noqa: A002 - the key's own name
    day: str = "2002-10-29",
    body: str = "WG",
    more: str = "",
) -> dict[str, str]:
    """Return a meeting file with these conclusions, each of them keys after its number."""
    rows = []
    for number, keys in enumerate(conclusions, 1):
        own = "" if "number:" in keys else f"number: {number}, "
        own += "" if "text:" in keys else "text: T, "
        rows.append(f"- {{{own}{keys}}}\n")
    listed = "conclusions:\n" + "".join(rows) if rows else ""
    return {f"meetings/{id}.yaml": _HEAD.format(id=id, body=body, day=day) + more + listed}


def _raw(text: str) -> Files:
    """Return a meeting file with lines of its own after its head."""
    return _meeting(more=text)


def _meetings(size: int, keys: str = "", body: str = "WG", start: int = 1000) -> dict[str, str]:
    """Return as many meetings, one a year."""
    found: dict[str, str] = {}
    for year in range(start, start + size):
        found |= _meeting([keys] if keys else (), f"{body}-{year}", f"{year}-05-01", body)
    return found


def _register(kind: str, rows: Iterable[str]) -> dict[str, str]:
    """Return the example register with more parties of a kind."""
    return {"register.yaml": REGISTER.replace(f"{kind}:\n", f"{kind}:\n" + "".join(rows))}


def _members(size: int, keys: str = "") -> dict[str, str]:
    return _register("members", (f"  M{n}: {{name: N{n}{keys}}}\n" for n in range(size)))


def _codes(size: int) -> str:
    return "[" + ", ".join(f"M{n}" for n in range(size)) + "]"


def _entries(size: int, keys: str, party: str = "AAA", target: str = "WG-2002-10/1") -> Files:
    row = f"- {{mandate: {target}, {keys}}}\n"
    return {f"progress/{party}.yaml": row * size}


def _of_office(size: int, party: str, progress: str) -> dict[str, str]:
    """Return an entry of one day by a party on each mandate from the second on."""
    row = "- {{mandate: WG-2002-10/{n}, date: 2002-12-01, progress: {progress}}}\n"
    rows = (row.format(n=n + 2, progress=progress) for n in range(size))
    return {f"progress/{party}.yaml": "".join(rows)}


def _mandates(size: int, keys: str = "responsible: AAA") -> str:
    """Return the keys of a conclusion with as many mandates."""
    return "mandates: [" + ", ".join([f"{{{keys}}}"] * size) + "]"


def _terms(size: int, last: str) -> Files:
    """Return a register in which an office has a term a year, each until a day."""
    rows = ", ".join(
        f"{{holder: AAA, from: {year}-01-01, until: {year + (last > '12-31')}-{last[-5:]}}}"
        for year in range(1000, 1000 + size)
    )
    return _register("offices", [f"  XX: {{name: X, terms: [{rows}]}}\n"])


def _links(key: str, old: str) -> Callable[[int], Files]:
    """Return many links to one conclusion that has as many mandates."""
    return lambda size: {
        **_meeting([_mandates(size, old)], "WG-2001-10", "2001-10-29"),
        **_meeting([f"{key}: WG-2001-10/1"] * size),
    }


def _many(keys: str, more: str = "") -> Callable[[int], Files]:
    """Return as many conclusions with these keys."""
    return lambda size: _meeting([keys] * size, more=more)


def _lines(line: str, first: str = "") -> Callable[[int], Files]:
    """Return as many lines after the head of a meeting; `@` in a line is its number."""
    return lambda size: _raw(first + "".join(line.replace("@", str(n)) for n in range(size)))


def _own_file(text: str, name: str = "meetings/WG-@.yaml") -> Callable[[int], Files]:
    """Return as many files; `@` in text and name is the file's number."""
    return lambda size: {
        name.replace("@", str(n)): text.replace("@", str(n)) for n in range(1000, 1000 + size)
    }


WORST: Mapping[str, Callable[[int], Files]] = {
    "ambiguous-reference": lambda size: _meeting(
        [_mandates(size), *["responsible: AAA, after: 1"] * size]
    ),
    "bidi-control": _lines("# \u202e\n"),
    "changed-at-once": lambda size: _meeting([_mandates(size), *["closes: 1"] * size]),
    "cut-text": _lines("- {number: @, text: ver #5\n  }\n", "conclusions:\n"),
    "copied-file": _own_file(_HEAD.format(id="WG-1", body="WG", day="2002-10-29"), _COPY),
    "cyclic-reference": lambda size: _meeting(
        f"follows: {(n + 1) % size + 1}" for n in range(size)
    ),
    "dangling-reference": lambda size: {
        **_meetings(size),
        **_meeting([f"due: XX-{n}0-{n}" for n in range(size)] + ["follows: ZZ-1/1"] * size),
    },
    "deadline-not-recorded": _many("responsible: AAA, text: a más tardar el 15 de enero de 2003"),
    "directive-without-mandate": lambda size: _meeting(
        ["acts: directive"] * size + [f"number: {'.'.join('1' * size)}, responsible: AAA"]
    ),
    "due-before-awaited": lambda size: _meeting(
        ["responsible: AAA, due: 2004", *["responsible: AAA, due: 2003, after: 1"] * size]
    ),
    "due-before-meeting": _many("due: 2001"),
    "due-not-in-text": _many("due: 2003-01-16, text: a más tardar el 15 de enero de 2003"),
    "early-progress": lambda size: {
        **_meeting(["responsible: AAA"]),
        **_entries(size, "date: 2001-01-01, progress: done"),
    },
    "entry-order": lambda size: {
        **_meeting(["responsible: AAA", *["responsible: CH"] * size]),
        **_of_office(size, "CH", "declined"),
        **{
            path: text
            + _entries(
                size,
                "date: 2002-12-01, progress: done} # @\n- {mandate: WG-2002-10/1, date: "
                "2002-12-01, progress: started",
            )[path]
            for path, text in _of_office(size, "AAA", "done").items()
        },
    },
    "end-before-start": _own_file("id: WG-@\nbody: WG\nstart: @-05-02\nend: @-05-01\n"),
    "ended-twice": _links("closes", "responsible: AAA"),
    "excepted-office": lambda size: {
        **_members(size),
        **_meeting(
            ["responsible: {each: participants, except: CH}"] * size,
            more=f"participants: {_codes(size)}\n",
        ),
    },
    "extended-after-done": lambda size: {
        **_meeting(["responsible: AAA"], "WG-2001-10", "2001-10-29"),
        **_meeting(["extends: {mandate: WG-2001-10/1, due: 2003}"] * size),
        **_entries(size, "date: 2002-01-01, progress: done", target="WG-2001-10/1"),
    },
    "already-owed": lambda size: {
        **_meeting(["responsible: {each: [AAA, BBB]}"] * size, "WG-2001-10", "2001-10-29"),
        **_meeting(
            f"reassigns: {{mandate: WG-2001-10/{n}, from: AAA, to: BBB}}"
            for n in range(1, size + 1)
        ),
    },
    "reassigned-after-done": lambda size: {
        **_meeting(["responsible: AAA"], "WG-2001-10", "2001-10-29"),
        **_meeting(["reassigns: {mandate: WG-2001-10/1, to: BBB}"] * size),
        **_entries(1, "date: 2002-01-01, progress: done", target="WG-2001-10/1"),
    },
    "future-progress": lambda size: _entries(size, "date: 2101-01-01, progress: done"),
    "gap-in-terms": lambda size: _terms(size, "11-30"),
    "hidden-decision": lambda size: {
        **_meeting(["responsible: AAA"] * size, "WG-2001-10", "2001-10-29"),
        **_meeting([f"confidential: true, closes: WG-2001-10/{n}" for n in range(1, size + 1)]),
    },
    "hidden-duty": _many("text: Agradecer a OIM e instar a los países a presentar informes"),
    "id-not-file-name": _own_file("id: XX-@\nbody: WG\nstart: @-05-02\n"),
    "idle-exception": lambda size: {
        **_members(size),
        **_meeting(
            ["responsible: {each: participants, except: ORG}"] * size,
            more=f"participants: {_codes(size)}\n",
        ),
    },
    "ignored-file": _own_file("id: WG-@\n", "meetings/WG-@.yml"),
    "invisible-character": _lines("# \u200b\n"),
    "later-reference": lambda size: {
        **_meeting(["responsible: AAA"], "WG-2003-10", "2003-10-29"),
        **_meeting(["follows: WG-2003-10/1"] * size),
    },
    "look-alike": _lines("# \u0421RI\n"),
    "mandate-twice": _many("responsible: AAA, mandates: [{responsible: BBB}]"),
    "merge-conflict": _lines("<<<<<<< HEAD\n=======\n>>>>>>> x\n"),
    "missing-key": _lines("- {note: N@}\n", "conclusions:\n"),
    "missing-translation": _many("action: A"),
    "mistyped-year": _own_file(
        "id: WG-@-1999\nbody: WG\nstart: @-05-02\n", "meetings/WG-@-1999.yaml"
    ),
    "mixed-line-ends": _lines("# @\r\n# @\n"),
    "no-authentic-text": _many("text: {en: T}", "language: es\n"),
    "nobody-said": lambda size: {
        **_members(size),
        **_meeting(
            ["responsible: {each: participants, except: AAA}"] * size,
            "WG-2001-10",
            "2001-10-29",
            more=f"participants: {_codes(size)}\n",
        ),
        **_meeting(["responsible: {each: participants}"] * size),
    },
    "not-a-member": lambda size: {
        **_members(size, ", since: 2003-01-01"),
        **_meeting(
            ["responsible: {each: participants}"] * size, more=f"participants: {_codes(size)}\n"
        ),
    },
    "not-utf8": _own_file("id: WG-@\nbody: \udce9\n"),
    "nothing-withdrawn": lambda size: {
        **_meeting(["responsible: AAA"]),
        **_entries(size, "date: 2003-01-01, progress: withdrawn"),
    },
    "null-value": _lines("- {number: @, text: T, note: }\n", "conclusions:\n"),
    "number-gap": _lines("- {number: @0, text: T}\n", "conclusions:\n"),
    "number-order": lambda size: _raw(
        "conclusions:\n" + "".join(f"- {{number: {n}, text: T}}\n" for n in range(size, 0, -1))
    ),
    "odd-character": _lines("# \x85\n"),
    "overlapping-terms": lambda size: _terms(size, "next 02-01"),
    "private-note": _many("note: HR - confidential"),
    "progress-not-owed": lambda size: {
        **_members(size),
        **_meeting(["responsible: {each: members}"]),
        **_entries(size, "date: 2003-01-01, progress: done", "ORG"),
    },
    "repeated-code": lambda size: {
        **_members(size),
        **_raw(f"participants: [{', '.join([_codes(size)[1:-1]] * 2)}]\n"),
    },
    "repeated-entry": lambda size: {
        **_meeting(["responsible: AAA"]),
        **_entries(size, "date: 2002-12-01, progress: done"),
    },
    "repeated-key": _lines("place: P@\n"),
    "repeated-meeting": lambda size: {
        name: text
        for number in range(size)
        for name, text in _meeting(["responsible: AAA"], id=f"WG-2002-10-{number}").items()
    },
    "repeated-number": _many("number: 1"),
    "shared-code": lambda size: {
        "register.yaml": _members(size)["register.yaml"]
        + "".join(f"  M{n}: {{name: O{n}}}\n" for n in range(size))
    },
    "shared-name": lambda size: _members(size, ", aliases: [same]"),
    "skipped-occurrence": lambda size: {
        **_meeting(["responsible: AAA, due: every year on 05-31"] * size),
        "progress/AAA.yaml": "".join(
            f"- {{mandate: WG-2002-10/{n}, for: 2004-05-31, date: 2003-06-01, progress: done}}\n"
            for n in range(1, size + 1)
        ),
    },
    "syntax": _own_file("id: WG-@: x\n"),
    "two-roles": lambda size: {
        **_members(size),
        **_raw(f"participants: {_codes(size)}\nobservers: {_codes(size)}\n"),
    },
    "unknown-body": lambda size: {
        **_register("bodies", (f"  B{n}: {{name: N{n}}}\n" for n in range(size))),
        **_meeting(f"due: next X{n}{n}" for n in range(size)),
    },
    "unknown-key": _lines("wrong@: x\n"),
    "unknown-language": lambda size: _members(size, ", language: fr"),
    "unknown-party": lambda size: {
        **_members(size),
        **_meeting(f"responsible: X{n}-{n}, support: [M1 y M{n}x]" for n in range(size)),
    },
    "unknown-theme": lambda size: {
        "register.yaml": REGISTER
        + "".join(["themes:\n", *(f"  T{n}: {{name: N{n}}}\n" for n in range(size))]),
        **_meeting(f"themes: [X{n}-{n}, T1]" for n in range(size)),
    },
    "unused-ignore": _lines("# @ # grcm: ignore[number-gap]\n"),
    "void-reference": _links("closes", "responsible: AAA, void: error"),
    "wrong-code": lambda size: _register(
        "members", (f"  m{n}é: {{name: N}}\n" for n in range(size))
    ),
    "wrong-date": _own_file("id: WG-@\nbody: WG\nstart: @-13-01\n"),
    "wrong-due": _many("due: within 99999 years"),
    "wrong-extension": lambda size: {
        **_members(size),
        **_meeting([f"responsible: {{each: {_codes(size)}}}"], "WG-2001-10", "2001-10-29"),
        **_meeting(["extends: {mandate: WG-2001-10/1, due: 2003, parties: AAA}"] * size),
    },
    "wrong-id": _own_file("id: WG @\nbody: WG\nstart: @-05-01\n"),
    "wrong-kind": lambda size: _register(
        "offices",
        (f"  X{n}: {{name: X, terms: [{{holder: CH, from: 2001-01-01}}]}}\n" for n in range(size)),
    ),
    "wrong-lead": lambda size: {
        **_members(size),
        **_meeting(["responsible: {each: members}, lead: AAA"] * size),
        **_meeting([f"responsible: {_codes(size)}, lead: AAA"], "WG-2001-10", "2001-10-29"),
    },
    "wrong-number": _lines("- {number: 1 @, text: T}\n", "conclusions:\n"),
    "wrong-occurrence": lambda size: {
        **_meetings(size, start=2003),
        **_meeting(["responsible: AAA, due: every WG"] * 2),
        **_entries(size, "date: 2003-06-01, progress: done, for: WG-1999"),
        **_entries(size, "date: 2003-06-01, progress: done", "BBB", "WG-2002-10/2"),
    },
    "wrong-reassignment": lambda size: {
        **_meeting(["responsible: AAA"], "WG-2001-10", "2001-10-29"),
        **_meeting(["reassigns: {mandate: WG-2001-10/1, from: BBB, to: ORG}"] * size),
        **_entries(size, "date: 2002-01-01, progress: started", target="WG-2001-10/1"),
    },
    "wrong-type": _lines("- {number: @, text: T, note: []}\n", "conclusions:\n"),
    "wrong-until": lambda size: {
        **_meetings(size, start=2003),
        **_meeting(["responsible: AAA, due: every WG, until: 2002-11"] * size),
    },
    "wrong-word": _lines("- {number: @, text: T, acts: wrong@}\n", "conclusions:\n"),
    "yaml-feature": _lines("- {number: @, text: !x T}\n", "conclusions:\n"),
}
"""A function for each rule. What a single file can hold makes most of its size."""
