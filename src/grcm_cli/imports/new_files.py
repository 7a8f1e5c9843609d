"""Where imported files go, and what is wrong in them before they are written."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from grcm_cli.cli.errors import BadData
from grcm_cli.cli.lookups import refuse_outside
from grcm_cli.domain.findings import Finding, check, errors, in_order
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _
from grcm_cli.rules import every_rule
from grcm_cli.storage import files
from grcm_cli.storage.loader import load
from grcm_cli.storage.paths import MEETINGS, shown_path


class Destination(NamedTuple):
    """The data folder that files are imported into."""

    folder: Path
    here: Path
    """From where its paths are shown."""
    as_of: date

    def shown(self, path: Path) -> str:
        """Return a path as messages show it."""
        return shown_path(path, self.here)

    def new_meeting(self, meeting_id: str, wrong_id: str) -> Path:
        """Return the path of a meeting without a file. Raises BadData where none can be made.

        `wrong_id` is the message for an id that is no name of a file.
        """
        name = files.file_name(meeting_id)
        if name is None:
            raise BadData(wrong_id, text=meeting_id)
        path = self.folder / MEETINGS / name
        # On a file system that ignores case, CRM-1.yaml and crm-1.yaml are one file.
        there = {other.name.casefold() for other in path.parent.glob("*.yaml")}
        if path.exists() or name.casefold() in there:
            message = _("{path} is there already, and is not read as a meeting; see grcm validate")
            raise BadData(message, _("nothing was written"), path=self.shown(path))
        refuse_outside(path, self.folder, self.here)
        return path

    def checked(self, new: Mapping[Path, bytes]) -> tuple[Register | None, list[Finding]]:
        """Return the register with files that are not written yet, and the errors in these."""
        loaded = load(self.folder, self.here, new)
        findings = list(loaded.findings)
        if loaded.register is not None:
            rules = [rule for rule in every_rule() if rule.is_default]
            findings += check(loaded.register, rules, self.as_of)
        paths = set(map(self.shown, new))
        return loaded.register, [one for one in in_order(errors(findings)) if one.at.path in paths]
