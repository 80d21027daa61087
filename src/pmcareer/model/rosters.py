"""Rosters as values: who is on one, what they hold, and what could not be used; one row each.

The same three tables exist in a database where a roster is large (``pmcareer.reading.rosters``); columns and
meanings are these. ``source_row`` counts as a spreadsheet does: the header is row 1, the first person row 2 (where
there is no header, in Parquet, YAML and databases, the first is row 1).
"""

from __future__ import annotations

from datetime import date

from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.model.requirements import EducationLevel
from pmcareer.problems import Severity
from pmcareer.values import dataclass


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

    ``renewed`` is in the order of days. ``issuer_says_expires`` is the last day, inclusive.
    """

    source_row: int
    person: str
    certification: CertificationId
    earned: date | None = None
    renewed: tuple[date, ...] = ()
    route: str | None = None
    issuer_says_expires: date | None = None


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
