"""Why there is no plan: every smallest set of constraints whose relaxation makes one exist, and the plan it allows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from pmcareer.planning.instance import Instance
from pmcareer.planning.plan import Limits, Outcome
from pmcareer.planning.solver import solve


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
        eased = instance
        for relaxation in chosen:
            eased = relaxation.apply(eased)
        return solve(eased, limits=limits, should_stop=should_stop)

    everything = outcome(relaxations)
    if not everything.plans:
        return Blocking((), everything.proven_optimal, everything.proven_optimal)
    found: list[BlockingSet] = []
    complete = True
    for size in range(len(relaxations) + 1):
        for chosen in combinations(relaxations, size):
            names = tuple(relaxation.name for relaxation in chosen)
            if any(set(known.names) <= set(names) for known in found):
                continue
            answer = everything if size == len(relaxations) else outcome(chosen)
            complete = complete and answer.proven_optimal
            if answer.plans:
                found.append(BlockingSet(names, answer))
    return Blocking(tuple(found), False, complete)
