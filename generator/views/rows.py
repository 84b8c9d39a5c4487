"""What is said of something, looked up one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar, overload

from ..mentions import Row

K = TypeVar("K")
V = TypeVar("V")


class Rows(Sequence[V], Generic[V]):
    """Mentions, each looked up when it is asked for, since a page shows few of many.

    Attributes:
        rows: what is known of each without a look.
        look: finds what a row is of.
    """

    def __init__(self, rows: Iterable[Row], look: Callable[[Row], V]) -> None:
        """Take the rows, and how each is looked up."""
        self.rows, self.look = tuple(rows), look

    def of(self, rows: Iterable[Row]) -> Rows[V]:
        """Others of the same kind."""
        return Rows(rows, self.look)

    def sorted(self, key: Callable[[Row], Any]) -> Rows[V]:
        """The same in an order that their rows give."""
        return Rows(sorted(self.rows, key=key), self.look)

    @overload
    def __getitem__(self, index: int) -> V: ...

    @overload
    def __getitem__(self, index: slice) -> Rows[V]: ...

    def __getitem__(self, index: int | slice) -> V | Rows[V]:
        if isinstance(index, slice):
            return Rows(self.rows[index], self.look)
        return self.look(self.rows[index])

    def __len__(self) -> int:
        return len(self.rows)


class Relation(Generic[K, V]):
    """By what is mentioned: who mentions it. What is not, has nobody."""

    def __init__(self, find: Callable[[K], Iterable[Row]], look: Callable[[Row], V]) -> None:
        """Take how the mentions of something are found, and how each is looked up."""
        self._find, self._look = find, look

    def __getitem__(self, key: K) -> Rows[V]:
        return Rows(self._find(key), self._look)

    def get(self, key: K, default: Sequence[V] = ()) -> Sequence[V]:
        """The same."""
        return self[key]

    def of(self, rows: Iterable[Row]) -> Rows[V]:
        """Some mentions that are known already."""
        return Rows(rows, self._look)
