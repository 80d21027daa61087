"""Plans opened by the planners themselves: MPXJ reads the XML, TaskJuggler schedules, PlantUML draws."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from tests.schedules import HOSTILE, PLAN
from tests.tools import require_tool

from pmcareer.render.schedules import render_schedule
from pmcareer.views.plans.schedule import Schedule

# In a process of its own: a Java machine cannot be started twice, and its threads outlive a test.
_MPXJ = """
import json, sys
import jpype, mpxj
jpype.startJVM()
from org.mpxj.reader import UniversalProjectReader
tasks = UniversalProjectReader().read(sys.argv[1]).getTasks()
print(json.dumps([{
    "name": str(task.getName()), "start": str(task.getStart()), "finish": str(task.getFinish()),
    "milestone": bool(task.getMilestone()), "critical": bool(task.getCritical()), "cost": str(task.getFixedCost()),
    "after": [str(r.getPredecessorTask().getName()) for r in task.getPredecessors()],
    "deadline": str(task.getDeadline()),
} for task in tasks]))
"""


def by_mpxj(schedule: Schedule, folder: Path) -> dict[str, dict[str, Any]]:
    require_tool(find_spec("mpxj") is not None and shutil.which("java") is not None, "MPXJ and Java")
    (folder / "plan.xml").write_bytes(render_schedule(schedule, "ms-project"))
    command = [sys.executable, "-c", _MPXJ, str(folder / "plan.xml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {task["name"]: task for task in json.loads(done.stdout.splitlines()[-1])}


def test_mpxj_reads_the_same_plan(tmp_path: Path) -> None:
    found = by_mpxj(PLAN, tmp_path)
    assert len(found) == len(PLAN.tasks) + 4  # and a summary for each of four phases
    names = {task.id: task.name for task in PLAN.tasks}
    for task in PLAN.tasks:
        read = found[task.name]
        assert read["finish"][:10] == task.finish.isoformat()
        assert read["start"][:10] == task.start.isoformat()
        assert (read["milestone"], read["critical"]) == (task.milestone, task.critical)
        assert read["after"] == [names[id_] for id_ in task.after]
    assert found["Apply for and earn PMP"]["cost"] == "675.5"
    assert found["Renew CAPM"]["deadline"][:10] == "2028-02-29"


def test_mpxj_reads_hostile_texts(tmp_path: Path) -> None:
    assert any("calc" in name for name in by_mpxj(HOSTILE, tmp_path))


def by_taskjuggler(schedule: Schedule, folder: Path) -> dict[str, dict[str, str]]:
    require_tool(shutil.which("tj3") is not None, "TaskJuggler")
    report = 'taskreport "dates" { formats csv columns name, start, end timeformat "%Y-%m-%d" }\n'
    project = render_schedule(schedule, "taskjuggler").decode() + report
    (folder / "plan.tjp").write_text(project, encoding="utf-8")
    command = ["tj3", "--silent", "--no-color", "--output-dir", str(folder), str(folder / "plan.tjp")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    with (folder / "dates.csv").open(encoding="utf-8", newline="") as file:
        return {row["Name"].strip(): row for row in csv.DictReader(file, delimiter=";")}


def test_taskjuggler_schedules_the_same_days(tmp_path: Path) -> None:
    found = by_taskjuggler(PLAN, tmp_path)
    days = {name: (row["Start"], row["End"]) for name, row in found.items()}
    assert days["Study PMP"] == ("2026-11-23", "2027-02-28")
    assert days["Apply for and earn PMP"] == ("2027-03-01", "2027-03-15")
    assert days["Renew CAPM"] == ("2028-02-29", "2028-02-29")
    assert days["Become Senior project manager"] == ("2031-11-23", "2031-11-23")


def test_taskjuggler_takes_hostile_texts(tmp_path: Path) -> None:
    assert len(by_taskjuggler(HOSTILE, tmp_path)) == 2


@pytest.mark.parametrize("schedule", [PLAN, HOSTILE], ids=["plan", "hostile"])
def test_plantuml_draws_it(schedule: Schedule, tmp_path: Path) -> None:
    """Debian's PlantUML is of 2020 and does not know ``printscale`` yet: that line is left out for it."""
    require_tool(shutil.which("plantuml") is not None, "PlantUML")
    text = render_schedule(schedule, "plantuml").decode().replace("printscale monthly\n", "")
    (tmp_path / "plan.puml").write_text(text, encoding="utf-8")
    command = ["plantuml", "-charset", "UTF-8", "-tsvg", str(tmp_path / "plan.puml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    drawn = (tmp_path / "plan.svg").read_text(encoding="utf-8")
    assert "error" not in drawn.casefold()
    assert schedule is HOSTILE or "Become Senior project manager" in drawn
