"""A plan as an Agenda: when to apply, when an exam falls, when a role is reached; all of it tentative."""

from __future__ import annotations

from collections.abc import Iterator

from pmcareer.api.plans.answers import DatedPlan, PlanAnswer, PlannedStep
from pmcareer.views.agenda import Entry, Key, Kind
from pmcareer.views.calendars.reminders import remind_by_default
from pmcareer.views.plans.reasons import reason_text

VIEW = "plan"


def plan_entries(answer: PlanAnswer, person: str = "") -> Iterator[Entry]:
    """The milestones of the best plan, in its order, with the reminders of their kinds."""
    for plan in answer.plans[:1]:
        for entry in _milestones(answer, plan, person):
            yield from remind_by_default(entry)


def _milestones(answer: PlanAnswer, plan: DatedPlan, person: str) -> Iterator[Entry]:
    for step in plan.steps:
        if step.kind == "earn":
            if step.start != step.end:
                yield _entry(answer, person, step, Kind.ELIGIBLE, f"{step.name}: apply")
            yield _entry(answer, person, step, Kind.EXAM, f"{step.name}: exam passed by today")
        elif step.kind == "move":
            yield _entry(answer, person, step, Kind.PROMOTION, f"{step.name}: ready for the role")


def _entry(answer: PlanAnswer, person: str, step: PlannedStep, kind: Kind, summary: str) -> Entry:
    return Entry(
        key=Key(VIEW, person, step.id, kind),
        summary=summary,
        description="\n".join(_description(answer, step, paid=kind is Kind.ELIGIBLE or step.start == step.end)),
        day=step.start if kind is Kind.ELIGIBLE else step.end,
        tentative=True,
        categories=("Career plan",),
        url=next((c.url for c in step.citations if c.url), ""),
    )


def _description(answer: PlanAnswer, step: PlannedStep, *, paid: bool) -> Iterator[str]:
    """*paid*: this is the day to pay on, so that a fee is told once."""
    yield f"Plan: {answer.start_name} → {answer.target_name}"
    if step.kind == "earn" and paid:
        yield f"Fee: {step.cost}" if step.priced else "Fee: unknown"
    yield "Critical: a day lost here delays the goal." if step.critical else f"Float: {step.float_days} days"
    for reason in step.because:
        yield f"Why: {reason_text(reason, answer.names)}"
