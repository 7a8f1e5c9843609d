"""The index of the search and of the filters, as scripts that also load from a folder.

`head.js` has what every question needs: parties, meetings, the words for states. `entries.N.js`
have what results show, and are loaded for the results that are shown. Both are of a language.
`duties.js` has the state, deadline and parties of each row of the lists, and `words.N.js` the
entries of each word (`search_words`); all languages share them.
"""

from collections.abc import Iterator, Sequence

from grcm_cli.domain.model import Conclusion, Mandate, Meeting
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
from grcm_cli.site.mandate_rows import shared_rows, state_sign
from grcm_cli.site.page_data import PartyLink, SiteData
from grcm_cli.site.search_words import (
    DIGITS,
    WordIndex,
    encoded,
    in_words,
    meetings_in_order,
    script,
)
from grcm_cli.views import labels
from grcm_cli.views.meetings import meeting_days
from grcm_cli.views.party import KINDS
from grcm_cli.views.tasks import grouped

_CHARACTERS_OF_FILE = 40_000
_DIGITS_OF_DAY = 4
_BITS = 6  # of a digit
_STATES = {state: number for number, state in enumerate(labels.STATES)}

JsonList = list[object]


def scripts(sites: Sequence[SiteData]) -> Iterator[tuple[str, bytes]]:
    """Yield the address and bytes of each file, of all languages, from the site's folder.

    Each meeting's texts are read once for all of them.
    """
    register = sites[0].register
    yield "search/duties.js", duties_script(sites[0])
    words = WordIndex(register)
    found = [_EntryFiles(site) for site in sites]
    for meeting in meetings_in_order(register):
        in_full = meeting
        words.add(in_full)
        for entries in found:
            yield from entries.add(meeting, in_full)
    for name, data in words.scripts():
        yield f"search/{name}", data
    for entries in found:
        yield from entries.rest(words.first_words)


