"""`grcm agenda BODY`: a body's next meeting; `grcm remind PARTY`: a letter. Nothing is sent."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from grcm_cli.cli import options
from grcm_cli.cli.output import ENDINGS, file_to_write, folder_to_write, write_file, write_files
from grcm_cli.cli.records import LoadedRecord, LoadedRecords
from grcm_cli.cli.session import Session, say, write_bytes, write_line
from grcm_cli.domain.model import Party
from grcm_cli.domain.task import SOON
from grcm_cli.language.grammar import said_once
from grcm_cli.language.text import _, clean, counted
from grcm_cli.letters.agenda import MeetingPack
from grcm_cli.letters.reminder import Reminder, ReminderData, addressees, secretariat_party
from grcm_cli.lookups.errors import WrongUse
from grcm_cli.lookups.names import find_body, find_party
from grcm_cli.storage import files
from grcm_cli.storage.file_reader import read_template
from grcm_cli.storage.paths import TEMPLATES
from grcm_cli.views import labels

PACKS = ("md", "html", "docx")
LETTERS = ("text", "md", "html", "docx", "eml", "json")
FORMS = ("xlsx", "eml")  # the form in which a party replies: alone, or attached to a message


def agenda(
    session: Session,
    body: str = options.argument(_("BODY"), "body"),
    format_name: str = options.choice_option("--format", PACKS, default="md"),
    output: Path | None = options.option("--output -o", _("FILE")),
    force: bool = options.flag("--force"),
    partial: bool = options.flag("--partial"),
) -> int:
    """Print or write the pack, and say where the next meeting is not in the record."""
    path, format_name = file_to_write(session, format_name, output, PACKS)
    record = session.open()
    if path is not None and not partial:
        LoadedRecords([record]).refuse_partial()
    party = find_body(record.register, body)
    pack = MeetingPack(record.register, record.tasks(), party, session.as_of, session.language)
    pack.problems = record.problems
    data = pack.render(format_name)
    if path is None:
        write_bytes(data, is_text=format_name != "docx")
    else:
        shown = write_file(data, path, session, force=force)
        count = len({task.reference for task in pack.shown})
        write_line(counted("{path}: {count} duty", "{path}: {count} duties", count), path=shown)
    if pack.meeting is None:
        message = _("the record has no next meeting {of_body}; {command} adds it")
        name = labels.of_name(pack.register.directory, party.code, session.language)
        command = f"grcm new --body {clean(party.code)} --start …"
        say(said_once(message.format(of_body=clean(name), command=command)))
    return record.finish()


def remind(
    session: Session,
    party: str | None = options.argument(_("PARTY"), "party", default=None),
    everybody: bool = options.flag("--all"),
    within: int | None = options.option("--within", _("DAYS"), parser=options.day_count),
    reply_by: date | None = options.option("--reply-by", _("DAY"), parser=options.day),
    format_name: str = options.choice_option("--format", LETTERS, default="text"),
    form: bool = options.flag("--form"),
    output: Path | None = options.option("--output -o", _("FILE")),
    force: bool = options.flag("--force"),
    partial: bool = options.flag("--partial"),
) -> int:
    """Print or write a letter to a party, or one to each that has something late or due soon."""
    if (party is None) is not everybody:
        raise WrongUse(_("name a party, or --all"))
    if everybody and output is None and (form or format_name != "json"):
        raise WrongUse(_("--all writes a file for each party: name a folder with -o"))
    if reply_by is not None and reply_by < session.as_of:
        message = _("--reply-by: {day} is before the day of the letter, {today}")
        raise WrongUse(message, day=reply_by, today=session.as_of)
    path, format_name = _shape(session, format_name, output, everybody=everybody, form=form)
    record = session.open()
    if (form or output is not None) and not partial:
        LoadedRecords([record]).refuse_partial()
    register = record.register
    days = SOON if within is None else within
    situation = ReminderData(register, record.tasks(), session.as_of, days, reply_by)
    wished = [session.language] if session.is_given("lang") else []  # before the parties' own
    languages = [*wished, *register.process.languages, session.language]
    needless: list[Reminder] = []
    if party is not None:
        addressee = find_party(register, party)
        if form and addressee.kind == "group":
            message = _("{party} is a group: each of its members has a form of its own")
            raise WrongUse(message, party=addressee.code)
        letters = [Reminder(situation, addressee, languages)]
    else:
        letters, needless = _to_all(situation, languages, record)
    contents = _contents(letters, format_name, record, session, form=form)
    if path is None and (output is None or party is not None):
        write_bytes(b"".join(contents), is_text=format_name not in ("docx", "eml"))
        return record.finish()
    folder, ending = session.cwd / str(output), ENDINGS[format_name][0]
    paths = [path] if path else [folder / _name(letter.party, ending) for letter in letters]
    content_of = dict(zip(paths, contents, strict=True))
    former = [folder / _name(letter.party, ending) for letter in needless]
    gone = [file for file in former if force and not record.problems and file.is_file()]
    write_files(content_of, session, force=force, folder=None if path else folder, gone=gone)
    for letter, file in zip(letters, paths, strict=True):
        message = _("{path}: {late} overdue, {soon} due within {days}")
        counts = {"late": len(letter.late), "soon": len(letter.soon)}
        write_line(message, path=session.shown(file), **counts, days=labels.days(days))
    for file in gone:
        say(_("{path}: removed, as no letter is needed any more"), path=session.shown(file))
    _say_older([] if path else [*letters, *needless], folder, ending, session)
    return record.finish()


def _say_older(letters: Sequence[Reminder], folder: Path, ending: str, session: Session) -> None:
    """Name the files of the same parties in a folder that are of another format."""
    endings = {end for name in (*LETTERS, *FORMS) for end in ENDINGS[name]} - {ending}
    addressed = (_name(letter.party, end) for letter in letters for end in endings)
    if older := ", ".join(sorted(name for name in addressed if (folder / name).is_file())):
        message = _("{path} also has earlier files in another format: {names}")
        say(message, path=session.shown(folder), names=older)


def _name(party: Party, ending: str) -> str:
    # A code that Windows takes for a device, as CON or AUX, gets a longer one.
    return files.file_name(party.code, ending) or f"letter-{party.code}{ending}"


def _shape(
    session: Session, format_name: str, output: Path | None, *, everybody: bool, form: bool
) -> tuple[Path | None, str]:
    """Return the path of one file, None for stdout and for those of a folder, and the format."""
    if form:
        is_asked = session.is_given("format_name")
        if is_asked and format_name != "eml":
            message = _("{one} and {other} cannot be used together")
            hint = _("--form writes a workbook; with --format eml it is attached to the message")
            raise WrongUse(message, hint, one="--form", other="--format")
        is_message = is_asked or (output is not None and output.suffix.lower() in ENDINGS["eml"])
        if not is_message and (output is None or str(output) == "-"):
            raise WrongUse(_("--form writes a workbook: name it with -o, as in -o MEX.xlsx"))
        format_name = "eml" if is_message else "xlsx"
    if not everybody:
        return file_to_write(session, format_name, output, FORMS if form else LETTERS)
    folder = folder_to_write(output or Path(), session)
    endings = [ending for name in (*LETTERS, *FORMS) for ending in ENDINGS[name]]
    if not folder.exists() and folder.suffix.lower() in endings:
        message = _("{path}: with --all, -o names a folder, and this is the name of a file")
        raise WrongUse(message, path=session.shown(folder))
    return None, format_name


def _to_all(
    data: ReminderData, languages: Sequence[str], record: LoadedRecord
) -> tuple[list[Reminder], list[Reminder]]:
    """Return the letters with something late or due soon, and the others; print who gets none."""
    needed: list[Reminder] = []
    needless: list[Reminder] = []
    sender = secretariat_party(data.register)
    for party in addressees(data):
        letter = Reminder(data, party, languages)
        if party != sender:
            (needed if letter.is_needed else needless).append(letter)
        elif letter.is_needed:
            message = _(
                "{code} is the secretariat, which sends the letters, so none goes to it; "
                "{command} writes one anyway"
            )
            say(message, code=party.code, command=f"grcm remind {party.code}")
    if needless:
        message = _("nothing is overdue or due within {days}; no letter for: {codes}")
        if record.problems:
            message = _(
                "nothing that could be read is overdue or due within {days}; no letter for: {codes}"
            )
        codes = " ".join(letter.party.code for letter in needless)
        say(message, days=labels.days(data.within), codes=codes)
    return needed, needless


def _contents(
    letters: list[Reminder], format_name: str, record: LoadedRecord, session: Session, *, form: bool
) -> list[bytes]:
    # 200 ms: not for a wrong option
    from grcm_cli.formats import as_json
    from grcm_cli.letters.render import FORMATS, letter_record
    from grcm_cli.letters.templates import TemplateFault, rendered_letters

    forms = [b""] * len(letters)
    if form:
        from grcm_cli.letters import form_workbook  # 150 ms, only for a form

        forms = [
            form_workbook.render(letter) if letter.asked or format_name == "xlsx" else b""
            for letter in letters
        ]
    contents = forms
    if format_name != "xlsx":
        own_template, is_partial = partial(read_template, record.folder), bool(record.problems)
        try:
            rendered = rendered_letters(letters, forms, own_template, is_partial=is_partial)
        except TemplateFault as fault:
            shown = session.shown(record.folder / TEMPLATES / fault.template)
            raise WrongUse(fault.sentence(shown)) from fault
        if format_name == "eml":
            from grcm_cli.letters.message import message as mail  # 15 ms, only for this format

            contents = list(map(mail, rendered, forms))
        elif format_name == "json":
            records = list(map(letter_record, rendered))
            is_each = session.is_given("output")  # in a file of its own
            documents = [[letter] for letter in records] if is_each else [records]
            document = partial(as_json.document, session.as_of, session.language, record.problems)
            contents = [as_json.dumps(document({"letters": group})).encode() for group in documents]
        else:
            contents = [FORMATS[format_name](letter.markdown, letter.page) for letter in rendered]
    for letter in letters:
        if form and letter.unasked:
            message = _("{code}: in doubt, so not in the form: {references}")
            say(message, code=letter.party.code, references=", ".join(letter.unasked))
    codes = [letter.party.code for letter in letters if not letter.contact.email]
    if codes and format_name == "eml":
        message = _("a message without To, since the register has no e-mail address for: {codes}")
        say(message, codes=" ".join(codes))
    return contents
