"""A letter as an e-mail message (RFC 5322): a draft for a mail program, or for a script to send.

Headers are encoded here (RFC 2047): the library folds a long name inside a word, and each version
of Python elsewhere.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from typing import Literal

from grcm_cli.language.text import clean
from grcm_cli.letters.render import RenderedLetter, html_page, plain_text

_POLICY = SMTP.clone(refold_source="none")  # headers stay as they are written here
_LINE = 76  # columns of a header
_PLAIN_WORDS = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 '-]{0,38}[A-Za-z0-9])?", re.ASCII)
"""A name that stands before an address as it is, without quotes or an encoding."""
_NO_DOMAIN = "grcm.invalid"  # in the id of a message if the secretariat has no address (RFC 2606)
_WORKBOOK = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def message(letter: RenderedLetter, form: bytes = b"") -> bytes:
    """Return the message with a letter, as text and as a page; `form` is a workbook to attach."""
    content = plain_text(letter.markdown, letter.page.language)
    page = html_page(letter.markdown, letter.page)
    reminder, mail = letter.reminder, EmailMessage(policy=_POLICY)
    secretariat, contact = reminder.data.register.process.secretariat, reminder.contact
    if secretariat.email:
        name = secretariat.name.shown(reminder.language) if secretariat.name else ""
        for header in ("From", "Reply-To"):  # a mail program puts its user's in place of From
            mail.set_raw(header, _addresses(header, [(name, secretariat.email)]))
    if contact.email:
        # A name belongs to one address; with several, nobody says to which.
        person = (contact.name or "") if len(contact.email) == 1 else ""
        mail.set_raw("To", _addresses("To", [(person, address) for address in contact.email]))
    mail.set_raw("Subject", _encoded("Subject", letter.page.title))
    # Noon, so that it is that day in nearly every time zone.
    noon = datetime.combine(reminder.data.as_of, time(12), UTC)
    mail.set_raw("Date", format_datetime(noon))
    headers = [str(value) for _name, value in mail.raw_items()]
    digest = sha256("\0".join((*headers, content, page)).encode() + form).hexdigest()[:40]
    domain = (secretariat.email or "").rpartition("@")[2] or _NO_DOMAIN
    mail.set_raw("Message-ID", f"<{digest}@{domain}>")
    mail.set_raw("X-Unsent", "1")  # Outlook opens it as a draft
    # Quoted-printable keeps words legible, and breaks lines anywhere.
    is_harmless = not any(mark in text for text in (content, page) for mark in ("::", "##"))
    encoding: Literal["quoted-printable", "base64"]
    encoding = "quoted-printable" if is_harmless else "base64"
    mail.set_content(content, cte=encoding)
    mail.add_alternative(page, subtype="html", cte=encoding)
    mail.set_boundary(f"grcm-text-{digest}")
    if form:
        name = f"{reminder.party.code}.xlsx"
        mail.add_attachment(form, maintype="application", subtype=_WORKBOOK, filename=name)
        mail.set_boundary(f"grcm-{digest}")
    mail["Content-Language"] = reminder.language  # earlier, the first part would take it
    return mail.as_bytes()


def _addresses(header: str, of: Sequence[tuple[str, str]]) -> str:
    boxes = []
    for name, address in of:
        words = " ".join(clean(name).split())
        shown = words if _PLAIN_WORDS.fullmatch(words) else _words(header, words)
        is_long = len(header) + len(shown.rpartition("\n")[2]) + len(address) > _LINE - 5
        between = "\r\n " if is_long else " "
        boxes.append(f"{shown}{between}<{address}>" if words else address)
    return ",\r\n ".join(boxes)


def _encoded(header: str, text: str) -> str:
    is_plain = text.isascii() and not any(mark in text for mark in ("=?", "::", "##"))
    return text if is_plain and len(header) + len(text) < _LINE else _words(header, text)


def _words(header: str, text: str) -> str:
    return Header(text, "utf-8", maxlinelen=_LINE, header_name=header).encode(linesep="\r\n")
