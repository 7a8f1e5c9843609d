"""`grcm remind PARTY`: write a letter to a party, or to all; nothing is sent."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from grcm_cli.cli import options
from grcm_cli.cli.command_line import given as common_option
from grcm_cli.cli.errors import WrongUse
from grcm_cli.cli.lookups import find_party
from grcm_cli.cli.output import (
    format_of,
    output_path,
    refuse_terminal,
    write_files,
    write_folder,
)
from grcm_cli.cli.records import LoadedRecord
from grcm_cli.cli.session import Session, say, write_bytes, write_line
from grcm_cli.domain.model import Party
from grcm_cli.domain.task import SOON
from grcm_cli.domain.tasks import tasks
from grcm_cli.language.text import _, reworded, using_language
from grcm_cli.letters.reminder import (
    Reminder,
    ReminderData,
    addressees,
    context,
    language_for,
    reminder,
    secretariat_party,
)
from grcm_cli.storage import files
from grcm_cli.storage.file_reader import read_template
from grcm_cli.storage.paths import TEMPLATES

if TYPE_CHECKING:
    from grcm_cli.letters.render import RenderedLetter
    from grcm_cli.letters.templates import LetterTemplate

FORMATS = {
    "text": (".txt",),
    "md": (".md", ".markdown"),
    "html": (".html", ".htm"),
    "docx": (".docx",),
    "eml": (".eml",),
    "json": (".json",),
}
"""Each format with the endings of its files; a file that is named here gets the first."""
FORM = {"xlsx": (".xlsx",), "eml": FORMATS["eml"]}
"""The same for the form in which a party replies: alone, or attached to a message."""

AllOption = Annotated[
    bool, options.flag("--all", _("A file for each party that has something late or due soon."))
]
WithinOption = Annotated[
    int | None,
    options.value(
        "--within",
        _("DAYS"),
        _("What falls due up to so many days ahead; 30 if it is left out."),
        parser=options.day_count,
    ),
]
ReplyByOption = Annotated[
    date | None,
    options.value(
        "--reply-by",
        _("DAY"),
        _("The last day for an answer; if it is left out, the template says."),
        parser=options.day,
    ),
]
FormatOption = Annotated[
    str,
    options.choice_option(
        "--format",
        tuple(FORMATS),
        _("Text, Markdown, a page, a Word document, a message for a mail program, or all as JSON."),
    ),
]
FormOption = Annotated[
    bool,
    options.flag(
        "--form",
        _(
            "Not a letter: a workbook (.xlsx) to fill in and send back, which `grcm record` reads; "
            "with --format eml, attached to the message."
        ),
    ),
]
OutputOption = Annotated[
    Path | None,
    options.value(
        "--output -o",
        _("FILE"),
        _("The file to write, in the format of its ending; with --all, a folder."),
    ),
]


def remind(
    ctx: typer.Context,
    party: Annotated[str | None, options.PARTY] = None,
    everybody: AllOption = False,
    within: WithinOption = None,
    reply_by: ReplyByOption = None,
    format_name: FormatOption = "text",
    form: FormOption = False,
    output: OutputOption = None,
    force: options.ForceOption = False,
) -> int:
    """Print or write a letter to a party, or one to each that has something late or due soon.

    With `form` a workbook in the place of each letter, to each that owes anything.
    """
    session = Session.of(ctx)
    if (party is None) is not everybody:
        raise WrongUse(_("name a party, or --all"))
    if everybody and output is None and (form or format_name != "json"):
        raise WrongUse(_("--all writes a file for each party: name a folder with -o"))
    _check_reply_by(reply_by, session.as_of)
    shape = _letter_shape(ctx, session, format_name, output, everybody=everybody, form=form)
    record = session.open()
    register = record.register
    days = SOON if within is None else within
    owed = tasks(register, session.as_of)
    situation = ReminderData(register, owed, session.as_of, days, reply_by)
    writer = _LetterWriter(session, situation, common_option(ctx, "lang"))
    if party is not None:
        letters = [writer.letter(find_party(register, party))]
    else:
        letters = writer.owing() if shape.is_form else writer.urgent(record)
    contents = _contents(writer, letters, shape, record, in_one=output is None)
    if shape.format_name == "eml":
        _name_without_address(letters)
    if shape.path is None and (output is None or party is not None):
        write_bytes(b"".join(contents), is_text=shape.format_name not in ("docx", "eml"))
        return record.finish(letters, wanted=False)
    paths = [shape.path] if shape.path else _paths(session, str(output), letters, shape.ending)
    files_of = dict(zip(paths, contents, strict=True))
    if shape.path is None:
        write_folder(session.here / str(output), files_of, session, force=force)
    else:
        write_files(files_of, session, force=force)
    _print_counts(session, letters, paths)
    return record.finish(letters, wanted=False)


class _LetterShape(NamedTuple):
    """In which format letters are written, and where to."""

    format_name: str
    with_form: bool
    """A workbook to fill in goes with each letter, or in its place."""
    path: Path | None
    """The file of one letter; None for stdout, and for the files of a folder."""

    @property
    def is_form(self) -> bool:
        """Tell whether workbooks are written, and no letters."""
        return self.format_name == "xlsx"

    @property
    def ending(self) -> str:
        """Return the ending of a file."""
        return {**FORMATS, **FORM}[self.format_name][0]


def _letter_shape(
    context: typer.Context,
    session: Session,
    format_name: str,
    output: Path | None,
    *,
    everybody: bool,
    form: bool,
) -> _LetterShape:
    """Return the shape that options ask for. Raises WrongUse where they contradict each other."""
    if form:
        format_name = _form_format(context, format_name, output)
    if everybody:
        if output is not None:
            _refuse_file(session.here / output, session)
        return _LetterShape(format_name, form, None)
    path = output_path(output, session)
    endings = FORM if form else FORMATS
    format_name = format_of(context, format_name, output, endings)
    if format_name == "docx":
        refuse_terminal(format_name, output)
    return _LetterShape(format_name, form, path)


def _form_format(context: typer.Context, format_name: str, output: Path | None) -> str:
    """Return the format in which a form is written: `xlsx`, or `eml` where that is asked for.

    Raises WrongUse for another --format, and where no file is named for a workbook.
    """
    source = context.get_parameter_source("format_name")
    is_asked = source is not None and source.name == "COMMANDLINE"
    if is_asked and format_name != "eml":
        message = _("{one} and {other} exclude each other")
        hint = _("--form writes a workbook; with --format eml it is attached to the message")
        raise WrongUse(message, hint, one="--form", other="--format")
    if is_asked or (output is not None and output.suffix.lower() in FORM["eml"]):
        return "eml"
    if output is None or str(output) == "-":
        raise WrongUse(_("--form writes a workbook: name it with -o, as in -o MEX.xlsx"))
    return "xlsx"


def _contents(
    writer: "_LetterWriter",
    letters: Sequence[Reminder],
    shape: _LetterShape,
    record: LoadedRecord,
    *,
    in_one: bool,
) -> list[bytes]:
    """Return the bytes of each letter or form; in JSON also those of all letters `in_one`."""
    if shape.is_form:
        return [writer.form(one) for one in letters]
    forms = [writer.form_if_owing(one) if shape.with_form else b"" for one in letters]
    written = [
        writer.written(one, has_form=bool(form)) for one, form in zip(letters, forms, strict=True)
    ]
    if shape.format_name == "eml":
        from grcm_cli.letters.message import message  # 15 ms, only for this format

        return [message(*pair) for pair in zip(written, forms, strict=True)]
    from grcm_cli.formats import as_json  # 2 ms, not for a form

    session = writer.session
    document = partial(as_json.document, session.as_of, session.language, record.problems)
    return _rendered(written, shape.format_name, document, in_one=in_one)


def _name_without_address(letters: Sequence[Reminder]) -> None:
    """Print to whom messages have no address."""
    codes = [one.party.code for one in letters if not one.contact.email]
    if codes:
        message = _("a message without To, since the register has no e-mail address of: {codes}")
        say(message, codes=" ".join(codes))


def _print_counts(session: Session, letters: Sequence[Reminder], paths: Sequence[Path]) -> None:
    """Print what is in each letter."""
    for one, path in zip(letters, paths, strict=True):
        message = _("{path}: {late} late, {soon} due within {days} days")
        late, soon = len(one.late), len(one.soon)
        shown = session.shown(path)
        write_line(message, path=shown, late=late, soon=soon, days=one.data.within)


class _LetterWriter:
    """Makes letters from the data of a day, each in its party's language and by its template."""

    def __init__(self, session: Session, situation: ReminderData, language: str | None) -> None:
        """Take the data. `language` is that of --lang, which goes before the parties' own."""
        self.session, self.situation = session, situation
        languages = [*situation.register.process.languages, session.language]
        self.languages = languages if language is None else [language, *languages]
        self._templates: dict[str, LetterTemplate] = {}

    def letter(self, party: Party) -> Reminder:
        """Return the content of the letter to a party."""
        return reminder(self.situation, party, language_for(self.situation, party, self.languages))

    def urgent(self, record: LoadedRecord) -> list[Reminder]:
        """Return the letters with something late or due soon; print which parties get none."""
        letters = self._to_others(lambda one: one.is_needed)
        others = " ".join(one.party.code for one in letters if not one.is_needed)
        if others:
            message = _("nothing late or due within {days} days, so no letter: {codes}")
            if record.problems:
                message = _(
                    "nothing that could be read is late or due within {days} days, "
                    "so no letter: {codes}"
                )
            say(message, days=self.situation.within, codes=others)
        return [one for one in letters if one.is_needed]

    def owing(self) -> list[Reminder]:
        """Return the letters to those who owe anything, now or later."""
        from grcm_cli.letters import form_workbook  # 30 ms, only for a form

        letters = self._to_others(lambda one: bool(form_workbook.asked(one)))
        return [one for one in letters if form_workbook.asked(one)]

    def _to_others(self, is_wanted: Callable[[Reminder], bool]) -> list[Reminder]:
        """Return the letters to all but the secretariat, which writes them.

        Prints that it gets none, where `is_wanted` tells that it would have got one.
        """
        own = secretariat_party(self.situation.register)
        letters = [self.letter(party) for party in addressees(self.situation)]
        for one in letters:
            if own is not None and one.party.code == own.code and is_wanted(one):
                message = _(
                    "{code} is the secretariat, which sends the letters, so none goes to it; "
                    "{command} writes it"
                )
                say(message, code=own.code, command=f"grcm remind {own.code}")
        return [one for one in letters if own is None or one.party.code != own.code]

    def form(self, one: Reminder) -> bytes:
        """Return a party's form, in the language of its letters."""
        from grcm_cli.letters import form_workbook  # 30 ms, only for a form

        with using_language(one.language):
            return form_workbook.render(one)

    def form_if_owing(self, one: Reminder) -> bytes:
        """Return the form of a party that owes anything; nothing for another."""
        from grcm_cli.letters import form_workbook  # 30 ms, only for a form

        return self.form(one) if form_workbook.asked(one) else b""

    def written(self, one: Reminder, *, has_form: bool = False) -> "RenderedLetter":
        """Return a letter in its words, by the template in the data folder, else grcm's own.

        `has_form` says that a form to fill in goes with it.

        Raises WrongUse for an error in the template.
        """
        from grcm_cli.letters import render, templates  # 50 ms, for Jinja: not for a wrong option

        language, folder = one.language, self.session.folder()
        name = f"reminder.{language}.md"
        try:
            with using_language(language):
                values = context(one, has_form=has_form)
                if language not in self._templates:
                    source = read_template(folder, name)
                    if source is None:
                        source = (templates.BUILT_IN / name).read_bytes()
                        source = reworded(source.decode(), language).encode()
                    text = templates.decoded(source)
                    self._templates[language] = templates.LetterTemplate(text, tuple(values))
                return render.rendered(one, self._templates[language].render(values))
        except templates.TemplateFault as fault:
            shown = self.session.shown(folder / TEMPLATES / name)
            raise WrongUse(fault.sentence(shown)) from fault


