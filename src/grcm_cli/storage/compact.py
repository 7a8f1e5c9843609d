"""Large folders: read on all cores, and held as values without places and most texts.

A file in which something is wrong is held in full, so that each finding has its place. Of the
others the rows are made that `codec` describes, in the process that reads the file: a row is small,
and values are made of it in a tenth of the time that reading takes.
"""

from collections.abc import Iterable, Sequence
from functools import partial

from grcm_cli.domain.model import Meeting
from grcm_cli.domain.register import Register
from grcm_cli.storage import codec
from grcm_cli.storage.file_reader import (
    Compact,
    CompactReading,
    FileReader,
    FileValues,
    RegisterValues,
)
from grcm_cli.storage.processes import cores, in_processes

_SHARE = 300_000
"""Bytes that are worth a process of their own, which takes 5 ms to begin and to end."""


def texts_of(compact: Compact | None) -> codec.RowTexts:
    """Return which texts rows have."""
    match compact:
        case Compact(texts="none"):
            return codec.RowTexts(codec.in_none)
        case Compact(texts="lists" | "actions", language=str(language)):
            return codec.RowTexts(codec.in_language(language), compact.texts == "actions")
    return codec.RowTexts()


def row_of(values: FileValues, compact: Compact | None = None) -> bytes:
    """Return the row of a file's values; without `compact`, all that any list shows."""
    texts = texts_of(compact)
    if isinstance(values, Meeting):
        return codec.encoded(codec.meeting_row(values, texts))
    if isinstance(values, list):
        return codec.encoded(codec.entry_rows(values, texts))
    return codec.encoded(codec.register_row(*values))


def read_compact(
    reader: FileReader, names: Sequence[str], compact: Compact, register: RegisterValues | None
) -> dict[str, CompactReading]:
    """Return what files of a large folder say, by name."""
    by_size = sorted(names, key=reader.size, reverse=True)
    number = max(1, min(cores(), sum(map(reader.size, names)) // _SHARE))
    # Each share has as many large files as the others, and as many small ones.
    shares = [
        partial(_read_share, reader, by_size[first::number], compact, register)
        for first in range(number)
    ]
    return {name: one for share in in_processes(shares) for name, one in share}


def _read_share(
    reader: FileReader, names: Iterable[str], compact: Compact, register: RegisterValues | None
) -> list[tuple[str, CompactReading]]:
    parties = None if register is None else Register.of_parties(*register)
    return [(name, _read(reader, name, compact, parties)) for name in names]


def _read(
    reader: FileReader, name: str, compact: Compact, parties: Register | None
) -> CompactReading:
    reading = reader.reading(name)
    values = reading.values
    if values is None:
        return CompactReading(reading)
    answers = None
    if compact.question is not None and parties is not None and isinstance(values, Meeting):
        answers = compact.question(parties.with_meeting(values))
    if reading.findings:
        return CompactReading(reading, answers=answers)
    texts = None
    if compact.texts == "all" and isinstance(values, Meeting):
        texts = codec.other_texts(values)
    row = row_of(values, compact)
    return CompactReading(reading._replace(values=None), row, texts, answers)
