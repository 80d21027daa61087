"""The ledger of an exported calendar: what each event last said, since when, and how often it has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from hashlib import blake2b
from uuid import UUID

from pmcareer.values import dataclass, field


@dataclass(frozen=True, slots=True)
class PastEvent:
    """An event as it stands in an earlier export.

    ``stamp`` is the as-of date of its last change, ``sequence`` how often it has changed, ``fingerprint`` the
    hash of all it shows. Whole days (``day`` to ``last_day``, both inclusive; ``last_day`` None: one day) or a
    span of time (``start`` to ``end``, UTC). ``alarms`` are minutes before the start.
    """

    uid: str
    fingerprint: str
    stamp: dt.date
    sequence: int
    summary: str
    description: str = ""
    day: dt.date | None = None
    last_day: dt.date | None = None
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    categories: tuple[str, ...] = ()
    tentative: bool = False
    cancelled: bool = False
    busy: bool = False
    url: str = ""
    location: str = ""
    alarms: tuple[int, ...] = ()

    @property
    def first_day(self) -> dt.date | None:
        """The first of whole days, or the UTC day on which it starts; None where its days are not remembered."""
        return self.start.date() if self.start is not None else self.day

    def is_over(self, as_of: dt.date) -> bool:
        """Whether its last day lies before *as_of*; False where its days are not remembered."""
        ends = self.end.date() if self.end is not None else self.last_day or self.day
        return ends is not None and ends < as_of


@dataclass(frozen=True, slots=True)
class Ledger:
    """The events of an earlier export by their UIDs; an empty one for a first export."""

    events: Mapping[str, PastEvent] = field(default_factory=dict)


def owner_mark(namespace: UUID) -> str:
    """What every fingerprint of a profile begins with, so that nobody cancels another profile's events."""
    return blake2b(namespace.bytes, digest_size=4).hexdigest()
