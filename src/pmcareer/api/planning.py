"""Planning: a request answered; the search's days and ids become dates, money, reasons and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from pmcareer.api.answers import CostLine, DatedPlan, PlanAnswer, PlannedStep, Reason, Relaxed
from pmcareer.api.compiling import UNPRICED, Compiled, Unknown, compile_question, role_of
from pmcareer.api.explaining import reasons_of, taken_as_met
from pmcareer.api.pay import pay_at
from pmcareer.api.questions import PlanRequest, situation_of
from pmcareer.api.windows import aged_out
from pmcareer.dates import days_to_months
from pmcareer.errors import DataInvalidError
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.model.people import Holding
from pmcareer.model.pricing import PriceLine
from pmcareer.model.sources import Citation, cite
from pmcareer.money import Money
from pmcareer.planning.critical import StepNote, critical_path, route
from pmcareer.planning.plan import Limits, Outcome, Plan, Step
from pmcareer.planning.problem import Problem
from pmcareer.planning.solver import solve
from pmcareer.values import dataclass

# Where bounds and proposals do not meet, so many labels are looked at: then the best plan so far stands, and its bound.
PATIENCE = Limits(explored=20_000)


def answer_plan(catalog: Catalog, request: PlanRequest) -> PlanAnswer:
    """The best plan for *request* with its reasons, or why there is none."""
    compiled, outcome = _solved(catalog, request)
    plans = tuple(_dated(catalog, request, compiled, plan) for plan in outcome.plans[:1])
    met = [
        assumption
        for plan in outcome.plans[:1]
        for assumption in taken_as_met(catalog, compiled, plan, _moves_in_order(compiled, plan))
    ]
    proven_none = not plans and outcome.proven_optimal
    why_not, blocked = _obstacles(catalog, request, compiled) if proven_none else ((), ())
    if not plans and not proven_none:
        blocked = (
            f"the search was cut short before it found a plan: there may be one ({_bound(request, compiled, outcome)})",
        )
    return PlanAnswer(
        as_of=request.as_of,
        start=compiled.situation.role,
        target=request.to,
        start_name=_role_name(catalog, compiled.situation.role),
        target_name=_role_name(catalog, request.to),
        objective=request.objective,
        hours_per_week=compiled.situation.hours_per_week,
        plans=plans,
        proven_optimal=outcome.proven_optimal and not any(plan.at_least for plan in plans),
        bound=_bound(request, compiled, outcome),
        assumptions=(*compiled.assumptions, *met),
        unknown=tuple(_unknown(compiled, plans)),
        rates=compiled.rates,
        names={**short_names(catalog), **_experience_names(catalog)},
        why_not=why_not,
        blocked=blocked,
    )


def _obstacles(
    catalog: Catalog, request: PlanRequest, compiled: Compiled
) -> tuple[tuple[Relaxed, ...], tuple[str, ...]]:
    from pmcareer.api.obstacles import obstacles

    return obstacles(catalog, request, compiled)


def short_names(catalog: Catalog) -> Mapping[str, str]:
    """What people call each certification: its abbreviation where it has one."""
    return catalog.index.short_names("certifications")


def _experience_names(catalog: Catalog) -> Mapping[str, str]:
    kinds = catalog.experience_kinds.values()
    return {f"experience/{kind.id}": kind.name[:1].lower() + kind.name[1:] for kind in kinds}


def instance_document_of(catalog: Catalog, request: PlanRequest) -> dict[str, Any]:
    """The compiled question as ``pmcareer.instance/1``."""
    from pmcareer.planning.instance_format import instance_document

    return instance_document(compile_question(catalog, request, situation_of(request)).instance)


def solve_instance_file(path: Path) -> Outcome:
    """The outcome for an instance file; every problem of the file is raised at once."""
    from pmcareer.planning.instance_format import parse_instance
    from pmcareer.reading.json_files import read_json

    data, problems = read_json(path)
    instance = None
    if not problems.errors:
        instance, found = parse_instance(data, str(path))
        problems.extend(found)
    if instance is None or problems.errors:
        from pmcareer.api.loading import raise_for

        raise_for(problems)
        raise DataInvalidError(problems.sorted())
    return solve(instance)


def _solved(catalog: Catalog, request: PlanRequest) -> tuple[Compiled, Outcome]:
    """Solve; where dated experience would have aged out of its window by the day it is needed, solve without it.

    Each round takes days away that do not count on the day of an application, so the rounds end.
    """
    situation = situation_of(request)
    compiled = compile_question(catalog, request, situation)
    while True:
        outcome = solve(compiled.instance, limits=PATIENCE)
        stale = aged_out(catalog, compiled, outcome.plans[0]) if outcome.plans else {}
        if not stale:
            return compiled, outcome
        compiled = compile_question(catalog, request, situation, stale)


# --- a plan on the calendar -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Dating:
    """What turns one plan's numbers into dates, names and money."""

    catalog: Catalog
    request: PlanRequest
    compiled: Compiled
    plan: Plan

    def day(self, day: int) -> date:
        return self.request.as_of + timedelta(days=day)

    def end_of(self, step: Step) -> date:
        """The step's last day; a renewal's is the renewal engine's, which may differ from the instance's by a day."""
        if step.kind != "renew":
            return self.day(step.end_day)
        number = 1 + [s for s in self.plan.steps if s.kind == "renew" and s.id == step.id].index(step)
        earned = next((s for s in self.plan.steps if s.kind == "earn" and s.id == step.id), None)
        if earned is not None:
            seen_from = self.day(earned.end_day)
            holding = Holding(CertificationId(step.id), earned=seen_from)
        else:
            seen_from = self.request.as_of
            holding = next(h for h in self.compiled.situation.holdings if h.id == step.id)
        from pmcareer.api.keeping import renewal_day

        return renewal_day(self.catalog, holding, seen_from, number) or self.day(step.end_day)

    def cite(self, line: PriceLine) -> Citation:
        return cite(line.amount.provenance, self.catalog.sources)


