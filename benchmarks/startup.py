"""How long an answer takes, beside click's hello world: ``python -m benchmarks.startup [--quick] [--growth]``.

Whole processes, run in turn so that a busy machine troubles all alike; medians of at least seven. The program is laid
out as a wheel lays it out, with the cache that a wheel brings; the compiled modules of Python are there everywhere.
``--growth`` asks the same question of catalogs ten and a hundred times larger. On a busy machine read the ratios of
processor time.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

HELLO = """
import click

@click.command()
@click.option("--name", default="world")
def hello(name):
    click.echo(f"Hello, {name}!")

hello()
"""
RUN = "import sys; from pmcareer.cli.main import run; sys.exit(run())"  # as an installed program begins
AS_OF = ("--as-of", "2026-11-23")
JSON = ("--format", "json")
PLAN = ("plan", "--to", "project-manager", *AS_OF)
BRIEF = (*PLAN, "--brief")
RENEWALS = ("renewals", "--hold", "pmp:2025-06-15", *AS_OF)
WHY_ROLE = ("why", "project-manager", "--from", "project-coordinator", *AS_OF)
WHY_PMP = ("why", "pmp", "--from", "project-coordinator", *AS_OF)
NEAR = ("near", "--from", "project-coordinator", *AS_OF)
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Case:
    """A command, its target as a multiple of hello world, and what is done before each run."""

    name: str
    command: tuple[str, ...]
    target: float | None
    before: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Took:
    """Medians of one case: wall time, and time of the processor, in milliseconds."""

    wall: float
    cpu: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Seven runs instead of twenty-one.")
    parser.add_argument("--growth", action="store_true", help="Larger catalogs too.")
    options = parser.parse_args()
    runs = 7 if options.quick else 21
    folder = Path(tempfile.mkdtemp(prefix="pmcareer-startup-"))
    try:
        os.environ["PMCAREER_CACHE"] = str(folder / "cache")
        os.environ["XDG_CONFIG_HOME"] = str(folder)
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")  # as installed programs have it
        for name in ("PMCAREER_CATALOG", "PYTHONDONTWRITEBYTECODE"):
            os.environ.pop(name, None)
        os.chdir(folder)  # no profile lies here
        print(
            f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, medians of {runs} runs"
        )
        script = _laid_out(folder)
        measured(_cases(folder, script), runs)
        if options.growth:
            growth(folder, script, runs)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _laid_out(folder: Path) -> Path:
    """The program as a wheel lays it out, cache included; the script that starts it."""
    site = folder / "site"
    package = site / "pmcareer"
    shutil.copytree(ROOT / "src" / "pmcareer", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "catalog", package / "shipped_catalog")
    os.environ["PYTHONPATH"] = str(site)
    build = "import sys; from pathlib import Path; from pmcareer.reading.shipped_cache import NAME, write_shipped\n"
    build += "package = Path(sys.argv[1]); write_shipped(package / 'shipped_catalog', package / NAME)"
    subprocess.run([sys.executable, "-c", build, str(package)], check=True)
    script = folder / "run.py"
    script.write_text(RUN)
    return script


def _cases(folder: Path, script: Path) -> list[Case]:
    hello = folder / "hello.py"
    hello.write_text(HELLO)
    pmcareer = (sys.executable, str(script))
    brought = folder / "site" / "pmcareer" / "shipped_catalog.cache"
    aside = folder / "aside.cache"

    def back() -> None:
        if aside.exists():
            aside.rename(brought)

    def forget() -> None:
        back()
        shutil.rmtree(folder / "cache", ignore_errors=True)

    def forget_all() -> None:
        forget()
        brought.rename(aside)

    def asked(name: str, command: tuple[str, ...], text: float | None = 3, json: float | None = 2) -> list[Case]:
        return [
            Case(f"{name}, text", (*pmcareer, *command), text),
            Case(f"{name}, json", (*pmcareer, *command, *JSON), json),
        ]

    return [
        Case("python -c pass", (sys.executable, "-c", "pass"), None, back),
        Case("click's hello world", (sys.executable, str(hello)), 1),
        Case("pmcareer --help", (*pmcareer, "--help"), 1.25),
        *asked("plan --brief", BRIEF),
        *asked("plan, with its advice", PLAN),
        *asked("why, a role", WHY_ROLE),
        *asked("why, a certification", WHY_PMP),
        *asked("near", NEAR, None, None),
        *asked("renewals", RENEWALS),
        Case("catalog show pmp, json", (*pmcareer, "catalog", "show", "pmp", *JSON), 2),
        Case("plan --brief, cache cold, text", (*pmcareer, *BRIEF), 8, forget),
        Case("renewals, cache cold, text", (*pmcareer, *RENEWALS), 8, forget),
        Case("plan, with its advice, cache cold, text", (*pmcareer, *PLAN), 8, forget),
        Case("plan --brief, cold, no cache brought", (*pmcareer, *BRIEF), None, forget_all),
    ]


def measured(cases: list[Case], runs: int) -> dict[str, Took]:
    """Every case's medians, printed beside hello world."""
    walls: dict[str, list[float]] = {case.name: [] for case in cases}
    cpus: dict[str, list[float]] = {case.name: [] for case in cases}
    for case in cases:
        _run(case)  # compiles, and fills the cache
    time.sleep(2.5)  # until the files have settled, no cache is kept
    for case in cases:
        _run(case)
    for _ in range(runs):
        for case in cases:
            wall, cpu = _run(case)
            walls[case.name].append(wall)
            cpus[case.name].append(cpu)
    took = {name: Took(statistics.median(walls[name]), statistics.median(cpus[name])) for name in walls}
    _print(cases, took)
    return took


