"""Rosters as values: who is on one, what they hold, and what could not be used; one row each.

The same three tables exist in a database where a roster is large (``pmcareer.reading.rosters``); columns and
meanings are these. ``source_row`` counts as a spreadsheet does: the header is row 1, the first person row 2 (where
there is no header, in Parquet, YAML and databases, the first is row 1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.model.requirements import EducationLevel
from pmcareer.problems import Severity
from pmcareer.values import dataclass

ROUTES_PARTED = ";"
"""Between the ways of several renewals in ``HoldingRow.route``."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person, who stands in a roster once. ``role`` is the catalog's, if one is known; ``title`` HR's own words."""

    source_row: int
    person: str
    role: RoleId | None = None
    title: str | None = None
    department: str | None = None
    location: str | None = None
    manager: str | None = None
    role_since: date | None = None
    education: EducationLevel | None = None
    hired: date | None = None


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """A certification that a person holds. ``earned`` None: the roster does not say when.

    ``renewed`` is in the order of days. ``route`` is the way of the latest renewal, or, parted by ``;``, of each of
    them, with nothing where it is not known. ``issuer_says_expires`` is the last day, inclusive.
    """

    source_row: int
    person: str
    certification: CertificationId
    earned: date | None = None
    renewed: tuple[date, ...] = ()
    route: str | None = None
    issuer_says_expires: date | None = None

    @property
    def routes(self) -> Mapping[date, str]:
        """The way of each renewal, of those whose way is told."""
        if not (self.route and self.renewed):
            return {}
        ways = [way.strip(" ") for way in self.route.split(ROUTES_PARTED)]
        if len(ways) != len(self.renewed):
            return {self.renewed[-1]: self.route}
        return {day: way for day, way in zip(self.renewed, ways, strict=True) if way}


def route_of(ways: Sequence[str]) -> str | None:
    """``HoldingRow.route`` of the *ways* of all renewals, in the order of their days; empty ones are not known."""
    if not any(ways):
        return None
    return ROUTES_PARTED.join(ways) if any(ways[:-1]) else ways[-1]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A finding about one value. ``value`` is as the roster has it; ``code`` is one of ``pmcareer.problems.CODES``.

    ``severity``: ``error``: the row (a person, or a holding of one) is not used; ``warning``: the value is not used,
    the rest of the row is; ``note``: it is used, but doubtful.
    """

    source_row: int
    column_name: str
    value: str | None
    code: str
    message: str
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class SmallRoster:
    """A roster that fits in memory, each table in the order of its source rows."""

    people: tuple[PersonRow, ...] = ()
    holdings: tuple[HoldingRow, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
