"""Schedule: a plan as project managers' tools take it; tasks and milestones on days, with what each waits for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from pmcareer.api.plans.answers import DatedPlan, PlanAnswer, PlannedStep
from pmcareer.money import Money
from pmcareer.values import dataclass
from pmcareer.views.plans.reasons import reason_text
from pmcareer.views.wording import number

PHASES = {"study": "Study", "earn": "Certifications", "move": "Roles", "renew": "Renewals"}
"""The kinds of steps, and what their tasks are grouped under."""

_VERBS = {"study": "Study {}", "earn": "Apply for and earn {}", "move": "Become {}", "renew": "Renew {}"}
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Task:
    """One task. ``start`` and ``finish`` are both inclusive; a milestone has one day and takes none of it.

    ``id`` is a word of letters, digits and underscores, the same from one plan to the next for the same step of it.
    ``after``: the ids of the tasks that must be finished first. ``cost`` None: unknown. ``deadline``: the day is the
    last on which acting is in time, not one that the plan chose.
    """

    id: str
    name: str
    phase: str
    start: dt.date
    finish: dt.date
    milestone: bool
    critical: bool
    float_days: int
    cost: Money | None
    hours: Fraction | None
    notes: tuple[str, ...]
    after: tuple[str, ...] = ()
    deadline: bool = False

    @property
    def days(self) -> int:
        """Calendar days, both ends counted; none for a milestone."""
        return 0 if self.milestone else (self.finish - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Schedule:
    """The tasks of one plan by day, from ``start`` (the as-of date) to ``finish`` (the arrival), both inclusive."""

    title: str
    start: dt.date
    finish: dt.date
    currency: str
    tasks: tuple[Task, ...]
    remarks: tuple[str, ...] = ()


def schedule_of(answer: PlanAnswer) -> Schedule | None:
    """The best plan of an answer; None where there is none."""
    if not answer.plans:
        return None
    plan = answer.plans[0]
    tasks = tuple(_tasks(answer, plan))
    return Schedule(
        title=f"{answer.start_name} → {answer.target_name}",
        start=answer.as_of,
        finish=plan.arrives,
        currency=plan.cost.currency,
        tasks=tasks,
        remarks=tuple(_remarks(plan)),
    )


def _remarks(plan: DatedPlan) -> Iterator[str]:
    yield "Made by pmcareer; all dates are calendar days."
    if plan.at_least:
        yield "Some prices are unknown: the cost is a lower bound."
    if not plan.proven:
        yield "This plan is not proven to be the best."


def _tasks(answer: PlanAnswer, plan: DatedPlan) -> Iterator[Task]:
    seen: dict[str, int] = {}
    ids = [_id(step, seen) for step in plan.steps]
    waits = _waits(plan.steps, ids)
    for step, id_ in zip(plan.steps, ids, strict=True):
        yield _task(answer, step, id_, tuple(waits[id_]))


def _id(step: PlannedStep, seen: dict[str, int]) -> str:
    word = f"{step.kind}_{step.id}".replace("-", "_").replace("+", "_again")
    seen[word] = seen.get(word, 0) + 1
    return word if seen[word] == 1 else f"{word}_{seen[word]}"


def _task(answer: PlanAnswer, step: PlannedStep, id_: str, after: tuple[str, ...]) -> Task:
    finish = max(step.start, step.end - _ONE_DAY) if step.kind == "study" else step.end
    milestone = step.kind in ("move", "renew") or (step.kind == "earn" and step.start == step.end)
    name = ("Fee: {}" if step.fee_only else _VERBS[step.kind]).format(step.name)
    return Task(
        id=id_,
        name=name,
        phase=PHASES[step.kind],
        start=finish if milestone else step.start,
        finish=finish,
        milestone=milestone,
        critical=step.critical,
        float_days=step.float_days,
        cost=step.cost if step.priced else None,
        hours=step.hours,
        notes=tuple(_notes(answer, step)),
        after=after,
        deadline=step.kind == "renew",
    )


def _notes(answer: PlanAnswer, step: PlannedStep) -> Iterator[str]:
    if step.hours:
        yield f"{number(step.hours)} hours"
    for reason in step.because:
        yield reason_text(reason, answer.names)
    yield from step.warnings
    for citation in step.citations:
        if citation.title:
            yield f"Source: {citation.title} ({citation.standing.value})"


# --- what waits for what --------------------------------------------------------------------------------------------

_SERVED = {"earning": "earn", "eligibility": "earn", "move": "move"}


def _waits(steps: Sequence[PlannedStep], ids: Sequence[str]) -> dict[str, list[str]]:
    """For each task what it waits for: by the reasons of the steps, and each move for the one before it."""
    waits: dict[str, list[str]] = {id_: [] for id_ in ids}
    for step, id_ in zip(steps, ids, strict=True):
        for reason in step.because:
            kind = _SERVED.get(reason.serves)
            for later, served in zip(steps, ids, strict=True):
                meant = kind == later.kind and reason.subject == later.id
                if meant and served != id_ and step.end <= later.end and step.kind in ("study", "earn"):
                    _once(waits[served], id_)
    moves = [id_ for step, id_ in zip(steps, ids, strict=True) if step.kind == "move"]
    for before, after in pairwise(moves):
        _once(waits[after], before)
    return waits


def _once(list_: list[str], item: str) -> None:
    if item not in list_:
        list_.append(item)