def _run(case: Case) -> tuple[float, float]:
    case.before()
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(case.command, capture_output=True, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{' '.join(case.command)}: exit {done.returncode}\n{done.stderr.decode()}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall * 1000, cpu * 1000


def _print(cases: Iterable[Case], took: dict[str, Took]) -> None:
    hello = took["click's hello world"]
    print(f"{'':40} {'wall':>8} {'ratio':>6} {'cpu':>8} {'ratio':>6} {'target':>7}")
    for case in cases:
        one = took[case.name]
        wall, cpu = one.wall / hello.wall, one.cpu / hello.cpu
        target = f"≤ {case.target:g}" if case.target else ""
        verdict = "" if case.target is None else "met" if wall <= case.target else "missed"
        print(f"{case.name:40} {one.wall:5.0f} ms {wall:6.2f} {one.cpu:5.0f} ms {cpu:6.2f} {target:>7} {verdict}")


# --- growth ---------------------------------------------------------------------------------------------------------


def growth(folder: Path, script: Path, runs: int) -> None:
    """The same question, asked of the shipped catalog and of catalogs ten and a hundred times larger."""
    print("\nthe same plan, cache warm, from larger catalogs (target: far below the growth of the catalog)")
    base: float | None = None
    for factor in (1, 10, 100):
        layer = _larger(folder / f"larger-{factor}", factor)
        extra = ("--catalog", str(layer)) if factor > 1 else ()
        case = Case(f"{factor} ×", (sys.executable, str(script), *PLAN, *extra), None)
        _run(case)
        time.sleep(2.5)  # until the files have settled, no cache is kept
        _run(case)
        wall = statistics.median(_run(case)[0] for _ in range(runs))
        base = base or wall
        size = sum(path.stat().st_size for path in (folder / "cache").iterdir()) / 1e6
        print(f"{case.name:>6} {wall:6.0f} ms {wall / base:6.2f} ×   (all caches {size:.1f} MB)")


def _larger(folder: Path, factor: int) -> Path:
    """A layer of made-up entries: 134 certifications, 39 roles and 7 ladders for each factor beyond the first."""
    backing = "standing: judgement\nbecause: Made up, to measure.\n"
    for n in range(factor - 1):
        issuer = folder / "certifications" / f"made-{n}"
        issuer.mkdir(parents=True)
        rule = (
            f"{{id: made-{n}-rule, summary: Three years., validity: {{kind: cycle, length: 3 years, last_day: eve}}}}"
        )
        (issuer / "_issuer.yaml").write_text(f"id: made-{n}\nname: Made-up {n}\n{backing}rules: [{rule}]\n")
        for c in range(134):
            (issuer / f"made-{n}-c{c}.yaml").write_text(
                f"id: made-{n}-c{c}\nname: Made-up {n} certification {c}\nissuer: made-{n}\nlevel: associate\n{backing}"
                "lifecycle: {status: active}\n"
                f"eligibility: {{requires: {{experience: {{kind: project-work, months: {c}}}}}}}\n"
                f"prices: [{{pays_for: exam, amount: {100 + c} USD}}]\n"
                f"study: {{hours: {c + 10}}}\nrenewal: [made-{n}-rule]\n"
            )
        _made_up_ladders(folder, n, backing)
    return folder


def _made_up_ladders(folder: Path, n: int, backing: str) -> None:
    for kind in ("roles", "ladders"):
        (folder / kind).mkdir(exist_ok=True)
    for r in range(39):
        text = f"id: made-{n}-r{r}\nname: Made-up {n} role {r}\nsummary: Made up.\ngrants: [project-work]\n{backing}"
        (folder / "roles" / f"made-{n}-r{r}.yaml").write_text(text)
    for number in range(7):
        moves = "".join(
            f"  - {{from: made-{n}-r{r}, to: made-{n}-r{r + 1}, rules: {{requires: {{holds: made-{n}-c{r}}}}}}}\n"
            for r in range(number * 5, number * 5 + 8)
        )
        text = f"id: made-{n}-l{number}\nname: Made-up ladder\n{backing}moves:\n{moves}"
        (folder / "ladders" / f"made-{n}-l{number}.yaml").write_text(text)


if __name__ == "__main__":
    main()
