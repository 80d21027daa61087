"""Readiness of one person for one role: what the move asks and is met or missing today, and the planner's way there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from pmcareer.api.compiling.compiled import Compiled
from pmcareer.api.compiling.compiling import compile_question
from pmcareer.api.compiling.questions import PlanRequest, situation_of
from pmcareer.api.reasons.field import Field
from pmcareer.api.reasons.requirement_state import Examiner, Node
from pmcareer.model.catalog import Catalog
from pmcareer.model.requirements import AnyOf, AtLeast, Held, Holds, HoldsEdition, Requirement
from pmcareer.team.readiness import Judged, Missing

_CERTIFIED = (Holds, Held, HoldsEdition)


class OneTarget(Field):
    """The field as far as one target goes: compiled without what cannot matter for it."""

    def compiled(self, counted_from: Mapping[int, date] | None = None) -> Compiled:
        """As the base class says, for the way to the request's own target."""
        key = tuple(sorted((counted_from or {}).items()))
        if key not in self._compiled:
            self._compiled[key] = compile_question(self.catalog, self.request, situation_of(self.request), counted_from)
        return self._compiled[key]


def judge(catalog: Catalog, request: PlanRequest) -> Judged:
    """What the person of *request* meets and lacks of its target, without a plan.

    Where no single move leads there, what lies between is not known yet: nothing is met, and the way is missing.
    """
    field = OneTarget(catalog, request)
    origin = field.situation.role
    meaning = field.compiled().moves.get((origin, request.to))
    if meaning is None:
        return Judged(ready=False, met=(), missing=(Missing("move"),))
    if meaning.requires is None:
        return Judged(ready=True, met=(), missing=())
    node = Examiner(field, origin, plans=False).examine(meaning.requires)
    return Judged(node.holds, tuple(dict.fromkeys(_met(node))), tuple(dict.fromkeys(_missing(node))))


def planned(catalog: Catalog, request: PlanRequest, judged: Judged) -> Judged:
    """*judged* with the planner's best way: days, months, cost; where no single move leads there, what lies between."""
    from pmcareer.api.plans.planning import answer_plan

    plans = answer_plan(catalog, request).plans
    if not plans:
        return replace(judged, planned=True)
    plan, missing = plans[0], judged.missing
    if any(one.kind == "move" for one in missing):
        between = (Missing("role", role) for role in plan.roles[1:-1])
        missing = (*between, *(Missing("certification", own) for own in plan.certifications))
    return replace(
        judged,
        missing=missing,
        planned=True,
        days=plan.days,
        months=plan.months,
        cost=plan.cost,
        at_least=plan.at_least,
    )


def _met(node: Node) -> Iterator[Requirement]:
    """The parts that hold: leaves, or the branches of alternatives that are enough."""
    if node.of and node.needs == len(node.of):
        for part in node.of:
            yield from _met(part)
    elif node.holds:
        yield from (part.requirement for part in node.of or (node,) if part.holds)


def _missing(node: Node) -> Iterator[Missing]:
    """The parts that do not hold: of alternatives the one that lacks least, all of them where several do."""
    if node.holds:
        return
    if node.of and node.needs == len(node.of):
        for part in node.of:
            yield from _missing(part)
    elif isinstance(node.requirement, AnyOf) and node.of:
        yield from _least_missing(node)
    elif isinstance(node.requirement, AtLeast):
        yield Missing("requirement", requirement=_still_needed(node))
    elif isinstance(node.requirement, _CERTIFIED):
        yield Missing("certification", node.requirement.certification)
    else:
        yield Missing("requirement", requirement=node.requirement)


def _least_missing(node: Node) -> Iterator[Missing]:
    lacks = [tuple(_missing(part)) for part in node.of]
    fewest = min(map(len, lacks))
    nearest = [part for part, lack in zip(node.of, lacks, strict=True) if len(lack) == fewest]
    if len(nearest) == 1:
        yield from _missing(nearest[0])
    else:
        yield Missing("requirement", requirement=AnyOf(tuple(part.requirement for part in nearest)))


def _still_needed(node: Node) -> Requirement:
    """How many more of those that do not hold."""
    open_ = tuple(part.requirement for part in node.of if not part.holds)
    return AtLeast(node.needs - (len(node.of) - len(open_)), open_)
