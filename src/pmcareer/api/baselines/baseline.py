"""Baselines: a plan kept as it was, and a later plan with what happened held against it, milestone by milestone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal

from pmcareer.api.baselines.actuals import Actuals, actuals_of
from pmcareer.api.baselines.prices import PricesThen
from pmcareer.api.baselines.reasons import Why, reasons_for
from pmcareer.api.baselines.rules import rules_of_steps
from pmcareer.api.compiling.questions import PlanRequest
from pmcareer.api.loading import raise_for
from pmcareer.api.plans.answers import DatedPlan, PlanAnswer, PlannedStep
from pmcareer.errors import DataInvalidError, UsageError
from pmcareer.model.baseline import SCHEMA, BaselineMoney, BaselinePlan, BaselineStep, rounded
from pmcareer.model.catalog import Catalog
from pmcareer.model.people import Baseline, Profile
from pmcareer.money import Money
from pmcareer.profiles.changes import Change, SetBaseline
from pmcareer.reading.baseline import read_baseline
from pmcareer.values import dataclass

State = Literal["done", "ahead", "dropped", "added"]
Key = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Milestone:
    """An award, a move or a renewal, then and now. ``done``: ``now`` is the day on which it happened.

    ``dropped``: the plan of today has it no more; ``added``: the baseline does not have it. ``slip_days`` is positive
    where it comes later. A profile records no payments: ``cost_now`` of what is done is the baseline's, and of an award
    that the baseline did not have the catalog's price on its day; None where that is not known.
    """

    kind: str
    id: str
    name: str
    state: State
    done: bool
    then: date | None
    now: date | None
    slip_days: int | None
    cost_then: Money | None
    cost_now: Money | None
    reasons: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """What was due by today and what is done, in milestones of the baseline and in their planned cost."""

    milestones: int
    due: int
    done: int
    due_and_done: int
    planned_value: Money
    earned_value: Money


@dataclass(frozen=True, slots=True)
class AgainstBaseline:
    """A plan held against its baseline.

    ``schedule_days`` is negative where arrival is later (behind), ``cost`` where it costs more; None where there is no
    plan or no comparable amount. ``percent`` values are of the baseline's length and cost. ``left`` and ``joined`` are
    the steps that are no longer, and newly, on the critical path.
    """

    saved: date
    arrives_then: date
    arrives_now: date | None
    arrived: bool
    schedule_days: int | None
    schedule_percent: Fraction | None
    cost_then: Money
    cost_now: Money | None
    cost: Money | None
    cost_percent: Fraction | None
    at_least: bool
    progress: Progress
    milestones: tuple[Milestone, ...]
    critical_then: tuple[str, ...]
    critical_now: tuple[str, ...]
    notes: tuple[str, ...]


def baseline_of(catalog: Catalog, answer: PlanAnswer) -> BaselinePlan:
    """The first plan of *answer* as it is kept. Raises UsageError where there is none."""
    if not answer.plans:
        raise UsageError("there is no plan to save", hint="ease what stands in its way first")
    plan = answer.plans[0]
    rules = rules_of_steps(catalog, plan, answer.as_of)
    return BaselinePlan(
        schema=SCHEMA,
        saved=answer.as_of,
        from_=answer.start,
        to=answer.target,
        objective=answer.objective,
        hours_per_week=rounded(answer.hours_per_week),
        arrives=plan.arrives,
        cost=_kept(plan.cost),
        cost_at_least=plan.at_least,
        steps=tuple(_step(step, rule) for step, rule in zip(plan.steps, rules, strict=True)),
    )


def _step(step: PlannedStep, rule: str) -> BaselineStep:
    return BaselineStep(
        kind=step.kind,
        id=step.id,
        name=step.name,
        start=step.start,
        end=step.end,
        critical=step.critical,
        cost=_kept(step.cost) if step.priced and step.cost is not None else None,
        hours=rounded(step.hours) if step.hours is not None else None,
        rule=rule,
        fee_only=step.fee_only,
    )


def _kept(money: Money) -> BaselineMoney:
    return BaselineMoney(money.plain, money.currency)


def baseline_file(path: Path | None, profile: Path | None, as_of: date) -> Path:
    """Where a baseline is kept: the file named, else ``baseline-YYYY-MM.json`` beside the profile, else here."""
    folder = profile.parent if profile is not None else Path()
    return path if path is not None else folder / f"baseline-{as_of:%Y-%m}.json"


def baseline_entry(saved: date, file: Path, profile_path: Path) -> Change:
    """The profile's word on a baseline: its file relative to the profile's folder where it lies below it."""
    folder, target = profile_path.resolve().parent, file.resolve()
    name = target.relative_to(folder).as_posix() if target.is_relative_to(folder) else target.as_posix()
    return SetBaseline(Baseline(saved, name))


def load_baseline(named: Path | None, profile: Profile | None, profile_path: Path | None) -> BaselinePlan:
    """The baseline named, else the profile's. Raises UsageError where there is none, and the problems of its file."""
    path = named
    if path is None and profile is not None and profile.baseline is not None and profile_path is not None:
        path = profile_path.parent / profile.baseline.file
    if path is None:
        raise UsageError("no baseline to hold the plan against", hint="name its file, or --save-baseline first")
    baseline, problems = read_baseline(path)
    raise_for(problems)
    if baseline is None:
        raise DataInvalidError(problems.sorted())
    return baseline


