"""The planner beside OR-Tools CP-SAT and HiGHS: the same questions, one thread each, to a proven optimum.

Run ``python -m benchmarks.planner`` from the project's folder. For each class of questions it prints the median time of
the search, how many it proves, its peak memory, what the second engine adds, and the peers with ratios: CP-SAT by two
formulations (``tests``: that of the tests; ``own``: the second engine's, with nothing known) and HiGHS on an easier
question (``benchmarks/highs.py``). Real questions are those of the shipped catalog; the rest are drawn from seeds.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.planner_oracles.random_classes import equals, layers, sparse, traps
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
OBJECTIVES: tuple[Objective, ...] = ("fastest", "cheapest")
Peer = Callable[[Instance, float], bool]


@dataclass
class Class:
    """Questions of one kind, and which peers are asked them."""

    name: str
    questions: Callable[[], list[Instance]]
    peers: tuple[str, ...] = ()


@dataclass
class Row:
    """One class of questions: seconds by question, and how many were proven, for the search and for each peer."""

    name: str
    ours: list[float] = field(default_factory=list)
    proven: int = 0
    memory: int = 0
    peers: dict[str, tuple[list[float], int]] = field(default_factory=dict)

    def __str__(self) -> str:
        text = f"{self.name:34} {_milliseconds(self.ours)}  proven {self.proven}/{len(self.ours)}  {self.memory} MB"
        for peer, (seconds, proven) in self.peers.items():
            ratio = median(seconds) / median(self.ours)
            text += f"\n{'':6}{peer:28} {_milliseconds(seconds)}  proven {proven}/{len(seconds)}  ratio {ratio:.1f}"
        return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--questions", type=int, default=7, help="random questions a class")
    parser.add_argument("--seconds", type=float, default=20, help="what a peer is given for each criterion")
    parser.add_argument("--only", default="", help="classes whose names contain this")
    parser.add_argument("--no-peer", action="store_true", help="leave the peers out")
    options = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; medians, one thread")
    print(f"target of the ratios: {TARGET} on the shipped catalog and its like, 1 elsewhere")
    for kind in classes(options.questions):
        if options.only in kind.name:
            peers = () if options.no_peer else kind.peers
            with get_context("fork").Pool(1) as pool:  # so that peak memory is the class's own
                print(pool.apply(measure, (kind.name, kind.questions, peers, options.seconds)), flush=True)
    if options.only in "shipped catalog, pareto":
        times = [_timed(partial(pareto, question, limits=PATIENCE)) for question in _real("fastest")]
        print(f"{'shipped catalog, pareto':34} {_milliseconds(times)}")


def classes(count: int) -> Iterator[Class]:
    """Every class, small ones with all peers; growth is read down the lines of one kind."""
    for objective in OBJECTIVES:
        yield Class(f"shipped catalog, {objective}", partial(_real, objective), ("second engine", "CP-SAT, tests"))
    small = ("second engine", "CP-SAT, tests", "CP-SAT, own", "HiGHS, easier")
    large = ("second engine",)
    for kind, draw in (("careers", career), ("layers", layers), ("sparse", sparse), ("equals", equals)):
        for roles, papers, peers in (
            (8, 9, small),
            (14, 18, small),
            (40, 80, ("second engine", "CP-SAT, own", "HiGHS, easier")),
            (200, 500, large),
            (2000, 2000, ()),
        ):
            if kind == "careers" or roles >= 40:
                for objective in OBJECTIVES:
                    some = count if roles < 200 else max(2, count // 2)
                    draws = partial(_drawn, draw, objective, roles, papers, some)
                    yield Class(f"{kind} of {roles} × {papers}, {objective}", draws, peers)
    for objective in OBJECTIVES:
        yield Class(f"traps, {objective}", partial(_trapped, objective, count), small)


def _drawn(draw: Callable[..., Instance], objective: Objective, roles: int, papers: int, count: int) -> list[Instance]:
    return [draw(seed, objective, roles, papers) for seed in range(count)]


def _trapped(objective: Objective, count: int) -> list[Instance]:
    return [traps(seed, objective) for seed in range(count)]


def _real(objective: Objective) -> list[Instance]:
    found = []
    for path in sorted(INSTANCES.glob("*.json")):
        instance, _ = parse_instance(json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal), path.name)
        assert instance is not None
        found.append(replace(instance, objective=objective))
    return found


def measure(name: str, draw: Callable[[], list[Instance]], peers: tuple[str, ...], seconds: float) -> Row:
    """One class: ours is the median of ``RUNS`` runs a question, unless one run takes more than a second."""
    row = Row(name)
    questions = draw()
    for question in questions:
        row.proven += solve(question, limits=PATIENCE).proven_optimal
        row.ours.append(_timed(partial(solve, question, limits=PATIENCE)))
    row.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    for peer in peers:
        times, proven = [], 0
        PEERS[peer](questions[0], 0.01)  # its import is no part of its time
        for question in questions:
            began = perf_counter()
            proven += PEERS[peer](question, seconds)
            times.append(perf_counter() - began)
        row.peers[peer] = times, proven
    return row


def _by_tests(question: Instance, seconds: float) -> bool:
    """CP-SAT by the formulation of the tests; it is told that every study takes an hour at least."""
    from tests.planner_oracles.cp_sat import solve_by_cp_sat

    try:
        answer = solve_by_cp_sat(_no_zero_hours(question), seconds=seconds, roles_passed=len(question.roles))
    except TimeoutError:
        return False
    return answer is None or answer.proven


def _by_own(question: Instance, seconds: float) -> bool:
    """CP-SAT by the formulation of the second engine, with nothing known."""
    from pmcareer.planning.cp_sat import NOTHING_KNOWN, Second

    return Second(question, NOTHING_KNOWN, None, seconds).run().proven_optimal


def _by_both(question: Instance, seconds: float) -> bool:
    """The search, and the second engine where that proves nothing."""
    from pmcareer.planning.cp_sat import solve_by_cp_sat

    return solve_by_cp_sat(question, effort=seconds).proven_optimal


def _by_highs(question: Instance, seconds: float) -> bool:
    from benchmarks.highs import proves_by_highs

    return proves_by_highs(question, seconds)


PEERS: dict[str, Peer] = {
    "second engine": _by_both,
    "CP-SAT, tests": _by_tests,
    "CP-SAT, own": _by_own,
    "HiGHS, easier": _by_highs,
}


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
