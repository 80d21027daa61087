"""What a stay in a role waits for, in the terms of the catalog."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pmcareer.api.compiling.requirements import windowed
from pmcareer.dates import months_to_days
from pmcareer.model.requirements import All, AnyOf, AtLeast, Experience, Held, Holds, HoldsEdition, Requirement, Tenure
from pmcareer.planning import instance as planning
from pmcareer.planning.stays import Awaited


def awaited(asked: Requirement | None, leaves: Collection[Awaited]) -> tuple[Requirement, ...]:
    """The parts of *asked* that the planner's *leaves* stand for, each once, in the order of the rule."""
    return tuple(dict.fromkeys(part for part in parts_of(asked) if set(standing_for(part)) & set(leaves)))


def parts_of(asked: Requirement | None) -> Iterator[Requirement]:
    """The conditions of a tree that are no branches."""
    match asked:
        case None:
            return
        case All(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from parts_of(part)
        case _:
            yield asked


def standing_for(part: Requirement) -> Iterator[Awaited]:
    """The planner's leaves that a condition compiles to, by what it names itself."""
    match part:
        case Experience(kind=kind, months=months, within_years=years):
            yield planning.ExperienceDays(windowed(kind, years), months_to_days(months))
        case Tenure(months=months):
            yield planning.TenureDays(months_to_days(months))
        case Holds(certification) | HoldsEdition(certification, _):
            yield planning.Holds(certification)
        case Held(certification):
            yield planning.Held(certification)
        case _:
            return