# --- held against ---------------------------------------------------------------------------------------------------


def against(catalog: Catalog, request: PlanRequest, answer: PlanAnswer, base: BaselinePlan) -> AgainstBaseline:
    """Today's plan and what happened, held against *base*. Raises UsageError where they lead to different roles."""
    if base.to != answer.target:
        raise UsageError(f"the baseline leads to {base.to}, this plan to {answer.target}", hint=f"say --to {base.to}")
    plan = answer.plans[0] if answer.plans else None
    actuals = actuals_of(request, base.saved)
    currency = plan.cost.currency if plan is not None else base.cost.currency
    milestones = tuple(_milestones(catalog, base, answer, actuals, PricesThen(catalog, request, currency)))
    arrives = _arrival(answer, actuals)
    comparable = plan is not None and plan.cost.currency == base.cost.currency
    cost_now = _cost_now(base, milestones, plan, answer.as_of) if plan is not None and comparable else None
    length = (base.arrives - base.saved).days
    days = (base.arrives - arrives).days if arrives else None
    cost = Money(base.cost.money.amount - cost_now.amount, base.cost.currency) if cost_now else None
    return AgainstBaseline(
        saved=base.saved,
        arrives_then=base.arrives,
        arrives_now=arrives,
        arrived=answer.start == answer.target,
        schedule_days=days,
        schedule_percent=Fraction(100 * days, length) if days is not None and length else None,
        cost_then=base.cost.money,
        cost_now=cost_now,
        cost=cost,
        cost_percent=_percent(cost, base.cost.money),
        at_least=base.cost_at_least or (plan is not None and plan.at_least) or _some_unknown(milestones),
        progress=_progress(base, milestones, answer.as_of),
        milestones=milestones,
        critical_then=tuple(_critical(base.steps)),
        critical_now=tuple(_critical(plan.steps)) if plan else (),
        notes=tuple(_notes(base, answer, comparable)),
    )


def _percent(part: Money | None, whole: Money) -> Fraction | None:
    return Fraction(part.amount) * 100 / Fraction(whole.amount) if part is not None and whole.amount else None


def _arrival(answer: PlanAnswer, actuals: Actuals) -> date | None:
    if answer.start == answer.target:
        return actuals.day("move", answer.target, 0) or answer.as_of
    return answer.plans[0].arrives if answer.plans else None


def _some_unknown(milestones: Iterable[Milestone]) -> bool:
    return any(one.cost_now is None and one.kind != "move" and one.state != "dropped" for one in milestones)


def _critical(steps: Iterable[BaselineStep | PlannedStep]) -> Iterator[str]:
    verbs = {"study": "study", "earn": "earn", "move": "become", "renew": "renew"}
    return (f"{verbs[step.kind]} {step.name}" for step in steps if step.critical)


def _notes(base: BaselinePlan, answer: PlanAnswer, comparable: bool) -> Iterator[str]:
    if answer.plans and not comparable:
        yield f"the baseline counts in {base.cost.currency}, this plan does not: costs are not compared"
    if base.objective != answer.objective:
        yield f"the baseline was the {base.objective} plan, this one is the {answer.objective}"
    if base.saved > answer.as_of:
        yield f"the baseline was saved on {base.saved}, after {answer.as_of}"


def _keyed(steps: Iterable[BaselineStep | PlannedStep]) -> dict[Key, BaselineStep | PlannedStep]:
    """Milestones by kind, id and number; fees in between are none."""
    found: dict[Key, BaselineStep | PlannedStep] = {}
    for step in steps:
        if step.kind != "study" and not step.fee_only:
            number = sum(key[:2] == (step.kind, step.id) for key in found)
            found[step.kind, step.id, number] = step
    return found


def _milestones(
    catalog: Catalog, base: BaselinePlan, answer: PlanAnswer, actuals: Actuals, prices: PricesThen
) -> Iterator[Milestone]:
    """Those of the baseline in its order, then what was added."""
    plan = answer.plans[0] if answer.plans else None
    before = _keyed(base.steps)
    planned = _keyed(plan.steps) if plan else {}
    rules = _rules(catalog, plan, answer.as_of)
    found: list[Milestone] = []
    for key, then in before.items():
        found.append(_milestone(key, then, actuals, _ahead(key, planned, before, actuals), rules, base, answer, found))
    yield from found
    yield from _added(before, planned, actuals, answer, prices)