def _dated(catalog: Catalog, request: PlanRequest, compiled: Compiled, plan: Plan) -> DatedPlan:
    dating = _Dating(catalog, request, compiled, plan)
    lines = tuple(_cost_lines(dating))
    moves = _moves_in_order(compiled, plan)
    notes = critical_path(compiled.instance, plan)
    reasons = reasons_of(catalog, request, compiled, notes, moves)
    steps = tuple(
        _step(dating, note, why)
        for note, why in _in_order_of_events(zip(notes, reasons, strict=True), moves)
        if not _is_bookkeeping(note.step, compiled)
    )
    return DatedPlan(
        arrives=dating.day(plan.arrival_day),
        days=plan.arrival_day,
        months=days_to_months(plan.arrival_day),
        cost=_known_total(plan, compiled),
        at_least=any(step.cost >= UNPRICED for step in plan.steps),
        cost_lines=lines,
        exams=plan.exams,
        steps=steps,
        roles=(compiled.situation.role, *(role_of(m.id) for m in moves if not _is_bookkeeping(m, compiled))),
        certifications=tuple(CertificationId(c) for c in plan.certifications),
        pay_from=pay_at(catalog, compiled.situation.role, compiled.situation.region),
        pay_to=pay_at(catalog, request.to, compiled.situation.region),
    )


def _moves_in_order(compiled: Compiled, plan: Plan) -> list[Step]:
    """The plan's moves in the order made (the plan itself has those of one day by name)."""
    return [move for move, _ in route(Problem(compiled.instance), plan)] if plan.steps else []


def _unknown(compiled: Compiled, plans: Sequence[DatedPlan]) -> Iterator[Unknown]:
    """What is not known, and whether the plan given rests on it."""
    names = {step.id for plan in plans for step in plan.steps if not step.priced}
    earned = {c for plan in plans for c in plan.certifications}
    for unknown in compiled.unknown:
        rests = unknown.id in (earned if unknown.what in ("renewal", "lead") else names)
        yield replace(unknown, in_plan=rests)


def _in_order_of_events(
    noted: Iterable[tuple[StepNote, tuple[Reason, ...]]], moves: Sequence[Step]
) -> list[tuple[StepNote, tuple[Reason, ...]]]:
    """By day; within a day renewals, study ends and awards come before moves, and moves in the order made."""
    within_a_day = {"renew": 0, "study": 1, "earn": 2, "move": 3}

    def order(pair: tuple[StepNote, tuple[Reason, ...]]) -> tuple[int, int, int, int]:
        step = pair[0].step
        place = moves.index(step) if step.kind == "move" else 0
        return (step.end_day, within_a_day[step.kind], place, step.start_day)

    return sorted(noted, key=order)


def _is_bookkeeping(step: Step, compiled: Compiled) -> bool:
    """A move to a second name of the same role, which only the compiled graph needs."""
    return step.kind == "move" and step.id == f"{compiled.situation.role}+goal"


def _known_total(plan: Plan, compiled: Compiled) -> Money:
    known = sum((step.cost % UNPRICED for step in plan.steps), Fraction(0))
    return _money(known, compiled.currency)


def _money(cost: Fraction, currency: str) -> Money:
    return Money(Decimal(cost.numerator) / Decimal(cost.denominator), currency)


