"""Rosters for whole answers: opened with the names of a catalog."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from pmcareer.api.loading import raise_for
from pmcareer.errors import DataInvalidError, UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import RoleId
from pmcareer.model.names import as_exported
from pmcareer.problems import Position, Problem, Problems
from pmcareer.reading.rosters.opening import first_table, open_roster, shown_source
from pmcareer.reading.rosters.roster import Roster, RosterNames, RosterOptions

if TYPE_CHECKING:
    from pmcareer.reading.rosters.proposals import Proposal


def team_roster(catalog: Catalog, source: str, as_of: date, options: RosterOptions | None = None) -> Roster:
    """The roster in the file at *source*, opened.

    Raises InputUnreadableError or DataInvalidError where the source cannot be used at all, or nobody is in it; what is
    wrong in single rows is in the roster's ``set_aside``.
    """
    roster = open_roster(source, roster_names(catalog), as_of, options)
    raise_for(roster.problems)
    _refuse_empty(roster, checked=options is not None and options.thorough)
    return roster


def _refuse_empty(roster: Roster, *, checked: bool) -> None:
    """Nobody at all is no answer of noughts. Raises DataInvalidError; a check shows what is wrong with the rows."""
    if _has_people(roster):
        return
    has_rows = _has_findings(roster)
    if has_rows and checked:
        return
    message = "none of its rows tells of a person" if has_rows else "the roster has no rows: nobody is in it"
    hint = "`pmcareer team check` says why" if has_rows else "is it the right file, sheet or table?"
    raise DataInvalidError([Problem("roster-empty", message, Position(roster.source), hint=hint)])


def _has_people(roster: Roster) -> bool:
    if roster.small is not None:
        return bool(roster.small.people)
    return roster.connection is not None and bool(roster.connection.execute("FROM anybody LIMIT 1").fetchall())


def _has_findings(roster: Roster) -> bool:
    if roster.small is not None:
        return bool(roster.small.set_aside)
    return roster.connection is not None and bool(roster.connection.execute("FROM set_aside LIMIT 1").fetchall())


def roster_names(catalog: Catalog) -> RosterNames:
    """What the catalog answers to."""
    index = catalog.index

    def roles_of(titles: Iterable[str]) -> Mapping[str, RoleId]:
        from pmcareer.api.team.titles import role_of_titles

        return role_of_titles(catalog, titles)

    return RosterNames(as_exported(index.forms("certifications")), index.forms("roles"), roles_of)


def source_shown(source: str) -> str:
    """The roster's name as answers show it; the address of a database loses its secrets."""
    return shown_source(source)


def propose_mapping(catalog: Catalog, source: str, options: RosterOptions | None = None) -> Proposal:
    """A mapping for the roster at *source*, to be gone over; errors as for ``team_roster``."""
    from pmcareer.reading.rosters.proposals import propose  # no other question needs it

    problems = Problems()
    table = first_table(source, options or RosterOptions(), problems)
    if table is not None and table.parquet is None:
        proposal = propose(table, roster_names(catalog))
        raise_for(problems)
        return proposal
    raise_for(problems)
    raise UsageError("mappings are not proposed for Parquet", hint="write one by hand: see docs/reference")
