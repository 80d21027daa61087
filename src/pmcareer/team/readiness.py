"""Readiness: who of a staff meets what a role asks, what each still lacks, and how far away each is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Literal

from pmcareer.model.ids import RoleId
from pmcareer.model.requirements import Requirement
from pmcareer.money import Money
from pmcareer.values import dataclass, field

Gap = Literal["certification", "role", "requirement", "move"]


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that a person lacks: a certification or a role in between (``id``), or what a requirement asks.

    ``move``: no single move leads to the target, and what lies between is not known.
    """

    kind: Gap
    id: str = ""
    requirement: Requirement | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What one situation comes to for a target.

    ``planned``: the planner was asked; then ``days``, ``months`` and ``cost`` (``at_least``: some price is unknown)
    are those of its best way, None where it knows none.
    """

    ready: bool
    met: tuple[Requirement, ...]
    missing: tuple[Missing, ...]
    days: int | None = None
    months: Fraction | None = None
    cost: Money | None = None
    at_least: bool = False
    planned: bool = False


@dataclass(frozen=True, slots=True)
class ReadinessRow:
    """One person and one target."""

    person: str
    manager: str | None
    role: RoleId
    target: RoleId
    judged: Judged


@dataclass(frozen=True, slots=True)
class TeamReadiness:
    """What ``team readiness`` answers, nearest first for each target.

    ``rows`` are those listed of ``candidates`` in all, of whom ``ready`` meet all that is asked. ``planned`` rows have
    months and cost (None: all of them). ``in_role`` are in the target role already; ``no_role``: nobody knows what
    they are; ``no_since``: taken as new in their role, since the roster does not say since when. ``judged``: of a
    large roster whose rows are kept, those who were judged by name and target, each for all who are alike.
    """

    as_of: date
    targets: tuple[RoleId, ...]
    rows: tuple[ReadinessRow, ...]
    candidates: int
    ready: Mapping[RoleId, int] = field(default_factory=dict)
    planned: int | None = None
    in_role: int = 0
    no_role: int = 0
    no_since: int = 0
    judged: Mapping[tuple[str, RoleId], Judged] = field(default_factory=dict)


def ranked(rows: Iterable[ReadinessRow]) -> tuple[ReadinessRow, ...]:
    """By target; those who are ready first, then by days away and cost, then by how much is missing, then by name."""

    def order(row: ReadinessRow) -> tuple[object, ...]:
        judged = row.judged
        cost = judged.cost.amount if judged.cost else 0
        days = judged.days if judged.days is not None else 10**9
        return (row.target, not judged.ready, not judged.planned, days, cost, len(judged.missing), row.person)

    return tuple(sorted(rows, key=order))
