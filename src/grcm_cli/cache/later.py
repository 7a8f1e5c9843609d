"""What changed since facts were kept: only the files that did are read.

Reports that were added at the end of a file of progress change nothing of what was adopted, and a
meeting's corrected words nothing of the others. Whatever is not surely one of these is left to a
whole reading.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from pathlib import PurePosixPath

from grcm_cli.cache import amend
from grcm_cli.cache.corrected import Check, is_corrected
from grcm_cli.cache.fingerprint import Stamp
from grcm_cli.cache.recall import Facts
from grcm_cli.cache.snapshot import known
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Entry
from grcm_cli.domain.register import Register, Spoken
from grcm_cli.reader.records import read_progress
from grcm_cli.storage.paths import MEETINGS, PROGRESS

_MANY = 20
"""Files that changed; more of them are sooner read with all others."""
_MOST = 65_536  # bytes that are new; more of them are a new file


def taken_over(facts: Facts, now: Stamp, read: Callable[[str], bytes], check: Check) -> bool:
    """Put into facts what files say since; tell whether that is all that has changed.

    Where more has, or anything is wrong with it, the facts are of no use any more. `read` returns a
    file's bytes by its name in the folder, `check` what is wrong in a register.
    """
    before: Mapping[str, str] = json.loads(facts.about("files"))
    if before.keys() != now.files.keys():
        return False
    changed = [name for name, told in sorted(now.files.items()) if before[name] != told]
    if len(changed) > _MANY:
        return False
    # What an editor leaves beside a file, as `X.yaml~`, is no meeting.
    meetings = [n for n in changed if n.startswith(f"{MEETINGS}/") and n.endswith(".yaml")]
    for name in meetings:
        if not is_corrected(facts, name, read(name), check):
            return False
    others = [name for name in changed if name not in meetings]
    written = json.loads(facts.about("written"))
    added: list[Entry] = []
    contents: dict[str, bytes] = {}
    for name in others:
        if name not in written:
            return False
        contents[name] = content = read(name)
        new = _new_end(content, *written[name])
        findings: list[Finding] = []
        added += read_progress(name, PurePosixPath(name).stem, new or b"", findings)
        if new is None or findings:
            return False
    if added and not _added(facts, added, check):
        return False
    amend.tell(facts, "files", json.dumps(dict(now.files)))
    amend.tell(facts, "written", json.dumps({**written, **known(contents)}))
    return True


def _new_end(data: bytes, size: int, digest: str) -> bytes | None:
    """Return what was added to a file's bytes; None where it is no plain addition of entries."""
    old, new = data[:size], data[size:]
    if not new or len(new) > _MOST or blake2b(old).hexdigest() != digest:
        return None
    # A comment may say something of the entries before it, and so may whatever begins elsewhere.
    is_plain = new.startswith(b"- ") and b" #" not in new and b"\n#" not in new
    return new if is_plain and _is_open_ended(old) else None


def _is_open_ended(old: bytes) -> bool:
    """Tell whether a file is a list with its items at the margin, and can have a further one."""
    if old and not old.endswith(b"\n"):
        return False
    lines = [line for line in old.splitlines() if line.strip() and not line.startswith(b"#")]
    marked = any(line.startswith((b"---", b"...", b"%", b"\xef\xbb\xbf")) for line in lines)
    return not marked and all(line.startswith(b"- ") for line in lines[:1])


def _added(facts: Facts, added: Sequence[Entry], check: Check) -> bool:
    """Add entries; tell whether all is right with them."""
    places: set[int] = set()
    for entry in added:
        place = amend.add(facts, entry)
        if place is None:
            return False
        places.add(place)
    part = facts.part_of(facts.with_awaited(places))
    # With their places, and alone: no rule asks of one report what another says.
    alone = Register(part.process, part.parties, part.meetings, Spoken(added), part.lost)
    if any(finding.at.path.startswith(f"{PROGRESS}/") for finding in check(alone)):
        return False
    return amend.worked_out(facts, part, places)
