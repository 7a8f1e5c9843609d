"""The index of the search and of the filters, as scripts that also load from a folder.

`head.js` has what every question needs: parties, topics, meetings, the words for states.
`entries.N.js` have what results show, and are loaded for the results that are shown. Both are of a
language; what entries say in the same words as those of the first language stands in these alone.
`duties.js` has the state, deadline and parties of each row of the lists, and `words.N.js` the
entries of each word, in whatever language of a text; all languages share them.

An entry is a meeting or one of its conclusions. Entries are numbered from 0, the oldest meeting
first, so that a new meeting changes no number of an earlier one.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from grcm_cli.domain.model import Mandate, Meeting, Party, Theme
from grcm_cli.domain.task import CLOSED, State
from grcm_cli.language.days import month_name
from grcm_cli.language.grammar import inflected
from grcm_cli.language.text import (
    LANGUAGES,
    N_,
    _,
    clean,
    collapse,
    fold,
    in_language,
    labelled,
    ngettext,
    using_language,
)
from grcm_cli.site import urls
from grcm_cli.site.lists import MandateRow, in_rows, shared_rows
from grcm_cli.site.page_data import RecordData, SiteData
from grcm_cli.views import labels
from grcm_cli.views.matrix import state_mark
from grcm_cli.views.party import KINDS
from grcm_cli.views.tasks import grouped

_CHARACTERS_OF_FILE = 20_000  # 0.1 s on a slow telephone
_DIGITS_OF_DAY = 4
_DIGITS_OF_SIZE = 3
_BITS = 6  # of a digit
_ALSO_LATE = N_("late, delay")  # what people type for what is overdue
_STATES = {state: number for number, state in enumerate(labels.STATES)}

JsonList = list[object]
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
"""The digits of numbers in the index: 6 bits each."""
_LONGEST = 32  # characters of a word; the rest is cut off
_SHORTEST = 3  # letters of a word that a misspelt one may be meant for
_MORE = 32  # the bit of a digit after which a number goes on
_WORD = re.compile(r"[^\W_]+")
_ESCAPES = (("<", "\\u003c"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))


def search_scripts(sites: Sequence[SiteData]) -> Iterator[tuple[str, bytes]]:
    """Yield the address and bytes of each file, of all languages, from the site's folder."""
    yield "search/duties.js", duties_script(sites[0])
    first_words, files = word_scripts(sites[0].record)
    yield from files
    starts: list[int] = []
    for site in sites:
        with using_language(site.language):
            entries = list(_entries(site, sites[0]))
            # A file has the same entries in all languages.
            starts = starts or _starts_of_files(map(str, entries))
            head = {**_head(site, starts, first_words), "first": sites[0].language}
        folder = f"{site.language}/search"
        for number, (start, end) in enumerate(pairwise([*starts, len(entries)])):
            data = script("entries", site.language, number, entries[start:end])
            yield f"{folder}/entries.{number + 1}.js", data
        yield f"{folder}/head.js", script("head", head)


def _starts_of_files(texts: Iterable[str]) -> list[int]:
    """Return the number of the text with which each file begins: the one before is full."""
    starts: list[int] = []
    size = 0
    for number, text in enumerate(texts):
        if not starts or size > _CHARACTERS_OF_FILE:
            starts.append(number)
            size = 0
        size += len(text)
    return starts


def _head(site: SiteData, starts: Sequence[int], words: Sequence[str]) -> Mapping[str, object]:
    meetings = site.record.meetings
    bodies = sorted({meeting.body.text for meeting in meetings if meeting.body})
    nouns = N_("Conclusion"), N_("Conclusions"), N_("Mandate"), N_("Mandates")
    names = [in_language(noun, language) for language in LANGUAGES for noun in nouns]
    return {
        "parties": [_party(site, party) for party in site.parties],
        "topics": [
            _topic(site, theme)
            for code, theme in site.register.themes.items()
            if code in site.register.used_themes
        ],
        "bodies": [[clean(code), clean(site.name_of(code))] for code in bodies],
        "meetings": [_meeting_row(site, meeting, bodies) for meeting in meetings],
        "states": [_state(key) for key in labels.STATES],
        # After these words, in whatever language, a number is that of a conclusion.
        "numbered": list(dict.fromkeys(word for name in names for word in in_words(name))),
        "files": starts,
        "words": words,
        "months": [month_name(month, site.language) for month in range(1, 13)],
        "date": _("{day} {month} {year}"),
        "first_day": _("1"),
        "colon": labelled("", ""),
        # The words of results; a list has the forms for one and for several.
        "text": {
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
            "none": _("Nothing contains all these words."),
            "nearest": _("Nearest matches:"),
            "hint": _("Try fewer words, a country, or a number such as 8#1."),
            "rows": _("{count} of {all} commitments"),
            "inRows": [in_rows(count) for count in (1, 2)],
            "noRows": _("No commitment matches."),
        },
    }


