"""A plan on the calendar: the search's days and ids become dates, names, money, reasons and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from pmcareer.api.catalog.pay import pay_at
from pmcareer.api.compiling.compiled import UNPRICED, Compiled, role_of
from pmcareer.api.compiling.questions import PlanRequest
from pmcareer.api.plan_upkeep.history import PlanUpkeep, price_lines, with_upkeep
from pmcareer.api.plan_upkeep.hours import Study, hours_warnings
from pmcareer.api.plans.answers import CostLine, DatedPlan, PlannedStep, Reason, StayInRole
from pmcareer.api.plans.explaining import reasons_of
from pmcareer.api.plans.waiting import awaited
from pmcareer.dates import days_to_months
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.model.pricing import PriceLine
from pmcareer.model.sources import Citation, cite
from pmcareer.money import Money
from pmcareer.planning.critical import StepNote, critical_path
from pmcareer.planning.events import in_order_of_events
from pmcareer.planning.plan import Plan, Step
from pmcareer.planning.stays import stays
from pmcareer.values import dataclass

if TYPE_CHECKING:
    from pmcareer.renewals.foreseen import DueStep


@dataclass(frozen=True, slots=True)
class _Dating:
    """What turns one plan's numbers into dates, names and money."""

    catalog: Catalog
    request: PlanRequest
    compiled: Compiled
    plan: Plan
    upkeep: PlanUpkeep
    too_many_hours: Mapping[tuple[int, str], str]

    def day(self, day: int) -> date:
        return self.request.as_of + timedelta(days=day)

    def due(self, step: Step) -> DueStep | None:
        """What the renewal engine says of a renewal."""
        return self.upkeep.due.get((step.end_day, step.id)) if step.kind == "renew" else None

    def cite(self, line: PriceLine) -> Citation:
        return cite(line.amount.provenance, self.catalog.sources)


def dated(catalog: Catalog, request: PlanRequest, compiled: Compiled, plan: Plan) -> DatedPlan:
    """The search's plan with dates, money, reasons and sources; its renewals are those of the renewal engine."""
    plan, upkeep = with_upkeep(catalog, compiled, plan)
    hours = hours_warnings(upkeep.due, tuple(_studies(compiled, plan)), compiled.situation.hours_per_week)
    dating = _Dating(catalog, request, compiled, plan, upkeep, hours)
    lines = tuple(_cost_lines(dating))
    moves = moves_in_order(compiled, plan)
    notes = critical_path(compiled.instance, plan)
    reasons = reasons_of(catalog, request, compiled, notes, moves, upkeep.moved)
    places = {step: place for place, step in enumerate(in_order_of_events(compiled.instance, plan))}
    steps = tuple(
        _step(dating, note, why)
        for note, why in sorted(zip(notes, reasons, strict=True), key=lambda pair: places[pair[0].step])
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
        stays=tuple(_stays(dating, moves)),
        earnings=_earnings(compiled, plan),
    )


def _stays(dating: _Dating, moves: Sequence[Step]) -> Iterator[StayInRole]:
    compiled = dating.compiled
    for stay in stays(compiled.instance, dating.plan, moves):
        role, into = role_of(stay.role), role_of(stay.into)
        if role != into:
            meaning = compiled.moves.get((role, into))
            awaits = awaited(meaning.requires if meaning else None, stay.awaited)
            yield StayInRole(
                role, role_name(dating.catalog, role), dating.day(stay.since), dating.day(stay.until), awaits
            )


def _earnings(compiled: Compiled, plan: Plan) -> Money | None:
    """Pay minus costs over the whole horizon, where the question is about that."""
    if compiled.instance.objective != "earnings":
        return None
    earned = earned_by(compiled, plan)
    unpriced = round(-earned / UNPRICED)  # how many unknown prices it holds: pay is far smaller than one of them
    return money_of(earned + unpriced * UNPRICED, compiled.currency)


def earned_by(compiled: Compiled, plan: Plan) -> Fraction:
    """Pay minus costs over the whole horizon, as the planner counts it (unknown prices are UNPRICED)."""
    from pmcareer.planning.earnings import earnings_of

    return earnings_of(compiled.instance, plan)


def moves_in_order(compiled: Compiled, plan: Plan) -> list[Step]:
    """The plan's moves in the order made (the plan itself has those of one day by name)."""
    return [step for step in in_order_of_events(compiled.instance, plan) if step.kind == "move"]


