"""Edits of a record: what is wrong in files that are not written yet, and new codes and ids."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from grcm_cli.domain.diff import renamed
from grcm_cli.domain.due_forms import fault_of_id
from grcm_cli.domain.findings import MISSING, UNREADABLE, Finding, errors, in_order
from grcm_cli.domain.model import Meeting, Party, PlacedWord, Reference, Renamed, Renames, Theme
from grcm_cli.domain.parties import CODE
from grcm_cli.domain.register import Register, each_code, each_conclusion, links
from grcm_cli.language.text import _, clean, in_series
from grcm_cli.lookups.errors import BadData, MachineFailed, WrongUse
from grcm_cli.reader.emit import EditError, Replacement, replace_words, with_alias
from grcm_cli.rules import rules_by_name
from grcm_cli.storage.file_reader import read_bytes, split_lines
from grcm_cli.storage.files import file_name
from grcm_cli.storage.loader import Loaded, load
from grcm_cli.storage.paths import MEETINGS, PROGRESS, REGISTER, shown_path


def findings_in(
    new: Mapping[Path, bytes], folder: Path, cwd: Path, as_of: date
) -> tuple[Register | None, list[Finding]]:
    """Return the register with files that are not written yet, and the findings in them."""
    loaded = load(folder, cwd, new)
    paths = {shown_path(path, cwd) for path in new}
    return loaded.register, [each for each in _findings(loaded, as_of) if each.at.path in paths]


def _findings(loaded: Loaded, as_of: date) -> list[Finding]:
    rules = [rule for rule in rules_by_name().values() if rule.is_default]
    return in_order(loaded.checked(rules, as_of))


def uses_of(item: Renamed, register: Register) -> Iterator[PlacedWord]:
    """Yield the values that name a party, a topic or a meeting, but for its own key.

    A meeting is also named by a number in its own file, and by `next GRCM`.
    """
    if isinstance(item, Meeting):
        yield from (word for named, word in placed_references(register) if named.meeting == item.id)
        for meeting, due, at in register.each_due():
            if item.id in due.meetings(meeting, register.calendar):
                yield PlacedWord(due.written, at)
        times = (entry.occurrence for entry in register.entries)
        yield from (time for time in times if time is not None and time.text == item.id)
    elif isinstance(item, Theme):
        for _meeting, conclusion in each_conclusion(register):
            yield from (word for word in conclusion.themes if word.text == item.code)
    else:
        codes = (word for key, words in each_code(register) if key != "file" for word in words)
        yield from (word for word in codes if word.text == item.code)
        for _meeting, due, at in register.each_due():
            if due.body == item.code:
                yield PlacedWord(due.written, at)


def placed_references(register: Register) -> Iterator[tuple[Reference, PlacedWord]]:
    """Yield every reference to a conclusion or mandate, with the word that writes it."""
    yield from ((link.target, link.word) for link in links(register) if link.target)
    targets = register.entry_targets
    yield from ((to.reference, entry.mandate) for entry, to in targets if to.reference)


class Renaming(NamedTuple):
    """All that changes: words by the path of their file, and the file that gets another name."""

    values: Mapping[str, Sequence[Replacement]]  # the whole values in which the word stands
    file: tuple[str, str] | None  # its names in the data folder, as `progress/MEX.yaml`
    word: re.Pattern[str]
    old: str  # the code or the id that goes


def renaming(
    register: Register, item: Renamed, new: str, read: Callable[[str], bytes], faulty: Set[str]
) -> Renaming:
    """Return the edits that give a party or a theme another code, or a meeting another id.

    `read` returns the bytes of a file by its path; `faulty` are the paths of files with errors.
    Raises WrongUse for a word that is no code or id or is taken, and if a use may be overlooked.
    """
    folder = ""
    if isinstance(item, Meeting):
        folder, old = MEETINGS, item.id
        _refuse_id(register, new)
    else:
        old = item.code
        of_theme = [theme for theme in register.process.themes if theme.code == new]
        of_party = register.directory.named(new)
        _refuse_code(of_party if isinstance(item, Party) else of_theme, old, new)
        if isinstance(item, Party) and old in {word.text for word in register.reporting_parties}:
            folder = PROGRESS
    word = re.compile(rf"(?<![A-Za-z0-9-]){re.escape(old)}(?![A-Za-z0-9-])")
    lines = cache(lambda path: split_lines(read(path)))
    message = _("{path}, which names {code}, has errors: correct them first")
    for path in sorted(faulty):
        if any(map(word.search, lines(path))):
            raise WrongUse(message, path=path, code=old)
    values: dict[str, set[Replacement]] = {}
    # What names a meeting by other words than its id stays as it is.
    uses = (use.at for use in uses_of(item, register) if word.search(use.text))
    for at in (item.at, *uses):
        if at.path in faulty:  # where the place is, an editor may have something else by now
            raise WrongUse(message, path=at.path, code=old)
        value = lines(at.path)[at.line - 1][at.column - 1 :][: at.width]
        renamed = word.sub(new, value, count=1)
        if renamed == value:
            unusual = _("{place}: the code is written in a form in which grcm cannot replace it")
            raise WrongUse(unusual, place=at)
        values.setdefault(at.path, set()).add(Replacement(*at[1:], renamed))
    files = (f"{folder}/{old}.yaml", f"{folder}/{new}.yaml") if folder else None
    return Renaming({path: sorted(edits) for path, edits in values.items()}, files, word, old)


def _refuse_code(called_so: Iterable[Party | Theme], old: str, code: str) -> None:
    """Raise WrongUse for a word that is no code, or that names another party or theme."""
    if not CODE.fullmatch(code):
        message = _(
            "'{text}' is not a code, and renaming changes only codes: 2 to 20 capital "
            "letters, digits and hyphens, beginning with a letter"
        )
        hint = _("a name is changed in register.yaml; keep the old one there as an alias")
        raise WrongUse(message, hint, text=code)
    for namesake in called_so:
        if namesake.code != old or code == old:
            message = _("'{code}' is taken: it is the code of {other} ({name})")
            raise WrongUse(message, code=code, other=namesake.code, name=namesake.name.shown(""))


def _refuse_id(register: Register, meeting_id: str) -> None:
    fault = fault_of_id(meeting_id)
    if fault or file_name(meeting_id) is None:
        message = _("'{text}' is not a meeting id: use letters, digits and hyphens")
        raise WrongUse(fault or message, text=meeting_id)
    # On a file system that ignores case, CRM-1.yaml and crm-1.yaml are one file.
    for taken in (*register.calendar.by_id, *register.unread_meetings):
        if taken.casefold() == meeting_id.casefold():
            raise WrongUse(_("'{id}' is taken: that meeting is already in the record"), id=taken)


def renamed_files(
    folder: Path, as_of: date, find: Callable[[Register], Renamed], new: str, *, alias: bool = False
) -> tuple[Renaming, Mapping[str, Sequence[bytes | None]]]:
    """Return a renaming, and the files of a data folder that it changes, before and after; checked.

    `find` returns what is renamed; `alias` keeps the old code as an alias of a party. Raises
    WrongUse as `renaming` does, and where the record would get a new finding.
    """
    loaded = load(folder, folder)
    if loaded.register is None:
        raise WrongUse(_("there is no register.yaml to read in {name}"), name=folder)
    faulty = {finding.at.path for finding in errors(loaded.findings)}
    data = {name: read_bytes(folder / name) for name in loaded.files}
    for finding in errors(loaded.findings):
        if finding.at.path not in data and finding.rule != MISSING:  # the old word would stay in it
            failure = MachineFailed if finding.rule == UNREADABLE else BadData
            raise failure(clean(f"{finding.at.path}: {finding.message}"), _("nothing was written"))
    item = find(loaded.register)
    change = renaming(loaded.register, item, new, data.__getitem__, faulty & data.keys())
    if change.file and (folder / change.file[1]).exists():
        raise WrongUse(_("{path} already exists"), path=change.file[1])
    after = _applied(change, data, (new, change.old) if alias and isinstance(item, Party) else None)
    then = load(folder, folder, {folder / name: after[name] for name in after}, from_disk=False)
    rules_before = Counter(finding.rule for finding in _findings(loaded, as_of))
    findings = _findings(then, as_of)
    rules = Counter(finding.rule for finding in findings)
    caused = [finding for finding in findings if rules[finding.rule] > rules_before[finding.rule]]
    if caused:
        raise WrongUse(in_series(clean(f"{each.at}: {each.full_message}") for each in caused[:3]))
    states = {name: (data.get(name), after.get(name)) for name in data.keys() | after.keys()}
    return change, {name: pair for name, pair in states.items() if pair[0] != pair[1]}


def _applied(
    change: Renaming, data: Mapping[str, bytes], alias: tuple[str, str] | None = None
) -> dict[str, bytes]:
    """Return files by name with their new words; `alias` has a new code and the old one to keep.

    Raises WrongUse where more than words would change.
    """
    after = dict(data)
    for name, words in change.values.items():
        try:
            after[name] = replace_words(data[name], words)
            if alias and name == REGISTER:
                after[name] = with_alias(after[name], *alias)
        except EditError as error:
            message = _("{path} cannot be changed without changing more than the word")
            raise WrongUse(message, path=name) from error
    if change.file:
        after[change.file[1]] = after.pop(change.file[0])
    return after


def with_names_of(
    new: Register, old: Register, files: Mapping[Path, bytes], folder: Path
) -> tuple[Register, Renames]:
    """Return an older state of a folder with the codes and ids of a newer one, and each new one.

    `files` has its files. What cannot be replaced there, as where they have errors, keeps its name.
    """
    data = {path.relative_to(folder).as_posix(): content for path, content in files.items()}
    renames: list[tuple[Renamed, str]] = []
    tried = set[str]()
    pairs = list(renamed(old, new))
    while pairs:
        loaded = load(folder, folder, {folder / name: data[name] for name in data}, from_disk=False)
        old = loaded.register or old
        pairs = [pair for pair in renamed(old, new) if pair[1] not in tried]
        if pairs:
            tried.add(pairs[0][1])
            faulty = {finding.at.path for finding in errors(loaded.findings)}
            with suppress(WrongUse):
                change = renaming(old, *pairs[0], data.__getitem__, faulty & data.keys())
                data = _applied(change, data)
                renames.append(pairs[0])
    return old, renames
