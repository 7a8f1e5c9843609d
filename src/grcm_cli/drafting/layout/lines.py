"""From paragraphs to lines: wrapped words, cut words, rows of tables, preambles."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from grcm_cli.drafting.documents.paragraphs import Paragraph
from grcm_cli.drafting.layout.labels import LABEL_WITH_PLACE, MAX_TITLED, NUMBERED
from grcm_cli.drafting.layout.tables import with_row_lines, with_text_rows
from grcm_cli.drafting.layout.text_line import (
    TextLine,
    begins_with_act,
    is_decision_opening,
    is_sentence_end,
    paragraph_spans,
)
from grcm_cli.language.characters import without_hidden
from grcm_cli.language.lexicon import phrase_regex
from grcm_cli.language.text import with_single_spaces
from grcm_cli.times.patterns import NUMBERS

_MAX_WRAPPED = 130  # characters; a longer line is a whole paragraph
_MIN_WRAPPED = 60
"""Characters; a shorter line was not wrapped, in a document with whole paragraphs on a line."""
_ROUND = re.compile(r"^o\s{2,}", re.MULTILINE)
"""The letter o that a word processor writes for a round bullet."""
_FOOTNOTE_MARK = re.compile(r"[^\s*]\*(?=[\s.,;)]|$)")
_FOOTNOTE = re.compile(r"\*\s*[^\s*]")
_HYPHENATED = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-$")
_MAX_WORD = 80  # characters of a word that a line end cuts
_PREAMBLE = phrase_regex(r"(?:[IVX]+[.)]\s+)?<layout.preamble_openings>\b")
_RECITAL = phrase_regex(r"<layout.recital_openings>\b")
_RECITAL_END = phrase_regex(r"[,;](?:\s+<text.conjunctions>)?$")
_CLAUSE_END = re.compile(r"[,;]\s+")
_REASONS = phrase_regex(r"(?:[^,;:]{1,90}, ){0,2}<layout.recital_openings>\b")
_MAX_PREAMBLE = 200  # lines; a longer one has no end that was recognized
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}$")
_OPEN_BRACKET = phrase_regex(rf"{NUMBERED}[^\n()]{{0,140}}\([^()\n]*$")
_CLOSES_BRACKET = re.compile(r"[^()\n]{1,60}\)$")
_MAX_BEHIND = 100  # characters of a label behind a text, or of the end of one
_BEHIND = phrase_regex(rf"\s*[(\[](?P<label>{NUMBERED})[)\]][.;]?\s*$")


def lines_of(paragraphs: Sequence[Paragraph]) -> list[TextLine]:
    """Return the lines of a document, without invisible characters and with single spaces.

    Empty ones only mark where paragraphs begin. A line has the asides before it; those at the end
    are lines.
    """
    paragraphs = list(_visible(with_text_rows(paragraphs)))
    is_wrapped, is_spaced = _flow(paragraphs)
    widest = max((len(paragraph.text) for paragraph in paragraphs), default=0)
    lines: list[TextLine] = []
    asides: list[TextLine] = []
    after_gap, before = True, ""
    for piece in with_row_lines(paragraphs):
        if isinstance(piece, TextLine):
            made, after_gap, before = [piece], True, ""
        else:
            parts = list(map(with_single_spaces, _ROUND.sub("◦ ", piece.text).split("\n")))
            is_label = bool(piece.label) and not any(parts)
            line = TextLine("", aside=piece.aside or is_label, heading=piece.heading)
            first = replace(line, label=piece.label, notes=piece.notes, unseen=piece.unseen)
            made = [first] if is_label else []
            for part in filter(None, parts):
                ended, size = is_sentence_end(before), len(before)
                goes_on = is_spaced and not ended and _MIN_WRAPPED < size <= _MAX_WRAPPED
                is_short = ended and size < 0.8 * widest
                gap = after_gap or is_short or not (is_wrapped or goes_on)
                made.append(replace(first if part is parts[0] else line, text=part, after_gap=gap))
                if not piece.aside:
                    after_gap, before = False, part
            after_gap = after_gap or not any(parts)
        for line in made:
            if line.aside:
                asides += [replace(line, notes=())]
                asides += [TextLine(note, aside=True) for note in line.notes]
            else:
                lines.append(replace(line, asides=asides) if asides else line)
                asides = []
    lines = list(_with_titles_apart(_with_preambles(_with_whole_words(lines))))
    return lines + asides


def _visible(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs without invisible characters; a footnote `* See …` is an aside."""
    marks = 0
    for paragraph in paragraphs:
        text, unseen = without_hidden(paragraph.text)
        cells = [without_hidden(cell)[0] for cell in paragraph.cells]
        notes = [with_single_spaces(without_hidden(note)[0]) for note in paragraph.notes]
        label = with_single_spaces(without_hidden(paragraph.label)[0])
        is_plain = not (label or cells)
        is_note = marks > 0 and is_plain and _FOOTNOTE.match(text.strip()) is not None
        marks += -1 if is_note else _FOOTNOTE_MARK.search(text) is not None
        aside = paragraph.aside or is_note
        yield Paragraph(text, label, paragraph.heading, cells, notes, aside, unseen)