def _rules(catalog: Catalog, plan: DatedPlan | None, as_of: date) -> Mapping[tuple[str, str], str]:
    if plan is None:
        return {}
    rules = rules_of_steps(catalog, plan, as_of)
    return {(step.kind, step.id): rule for step, rule in zip(plan.steps, rules, strict=True)}


def _ahead(
    key: Key, planned: Mapping[Key, BaselineStep | PlannedStep], before: Mapping[Key, object], actuals: Actuals
) -> PlannedStep | None:
    """The step of today's plan for a milestone of the baseline; those that are done are not in it any more."""
    kind, id_, number = key
    done = sum(actuals.day(kind, id_, n) is not None for n in range(number) if (kind, id_, n) in before)
    step = planned.get((kind, id_, number - done))
    return step if isinstance(step, PlannedStep) else None


def _milestone(
    key: Key,
    then: BaselineStep | PlannedStep,
    actuals: Actuals,
    ahead: PlannedStep | None,
    rules: Mapping[tuple[str, str], str],
    base: BaselinePlan,
    answer: PlanAnswer,
    earlier: Sequence[Milestone],
) -> Milestone:
    assert isinstance(then, BaselineStep)  # noqa: S101 - those of a baseline
    done = actuals.day(*key)
    now = done or (ahead.end if ahead else None)
    cost_then = then.cost.money if then.cost else None
    if done is None and ahead is not None:
        cost_now = ahead.cost if ahead.priced else None
    else:
        cost_now = cost_then if done else None
    slip = (now - then.end).days if now else None
    follows = max((m for m in earlier if m.slip_days and m.now), key=lambda m: m.now or date.min, default=None)
    return Milestone(
        kind=then.kind,
        id=then.id,
        name=then.name,
        state="done" if done else "ahead" if ahead else "dropped",
        done=done is not None,
        then=then.end,
        now=now,
        slip_days=slip,
        cost_then=cost_then,
        cost_now=cost_now,
        reasons=tuple(
            reasons_for(
                then,
                done,
                ahead,
                base,
                answer,
                rules.get((then.kind, then.id), ""),
                (follows.name, follows.slip_days or 0) if follows else None,
            )
        ),
    )


def _added(
    before: Mapping[Key, object],
    planned: Mapping[Key, BaselineStep | PlannedStep],
    actuals: Actuals,
    answer: PlanAnswer,
    prices: PricesThen,
) -> Iterator[Milestone]:
    """What happened without being in the baseline, and what only today's plan has."""
    why = (Why("added", "added: the baseline does not have it"),)
    for kind, id_, name, day in actuals.beyond(before.keys()):
        shown = name or answer.names.get(id_, id_)
        cost = prices.award(id_, day) if kind == "earn" else None
        yield Milestone(kind, id_, shown, "added", True, None, day, None, None, cost, why)
    for key, step in planned.items():
        known = sum(other[:2] == key[:2] for other in before)
        done = sum(actuals.day(*other) is not None for other in before if other[:2] == key[:2])
        if isinstance(step, PlannedStep) and key[2] >= known - done:
            cost = step.cost if step.priced else None
            yield Milestone(step.kind, step.id, step.name, "added", False, None, step.end, None, None, cost, why)


def _cost_now(base: BaselinePlan, milestones: Iterable[Milestone], plan: DatedPlan, as_of: date) -> Money:
    """What is paid, at the baseline's prices and the catalog's for what was added, and what today's plan costs."""
    spent = [one.cost_now for one in milestones if one.done and one.cost_now]
    fees = [step.cost.money for step in base.steps if step.fee_only and step.cost and step.end <= as_of]
    return Money(plan.cost.amount + _sum([*spent, *fees]), plan.cost.currency)


def _sum(amounts: Iterable[Money]) -> Decimal:
    return sum((money.amount for money in amounts), Decimal(0))


def _progress(base: BaselinePlan, milestones: Sequence[Milestone], as_of: date) -> Progress:
    own = [one for one in milestones if one.then is not None]
    due = [one for one in own if one.then and one.then <= as_of]
    done = [one for one in own if one.done]
    currency = base.cost.currency
    return Progress(
        milestones=len(own),
        due=len(due),
        done=len(done),
        due_and_done=sum(one.done for one in due),
        planned_value=Money(_sum(one.cost_then for one in due if one.cost_then), currency),
        earned_value=Money(_sum(one.cost_then for one in done if one.cost_then), currency),
    )
