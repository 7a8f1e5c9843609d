"""`grcm init [DIR]`: make a data folder with a commented register."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from grcm_cli.cli import options, written_files
from grcm_cli.cli.errors import WrongUse
from grcm_cli.cli.output import create_checked, lock_failures, marker, refuse_outside
from grcm_cli.cli.prompts import answer, required_text, single_spaced
from grcm_cli.cli.session import Session, write_line
from grcm_cli.domain.parties import CODE
from grcm_cli.language.text import _
from grcm_cli.reader.schema import SCHEMAS
from grcm_cli.storage import files
from grcm_cli.storage.paths import MEETINGS, PROGRESS, REGISTER
from grcm_cli.views import file_templates


def init(
    ctx: typer.Context,
    folder: Annotated[Path, options.argument(_("DIR"), _("The folder to make."))] = Path("data"),
    code: Annotated[
        str | None, options.value("--code", _("CODE"), _("The short name of the process, as CRM."))
    ] = None,
    name: Annotated[
        str | None, options.value("--name", _("TEXT"), _("The full name of the process."))
    ] = None,
    body: Annotated[
        str | None, options.value("--body", _("CODE"), _("The code of a body that meets."))
    ] = None,
) -> int:
    """Make a data folder with a register to fill in, and print what to do next."""
    session = Session.of(ctx)
    where = session.here / folder
    register = session.shown(where / REGISTER)
    if os.path.lexists(where / REGISTER):
        raise WrongUse(_("{path} is there already; nothing was written"), path=register)
    question = _("Short name of the process")
    process = answer(code, "--code", question, lambda text: required_text("--code", text))
    full_name = answer(name, "--name", _("Its full name"), single_spaced, process)
    default = process.upper() if CODE.fullmatch(process.upper()) else ""
    body = answer(body, "--body", _("Code of a body that meets"), _party_code, default)
    text = file_templates.register(process, full_name, body, session.language)
    others = list(_other_files(where))
    for path, _data in others:
        refuse_outside(path, where, session)
    new = [(path, data) for path, data in others if not os.path.lexists(path)]
    written_files.plan([register, *(session.shown(path) for path, _data in new)])
    create_checked(text, where / REGISTER, where, session)
    with lock_failures(session):
        for path, data in new:
            files.create(path, data, stored=marker(session.shown(path)))
    write_line(_("{path}: a data folder, with a register to fill in"), path=session.shown(where))
    write_line(_("Next: write its members into {path}; then grcm new"), path=register)
    return 0


def _other_files(where: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield the files of a new folder but its register: the schemas, and two empty folders."""
    for kind, schema in SCHEMAS.items():
        text = json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
        yield where / file_templates.SCHEMAS / f"{kind}.schema.json", text.encode()
    for part in (MEETINGS, PROGRESS):
        yield where / part / ".gitkeep", b""


def _party_code(text: str) -> str:
    if not CODE.fullmatch(text):
        form = _("write 2 to 20 capital letters, digits and hyphens, a letter first")
        raise WrongUse(_("'{text}' is no code of a party"), form, text=text)
    return text
