"""Coverage: how many people each group has for a certification, and the day on which that falls too low.

A holder counts as long as the last valid day is not past; no renewal is assumed. The first day without a holder is the
day after the last valid day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from pmcareer.model.ids import CertificationId
from pmcareer.model.rosters import SmallRoster
from pmcareer.team.groups import GroupBy, group_of
from pmcareer.team.standings import StandingBook
from pmcareer.team.status import holdings_by_person
from pmcareer.values import dataclass

DEFAULT_MINIMUM = 2
"""Fewer holders than this are a single point of failure, or none at all."""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One certification in one group.

    ``holders`` on the as-of date; ``short``: fewer than the minimum already. ``breaks_on``: the first day on which a
    lapse has left fewer than the minimum, and ``falls_to`` how many are left then; both None: no lapse is known to.
    """

    certification: CertificationId
    group: str
    holders: int
    breaks_on: date | None
    falls_to: int | None
    short: bool = False


@dataclass(frozen=True, slots=True)
class TeamCoverage:
    """What ``team coverage`` answers; ``by`` None: the whole roster is one group.

    ``rows``: the first of ``count``, of which ``short`` are below the minimum already and ``breaking`` have a day on
    which they break.
    """

    as_of: date
    by: GroupBy | None
    minimum: int
    rows: tuple[CoverageRow, ...]
    count: int
    short: int
    breaking: int


def with_all_rows(as_of: date, by: GroupBy | None, minimum: int, rows: tuple[CoverageRow, ...]) -> TeamCoverage:
    """The answer that *rows*, none of them left out, make."""
    short, breaking = sum(row.short for row in rows), sum(row.breaks_on is not None for row in rows)
    return TeamCoverage(as_of, by, minimum, rows, len(rows), short, breaking)


def coverage_of_roster(
    roster: SmallRoster, book: StandingBook, by: GroupBy | None, minimum: int = DEFAULT_MINIMUM
) -> TeamCoverage:
    """The answer for a small roster: every certification that somebody of a group holds or held."""
    held = holdings_by_person(roster.holdings)
    ends: dict[tuple[CertificationId, str], list[date | None]] = {}
    for one in roster.people:
        group = group_of(one, by) if by else ""
        for standing in book.of(held.get(one.person, ())):
            own = ends.setdefault((standing.certification, group), [])
            if standing.covers:
                own.append(standing.expires)
    rows = in_order(coverage_row(own, group, _counted(days), minimum) for (own, group), days in ends.items())
    return with_all_rows(book.as_of, by, minimum, rows)


def coverage_row(
    certification: CertificationId,
    group: str,
    holders: Sequence[tuple[date | None, int]],
    minimum: int,
) -> CoverageRow:
    """The row of a group whose holders' last valid days are *holders*, each with how many end on it (None: never)."""
    left = held = sum(count for _, count in holders)
    for day, count in sorted((day, count) for day, count in holders if day is not None):
        left -= count
        if left < minimum:
            return CoverageRow(certification, group, held, day_after(day), left, held < minimum)
    return CoverageRow(certification, group, held, None, None, held < minimum)


def in_order(rows: Iterable[CoverageRow]) -> tuple[CoverageRow, ...]:
    """What breaks first comes first."""
    return tuple(sorted(rows, key=lambda row: (row.breaks_on or date.max, row.certification, row.group)))


def _counted(days: Iterable[date | None]) -> Sequence[tuple[date | None, int]]:
    counts: dict[date | None, int] = {}
    for day in days:
        counts[day] = counts.get(day, 0) + 1
    return tuple(counts.items())


def day_after(day: date) -> date | None:
    """The day after; None where the calendar ends: then it never breaks."""
    return day + timedelta(days=1) if day < date.max else None