def _party(site: SiteData, party: Party) -> JsonList:
    """Return a party's code, name, kind, unusual address, names, and these folded."""
    code, path = clean(party.code), urls.party(party.code)
    usual = path == f"party/{party.code}.html"
    names = *party.name.by_language.values(), *party.aliases
    address = "" if usual else path
    return [
        code,
        clean(site.name_of(party.code)),
        _(KINDS[party.kind]),
        address,
        *_known(code, names),
    ]


def _topic(site: SiteData, theme: Theme) -> JsonList:
    """Return the same of a topic, with its address."""
    code, name = clean(theme.code), clean(collapse(theme.name.shown(site.language)))
    names = theme.name.by_language.values()
    return [code, name, _("topic"), urls.topic(theme.code), *_known(code, names)]


def _known(code: str, names: Iterable[str]) -> Iterator[list[str]]:
    """Yield the names by which something is known, then these and its code, folded."""
    each = list(dict.fromkeys(names))
    yield [clean(collapse(name)) for name in each]
    yield list(dict.fromkeys(clean(fold(name)) for name in (code, *each)))  # EE. UU. as EEUU


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
        words = [" ".join(in_words(in_language(labels.STATES[key], language)))]
        if key == "overdue":
            words += in_words(in_language(_ALSO_LATE, language))
        for word in words:
            typed += [word, *inflected(word, language)]
    emphasis = labels.EMPHASES.get(key, "")
    return [key, _(labels.STATES[key]), state_mark(key), emphasis, int(key not in CLOSED), typed]


def _entries(site: SiteData, first: SiteData) -> Iterator[JsonList]:
    """Yield a meeting's days, place, title and its language, then each of its conclusions.

    A conclusion is its number, part, text and its language, annexes, and mandates. A text equal to
    that of the `first` language is left out.
    """
    for meeting in site.record.meetings:
        yield _trimmed(
            site.days_of(meeting),
            clean(site.where(meeting)),
            clean(collapse(site.meeting_title(meeting))),
            site.other_language(meeting.title, meeting),
        )
        for conclusion in meeting.conclusions or ():
            part, text = site.record.part_of(conclusion), conclusion.text
            path = urls.at(urls.part(site.page_of(meeting), part), conclusion.number)
            shown = collapse(text.shown(site.language))
            mandates = (_mandate(site, first, duty, path, shown) for duty in conclusion.mandates)
            is_first = site is not first and shown == collapse(text.shown(first.language))
            yield _trimmed(
                clean(conclusion.number),
                0 if part == 1 else part,
                0 if is_first else clean(shown),
                site.other_language(text, meeting),
                clean(collapse(" · ".join(conclusion.documents))),
                list(filter(None, mandates)),
            )


def _mandate(site: SiteData, first: SiteData, mandate: Mandate, path: str, text: str) -> JsonList:
    """Return a mandate's ordinal if it has any, action, its language, address, and rows.

    An action equal to the conclusion's `text` and an address equal to its `path` are left out; an
    action equal to that of the `first` language is 1. A mandate without tasks is an empty list.
    """
    rows = shared_rows(site, site.of_mandate(mandate))
    if not rows:
        return []
    task = rows[0].task
    action, own_path = site.what_with_notes(task), site.place_of_task(task)
    is_first = site is not first and action == first.what(task)
    return [
        mandate.ordinal if mandate.of_several else 0,
        0 if action == text else 1 if is_first else clean(action),
        site.what_language(task),
        0 if own_path == path else own_path,
        [_row(row, site.what_with_notes(row.task), action) for row in rows],
    ]


def _row(row: MandateRow, action: str, first_action: str) -> JsonList:
    """Return a row as lists show it; its action is left out where it is that of the first row."""
    task = row.task
    when: JsonList = [clean(line) for line in row.when]
    if row.is_counted:
        when[0] = 0  # for a distance in days, which changes from day to day
    # A code, or a label with the code of its page, which is empty for one without.
    parties = [
        [
            clean(link.label) if link.label == link.code else [clean(link.label), link.code]
            for link in links
        ]
        for links in row.who
    ]
    return _trimmed(
        _STATES[task.state],
        task.deadline.isoformat() if task.deadline else "",
        "" if task.deadline else clean(row.day),
        clean(row.written),
        when,
        clean(row.head),
        parties,
        0 if action == first_action else clean(action),
    )


