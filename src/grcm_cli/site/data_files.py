"""The files for programs: all tasks as CSV, JSON and xlsx, and those of each party as CSV.

They are the same for all languages of the pages: their texts are in the first of these.
"""

import json
from collections.abc import Iterator, Sequence

from grcm_cli.domain.task import Task
from grcm_cli.exports import ExportData, xlsx
from grcm_cli.formats import rendered
from grcm_cli.formats.listing import Listing, Terminal, TextTable
from grcm_cli.language.text import using_language
from grcm_cli.sheets.workbook import render
from grcm_cli.site import urls
from grcm_cli.site.page_data import SiteData
from grcm_cli.site.workers import SiteFile
from grcm_cli.views import tasks as tasks_view

_MOST = 5000
"""Tasks of a JSON file and of a workbook; a larger record comes as CSV alone."""
_ENDINGS = ("csv", "json", "xlsx")
_NO_TERMINAL = Terminal(80, colour=False)


def links(site: SiteData) -> Sequence[tuple[str, str]]:
    """Return the formats of the files of all tasks, each with its address; none without tasks."""
    most = _ENDINGS if len(site.tasks) <= _MOST else _ENDINGS[:1]
    return [(ending, urls.data_file(ending)) for ending in most] if site.tasks else []


def data_files(site: SiteData) -> Iterator[SiteFile]:
    """Yield the files of all tasks, then one for each party that owes anything."""
    with using_language(site.language):
        listing = _listing(site, site.tasks)
        for ending, path in links(site):
            if ending == "xlsx":
                export = ExportData(
                    site.register, site.tasks, site.tasks, site.as_of, site.language, site.problems
                )
                yield path, render(xlsx.task_workbook(export))
            else:
                text = rendered(ending, listing, _NO_TERMINAL)
                if ending == "json":  # without blanks it is two thirds as large
                    text = json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))
                # Half a character stands there as JSON has it.
                yield path, text.encode(errors="backslashreplace")
        for party in site.parties:
            if tasks := site.of_party(party.code):
                data = rendered("csv", _listing(site, tasks), _NO_TERMINAL).encode()
                yield urls.data_file("csv", party.code), data


def _listing(site: SiteData, tasks: Sequence[Task]) -> Listing:
    records = tasks_view.TaskRecords(site.register.directory, site.language)
    # CSV and JSON print the records of a list, and draw no table.
    listing = tasks_view.listing(tasks, site.as_of, records, lambda: TextTable("", (), ()))
    return listing._replace(language=site.language, problems=site.problems)
