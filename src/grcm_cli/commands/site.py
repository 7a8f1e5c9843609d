"""`grcm site DIR`: write the register as web pages that need no server."""

import gc
import sys
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from grcm_cli.cli import options
from grcm_cli.cli.output import folder_to_write, write_failures
from grcm_cli.cli.records import LoadedRecords, to_be_named
from grcm_cli.cli.session import Session, say, write, write_line
from grcm_cli.domain.register import Register
from grcm_cli.domain.tasks import tasks
from grcm_cli.formats.listing import Terminal
from grcm_cli.language.text import N_, _, clean, counted, reason
from grcm_cli.lookups.errors import MachineFailed, WrongUse, mark_file, plan_files
from grcm_cli.site import urls
from grcm_cli.storage import site_folder
from grcm_cli.storage.paths import MEETINGS, PROGRESS

_REFUSALS: Mapping[site_folder.Refusal, str] = {
    "missing": N_("there is no such file in the data folder, or beside it in its repository"),
    "outside": N_("write it as a path from the data folder, such as sources/NAME.pdf"),
    "link": N_("it is a link, or is in a folder that is a link"),
    "hidden": N_("its name begins with a dot"),
    "kind": N_("it is not a document of a kind that is copied, such as .pdf, .docx or .txt"),
    "size": N_("it is larger than 100 MB"),
}
_LONG = 100  # pages; fewer are there before a bar could be read


def _base_url(text: str) -> str:
    if address := urls.base_url(text):
        return address
    message = _(
        "'{text}' is not the address of a site; write it as {form}, without a user name, ? or #"
    )
    raise WrongUse(message, text=text, form="https://example.org/acuerdos/")


def site(
    session: Session,
    folder: Path = options.argument(_("DIR")),
    force: bool = options.flag("--force"),
    base_url: str | None = options.option("--base-url", "URL", parser=options.parser(_base_url)),
    partial: bool = options.flag("--partial"),
    with_sources: bool = options.flag("--sources"),
) -> int:
    """Write the pages and print how many files have changed and where the first page is."""
    from grcm_cli.site import pages  # 65 ms, which a wrong option should not cost
    from grcm_cli.site.page_data import SiteOptions

    target = folder_to_write(folder, session)
    data, real, shown = session.folder().resolve(), target.resolve(), session.shown(target)
    if real == data or any(real.is_relative_to(data / name) for name in (MEETINGS, PROGRESS)):
        raise WrongUse(_("{path} is for data; name another folder for the pages"), path=shown)
    # Documents may have changed, wherever they lie.
    made_of = "" if with_sources else site_folder.digest(data, str(session.as_of), base_url or "")
    if same := site_folder.unchanged(target, made_of):
        _show_done(same, shown, session.page)
        return 0
    record = session.open()
    if (target / site_folder.LIST).exists() and not partial:
        LoadedRecords([record]).refuse_partial()
    plan_files([shown])
    register = record.register.as_of(session.as_of)
    documents = _documents(register, session) if with_sources else {}
    about, published = site_folder.about(data), site_folder.published(target)
    wishes = SiteOptions(record.files_with_errors, base_url, record.problems, documents, about)
    # What templates leave behind, 350 MB for 1,000 meetings, is collected without the record.
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)  # instead of 700: a twentieth of the time
    gc.enable()
    unread = {place for name in record.register.unread_meetings for place in urls.of_meeting(name)}

    def is_unread(path: str) -> bool:  # no other page stays: it may have become confidential
        return "/".join(path.partition(".")[0].split("/")[-2:]) in unread

    files = pages.pages(register, tasks(register, session.as_of), session.as_of, wishes, published)
    with closing(_bar(files, pages.count(register))) as counted, _failures(target, session):
        done = site_folder.publish(
            target,
            counted,
            mixed=force,
            keep=is_unread,
            exchanging=not data.is_relative_to(real),  # the folder of the data stays the same
            made_of="" if to_be_named(record.findings) else made_of,
            stored=lambda: mark_file(shown, is_stored=True),
        )
    _show_done(done, shown, session.page)
    return record.finish()


@contextmanager
def _failures(target: Path, session: Session) -> Iterator[None]:
    shown = session.shown(target)
    try:
        with write_failures(session):
            yield
    except site_folder.ForeignFolderError as error:
        why = _("{path} contains other files; name a new folder, or use --force, which keeps them")
        raise WrongUse(why, path=shown) from error
    except site_folder.ForeignFileError as error:
        why = _("{path} is in the way and was not made by grcm; move it, or name another folder")
        raise WrongUse(why, path=session.shown(error.path)) from error
    except site_folder.UnfinishedSiteError as error:
        message = _("{path}: some pages are new and some are old: {reason}")
        hint = _("the next run of grcm site completes it")
        cause = error.__cause__
        why = reason(cause) if isinstance(cause, OSError) else ""
        raise MachineFailed(message, hint, path=shown, reason=why) from error


def _documents(register: Register, session: Session) -> Mapping[str, Path]:
    documents = {}
    for meeting in register.calendar.by_id.values():
        if meeting.source is None or urls.web_address(meeting.source):
            continue
        document = site_folder.find_source(meeting.source, session.folder())
        if isinstance(document, Path):
            documents[meeting.id] = document
        else:
            message = _("{meeting}: its source '{text}' is not copied: {reason}")
            why = _(_REFUSALS[document])
            say(message, meeting=meeting.id, text=clean(meeting.source), reason=why)
    return documents


def _show_done(done: site_folder.Published, folder: str, page: Terminal) -> None:
    if done.was_completed:
        say(_("{path}: what an interrupted run had begun was completed first"), path=folder)
    if not done.was_exchanged:
        message = _(
            "{path}: this folder cannot be replaced as a whole, so the pages were replaced "
            "one by one"
        )
        say(message, path=folder)
    parts = [counted("{path}: {count} file", "{path}: {count} files", done.files)]
    parts.append(counted("{count} changed", "{count} changed", done.changed))
    if done.removed:
        parts.append(counted("{count} removed", "{count} removed", done.removed))
    write_line(", ".join(parts), path=folder)
    write(page.linked_file(f"{clean(folder)}/index.html", f"{folder}/index.html") + "\n")


def _bar(files: Iterator[tuple[str, bytes]], total: int) -> Generator[tuple[str, bytes]]:
    """Yield the files; with each page of a long run on a terminal a bar grows."""
    if total < _LONG or not sys.stderr.isatty():
        yield from files
        return
    from rich.console import Console  # 20 ms, only for a long run
    from rich.progress import BarColumn, MofNCompleteColumn, Progress

    columns = BarColumn(), MofNCompleteColumn()
    console = Console(stderr=True)
    # Without a thread that draws it, which a copy of the process would not have.
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as bar:
        task, done = bar.add_task("", total=total), 0
        for path, data in files:
            if urls.is_first(path):
                done += 1
                bar.update(task, completed=done, refresh=done % (total // 100) == 0)
            yield path, data
