"""The commands whose answers are compared: all of them, with their options, formats, languages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from benchmarks.generate import TODAY
from grcm_cli.storage.loader import load

LANGUAGES = ("es", "en")
LISTS = ("table", "plain", "json", "csv", "md")
FINDINGS = ("full", "concise", "json", "github", "gitlab", "sarif", "junit")
WORDS = ("plan", "PROTECCION", "protección civil", "“plan de acción”", "zzz")


@dataclass(frozen=True, slots=True)
class Case:
    """One command, in one language."""

    words: tuple[str, ...]
    language: str = "es"
    typed: str = ""
    """What is typed where a shell asks for completions, in the place of a command."""
    writes_data: bool = False

    def environment(self, data: str) -> dict[str, str]:
        """Return what the command finds in its environment, for a data folder."""
        if not self.typed:
            return {}
        words = f"grcm --data {data} {self.typed}"
        place = str(len(words.split()) - (not words.endswith(" ")))
        return {"_GRCM_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": place}


@dataclass(frozen=True, slots=True)
class Names:
    """What a folder has: its meetings, bodies, parties, references and what they bind."""

    meetings: Sequence[str]
    bodies: Sequence[str]
    parties: Sequence[str]
    conclusions: Sequence[str]
    mandates: Sequence[str]


def names(data: Path, sample: int) -> Names:
    """Return so many of each, evenly from the whole record."""
    register = load(data, data).register
    if register is None:
        message = f"{data}: there is no register"
        raise ValueError(message)
    conclusions = [
        f"{meeting.id}/{conclusion.number}"
        for meeting in register.meetings
        for conclusion in meeting.conclusions or ()
    ]
    mandates = [
        f"{meeting.id}/{conclusion.number}" + f"#{mandate.ordinal}" * mandate.of_several
        for meeting, conclusion, mandate in register.all_mandates
    ]
    directory = register.directory
    bodies = [code for code, party in directory.by_code.items() if party.kind == "body"]
    parties = [code for code in directory.by_code if code not in bodies]
    return Names(
        _some([meeting.id for meeting in register.meetings], sample),
        _some(bodies, sample),
        _some(parties, sample),
        _some(conclusions, sample),
        _some(mandates, sample),
    )


def _some(every: Sequence[str], sample: int) -> list[str]:
    step = max(1, len(every) // sample)
    return list(every[::step][:sample])


def cases(data: Path, sample: int) -> Iterator[Case]:
    """Yield the commands for a folder; what people read in both languages, the rest in turn."""
    turn = cycle(LANGUAGES)
    known = names(data, sample)
    every = [*_lists(known), *_texts(known), *_checks(data), *_files(known)]
    if (data.parent / ".git").exists():
        every += [("diff", "HEAD"), *(("diff", "HEAD~1", "HEAD", "--format", k) for k in LISTS)]
    for words in every:
        both = not {"plain", "json", "csv", "sarif", "junit", "site", "export"} & {*words}
        for language in LANGUAGES if both else (next(turn),):
            yield Case(words, language)
    for words in _written(known):
        yield Case(words, next(turn), writes_data=True)
    for typed in _typed(known):
        yield Case((), typed=typed)


def after_an_edit(data: Path) -> list[Case]:
    """Return the commands that are asked after an edit."""
    known = names(data, 3)
    words: list[tuple[str, ...]] = [
        *(("due", "--all", "--format", "json"), ("overdue",), ("stats",), ("meetings",)),
        *(("search", "plan"), ("validate",), ("matrix",), ("tasks", known.parties[0])),
        *(("changes", "--since", "2002-06-01"), ("agenda", known.bodies[0])),
        *(("show", ref) for ref in (*known.conclusions, *known.meetings)),
        *(("log", ref) for ref in known.mandates),
        *(("record", "done", ref, "--dry-run") for ref in known.mandates),
    ]
    return [Case(one) for one in words]


def _lists(known: Names) -> Iterator[tuple[str, ...]]:
    """Yield the lists: the plain ones in all formats, those with options in two of them."""
    party, body, meeting = known.parties[0], known.bodies[0], known.meetings[-1]
    plain: list[tuple[str, ...]] = [
        *(("due",), ("due", "--all"), ("overdue",), ("meetings",), ("stats",), ("matrix",)),
        *(("tasks", party), ("search", WORDS[0]), ("changes", "--since", "2002-06-01")),
    ]
    options: list[tuple[str, ...]] = [
        *(("due", "--before", "2003-01-15"), ("due", "--after", "2002-Q4")),
        *(("due", "--within", "30"), ("due", "--unassigned"), ("due", "--unreported")),
        *(("overdue", "--unreported"), ("overdue", "--body", body), ("meetings", "--body", body)),
        *(("due", "--all", "--body", body, "--after", "2002-01"), ("changes", "--since", meeting)),
        *(("changes", "--since-last", one) for one in known.bodies[:2]),
        *(("due", "--meeting", one) for one in known.meetings[:2]),
        *(("matrix", one) for one in known.meetings[:2]),
        *(("due", "--party", one) for one in known.parties[:2]),
        *(("tasks", one) for one in known.parties),
        *(("tasks", one, "--all") for one in known.parties[:2]),
        *(("search", words) for words in WORDS),
    ]
    for words in plain:
        yield from ((*words, "--format", kind) for kind in LISTS)
    for words in options:
        yield from ((*words, "--format", kind) for kind in ("table", "json"))
    for day in ("1999-06-30", "2003-12-31"):
        yield from ((*words, "--format", "json", "--as-of", day) for words in plain)
    yield from (("due", "--each"), ("overdue", "--each"), ("due", "--exit-code"))
    yield from (("due", "--party", "nobody-at-all"), ("search", "plan", "informe"))


def _texts(known: Names) -> Iterator[tuple[str, ...]]:
    """Yield what shows one thing: conclusions, meetings, parties, histories, letters, packs."""
    for reference in (*known.conclusions, *known.meetings, *known.parties, *known.bodies):
        yield from (("show", reference), ("show", reference, "--format", "json"))
    for reference in (*known.mandates, *known.conclusions[:3]):
        yield ("log", reference)
        yield ("record", "done", reference, "--on", str(TODAY), "--dry-run")
        yield ("record", "done", reference, "--by", known.parties[0], "--dry-run")
    first, last = known.conclusions[0], known.conclusions[-1]
    yield ("record", "started", *known.mandates, "--dry-run", "--note", "Nota")
    yield from (("show", "X-1/1"), ("show", f"{known.meetings[0]}/999"), ("log", "X-1/1"))
    yield from (("log", first), ("record", "done", first, last, "--dry-run"))
    yield from (
        ("record", "done", "X-1/1", "--dry-run"),
        ("record", "withdrawn", last, "--dry-run"),
    )
    for body in known.bodies:
        yield from (("agenda", body), ("agenda", body, "--format", "html"))
    for party in known.parties:
        yield ("remind", party)
    for kind in ("md", "html", "eml", "json"):
        yield ("remind", known.parties[0], "--format", kind, "--reply-by", "2003-02-01")


def _checks(data: Path) -> Iterator[tuple[str, ...]]:
    """Yield the checks, in all formats, of all and of single files."""
    for kind in FINDINGS:
        yield from (("validate", "--format", kind), ("validate", "--strict", "--format", kind))
    files = sorted((data / "meetings").glob("*.yaml"))
    reports = sorted((data / "progress").glob("*.yaml"))
    for path in (*files[:: max(1, len(files) // 3)], *reports[:1]):
        yield ("validate", str(path), "--format", "concise")
    yield from (("validate", "--fix", "--diff"), ("validate", "--select", "missing-translation"))
    yield from (("validate", "--ignore", "number-gap"), ("validate", "--exit-zero"))


def _files(known: Names) -> Iterator[tuple[str, ...]]:
    """Yield what writes files: exports, the site, letters, forms, packs."""
    for kind in ("csv", "xlsx", "json", "md", "ics", "sqlite"):
        yield ("export", kind, "-o", f"out.{kind}")
        yield ("export", kind, "-o", f"out.{kind}", "--all", "--party", known.parties[0])
    for kind in ("csv", "json", "md", "ics"):
        yield ("export", kind, "--all")
    yield from (("export", "ics", "--as", "todo", "--alarm", "14d"), ("export", "edoxen", "out"))
    yield from (("site", "pages"), ("remind", "--all", "-o", "letters"))
    yield from (
        ("remind", "--all", "-o", "words", "--format", "docx"),
        ("remind", known.parties[0], "--form", "-o", "form.xlsx"),
        ("agenda", known.bodies[0], "-o", "agenda.docx"),
    )


def _written(known: Names) -> Iterator[tuple[str, ...]]:
    """Yield what writes into the data folder; it is asked of copies."""
    for reference in known.mandates[:6]:
        yield ("record", "done", reference, "--on", "2002-12-20", "--note", "Ñandú – “sí”")
    yield ("record", "started", known.mandates[-1], "--by", known.parties[0])
    yield ("validate", "--fix")


def _typed(known: Names) -> Iterator[str]:
    """Yield what stands on the line when TAB is pressed."""
    body = re.sub(r"-.*", "", known.meetings[-1])
    yield from ("", "d", "tasks ", f"tasks {known.parties[0][:1]}", f"show {body}")
    yield from (f"show {known.meetings[-1]}/", f"log {known.meetings[0]}/")
    yield from (f"record done {known.meetings[-1]}/", "due --body ", "due --meeting ")
    yield f"record done {known.mandates[0]} --by "
