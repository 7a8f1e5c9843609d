"""`grcm site DIR`: write the register as web pages that need no server."""

import gc
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from grcm_cli.cli import options, written_files
from grcm_cli.cli.errors import MachineFailed, WrongUse
from grcm_cli.cli.output import lock_failures, marker
from grcm_cli.cli.session import Session, say, write
from grcm_cli.domain.register import Register
from grcm_cli.domain.tasks import tasks
from grcm_cli.language.text import N_, _, clean, ngettext, reason
from grcm_cli.site import urls
from grcm_cli.storage import site_folder, source_documents
from grcm_cli.storage.paths import MEETINGS, PROGRESS
from grcm_cli.storage.source_documents import SourceDocument

_REFUSALS: Mapping[source_documents.Refusal, str] = {
    "missing": N_("there is no such file in the data folder or, in its repository, beside it"),
    "outside": N_("write it as a path from the data folder, as sources/NAME.pdf"),
    "link": N_("it is a link, or in a folder that is one"),
    "hidden": N_("its name begins with a full stop"),
    "kind": N_("it is no document of a kind that is copied, as .pdf, .docx or .txt"),
    "size": N_("it is larger than 100 MB"),
}
_LONG = 100  # pages; fewer are there before a bar could be read


def _base_url(text: str) -> str:
    """Parse the address at which the site will be."""
    found = urls.base_url(text)
    if found is None:
        message = _("'{text}' is no address of a site; write it as {form}, without user, ? and #")
        form = "https://example.org/acuerdos/"
        raise typer.BadParameter(message.format(text=text, form=form))
    return found


def site(
    ctx: typer.Context,
    folder: Annotated[
        Path, options.argument(_("DIR"), _("The folder that the pages are written into."))
    ],
    force: Annotated[
        bool, options.flag("--force", _("Also into a folder that has other files; they stay."))
    ] = False,
    base_url: Annotated[
        str | None,
        options.value(
            "--base-url",
            "URL",
            _("The address at which DIR will be on the web, for search engines and shared links."),
            parser=_base_url,
        ),
    ] = None,
    with_sources: Annotated[
        bool,
        options.flag(
            "--sources", _("Copy the documents that meetings name, where they lie with the data.")
        ),
    ] = False,
) -> int:
    """Write the pages and print how many files have changed and where the first page is."""
    # 65 ms, which a wrong option should not cost
    from grcm_cli.site import pages
    from grcm_cli.site.page_data import SiteOptions

    session = Session.of(ctx)
    target = session.here / folder
    shown = session.shown(target)
    _refuse_data(target, session)
    made_of = ""
    if not with_sources:  # which may have changed, wherever they lie
        made_of = site_folder.digest(session.folder(), session.as_of.isoformat(), base_url or "")
    if same := site_folder.unchanged(target, made_of):
        write(_summary(same, clean(shown)))
        return 0
    record = session.open()
    written_files.plan([shown])
    everything = tasks(record.register, session.as_of)
    documents = _documents(record.register, session) if with_sources else {}
    given = SiteOptions(record.files_with_errors, base_url, record.problems, documents)
    published = site_folder.published(target)
    # Templates leave circles behind, 350 MB for 1,000 meetings; the record is not looked through.
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)  # instead of 700: a twentieth of the time
    gc.enable()
    made = pages.pages(record.register, everything, session.as_of, given, published)
    with _progress(pages.count(record.register)) as step:
        keep = bool(record.files_with_errors)
        made_of = "" if record.has_reports else made_of
        wishes = _Wishes(mixed=force, keep=keep, made_of=made_of)
        done = _publish(target, _counted(made, step), session, wishes)
    _print_how(done, shown)
    write(_summary(done, clean(shown)))
    return record.finish((), wanted=False)


class _Wishes(NamedTuple):
    """How a site is published, as the parameters of `site_folder.publish`."""

    mixed: bool
    keep: bool
    made_of: str


