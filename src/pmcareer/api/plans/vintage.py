"""How old the prices and the pay of an answer are: said where they were read long before or after the day asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pmcareer.api.compiling.questions import Assumption
from pmcareer.api.plans.answers import DatedPlan

FRESH_DAYS = 183


def aged(as_of: date, plans: Sequence[DatedPlan]) -> Iterator[Assumption]:
    """The assumption that prices and pay read long before or after *as_of* are those of that day."""
    read = sorted(day for plan in plans for day in _read(plan))
    if not read:
        return
    if (as_of - read[-1]).days > FRESH_DAYS:
        yield Assumption(f"prices and pay are as last read on {read[-1]}, long before {as_of}: they may have changed")
    elif (read[0] - as_of).days > FRESH_DAYS:
        text = f"prices and pay are those read on {read[0]}, not those of {as_of}, where the catalog dates no price"
        yield Assumption(text)


def _read(plan: DatedPlan) -> Iterator[date]:
    """The days on which its figures were read."""
    lines = (line.citation for line in plan.cost_lines)
    for citation in (*lines, plan.pay_from.citation, plan.pay_to.citation):
        if citation is not None and citation.read is not None:
            yield citation.read
