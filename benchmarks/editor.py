"""What the language server takes: a client types and asks over stdin and stdout, and counts.

    python -m benchmarks.editor [--conclusions 10000] [--rounds 200]

Printed are the start, the median and the 95th percentile of each answer, in milliseconds, and the
memory of the server. A keystroke is answered when the findings of that version are published.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.lsp.client import Client

from benchmarks.generate import sized

TEXT = "- number: "
"""What stands before what is typed."""


def main() -> None:
    """Generate a record, open the file in its middle, and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--conclusions", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=200)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        sized(folder / "data", given.conclusions)
        measure(folder, given.rounds)


def measure(folder: Path, rounds: int) -> None:
    """Start a server for a folder, and print what its answers take."""
    began = time.perf_counter()
    files = sorted((folder / "data" / "meetings").iterdir(), key=lambda path: path.stat().st_size)
    name = f"data/meetings/{files[-1].name}"
    with Client(folder, "--as-of", "2003-01-01") as client:
        print(f"start to the first answer    {1000 * (time.perf_counter() - began):8.1f} ms")
        client.open(name)
        client.diagnostics(name, 1)
        print(f"start to the first findings  {1000 * (time.perf_counter() - began):8.1f} ms")
        time.sleep(3)
        _print("a keystroke in a text", rounds, lambda: _key(client, name, TEXT, f"{TEXT}9"))
        _print("a keystroke in a due", rounds, lambda: _key(client, name, "due: ", "due: x"))
        _print("the file is no YAML", rounds, lambda: _key(client, name, "acts: ", "acts: ]"))
        _print("a keystroke while all is checked", 40, lambda: _paused(client, name), 0.32)
        client.open("data/register.yaml")
        at = client.at(name, "due: ")
        _print("completion of a due", rounds, lambda: client.ask("textDocument/completion", at))
        party = client.at(name, "participants: [", "")
        _print(
            "completion of a party", rounds, lambda: client.ask("textDocument/completion", party)
        )
        _print("hover on a party", rounds, lambda: client.ask("textDocument/hover", party))
        number = client.at(name, "number: ")
        _print("hover on a conclusion", rounds, lambda: client.ask("textDocument/hover", number))
        context = {"context": {"includeDeclaration": True}}
        both = {**number, **context}
        _print("references", rounds, lambda: client.ask("textDocument/references", both))
        new = {**party, "newName": "ZZZ9"}
        _print("rename", 20, lambda: client.ask("textDocument/rename", new))
        status = Path(f"/proc/{client.process.pid}/status").read_text(encoding="utf-8")
        peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        print(f"peak memory                  {int(peak.split()[1]) / 1000:8.1f} MB")


def _key(client: Client, name: str, old: str, new: str) -> None:
    """Type and take back; each is answered. What is taken is half of that."""
    client.replace(name, old, new)
    client.diagnostics(name, client.versions[name])
    client.replace(name, new, old)
    client.diagnostics(name, client.versions[name])


def _paused(client: Client, name: str) -> None:
    client.replace(name, TEXT, f"{TEXT}9")
    client.diagnostics(name, client.versions[name])
    client.replace(name, f"{TEXT}9", TEXT)
    client.diagnostics(name, client.versions[name])


def _print(what: str, rounds: int, action: Callable[[], object], pause: float = 0.0) -> None:
    """Print the median and the 95th percentile of an action; of a keystroke, of one of its two."""
    halves = 2 if "keystroke" in what or "YAML" in what else 1
    found = []
    for _round in range(rounds):
        time.sleep(pause)
        began = time.perf_counter()
        action()
        found.append(1000 * (time.perf_counter() - began) / halves)
    found.sort()
    half, most = found[len(found) // 2], found[min(len(found) - 1, round(0.95 * len(found)))]
    print(f"{what:33} median {half:7.1f}   95 % {most:7.1f}   most {found[-1]:7.1f} ms")


if __name__ == "__main__":
    main()
