"""What if, of a large roster: the database answers for everybody, and only those who change are looked at by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pmcareer.api.team.readiness import Judges, benches, planned_rows
from pmcareer.api.team.small import whole_book
from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.model.rosters import SmallRoster
from pmcareer.renewals.status import Status
from pmcareer.team.coverage import CoverageRow, coverage_row, in_order, with_all_rows
from pmcareer.team.groups import group_of
from pmcareer.team.readiness import ReadinessRow, TeamReadiness, ranked
from pmcareer.team.status import Tally, TeamStatus, holdings_by_person, status_of_roster
from pmcareer.team.what_if import Change, Join, Side

if TYPE_CHECKING:
    import duckdb

    from pmcareer.api.team.answers import TeamAsked
    from pmcareer.model.catalog import Catalog
    from pmcareer.team.groups import GroupBy
    from pmcareer.team.standings import StandingBook

LISTED = 100
"""So many of those who are ready, beside the people who change, are named for each target."""

Key = tuple[CertificationId, str]
Ends = Mapping[Key, Counter["date | None"]]
"""By certification and group the last valid days of those who can be relied on (None: never), with their numbers."""


def touched(connection: duckdb.DuckDBPyConnection, changes: Iterable[Change]) -> SmallRoster:
    """Those of a large roster whom the changes name."""
    from pmcareer.team.columns.database import insert
    from pmcareer.team.columns.roster import persons_named

    names = [one.who.person if isinstance(one, Join) else one.person for one in changes]
    insert(connection, "touched", {"person": "VARCHAR"}, [(name,) for name in dict.fromkeys(names)])
    return persons_named(connection, "touched")


def sides(
    catalog: Catalog,
    connection: duckdb.DuckDBPyConnection,
    asked: TeamAsked,
    versions: tuple[SmallRoster, SmallRoster],
    by: GroupBy | None,
    minimum: int,
    targets: Sequence[RoleId],
) -> tuple[Side, Side]:
    """Both sides; *versions* are the people who change, before and after.

    Coverage has the rows that may differ only, readiness the people who change and some of those who are ready.
    """
    from pmcareer.team.columns.coverage import ends_of
    from pmcareer.team.columns.status import large_status

    book = whole_book(catalog, asked.as_of, asked.due_within)
    whole = large_status(connection, book)
    own = [status_of_roster(one, book) for one in versions]
    ends = [_ends(one, book, by) for one in versions]
    certifications = sorted({certification for one in ends for certification, _ in one})
    everybody = ends_of(connection, book, by, certifications)
    before = _covered(everybody, {*ends[0], *ends[1]}, minimum)
    later = {key: everybody.get(key, Counter()) - ends[0].get(key, Counter()) for key in {*ends[0], *ends[1]}}
    after = _covered(
        {key: left + ends[1].get(key, Counter()) for key, left in later.items()}, {*ends[0], *ends[1]}, minimum
    )
    judges = Judges(catalog, asked, book)
    ready = _ready(connection, judges, versions, targets)
    cover = [with_all_rows(asked.as_of, by, minimum, rows) for rows in (before, after)]
    return (
        Side(whole, cover[0], tuple(one for one, _ in ready)),
        Side(_changed(whole, *own), cover[1], tuple(one for _, one in ready)),
    )


def _changed(whole: TeamStatus, before: TeamStatus, after: TeamStatus) -> TeamStatus:
    """The status of all, those who change taken out as they were and put back as they would be."""
    gone, come = before.tally, after.tally
    statuses = Counter(whole.tally.by_status)
    statuses.subtract(gone.by_status)
    statuses.update(come.by_status)
    due = {span: n - gone.due.get(span, 0) + come.due.get(span, 0) for span, n in whole.tally.due.items()}
    tally = Tally({status: statuses[status] for status in Status if statuses[status]}, due)
    people = whole.people - before.people + after.people
    return replace(whole, people=people, tally=tally, conferred=whole.conferred - before.conferred + after.conferred)


def _ends(roster: SmallRoster, book: StandingBook, by: GroupBy | None) -> Ends:
    held = holdings_by_person(roster.holdings)
    found: dict[Key, Counter[date | None]] = {}
    for one in roster.people:
        for standing in book.of(held.get(one.person, ())):
            own = found.setdefault((standing.certification, group_of(one, by) if by else ""), Counter())
            own.update([standing.expires] if standing.covers else [])
    return found


def _covered(ends: Ends, keys: Iterable[Key], minimum: int) -> tuple[CoverageRow, ...]:
    """The rows of *keys*; where nobody holds it, one of no holders, which says the same as none."""
    return in_order(coverage_row(*key, tuple(ends.get(key, Counter()).items()), minimum) for key in sorted(keys))


def _ready(
    connection: duckdb.DuckDBPyConnection,
    judges: Judges,
    versions: tuple[SmallRoster, SmallRoster],
    targets: Sequence[RoleId],
) -> list[tuple[TeamReadiness, TeamReadiness]]:
    """For each target both sides: who changes, and the nearest of the others."""
    changing = {one.person for version in versions for one in version.people}
    found = []
    for bench in benches(connection, judges, targets, LISTED + len(changing)):
        target = bench.target
        others = [one for one in bench.nearest.people if one.person not in changing]
        rows = list(planned_rows([(one, target) for one in others], bench.nearest.holdings, judges, 0))
        own = [_judged(version, judges, target) for version in versions]
        readies = [sum(row.judged.ready for row in mine) for mine in own]
        counts = (bench.ready, bench.ready - readies[0] + readies[1])
        sizes = (bench.candidates, bench.candidates - len(own[0]) + len(own[1]))
        old, new = (
            TeamReadiness(judges.asked.as_of, (target,), ranked([*rows, *mine]), size, {target: ready})
            for mine, size, ready in zip(own, sizes, counts, strict=True)
        )
        found.append((old, new))
    return found


def _judged(roster: SmallRoster, judges: Judges, target: RoleId) -> list[ReadinessRow]:
    people = [(one, target) for one in roster.people if one.role is not None and one.role != target]
    return list(planned_rows(people, roster.holdings, judges, 0))