def _step(dating: _Dating, note: StepNote, why: tuple[Reason, ...]) -> PlannedStep:
    compiled, step = dating.compiled, note.step
    # A renewal's day is fixed; it never holds arrival up.
    float_days = max(1, dating.plan.arrival_day - step.end_day) if note.float_days is None else note.float_days
    return PlannedStep(
        kind=step.kind,
        id=role_of(step.id) if step.kind == "move" else step.id,
        name=_name(dating.catalog, step),
        start=dating.end_of(step) if step.kind == "renew" else dating.day(step.start_day),
        end=dating.end_of(step),
        cost=_money(step.cost % UNPRICED, compiled.currency),
        priced=step.cost < UNPRICED,
        hours=_hours(compiled, step),
        because=why,
        citations=tuple(_own_citations(dating, step)),
        critical=float_days == 0,
        float_days=float_days,
        warnings=tuple(_warnings(dating, step)),
    )


def _hours(compiled: Compiled, step: Step) -> Fraction | None:
    """The hours of a study, or the credit hours of the cycle that a renewal ends; None for other steps."""
    if step.kind == "renew":
        return compiled.renewals[CertificationId(step.id)].hours
    if step.kind != "study":
        return None
    certification = compiled.instance.certifications[step.id]
    return certification.study_hours if step.variant is None else certification.variants[step.variant].study_hours


def _own_citations(dating: _Dating, step: Step) -> Iterator[Citation]:
    """The sources behind the step's own hours, price and rule."""
    sources = dating.catalog.sources
    certification = dating.catalog.certifications.get(CertificationId(step.id))
    if step.kind == "study" and certification is not None:
        yield cite(certification.study.hours.provenance, sources)
    elif step.kind in ("earn", "renew"):
        yield from (dating.cite(line) for line in _lines(dating, step))
        terms = dating.compiled.renewals.get(CertificationId(step.id))
        if step.kind == "renew" and terms and terms.rule:
            yield cite(terms.rule.provenance, sources)


def _cost_lines(dating: _Dating) -> Iterator[CostLine]:
    for step in dating.plan.steps:
        for line in _lines(dating, step):
            yield _cost_line(dating, step, line)


def _cost_line(dating: _Dating, step: Step, line: PriceLine) -> CostLine:
    name = short_names(dating.catalog).get(step.id, step.id)
    what = f"{name}: {line.what}"
    note = line.amount.note
    if line.elsewhere:
        note = f"price of region {line.elsewhere}; none is known for {dating.compiled.payer.region}. {note}".strip()
    return CostLine(what, dating.end_of(step), line.amount.value, dating.cite(line), note, line.amount.alternatives)


def _lines(dating: _Dating, step: Step) -> Sequence[PriceLine]:
    """What falls due with an earning or a renewal."""
    certification = CertificationId(step.id)
    if step.kind == "earn":
        ways = dating.compiled.preparations[certification]
        return ways[0 if step.variant is None else step.variant + 1].lines
    if step.kind == "renew":
        return dating.compiled.renewals[certification].lines
    return ()


def _warnings(dating: _Dating, step: Step) -> Iterator[str]:
    """Announced changes of the rules that this step rests on, which take effect before its day."""
    certification = dating.catalog.certifications.get(CertificationId(step.id))
    if certification is None or step.kind != "earn":
        return
    day = dating.day(step.start_day)
    for change in certification.eligibility.after(dating.request.as_of):
        if change.start and change.start <= day:
            yield f"the eligibility rules change on {change.start.isoformat()}"
    for lifecycle in certification.lifecycle.after(dating.request.as_of):
        if lifecycle.start and lifecycle.start <= day:
            yield f"is {lifecycle.value.status.value} from {lifecycle.start.isoformat()}"


def _name(catalog: Catalog, step: Step) -> str:
    if step.kind == "move":
        return _role_name(catalog, role_of(step.id))
    return short_names(catalog).get(step.id, step.id)


def _role_name(catalog: Catalog, role: str) -> str:
    entry = catalog.roles.get(RoleId(role))
    return entry.name if entry else role


def _bound(request: PlanRequest, compiled: Compiled, outcome: Outcome) -> str:
    """The bound in words: no plan arrives earlier, or costs less."""
    if outcome.bound is None:
        return ""
    if request.objective == "fastest":
        day = request.as_of + timedelta(days=int(outcome.bound))
        return f"no plan arrives before {day.isoformat()}"
    if outcome.bound >= UNPRICED:
        return "no plan is fully priced"
    return f"no fully priced plan costs less than {_money(outcome.bound, compiled.currency)}"
