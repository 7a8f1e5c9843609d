"""How soon the site's search and list answer in a browser on a slowed processor.

`python -m benchmarks.site_search` makes the site of 1,000 meetings with 25,000 conclusions, and
asks it from a folder's host in Chromium with a quarter of the processor's speed. It prints what was
loaded before the question, the time to the first result on the screen, the main thread's own time
of that, the time to all results that are shown at first, and what was loaded for the answer. `open`
is a list with its filters in the address: its times begin with the page. The quickest of several
runs counts, as other programs of a machine only add to them. It needs the packages of `make
browser`.
"""

import argparse
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import generate

SLOWED = 4
RUNS = 3
QUESTIONS = (
    *(("search", "q", words) for words in ("statistics", "AAA", "8#1", "GC-2002-07/5")),
    *(("search", "q", words) for words in ("overdue AAA", "statstics", "the")),
    *(("list", "party", "AAA"), ("list", "state", "overdue"), ("list", "q", "statistics")),
    ("open", "state", "overdue"),
)
_RESULTS = {"search": "#results", "list": "#filtered tbody", "open": "#filtered tbody"}
_WATCH = """(within) => {
  window.asked = 0;
  const results = () => document.querySelectorAll(`${within} > li, ${within} > tr`).length;
  window.first = new Promise((done) => {
    new MutationObserver((_changes, seen) => {
      if (!results()) return;
      window.last = performance.now();
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - window.asked)));
    }).observe(document, { childList: true, subtree: true });
  });
}"""
_READY = """() => typeof searchIndex === 'object' && searchIndex.head
  && document.readyState === 'complete'
  && new Promise((done) => requestIdleCallback(() => done(true)))"""
_ASK = """([name, value]) => {
  const field = document.querySelector(`form [name=${name}]:not([type=hidden])`);
  field.value = value;
  window.asked = performance.now();
  field.dispatchEvent(new Event(name === 'q' ? 'input' : 'change', { bubbles: true }));
}"""
_ALL = "() => performance.now() > window.last + 500 && window.last - window.asked"


class Answer(NamedTuple):
    """What an answer cost: bytes before and after the question, milliseconds."""

    first: float
    thread: float
    whole: float
    before: int
    after: int


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        pass


@contextmanager
def _host(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=os.fspath(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def answer(browser: Any, base: str, page: str, name: str, value: str) -> Answer:  # noqa: ANN401 - the driver's types are not everywhere
    """Ask a page that was just opened, with nothing in the browser's cache."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    opened = context.new_page()
    sizes: list[int] = []
    opened.on("response", lambda got: sizes.append(int(got.headers["content-length"])))
    tools = context.new_cdp_session(opened)
    tools.send("Performance.enable", {"timeDomain": "threadTicks"})
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    opened.add_init_script(f"({_WATCH})({json.dumps(_RESULTS[page])})")
    before, thread = 0, 0.0
    if page == "open":
        opened.goto(f"{base}/en/list.html?{name}={value}", wait_until="commit")
    else:
        opened.goto(f"{base}/en/{page}.html", wait_until="networkidle")
        opened.wait_for_function(_READY)
        before, thread = sum(sizes), _thread(tools)
        opened.evaluate(_ASK, [name, value])
    first = opened.evaluate("() => window.first")
    thread = _thread(tools) - thread
    whole = opened.wait_for_function(_ALL).json_value()
    opened.wait_for_load_state("networkidle")
    context.close()
    return Answer(first, thread, whole, before, sum(sizes) - before)


def _thread(tools: Any) -> float:  # noqa: ANN401 - as above
    metrics = tools.send("Performance.getMetrics")["metrics"]
    seconds: float = sum(one["value"] for one in metrics if one["name"] == "TaskDuration")
    return 1000 * seconds


def main() -> None:
    """Print a table of the questions; `--site` names a site that is there already."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser()
    parser.add_argument("--site", type=Path)
    site = parser.parse_args().site
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as scratch:
        if site is None:
            site = Path(scratch) / "site"
            generate.folder(Path(scratch) / "data", 1000)
            made = [
                sys.executable,
                "-m",
                "grcm_cli",
                "--data",
                f"{scratch}/data",
                "site",
                str(site),
            ]
            subprocess.run([*made, "--as-of", str(generate.TODAY)], check=True)
        with _host(site) as base, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            print("page    question              before    first   thread    whole    after")
            for page, name, value in QUESTIONS:
                one = min(answer(browser, base, page, name, value) for _run in range(RUNS))
                print(
                    f"{page:8}{name + '=' + value:20}{one.before / 1000:5.0f} kB{one.first:6.0f} ms"
                    f"{one.thread:6.0f} ms{one.whole:6.0f} ms{one.after / 1000:6.0f} kB"
                )
            browser.close()


if __name__ == "__main__":
    main()
