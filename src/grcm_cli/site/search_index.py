"""The index of the search and of the filters, as scripts that also load from a folder.

`head.js` has what every question needs: parties, meetings, the words for states. `entries.N.js`
have what results show, and are loaded for the results that are shown. Both are of a language.
`duties.js` has the state, deadline and parties of each row of the lists, and `words.N.js` the
entries of each word (`search_words`); all languages share them.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from grcm_cli.domain.model import Conclusion, Mandate, Meeting, Party
from grcm_cli.domain.task import CLOSED, State, Task
from grcm_cli.language.articles import inflected
from grcm_cli.language.days import month_name
from grcm_cli.language.text import (
    LANGUAGES,
    N_,
    _,
    clean,
    collapse,
    fold,
    in_language,
    ngettext,
    using_language,
)
from grcm_cli.site import urls
from grcm_cli.site.mandate_rows import MandateRow, shared_rows, state_sign, tasks_of_rows
from grcm_cli.site.page_data import PartyLink, SiteData
from grcm_cli.site.search_words import (
    DIGITS,
    encoded,
    in_words,
    meetings_in_order,
    script,
    word_scripts,
)
from grcm_cli.views import labels
from grcm_cli.views.party import KINDS

_CHARACTERS_OF_FILE = 40_000
_DIGITS_OF_DAY = 4
_BITS = 6  # of a digit
_STATES = {state: number for number, state in enumerate(labels.STATES)}

JsonList = list[object]


def scripts(sites: Sequence[SiteData]) -> Iterator[tuple[str, bytes]]:
    """Yield the address and bytes of each file, of all languages, from the site's folder."""
    yield "search/duties.js", duties_script(sites[0])
    first_words, files = word_scripts(sites[0].register)
    for name, data in files:
        yield f"search/{name}", data
    for site in sites:
        with using_language(site.language):
            files = list(_scripts_of_language(site, first_words))
        for name, data in files:
            yield f"{site.language}/search/{name}", data