def _rendered(
    letters: "Sequence[RenderedLetter]",
    format_name: str,
    document: Callable[[Mapping[str, object]], Mapping[str, object]],
    *,
    in_one: bool,
) -> list[bytes]:
    """Return each letter as it is written; in JSON also all letters `in_one` document."""
    from grcm_cli.formats import as_json  # 2 ms, only for this format
    from grcm_cli.letters import render  # 50 ms, as above

    if format_name == "docx":
        return [render.document(each) for each in letters]
    if format_name != "json":
        return [render.FORMATS[format_name](each).encode() for each in letters]
    records = list(map(render.letter_record, letters))
    documents = [records] if in_one else [[each] for each in records]
    return [as_json.dumps(document({"letters": each})).encode() for each in documents]


def _check_reply_by(reply_by: date | None, as_of: date) -> None:
    """Raise WrongUse for a day that is over when the letter is written."""
    if reply_by is not None and reply_by < as_of:
        message = _("--reply-by: {day} is before the day of the letter, {today}")
        raise WrongUse(message, day=reply_by, today=as_of)


def _refuse_file(folder: Path, session: Session) -> None:
    """Raise WrongUse for a path that is no folder, or that a file of letters would have."""
    if folder.exists():
        if not folder.is_dir():
            raise WrongUse(_("{path} is no folder"), path=session.shown(folder))
    elif any(folder.suffix.lower() in endings for endings in (*FORMATS.values(), *FORM.values())):
        message = _("{path}: with --all, -o names a folder, and this is the name of a file")
        raise WrongUse(message, path=session.shown(folder))


def _paths(session: Session, output: str, letters: Sequence[Reminder], ending: str) -> list[Path]:
    """Return a file in a folder for each letter, named after its party."""
    folder = session.here / output
    # A code that Windows takes for a device, as CON or AUX, gets a longer name.
    names = [
        files.file_name(one.party.code, ending) or f"letter-{one.party.code}{ending}"
        for one in letters
    ]
    return [folder / name for name in names]
