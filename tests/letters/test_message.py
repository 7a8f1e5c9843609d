"""`grcm remind --format eml`: messages that any program reads, and that nobody's name can bend."""

import json
from datetime import date
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grcm_cli.letters import message
from grcm_cli.sheets.reply_form import HIDDEN_SHEET

from ..conftest import REGISTER, Folder, Ran
from .test_remind import example, parsed, remind

NAMES = [
    "Ana",
    "Pérez García, María de los Ángeles",
    "Lic. Ana Ejemplo (Directora)",
    'Ana "la Jefa" Ejemplo <otra@example.org>',
    "=?utf-8?q?Bcc=3A?= all@example.org",
    "::error::uno ##[group]dos",
    "Dirección General de Migración y Extranjería del Ministerio de Gobernación y Policía, "
    "Departamento de Relaciones Internacionales y Cooperación",
    "عائشة محمد",
    "移民局 局长",
    "O'Neill-Smith",
    "a\\b",
    "x" * 300,
]
HEADERS = ["Subject", "Date", "Message-ID", "X-Unsent", "MIME-Version", "Content-Type",
           "Content-Language"]  # fmt: skip


def with_people(
    folder: Folder,
    name: str = "Ana Ejemplo",
    email: str = "ana@example.org",
    own: str = "Secretaría",
) -> None:
    """Write a register in which BBB has a contact, and the secretariat an address."""
    sender = f"secretariat: {{name: {json.dumps(own)}, email: st@example.org}}"
    contact = f"contact: {{name: {json.dumps(name)}, email: {email}}}"
    register = REGISTER.replace("code: EX,", f"code: EX, {sender},")
    folder.write("register.yaml", register.replace("BBB: {", f"BBB: {{{contact}, "))


def mail_of(folder: Folder, *arguments: str) -> tuple[EmailMessage, str]:
    out = remind(folder, "BBB", "--format", "eml", *arguments).out
    mail = parsed(out)
    assert not mail.defects
    assert [part.defects for part in mail.walk() if part.defects] == []
    # The name of a kind of file may not be broken.
    assert [one for one in out.splitlines() if len(one) > 78 and "openxmlformats" not in one] == []
    assert out.isascii()
    return mail, out


# --- the headers ---------------------------------------------------------------------------------


def test_a_message_without_any_address_is_a_draft_all_the_same(folder: Folder) -> None:
    example(folder)
    mail, out = mail_of(folder)
    assert mail.keys() == HEADERS
    assert mail["Date"].datetime.date() == date(2003, 2, 1)
    assert mail["Content-Language"] == "es"
    assert mail["X-Unsent"] == "1"
    assert mail["Message-ID"].endswith("@grcm.invalid>")
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative", "text/plain", "text/html",
    ]  # fmt: skip
    for zone in ("Pacific/Kiritimati", "America/Guatemala"):
        assert remind(folder, "BBB", "--format", "eml", TZ=zone).out == out


def test_it_goes_to_the_contact_and_answers_go_to_the_secretariat(folder: Folder) -> None:
    with_people(folder)
    mail, _out = mail_of(folder)
    assert mail.keys() == ["From", "Reply-To", "To", *HEADERS]
    assert mail["To"] == "Ana Ejemplo <ana@example.org>"
    assert mail["From"] == mail["Reply-To"] == "Secretaría <st@example.org>"
    assert mail["Message-ID"].endswith("@example.org>")


def test_of_several_addresses_no_name_says_whose_each_is(folder: Folder) -> None:
    with_people(folder, email="[ana@example.org, eva@example.org]")
    mail, _out = mail_of(folder)
    assert mail["To"].addresses == (
        Address(addr_spec="ana@example.org"),
        Address(addr_spec="eva@example.org"),
    )


