"""Timeline: a value that changed over time, old values kept; ``Timeline.on(day)`` is the one way to ask."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Generic, TypeVar

from pmcareer.values import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Since(Generic[T]):
    """*value* holds from *start* on (inclusive; None: since always) until the next entry begins."""

    start: date | None
    value: T


class Timeline(Generic[T]):
    """Entries in the order of their first day, at most one a day; an entry holds until the next begins."""

    __slots__ = ("_starts", "entries")

    def __init__(self, entries: Iterable[Since[T]] = ()) -> None:
        self.entries: tuple[Since[T], ...] = tuple(entries)
        self._starts = [entry.start or date.min for entry in self.entries]
        if any(a >= b for a, b in zip(self._starts, self._starts[1:], strict=False)):
            raise ValueError("entries of a timeline must begin on different days, in order")

    def on(self, day: date) -> T | None:
        """The value in force on *day*, or None before the first entry."""
        index = bisect_right(self._starts, day) - 1
        return self.entries[index].value if index >= 0 else None

    def after(self, day: date) -> tuple[Since[T], ...]:
        """Announced changes: the entries that begin after *day*."""
        return self.entries[bisect_right(self._starts, day) :]

    @classmethod
    def always(cls, value: T) -> Timeline[T]:
        """A value that never changed."""
        return cls((Since(None, value),))

    def __iter__(self) -> Iterator[Since[T]]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Timeline) and self.entries == other.entries

    def __hash__(self) -> int:
        return hash(self.entries)

    def __repr__(self) -> str:
        return f"Timeline({list(self.entries)!r})"
