"""Why a milestone slipped, in the words of schedule variance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Literal

from pmcareer.api.plans.answers import PlanAnswer, PlannedStep
from pmcareer.model.baseline import BaselinePlan, BaselineStep, rounded
from pmcareer.values import dataclass

ReasonCode = Literal[
    "done-early",
    "done-on-time",
    "done-late",
    "late-start",
    "later-start",
    "earlier-start",
    "longer-study",
    "shorter-study",
    "longer-wait",
    "shorter-wait",
    "follows",
    "rule-changed",
    "price-changed",
    "not-recorded",
    "dropped",
    "no-plan",
    "added",
]
REASON_CODES: tuple[ReasonCode, ...] = ReasonCode.__args__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Why:
    """One reason, for programs and for people."""

    code: ReasonCode
    text: str


def reasons_for(
    then: BaselineStep,
    done: date | None,
    ahead: PlannedStep | None,
    base: BaselinePlan,
    answer: PlanAnswer,
    rule: str,
    follows: tuple[str, int] | None,
) -> Iterator[Why]:
    """The reasons for one milestone of *base*; *follows*: the name and the slip of the one that slipped before it."""
    if done is not None:
        yield _done((done - then.end).days)
    elif ahead is None:
        yield _gone(then, answer)
    else:
        yield from _slipped(then, ahead, base, answer, follows)
        yield from _changed(then, ahead, rule)


def _done(days: int) -> Why:
    if days == 0:
        return Why("done-on-time", "done as planned")
    if days < 0:
        return Why("done-early", f"done {_days(-days)} early")
    return Why("done-late", f"done {_days(days)} late")


def _gone(then: BaselineStep, answer: PlanAnswer) -> Why:
    if not answer.plans:
        return Why("no-plan", "there is no plan any more")
    if then.kind == "renew" and then.end <= answer.as_of:
        return Why("not-recorded", f"was due on {then.end}, and no renewal is recorded")
    return Why("dropped", "dropped: the plan does without it")


def _slipped(
    then: BaselineStep,
    ahead: PlannedStep,
    base: BaselinePlan,
    answer: PlanAnswer,
    follows: tuple[str, int] | None,
) -> Iterator[Why]:
    slip = (ahead.end - then.end).days
    if slip == 0:
        return
    explained = 0
    if then.kind == "earn":
        for days, why in _studied(then, base, answer):
            explained += days
            yield why
    elif then.kind == "move" and then.end < answer.as_of:
        yield Why("late-start", f"late: it was to be made on {then.end}, and is not recorded as made")
        return
    rest = slip - explained
    if rest and follows is not None and follows[1] * rest > 0 and abs(follows[1]) >= abs(rest):
        yield Why("follows", f"follows {follows[0]}, which {'slipped' if rest > 0 else 'gained'} {_days(follows[1])}")
    elif rest > 0:
        yield Why("longer-wait", f"waits {_days(rest)} longer for what it asks")
    elif rest < 0:
        yield Why("shorter-wait", f"waits {_days(rest)} less for what it asks")


def _studied(then: BaselineStep, base: BaselinePlan, answer: PlanAnswer) -> Iterator[tuple[int, Why]]:
    """What the study of an award explains of its slip, in days."""
    before = _study(base.steps, then)
    now = _study(answer.plans[0].steps, then)
    if before is None or now is None:
        return
    later = (now.start - before.start).days
    if later > 0 and before.start < answer.as_of:
        text = f"late start: its study was to begin on {before.start}, and begins on {now.start}"
        yield later, Why("late-start", text)
    elif later:
        code: ReasonCode = "later-start" if later > 0 else "earlier-start"
        yield later, Why(code, f"its study begins {_days(later)} {'later' if later > 0 else 'earlier'}")
    longer = (now.end - now.start).days - (before.end - before.start).days
    if longer:
        code = "longer-study" if longer > 0 else "shorter-study"
        yield longer, Why(code, f"its study takes {_days(longer)} {_than(longer)}{_hours(before, now, base, answer)}")


def _study(steps: Iterable[BaselineStep | PlannedStep], about: BaselineStep) -> BaselineStep | PlannedStep | None:
    return next((step for step in steps if step.kind == "study" and step.id == about.id), None)


def _than(days: int) -> str:
    return "longer" if days > 0 else "less"


def _hours(
    before: BaselineStep | PlannedStep, now: BaselineStep | PlannedStep, base: BaselinePlan, answer: PlanAnswer
) -> str:
    """What changed about the hours, where anything did."""
    changes = []
    hours = [rounded(Fraction(step.hours or 0)) for step in (before, now)]
    if hours[0] != hours[1]:
        changes.append(f"{hours[0]} hours then, {hours[1]} now")
    if base.hours_per_week != rounded(answer.hours_per_week):
        changes.append(f"{base.hours_per_week} hours a week then, {rounded(answer.hours_per_week)} now")
    return f" ({'; '.join(changes)})" if changes else ""


def _changed(then: BaselineStep, ahead: PlannedStep, rule: str) -> Iterator[Why]:
    """What the catalog says otherwise than then, whether or not it moved the day."""
    if then.rule != rule:
        yield Why("rule-changed", f"the catalog's rule changed: {then.rule or 'nothing'} then, {rule or 'nothing'} now")
    price = ahead.cost if ahead.priced else None
    before = then.cost.money if then.cost else None
    if then.kind != "move" and before != price:
        yield Why("price-changed", f"the price changed: {before or 'unknown'} then, {price or 'unknown'} now")


def _days(days: int) -> str:
    return f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
