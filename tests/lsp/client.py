"""Clients of language servers: they start one, and talk to it as an editor does."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from queue import Queue
from threading import Thread
from types import TracebackType
from typing import Any, Self

from ..processes import path_for_shells

Json = Any  # what a message holds has no narrower type
SECONDS = 30  # after which an answer is taken to be missing


class Connection:
    """A running server, what it has sent, and the texts that are open in it."""

    settings: Mapping[str, Json] = {}  # by section: what a server is answered that asks for them

    def __init__(
        self, command: Sequence[str], cwd: Path, environment: Mapping[str, str], **start: Json
    ) -> None:
        self.cwd = cwd
        self.process = subprocess.Popen(
            command,
            cwd=cwd,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.messages: Queue[Json] = Queue()
        self.seen: list[Json] = []  # what the server has sent and no answer took
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self._number = 0
        Thread(target=self._read, daemon=True).start()
        folder = {"uri": cwd.as_uri(), "name": "record"}
        start |= {"processId": None, "rootUri": cwd.as_uri(), "workspaceFolders": [folder]}
        self.server = self.ask("initialize", start)["capabilities"]
        self.tell("initialized", {})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.ask("shutdown", None)
            self.tell("exit", None)
        self.process.wait(SECONDS)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()

    # --- messages ---------------------------------------------------------------------------

    def ask(self, method: str, params: Json) -> Json:
        """Return the answer to a question; a refusal raises RuntimeError with its sentence."""
        self._number += 1
        self.send({"id": self._number, "method": method, "params": params})
        while True:
            message = self.messages.get(timeout=SECONDS)
            if message.get("id") == self._number and "method" not in message:
                if "error" in message:
                    raise RuntimeError(message["error"]["message"])
                return message["result"]
            self.seen.append(message)

    def tell(self, method: str, params: Json) -> None:
        """Send what needs no answer."""
        self.send({"method": method, "params": params})

    def send(self, message: Mapping[str, Json]) -> None:
        """Send a message."""
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.removeprefix(b"Content-Length: "))
            while stream.readline().strip():
                pass
            message = json.loads(stream.read(length))
            if message.get("method") == "workspace/configuration":
                sections = [item.get("section", "") for item in message["params"]["items"]]
                self.send({"id": message["id"], "result": list(map(self.settings.get, sections))})
            elif "method" in message and "id" in message:
                self.send({"id": message["id"], "result": None})
            else:
                self.messages.put(message)

    # --- what an editor does ----------------------------------------------------------------

    def uri(self, name: str) -> str:
        """Return the address of a file."""
        return (self.cwd / name).as_uri()

    def open(self, name: str, text: str | None = None) -> None:
        """Open a file, with what the disk has or with a text."""
        if text is None:
            text = (self.cwd / name).read_bytes().decode()
        self.texts[name], self.versions[name] = text, 1
        item = {"uri": self.uri(name), "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})

    def replace(self, name: str, old: str, new: str) -> None:
        """Type a text in the place of another, as one change of a range."""
        text = self.texts[name]
        index = text.index(old)
        at = {"start": position(text, index), "end": position(text, index + len(old))}
        self.texts[name] = text[:index] + new + text[index + len(old) :]
        self.versions[name] += 1
        document = {"uri": self.uri(name), "version": self.versions[name]}
        changes = [{"range": at, "text": new}]
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def at(self, name: str, before: str, after: str = "") -> Json:
        """Return the place in a file that lies between two texts."""
        text = self.texts[name]
        index = text.index(before + after) + len(before)
        return {"textDocument": {"uri": self.uri(name)}, "position": position(text, index)}

    def diagnostics(self, name: str, version: int | None = None) -> Json:
        """Return the next findings that are published of a file, of a version where it is given."""
        wanted = self.uri(name)
        while True:
            for place, message in enumerate(self.seen):
                params = message.get("params")
                if message.get("method") == "textDocument/publishDiagnostics" and (
                    params["uri"] == wanted and version in (None, params.get("version"))
                ):
                    del self.seen[place]
                    return params["diagnostics"]
            self.seen.append(self.messages.get(timeout=SECONDS))


class Client(Connection):
    """A running `grcm lsp`."""

    def __init__(
        self, cwd: Path, *options: str, locale: str = "en", path: str = "", **capabilities: Json
    ) -> None:
        path = path or path_for_shells()
        environment = {**os.environ, "LANGUAGE": "en", "PATH": path}
        for name in ("GRCM_DATA", "GRCM_AS_OF", "GRCM_LANG"):
            environment.pop(name, None)
        command = [shutil.which("grcm", path=path) or "grcm", "lsp", *options]
        workspace = {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["rename"]}}
        capabilities = {"workspace": workspace, **capabilities}
        super().__init__(command, cwd, environment, locale=locale, capabilities=capabilities)


def position(text: str, index: int) -> Json:
    """Return the position of an index in UTF-16 units."""
    before = text[:index]
    line = before.count("\n")
    column = len(before[before.rfind("\n") + 1 :].encode("utf-16-le", "surrogatepass")) // 2
    return {"line": line, "character": column}
