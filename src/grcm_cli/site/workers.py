"""Generators of files run side by side, on all cores, where that is worth it."""

import errno
import gc
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

SiteFile = tuple[str, bytes]  # a file of the site: its address, and its bytes
Maker = Callable[[], Iterator[SiteFile]]


def files_of(makers: Sequence[Maker], *, in_processes: bool) -> Iterator[SiteFile]:
    """Yield the files of all makers; with `in_processes` side by side, in any order.

    For each further core there is a copy of this process (fork), so that nothing is read twice.
    Without copies, the makers run here. What a maker raises is raised here.
    """
    if not in_processes or cores() == 1:
        return chain.from_iterable(make() for make in makers)
    return _from_processes([makers[place :: cores()] for place in range(cores())])


def cores() -> int:
    """Return how many cores this process may use; 1 where copies of it (fork) are not safe."""
    # macOS has copies too, but its own libraries may not survive them.
    with suppress(OSError):
        return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    return 1


def _from_processes(shares: Sequence[Sequence[Maker]]) -> Iterator[SiteFile]:
    from multiprocessing import connection, get_context  # 20 ms, only for a large site

    context = get_context("fork")
    *others, local_makers = map(list, shares)
    processes = {}
    gc.freeze()  # or each collection would copy what the processes share
    try:
        for share in others:
            reader, writer = context.Pipe(duplex=False)
            process = context.Process(target=_send, args=(share, writer), daemon=True)
            try:
                process.start()
                processes[reader] = process
            except (OSError, AssertionError):  # refused by the system, or to a daemon
                local_makers += share
            writer.close()  # else the end of a process would not be seen
        waiting = list(processes)
        local_files = chain.from_iterable(make() for make in local_makers)
        file = next(local_files, None)
        while file is not None or waiting:
            if file is not None:
                yield file
                file = next(local_files, None)
            ready = connection.wait(waiting, None if file is None and waiting else 0)
            for reader in [reader for reader in waiting if reader in ready]:
                try:
                    received: SiteFile | Exception | None = reader.recv()
                except EOFError as error:  # ended from outside, as by a system short of memory
                    message = "a process of the site was ended"
                    raise ChildProcessError(errno.ECHILD, message) from error
                if isinstance(received, Exception):
                    raise received
                if received is None:
                    waiting.remove(reader)
                else:
                    yield received
    finally:
        for process in processes.values():
            process.terminate()
            process.join()


def _send(makers: Sequence[Maker], writer: "Connection") -> None:
    """Send what makers make, or what one raises, and None at the end; in a process of its own."""
    with suppress(BrokenPipeError, KeyboardInterrupt):
        try:
            for file in chain.from_iterable(make() for make in makers):
                writer.send(file)
            writer.send(None)
        except Exception as error:  # noqa: BLE001 - raised where the files are read
            error.add_note(traceback.format_exc())
            writer.send(error)