def _trimmed(*values: object) -> JsonList:
    """Return values without the empty ones at their end."""
    kept = list(values)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def duties_script(site: SiteData) -> bytes:
    """Return the file of all rows, in columns of digits: the same in all languages.

    The first column has the entry of each row as the distance from the one before; then come the
    state, the kind and whether a report is missing, the last day as its number from 1 January of
    the year 1, a bit for each party, and the number of tasks. A party with several tasks of a row
    is named behind the columns: the row, the party, how many.
    """
    numbers = {party.code: number for number, party in enumerate(site.parties)}
    width = -(-len(numbers) // _BITS)
    entries, kinds, days, parties, sizes = "", "", "", "", ""
    several: list[int] = []
    entry = last = 0
    for meeting in site.record.meetings:
        entry += 1
        for conclusion in meeting.conclusions or ():
            for mandate in conclusion.mandates:
                for row in grouped(site.of_mandate(mandate)):
                    entries += encoded(entry - last)
                    last = entry
                    is_urged = mandate.kind == "encouragement"
                    is_silent = any(task.is_open and task.is_unreported for task in row)
                    kinds += DIGITS[32 * is_silent + 2 * _STATES[row[0].state] + is_urged]
                    deadline = row[0].deadline
                    days += _digits(deadline.toordinal() if deadline else 0, _DIGITS_OF_DAY)
                    owed = Counter(code for task in row for code in site.record.bound(task))
                    bits = sum(1 << numbers[code] for code in owed if code in numbers)
                    parties += _digits(bits, width)[::-1]
                    for code, count in owed.items():
                        if count > 1 and code in numbers:
                            several += len(kinds) - 1, numbers[code], count
                    sizes += _digits(len(row), _DIGITS_OF_SIZE)
            entry += 1
    return script("duties", width, entries, kinds, days, parties, sizes, several)


def _digits(number: int, width: int) -> str:
    """Return a number in so many digits of the index."""
    places = reversed(range(width))
    return "".join(DIGITS[number >> _BITS * place & (1 << _BITS) - 1] for place in places)


def script(call: str, *values: object) -> bytes:
    """Return a script that calls a function of the index with values."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))[1:-1]
    for character, escape in _ESCAPES:
        text = text.replace(character, escape)
    return f"searchIndex.receive.{call}({text});\n".encode(errors="replace")


def fold_word(text: str) -> str:
    """Return text without accents, case and full stops, as `index.js` folds what is typed."""
    return "".join(map(_plain, unicodedata.normalize("NFKD", text))).lower()


@cache
def _plain(sign: str) -> str:
    return "" if sign == "." or unicodedata.category(sign)[0] == "M" else sign


def in_words(text: str) -> list[str]:
    """Return the folded words of a text in order."""
    return [word[:_LONGEST] for word in _WORD.findall(fold_word(text))]


def number_word(number: str) -> str:
    """Return the word for the number of a conclusion or mandate: `/8`, `/8#1`."""
    return "/" + re.sub(r"[\s,]", "", fold_word(clean(number)))


def word_scripts(record: RecordData) -> tuple[list[str], list[tuple[str, bytes]]]:
    """Return the first word of each file of words, and the address and bytes of each file."""
    places: dict[str, list[int]] = {}
    for number, entry_words in enumerate(_words_of_entries(record)):
        for word in entry_words:
            places.setdefault(word, []).append(number)
    # As scripts compare texts: by units of UTF-16.
    ordered = sorted(places, key=lambda word: word.encode("utf-16-be", "surrogatepass"))
    lines = []
    for word in ordered:
        entries = "".join(encoded(number - last) for last, number in pairwise([-1, *places[word]]))
        lines.append(f"{word} {entries}")
    starts = _starts_of_files(lines)
    vocabulary = [word for word in ordered if len(word) >= _SHORTEST and word.isalpha()]
    scripts = [
        (f"search/words.{number + 1}.js", script("words", number, ",".join(lines[start:end])))
        for number, (start, end) in enumerate(pairwise([*starts, len(lines)]))
    ]
    front_coded = script("vocabulary", ",".join(_front_coded(vocabulary)))
    first_words = [ordered[start] for start in starts]
    return first_words, [*scripts, ("search/vocabulary.js", front_coded)]


def _words_of_entries(record: RecordData) -> Iterator[set[str]]:
    """Yield the words of each entry, in their order."""
    by_code = record.register.directory.by_code
    for meeting in record.meetings:
        texts = [meeting.place or ""]
        texts += meeting.title.by_language.values() if meeting.title else ()
        for code in (meeting.country, meeting.body):
            party = by_code.get(code.text) if code else None
            texts += party.name.by_language.values() if party else ()
        yield set(in_words(" ".join(texts)))
        for conclusion in meeting.conclusions or ():
            number = conclusion.number
            texts = [*conclusion.text.by_language.values(), *conclusion.documents]
            numbers = {number_word(number)}
            for mandate in conclusion.mandates:
                texts += mandate.action.by_language.values() if mandate.action else ()
                numbers.add(number_word(f"{number}#{mandate.ordinal}"))
            yield numbers.union(in_words(" ".join(texts)))


@lru_cache(maxsize=4096)  # most gaps are small: half the time of the index
def encoded(number: int) -> str:
    """Return a number in digits of five bits, the lowest first; all but the last have `_MORE`."""
    digits = ""
    while number >= _MORE:
        digits += DIGITS[_MORE + number % _MORE]
        number //= _MORE
    return digits + DIGITS[number]


def _front_coded(ordered: Sequence[str]) -> Iterator[str]:
    """Yield each word as the length of what it shares with the one before, and the rest."""
    for before, word in pairwise(["", *ordered]):
        shared = 0
        while shared < len(before) and before[shared] == word[shared : shared + 1]:
            shared += 1
        yield DIGITS[shared] + word[shared:]
