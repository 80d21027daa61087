"""Contradictions between what was asked: each is refused with its reason, all of them at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from pmcareer.api.compiling.questions import DEFAULT_HORIZON_YEARS, PlanRequest
from pmcareer.dates import Length, add, months_to_days
from pmcareer.errors import UsageError

if TYPE_CHECKING:
    from pmcareer.api.plans.requests import Asked

LONGEST_HORIZON = 60
ONE_PLAN = "--engine cp-sat looks for one plan: leave out --pareto and --alternatives"


def horizon_for(by: date | None, as_of: date) -> int:
    """The horizon in years where none was asked for: the usual one, or as far as *by* lies, up to the longest."""
    if by is None:
        return DEFAULT_HORIZON_YEARS
    years = next((n for n in range(1, LONGEST_HORIZON) if months_to_days(12 * n) >= (by - as_of).days), LONGEST_HORIZON)
    return max(DEFAULT_HORIZON_YEARS, years)


def refuse_contradictions(asked: Asked, request: PlanRequest) -> None:
    """Raise UsageError where two options ask for what cannot both be."""
    found = list(_contradictions(asked, request))
    if found:
        raise UsageError("; ".join(found))


def _contradictions(asked: Asked, request: PlanRequest) -> Iterator[str]:
    if asked.pareto and asked.objective:
        yield "--pareto gives every trade-off, whatever is best: leave out --objective"
    if asked.pareto and asked.alternatives:
        yield "--pareto and --alternatives ask for different sets of plans: choose one"
    if asked.engine == "cp-sat" and (asked.pareto or request.alternatives > 1):
        yield ONE_PLAN
    if asked.by and asked.horizon_years and asked.by > add(asked.as_of, Length(months=12 * asked.horizon_years)):
        yield f"--by {asked.by} lies beyond --horizon {asked.horizon_years}: leave out one of them"
    if request.to in request.avoid:
        yield f"--avoid {request.to}: it is where you want to go"
    if request.from_ is not None and request.from_ in request.avoid:
        yield f"--avoid {request.from_}: it is the role you start in"
    for id_ in sorted(request.require & request.let_lapse):
        yield f"{id_}: required and left to lapse at once"
