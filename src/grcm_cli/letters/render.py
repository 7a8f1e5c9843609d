"""A letter that was written, in the shapes in which it is sent: text, page, message, values."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from grcm_cli.language.days import long_day
from grcm_cli.language.markdown import to_html
from grcm_cli.language.text import _, clean
from grcm_cli.letters import plain_text
from grcm_cli.letters.reminder import Letter, records

SCHEMA_VERSION = 1


class Written(NamedTuple):
    """A letter and its words: as Markdown, and what it is about, on one line."""

    letter: Letter
    markdown: str
    subject: str


def written(letter: Letter, markdown: str) -> Written:
    """Return a letter that a template gave. Its first heading is what it is about."""
    heading = " ".join(clean(plain_text.subject(markdown)).split())
    return Written(letter, tidy(markdown), heading or _subject(letter))


def _subject(letter: Letter) -> str:
    said = _("{process}: reminder to {party}, {day}").format(
        process=letter.register.process.name.shown(letter.language),
        party=letter.party.name.shown(letter.language),
        day=long_day(letter.as_of, letter.language),
    )
    return " ".join(clean(said).split())


def tidy(markdown: str) -> str:
    """Return what a template gave without the empty lines that its parts left."""
    return re.sub(r"\n[ \t]*(?:\n[ \t]*)+(?=\n)", "\n", markdown).strip("\n") + "\n"


def text(one: Written) -> str:
    """Return a letter as plain text."""
    return plain_text.text(one.markdown)


def markdown(one: Written) -> str:
    """Return a letter as Markdown."""
    return one.markdown


def html(one: Written) -> str:
    """Return a letter as a page that stands alone."""
    from grcm_cli.letters import html  # only here

    body = html.ruled(to_html(one.markdown), {})
    return html.document(one.subject, one.letter.language, body, html.UPRIGHT)


def message(one: Written) -> str:
    """Return a letter as a message that mail programs open (RFC 5322), the same bytes each time.

    To whom and from whom it goes is left open: no addresses are known here.
    """
    # Each of these takes some milliseconds, and most letters are no messages.
    from email.message import EmailMessage
    from email.policy import SMTP
    from email.utils import format_datetime
    from hashlib import sha256

    content, shown = text(one), html(one)
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = one.subject
    # Noon, so that it is that day wherever it is read.
    noon = datetime.combine(one.letter.as_of, time(12), UTC)
    mail["Date"] = format_datetime(noon)
    mail["X-Unsent"] = "1"  # Outlook opens it as a draft
    mail.set_content(content, cte="quoted-printable")
    mail.add_alternative(shown, subtype="html", cte="quoted-printable")
    mail["Content-Language"] = one.letter.language  # now, or the first part would take it
    mail.set_boundary(f"grcm-{sha256((content + shown).encode()).hexdigest()[:40]}")
    return mail.as_bytes().decode("ascii")


SHAPES: Mapping[str, Callable[[Written], str]] = {
    "text": text,
    "md": markdown,
    "html": html,
    "eml": message,
}


def document(letters: Sequence[Written], as_of: date) -> Mapping[str, object]:
    """Return letters as plain values for a JSON document."""
    return {
        "schema_version": SCHEMA_VERSION,
        "as_of": as_of.isoformat(),
        "letters": [_values(one) for one in letters],
    }


def _values(one: Written) -> Mapping[str, object]:
    letter = one.letter
    return {
        "party": letter.party.code,
        "language": letter.language,
        "subject": one.subject,
        "text": text(one),
        "html": html(one),
        "late": records(letter.late, letter.language),
        "soon": records(letter.soon, letter.language),
        "open": records(letter.open, letter.language),
    }
