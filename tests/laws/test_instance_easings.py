"""Why an instance has no plan: every smallest set of its limits, as living every life with each choice eased has it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest
from tests.planner_oracles.brute_force import best
from tests.planner_oracles.random_instances import keen, tiny

from pmcareer.api.plans import instance_easings
from pmcareer.api.plans.instance_easings import why_not
from pmcareer.planning.instance import Instance
from pmcareer.planning.solver import solve

DAYS = 12  # as far as a horizon is eased here, so that every life can be lived
OBJECTIVES = ("fastest", "cheapest", "fewest-exams")
Found = dict[frozenset[str], tuple[int, Fraction, int]]


def bound_tightly(seed: int) -> Instance:
    """A question that seldom has a plan: little money, few days, and no more hours than an hour a day."""
    objective = OBJECTIVES[seed % 3]
    found = keen(seed, objective) if seed % 2 else tiny(seed, objective, horizon=8, most_papers=3)
    limits = {"budget": Fraction(seed % 4), "deadline_day": 1 + seed % 5}
    return replace(found, hours_per_week=Fraction(7), horizon_days=min(found.horizon_days, 8), **limits)  # type: ignore[arg-type]


def eased(instance: Instance, names: tuple[str, ...]) -> Instance:
    """The instance with these limits eased as docs/reference/json.md says."""
    rank = replace(instance.start, education=9)  # more than anything asks
    changes = {
        "budget": {"budget": None},
        "deadline_day": {"deadline_day": None},
        "hours_per_week": {"hours_per_week": Fraction(40)},
        "horizon_days": {"horizon_days": DAYS},
        "education": {"start": rank},
    }
    for name in names:
        instance = replace(instance, **changes[name])  # type: ignore[arg-type]
    return instance


def by_brute_force(instance: Instance) -> Found:
    """Every choice of limits none of whose parts would do, with the best plan then."""
    found: Found = {}
    names = ("budget", "deadline_day", "hours_per_week", "horizon_days", "education")
    for size in range(len(names) + 1):
        for chosen in combinations(names, size):
            if not any(known < set(chosen) for known in found) and (answer := best(eased(instance, chosen))):
                found[frozenset(chosen)] = (answer.arrival, answer.cost, answer.exams)
    return found


@pytest.mark.parametrize("part", range(4))
def test_every_smallest_set_and_its_best_plan(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance_easings, "LONGEST_HORIZON_DAYS", DAYS)
    told = 0
    for seed in range(part, 80, 4):
        instance = bound_tightly(seed)
        if solve(instance).plans:
            continue
        answer = why_not(instance)
        found = {
            frozenset(limit.relaxation.name for limit in one.limits): (
                one.plan.arrival_day,
                one.plan.cost,
                one.plan.exams,
            )
            for one in answer.sets
        }
        assert (seed, answer.complete, found) == (seed, True, by_brute_force(instance))
        assert all(one.proven_optimal for one in answer.sets)
        told += bool(found)
    assert told > 5
