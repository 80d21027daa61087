"""Rosters in memory for the questions that look at every person by name: whole, or a batch of people at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pmcareer.model.rosters import HoldingRow, PersonRow, SmallRoster
from pmcareer.renewals.scheme import Scheme, scheme_of
from pmcareer.renewals.status import DUE_WITHIN
from pmcareer.team.audience import limited, nobody_seen
from pmcareer.team.interactions import date_circles
from pmcareer.team.standings import StandingBook

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from pmcareer.api.team.answers import TeamAsked
    from pmcareer.model.catalog import Catalog
    from pmcareer.reading.rosters.roster import Roster


def small_of(roster: Roster, asked: TeamAsked) -> SmallRoster:
    """What the audience may see, in memory: for questions about few, or a caller that has the room.

    Raises UsageError where the audience sees nobody.
    """
    if roster.small is None and asked.audience.sees_all:
        from pmcareer.team.columns.whole import batches

        return _joined(batches(_connection(roster)))
    small = roster.small or _visible(roster, asked)
    seen = limited(small, asked.audience)
    if not seen.people and not asked.audience.sees_all:
        raise nobody_seen(asked.audience)
    return seen


def _visible(roster: Roster, asked: TeamAsked) -> SmallRoster:
    from pmcareer.team.columns.roster import visible

    return visible(_connection(roster), asked.audience)


def _connection(roster: Roster) -> duckdb.DuckDBPyConnection:
    if roster.connection is None:
        raise ValueError("the roster has neither rows nor a database")
    return roster.connection


def small_batches(roster: Roster, asked: TeamAsked, *, by_manager: bool = False) -> Iterator[SmallRoster]:
    """What the audience may see, a batch of people at a time, in the order of the roster or of the managers."""
    if roster.small is None and roster.connection is not None and asked.audience.sees_all:
        from pmcareer.team.columns.whole import batches

        yield from batches(roster.connection, by_manager=by_manager)
        return
    small = small_of(roster, asked)
    if by_manager:
        people = sorted(small.people, key=lambda one: (one.manager or "", one.source_row))
        small = SmallRoster(tuple(people), small.holdings, small.set_aside)
    yield small


def book_for(
    catalog: Catalog, rosters: Iterable[SmallRoster], as_of: date, due_within: int | None = None
) -> StandingBook:
    """The engine for everything that is held in *rosters*."""
    scheme = scheme_of_holdings(catalog, rosters)
    book = StandingBook(scheme, as_of, date_circles(scheme))
    if due_within is not None:
        book.due_within = due_within
    return book


def whole_book(catalog: Catalog, as_of: date, due_within: int = DUE_WITHIN) -> StandingBook:
    """The engine for every certification of the catalog."""
    from pmcareer.api.schemes import scheme_for

    scheme = scheme_for(catalog, list(catalog.certifications))
    return StandingBook(scheme, as_of, date_circles(scheme), due_within)


def scheme_of_holdings(catalog: Catalog, rosters: Iterable[SmallRoster]) -> Scheme:
    """What renewals need of the catalog for what is held; what it does not have is left out."""
    from pmcareer.api.schemes import scheme_for

    held = dict.fromkeys(row.certification for roster in rosters for row in roster.holdings)
    known = [own for own in held if own in catalog.certifications]
    return scheme_for(catalog, known) if known else scheme_of((), ())


def _joined(parts: Iterable[SmallRoster]) -> SmallRoster:
    people: list[PersonRow] = []
    holdings: list[HoldingRow] = []
    for part in parts:
        people.extend(part.people)
        holdings.extend(part.holdings)
    return SmallRoster(tuple(people), tuple(holdings))
