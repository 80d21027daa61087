"""What the catalog asks for each step of a plan, in one line that is compared and never parsed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Any

from pmcareer.api.compiling.relevance import moves_among
from pmcareer.api.plans.answers import DatedPlan
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, RoleId


def rules_of_steps(catalog: Catalog, plan: DatedPlan, as_of: date) -> tuple[str, ...]:
    """For each step of *plan* in its order, what was asked for it on *as_of*; empty where nothing was."""
    return tuple(_rules(catalog, plan, as_of))


def _rules(catalog: Catalog, plan: DatedPlan, as_of: date) -> Iterator[str]:
    role = plan.roles[0]
    for step in plan.steps:
        if step.kind == "move":
            yield in_one_line(_asked_of_move(catalog, role, RoleId(step.id), as_of))
            role = RoleId(step.id)
        elif step.kind == "earn":
            eligibility = catalog.certifications[CertificationId(step.id)].eligibility.on(as_of)
            yield in_one_line(eligibility.requires if eligibility else None)
        else:
            yield ""


def _asked_of_move(catalog: Catalog, origin: RoleId, into: RoleId, as_of: date) -> Any:
    """What the move asks; of twins on several ladders the first in force counts, as in plans."""
    for _, move in moves_among(catalog, frozenset({origin, into})):
        rule = move.rules.on(as_of)
        if (move.from_, move.to) == (origin, into) and rule is not None:
            return rule.requires if rule.status != "repealed" else None
    return None


def in_one_line(value: Any) -> str:
    """``all(tenure(24), any(holds(pmp), holds(capm)))``: the tree with its values, without what it leaves unsaid."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(in_one_line(item) for item in value)
    if isinstance(value, Enum):
        return str(value.value)
    if not dataclasses.is_dataclass(value):
        return str(value)
    said = [
        in_one_line(getattr(value, field.name))
        for field in dataclasses.fields(value)
        if field.name not in ("provenance", "note") and getattr(value, field.name) != field.default
    ]
    return f"{getattr(type(value), 'TAG', type(value).__name__.lower())}({', '.join(said)})"
