"""A client of yaml-language-server over its standard streams: diagnostics and completions."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

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


class Client:
    """A running server whose schemas are given by the globs of the files that they are for."""

    def __init__(self, server: Path, root: Path, schemas: Mapping[str, str]) -> None:
        self._settings = {
            "yaml": {
                "schemas": schemas,
                "schemaStore": {"enable": False},
                "validate": True,
                "completion": True,
                "hover": True,
            },
            "http": {},
            "[yaml]": {},
            "editor": {"detectIndentation": False},
            "files": {},
        }
        self._process = subprocess.Popen(
            ["node", str(server), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._number = self._opened = 0
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        self._request(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": root.as_uri(),
                "workspaceFolders": [{"uri": root.as_uri(), "name": "root"}],
                "capabilities": {
                    "workspace": {"configuration": True},
                    "textDocument": {
                        "completion": {
                            "completionItem": {
                                "snippetSupport": True,
                                "documentationFormat": ["markdown", "plaintext"],
                            }
                        }
                    },
                },
            },
        )
        self._notify("initialized", {})
        self._notify("workspace/didChangeConfiguration", {"settings": self._settings})

    def close(self) -> None:
        self._request("shutdown", None)
        self._notify("exit", None)
        self._process.wait(timeout=30)

    def diagnostics(self, path: Path, text: str) -> list[tuple[int, int, str]]:
        """Return line, column (both from 1) and sentence of what is shown of a text."""
        uri = self._open(path, text)
        while uri not in self._diagnostics:
            self._receive()
        found = self._diagnostics[uri]
        self._notify("textDocument/didClose", {"textDocument": {"uri": uri}})
        places = ((one["range"]["start"], one["message"]) for one in found)
        return [(at["line"] + 1, at["character"] + 1, message) for at, message in places]

    def completions(self, path: Path, text: str) -> dict[str, str]:
        """Return what is offered in the place of `|` in a text, with its meaning."""
        before, _bar, after = text.partition("|")
        uri = self._open(path, before + after)
        lines = before.split("\n")
        answer = self._request(
            "textDocument/completion",
            {
                "textDocument": {"uri": uri},
                "position": {"line": len(lines) - 1, "character": len(lines[-1])},
            },
        )
        self._notify("textDocument/didClose", {"textDocument": {"uri": uri}})
        items = answer["items"] if isinstance(answer, dict) else answer
        return {item["label"]: _plain(item.get("documentation")) for item in items}

    def _open(self, path: Path, text: str) -> str:
        """Open a text under a name of its own: a file that is closed still gets diagnostics."""
        self._opened += 1
        uri = path.with_name(f"{path.stem}-{self._opened}.yaml").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._notify("textDocument/didOpen", {"textDocument": document})
        return uri

    def _notify(self, method: str, parameters: object) -> None:
        self._send({"method": method, "params": parameters})

    def _request(self, method: str, parameters: object) -> Any:  # noqa: ANN401 - any JSON
        self._number += 1
        self._send({"id": self._number, "method": method, "params": parameters})
        while True:
            message = self._receive()
            if message.get("id") == self._number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        """Read a message; answer it where it is a request of the server, keep diagnostics."""
        assert self._process.stdout
        length = 0
        while line := self._process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        assert length, "the server has ended"
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            parameters = message["params"]
            self._diagnostics[parameters["uri"]] = parameters["diagnostics"]
        elif "method" in message and "id" in message:
            result: object = None
            if message["method"] == "workspace/configuration":
                items = message["params"]["items"]
                result = [self._settings.get(item.get("section", "")) for item in items]
            self._send({"id": message["id"], "result": result})
        return message


def _plain(documentation: object) -> str:
    if isinstance(documentation, dict):
        return str(documentation["value"])
    return str(documentation or "")
