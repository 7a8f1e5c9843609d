"""`grcm remind PARTY`: a letter to a party, or to all; nothing is sent."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grcm_cli.cli import options as given
from grcm_cli.cli.command_line import given as common
from grcm_cli.cli.errors import WrongUse
from grcm_cli.cli.output import put, wanted_file
from grcm_cli.cli.session import Session, say, write
from grcm_cli.domain.model import Party
from grcm_cli.domain.task import SOON
from grcm_cli.domain.tasks import tasks
from grcm_cli.language.text import _, clean, speaking
from grcm_cli.letters.reminder import (
    Reminder,
    ReminderData,
    addressees,
    context,
    language_for,
    reminder,
)
from grcm_cli.storage import files
from grcm_cli.storage.loader import read_template
from grcm_cli.storage.paths import TEMPLATES, shown_path

if TYPE_CHECKING:
    from grcm_cli.letters.render import RenderedLetter
    from grcm_cli.letters.templates import LetterTemplate

HELP = _(
    "Write a letter to a party, or to all.\n\n"
    "What is late, what comes soon and what else is open, with the exact words of each conclusion, "
    "in the party's own language. A template in the data folder, templates/reminder.es.md, takes "
    "the place of ours. Nothing is sent."
)
FORMATS = ("text", "md", "html", "eml", "json")
ENDINGS = {"text": "txt"}
"""Of the files, where it is not the format's name."""


PartyArgument = Annotated[
    str | None,
    typer.Argument(
        metavar=_("PARTY"),
        help=_("A country, office, organization or body: its code, a name or an alias."),
        autocompletion=given.complete("party"),
    ),
]
AllOption = Annotated[
    bool,
    typer.Option("--all", help=_("A file for each party that has something late or due soon.")),
]
WithinOption = Annotated[
    object,
    typer.Option(
        "--within",
        metavar=_("DAYS"),
        parser=given.count,
        help=_("What falls due up to so many days ahead; 30 if it is left out."),
    ),
]
FormatOption = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="|".join(FORMATS),
        parser=given.choice(*FORMATS),
        help=_("Text, Markdown, a page, a message for a mail program, or all for a mailer."),
        autocompletion=lambda: [(name, "") for name in FORMATS],
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar=_("FILE"), help=_("The file to write; with --all, a folder.")
    ),
]


def remind(
    ctx: typer.Context,
    party: PartyArgument = None,
    everybody: AllOption = False,
    within: WithinOption = None,
    format_name: FormatOption = "text",
    output: OutputOption = None,
    force: given.ForceOption = False,
) -> int:
    """Answer, and return the exit code."""
    session = Session.of(ctx)
    if (party is None) is not everybody:
        raise WrongUse(_("name a party, or --all"))
    if everybody and output is None and format_name != "json":
        raise WrongUse(_("--all writes a file for each party: name a folder with -o"))
    path = wanted_file(output, session.here) if party is not None else None
    record = session.open()
    ahead = within if isinstance(within, int) else SOON
    found = tasks(record.register, session.as_of)
    post = _Post(
        session, ReminderData(record.register, found, session.as_of, ahead), common(ctx, "lang")
    )
    letters = post.needed() if party is None else [post.letter(given.party(record.register, party))]
    written = [post.written(one) for one in letters]
    shapes = _shaped(written, format_name, session.as_of, one=output is None)
    if path is None and (output is None or party is not None):
        write("".join(shapes))
        return record.finish(letters, wanted=False)
    paths = (
        [path] if path else _paths(session.here / str(output), letters, format_name, session.here)
    )
    if party is None and not force:
        _refuse_any(paths, session.here)
    for one, path, text in zip(letters, paths, shapes, strict=True):
        write(_line(put(text.encode(), path, session.here, force=force), one))
    return record.finish(letters, wanted=False)


class _Post:
    """Makes letters from what stands in the data folder on the day."""

    def __init__(self, session: Session, found: ReminderData, wanted: str | None) -> None:
        """Take the day. `wanted` is the language that the command line asks for."""
        self.session, self.found = session, found
        wishes = [*found.register.process.languages, session.language]
        self.wishes = wishes if wanted is None else [wanted, *wishes]
        self._templates: dict[str, LetterTemplate] = {}
        self._path = ""

    def letter(self, party: Party) -> Reminder:
        """Return what a party is told."""
        return reminder(self.found, party, language_for(self.found, party, self.wishes))

    def needed(self) -> list[Reminder]:
        """Return the letters that cannot wait, and name on stderr who gets none."""
        letters = [self.letter(party) for party in addressees(self.found)]
        others = " ".join(one.party.code for one in letters if not one.is_needed)
        if others:
            message = _("nothing late or due within {days} days, so no letter: {codes}")
            say(message.format(days=self.found.within, codes=others))
        return [one for one in letters if one.is_needed]

    def written(self, one: Reminder) -> "RenderedLetter":
        """Return a letter in its words. Raises WrongUse for a template that has none."""
        from grcm_cli.letters.render import rendered
        from grcm_cli.letters.templates import TemplateFault

        try:
            with speaking(one.language):
                values = context(one)
                template = self._template(one.language, tuple(values))
                return rendered(one, template.render(values))
        except TemplateFault as fault:
            raise WrongUse(fault.sentence(self._path)) from fault

    def _template(self, language: str, names: Sequence[str]) -> "LetterTemplate":
        from grcm_cli.letters import templates  # Jinja, only here

        name = f"reminder.{language}.md"
        path = self.session.folder() / TEMPLATES / name
        self._path = shown_path(path, self.session.here)
        if language not in self._templates:
            own = read_template(self.session.folder(), name)
            source = own if own is not None else (templates.BUILT_IN / name).read_bytes()
            self._templates[language] = templates.LetterTemplate(templates.decoded(source), names)
        return self._templates[language]


def _shaped(
    written: "Sequence[RenderedLetter]", format_name: str, day: date, *, one: bool
) -> list[str]:
    """Return letters as they are sent: one text each; values for a mailer in `one` document."""
    from grcm_cli.letters import render

    if format_name != "json":
        return [render.FORMATS[format_name](each) for each in written]
    import json  # only here

    documents = [written] if one else [[each] for each in written]
    return [
        json.dumps(render.document(each, day), ensure_ascii=False, indent=2) + "\n"
        for each in documents
    ]


def _paths(folder: Path, letters: Sequence[Reminder], format_name: str, here: Path) -> list[Path]:
    """Return the files in a folder for letters, named by their parties. Raises WrongUse."""
    if folder.exists() and not folder.is_dir():
        raise WrongUse(_("{path} is no folder").format(path=clean(shown_path(folder, here))))
    ending = "." + ENDINGS.get(format_name, format_name)
    # A code that some system takes for a device, as CON or AUX, gets a longer name.
    names = [
        files.file_name(one.party.code, ending) or f"letter-{one.party.code}{ending}"
        for one in letters
    ]
    return [folder / name for name in names]


def _refuse_any(paths: Sequence[Path], here: Path) -> None:
    """Raise WrongUse where one of many files is there already, before the first is written."""
    there = [clean(shown_path(path, here)) for path in paths if path.exists()]
    if there:
        message = _("{path} is there already; --force writes over it")
        raise WrongUse(message.format(path=", ".join(there)))


def _line(path: str, one: Reminder) -> str:
    message = _("{path}: {late} late, {soon} due within {days} days")
    said = message.format(path=path, late=len(one.late), soon=len(one.soon), days=one.within)
    return f"{said}\n"
