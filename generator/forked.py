"""The same work many times, on all cores."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Any, Generic, TypeVar

from .errors import BriefbookError

T = TypeVar("T")

ALONE = 0.1
"""Seconds that one process works before others are started, which takes a third of that."""
TAKEN = 8
"""Pieces that a process takes at once, at most."""
_STOPS = (signal.SIGINT, signal.SIGTERM)
_PR_SET_PDEATHSIG = 1


class WorkerError(BriefbookError):
    """A process of ours ended before its work was done, such as by a system without memory."""


def processes() -> int:
    """How many processes to use. Only where they can begin with all that this one has in memory, and it is alone there."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


def spread(work: Callable[[int], T], pieces: int, meanwhile: Callable[[], None] = lambda: None) -> Iterator[tuple[int, T]]:
    """Do `work` for each number below `pieces`, and give each result as it comes, in no order.

    Args:
        work: what depends on its number and on what is in memory now; what it changes there is lost.
        pieces: how many.
        meanwhile: is called once, while others work if there are any.

    Raises:
        WorkerError: a process ended early.
        BaseException: whatever `work` raised.
    """
    count, begun, done = processes(), monotonic(), 0
    while done < pieces and (count == 1 or monotonic() - begun < ALONE):
        yield done, work(done)
        done += 1
    if done < pieces:
        yield from _shared(work, done, pieces, count, meanwhile)
    else:
        meanwhile()


class Ahead(Generic[T]):
    """Work that another process does meanwhile. Whether it can is not sure: whoever needs the result may have to do it after all."""

    def __init__(self, work: Callable[[], T]) -> None:
        """Begin with it, where there is another core."""
        self._worker: BaseProcess | None = None
        if processes() > 1:
            context = multiprocessing.get_context("fork")
            self._end, there = context.Pipe(duplex=False)
            self._worker = context.Process(target=_do, args=(work, there, os.getpid()), daemon=True)
            _begin(self._worker)
            there.close()

    def result(self, patience: float | None = None) -> T | None:
        """What it came to; None when it came to nothing, or has not within so many seconds."""
        if self._worker is None:
            return None
        try:
            found: T | None = self._end.recv() if self._end.poll(patience) else None
        except (EOFError, OSError):
            found = None
        self.stop()
        return found

    def stop(self) -> None:
        """Nobody wants the result any more."""
        if self._worker:
            self._end.close()
            self._worker.terminate()
            self._worker.join()
            self._worker = None


def _do(work: Callable[[], Any], end: Connection, starter: int) -> None:
    _end_with(starter)
    try:
        end.send(work())
    except BaseException:
        end.close()


def _shared(work: Callable[[int], T], first: int, pieces: int, count: int, meanwhile: Callable[[], None]) -> Iterator[tuple[int, T]]:
    """The same from a number on, in so many processes."""
    at_once = max(1, min(TAKEN, (pieces - first) // (4 * count)))
    context = multiprocessing.get_context("fork")
    taken = context.Value("l", first)
    workers, ends = [], []
    try:
        for _ in range(count):
            here, there = context.Pipe(duplex=False)
            worker = context.Process(target=_run, args=(work, pieces, taken, at_once, there, os.getpid()), daemon=True)
            _begin(worker)
            there.close()
            workers.append(worker)
            ends.append(here)
        meanwhile()
        open_ends = list(ends)
        while open_ends:
            for end in wait(open_ends):
                assert isinstance(end, Connection)
                try:
                    found = end.recv()
                except EOFError:
                    raise WorkerError("a process that made pages ended before its time; is there too little memory?") from None
                if found is None:
                    open_ends.remove(end)
                elif isinstance(found, BaseException):
                    raise found
                else:
                    yield from found
    finally:
        for end in ends:
            end.close()
        for worker in workers:
            worker.terminate()
            worker.join()


def _run(work: Callable[[int], T], pieces: int, taken: Any, at_once: int, end: Connection, starter: int) -> None:
    _end_with(starter)
    try:
        while True:
            with taken.get_lock():
                start = taken.value
                taken.value = min(start + at_once, pieces)
            if start >= pieces:
                end.send(None)
                return
            end.send([(number, work(number)) for number in range(start, min(start + at_once, pieces))])
    except BaseException as error:
        end.send(_sendable(error))


def _begin(worker: BaseProcess) -> None:
    """Start a process that is not interrupted before it has said what interrupts it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
    try:
        worker.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with(starter: int) -> None:
    """Have the process that started this one end it, by its word or by its own end, however sudden.

    Left alone it could wait for ever: nobody would take what it sends, and it holds what other builds wait for.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; the first ends the others
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != starter:
        os._exit(1)


def _sendable(error: BaseException) -> BaseException:
    """An error that can go to another process: itself, or what it says."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return WorkerError(f"{type(error).__name__}: {error}")
    return error
