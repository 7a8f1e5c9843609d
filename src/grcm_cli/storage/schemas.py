"""The schemas for editors in a data folder: which of them are not those of this version."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Location
from grcm_cli.domain.register import Register
from grcm_cli.language.text import DEFAULT_LANGUAGES, LANGUAGES, _
from grcm_cli.reader.fields import FILES
from grcm_cli.reader.schema import NO_NAMES, file_schema, names_of
from grcm_cli.storage.paths import SCHEMA_FOLDER, leads_outside, shown_path


class SchemaFile(NamedTuple):
    """A schema's file, what this version writes into it, and how it stands."""

    path: Path
    data: bytes
    is_there: bool
    is_current: bool  # it says the same as this version's, however it is laid out
    is_foreign: bool  # it is a schema of something else, under this name


def schema_files(
    folder: Path, register: Register | None = None, language: str | None = None
) -> list[SchemaFile]:
    """Return the schema of each kind of file in a data folder. Raises OSError.

    With a register, one that has names, as `grcm schema --data` makes it, has the register's. The
    messages are in the languages of its process, without one in `language`.
    """
    languages = register.process.shown_languages if register else [language or "en"]
    files = []
    for kind in FILES:
        path = folder / SCHEMA_FOLDER / f"{kind}.schema.json"
        is_there = path.is_file() and not leads_outside(path, folder)
        content: Any = {}
        if is_there:
            with suppress(ValueError, RecursionError):
                content = json.loads(path.read_bytes())
        content = content if isinstance(content, dict) else {}  # it may be emptied, or cut
        names = [NO_NAMES]
        match content:
            case {"definitions": {"party": {"enum": _codes}}} if register is not None:
                shown = [code for code in register.process.languages if code in LANGUAGES]
                names = [names_of(register, code) for code in dict.fromkeys([*shown, *LANGUAGES])]
        first = file_schema(kind, names[0]._replace(languages=languages))
        # A schema with messages in other languages is current too: the languages of the process
        # may have been written after it was made.
        equivalents = (
            file_schema(kind, variant._replace(languages=several))
            for several in (languages, DEFAULT_LANGUAGES, *zip(LANGUAGES, strict=True))
            for variant in names
        )
        is_current = is_there and (content == first or content in equivalents)
        is_foreign = content.get("title", first["title"]) != first["title"]
        data = (json.dumps(first, indent=2, ensure_ascii=False) + "\n").encode()
        files.append(SchemaFile(path, data, is_there, is_current, is_foreign))
    return files


def schema_findings(folder: Path, seen_from: Path, register: Register | None) -> list[Finding]:
    """Return a warning for each schema that is not this version's; none for a folder without any.

    A schema of something else, and what a link out of the data folder leads to, are left alone.
    """
    place = folder / SCHEMA_FOLDER
    if not place.is_dir() or leads_outside(place, folder):
        return []
    try:
        files = schema_files(folder, register)
        schemas = [schema for schema in files if not leads_outside(schema.path, folder)]
        if any(place.iterdir()) and not any(schema.is_there for schema in schemas):
            return []
    except OSError:
        return []
    outdated = _(
        "this is not the schema of this version of grcm: it is older than the program, or was "
        "changed"
    )
    hint = _("grcm init --schemas rewrites it")
    findings = []
    for schema in schemas:
        if not (schema.is_current or schema.is_foreign):
            at = Location(shown_path(schema.path, seen_from), 1, 1, 0)
            message = outdated if schema.is_there else _("this schema is missing")
            findings.append(Finding(at, "warning", "outdated-schema", message, hint))
    return findings
