"""HR's questions: a roster and a catalog become whole answers, small ones in plain Python, large ones in a database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pmcareer.api.names import role_names
from pmcareer.api.regions import DEFAULT_REGION
from pmcareer.api.team.small import small_of
from pmcareer.errors import UsageError
from pmcareer.model.ids import CertificationId, RegionId, RoleId
from pmcareer.reading.rosters.roster import RosterOptions
from pmcareer.renewals.scheme import Scheme, scheme_of
from pmcareer.renewals.status import DUE_WITHIN
from pmcareer.team.audience import Audience, audience_for, seen
from pmcareer.team.coverage import DEFAULT_MINIMUM, TeamCoverage, coverage_of_roster
from pmcareer.team.interactions import date_circles, fee_circles
from pmcareer.team.standings import StandingBook
from pmcareer.team.status import TeamStatus, status_of_roster
from pmcareer.values import dataclass

if TYPE_CHECKING:
    import duckdb

    from pmcareer.model.catalog import Catalog
    from pmcareer.model.rosters import SmallRoster
    from pmcareer.reading.rosters.roster import Roster
    from pmcareer.team.forecast import TeamForecast
    from pmcareer.team.groups import GroupBy
    from pmcareer.team.readiness import Judged, TeamReadiness

__all__ = [
    "RosterOptions",
    "TeamAsked",
    "audience_for",
    "for_workbook",
    "team_coverage",
    "team_forecast",
    "team_readiness",
    "team_status",
    "words_for",
    "write_readiness_rows",
    "write_status_rows",
]


@dataclass(frozen=True, slots=True)
class TeamAsked:
    """What every question about a roster says: the day, for whom the answer is, and where prices are paid."""

    as_of: date
    audience: Audience = Audience()
    due_within: int = DUE_WITHIN
    region: str = ""
    currency: str = ""


def team_status(catalog: Catalog, roster: Roster, asked: TeamAsked) -> TeamStatus:
    """What everybody holds, and what it is worth."""
    if connection := _large(roster, asked):
        from pmcareer.team.columns.status import large_status

        return large_status(connection, _whole_book(catalog, asked))
    small = small_of(roster, asked)
    return status_of_roster(small, _book(catalog, small, asked))


def write_status_rows(roster: Roster, answer: TeamStatus, asked: TeamAsked, path: Path) -> None:
    """Every holding of *answer* into *path*, a CSV or Parquet file by its ending."""
    from pmcareer.team.columns.rows import copy_answered, copy_rows

    parquet = path.suffix.lower() == ".parquet"
    if answer.rows is not None:
        copy_rows(seen(answer.rows, asked.audience), path, parquet=parquet)
    elif roster.connection is not None:
        copy_answered(roster.connection, path, parquet=parquet)


IN_A_WORKBOOK = 100_000
"""So many holdings, and so many findings, of a large roster stand in a workbook."""


def for_workbook(roster: Roster, answer: TeamStatus) -> TeamStatus:
    """*answer* with its rows, of a large roster the worst ``IN_A_WORKBOOK``, and with as many findings."""
    if answer.rows is not None or roster.connection is None:
        return answer
    from pmcareer.team.columns.roster import first_findings
    from pmcareer.team.columns.rows import worst_rows

    rows = worst_rows(roster.connection, IN_A_WORKBOOK)
    return replace(answer, rows=rows, set_aside=first_findings(roster.connection, IN_A_WORKBOOK))


def team_coverage(
    catalog: Catalog,
    roster: Roster,
    asked: TeamAsked,
    by: GroupBy | None,
    minimum: int = DEFAULT_MINIMUM,
    *,
    every: bool = False,
) -> TeamCoverage:
    """How many each group has for each certification, and when that falls below *minimum*.

    *every*: all rows, however many groups there are; else those that break first.
    """
    if connection := _large(roster, asked):
        from pmcareer.team.columns.coverage import large_coverage

        return large_coverage(connection, _whole_book(catalog, asked), by, minimum, every=every)
    small = small_of(roster, asked)
    return coverage_of_roster(small, _book(catalog, small, asked), by, minimum)


def team_forecast(catalog: Catalog, roster: Roster, asked: TeamAsked, quarters: int) -> TeamForecast:
    """What falls due in each of so many quarters, this one included."""
    from pmcareer.team.forecast import Forecaster

    def forecaster(held: Sequence[CertificationId]) -> Forecaster:
        scheme = _scheme(catalog, held)
        return Forecaster(scheme, asked.as_of, region_of(catalog, asked), fee_circles(scheme), quarters)

    if connection := _large(roster, asked):
        from pmcareer.team.columns.forecast import large_forecast

        return large_forecast(connection, forecaster(tuple(catalog.certifications)))
    small = small_of(roster, asked)
    return forecaster([row.certification for row in small.holdings]).of_roster(small)


def team_readiness(
    catalog: Catalog, roster: Roster, asked: TeamAsked, target: str | None, nearest: int, *, keep: bool = False
) -> TeamReadiness:
    """Who is ready for *target* (any name), or, where that is None, for the next roles from where each stands.

    *nearest*: of a large roster so many a target are listed and planned, those who lack least; *keep*: the verdict on
    everybody stays at hand for ``write_readiness_rows``.
    """
    from pmcareer.api.team.readiness import large_readiness, readiness_of

    role = RoleId(role_names(catalog).find(target)) if target is not None else None
    if connection := _large(roster, asked):
        return large_readiness(catalog, connection, _whole_book(catalog, asked), asked, role, nearest, keep=keep)
    small = small_of(roster, asked)
    return readiness_of(catalog, small, _book(catalog, small, asked), asked, role, nearest)


def write_readiness_rows(roster: Roster, answer: TeamReadiness, words: Callable[[Judged], str], path: Path) -> None:
    """Everybody of a large roster with what each lacks, in *words*, into a CSV or Parquet file by its ending.

    The answer was asked for with ``keep``. Months and cost are known of those in ``answer.rows`` only.
    """
    from pmcareer.team.columns.rows import copy_verdicts

    if roster.connection is not None:
        said = [(person, target, one.ready, words(one)) for (person, target), one in answer.judged.items()]
        copy_verdicts(roster.connection, said, answer.rows, path, parquet=path.suffix.lower() == ".parquet")


def words_for(catalog: Catalog) -> Mapping[str, str]:
    """Short names of certifications and roles, and of kinds of experience under ``experience/<kind>``."""
    from pmcareer.api.reasons.why import names_of

    return {**catalog.index.short_names("roles"), **names_of(catalog)}


def region_of(catalog: Catalog, asked: TeamAsked) -> RegionId:
    """Where prices are paid. Raises UsageError for a region that the catalog does not have."""
    if asked.region and asked.region not in catalog.pay:
        raise UsageError(f"unknown region: {asked.region!r}", hint=f"known: {', '.join(sorted(catalog.pay))}")
    return RegionId(asked.region) if asked.region else DEFAULT_REGION


def _large(roster: Roster, asked: TeamAsked) -> duckdb.DuckDBPyConnection | None:
    """The database of a large roster of which all may be seen; None where what may be seen fits in memory."""
    return roster.connection if roster.small is None and asked.audience.sees_all else None


def _whole_book(catalog: Catalog, asked: TeamAsked) -> StandingBook:
    """The engine for every certification of the catalog."""
    scheme = _scheme(catalog, tuple(catalog.certifications))
    return StandingBook(scheme, asked.as_of, date_circles(scheme), asked.due_within)


def _book(catalog: Catalog, roster: SmallRoster, asked: TeamAsked) -> StandingBook:
    scheme = _scheme(catalog, [row.certification for row in roster.holdings])
    return StandingBook(scheme, asked.as_of, date_circles(scheme), asked.due_within)


def _scheme(catalog: Catalog, held: Sequence[CertificationId]) -> Scheme:
    """What renewals need of the catalog for what is held."""
    from pmcareer.api.schemes import scheme_for

    return scheme_for(catalog, list(dict.fromkeys(held))) if held else scheme_of((), ())
