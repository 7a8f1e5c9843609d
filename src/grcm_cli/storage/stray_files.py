"""Names of files that look like data and are none: copies, backups, other endings.

Editors, sync programs and people leave them beside the data. Each is named, with what to do, so
that nothing of the record is missing or counted twice in silence.
"""

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from grcm_cli.domain.findings import COPIED, IGNORED, THE_REGISTER, Finding
from grcm_cli.domain.parties import CODE
from grcm_cli.language.text import _
from grcm_cli.storage.file_reader import FileSource, read_if_possible
from grcm_cli.storage.files import file_name, is_left_behind, missing_for
from grcm_cli.storage.paths import MEETINGS, PROGRESS, REGISTER

_ENDING = ".yaml"
_ENDED = re.compile(r"(?P<stem>.+?)\.ya?ml(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_JSON, _TEXT = ".json", ".txt"
_MEETING_KEY = re.compile(rb"^(?:id|conclusions)[ \t]*:", re.MULTILINE)  # of meetings' files alone
_DATA = re.compile(_MEETING_KEY.pattern + rb"|^- *\{?mandate[ \t]*:", re.MULTILINE)
_LOCK = "~$"  # before the name of a file that an office program has open
_BACKUP = re.compile(r"~|\.(?:bak|backup|old|orig|rej|save|sw[a-p]|tmp|part)", re.IGNORECASE)
_NO_DATA = frozenset({"README", "LICENSE", "LICENCE", "COPYING", "NOTICE", "CODEOWNERS", "TODO"})
_COPY = re.compile(  # each has a mark that no id and no code has
    # Windows and Google Drive: `Copia de X`, `Copy (2) of X`
    r"(?:c[oó]pia|copy|copie|kopie)(?: \(\d{1,9}\))? (?:de|of|di|von) (?P<after>.+)"
    r"|(?P<before>.+?)(?:"
    # Windows: `X - copia (2)`; macOS: `X copy 2`
    r" (?:- )?(?:c[oó]pia|copy|copie|kopie)(?: \d{1,9}| \(\d{1,9}\))?"
    # Browsers, KDE, Drive: `X (1)`; iCloud: `X 2`; others: `X[1]`, `X~1`, `X.v2`, `X final`
    r"| ?\(\d{1,9}\)| \d{1,2}| ?\[\d{1,9}\]|~\d{0,9}"
    r"|[ ._]v\d{1,9}|[ ._]final"
    # GNOME, Dropbox, OneDrive, Nextcloud, Seafile: `X (otra copia)`, `X (… conflicted copy …)`
    r"| ?\([^()]*(?:cop(?:ia|y)|conflict)[^()]*\)"
    # Syncthing, ownCloud, Synology: `X.sync-conflict-…`, `X_conflict-…`, `X_…_Conflict`
    r"|[ ._](?:sync-)?conflict.*"
    r"|_[^_]+_[a-z]{3}-\d\d-\d{4}(?:-\d{4})?_conflict"
    # Editors and git: `X.bak`, `X_old`, `X_BACKUP_123`, `X.yaml`
    r"|[ ._](?:bak|backup|old|orig|respaldo|base|local|remote)(?:[ ._-]?\d{1,9})?"
    r"|\.ya?ml"
    r")",
    re.IGNORECASE,
)


def is_data_file(name: str) -> bool:
    """Tell whether a file in a folder of data is read, by its name."""
    return name.endswith(_ENDING) and not name.startswith((".", _LOCK))


def original_stem(stem: str) -> str:
    """Return the name that a copy was made of, both without ending: X for `Copia de X (2)`.

    A name that no program gives to a copy stays as it is.
    """
    while match := _COPY.fullmatch(stem):
        stem = match["after"] or match["before"]
    return stem


def copy_finding(
    source: FileSource, name: str, copied: str, *concerns: str, exists: bool = True, hint: str = ""
) -> Finding:
    """Return the finding that a file is called a copy of a data file; `hint` tells what to do."""
    message = _(
        "the name of this file is that of a copy of {name}, which does not exist; "
        "the file is not read"
    )
    advice = _("rename it to {name}")
    if exists:
        message = _("this is a copy of {name}; it is not read")
        advice = hint or _("keep what is right in {name}, and delete the copy")
    file = copied.rpartition("/")[2]
    sentences = message.format(name=file), advice.format(name=file)
    return source.finding(name, COPIED, *sentences, *concerns)


def stray_entry(
    source: FileSource, folder: str, entry: os.DirEntry[str], names: Collection[str]
) -> Finding | None:
    """Return the finding of what is not read among the files of a folder; `names` are all there."""
    name = f"{folder}/{entry.name}"
    if entry.name.startswith("."):
        return _left_behind(source, name)
    if os.path.isdir(entry):  # noqa: PTH112 - a link to one, too
        message = _("this folder is not read: files belong directly in the folder above")
    elif os.path.exists(entry) and not os.path.isfile(entry):  # noqa: PTH110, PTH113 - as above
        message = _("this is not a regular file; it is not opened")
    else:
        return _stray_file(source, name, names)
    return source.finding(name, IGNORED, message)


def _left_behind(source: FileSource, name: str) -> Finding | None:
    path = source.folder / name
    if not is_left_behind(path):
        return None
    message = _("an interrupted run of grcm left this file behind; delete it")
    if missing := missing_for(path):
        message = _(
            "an interrupted run of grcm left this file behind, and there is no {name}; give it "
            "that name unless everything in it is also somewhere else"
        ).format(name=missing)
    return source.finding(name, IGNORED, message)


def _stray_file(source: FileSource, path: str, names: Collection[str]) -> Finding | None:
    """Return the finding of a file that is not read for its name; `names` are all beside it."""
    folder, _slash, name = path.rpartition("/")
    meant = _meant(source.folder / path, folder)
    if meant is None:
        return None
    stem, ending = meant
    if not folder:  # the one file that stands there
        stem = stem.lower()
    target = f"{stem}{_ENDING}"
    if name.startswith(_LOCK):
        message = _("this file is not read: a program created it while it had {name} open")
        hint = _("close that program; then delete the file if it is still there")
        return source.finding(path, IGNORED, message.format(name=target), hint)
    message = _("this file is not read: its name does not end in .yaml")
    hint = _("rename it to {name}")
    if target in names:
        hint = _("{name} is the file that is read: add to it what it lacks, and delete this one")
    elif file_name(stem) is None:
        hint = _("name it after the meeting's id, as in GRCM-2002-10.yaml")
        if folder == PROGRESS:
            hint = _("name it after the party's code, as in MEX.yaml")
    elif _BACKUP.fullmatch(ending):
        hint = _("if it belongs to the record, rename it to {name}; otherwise delete it")
    elif ending.lower() == _TEXT:
        hint = _("rename it to {name}; in Notepad, save it with the type “All files”")
    elif ending.lower() == _JSON:
        hint = _("if it belongs to the record, write it as {name}; otherwise move it elsewhere")
    return source.finding(path, IGNORED, message, hint.format(name=target))


def _meant(path: Path, folder: str) -> tuple[str, str] | None:
    """Return the stem of the data file that a file stands for, and what follows its ending."""
    name = path.name
    if name.startswith(".") or is_data_file(name):
        return None
    bare = name.removeprefix(_LOCK).removeprefix("#").removesuffix("#")
    match = _ENDED.fullmatch(bare)
    if match is not None:
        return original_stem(match["stem"]), match["rest"]
    ending = Path(bare).suffix.lower()
    # A text without keys may be a meeting's document.
    is_text = ending == _TEXT and _DATA.search(read_if_possible(path)) is not None
    if folder and (is_text or ending == _JSON):
        return original_stem(bare[: -len(ending)]), ending
    if name.startswith(_LOCK):
        return None if "." in bare else (bare, "")
    # Without any ending: `GRCM-2002-10` among the meetings, `MEX` among the reports.
    is_meant = {
        MEETINGS: file_name(bare) is not None and any(map(str.isdigit, bare)),
        PROGRESS: CODE.fullmatch(bare) is not None and bare not in _NO_DATA,
    }
    return (bare, "") if is_meant.get(folder, "." not in bare) else None


def stray_registers(folder: Path) -> list[str]:
    """Return the names in a folder that stand for register.yaml and are not it, in order."""
    names = [entry.name for entry in entries(folder) if _is_stray_register(entry.name)]
    return [name for name in names if (folder / name).is_file()]


def beside_register(source: FileSource) -> Iterator[Finding]:
    """Yield the findings of files beside register.yaml that may be data, or copies of it.

    A file that does not end in .yaml is data there only if it holds a meeting.
    """
    for entry in entries(source.folder):
        name, path, match = entry.name, source.folder / entry.name, _ENDED.fullmatch(entry.name)
        if _is_stray_register(name):
            if path.is_file():
                names = [REGISTER] if (source.folder / REGISTER).exists() else []
                stray = _stray_file(source, name, names)
                is_copy = bool(names)
                yield stray or copy_finding(source, name, REGISTER, THE_REGISTER, exists=is_copy)
        elif name.lower() in (MEETINGS, PROGRESS):
            # On a disk that ignores case, the folder is found all the same.
            if path.is_dir() and not path.with_name(name.lower()).exists():
                message = _("this folder is not read: its name is not in lower case")
                hint = _("name it {name}").format(name=name.lower())
                yield source.finding(name, IGNORED, message, hint)
        elif name.startswith(f".{REGISTER}."):
            yield from filter(None, [_left_behind(source, name)])
        elif name.startswith((".", _LOCK, "#")) or name == REGISTER:
            continue
        elif match and entry.is_file(follow_symlinks=False):
            is_meeting = _MEETING_KEY.search(read_if_possible(path)) is not None
            if is_meeting or is_data_file(name):
                stem = original_stem(match["stem"])
                yield _misplaced(source, name, stem, is_meeting=is_meeting)


def _misplaced(source: FileSource, name: str, stem: str, *, is_meeting: bool) -> Finding:
    below = PROGRESS if CODE.fullmatch(stem) and not is_meeting else MEETINGS
    target = f"{below}/{stem}{_ENDING}"
    hint = _("a meeting's file belongs in meetings/, a party's reports in progress/")
    if os.path.lexists(source.folder / target):
        hint = _("{name} is the file that is read: add to it what it lacks, and delete this one")
    elif (is_meeting or below == PROGRESS) and file_name(stem) is not None:
        hint = _("if it belongs to the record, move it to {name}")
    message = _("this file is not read: only register.yaml belongs here")
    return source.finding(name, IGNORED, message, hint.format(name=target))


def entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return the entries of a folder, by name; none where it cannot be listed."""
    try:
        return sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return []


def _is_stray_register(name: str) -> bool:
    if name == REGISTER or name.startswith("."):
        return False
    bare = name.removeprefix(_LOCK).removeprefix("#").removesuffix("#")
    match = _ENDED.fullmatch(bare)
    stem = match["stem"] if match else bare
    right = REGISTER.removesuffix(_ENDING)
    if original_stem(stem).lower() == right:
        return True
    # A sync program's: `register-DESKTOP.yaml`.
    suffix = stem.lower().removeprefix(right)
    return suffix != stem.lower() and not suffix[:1].isalnum() and is_data_file(name)
