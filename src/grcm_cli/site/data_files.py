"""The files for programs: all tasks as CSV, JSON and xlsx, and those of each party as CSV.

They are the same for all languages of the pages: their texts are in the first of these.
"""

import json
from collections.abc import Iterator, Sequence

from grcm_cli.exports import xlsx
from grcm_cli.formats import rendered
from grcm_cli.formats.listing import TextTable
from grcm_cli.language.text import using_language
from grcm_cli.sheets.workbook import render
from grcm_cli.site import urls
from grcm_cli.site.page_data import SiteData
from grcm_cli.site.workers import SiteFile
from grcm_cli.views.tasks import TaskSelection

_MOST = 5000  # tasks of a JSON file and of a workbook; a larger record comes as CSV alone
_ENDINGS = ("csv", "json", "xlsx")


def links(site: SiteData) -> Sequence[tuple[str, str]]:
    """Return the formats of the files of all tasks, each with its address; none without tasks."""
    most = _ENDINGS if len(site.tasks) <= _MOST else _ENDINGS[:1]
    return [(ending, urls.data_file(ending)) for ending in most] if site.tasks else []


def data_files(site: SiteData) -> Iterator[SiteFile]:
    """Yield the files of all tasks, then one for each party that owes anything."""
    with using_language(site.language):
        everything = site.selection(site.tasks)
        for ending, path in links(site):
            if ending == "xlsx":
                yield path, render(xlsx.task_workbook(everything))
            else:
                text = _rendered(ending, everything)
                if ending == "json":  # without blanks it is two thirds as large
                    text = json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))
                # Half a character stands there as JSON has it.
                yield path, text.encode(errors="backslashreplace")
        for party in site.parties:
            if tasks := site.of_party(party.code):
                data = _rendered("csv", site.selection(tasks)).encode()
                yield urls.data_file("csv", party.code), data


def _rendered(ending: str, tasks: TaskSelection) -> str:
    # CSV and JSON print the records of a list, and draw no table.
    return rendered(ending, tasks.listing(lambda: TextTable("", (), ())))
