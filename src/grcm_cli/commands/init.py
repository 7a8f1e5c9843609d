"""`grcm init [DIR]`: make a data folder with a commented register."""

import os
from functools import partial
from pathlib import Path

import typer

from grcm_cli import __version__
from grcm_cli.cli import options
from grcm_cli.cli.output import create_checked, folder_to_write, rewrite_all
from grcm_cli.cli.session import Session, ask, say, write_line
from grcm_cli.domain.parties import CODE
from grcm_cli.language.text import _
from grcm_cli.lookups.errors import WrongUse, plan_files
from grcm_cli.lookups.names import refuse_outside, required_text, single_spaced
from grcm_cli.storage import files
from grcm_cli.storage.git import attributes_place, with_union
from grcm_cli.storage.loader import load
from grcm_cli.storage.paths import MEETINGS, PROGRESS, REGISTER
from grcm_cli.storage.schemas import schema_files
from grcm_cli.views import file_templates


def init(
    ctx: typer.Context,
    folder: Path | None = options.argument(
        _("DIR"), _("The folder to create; if left out, data."), default=None
    ),
    code: str | None = options.value(
        "--code", _("CODE"), _("The short name of the process, such as CRM.")
    ),
    name: str | None = options.value("--name", _("TEXT"), _("The full name of the process.")),
    body: str | None = options.value("--body", _("CODE"), _("The code of a body that meets.")),
    body_name: str | None = options.value("--body-name", _("TEXT"), _("The name of that body.")),
    schemas: bool = options.flag(
        "--schemas", _("Only rewrite the editor schemas, in an existing folder.")
    ),
) -> int:
    """Make a data folder with a register to fill in, and print what to do next."""
    session = Session.of(ctx)
    if schemas:
        if (code, name, body, body_name) != (None, None, None, None):
            raise WrongUse(_("--schemas is used alone, or only with the folder"))
        return _renew_schemas(session, folder)
    where = folder_to_write(folder or Path("data"), session)
    register = session.shown(where / REGISTER)
    if os.path.lexists(where / REGISTER):
        raise WrongUse(_("{path} exists already; nothing was written"), path=register)
    process = ask(code, "--code", _("Short name of the process, such as CRM"), _process_code)
    full_name = ask(name, "--name", _("Its full name"), single_spaced, process)
    default = process.upper() if CODE.fullmatch(process.upper()) else ""
    body = ask(body, "--body", _("Code of a body that meets, such as GRCM"), _body_code, default)
    name_of_body = partial(required_text, "--body-name")
    of_body = ask(body_name, "--body-name", _("Name of the body"), name_of_body, body)
    text = file_templates.register(process, full_name, body, of_body, session.language)
    new = {schema.path: schema.data for schema in schema_files(where, language=session.language)}
    new |= {where / part / ".gitkeep": b"" for part in (MEETINGS, PROGRESS)}  # in git, too
    for path in new:
        refuse_outside(path, where, session.here)
    new = {path: data for path, data in new.items() if not os.path.lexists(path)}
    attributes, pattern = attributes_place(where, session.here)
    shown = session.shown(attributes)
    plan_files([register, *map(session.shown, new), shown])
    create_checked(text, where / REGISTER, where, session)
    made = {path: files.creation(path, data) for path, data in new.items()}
    rewrite_all({**made, attributes: partial(with_union, pattern=pattern)}, session)
    write_line(_("{path}: a data folder, with a register to fill in"), path=session.shown(where))
    if any((above / ".git").exists() for above in (where, *where.parents)):
        write_line(_("{path}: git merges the reports of two branches by itself"), path=shown)
    write_line(_("Next: enter the members in {path}; then run grcm new"), path=register)
    return 0


def _renew_schemas(session: Session, folder: Path | None) -> int:
    where = session.folder() if folder is None else session.here / folder
    if not (where / REGISTER).is_file():
        raise WrongUse(_("{path} has no register.yaml"), path=session.shown(where))
    schemas = schema_files(where, load(where, session.here).register)
    for schema in schemas:
        refuse_outside(schema.path, where, session.here)
    outdated = [schema for schema in schemas if not (schema.is_current or schema.is_foreign)]
    changes = {s.path: files.creation(s.path, s.data, overwrite=True) for s in outdated}
    rewrite_all(changes, session)
    for schema in schemas:
        shown = session.shown(schema.path)
        if schema.is_foreign:
            say(_("{path}: a schema for something else; it was left alone"), path=shown)
        elif not schema.is_current:
            write_line(_("{path}: rewritten"), path=shown)
    if not outdated:
        say(_("The schemas are already those of grcm {version}."), version=__version__)
    return 0


def _process_code(text: str) -> str:
    word = required_text("--code", text)
    if " " in word:
        message = _(
            "'{text}' is not a short name: write one word, such as CRM; the full name comes next"
        )
        raise WrongUse(message, text=text)
    return word


def _body_code(text: str) -> str:
    if not CODE.fullmatch(text):
        form = _("write 2 to 20 capital letters, digits and hyphens, beginning with a letter")
        raise WrongUse(_("'{text}' is not the code of a body"), form, text=text)
    return text
