"""Generators of files run side by side, in a process for each core, where that is worth it."""

import errno
import gc
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


class SiteFile(NamedTuple):
    """A file of the site: its address from the site's folder, and its bytes."""

    path: str
    data: bytes


Maker = Callable[[], Iterator[SiteFile]]
_Pipe = tuple["Connection", "Connection"]
"""The end that reads, and the end that writes."""
_DIGITS = 2
"""The bytes of a maker's number. A pipe holds 32,768 of them."""


def files_of(makers: Sequence[Maker], *, in_processes: bool) -> Iterator[SiteFile]:
    """Yield what all makers make; with `in_processes` side by side, in whatever order it comes.

    A process is a copy of this one (fork), so that nothing is read twice. Each takes the next maker
    when it has done with one, in their order: what takes longest should come first. Where the
    system has no such copies, or one core, the makers run here, one after the other. What a maker
    raises is raised here.
    """
    if in_processes and len(makers) > 1 and cores() > 1:
        from multiprocessing import current_process  # 20 ms, only for a large site

        if not current_process().daemon:  # which may have no processes of its own
            return _from_processes(makers)
    return chain.from_iterable(make() for make in makers)


def cores() -> int:
    """Return how many cores this process may use; 1 where copies of it (fork) are not safe."""
    # macOS has copies too, but its own libraries may not survive them.
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _from_processes(makers: Sequence[Maker]) -> Iterator[SiteFile]:
    from multiprocessing import connection, get_context  # 20 ms, only for a large site

    context = get_context("fork")
    pipes = [context.Pipe(duplex=False) for _core in range(min(cores(), len(makers)))]
    waiting = _numbers(len(makers))
    processes = [
        context.Process(target=_send, args=(makers, waiting, place, pipes), daemon=True)
        for place in range(len(pipes))
    ]
    readers = [reader for reader, _writer in pipes]
    gc.freeze()  # or each collection would copy what the processes share
    try:
        for process in processes:
            process.start()
        for _reader, writer in pipes:
            writer.close()  # else the end of a process would not be seen
        while readers:
            ready = connection.wait(readers)
            for reader in [one for one in readers if one in ready]:
                file = _received(reader)
                if file is None:
                    readers.remove(reader)
                else:
                    yield file
    finally:
        os.close(waiting)
        for process in processes:
            process.terminate()
            process.join()


def _numbers(count: int) -> int:
    """Return the end of a pipe from which processes read the numbers below `count`, each once."""
    reader, writer = os.pipe()
    os.write(writer, b"".join(number.to_bytes(_DIGITS) for number in range(count)))
    os.close(writer)
    return reader


def _send(makers: Sequence[Maker], waiting: int, place: int, pipes: Sequence[_Pipe]) -> None:
    """Send what makers make, or what one raises, and None at the end; in a process of its own."""
    own = pipes[place][1]
    for end in chain.from_iterable(pipes):
        if end is not own:
            end.close()  # so that nobody waits for a reader that has ended
    with suppress(BrokenPipeError, KeyboardInterrupt):
        try:
            while number := os.read(waiting, _DIGITS):
                for file in makers[int.from_bytes(number)]():
                    own.send(file.path)
                    own.send_bytes(file.data)  # without a copy: the largest has 26 MB
            own.send(None)
        except Exception as error:  # noqa: BLE001 - raised where the files are read
            error.add_note(traceback.format_exc())
            own.send(error)


def _received(reader: "Connection") -> SiteFile | None:
    """Return the next file; None at the end. Raises what the maker raised, and ChildProcessError.

    The latter is for a process that was ended from outside, as by a system short of memory.
    """
    try:
        found: str | Exception | None = reader.recv()
        data = reader.recv_bytes() if isinstance(found, str) else b""
    except EOFError as error:
        raise ChildProcessError(errno.ECHILD, "a process of the site was ended") from error
    if isinstance(found, Exception):
        raise found
    return None if found is None else SiteFile(found, data)
