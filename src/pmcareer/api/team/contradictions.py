"""Contradictions in a roster as findings with row and column, beside those of its reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pmcareer.api.team.small import scheme_of_holdings
from pmcareer.model.rosters import HoldingRow, SetAside, SmallRoster
from pmcareer.reading.rosters.layout import PartsSlot, columns_of
from pmcareer.team.contradictions import Contradiction, Contradictions
from pmcareer.team.interactions import date_circles
from pmcareer.team.status import holdings_by_person
from pmcareer.values import dataclass

if TYPE_CHECKING:
    from pmcareer.model.catalog import Catalog
    from pmcareer.reading.rosters.roster import Roster

# The field of a holding that a finding is about; others are about its renewals.
_FIELDS = {
    "renewal-route-unknown": "route",
    "renewal-issuer-disagrees": "issuer_says_expires",
    "renewal-issuer-outdated": "issuer_says_expires",
}
# Where the engine speaks of profiles.
_HINTS = {
    "renewal-route-unrecorded": "say how in a column 'route'",
    "renewal-after-expiry": "say the issuer's last day in a column 'issuer_says_expires'; if there is none, it expired",
}


@dataclass(frozen=True, slots=True)
class RosterFinding:
    """A finding with what to do about it."""

    finding: SetAside
    hint: str


def contradictions_in(catalog: Catalog, roster: Roster) -> Iterator[RosterFinding]:
    """What the renewal engine finds wrong in single holdings, person by person."""
    if roster.small is not None:
        judge = _judge(catalog, roster, [roster.small])
        parts: Iterable[SmallRoster] = [roster.small]
    elif roster.connection is not None:
        from pmcareer.team.columns.contradictions import doubtful_people

        judge = _judge(catalog, roster, None)
        parts = doubtful_people(roster.connection, judge.is_doubtful)
    else:
        return
    for part in parts:
        for rows in holdings_by_person(part.holdings).values():
            yield from (_finding(roster, found) for found in judge.of_person(rows))


def unjudged_holdings(roster: Roster) -> int:
    """How many different holdings of a very large roster were not looked at."""
    if roster.connection is None:
        return 0
    from pmcareer.team.columns.contradictions import unjudged

    return unjudged(roster.connection)


def _judge(catalog: Catalog, roster: Roster, held: list[SmallRoster] | None) -> Contradictions:
    from pmcareer.api.schemes import scheme_for

    scheme = scheme_for(catalog, list(catalog.certifications)) if held is None else scheme_of_holdings(catalog, held)
    return Contradictions(scheme, roster.as_of, date_circles(scheme))


def _finding(roster: Roster, found: Contradiction) -> RosterFinding:
    row, problem = found.row, found.problem
    name = _FIELDS.get(problem.code, "renewed")
    if name == "renewed" and not row.renewed:
        name = "issuer_says_expires"
    finding = SetAside(
        row.source_row, _column(roster, name), _value(row, name), problem.code, problem.message, problem.severity
    )
    return RosterFinding(finding, _HINTS.get(problem.code, problem.hint))


def _value(row: HoldingRow, name: str) -> str | None:
    if name == "renewed":
        return ", ".join(day.isoformat() for day in row.renewed)
    value = getattr(row, name)
    return None if value is None else str(value)


def _column(roster: Roster, name: str) -> str:
    """The column of that field; of several (``cert1_renewed``, ``cert2_renewed``) the first and the last."""
    found = [
        part.prefix + part.layout.name(place)
        for part in roster.parts
        for slot in part.layout.slots
        if isinstance(slot, PartsSlot) and (place := getattr(slot, name)) in columns_of(slot)
    ]
    return found[0] if len(found) < 2 else f"{found[0]} … {found[-1]}"
