"""Why there is no plan: every smallest set of constraints whose relaxation makes one exist, and the plan it allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from pmcareer.planning.instance import Instance
from pmcareer.planning.plan import Limits, Outcome
from pmcareer.planning.stopping import GIVEN_UP, solve_unless_stopped

Easing = TypeVar("Easing")


def smallest_sets(
    easings: Sequence[Easing], suffices: Callable[[tuple[Easing, ...]], bool], *, most: int | None = None
) -> Iterator[tuple[Easing, ...]]:
    """Every inclusion-minimal choice of *easings* that *suffices*, from small to large, each in their order.

    Easing more never takes a plan away, so supersets of what suffices are not tried. *most*: larger sets are looked
    for only as long as there is none.
    """
    found: list[frozenset[int]] = []
    for size in range(len(easings) + 1):
        if found and most is not None and size > most:
            return
        for places in combinations(range(len(easings)), size):
            chosen = tuple(easings[place] for place in places)
            if not any(known <= set(places) for known in found) and suffices(chosen):
                found.append(frozenset(places))
                yield chosen


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A constraint that could be eased: its name, and the instance with it eased. Easing only ever adds plans."""

    name: str
    apply: Callable[[Instance], Instance]


@dataclass(frozen=True, slots=True)
class BlockingSet:
    """A smallest set of relaxations, by name, and what becomes possible once all of them are granted."""

    names: tuple[str, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Blocking:
    """All smallest sets, fewest relaxations first.

    ``always_unreachable``: not even all relaxations together make a plan exist (``sets`` is then empty).
    ``complete``: False when a search was cut short, so that a set may be missing or larger than need be.
    """

    sets: tuple[BlockingSet, ...]
    always_unreachable: bool
    complete: bool


def blocking_sets(
    instance: Instance,
    relaxations: Sequence[Relaxation],
    *,
    limits: Limits | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Blocking:
    """Every inclusion-minimal set of *relaxations* that lets a plan exist, each with its best plan.

    If a plan exists as things stand, the only smallest set is the empty one. Sets are tried from small to large;
    supersets of a set that suffices are not tried. *limits* holds for each search on its own.
    """

    def outcome(chosen: Sequence[Relaxation]) -> Outcome:
        if should_stop is not None and should_stop():
            return GIVEN_UP
        eased = instance
        for relaxation in chosen:
            eased = relaxation.apply(eased)
        return solve_unless_stopped(eased, limits=limits, should_stop=should_stop)

    everything = outcome(relaxations)
    if not everything.plans:
        return Blocking((), everything.proven_optimal, everything.proven_optimal)
    answers: dict[tuple[str, ...], Outcome] = {}

    def suffices(chosen: tuple[Relaxation, ...]) -> bool:
        answer = everything if len(chosen) == len(relaxations) else outcome(chosen)
        answers[_names(chosen)] = answer
        return bool(answer.plans)

    found = [_names(chosen) for chosen in smallest_sets(relaxations, suffices)]
    complete = all(answer.proven_optimal for answer in answers.values())
    return Blocking(tuple(BlockingSet(names, answers[names]) for names in found), False, complete)


def _names(relaxations: Sequence[Relaxation]) -> tuple[str, ...]:
    return tuple(relaxation.name for relaxation in relaxations)