def test_the_secretariat_s_name_is_in_the_letter_s_language(folder: Folder) -> None:
    with_people(folder)
    names = "{es: Secretaría, en: Secretariat}"
    register = (folder.path / "register.yaml").read_text("utf-8")
    folder.write("register.yaml", register.replace('"Secretar\\u00eda"', names))
    mail, _out = mail_of(folder, "--lang", "en")
    assert mail["From"].addresses[0].display_name == "Secretariat"


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_read_as_it_was_written(folder: Folder, name: str) -> None:
    """By Python's two parsers, which share no code for headers."""
    with_people(folder, name=name, own=name)
    mail, out = mail_of(folder)
    assert mail.keys() == ["From", "Reply-To", "To", *HEADERS]
    for header, address in (("To", "ana"), ("From", "st"), ("Reply-To", "st")):
        [found] = mail[header].addresses
        # Python's newer parser reads a blank between two encoded words of a name (RFC 2047, 6.2).
        assert found.display_name.replace(" ", "") == name.replace(" ", "")
        assert found.addr_spec == f"{address}@example.org"
        old = BytesParser(policy=policy.compat32).parsebytes(out.encode())[header]
        assert name in str(make_header(decode_header(old))).replace("\\\\", "\\")


@settings(max_examples=300)
@given(st.text(max_size=120), st.sampled_from(["To", "Reply-To"]))
def test_no_text_bends_an_address(name: str, header: str) -> None:
    line = f"{header}: {message._addresses(header, [(name, 'ana@example.org')])}\r\n\r\n"
    assert line.isascii()
    assert all(len(one) <= 78 for one in line.split("\r\n"))
    read = message_from_bytes(line.encode(), policy=policy.default)
    assert (read.keys(), read.get_payload()) == ([header], "")
    [address] = read[header].addresses
    assert address.addr_spec == "ana@example.org"


@settings(max_examples=300)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" ")))
def test_a_subject_is_read_as_it_was_written(text: str) -> None:
    text = " ".join(text.split())
    line = f"Subject: {message._encoded('Subject', text)}\r\n\r\n"
    assert all(len(one) <= 76 for one in line.split("\r\n"))
    assert message_from_bytes(line.encode(), policy=policy.default)["Subject"] == text


LONG = "Second letter about the duties that the conference of ministers gave and nobody met"


def test_a_long_header_of_plain_letters_is_folded() -> None:
    """Neither a subject of ASCII alone nor a plain name before an address makes a line too long."""
    lines = message._encoded("Subject", LONG).split("\r\n")
    assert [len(line) <= 76 for line in lines] == [True] * len(lines)
    assert message._encoded("Subject", LONG[:40]) == LONG[:40]
    address = "department-of-migration@foreign-ministry.example.org"
    named = message._addresses("Reply-To", [("Department of Migration", address)])
    assert named == f"Department of Migration\r\n <{address}>"
    assert message._addresses("To", [("Ana", "a@example.org")]) == "Ana <a@example.org>"


@pytest.mark.parametrize(
    "name",
    ["Ej\nBcc: all@example.org", "Ej\r\n\r\nHola", "Ej\x00\x1b[31m", "Ej\u2028Bcc: x", "É" * 200],
)
def test_no_name_adds_a_header(folder: Folder, name: str) -> None:
    quoted = json.dumps({"es": name, "en": name})
    register = REGISTER.replace("{es: Ejemplo, en: Example}", quoted)
    folder.write("register.yaml", register)
    mail, _out = mail_of(folder)
    assert mail.keys() == HEADERS
    with_people(folder, name=name, own=name)
    assert mail_of(folder)[0].keys() == ["From", "Reply-To", "To", *HEADERS]


@pytest.mark.parametrize(
    "email",
    ['"a@example.org\\nBcc: b@example.org"', "Ana <a@example.org>", "a@example", "::error::"],
)
@pytest.mark.parametrize("owner", ["contact of BBB", "secretariat"])
def test_what_is_no_address_alone_adds_no_header(folder: Folder, email: str, owner: str) -> None:
    register = REGISTER.replace("BBB: {", f"BBB: {{contact: {{email: {email}}}, ")
    if owner == "secretariat":
        register = REGISTER.replace("code: EX,", f"code: EX, secretariat: {{email: {email}}},")
    folder.write("register.yaml", register)
    ran = remind(folder, "BBB", "--format", "eml")
    assert "wrong-type" in ran.err or "syntax" in ran.err
    assert not {"From", "Reply-To", "To", "Bcc"} & set(parsed(ran.out).keys())


