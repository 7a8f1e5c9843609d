"""The schemas for editors in a data folder: which of them are not those of this version."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Location
from grcm_cli.domain.register import Register
from grcm_cli.language.text import LANGUAGES, _
from grcm_cli.storage.paths import SCHEMA_FOLDER, leads_outside, shown_path

if TYPE_CHECKING:
    from grcm_cli.reader.schema import Schema


class SchemaFile(NamedTuple):
    """A schema's file, what this version writes into it, and how it stands."""

    path: Path
    data: bytes
    is_there: bool
    is_current: bool
    """It says the same as this version's, however it is laid out."""
    is_foreign: bool
    """It is a schema of something else, which somebody has put there under this name."""


def schema_files(folder: Path, register: Register | None = None) -> list[SchemaFile]:
    """Return the schema of each kind of file in a data folder. Raises OSError.

    With a register, one that has the register's names, as `grcm schema --data` makes it, is
    current too.
    """
    from grcm_cli.reader.schema import SCHEMAS, names_of  # 4 ms, only where a folder has schemas

    found = []
    for kind, schema in SCHEMAS.items():
        file = _schema_file(folder, kind, schema())
        if register and file.is_there and not (file.is_current or file.is_foreign):
            content = _read(file.path)
            named = (schema(names_of(register, language)) for language in LANGUAGES)
            file = file._replace(is_current=any(content == one for one in named))
        found.append(file)
    return found


def _read(path: Path) -> object:
    """Return what a schema's file says; an empty object where it is emptied, or cut."""
    import json  # 3 ms, as above

    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return {}


def _schema_file(folder: Path, kind: str, schema: "Schema") -> SchemaFile:
    import json  # 3 ms, as above

    path = folder / SCHEMA_FOLDER / f"{kind}.schema.json"
    data = (json.dumps(schema, indent=2, ensure_ascii=False) + "\n").encode()
    if not path.is_file() or leads_outside(path, folder):
        return SchemaFile(path, data, is_there=False, is_current=False, is_foreign=False)
    found = _read(path)
    is_foreign = isinstance(found, dict) and found.get("title", schema["title"]) != schema["title"]
    return SchemaFile(path, data, is_there=True, is_current=found == schema, is_foreign=is_foreign)


def schema_findings(
    folder: Path, seen_from: Path, register: Register | None = None
) -> list[Finding]:
    """Return a warning for each schema that is not this version's; none for a folder without any.

    A schema of something else, and what a link out of the data folder leads to, are left alone.
    """
    place = folder / SCHEMA_FOLDER
    if not place.is_dir() or leads_outside(place, folder):
        return []
    try:
        found = [
            one for one in schema_files(folder, register) if not leads_outside(one.path, folder)
        ]
        if any(place.iterdir()) and not any(one.is_there for one in found):
            return []
    except OSError:
        return []
    outdated = _(
        "this is not the schema of this version of grcm: it is older than the program, or was "
        "changed"
    )
    missing = _("this schema is missing")
    return [
        Finding(
            Location(shown_path(one.path, seen_from), 1, 1, 0),
            "warning",
            "outdated-schema",
            outdated if one.is_there else missing,
            _("grcm init --schemas writes it anew"),
        )
        for one in found
        if not (one.is_current or one.is_foreign)
    ]
