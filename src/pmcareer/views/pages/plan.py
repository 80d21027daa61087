"""The plan's part of the report page: headline figures, Gantt chart and steps, reasons, money, hours, pay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pmcareer.api.catalog.pay import PayAt
from pmcareer.api.comparing.pay_bands import PayOfRole
from pmcareer.api.plans.answers import CostLine, DatedPlan, PlanAnswer, PlannedStep
from pmcareer.views.charts.choices import choices_chart, risk_chart, tornado_chart
from pmcareer.views.charts.pay import pay_chart
from pmcareer.views.charts.plan import gantt, hours_chart, money_chart, step_in_words
from pmcareer.views.page import Fact, Folded, PageBlock, Section, is_filled
from pmcareer.views.plans.reasons import reason_words
from pmcareer.views.plans.risk import risk_blocks
from pmcareer.views.report import Cell, Column, Table, lines
from pmcareer.views.source_notes import SourceNotes
from pmcareer.views.wording import counted, months, number


def plan_facts(answer: PlanAnswer, sources: SourceNotes) -> Iterator[Fact]:
    """Arrival, cost, study, pay and the first step of the best plan; that there is none, where there is none."""
    if not answer.plans:
        yield Fact("Plan", "none", "proven" if answer.proven_optimal else "none was found in time", "bad")
        return
    plan = answer.plans[0]
    proof = "proven best" if plan.proven else "not proven best"
    kind = "soonest of the trade-offs" if answer.pareto else answer.objective
    yield Fact("Arrival", plan.arrives.isoformat(), f"{months(plan.days)}; {kind}, {proof}")
    lower = "at least " if plan.at_least else ""
    yield Fact("Cost", f"{lower}{plan.cost}", f"{counted(plan.exams, 'exam')}")
    study, credit = (_hours(plan, kind) for kind in ("study", "renew"))
    more = f", and {number(credit)} of renewal credits" if credit else ""
    yield Fact("Study", f"{number(study)} hours", f"at {number(answer.hours_per_week)} hours a week{more}")
    yield _pay_fact("Pay now", plan.pay_from, sources)
    yield _pay_fact("Pay then", plan.pay_to, sources)
    if plan.steps:
        first = min(plan.steps, key=lambda step: (step.start, step.end))
        begins = "" if first.start == first.end else f"{first.start.isoformat()} to "
        yield Fact("First step", step_in_words(first), f"{begins}{first.end.isoformat()}")


def _hours(plan: DatedPlan, kind: str) -> Fraction:
    return sum((step.hours or Fraction(0) for step in plan.steps if step.kind == kind), Fraction(0))


def _pay_fact(label: str, pay: PayAt, sources: SourceNotes) -> Fact:
    if pay.amount is None:
        return Fact(label, "unknown", "no published band is matched to the role", "dim")
    note = f"a year, median of {pay.band}, {pay.period} ({pay.match} match)"
    return Fact(label, str(pay.amount), note, "plain", sources.cite(pay.citation))


def plan_sections(answer: PlanAnswer, pay: Sequence[PayOfRole], sources: SourceNotes) -> Iterator[Section]:
    """The choice where there is one, then every plan; of the first all is shown, of the others what is asked for."""
    if len(answer.plans) > 1:
        yield Section("The choice", "choice", (choices_chart(answer),))
    for n, plan in enumerate(answer.plans, 1):
        if plan.steps and n == 1:
            yield from _first_plan(answer, plan, sources)
        elif plan.steps:
            yield _other_plan(answer, plan, n, sources)
    chart = pay_chart(pay, sources)
    if chart:
        lead = "Published figures of the occupations that the roles are matched to, not offers."
        yield Section("Pay", "pay", (chart,), lead)


def _first_plan(answer: PlanAnswer, plan: DatedPlan, sources: SourceNotes) -> Iterator[Section]:
    chart = gantt(plan, answer.as_of, _steps_table(plan, sources))
    title = "The plan" if len(answer.plans) == 1 else "Plan 1"
    yield Section(title, "plan", (chart,), "Float is how late a step may end without moving the arrival.")
    yield Section("Why", "why", (_why(answer, plan, sources),))
    if blocks := tuple(_cost_and_effort(answer, plan, sources)):
        yield Section("Cost and effort", "cost", blocks)
    if risk := tuple(_risk(plan)):
        yield Section("Risk", "risk", risk, "What follows from assumptions, which stand below; no forecast of people.")


def _risk(plan: DatedPlan) -> Iterator[PageBlock]:
    if plan.risk is None:
        return
    yield from filter(None, (risk_chart(plan.risk, plan.arrives), tornado_chart(plan.risk)))
    rests_on = tuple(block for block in risk_blocks(plan) if is_filled(block))
    yield Folded("What this rests on, and every figure of it", rests_on)


def _other_plan(answer: PlanAnswer, plan: DatedPlan, place: int, sources: SourceNotes) -> Section:
    chart = gantt(plan, answer.as_of, _steps_table(plan, sources))
    more = (_why(answer, plan, sources), *_cost_and_effort(answer, plan, sources), *_risk(plan))
    return Section(f"Plan {place}", f"plan-{place}", (chart, Folded("Why, and what it costs", more)))


def _steps_table(plan: DatedPlan, sources: SourceNotes) -> Table:
    columns = (
        Column("Step", flexible=True),
        Column("From"),
        Column("To"),
        *(Column(title, "right") for title in ("Hours", "Cost", "Float")),
    )
    return Table(columns, tuple(_step_row(step, sources) for step in plan.steps), "Steps")


def _step_row(step: PlannedStep, sources: SourceNotes) -> tuple[Cell, ...]:
    floats = "fixed" if step.kind == "renew" else "critical" if step.critical else counted(step.float_days, "day")
    return (
        Cell(step_in_words(step), "strong" if step.kind == "move" else "plain", sources.cite_all(step.citations)),
        Cell("" if step.start == step.end else step.start.isoformat()),
        Cell(step.end.isoformat()),
        Cell(number(step.hours) if step.hours is not None else ""),
        Cell(_cost(step)),
        Cell(floats, "bad" if step.critical else "dim"),
    )


def _cost(step: PlannedStep) -> str:
    if step.kind in ("study", "move"):
        return ""
    if not step.priced:
        return f"{step.cost} + unknown" if step.cost and step.cost.amount else "unknown"
    return str(step.cost)


def _why(answer: PlanAnswer, plan: DatedPlan, sources: SourceNotes) -> Table:
    """Each step but the studies (they serve what they end in) with every requirement that it serves."""
    rows = [
        (Cell(name, "strong" if n == 0 else "plain"), cell)
        for step in plan.steps
        if step.kind != "study"
        for n, (name, cell) in enumerate(_reasons(answer, step, sources))
    ]
    return Table((Column("Step", flexible=True), Column("Because", flexible=True)), tuple(dict.fromkeys(rows)))


def _reasons(answer: PlanAnswer, step: PlannedStep, sources: SourceNotes) -> Iterator[tuple[str, Cell]]:
    name = step_in_words(step)
    for reason in step.because:
        yield name, Cell(reason_words(reason, answer.names), "plain", sources.cite(reason.citation))
    for warning in step.warnings:
        yield name, Cell(warning, "warn")


# --- cost and effort ------------------------------------------------------------------------------------------------


def _cost_and_effort(answer: PlanAnswer, plan: DatedPlan, sources: SourceNotes) -> Iterator[PageBlock]:
    if any(step.cost and step.cost.amount for step in plan.steps):
        yield money_chart(plan, answer.as_of)
    if plan.cost_lines:
        yield _cost_lines(plan.cost_lines, sources)
    if answer.rates:
        rates = [f"1 {r.currency} = {r.rate.value} {r.of}, {r.on.isoformat()}" for r in answer.rates]
        yield lines("Exchange rates", rates)
    if any(step.hours for step in plan.steps):
        yield hours_chart(plan, answer.as_of)


def _cost_lines(paid: Sequence[CostLine], sources: SourceNotes) -> Table:
    columns = (
        Column("On"),
        Column("For", flexible=True),
        Column("Price", "right"),
        Column("Other sources say", flexible=True),
    )
    return Table(columns, tuple(_cost_line(line, sources) for line in paid), "What is paid for")


def _cost_line(line: CostLine, sources: SourceNotes) -> tuple[Cell, ...]:
    rivals = [
        f"{rival.value}{f' ({rival.note})' if rival.note else ''}"
        for rival in line.rivals
        if rival.value != line.amount
    ]
    note = f" ({line.note})" if line.note else ""
    amount = Cell(str(line.amount)) if line.amount else Cell("unknown", "warn")
    return (
        Cell(line.on.isoformat()),
        Cell(f"{line.what}{note}"),
        Cell(amount.text, amount.tone, sources.cite(line.citation)),
        Cell("; ".join(rivals), "dim"),
    )
