"""What the server answers, as transcripts: a step after `>`, and below it what came back.

Each `*.txt` here is a talk with a server about a copy of the repository's data, as of 15 November
2002, in the language of its first line. `‸` stands for the cursor, between two texts of the file;
`⏎` for the end of a line. `python -m tests.lsp.test_transcripts` writes the answers anew; then
read the difference.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

import pytest

from ..conftest import DATA
from .client import Client, Json

HERE = Path(__file__).parent
FILE = "data/meetings/GRCM-2002-10.yaml"
MOST = 12  # offers that are shown of a completion


class Talk:
    """One transcript: a client, and the file that its steps are about."""

    def __init__(self, client: Client) -> None:
        self.client, self.file = client, FILE

    def step(self, line: str) -> list[str]:
        """Do a step; return the lines of the answer."""
        word, _space, rest = line.partition(" ")
        steps: Mapping[str, Callable[[str], Iterator[str]]] = {
            "open": self.open,
            "type": self.type,
            "findings": self.findings,
            "hover": self.hover,
            "complete": self.complete,
            "definition": self.definition,
            "references": self.references,
            "fixes": self.fixes,
            "rename": self.rename,
            "outline": self.outline,
        }
        try:
            return list(steps[word](rest.replace("⏎", "\n")))
        except RuntimeError as refusal:
            return [f"refused: {refusal}"]

    def open(self, name: str) -> Iterator[str]:
        self.file = f"data/{name}"
        self.client.open(self.file)
        yield from self.findings("")

    def type(self, change: str) -> Iterator[str]:
        """Type a text in the place of another: `due: 2003 → due: 2004`."""
        old, new = change.split(" → ")
        self.client.replace(self.file, old, new)
        yield from self.findings("")

    def findings(self, name: str) -> Iterator[str]:
        """Wait for the next findings: of the file's last version, or of another file."""
        version = None if name else self.client.versions[self.file]
        file = f"data/{name}" if name else self.file
        for one in self.client.diagnostics(file, version) or [None]:
            if one is None:
                yield "nothing"
                return
            severity = {1: "error", 2: "warning"}[one["severity"]]
            yield f"{_range(one['range'])} {severity}[{one['code']}] {one['message']}"

    def at(self, place: str) -> Json:
        return self.client.at(self.file, *place.split("‸"))

    def hover(self, place: str) -> Iterator[str]:
        found = self.client.ask("textDocument/hover", self.at(place))
        yield from (found["contents"]["value"] if found else "nothing").splitlines()

    def complete(self, place: str) -> Iterator[str]:
        found = self.client.ask("textDocument/completion", self.at(place))
        for item in (found["items"] if found else [])[:MOST]:
            yield f"{item['textEdit']['newText']} | {item.get('detail', '')}"
        yield f"{len(found['items'])} in all" if found else "nothing"

    def definition(self, place: str) -> Iterator[str]:
        yield from self.places(self.client.ask("textDocument/definition", self.at(place)))

    def references(self, place: str) -> Iterator[str]:
        params = {**self.at(place), "context": {"includeDeclaration": True}}
        yield from self.places(self.client.ask("textDocument/references", params))

    def places(self, found: Json) -> Iterator[str]:
        yield from (f"{self.name(one['uri'])}:{_range(one['range'])}" for one in found or ())
        if not found:
            yield "nothing"

    def fixes(self, place: str) -> Iterator[str]:
        at = self.at(place)
        around = {"start": at["position"], "end": at["position"]}
        params = {"textDocument": at["textDocument"], "range": around}
        params["context"] = {"diagnostics": []}
        for action in self.client.ask("textDocument/codeAction", params) or ():
            mark = " (preferred)" if action.get("isPreferred") else ""
            yield f"{action['kind']}: {action['title']}{mark}"
            for uri, edits in action["edit"]["changes"].items():
                yield from (self.edit(uri, edit) for edit in edits)

    def rename(self, words: str) -> Iterator[str]:
        """Give the party at a place another code: `body: ‸GRCM → WG`."""
        place, code = words.split(" → ")
        at = self.client.ask("textDocument/prepareRename", self.at(place))
        yield f"{_range(at['range'])} {at['placeholder']}"
        params = {**self.at(place), "newName": code}
        for change in self.client.ask("textDocument/rename", params)["documentChanges"]:
            if change.get("kind") == "rename":
                yield f"{self.name(change['oldUri'])} becomes {self.name(change['newUri'])}"
            else:
                uri = change["textDocument"]["uri"]
                yield from (self.edit(uri, edit) for edit in change["edits"])

    def outline(self, _rest: str) -> Iterator[str]:
        document = {"textDocument": {"uri": self.client.uri(self.file)}}
        for symbol in self.client.ask("textDocument/documentSymbol", document):
            yield f"{_range(symbol['range'])} {symbol['name']} {symbol['detail']}"
            for child in symbol.get("children") or ():
                yield f"  {_range(child['range'])} {child['name']} {child['detail']}"

    def edit(self, uri: str, edit: Json) -> str:
        return f"  {self.name(uri)}:{_range(edit['range'])} becomes {edit['newText']!r}"

    def name(self, uri: str) -> str:
        return unquote(uri).removeprefix(f"{unquote(self.client.cwd.as_uri())}/")


def _range(at: Json) -> str:
    start, end = at["start"], at["end"]
    first = f"{start['line'] + 1}:{start['character'] + 1}"
    if end["line"] == start["line"]:
        return f"{first}-{end['character'] + 1}"
    return f"{first}-{end['line'] + 1}:{end['character'] + 1}"


def played(path: Path, folder: Path) -> str:
    """Return a transcript with the answers of a server."""
    shutil.copytree(DATA, folder / "data")
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    written = [first]
    with Client(folder, "--as-of", "2002-11-15", locale=first.rpartition(" ")[2]) as client:
        talk = Talk(client)
        for line in lines:
            if line.startswith("> "):
                written += ["", line, *(f"  {answer}".rstrip() for answer in talk.step(line[2:]))]
    return "\n".join(written) + "\n"


@pytest.mark.parametrize("path", sorted(HERE.glob("*.txt")), ids=lambda path: path.stem)
def test_a_talk(path: Path, tmp_path: Path) -> None:
    assert played(path, tmp_path) == path.read_text(encoding="utf-8")


if __name__ == "__main__":
    for transcript in sorted(HERE.glob("*.txt")):
        with tempfile.TemporaryDirectory() as place:
            transcript.write_text(played(transcript, Path(place)), encoding="utf-8")
            sys.stderr.write(f"{transcript.name}\n")
