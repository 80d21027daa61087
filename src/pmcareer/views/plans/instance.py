"""Instances and their answers as Reports: for second solvers, and for whoever asks with plain numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from pmcareer.api.plans.instance_easings import EasedInstance
from pmcareer.api.plans.instances import InstanceAnswer
from pmcareer.planning.exact import write_fraction
from pmcareer.planning.plan import Plan, Step
from pmcareer.views.report import Cell, Column, Plain, Report, Table, lines
from pmcareer.views.wording import counted, number

_CUT_SHORT = {"patience": "the search was cut short", "interrupted": "the search was interrupted"}
# What is asked first, what is open once that is proven, and what is then not ruled out.
_OPEN = {
    "fastest": ("the day of arrival", "the cost is", "a cheaper plan of that day"),
    "cheapest": ("the cost", "the day of arrival is", "a sooner plan of that cost"),
    "fewest-exams": ("the number of exams", "the rest is", "a sooner or cheaper plan of as many"),
}
_BOUNDS = {
    "fastest": "no plan arrives before day {}",
    "cheapest": "no plan costs less than {}",
    "fewest-exams": "no plan has fewer than {} exams",
    "earnings": "no plan earns more than {} up to the horizon",
}


def instance_report(document: dict[str, Plain]) -> Report:
    """An instance as a report that only has a machine form."""
    return Report("Planning instance", (), document)


def outcome_report(answer: InstanceAnswer, as_of: date, *, pareto: bool = False) -> Report:
    """The answer to an instance, in days and plain costs. *pareto*: its plans are trade-offs."""
    blocks = [_table(plan) for plan in answer.outcome.plans]
    verdict = lines("", list(_verdict(answer, pareto=pareto)))
    why_not = [lines("Why not", list(_why_not(answer)), "warn")] if answer.why_not else []
    fine = bool(answer.outcome.plans)
    return Report(
        "Instance", (*blocks, verdict, *why_not), _answer(answer, as_of, pareto=pareto), "fine" if fine else "bad-news"
    )


# --- in words -------------------------------------------------------------------------------------------------------


def _table(plan: Plan) -> Table:
    columns = (Column("Start", "right"), Column("End", "right"), Column("Step"), Column("Cost", "right"))
    rows = tuple(
        (Cell(str(s.start_day)), Cell(str(s.end_day)), Cell(f"{s.kind} {s.id}"), Cell(number(s.cost)))
        for s in plan.steps
    )
    return Table(columns, rows, f"Day {plan.arrival_day}, cost {number(plan.cost)}, {counted(plan.exams, 'exam')}")


def _verdict(answer: InstanceAnswer, *, pareto: bool) -> Iterator[str]:
    outcome = answer.outcome
    found = counted(len(outcome.plans), "plan") if outcome.plans else "no plan"
    if outcome.proven_optimal:
        yield f"{found}, proven"
    else:
        missing = "" if outcome.plans else " found, and that there is none is not proven"
        yield f"{found}{missing or ', not proven'}: {_CUT_SHORT[answer.cut_short or 'patience']}"
        yield from _bound(answer, pareto=pareto)
    yield f"{outcome.explored} labels looked at"


def _bound(answer: InstanceAnswer, *, pareto: bool) -> Iterator[str]:
    """What is proven all the same."""
    bound, plans = answer.outcome.bound, answer.outcome.plans
    objective = "cheapest" if pareto else answer.instance.objective
    if bound is None:
        return
    if not pareto and plans and _own(objective, plans[0]) == bound:
        own, open_, better = _OPEN[objective]
        which = " of the first plan" if len(plans) > 1 else ""
        yield f"{own}{which} is proven, only {open_} open: {better} is not ruled out, and no bound of it is known"
    elif plans or objective != "fastest" or bound <= answer.instance.last_day:
        yield _BOUNDS[objective].format(number(bound))


def _own(objective: str, plan: Plan) -> Fraction | None:
    """What a plan comes to by what is asked first."""
    own = {"fastest": Fraction(plan.arrival_day), "cheapest": plan.cost, "fewest-exams": Fraction(plan.exams)}
    return own.get(objective)


def _why_not(answer: InstanceAnswer) -> Iterator[str]:
    why_not = answer.why_not
    if why_not is None:
        return
    for eased in why_not.sets:
        plan = eased.plan
        told = f"day {plan.arrival_day}, cost {number(plan.cost)}, {counted(plan.exams, 'exam')}"
        yield f"a plan exists with {' and '.join(limit.text for limit in eased.limits)}: {told}"
    if not why_not.tried:
        yield "what would have to be eased is not looked at" if not why_not.complete else blocked(answer)
    elif not why_not.complete:
        yield "not every way of easing was looked at to the end: there may be others"
    elif not why_not.sets:
        yield blocked(answer)


def blocked(answer: InstanceAnswer) -> str:
    """That no limit stands in the way."""
    tried = " and ".join(limit.text for limit in answer.why_not.tried) if answer.why_not else ""
    return f"there is no plan with {tried} either" if tried else "nothing that binds it could be eased"


# --- for programs ---------------------------------------------------------------------------------------------------


def _answer(answer: InstanceAnswer, as_of: date, *, pareto: bool) -> dict[str, Plain]:
    outcome, why_not = answer.outcome, answer.why_not
    unreachable = why_not is not None and why_not.complete and not why_not.sets
    return {
        "schema": "pmcareer.plan/1",
        "as_of": as_of.isoformat(),
        "objective": answer.instance.objective,
        "plans": [_plan(plan, answer) for plan in outcome.plans],
        "why_not": [_eased(one) for one in why_not.sets] if why_not else [],
        "why_not_complete": bool(outcome.plans) or (why_not is not None and why_not.complete),
        "blocked": [blocked(answer)] if unreachable else [],
        "search_complete": bool(outcome.plans) or outcome.proven_optimal,
        "cut_short": answer.cut_short or None,
        "bound": None if outcome.bound is None else write_fraction(outcome.bound),
        "pareto": pareto,
    }


def _plan(plan: Plan, answer: InstanceAnswer) -> dict[str, Plain]:
    outcome, first = answer.outcome, plan is answer.outcome.plans[0]
    return {
        "arrival_day": plan.arrival_day,
        "cost": write_fraction(plan.cost),
        "exams": plan.exams,
        **({"earnings": write_fraction(earned)} if (earned := answer.earnings(plan)) is not None else {}),
        "proven_optimal": outcome.proven_optimal or (first and outcome.first_proven),
        "bound": None if outcome.bound is None else write_fraction(outcome.bound),
        "steps": [_step(step) for step in plan.steps],
    }


def _eased(eased: EasedInstance) -> Plain:
    change: dict[str, Plain] = {}
    for limit in eased.limits:
        change.update(limit.change)
    return {
        "ease": [limit.text for limit in eased.limits],
        "change": change,
        "arrival_day": eased.plan.arrival_day,
        "cost": write_fraction(eased.plan.cost),
        "exams": eased.plan.exams,
        "proven_optimal": eased.proven_optimal,
    }


def _step(step: Step) -> Plain:
    return {
        "kind": step.kind,
        "id": step.id,
        "start_day": step.start_day,
        "end_day": step.end_day,
        "cost": write_fraction(step.cost),
        "variant": step.variant,
    }