class _EntryFiles:
    """The entries of a language, cut into files, and the file that leads to them."""

    def __init__(self, site: SiteData) -> None:
        self._site = site
        self._folder = f"{site.language}/search"
        self._starts: list[int] = []
        self._entries: list[JsonList] = []
        self._first = self._size = 0

    def add(self, meeting: Meeting, in_full: Meeting) -> Iterator[tuple[str, bytes]]:
        """Yield the files that a meeting completes."""
        with using_language(self._site.language):
            entries = list(_entries(self._site, meeting, in_full))
        for entry in entries:
            self._entries.append(entry)
            self._size += len(str(entry))
            if self._size > _CHARACTERS_OF_FILE:
                yield self._file()

    def rest(self, first_words: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the last files. `first_words` are the first words of the files of words."""
        if self._entries:
            yield self._file()
        with using_language(self._site.language):
            head = _head(self._site, self._starts, first_words)
        yield f"{self._folder}/head.js", script("head", head)

    def _file(self) -> tuple[str, bytes]:
        number, entries = len(self._starts), self._entries
        self._starts.append(self._first)
        self._first += len(entries)
        self._entries, self._size = [], 0
        return f"{self._folder}/entries.{number + 1}.js", script("entries", number, entries)


# --- the head -----------------------------------------------------------------------------------


def _head(site: SiteData, starts: Sequence[int], first_words: Sequence[str]) -> object:
    meetings = meetings_in_order(site.register)
    bodies = sorted({one.body.text for one in meetings if one.body})
    return {
        "parties": [_party(site, code) for code in _codes(site)],
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


def _codes(site: SiteData) -> Sequence[str]:
    return [party.code for party in site.parties]


def _party(site: SiteData, code: str) -> JsonList:
    """Return a party's code, name, kind, unusual address, names, and these folded."""
    party = site.register.directory.by_code[code]
    path = urls.party(code)
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
    """Return a state's key, word, mark, emphasis, whether it is open, and what people type."""
    return [
        key,
        _(labels.STATES[key]),
        state_sign(key),
        labels.EMPHASES.get(key, ""),
        int(key not in CLOSED),
        list(_state_words(key)),
    ]


def _state_words(key: State) -> Iterator[str]:
    """Yield the folded words for a state in all languages, in all their genders and numbers."""
    for language in LANGUAGES:
        word = " ".join(in_words(in_language(labels.STATES[key], language)))
        yield word
        yield from inflected(word, language)


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


def _entries(site: SiteData, meeting: Meeting, in_full: Meeting) -> Iterator[JsonList]:
    yield _meeting(site, in_full)
    conclusions = zip(meeting.conclusions or (), in_full.conclusions or (), strict=True)
    for conclusion, full in conclusions:
        yield _conclusion(site, meeting, conclusion, full)


def _meeting(site: SiteData, meeting: Meeting) -> JsonList:
    """Return a meeting's days, place, title and the language of that."""
    country = site.name_of(meeting.country.text) if meeting.country else ""
    return _trimmed(
        [
            meeting_days(meeting, site.language),
            clean(", ".join(filter(None, (meeting.place, country)))),
            clean(collapse(meeting.title.shown(site.language))) if meeting.title else "",
            site.other_language(meeting.title, meeting),
        ]
    )


def _conclusion(
    site: SiteData, meeting: Meeting, conclusion: Conclusion, in_full: Conclusion
) -> JsonList:
    """Return a conclusion's number, part, text and its language, annexes, and mandates."""
    part = site.part_of(conclusion)
    path = urls.at(urls.part(site.page_of(meeting), part), conclusion.number)
    text = collapse(in_full.text.shown(site.language))
    mandates = [_mandate(site, mandate, path, text) for mandate in conclusion.mandates]
    return _trimmed(
        [
            clean(conclusion.number),
            0 if part == 1 else part,
            clean(text),
            site.other_language(in_full.text, meeting),
            clean(collapse(" · ".join(in_full.documents))),
            [mandate for mandate in mandates if mandate],
        ]
    )


def _mandate(site: SiteData, mandate: Mandate, path: str, text: str) -> JsonList:
    """Return a mandate's ordinal if it has any, action, its language, address, and rows.

    An action that is the conclusion's `text`, and an address that is its `path`, are left out. A
    mandate without tasks is an empty list.
    """
    tasks = site.of_mandate(mandate)
    if not tasks:
        return []
    rows = list(shared_rows(site, tasks))
    first = rows[0]
    return [
        mandate.ordinal if mandate.of_several else 0,
        0 if first.what == text else clean(first.what),
        first.language,
        0 if first.path == path else first.path,
        [
            _trimmed(
                [
                    _STATES[own[0].state],
                    row.deadline.isoformat() if row.deadline else "",
                    "" if row.deadline else clean(row.day),
                    clean(row.written),
                    # 0 for a distance in days, which changes from day to day
                    [0 if line.deadline else clean(line.text) for line in row.when],
                    clean(row.head),
                    [[_who(party) for party in task] for task in row.who],
                    0 if row.what == first.what else clean(row.what),
                ]
            )
            for row, own in zip(rows, _grouped(tasks), strict=True)
        ],
    ]


def _who(party: PartyLink) -> object:
    """Return a code, or a label with the code of its page, which is empty for one without."""
    if party.path is None:
        return [clean(party.label), ""]
    return clean(party.label) if party.label == party.code else [clean(party.label), party.code]


def _grouped(tasks: Sequence[Task]) -> Sequence[Sequence[Task]]:
    return grouped(tasks, lambda task: id(task.mandate))


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
    numbers = {code: number for number, code in enumerate(_codes(site))}
    width = -(-len(numbers) // _BITS)
    entries, kinds, days, parties = bytearray(), [], [], []
    entry = last = 0
    for meeting in meetings_in_order(site.register):
        entry += 1
        for conclusion in meeting.conclusions or ():
            for mandate in conclusion.mandates:
                for row in _grouped(site.of_mandate(mandate)):
                    entries += encoded(entry - last)
                    last = entry
                    is_urged = mandate.kind == "encouragement"
                    kinds.append(DIGITS[2 * _STATES[row[0].state] + is_urged])
                    days.append(_day(row[0]))
                    parties.append(_bits(row, numbers, width))
            entry += 1
    columns = (entries.decode(), "".join(kinds), "".join(days), "".join(parties))
    return script("duties", width, *columns)


def _day(task: Task) -> str:
    number = task.deadline.toordinal() if task.deadline else 0
    return "".join(
        DIGITS[number >> _BITS * place & (1 << _BITS) - 1]
        for place in reversed(range(_DIGITS_OF_DAY))
    )


def _bits(row: Sequence[Task], numbers: dict[str, int], width: int) -> str:
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