# --- the same again ------------------------------------------------------------------------------


def ids(ran: Ran) -> str:
    return str(parsed(ran.out)["Message-ID"])


def test_the_id_is_that_of_the_content(folder: Folder) -> None:
    """A program that has the message already knows it again; another text or form is another."""
    example(folder)
    first = remind(folder, "BBB", "--format", "eml")
    assert remind(folder, "BBB", "--format", "eml").out == first.out
    others = [
        remind(folder, "BBB", "--format", "eml", "--reply-by", "2003-02-20"),
        remind(folder, "BBB", "--format", "eml", "--form"),
        remind(folder, "AAA", "--format", "eml"),
    ]
    with_people(folder)
    others.append(remind(folder, "BBB", "--format", "eml"))
    assert len({ids(first), *map(ids, others)}) == 5


# --- the form attached ---------------------------------------------------------------------------


def test_the_form_is_attached_and_the_letter_says_so(folder: Folder, tmp_path: Path) -> None:
    example(folder)
    mail, _out = mail_of(folder, "--form")
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]  # fmt: skip
    [form] = mail.iter_attachments()
    assert form.get_filename() == "BBB.xlsx"
    assert remind(folder, "BBB", "--form", "-o", str(tmp_path / "alone.xlsx")).code == 0
    assert form.get_content() == (tmp_path / "alone.xlsx").read_bytes()
    assert HIDDEN_SHEET.encode() in form.get_content() or form.get_content()[:2] == b"PK"
    body = mail.get_body(("plain",))
    assert body is not None
    assert "Se adjunta, para llenar y devolver, un formulario de Excel" in " ".join(
        body.get_content().split()
    )
    without, _out = mail_of(folder)
    body = without.get_body(("plain",))
    assert body is not None
    assert "adjunto" not in body.get_content()


def test_who_owes_nothing_gets_no_form(folder: Folder) -> None:
    mail, _out = mail_of(folder, "--form")
    assert mail.get_content_type() == "multipart/alternative"


def test_the_ending_of_the_file_says_that_the_form_is_attached(folder: Folder) -> None:
    example(folder)
    path = folder.path / "BBB.eml"
    assert remind(folder, "BBB", "--form", "-o", str(path)).code == 0
    assert path.read_bytes().decode() == remind(folder, "BBB", "--form", "--format", "eml").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--form", "--format", "html"],
         "--form and --format cannot be used together; --form writes a workbook; with --format eml "
         "it is attached to the message"),
        (["--form", "--format", "eml", "-o", "x.xlsx"],
         "x.xlsx: its extension stands for xlsx, but eml was asked for"),
        (["--form", "-o", "x.docx"], "x.docx: a file for this command must end in .xlsx or .eml"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant(folder: Folder, arguments: list[str], said: str) -> None:
    ran = remind(folder, "BBB", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


# --- files ---------------------------------------------------------------------------------------


def test_who_has_no_address_is_named_and_gets_a_file_all_the_same(
    folder: Folder, tmp_path: Path
) -> None:
    with_people(folder)
    example(folder)
    target = tmp_path / "letters"
    ran = remind(folder, "--all", "--format", "eml", "-o", str(target))
    assert ran.code == 0
    note = "a message without To, since the register has no e-mail address for: AAA\n"
    assert ran.err.endswith(note)
    written = {path.name: parsed(path.read_text("ascii")) for path in target.iterdir()}
    assert {name: mail["To"] for name, mail in written.items()} == {
        "AAA.eml": None, "BBB.eml": "Ana Ejemplo <ana@example.org>",
    }  # fmt: skip
    assert remind(folder, "AAA", "--format", "eml").err == note
    assert remind(folder, "AAA").err == ""


def test_lines_end_as_mail_wants_them(folder: Folder, tmp_path: Path) -> None:
    example(folder)
    path = tmp_path / "BBB.eml"
    remind(folder, "BBB", "-o", str(path))
    data = path.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") > 50