def _flow(paragraphs: Sequence[Paragraph]) -> tuple[bool, bool]:
    """Tell whether a paragraph may go on in the next line, and whether empty lines part them."""
    texts = [paragraph.text.strip() for paragraph in paragraphs]
    filled = list(filter(None, texts))
    if any(paragraph.label or paragraph.heading for paragraph in paragraphs) or not filled:
        return False, False
    lengths = sorted(len(paragraph.text) for paragraph in paragraphs if paragraph.text.strip())
    unended = sum(not is_sentence_end(text) for text in filled)
    is_narrow = lengths[int(0.9 * (len(lengths) - 1))] <= _MAX_WRAPPED
    parted = sum(bool(text) and not before for before, text in pairwise(["", *texts]))
    is_spaced = parted > 0.5 * len(filled) and not any(paragraph.cells for paragraph in paragraphs)
    return is_narrow and unended > 0.35 * len(filled), is_spaced


def _with_whole_words(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines with words joined that were cut at a line's end.

    The hyphen stays before a capital, behind a number, and where the document has the hyphenated
    word elsewhere.
    """
    whole = "\n".join(line.text for line in lines).casefold()
    hyphenated = set(re.findall(r"(?<![^\W\d_])[^\W\d_]+-[^\W\d_]+", whole))
    joined = list(lines)
    for place in range(len(joined) - 1):
        line, following = joined[place], joined[place + 1]
        cut = _HYPHENATED.search(line.text[-_MAX_WORD:])
        is_row = line.source is not None or following.source is not None
        if not cut or is_row or following.label or not following.text[:1].isalpha():
            continue
        head, _space, rest = following.text.partition(" ")
        word = re.sub(r"(?<!\W)\W+$", "", head[:_MAX_WORD])
        stays = head[0].isupper() or f"{cut[1]}-{word}".casefold() in hyphenated
        stays |= cut[1].lower() in NUMBERS  # "three-month"
        joined[place] = replace(line, text=(line.text if stays else line.text[:-1]) + head)
        joined[place + 1] = replace(following, text=rest)
    return [line for line in joined if line.text or line.label or line.source]


def _with_preambles(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines, those marked that are between `CONSIDERANDO` and `ACUERDA:`.

    A paragraph that begins with what is asked or decided ends a preamble: `Solicita a Cuba …`.
    """
    places: set[int] = set()
    begin: int | None = None
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else TextLine("")
        if begin is None:
            words = line.text.split() if _PREAMBLE.match(line.text) else []
            in_capitals = any(word.strip(".:,").isupper() for word in words[:1])
            if words and (in_capitals or len(words) <= 2 or line.text.endswith(":")):
                begin = place
        elif place - begin > _MAX_PREAMBLE:
            begin = None
        elif line.after_gap and begins_with_act(line.text) and not line.text.endswith(":"):
            goes_on = not is_decision_opening(line.text) or following.text[:1].islower()
            places.update(range(begin, place + (not goes_on)))
            begin = None
        elif len(line.text) < _MAX_WRAPPED and is_decision_opening(line.text):
            places.update(range(begin, place + 1))
            begin = None
    for start, end in paragraph_spans(lines):
        is_open = not lines[start].label and _RECITAL.match(lines[start].text)
        if is_open and _RECITAL_END.search(lines[end - 1].text):
            places.update(range(start, end))
    return [replace(line, is_preamble=at in places) for at, line in enumerate(lines)]


def gives_reasons(text: str) -> bool:
    """Tell whether a text only gives reasons for what is below: `The Council, Recalling …,`."""
    if text.startswith(("That", "Que")) or not (_RECITAL_END.search(text) and _REASONS.match(text)):
        return False  # "That, noting the delay," stands above what is decided
    parts = _CLAUSE_END.split(text)
    return not any(part[:1].isupper() and begins_with_act(part) for part in parts)


def with_labels_in_front(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines; a label in brackets behind each of several paragraphs is its number.

    `Approve the plan. [Decision 4]` has the label `Decision 4`.
    """
    moved = list(lines)
    begin, ended = 0, True
    for place, line in enumerate(lines):
        begin = place if line.after_gap or ended else begin
        match = _BEHIND.search(line.text[-_MAX_BEHIND:])
        ended = match is not None
        first = moved[begin]
        if match and line.source is None and not first.label and first.source is None:
            moved[place] = replace(line, text=line.text[: -len(match[0])].strip(), source=line.text)
            source = moved[begin].source or first.text
            moved[begin] = replace(moved[begin], label=f"{match['label']}:", source=source)
    return moved


def _with_titles_apart(lines: Sequence[TextLine]) -> Iterator[TextLine]:
    """Yield the lines, each title beside a label as a line, each label on one line.

    `RESOLUTION 7: Pilots (Amber - March 2004)` is two lines, `RESOLUTION 7: (Amber -` and
    `March 2004)` are one.
    """
    joined: list[TextLine] = []
    for line in lines:
        before = joined[-1] if joined else TextLine("")
        closes = _is_plain(line) and not line.asides and _CLOSES_BRACKET.match(line.text)
        if closes and _is_plain(before) and not before.notes and _OPEN_BRACKET.match(before.text):
            joined[-1] = replace(before, text=f"{before.text} {line.text}", notes=line.notes)
        else:
            joined.append(line)
    for line in joined:
        match = LABEL_WITH_PLACE.fullmatch(line.text) if _is_plain(line) else None
        if match and _YEAR.search(match["place"]) and (match["title"].strip() or match["gap"]):
            end = match.end("gap") if match["gap"] else match.end("label")
            yield replace(line, text=line.text[:end].strip(), notes=())
            title = line.text[end:].strip()
            yield TextLine(title, after_gap=False, heading=True, notes=line.notes)
        else:
            yield line


def _is_plain(line: TextLine) -> bool:
    """Tell whether a line may be a label with a title, and has nothing beside its text."""
    return len(line.text) <= MAX_TITLED and not (line.label or line.aside) and line.source is None
