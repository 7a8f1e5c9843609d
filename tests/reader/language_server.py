"""A client of yaml-language-server over its standard streams: diagnostics and completions."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ..lsp.client import Connection

VERSION = "1.25.0"
SERVER = "node_modules/yaml-language-server/bin/yaml-language-server"


def installed(cache: Path) -> Path | None:
    """Return the server, installed from npm into a folder; None without npm or a network."""
    folder = cache / VERSION
    if shutil.which("npm") is None or shutil.which("node") is None:
        return None
    if not (folder / SERVER).exists():
        cache.mkdir(parents=True, exist_ok=True)
        made = tempfile.mkdtemp(dir=cache)
        done = subprocess.run(
            ["npm", "install", "--prefix", made, "--no-audit", "--no-fund", "--loglevel=error",
             f"yaml-language-server@{VERSION}"],
            capture_output=True, timeout=300, check=False,
        )  # fmt: skip
        if done.returncode:
            return None
        try:
            os.rename(made, folder)  # noqa: PTH104 - fails where another process was faster
        except OSError:
            shutil.rmtree(made)
    return folder / SERVER


class Client(Connection):
    """A running server whose schemas are given by the globs of the files that they are for."""

    def __init__(self, server: Path, root: Path, schemas: Mapping[str, str]) -> None:
        yaml = {"validate": True, "completion": True, "hover": True, "schemas": schemas}
        self.settings = {
            "yaml": {**yaml, "schemaStore": {"enable": False}},
            "http": {},
            "[yaml]": {},
            "editor": {"detectIndentation": False},
            "files": {},
        }
        item = {"snippetSupport": True, "documentationFormat": ["markdown", "plaintext"]}
        capabilities = {
            "workspace": {"configuration": True},
            "textDocument": {"completion": {"completionItem": item}},
        }
        command = ["node", str(server), "--stdio"]
        super().__init__(command, root, os.environ, capabilities=capabilities)
        self.tell("workspace/didChangeConfiguration", {"settings": self.settings})

    def problems(self, path: Path, text: str) -> list[tuple[int, int, str]]:
        """Return line, column (both from 1) and sentence of what is shown of a text."""
        with self._opened(path, text) as name:
            found = self.diagnostics(name)
        places = ((one["range"]["start"], one["message"]) for one in found)
        return [(at["line"] + 1, at["character"] + 1, message) for at, message in places]

    def completions(self, path: Path, text: str) -> dict[str, str]:
        """Return what is offered in the place of `|` in a text, with its meaning."""
        before, _bar, after = text.partition("|")
        with self._opened(path, before + after) as name:
            answer = self.ask("textDocument/completion", self.at(name, before, after))
        items = answer["items"] if isinstance(answer, dict) else answer
        return {item["label"]: _plain(item.get("documentation")) for item in items}

    @contextmanager
    def _opened(self, path: Path, text: str) -> Iterator[str]:
        """Open a text under a name of its own: a file that is closed still gets diagnostics."""
        name = str(path.with_name(f"{path.stem}-{len(self.texts)}.yaml"))
        self.open(name, text)
        yield name
        self.tell("textDocument/didClose", {"textDocument": {"uri": self.uri(name)}})


def _plain(documentation: object) -> str:
    if isinstance(documentation, dict):
        return str(documentation["value"])
    return str(documentation or "")
