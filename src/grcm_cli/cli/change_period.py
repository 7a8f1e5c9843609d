"""The days between which changes are listed, as a command or the library is asked for them."""

from datetime import date

from grcm_cli.cli.errors import WrongUse
from grcm_cli.cli.lookups import find_body, find_meeting
from grcm_cli.domain.changes import last_meeting
from grcm_cli.domain.model import Meeting
from grcm_cli.domain.periods import DAY_FORM, parse_day
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _
from grcm_cli.reader.advice import wrong_day
from grcm_cli.views.changes import ChangePeriod


def change_period(
    register: Register,
    until: date,
    since: str | None,
    since_last: str | None = None,
    option_for_body: str = "--since-last",
) -> ChangePeriod:
    """Return the days after one that is named, or after a meeting, up to another.

    `since` is a day or a meeting, `since_last` a body; without both it is the last meeting of all.
    `option_for_body` is what takes a body, if anything does.
    Raises WrongUse for what is neither, and for a first day that is later than the last.
    """
    if since is not None and since_last is not None:
        raise WrongUse(_("--since and --since-last say the same; give one of them"))
    day = None if since is None else parse_day(since)
    if day is not None:
        period = ChangePeriod(day, until)
    else:
        named = None if since is None else _named(register, since, option_for_body)
        meeting = named or _last_one(register, until, since_last)
        period = ChangePeriod(meeting.last_day or until, until, meeting)
    if period.since > until:
        message = _("{since} is later than {day}, the day that is asked for")
        raise WrongUse(message, since=period.since, day=until)
    return period


def _named(register: Register, word: str, option_for_body: str) -> Meeting:
    """Return the meeting that `--since` names. Raises WrongUse for none, and one without days."""
    if word[:1].isdigit() and word not in register.calendar.by_id:
        raise WrongUse(wrong_day(word))
    meeting = find_meeting(register, word, option_for_body)
    if meeting.last_day is None:
        raise WrongUse(_("the days of {meeting} cannot be read"), meeting=meeting.id)
    return meeting


def _last_one(register: Register, until: date, word: str | None) -> Meeting:
    """Return the last meeting of a body, or of any, that has ended. Raises WrongUse for none."""
    code = None if word is None else find_body(register, word).code
    meeting = last_meeting(register, until, code)
    if meeting is None:
        hint = _("give a day: {command}").format(command=f"grcm changes --since {DAY_FORM}")
        if code is None:
            raise WrongUse(_("no meeting has ended by {day}"), hint, day=until)
        message = _("no meeting of {body} has ended by {day}")
        raise WrongUse(message, hint, body=code, day=until)
    return meeting
