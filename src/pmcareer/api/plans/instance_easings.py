"""What binds an instance, eased: every smallest set of its limits without which there is a plan, and that plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

from pmcareer.api.plans.easings import LONGEST_HORIZON, MOST_HOURS
from pmcareer.api.plans.solving import Stop
from pmcareer.planning.blocking import Relaxation, blocking_sets
from pmcareer.planning.exact import write_fraction
from pmcareer.planning.instance import DAYS_PER_YEAR, EducationRank, Instance, Requirement
from pmcareer.planning.plan import Limits, Plan
from pmcareer.planning.requirements import leaves
from pmcareer.values import dataclass

LONGEST_HORIZON_DAYS = int(LONGEST_HORIZON * DAYS_PER_YEAR)
LARGE = 600  # moves and certifications: each choice of limits is a question that takes its time
HUGE = 5_000  # single conditions: one such question may take minutes
_PATIENCE = Limits(explored=1_000)


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of an instance: what is said of it once it is eased, and the keys that then read otherwise."""

    text: str
    change: Mapping[str, Any]
    relaxation: Relaxation


@dataclass(frozen=True, slots=True)
class EasedInstance:
    """A smallest set of limits that together stand in the way, and the best plan found without them."""

    limits: tuple[Limit, ...]
    plan: Plan
    proven_optimal: bool


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Every smallest set. ``tried``: all limits that were eased; ``complete``: no set can be missing or too large."""

    sets: tuple[EasedInstance, ...]
    tried: tuple[Limit, ...]
    complete: bool


def why_not(instance: Instance, should_stop: Stop | None = None) -> WhyNot:
    """Why *instance* has no plan: each of its limits eased, alone and together; of a huge one nothing is tried."""
    if sum(1 for _ in _leaves(instance)) > HUGE:
        return WhyNot((), (), complete=False)
    limits = {limit.relaxation.name: limit for limit in limits_of(instance)}
    found = blocking_sets(
        instance, [limit.relaxation for limit in limits.values()], limits=_PATIENCE, should_stop=should_stop
    )
    sets = tuple(
        EasedInstance(tuple(limits[name] for name in one.names), one.outcome.plans[0], one.outcome.proven_optimal)
        for one in found.sets
    )
    return WhyNot(sets, tuple(limits.values()), found.complete)


def limits_of(instance: Instance) -> Iterator[Limit]:
    """What may bind any plan of *instance*, each eased as far as the catalog's questions are; of a large one only
    its deadline and its budget."""
    if instance.deadline_day is not None:
        yield _limit(f"an arrival after day {instance.deadline_day}", "deadline_day", None)
    if instance.budget is not None:
        yield _limit(f"a budget above {write_fraction(instance.budget)}", "budget", None)
    if len(instance.moves) + len(instance.certifications) > LARGE:
        return
    if instance.hours_per_week < MOST_HOURS:
        yield _limit(f"{MOST_HOURS} hours of study a week", "hours_per_week", Fraction(MOST_HOURS))
    rank = max((leaf.rank for leaf in _leaves(instance) if isinstance(leaf, EducationRank)), default=0)
    if rank > instance.start.education:
        eased = Relaxation("education", lambda i: replace(i, start=replace(i.start, education=rank)))
        yield Limit(f"education of rank {rank}", {"start": {"education": rank}}, eased)
    if instance.horizon_days < LONGEST_HORIZON_DAYS:
        yield _limit(f"a horizon of {LONGEST_HORIZON_DAYS} days", "horizon_days", LONGEST_HORIZON_DAYS)


def _limit(text: str, key: str, value: int | Fraction | None) -> Limit:
    change = None if value is None else int(value)
    return Limit(text, {key: change}, Relaxation(key, partial(_with, key, value)))


def _with(key: str, value: int | Fraction | None, instance: Instance) -> Instance:
    return replace(instance, **{key: value})  # type: ignore[arg-type]  # the keys above, each with its own kind


def _leaves(instance: Instance) -> Iterator[Requirement]:
    for move in instance.moves:
        yield from leaves(move.requires)
    for entry in instance.certifications.values():
        yield from leaves(entry.eligibility)
        for variant in entry.variants:
            yield from leaves(variant.when)
