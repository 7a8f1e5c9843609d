"""`grcm meetings`, `search`, `matrix` and `stats`: the lists of one record, each of one view."""

from datetime import date

from grcm_cli.cli import options
from grcm_cli.cli.session import Session
from grcm_cli.domain.statistics import GROUPS, counts
from grcm_cli.language.text import _, clean
from grcm_cli.lookups.errors import WrongUse
from grcm_cli.lookups.names import build_query, find_meeting
from grcm_cli.views import matrix as matrix_view
from grcm_cli.views import meetings as meetings_view
from grcm_cli.views import search as search_view
from grcm_cli.views import statistics
from grcm_cli.views.tasks import filter_words, with_filters


def meetings(session: Session) -> int:
    """Print the meetings in the order of their days."""
    record = session.open()
    query = build_query(record.register, record.as_of, session.filters)
    recorded = record.register.as_of(record.as_of).meetings
    chosen = [meeting for meeting in recorded if query.covers_meeting(meeting)]
    chosen.sort(key=lambda meeting: (meeting.start or date.max, meeting.id))
    limits = filter_words(query, record.register)
    title = with_filters(_("Meetings"), limits)
    nothing = _("There is no meeting in the record.")
    if limits:
        nothing = _("There is no meeting of {body} in the record.").format(body=query.body)
    answer = meetings_view.listing(chosen, session.as_of, session.language, title)
    return session.answer(record, answer, lambda: [nothing])


def search(session: Session, words: list[str] = options.argument(_("WORDS..."))) -> int:
    """Print the conclusions that hold all the words. Raises WrongUse without a word."""
    phrases = list(filter(None, (" ".join(word.strip('"“”«»').split()) for word in words)))
    if not phrases:
        raise WrongUse(_("give a word to search for"))
    record = session.open()
    matches = search_view.search(record.register.as_of(record.as_of), phrases)
    searched = clean(" ".join(phrases))
    answer = search_view.listing(matches, searched, session.as_of)
    nothing = _("No conclusion contains these words: {words}").format(words=searched)
    return session.answer(record, answer, lambda: [nothing])


def matrix(
    session: Session, meeting: str | None = options.argument(_("[MEETING]"), "meeting", None)
) -> int:
    """Print a grid of mandates and parties, with the state of each task."""
    record = session.open()
    meeting = None if meeting is None else find_meeting(record.register, meeting).id
    filters = session.filters._replace(meeting=meeting, closed=not session.filters.unreported)
    shown = session.selection(record, filters, is_whole=True)
    nothing = _("The record has no mandate.")
    if words := shown.limits:
        nothing = _("There is no mandate of this kind in the record: {words}.").format(words=words)
    return session.answer(record, matrix_view.listing(shown), lambda: [nothing])


def stats(session: Session, by: str | None = options.arrangement(GROUPS)) -> int:
    """Print how many duties were done, late or not, by party, body, meeting and topic."""
    record = session.open()
    every = counts(record.register, record.tasks(), session.as_of)
    shown = [count for count in every if by in (None, count.by)] if every[0].owed else []
    title = _("Duties met · as of {day}").format(day=session.as_of)
    answer = statistics.listing(shown, session.as_of, title)
    nothing = _("There are no duties as of {day}.").format(day=session.as_of)
    return session.answer(record, answer, lambda: [nothing])
