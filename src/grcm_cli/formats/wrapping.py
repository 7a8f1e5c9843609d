"""Running text on a terminal: its lines in a width, and links where the terminal knows them."""

import re
from collections.abc import Sequence

# Only the widths of characters: rich's console and tables take longer to load than a list takes.
from rich.cells import cell_len, chop_cells

from grcm_cli.formats.listing import Emphasis, Terminal
from grcm_cli.language.text import clean

# White space before the first word is its own; all other belongs to the word before it, and a
# no-break space is no white space.
_WORD = re.compile(r"(?:\A\s+)?(?:\S|\xa0)+\s*")
_ITEM = re.compile(r"(?:\A\s+)?\S+(?: \S+)*\s*")
"""A sign of a legend with its words, which stay together."""
_GAP_OF_ITEMS = "   "
_ADDRESS = re.compile(r"https?://[!-~]*[A-Za-z0-9/]")
_PART = re.compile(r"[^/.?&=#@-]*[/.?&=#@-]+|.+", re.DOTALL)
"""What is not broken where an address or a path is longer than a line."""
_WIDEST = 110  # columns of running text; longer lines are hard to read
_NARROWEST = 30


def wrapped(text: str, width: int, hang: int = 0) -> list[str]:
    """Return the lines of a text, those after the first moved in by `hang`.

    They are broken between words, inside an address that exceeds a line after its signs, and
    inside any other word that does. Widths are in cells of a terminal: a Chinese character takes
    two, a combining accent none.
    """
    lines: list[str] = []
    for line in text.split("\n"):
        lines += [line.rstrip()] if cell_len(line) <= width else _broken(line, width, hang)
    return lines


def _broken(line: str, width: int, hang: int) -> list[str]:
    cells = len if line.isascii() else cell_len  # a tenth of the time
    lines: list[str] = []
    hang = min(hang, width // 2)  # on a narrow terminal, words go before their margin
    started, used, room = "", 0, width - hang
    is_legend = not hang and line.count(_GAP_OF_ITEMS) > 1
    items = _ITEM.findall(line) if is_legend else []
    waiting = items if items and max(map(cells, items)) <= width else _WORD.findall(line)
    waiting.reverse()
    while waiting:
        word = waiting.pop()
        bare = word.rstrip()
        length = cells(bare)
        if used + length <= (room if lines else width):
            started += word
            used += cells(word)
            continue
        if length > room and ("/" in word or "@" in word):
            parts = _PART.findall(word)
            if len(parts) > 1:
                waiting += reversed(parts)
                continue
        if started:
            lines.append(started.rstrip())
        *folded, started = chop_cells(bare, room) if length > room else [bare]
        lines += folded
        started += word[len(bare) :]
        used = cells(started)
    first, *others = [*lines, started.rstrip()]
    return [first, *(" " * hang + other for other in others)]


def linked(lines: Sequence[str], text: str, terminal: Terminal) -> Sequence[str]:
    """Return the lines of a text, with a link on every part of an address in it."""
    if not terminal.links or "://" not in text:
        return lines
    addresses = sorted(_ADDRESS.findall(text), key=len, reverse=True)
    pattern = "|".join("(?:\n *)?".join(map(re.escape, address)) for address in addresses)

    def link(match: re.Match[str]) -> str:
        address = "".join(match[0].split())
        return re.sub(r"\S+", lambda part: terminal.linked(part[0], address), match[0])

    return re.sub(pattern or r"\Z", link, "\n".join(lines)).split("\n")


class Paragraphs:
    """Collects lines of running text, with what a terminal would act on escaped."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.width = max(_NARROWEST, min(terminal.width, _WIDEST))
        self.lines: list[str] = []

    def add(self, text: str = "", indent: int = 0, hang: int = 0) -> None:
        """Add a paragraph, its first line indented by `indent`, the others by `hang` more."""
        text = clean(text)
        lines = linked(wrapped(text, self.width - indent, hang), text, self.terminal)
        self.lines += [" " * indent + line if line else "" for line in lines]

    def add_marked(
        self, words: str, emphasis: Emphasis, rest: str = "", indent: int = 0, hang: int = 0
    ) -> None:
        """Add a paragraph that begins with words that stand out."""
        begin, words = len(self.lines), clean(words)
        self.add(words + rest, indent, hang)
        head = self.lines[begin]
        self.lines[begin] = head.replace(words, self.terminal.styled(words, emphasis), 1)

    def add_place(self, path: str, line: int | None = None) -> None:
        """Add a place in a file, as `data/register.yaml:12`."""
        place = clean(path if line is None else f"{path}:{line}")
        self.lines.append(self.terminal.linked_file(place, path))

    def __str__(self) -> str:
        return "".join(f"{line}\n" for line in self.lines)
