"""`grcm draft DOCUMENT`: draft a meeting file, to be reviewed, from the adopted document."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from grcm_cli.cli import options
from grcm_cli.cli.output import format_of, output_path, refuse_existing, refuse_folder, write_file
from grcm_cli.cli.session import Session, say, write, write_line
from grcm_cli.domain.due_forms import reads_as_due
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.register import Register
from grcm_cli.drafting.comparison import compare
from grcm_cli.drafting.documents.document import is_encoding, read
from grcm_cli.drafting.documents.paragraphs import Paragraph, UnreadableDocument
from grcm_cli.drafting.draft import Doubt, Draft
from grcm_cli.drafting.draft import draft as drafted
from grcm_cli.drafting.languages import language_name
from grcm_cli.drafting.layout.sections import meetings
from grcm_cli.drafting.review import count_of_texts, counts, doubts, explanation, grouped
from grcm_cli.drafting.to_yaml import meeting_file
from grcm_cli.language.text import READ_LANGUAGES, _, clean, counted, labelled
from grcm_cli.lookups import names
from grcm_cli.lookups.errors import BadData, WrongUse
from grcm_cli.reader.records import read_meeting
from grcm_cli.reader.source import unseen
from grcm_cli.reporters.people import sentence
from grcm_cli.storage.file_reader import read_bytes
from grcm_cli.storage.files import file_name
from grcm_cli.views.file_templates import has_own_comments, schema_line

STDIN = "-"
_PAGE_ENDINGS = (".html", ".htm")
_MOST = 40  # lines of points to check in the summary
_SHOWN = 60  # characters of a line that the summary shows


def draft(
    session: Session,
    document: str = options.argument(_("DOCUMENT")),
    output: Path | None = options.option("--output -o", _("FILE")),
    force: bool = options.flag("--force"),
    check: Path | None = options.option("--check", _("FILE")),
    explain: bool = options.flag("--explain"),
    encoding: str | None = options.option("--encoding", _("NAME")),
    body: str | None = options.option("--body", _("BODY")),
    start: str | None = options.option("--start", _("DAY")),
    end: str | None = options.option("--end", _("DAY")),
    name: str | None = options.option("--id", _("MEETING")),
    title: str | None = options.option("--title", _("TEXT")),
    place: str | None = options.option("--place", _("TEXT")),
    country: str | None = options.option("--country", _("PARTY"), "party"),
    language: str | None = options.option("--language", "|".join(READ_LANGUAGES)),
    meeting: int | None = options.option("--meeting", "N"),
    review: Path | None = options.option("--review", _("FILE.html")),
    reader: str | None = options.option("--reader", _("COMMAND")),
) -> int:
    """Print or write the draft of a meeting file, and say on stderr what needs checking."""
    format_of(session, "yaml", output, ("yaml",))
    _refuse_page(review, output, session, force=force)
    register = session.open("coming").register
    planned = _planned_keys(output, session)
    words = {"body": body, "start": start, "end": end, "id": name, "title": title}
    details = {"place": place, "country": country, "language": language}
    keys = _checked_keys(register, words | details, planned)
    paragraphs = _paragraphs(document, encoding, meeting, session)
    new_draft = drafted(paragraphs, register, keys)
    _refuse_unfit(new_draft, document, keys, is_check=check is not None)
    if check is not None:
        return _compare(new_draft, paragraphs, check, session)
    if explain:
        write(explanation(new_draft))
        return 0
    source = "" if document == STDIN else Path(document).name
    new_draft = new_draft if reader is None else _read_again(new_draft, register, reader)
    points, heading = doubts(new_draft), schema_line("meeting", above=True)
    text = f"{heading}# {', '.join(counts(new_draft, points))}\n{meeting_file(new_draft, source)}"
    page = b""
    if review is not None:
        from grcm_cli.site import draft_page  # 40 ms, which a draft without a page should not cost

        page = draft_page.page(new_draft, register, source, session.language)
    path = None if output is None or str(output) == STDIN else session.cwd / output
    if path is None:
        write(text)
    else:
        refuse_folder(path, session)
        shown = write_file(text.encode(), path, session, force=force or bool(planned))
        write_line(_("{path}: a draft; read it before you keep it"), path=shown)
        if planned:
            say(_("  replaces the file made by grcm new, and keeps its dates and place"))
    if review is not None:
        shown = write_file(page, session.cwd / review, session, force=force)
        message = _("{path}: open it in a browser to check the draft")
        (say if path is None else write_line)(message, path=shown)
    _print_summary(new_draft, points)
    return 0


def _read_again(draft: Draft, register: Register, command: str) -> Draft:
    from grcm_cli.drafting import second_reader  # 3 ms, which other drafts should not cost

    second = second_reader.SecondReading(draft, register)
    try:
        return second.compared(second_reader.ask(command, second.question()))
    except second_reader.NoAnswer as error:
        message = _("the second reader gave no answer: {reason}")
        return draft._replace(second=[message.format(reason=error)])


def _planned_keys(output: Path | None, session: Session) -> dict[str, str]:
    """Return the keys of the planned meeting in a file that `grcm new` made.

    Empty where there is no such file, or where it says more than the draft takes over: conclusions,
    participants, that it is confidential, a comment of somebody's own. That one is written over
    only with --force.
    """
    path = session.cwd / output if output is not None else None
    if path is None or path.suffix != ".yaml" or not path.is_file():
        return {}
    data = read_bytes(path)
    findings: list[Finding] = []
    plan = read_meeting(session.shown(path), path.stem, data, findings)
    if plan is None or findings or has_own_comments(data.decode(errors="replace")):
        return {}
    others = plan.participants, plan.observers, plan.source, plan.confidential, plan.metadata
    says_more = plan.conclusions is not None or any(others) or not plan.is_session
    if says_more or plan.body is None or (plan.title and len(plan.title.by_language) > 1):
        return {}
    keys = {
        "id": plan.id,
        "body": plan.body.text,
        "place": plan.place,
        "title": plan.title.shown("") if plan.title else None,
        "country": plan.country.text if plan.country else None,
        "start": plan.start.isoformat() if plan.start else None,
        "end": plan.end.isoformat() if plan.end else None,
    }
    return {key: word for key, word in keys.items() if word}


def _refuse_unfit(draft: Draft, document: str, keys: Mapping[str, str], *, is_check: bool) -> None:
    """Raise BadData where there are no conclusions, or in a language that is not read.

    Words are compared in any language. Raises WrongUse for days that contradict the document's.
    """
    if draft.other_language and not is_check:
        message = _(
            "{name}: the document is in {language}; grcm reads Spanish and English. With "
            "--language es it is read as Spanish all the same, and each text in another language "
            "is marked"
        )
        raise BadData(message, name=_shown(document), language=language_name(draft.other_language))
    if not draft.conclusions:
        raise BadData(_("{name}: no conclusions were found"), name=_shown(document))
    header = next(iter(draft.header.days), None)
    start = keys.get("start") or (header.first.isoformat() if header else "")
    end = keys.get("end") or (header.last.isoformat() if header and "start" not in keys else "")
    if start and end and end < start:
        raise WrongUse(_("the meeting ends before it starts"))


def _refuse_page(
    review: Path | None, output: Path | None, session: Session, *, force: bool
) -> None:
    """Raise WrongUse where an option is of no use or no page can be written, before anything is."""
    for name in ("review", "reader"):
        if session.is_given(name) and (session.is_given("check") or session.is_given("explain")):
            message = _("{option} is for a draft, not for --check or --explain")
            raise WrongUse(message, option=f"--{name}")
    if review is None:
        return
    if review.suffix.lower() not in _PAGE_ENDINGS:
        message = _("{path}: the name of the page for --review must end in .html")
        raise WrongUse(message, path=review)
    path = session.cwd / review
    if output is not None and path.resolve() == (session.cwd / output).resolve():
        raise WrongUse(_("--review and -o name the same file"))
    output_path(review, session)
    refuse_existing([path], session, force=force)


def _paragraphs(
    document: str, encoding: str | None, meeting: int | None, session: Session
) -> Sequence[Paragraph]:
    if encoding is not None and not is_encoding(encoding):
        message = _("there is no encoding '{name}'; a valid one is windows-1252")
        raise WrongUse(message, name=encoding)
    if document == STDIN:
        data = sys.stdin.buffer.read() if sys.stdin else b""
    else:
        path = session.cwd / document
        if not path.exists() and not path.is_symlink():
            raise WrongUse(_("there is no file {path}"), path=document)
        if path.is_dir():
            raise WrongUse(_("{path} is a folder; name the document in it"), path=document)
        data = read_bytes(path)
    try:
        paragraphs = read(data, encoding)
    except UnreadableDocument as error:
        raise BadData(labelled(_shown(document), str(error))) from error
    if meeting is None:
        return paragraphs
    parts = meetings(paragraphs)
    if not 1 <= meeting <= len(parts):
        message = _("there is no meeting {number} in it: the document has {count}")
        raise WrongUse(message, number=meeting, count=len(parts))
    _title, of_meeting = parts[meeting - 1]
    return of_meeting


def _shown(document: str) -> str:
    return _("standard input") if document == STDIN else clean(document)


def _print_summary(draft: Draft, points: Sequence[Doubt]) -> None:
    numbers = ", ".join(counts(draft, points))
    say(labelled(numbers, "").rstrip() if points else f"{numbers}.")
    if agreed := sum(bool(duty.second) and not duty.disputed for _of, duty in draft.duties):
        message = counted(
            "the second reader agrees on {count} mandate",
            "the second reader agrees on {count} mandates",
            agreed,
        )
        say("  " + message)
    lines = grouped(points)
    for line in list(lines)[:_MOST]:
        say(f"  {clean(line)}")
    if len(lines) > _MOST:
        message = _("  and {count} more; each is marked in the draft")
        say(message, count=sum(list(lines.values())[_MOST:]))
    if unused := draft.unassigned_lines:  # headings, signatures, or more; none of the points
        message = counted(
            "{count} line is in no conclusion: “{first}”",
            "{count} lines are in no conclusion, beginning with “{first}”",
            len(unused),
        )
        first = unused[0] if len(unused[0]) <= _SHOWN else unused[0][: _SHOWN - 1] + "…"
        say(message, first=first)


def _compare(draft: Draft, paragraphs: Sequence[Paragraph], check: Path, session: Session) -> int:
    """Print where a meeting file's words differ from the document's; return 1 where any do."""
    path = (session.cwd / check).resolve()
    if not path.is_file():
        raise WrongUse(_("there is no file {path}"), path=check)
    findings: list[Finding] = []
    meeting = read_meeting(session.shown(path), path.stem, read_bytes(path), findings)
    if meeting is None or not meeting.conclusions:
        if findings:
            raise BadData(sentence(findings[0], "").rstrip("\n"))
        raise BadData(_("{path} has no conclusions to compare"), path=check)
    lines, passages = compare(draft, meeting, paragraphs)
    write("".join(f"{clean(line)}\n" for line in lines))
    differ = counted(
        "The words differ in {count} place.", "The words differ in {count} places.", len(lines)
    )
    same = labelled(_("The words are those of the document"), ", ".join(count_of_texts(draft)))
    say(differ if lines else f"{same}.")
    if passages:
        message = counted(
            "{count} line of the document is in no conclusion:",
            "{count} lines of the document are in no conclusion:",
            len(passages),
        )
        say(message)
    for passage in passages:
        say("  " + clean(passage))
    return 1 if lines else 0


def _checked_keys(
    register: Register, words: Mapping[str, str | None], planned: Mapping[str, str]
) -> dict[str, str]:
    """Return the keys as the file writes them, of options or a planned meeting. Raises WrongUse."""
    keys = {key: word for key, word in planned.items() if key != "end" or words["start"] is None}
    keys |= {key: word for key, word in words.items() if word is not None}
    for key, word in keys.items():
        keys[key] = names.required_text(f"--{key}", word)
        if code := unseen(keys[key]):
            raise WrongUse(_("{code} is invisible; delete it; nothing was written"), code=code)
    if "body" in keys:
        keys["body"] = names.find_body(register, keys["body"]).code
    if "country" in keys:
        keys["country"] = names.find_party(register, keys["country"], "member").code
    for key in ("start", "end"):
        if key in keys:
            keys[key] = names.parse_calendar_day(keys[key]).isoformat()
    if "id" in keys and (file_name(keys["id"]) is None or reads_as_due(keys["id"])):
        message = _("'{text}' is not a meeting id: use letters, digits and hyphens")
        raise WrongUse(message, text=keys["id"])
    names.refuse_unknown("--language", keys.get("language", "es"), READ_LANGUAGES)
    return keys