def _scripts_of_language(site: SiteData, first_words: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the entries of a language, cut into files, and the file that leads to them."""
    files: list[list[JsonList]] = []
    size = 0
    for entry in _entries(site):
        if not files or size > _CHARACTERS_OF_FILE:
            files.append([])
            size = 0
        files[-1].append(entry)
        size += len(str(entry))
    for number, entries in enumerate(files):
        yield f"entries.{number + 1}.js", script("entries", number, entries)
    starts = [0, *accumulate(map(len, files))][: len(files)]
    yield "head.js", script("head", _head(site, starts, first_words))


# --- the head -----------------------------------------------------------------------------------


def _head(site: SiteData, starts: Sequence[int], first_words: Sequence[str]) -> object:
    meetings = meetings_in_order(site.register)
    bodies = sorted({one.body.text for one in meetings if one.body})
    return {
        "parties": [_party(site, party) for party in site.parties],
        "bodies": [[clean(code), clean(collapse(site.name_of(code)))] for code in bodies],
        "meetings": [_meeting_row(site, one, bodies) for one in meetings],
        "states": [_state(key) for key in labels.STATES],
        "numbered": _numbered(),
        "files": starts,
        "words": first_words,
        "months": [month_name(month, site.language) for month in range(1, 13)],
        "date": _("{day} {month} {year}"),
        "first_day": _("1"),
        "text": _interface_texts(),
    }


def _party(site: SiteData, party: Party) -> JsonList:
    """Return a party's code, name, kind, unusual address, names, and these folded."""
    code, path = party.code, urls.party(party.code)
    names = list(dict.fromkeys((*party.name.by_language.values(), *party.aliases)))
    return [
        clean(code),
        clean(collapse(site.name_of(code))),
        _(KINDS[party.kind]),
        "" if path == f"party/{code}.html" else path,
        [clean(collapse(name)) for name in names],
        # EE. UU. is found as EEUU too.
        list(dict.fromkeys(clean(fold(name)) for name in (code, *names))),
    ]


def _meeting_row(site: SiteData, meeting: Meeting, bodies: Sequence[str]) -> JsonList:
    """Return a meeting's id, number of conclusions, body, last day, and unusual address."""
    path = site.page_of(meeting)
    return [
        clean(meeting.id),
        len(meeting.conclusions or ()),
        bodies.index(meeting.body.text) if meeting.body else -1,
        meeting.last_day.isoformat() if meeting.last_day else "",
        "" if path == f"meeting/{meeting.id}.html" else path,
    ]


def _state(key: State) -> JsonList:
    """Return a state's key, word, mark, emphasis, whether it is open, and what people type.

    That is the folded words for it in all languages, in all their genders and numbers.
    """
    typed: list[str] = []
    for language in LANGUAGES:
        word = " ".join(in_words(in_language(labels.STATES[key], language)))
        typed += [word, *inflected(word, language)]
    is_open = int(key not in CLOSED)
    emphasis = labels.EMPHASES.get(key, "")
    return [key, _(labels.STATES[key]), state_sign(key), emphasis, is_open, typed]


def _numbered() -> Sequence[str]:
    """Return the folded words, in all languages, after which a number is that of a conclusion."""
    names = (N_("Conclusion"), N_("Conclusions"), N_("Mandate"), N_("Mandates"))
    found = (in_words(in_language(name, language)) for language in LANGUAGES for name in names)
    return list(dict.fromkeys(word for words in found for word in words))


def _interface_texts() -> dict[str, object]:
    """Return the words of results; a list has the forms for one and for several."""
    return {
        "found": [ngettext("{count} found", "{count} found", count) for count in (1, 2)],
        "similar": [
            ngettext(
                "{count} found with similar words ({words})",
                "{count} found with similar words ({words})",
                count,
            )
            for count in (1, 2)
        ],
        "shown": _("the first {count} shown"),
        "none": _("Nothing has all these words."),
        "nearest": _("What comes nearest:"),
        "hint": _("Try fewer words, a country, or a number such as 8#1."),
        "rows": [ngettext("{count} row of {all}", "{count} rows of {all}", n) for n in (1, 2)],
        "noRows": _("No duty matches."),
    }


# --- the entries --------------------------------------------------------------------------------


def _entries(site: SiteData) -> Iterator[JsonList]:
    """Yield a meeting's days, place, title and its language, then each of its conclusions."""
    for meeting in meetings_in_order(site.register):
        yield _trimmed(
            [
                site.days_of(meeting),
                clean(site.where(meeting)),
                clean(collapse(meeting.title.shown(site.language))) if meeting.title else "",
                site.other_language(meeting.title, meeting),
            ]
        )
        for conclusion in meeting.conclusions or ():
            yield _conclusion(site, meeting, conclusion)


def _conclusion(site: SiteData, meeting: Meeting, conclusion: Conclusion) -> JsonList:
    """Return a conclusion's number, part, text and its language, annexes, and mandates."""
    part = site.record.part_of(conclusion)
    path = urls.at(urls.part(site.page_of(meeting), part), conclusion.number)
    text = collapse(conclusion.text.shown(site.language))
    mandates = [_mandate(site, mandate, path, text) for mandate in conclusion.mandates]
    return _trimmed(
        [
            clean(conclusion.number),
            0 if part == 1 else part,
            clean(text),
            site.other_language(conclusion.text, meeting),
            clean(collapse(" · ".join(conclusion.documents))),
            [mandate for mandate in mandates if mandate],
        ]
    )


def _mandate(site: SiteData, mandate: Mandate, path: str, text: str) -> JsonList:
    """Return a mandate's ordinal if it has any, action, its language, address, and rows.

    An action that is the conclusion's `text`, and an address that is its `path`, are left out. A
    mandate without tasks is an empty list.
    """
    rows = shared_rows(site, site.of_mandate(mandate))
    if not rows:
        return []
    what, own_path = rows[0].what, site.place_of_task(rows[0].task)
    return [
        mandate.ordinal if mandate.of_several else 0,
        0 if what == text else clean(what),
        site.what_language(rows[0].task),
        0 if own_path == path else own_path,
        [_row(row, what) for row in rows],
    ]


def _row(row: MandateRow, what: str) -> JsonList:
    """Return a row as lists show it; its action is left out where it is `what`."""
    task = row.task
    when: JsonList = [clean(line) for line in row.when]
    if row.is_counted:
        when[0] = 0  # for a distance in days, which changes from day to day
    return _trimmed(
        [
            _STATES[task.state],
            task.deadline.isoformat() if task.deadline else "",
            "" if task.deadline else clean(row.day),
            clean(row.written),
            when,
            clean(row.head),
            [[_who(party) for party in links] for links in row.who],
            0 if row.what == what else clean(row.what),
        ]
    )


def _who(party: PartyLink) -> object:
    """Return a code, or a label with the code of its page, which is empty for one without."""
    if party.path is None:
        return [clean(party.label), ""]
    return clean(party.label) if party.label == party.code else [clean(party.label), party.code]


def _trimmed(values: JsonList) -> JsonList:
    """Return a list without the empty values at its end."""
    while values and not values[-1]:
        values.pop()
    return values


# --- what the filters look at -------------------------------------------------------------------


def duties_script(site: SiteData) -> bytes:
    """Return the file of all rows, in columns of digits: the same in all languages.

    The first column has the entry of each row as the distance from the one before; then come the
    state and kind, the last day as its number from 1 January of the year 1, and a bit for each
    party.
    """
    numbers = {party.code: number for number, party in enumerate(site.parties)}
    width = -(-len(numbers) // _BITS)
    entries, kinds, days, parties = "", "", "", ""
    entry = last = 0
    for meeting in meetings_in_order(site.register):
        entry += 1
        for conclusion in meeting.conclusions or ():
            for mandate in conclusion.mandates:
                for row in tasks_of_rows(site.of_mandate(mandate)):
                    entries += encoded(entry - last)
                    last = entry
                    is_urged = mandate.kind == "encouragement"
                    kinds += DIGITS[2 * _STATES[row[0].state] + is_urged]
                    days += _day(row[0])
                    parties += _bits(row, numbers, width)
            entry += 1
    return script("duties", width, entries, kinds, days, parties)


def _day(task: Task) -> str:
    number = task.deadline.toordinal() if task.deadline else 0
    return "".join(
        DIGITS[number >> _BITS * place & (1 << _BITS) - 1]
        for place in reversed(range(_DIGITS_OF_DAY))
    )


def _bits(row: Sequence[Task], numbers: Mapping[str, int], width: int) -> str:
    """Return the parties that owe the tasks of a row, themselves or through an office."""
    digits = [0] * width
    for task in row:
        # A task whose parties are not understood may bind anybody.
        codes = numbers if task.anybody else (*task.parties, *labels.holders(task))
        for code in codes:
            if code in numbers:
                place, bit = divmod(numbers[code], _BITS)
                digits[place] |= 1 << bit
    return "".join(DIGITS[digit] for digit in digits)
