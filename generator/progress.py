"""How far long work has come: a bar on a terminal, now and then a line elsewhere, nothing for those who want quiet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import Protocol, TextIO, TypeVar

import click

T = TypeVar("T")

SHORT = 1.0
"""Seconds that may pass in silence. Most edits are published sooner."""
BETWEEN = 15.0
"""Seconds between two lines."""


class Progress(Protocol):
    """Is told of work while it is done."""

    def over(self, what: str, done: Iterable[T], total: int) -> Iterator[T]:
        """Pass on pieces of work as they are done.

        Args:
            what: the work, such as `making pages`.
            done: the pieces.
            total: how many there will be.
        """

    def say(self, what: str) -> None:
        """Tell of long work that is done in one piece."""


class Quiet:
    """Says nothing."""

    def over(self, what: str, done: Iterable[T], total: int) -> Iterator[T]:
        """Pass on pieces of work."""
        yield from done

    def say(self, what: str) -> None:
        """Nothing."""


class Bar:
    """A bar on a terminal."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = monotonic) -> None:
        """Take the terminal, and what tells the time in seconds."""
        self._stream, self._clock = stream, clock

    def over(self, what: str, done: Iterable[T], total: int) -> Iterator[T]:
        """Pass on pieces of work, and draw a bar when that takes long."""
        begun = self._clock()
        pieces = iter(done)
        count = 0
        for each in pieces:
            count += 1
            yield each
            if self._clock() - begun > SHORT:
                break
        else:
            return
        with click.progressbar(length=total, label=what.capitalize(), file=self._stream, show_pos=True) as bar:
            bar.update(count)
            for each in pieces:
                yield each
                bar.update(1)

    def say(self, what: str) -> None:
        """Tell of long work."""
        click.echo(what.capitalize(), file=self._stream)


class Lines:
    """Lines for a log: now and then how far it is, and at the end how long it took."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = monotonic) -> None:
        """Take what the log is written to, and what tells the time in seconds."""
        self._stream, self._clock = stream, clock

    def over(self, what: str, done: Iterable[T], total: int) -> Iterator[T]:
        """Pass on pieces of work, and write lines when that takes long."""
        begun = said = self._clock()
        for count, each in enumerate(done, 1):
            yield each
            now = self._clock()
            if now - said > BETWEEN and count < total:
                said = now
                self.say(f"{what}: {count:,} of {total:,}")
        if said != begun:
            self.say(f"{what}: {total:,} in {self._clock() - begun:,.0f} s")

    def say(self, what: str) -> None:
        """Tell of long work."""
        click.echo(f"briefbook: {what}", file=self._stream)


def of_stream(stream: TextIO | None = None) -> Progress:
    """What suits a stream, by default the one for errors: results are not mixed with it."""
    stream = stream or sys.stderr
    return Bar(stream) if stream.isatty() else Lines(stream)
