"""The files with what a page shows, for programs and spreadsheets: CSV, JSON and xlsx.

Long lists come as CSV alone, the longest without a file, and of meetings only the last have files:
else a site of 1,000 meetings would take longer for them than for all its pages.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from grcm_cli.domain.changes import PeriodChanges
from grcm_cli.domain.task import Task
from grcm_cli.exports import ExportData, xlsx
from grcm_cli.formats import rendered
from grcm_cli.formats.listing import Listing, Terminal, TextTable
from grcm_cli.sheets.workbook import render
from grcm_cli.site import urls
from grcm_cli.site.page_data import SiteData
from grcm_cli.views import changes as changes_view
from grcm_cli.views import tasks as tasks_view

MEETINGS = 24
"""So many meetings have files: the latest."""
_MOST: Mapping[str, int] = {"csv": 5000, "json": 500, "xlsx": 500}
"""The formats, and the most rows of a file in each."""
_NO_TERMINAL = Terminal(80, colour=False)

DataFile = tuple[str, bytes]
"""The address of a file in the language's folder, and its bytes."""


def links(path: str, count: int) -> Sequence[tuple[str, str]]:
    """Return the name and the address of each file beside a page with so many rows."""
    return [(ending.upper(), urls.data_file(path, ending)) for ending in _endings(count)]


def task_files(site: SiteData, path: str, tasks: Sequence[Task]) -> Iterator[DataFile]:
    """Yield the files with the tasks that a page shows."""
    records = tasks_view.TaskRecords(site.register.directory, site.language)
    listing = tasks_view.listing(tasks, site.as_of, records, _no_table)

    def workbook() -> bytes:
        data = ExportData(
            site.register, site.tasks, tasks, site.as_of, site.language, site.problems
        )
        return render(xlsx.task_workbook(data))

    return _files(site, path, listing, workbook)


def change_files(site: SiteData, path: str, found: PeriodChanges) -> Iterator[DataFile]:
    """Yield the files with the changes of a period."""
    period = changes_view.ChangePeriod(found.since, found.until)
    records = tasks_view.TaskRecords(site.register.directory, site.language)
    listing = changes_view.listing(found.changes, period, records, _no_table)

    def workbook() -> bytes:
        data = ExportData(site.register, (), (), found.until, site.language, site.problems)
        return render(xlsx.change_workbook(data, found.changes, found.everybody))

    return _files(site, path, listing, workbook)


def _no_table() -> TextTable:
    """Stand for the table that CSV and JSON never draw: they print the records of a list."""
    raise NotImplementedError


def _endings(count: int) -> Sequence[str]:
    """Return the formats for so many rows; none for a page without any."""
    return [ending for ending, most in _MOST.items() if 0 < count <= most]


def _files(
    site: SiteData, path: str, listing: Listing, workbook: Callable[[], bytes]
) -> Iterator[DataFile]:
    listing = listing._replace(language=site.language, problems=site.problems)
    endings = _endings(len(listing.items))
    if "json" in endings:  # csv has the same records
        records = list(map(listing.record, listing.items))
        listing = listing._replace(items=records, record=lambda record: record)
    for ending in endings:
        data = workbook() if ending == "xlsx" else rendered(ending, listing, _NO_TERMINAL).encode()
        yield urls.data_file(path, ending), data
