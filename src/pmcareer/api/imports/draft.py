"""A draft: the profile as an import would leave it, the changes so far, and what became of each entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias

from pmcareer.model.catalog import Catalog
from pmcareer.model.people import Profile, Unmatched, UnmatchedKind
from pmcareer.model.statements import StatedDay
from pmcareer.problems import Position, Problems
from pmcareer.profiles.changes import AddUnmatched, Change, changed
from pmcareer.values import dataclass, field

DayUse: TypeAlias = Literal["begins", "ends", "expires"]
ChooseDay: TypeAlias = Callable[[StatedDay, str, DayUse], date]
"""The day that a month or year stands for, given what it is the day of and whether something begins or ends on it."""


class Outcome(StrEnum):
    """What became of an entry."""

    ADDED = "added"
    COMPLETED = "completed"
    THERE = "there"
    DIFFERS = "differs"
    UNMATCHED = "unmatched"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of an import: as it stood there, what it was taken for, and what became of it.

    ``confidence`` in percent (None: nothing was to be matched). ``assumed``: days of which only the month or year is
    said. ``nearest``: ids that may be meant.
    """

    kind: str
    said: str
    at: Position
    outcome: Outcome
    by: str = ""
    id: str = ""
    confidence: int | None = None
    note: str = ""
    assumed: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """What grows while an import is drawn up. ``matches``: what the person says that names mean.

    ``doubts``: warnings about entries, beside what is said of each in ``items``.
    """

    catalog: Catalog
    source: str
    as_of: date
    before: Profile
    profile: Profile
    choose: ChooseDay
    matches: Mapping[str, str]
    changes: list[Change] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    doubts: Problems = field(default_factory=Problems)

    def make(self, change: Change) -> None:
        """Take a change into the draft."""
        self.profile = changed(self.profile, change)
        self.changes.append(change)

    def keep(self, item: Item, kind: UnmatchedKind, from_: StatedDay | None, to: StatedDay | None, note: str) -> None:
        """Keep an entry as it stood, once."""
        entry = Unmatched(
            kind, item.said, item.by, from_.text if from_ else "", to.text if to else "", note or self.source
        )
        is_there = any(_same(entry, one) for one in self.profile.unmatched)
        if not is_there:
            self.make(AddUnmatched(entry))
        self.items.append(item)

    def day(self, stated: StatedDay, what: str, use: DayUse) -> tuple[date, tuple[str, ...]]:
        """The day to write, and the assumption that it is, if it is one."""
        if stated.day is not None:
            return stated.day, ()
        day = self.choose(stated, what, use)
        if use == "begins":  # of the running month, no day lies ahead
            day = min(day, max(self.as_of, stated.first or day))
        return day, (f"{stated.text} is taken as {day}",)

    def doubt(self, code: str, message: str, at: Position, hint: str) -> None:
        """Say what the person should look at, whatever became of the entry."""
        self.doubts.add(code, message, at, hint=hint, severity="warning")

    def comment(self, assumed: tuple[str, ...], *, before: str = "") -> str:
        """What stands behind an entry: what it was called, and which of its days are assumed."""
        said = f"{self.source}: {', '.join(assumed)}" if assumed else ""
        return "; ".join(filter(None, (before, said)))


def _same(one: Unmatched, other: Unmatched) -> bool:
    """Whether two entries are about the same; the note may have been rewritten."""
    return (one.kind, one.name, one.by, one.from_) == (other.kind, other.name, other.by, other.from_)
