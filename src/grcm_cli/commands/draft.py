"""`grcm draft DOCUMENT`: from the adopted document to a meeting file to review."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from grcm_cli.cli import options as given
from grcm_cli.cli.errors import BadData, WrongUse
from grcm_cli.cli.output import told
from grcm_cli.cli.session import Session, say, write
from grcm_cli.domain.deadlines import DAY_FORM, parse_day, reads_as_due
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Meeting
from grcm_cli.domain.register import Register
from grcm_cli.drafting.compare import differences
from grcm_cli.drafting.documents.document import is_encoding, read
from grcm_cli.drafting.documents.pieces import Piece, Unreadable
from grcm_cli.drafting.doubts import doubts
from grcm_cli.drafting.draft import Draft
from grcm_cli.drafting.draft import draft as drafted
from grcm_cli.drafting.explained import explained
from grcm_cli.drafting.written import meeting_file
from grcm_cli.language.text import LANGUAGES, _, clean, ngettext
from grcm_cli.reader.records import read_meeting
from grcm_cli.reader.source import unseen
from grcm_cli.reporters.concise import sentence
from grcm_cli.storage import files
from grcm_cli.storage.loader import read_bytes
from grcm_cli.storage.paths import shown_path
from grcm_cli.views.file_templates import schema_line

HELP = _(
    "Draft a meeting file from a document.\n\n"
    "From the conclusions as Word, PDF or text, in Spanish or English. The texts are taken word "
    "for word; who must do what by when is inferred, and marked with the words it comes from. "
    "What the document does not say can be given. Read the draft before you keep it."
)
STDIN = "-"
_MOST = 40
"""Points to check that the summary names."""
_SHOWN = 60  # characters of a line that the summary shows

DocumentArgument = Annotated[
    str,
    typer.Argument(
        metavar=_("DOCUMENT"),
        help=_("The document (.docx, .pdf, .txt); `-` reads text from stdin."),
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar=_("FILE"), help=_("The file to write; else stdout.")),
]
ForceOption = Annotated[
    bool, typer.Option("--force", help=_("Write over a file that is there already."))
]
CheckOption = Annotated[
    Path | None,
    typer.Option(
        "--check",
        metavar=_("FILE"),
        help=_("Compare the document with this meeting file, and tell which words differ."),
    ),
]
ExplainOption = Annotated[
    bool, typer.Option("--explain", help=_("Show how each clause was read, and write no draft."))
]
EncodingOption = Annotated[
    str | None,
    typer.Option(
        "--encoding", metavar=_("NAME"), help=_("Of a text that is not UTF-8, as windows-1252.")
    ),
]
BodyOption = Annotated[
    str | None, typer.Option("--body", metavar=_("BODY"), help=_("The body that met."))
]
StartOption = Annotated[
    str | None, typer.Option("--start", metavar=_("DAY"), help=_("Its first day."))
]
EndOption = Annotated[str | None, typer.Option("--end", metavar=_("DAY"), help=_("Its last day."))]
IdOption = Annotated[
    str | None,
    typer.Option("--id", metavar=_("MEETING"), help=_("Its id, the file's name.")),
]
TitleOption = Annotated[
    str | None, typer.Option("--title", metavar=_("TEXT"), help=_("The meeting's title."))
]
PlaceOption = Annotated[
    str | None, typer.Option("--place", metavar=_("TEXT"), help=_("Where it took place."))
]
CountryOption = Annotated[
    str | None, typer.Option("--country", metavar=_("PARTY"), help=_("The host country."))
]
LanguageOption = Annotated[
    str | None,
    typer.Option("--language", metavar="|".join(LANGUAGES), help=_("The document's language.")),
]


def draft(
    ctx: typer.Context,
    document: DocumentArgument,
    output: OutputOption = None,
    force: ForceOption = False,
    check: CheckOption = None,
    explain: ExplainOption = False,
    encoding: EncodingOption = None,
    body: BodyOption = None,
    start: StartOption = None,
    end: EndOption = None,
    name: IdOption = None,
    title: TitleOption = None,
    place: PlaceOption = None,
    country: CountryOption = None,
    language: LanguageOption = None,
) -> int:
    """Answer, and return the exit code."""
    session = Session.of(ctx)
    register = session.open().register
    said = {"body": body, "start": start, "end": end, "id": name, "title": title}
    said |= {"place": place, "country": country, "language": language}
    keys = stated(register, {key: word for key, word in said.items() if word is not None})
    pieces = _pieces(document, encoding, session)
    found = drafted(pieces, register, keys)
    if not found.conclusions:
        raise BadData(
            _("{name}: there are no conclusions to be found").format(name=_shown(document))
        )
    refuse_ends(found, keys)
    if check is not None:
        return _compared(found, check, session)
    if explain:
        write(explained(found))
        return 0
    text = schema_line("meeting", above=True) + meeting_file(found, _source(document))
    if output is None or str(output) == STDIN:
        write(text)
    else:
        _put(text, session.here / output, force=force, session=session)
    _summary(found)
    return 0


def _pieces(document: str, encoding: str | None, session: Session) -> list[Piece]:
    """Return the paragraphs of a document. Raises BadData where it cannot be read."""
    if encoding is not None and not is_encoding(encoding):
        message = _("there is no encoding '{name}'; one is windows-1252")
        raise WrongUse(message.format(name=clean(encoding)))
    if document == STDIN:
        data = sys.stdin.buffer.read() if sys.stdin else b""
    else:
        path = session.here / document
        if not path.exists() and not path.is_symlink():
            raise WrongUse(_("there is no file {path}").format(path=clean(document)))
        data = read_bytes(path)
    try:
        return read(data, encoding)
    except Unreadable as error:
        raise BadData(f"{_shown(document)}: {error}") from error


def _shown(document: str) -> str:
    return _("standard input") if document == STDIN else clean(document)


def _source(document: str) -> str:
    return "" if document == STDIN else Path(document).name


def _put(text: str, path: Path, *, force: bool, session: Session) -> None:
    shown = clean(
        str(path.relative_to(session.here) if path.is_relative_to(session.here) else path)
    )
    if path.is_dir():
        raise WrongUse(_("{path} is a folder; name a file in it").format(path=shown))
    there = _("{path} is there already; --force writes over it")
    with told(session.here):
        try:
            files.create(path, text.encode(), over=force)
        except FileExistsError as error:
            raise WrongUse(there.format(path=shown)) from error
    write(_("{path}: a draft; read it before you keep it").format(path=shown) + "\n")


def _summary(found: Draft) -> None:
    """Say on stderr what was found, and what an officer must look at."""
    main = sum(conclusion.item.stem is None for conclusion in found.conclusions)
    items = len(found.conclusions) - main
    said = [ngettext("{count} conclusion", "{count} conclusions", main).format(count=main)]
    if items:
        said.append(
            ngettext("{count} item under them", "{count} items under them", items).format(
                count=items
            )
        )
    count = len(found.duties)
    said.append(ngettext("{count} mandate", "{count} mandates", count).format(count=count))
    open_points = doubts(found)
    number = len(open_points)
    said.append(
        ngettext("{count} point to check", "{count} points to check", number).format(count=number)
    )
    say(", ".join(said) + (":" if open_points else "."))
    _say_what_is_in_none(found)
    for doubt in open_points[:_MOST]:
        say("  " + ": ".join(filter(None, [doubt.number, clean(doubt.sentence)])))
    if number > _MOST:
        more = _("  and {count} more; each is marked in the draft")
        say(more.format(count=number - _MOST))


def _say_what_is_in_none(found: Draft) -> None:
    """Say which lines of the document are in no conclusion: headings, signatures, or more."""
    lines = found.in_none
    if not lines:
        return
    said = ngettext(
        "  {count} line is in no conclusion: “{first}”",
        "  {count} lines are in no conclusion, beginning with “{first}”",
        len(lines),
    )
    first = lines[0] if len(lines[0]) <= _SHOWN else lines[0][: _SHOWN - 1] + "…"
    say(said.format(count=len(lines), first=clean(first)))


def _compared(found: Draft, check: Path, session: Session) -> int:
    """Write where a meeting file's words differ from the document's; 1 where any do."""
    meeting = _meeting_of(check, session)
    lines = differences(found, meeting)
    write("".join(f"{clean(line)}\n" for line in lines))
    count = len(lines) or len(meeting.conclusions or ())
    differ = ngettext(
        "The words differ in {count} place.", "The words differ in {count} places.", count
    )
    same = ngettext(
        "{count} conclusion has the document's words.",
        "All {count} conclusions have the document's words.",
        count,
    )
    say((differ if lines else same).format(count=count))
    _say_what_is_in_none(found)
    return 1 if lines else 0


def _meeting_of(check: Path, session: Session) -> Meeting:
    """Return the meeting of a file, wherever it lies. Raises WrongUse and BadData."""
    path = (session.here / check).resolve()
    if not path.is_file():
        raise WrongUse(_("there is no file {path}").format(path=clean(str(check))))
    wrong: list[Finding] = []
    meeting = read_meeting(shown_path(path, session.here), path.stem, read_bytes(path), wrong)
    if meeting is None or not meeting.conclusions:
        if wrong:
            raise BadData(sentence(wrong[0], "").rstrip("\n"))
        message = _("{path} has no conclusions to compare")
        raise BadData(message.format(path=clean(str(check))))
    return meeting


def stated(register: Register, said: Mapping[str, str]) -> dict[str, str]:
    """Return the keys that options give, each as a file writes it. Raises WrongUse."""
    keys = {key: " ".join(word.split()) for key, word in said.items()}
    for key, word in keys.items():
        _text(key, word)
    if "body" in keys:
        keys["body"] = given.body_code(register, keys["body"]) or ""
    if "country" in keys:
        keys["country"] = _country(register, keys["country"])
    for key in ("start", "end"):
        if key in keys and parse_day(keys[key]) is None:
            message = _("'{text}' is no day of the calendar; write it as {form}")
            raise WrongUse(message.format(text=clean(keys[key]), form=DAY_FORM))
    if "id" in keys and (files.file_name(keys["id"]) is None or reads_as_due(keys["id"])):
        message = _("'{text}' is no id of a meeting: letters, digits and hyphens")
        raise WrongUse(message.format(text=clean(keys["id"])))
    if keys.get("language", "es") not in LANGUAGES:
        message = _("{name}: '{text}' is not one of: {choices}")
        text, choices = clean(keys["language"]), ", ".join(LANGUAGES)
        raise WrongUse(message.format(name="--language", text=text, choices=choices))
    return keys


def _text(key: str, word: str) -> None:
    if not word:
        raise WrongUse(_("{name}: the text is empty").format(name=f"--{key}"))
    if unseen(word):
        message = _("{code} is not to be seen; delete it; nothing was written")
        raise WrongUse(message.format(code=unseen(word)))


def _country(register: Register, word: str) -> str:
    party = given.party(register, word)
    if party.kind != "member":
        raise WrongUse(_("{code} is no member country").format(code=party.code))
    return party.code


def refuse_ends(found: Draft, keys: Mapping[str, str]) -> None:
    """Raise WrongUse where a day that is given contradicts one that the document states."""
    header = found.header.days[0] if found.header.days else None
    start = keys.get("start") or (header.first.isoformat() if header else "")
    end = keys.get("end") or (header.last.isoformat() if header and "start" not in keys else "")
    if start and end and end < start:
        raise WrongUse(_("the meeting ends before it starts"))
