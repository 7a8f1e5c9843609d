"""A record while it is edited: what is found at once is what is found in the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grcm_cli.domain.findings import Finding
from grcm_cli.lsp.documents import UTF16, Document
from grcm_cli.lsp.record import LATER, OpenRecord

from ..conftest import Folder
from ..rules.test_rules import TODAY, lay, name_of, sampled


def checked(record: OpenRecord) -> dict[str, list[Finding]]:
    """Return the findings of the whole record."""
    for _step in record.check():
        pass
    return record.findings


def files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.yaml")):
        if path.is_file() and path.parent.name in (folder.name, "meetings", "progress"):
            yield path.relative_to(folder).as_posix()


def of_one_mandate(path: Path) -> tuple[str, OpenRecord]:
    """Return the name of a meeting's file with one mandate, and the record that it makes."""
    Folder(path).mandate("responsible: AAA, due: 2003-01-15")
    return "meetings/WG-2002-10.yaml", OpenRecord(path, UTF16, TODAY)


@pytest.mark.parametrize("example", [*sampled("bad"), *sampled("ok")], ids=name_of)
def test_a_file_alone_has_the_findings_of_the_whole_record(example: Path, tmp_path: Path) -> None:
    """But for the rules that compare files, which are those of `LATER`."""
    folder = tmp_path / "data"
    lay(example, folder)
    in_the_end = checked(OpenRecord(folder, UTF16, TODAY))
    copies = {path for path, found in in_the_end.items() if found[0].rule == "copied-file"}
    for name in files(folder):
        record = OpenRecord(folder, UTF16, TODAY)
        record.check_file(name)
        expected = [one for one in in_the_end.get(name, []) if one.rule not in LATER]
        at_once = [one for one in record.findings[name] if one.rule not in LATER]
        if name not in copies:
            assert at_once == expected, name


def test_what_another_file_said_stays_on_its_line_until_the_pause(tmp_path: Path) -> None:
    name, record = of_one_mandate(tmp_path)
    document = Document((tmp_path / name).read_text(encoding="utf-8"), UTF16)
    record.set_document(name, Document(document.text.replace("id: ", "id: X-"), UTF16, 1))
    before = checked(record)[name]
    assert "id-not-file-name" in {finding.rule for finding in before}
    text = f"# a remark\n{record.documents[name].text}"
    record.set_document(name, Document(text, UTF16, 2))
    record.check_file(name)
    assert record.findings[name] == checked(record)[name]
    assert record.findings[name][0].at.line == before[0].at.line + 1


def test_what_a_file_said_before_serves_while_it_cannot_be_read(tmp_path: Path) -> None:
    name, record = of_one_mandate(tmp_path)
    record.check_file(name)
    meeting = record.meeting_of(name)
    assert meeting is not None
    for broken in ("a: [", "\x00", "- {", "", "\ud800"):
        record.set_document(name, Document(f"{record.document(name).text}\n{broken}"))
        record.check_file(name)
        known = record.meeting_of(name)
        assert known is not None
        assert known.conclusions == meeting.conclusions


def test_buffers_count_before_the_disk_and_the_disk_counts_again(tmp_path: Path) -> None:
    name, record = of_one_mandate(tmp_path)
    good = checked(record).get(name, [])
    text = record.document(name).text
    record.set_document(name, Document(text.replace("AAA, due", "ZZZ, due"), UTF16, 1))
    assert "unknown-party" in {finding.rule for finding in checked(record)[name]}
    record.set_document(name, None)
    assert checked(record).get(name, []) == good
    (tmp_path / name).write_text(text.replace("AAA, due", "YYY, due"), encoding="utf-8")
    assert "unknown-party" in {finding.rule for finding in checked(record)[name]}
    (tmp_path / name).unlink()
    assert checked(record).get(name, []) == []
    assert record.meeting_of(name) is None
