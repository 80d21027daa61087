"""Instances and their outcomes as Reports: for second solvers, and for whoever asks with plain numbers."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from pmcareer.planning.plan import Outcome, Plan, Step
from pmcareer.views.report import Cell, Column, Plain, Report, Table, lines


def instance_report(document: dict[str, Plain]) -> Report:
    """An instance as a report that only has a machine form."""
    return Report("Planning instance", (), document)


def outcome_report(outcome: Outcome, as_of: date) -> Report:
    """The answer to an instance, in days and plain costs."""
    found = "" if outcome.plans else "no plan"
    proof = "proven" if outcome.proven_optimal or not outcome.plans else "not proven"
    blocks = tuple(_table(plan) for plan in outcome.plans)
    verdict = lines("", [f"{found or f'{len(outcome.plans)} plan'}, {proof}, {outcome.explored} labels looked at"])
    document: dict[str, Plain] = {
        "schema": "pmcareer.plan/1",
        "as_of": as_of.isoformat(),
        "plans": [_document(plan, outcome) for plan in outcome.plans],
        "why_not": [] if outcome.plans else [{"ease": [], "reason": outcome.reason}],
    }
    return Report("Instance", (*blocks, verdict), document, verdict="fine" if outcome.plans else "bad-news")


def _table(plan: Plan) -> Table:
    columns = (Column("Start", "right"), Column("End", "right"), Column("Step"), Column("Cost", "right"))
    rows = tuple(
        (Cell(str(s.start_day)), Cell(str(s.end_day)), Cell(f"{s.kind} {s.id}"), Cell(str(exact(s.cost))))
        for s in plan.steps
    )
    return Table(columns, rows, f"Day {plan.arrival_day}, cost {exact(plan.cost)}, exams {plan.exams}")


def _document(plan: Plan, outcome: Outcome) -> Plain:
    return {
        "arrival_day": plan.arrival_day,
        "cost": exact(plan.cost),
        "exams": plan.exams,
        "proven_optimal": outcome.proven_optimal,
        "bound": None if outcome.bound is None else exact(outcome.bound),
        "steps": [_step(step) for step in plan.steps],
    }


def _step(step: Step) -> Plain:
    return {
        "kind": step.kind,
        "id": step.id,
        "start_day": step.start_day,
        "end_day": step.end_day,
        "cost": exact(step.cost),
        "variant": step.variant,
    }


def exact(value: Fraction) -> int | float:
    """A whole number where it is one; costs given with cents come back with cents."""
    return value.numerator if value.denominator == 1 else float(value)
