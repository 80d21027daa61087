"""Status: what a whole staff holds on the as-of date, counted, by department and by manager."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from pmcareer.model.ids import CertificationId
from pmcareer.model.rosters import HoldingRow, PersonRow, SetAside, SmallRoster
from pmcareer.renewals.status import Status
from pmcareer.team.groups import GroupBy, group_of
from pmcareer.team.standings import Standing, StandingBook
from pmcareer.values import dataclass, field

DUE_SPANS = (30, 60, 90, 180)
"""Days ahead within which a last day counts as near, each span holding those before it."""

TO_SEE_TO = (Status.EXPIRED, Status.SUSPENDED, Status.GRACE, Status.NOTED, Status.UNKNOWN)
"""The statuses that somebody has to see to, the worst first."""

GROUPED_BY: tuple[GroupBy, ...] = ("department", "manager")


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One holding of one person; ``conferred``: a title that came by itself."""

    person: str
    manager: str | None
    certification: CertificationId
    status: Status
    expires: date | None
    conferred: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How many holdings have which status, and how many reliable ones end within each of ``DUE_SPANS``."""

    by_status: Mapping[Status, int] = field(default_factory=dict)
    due: Mapping[int, int] = field(default_factory=dict)

    @property
    def holdings(self) -> int:
        """All holdings counted."""
        return sum(self.by_status.values())


@dataclass(frozen=True, slots=True)
class GroupTally:
    """The tally of one department or of one manager's reports, and how many people that is."""

    by: GroupBy
    group: str
    people: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class TeamStatus:
    """What ``team status`` answers.

    ``tally`` counts the ``conferred`` titles too, which no row of the roster has. ``rows`` None: too many to be
    listed; ``set_aside`` are the findings that are listed, of ``findings`` in all. ``left_out``: how many groups of
    a large roster are not listed, where there are very many; those with most to see to are.
    """

    as_of: date
    people: int
    tally: Tally
    groups: tuple[GroupTally, ...]
    rows: tuple[StatusRow, ...] | None
    set_aside: tuple[SetAside, ...]
    findings: int
    conferred: int = 0
    left_out: Mapping[GroupBy, int] = field(default_factory=dict)


def status_of_roster(roster: SmallRoster, book: StandingBook) -> TeamStatus:
    """The answer for a small roster."""
    rows = tuple(status_rows(roster, book))
    return TeamStatus(
        book.as_of,
        len(roster.people),
        tally_of(rows, book.as_of),
        tuple(groups_of(roster.people, rows, book.as_of)),
        rows,
        roster.set_aside,
        len(roster.set_aside),
        sum(row.conferred for row in rows),
    )


def status_rows(roster: SmallRoster, book: StandingBook) -> Iterator[StatusRow]:
    """Each holding of each person with its standing; people as the roster has them, certifications by id."""
    held = holdings_by_person(roster.holdings)
    for one in roster.people:
        for standing in sorted(book.of(held.get(one.person, ())), key=lambda each: each.certification):
            yield StatusRow(
                one.person, one.manager, standing.certification, standing.status, standing.expires, standing.conferred
            )


def holdings_by_person(rows: Iterable[HoldingRow]) -> Mapping[str, Sequence[HoldingRow]]:
    """The holdings of each person, in the order of the roster."""
    held: dict[str, list[HoldingRow]] = {}
    for row in rows:
        held.setdefault(row.person, []).append(row)
    return held


def tally_of(rows: Iterable[StatusRow | Standing], as_of: date) -> Tally:
    """Counts by status, in the order of ``Status``, and by days left."""
    statuses: Counter[Status] = Counter()
    left: Counter[int] = Counter()
    for row in rows:
        statuses[row.status] += 1
        if row.status in (Status.ACTIVE, Status.DUE) and row.expires is not None:
            days = (row.expires - as_of).days
            left.update(span for span in DUE_SPANS if days <= span)
    return Tally(
        {status: statuses[status] for status in Status if statuses[status]}, {span: left[span] for span in DUE_SPANS}
    )


def groups_of(people: Sequence[PersonRow], rows: Sequence[StatusRow], as_of: date) -> Iterator[GroupTally]:
    """The tallies of each of ``GROUPED_BY``, in the order of the groups' names."""
    for by in GROUPED_BY:
        own = {one.person: group_of(one, by) for one in people}
        sizes = Counter(own.values())
        members: dict[str, list[StatusRow]] = {group: [] for group in sorted(sizes)}
        for row in rows:
            members[own[row.person]].append(row)
        if len(sizes) > 1 or "" not in sizes:
            yield from (GroupTally(by, group, sizes[group], tally_of(rs, as_of)) for group, rs in members.items())