def _is_bookkeeping(step: Step, compiled: Compiled) -> bool:
    """A move to a second name of the same role, which only the compiled graph needs."""
    return step.kind == "move" and step.id == f"{compiled.situation.role}+goal"


def _known_total(plan: Plan, compiled: Compiled) -> Money:
    known = sum((step.cost % UNPRICED for step in plan.steps), Fraction(0))
    return money_of(known, compiled.currency)


def money_of(cost: Fraction, currency: str) -> Money:
    """A cost of the instance as money."""
    return Money(Decimal(cost.numerator) / Decimal(cost.denominator), currency)


def _step(dating: _Dating, note: StepNote, why: tuple[Reason, ...]) -> PlannedStep:
    compiled, step = dating.compiled, note.step
    # A renewal's day is fixed; it never holds arrival up.
    float_days = max(1, dating.plan.arrival_day - step.end_day) if note.float_days is None else note.float_days
    return PlannedStep(
        kind=step.kind,
        id=role_of(step.id) if step.kind == "move" else step.id,
        name=_name(dating.catalog, step),
        start=dating.day(step.start_day),
        end=dating.day(step.end_day),
        cost=money_of(step.cost % UNPRICED, compiled.currency),
        priced=step.cost < UNPRICED,
        hours=_hours(dating, step),
        because=why,
        citations=tuple(_own_citations(dating, step)),
        critical=float_days == 0,
        float_days=float_days,
        warnings=tuple(_warnings(dating, step)),
        fee_only=(due := dating.due(step)) is not None and due.route is None,
    )


def _studies(compiled: Compiled, plan: Plan) -> Iterator[Study]:
    as_of = compiled.situation.as_of
    for step in plan.steps:
        if step.kind == "study":
            first, end = (as_of + timedelta(days=day) for day in (step.start_day, step.end_day))
            yield Study(first, end, _study_hours(compiled, step))


def _study_hours(compiled: Compiled, step: Step) -> Fraction:
    certification = compiled.instance.certifications[step.id]
    return certification.study_hours if step.variant is None else certification.variants[step.variant].study_hours


def _hours(dating: _Dating, step: Step) -> Fraction | None:
    """The hours of a study, or those that a renewal still needs (units that serve several are earned once)."""
    if due := dating.due(step):
        return due.hours
    return _study_hours(dating.compiled, step) if step.kind == "study" else None


def _own_citations(dating: _Dating, step: Step) -> Iterator[Citation]:
    """The sources behind the step's own hours, price and rule."""
    sources = dating.catalog.sources
    certification = dating.catalog.certifications.get(CertificationId(step.id))
    if step.kind == "study" and certification is not None:
        yield cite(certification.study.hours.provenance, sources)
    elif step.kind in ("earn", "renew"):
        yield from (dating.cite(line) for line in _lines(dating, step))
        due = dating.due(step)
        if due is not None and due.rule is not None:
            yield cite(due.rule.provenance, sources)


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
    return CostLine(
        what, dating.day(step.end_day), line.amount.value, dating.cite(line), note, line.amount.alternatives, line.joins
    )


def _lines(dating: _Dating, step: Step) -> Sequence[PriceLine]:
    """What falls due with an earning or a renewal."""
    certification = CertificationId(step.id)
    if step.kind == "earn":
        ways = dating.compiled.preparations[certification]
        return ways[0 if step.variant is None else step.variant + 1].lines
    due = dating.due(step)
    return price_lines(dating.catalog, due) if due is not None else ()


def _warnings(dating: _Dating, step: Step) -> Iterator[str]:
    """Hours of a renewal that do not fit; announced changes of the rules behind a step, in effect before its day."""
    if step.kind == "renew" and (words := dating.too_many_hours.get((step.end_day, step.id))):
        yield words
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
        return role_name(catalog, role_of(step.id))
    return short_names(catalog).get(step.id, step.id)


def role_name(catalog: Catalog, role: str) -> str:
    """The role's name; its id where the catalog has none."""
    entry = catalog.roles.get(RoleId(role))
    return entry.name if entry else role


def short_names(catalog: Catalog) -> Mapping[str, str]:
    """What people call each certification: its abbreviation where it has one."""
    return catalog.index.short_names("certifications")