def _publish(
    target: Path, files: Iterator[tuple[str, bytes]], session: Session, wishes: _Wishes
) -> site_folder.Published:
    """Write the files, as `site_folder.publish` does; raise what says why they are not written."""
    shown = session.shown(target)
    try:
        with lock_failures(session):
            return site_folder.publish(
                target, files, mixed=wishes.mixed, keep=wishes.keep, made_of=wishes.made_of,
                exchange=not _holds_data(target, session), stored=marker(shown),
            )  # fmt: skip
    except site_folder.ForeignFolderError as error:
        message = _("{path} is no folder")
        if target.is_dir():
            message = _(
                "{path} has other files; name a new folder, or use --force, which leaves them"
            )
        raise WrongUse(message, path=shown) from error
    except site_folder.ForeignFileError as error:
        there = _("{path} is in the way, and no page of ours; move it, or name another folder")
        raise WrongUse(there, path=session.shown(error.path)) from error
    except site_folder.UnfinishedSiteError as error:
        raise _unfinished(error, shown) from error


def _documents(register: Register, session: Session) -> Mapping[str, SourceDocument]:
    """Return the documents of meetings that can be copied, by the meeting's id; name the others."""
    found = {}
    for meeting in register.calendar.by_id.values():
        if meeting.source is None or urls.web_address(meeting.source):
            continue
        document = source_documents.find(meeting.source, session.folder())
        if isinstance(document, SourceDocument):
            found[meeting.id] = document
        else:
            message = _("{meeting}: its source '{text}' is not copied: {reason}")
            why = _(_REFUSALS[document])
            say(message, meeting=meeting.id, text=clean(meeting.source), reason=why)
    return found


def _refuse_data(target: Path, session: Session) -> None:
    """Raise WrongUse for the data folder itself and for its folders of data."""
    data, real = session.folder().resolve(), target.resolve()
    if real == data or any(real.is_relative_to(data / name) for name in (MEETINGS, PROGRESS)):
        message = _("{path} is for data; name another folder for the pages")
        raise WrongUse(message, path=session.shown(target))


def _holds_data(target: Path, session: Session) -> bool:
    """Tell whether the data folder lies in the folder of the pages, which then stays the same."""
    return session.folder().resolve().is_relative_to(target.resolve())


def _unfinished(error: site_folder.UnfinishedSiteError, shown: str) -> MachineFailed:
    """Return the error for a folder in which some pages are new and some old."""
    cause = error.__cause__
    why = reason(cause) if isinstance(cause, OSError) else ""
    message = _("{path}: some pages are new and some are old: {reason}")
    return MachineFailed(message, _("the next grcm site completes it"), path=shown, reason=why)


def _print_how(done: site_folder.Published, shown: str) -> None:
    """Say where a stopped run was completed, and where readers may have seen two states."""
    if done.was_completed:
        say(_("{path}: what a stopped run had begun was completed first"), path=shown)
    if not done.was_exchanged:
        message = _(
            "{path}: this folder cannot be exchanged as a whole, so the pages were replaced one "
            "after the other"
        )
        say(message, path=shown)


def _summary(done: site_folder.Published, shown: str) -> str:
    files = ngettext("{path}: {count} file", "{path}: {count} files", done.files)
    changed = ngettext("{count} changed", "{count} changed", done.changed)
    parts = [files.format(path=shown, count=done.files), changed.format(count=done.changed)]
    if done.removed:
        removed = ngettext("{count} removed", "{count} removed", done.removed)
        parts.append(removed.format(count=done.removed))
    return ", ".join(parts) + f"\n{shown}/index.html\n"


def _counted(
    made: Iterator[tuple[str, bytes]], step: Callable[[], object]
) -> Iterator[tuple[str, bytes]]:
    for path, data in made:
        if urls.is_first(path):
            step()
        yield path, data


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], object]]:
    """Yield a function to call for each page; it draws a bar for a long run on a terminal."""
    if total < _LONG or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console  # 20 ms, only for a long run
    from rich.progress import BarColumn, MofNCompleteColumn, Progress

    console = Console(stderr=True)
    columns = BarColumn(), MofNCompleteColumn()
    # Without a thread that draws it, which a copy of the process would not have.
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=total)
        done = 0

        def step() -> None:
            nonlocal done
            done += 1
            bar.update(task, completed=done, refresh=done % (total // 100) == 0)

        yield step
