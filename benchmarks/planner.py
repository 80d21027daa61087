"""The planner beside OR-Tools CP-SAT: the same questions, one thread each, to a proven optimum.

Run ``python -m benchmarks.planner`` from the project's folder. For each class of questions it prints medians over the
questions (each the median of ``RUNS`` runs of the planner; CP-SAT is run once a question where it is slow), the ratio,
its target, and the machine. Real questions are those of the shipped catalog; random careers come from the tests.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.planner_oracles.cp_sat import solve_by_cp_sat
from tests.planner_oracles.random_instances import career

from pmcareer.planning.instance import Certification, Instance, Objective, Variant
from pmcareer.planning.instance_format import parse_instance
from pmcareer.planning.pareto import pareto
from pmcareer.planning.plan import Limits
from pmcareer.planning.solver import solve

RUNS = 7
TARGET = 20
PATIENCE = Limits(explored=20_000)
INSTANCES = Path(__file__).parent / "instances"


@dataclass(frozen=True)
class Row:
    """One class of questions: seconds by question, and how many were proven."""

    name: str
    ours: list[float]
    proven: int
    theirs: list[float]
    theirs_proven: int

    def __str__(self) -> str:
        text = f"{self.name:34} {_milliseconds(self.ours)}  proven {self.proven}/{len(self.ours)}"
        if self.theirs:
            ratio = median(self.theirs) / median(self.ours)
            text += f"   CP-SAT {_milliseconds(self.theirs)}  proven {self.theirs_proven}/{len(self.theirs)}"
            text += f"   ratio {ratio:.1f} (target {TARGET})"
        return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--questions", type=int, default=7, help="random questions a class")
    parser.add_argument("--seconds", type=float, default=20, help="what CP-SAT is given for each criterion")
    parser.add_argument("--no-peer", action="store_true", help="leave CP-SAT out")
    options = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; medians, one thread")
    for name, questions, peer in _classes(options.questions):
        seconds = None if options.no_peer or not peer else options.seconds
        print(measure(name, list(questions), seconds), flush=True)
    times = [_timed(lambda question=question: pareto(question, limits=PATIENCE)) for question in _real("fastest")]  # type: ignore[misc]
    print(f"{'shipped catalog, pareto':34} {_milliseconds(times)}")


def _classes(count: int) -> Iterator[tuple[str, Iterator[Instance], bool]]:
    objectives: tuple[Objective, ...] = ("fastest", "cheapest")
    for objective in objectives:
        yield f"shipped catalog, {objective}", _real(objective), True
    for roles, papers, peer in ((8, 9, True), (14, 18, True), (40, 80, False), (200, 500, False)):
        for objective in objectives:
            questions = (career(seed, objective, roles, papers) for seed in range(count))
            yield f"careers of {roles} × {papers}, {objective}", questions, peer


def _real(objective: Objective) -> Iterator[Instance]:
    for path in sorted(INSTANCES.glob("*.json")):
        instance, _ = parse_instance(json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal), path.name)
        assert instance is not None
        yield replace(instance, objective=objective)


def measure(name: str, questions: list[Instance], seconds: float | None) -> Row:
    """One class: ours is the median of ``RUNS`` runs a question, unless one run takes more than a second."""
    ours, theirs = [], []
    proven = theirs_proven = 0
    for question in questions:
        proven += solve(question, limits=PATIENCE).proven_optimal
        ours.append(_timed(lambda question=question: solve(question, limits=PATIENCE)))  # type: ignore[misc]
        if seconds is not None:
            began = perf_counter()
            theirs_proven += _peer(question, seconds)
            theirs.append(perf_counter() - began)
    return Row(name, ours, proven, theirs, theirs_proven)


def _peer(question: Instance, seconds: float) -> bool:
    """Whether CP-SAT proves its optimum; it is told that every study takes an hour at least."""
    try:
        answer = solve_by_cp_sat(_no_zero_hours(question), seconds=seconds, roles_passed=len(question.roles))
    except TimeoutError:
        return False
    return answer is None or answer.proven


def _no_zero_hours(question: Instance) -> Instance:
    def entry(known: Certification) -> Certification:
        variants = tuple(Variant(v.when, v.study_hours or known.study_hours, v.cost) for v in known.variants)
        return replace(known, variants=variants)

    return replace(question, certifications={n: entry(c) for n, c in question.certifications.items()})


def _timed(run: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        began = perf_counter()
        run()
        times.append(perf_counter() - began)
        if times[-1] > 1:
            break
    return median(times)


def _milliseconds(seconds: list[float]) -> str:
    return f"{1000 * median(seconds):8.1f} ms"


if __name__ == "__main__":
    main()
