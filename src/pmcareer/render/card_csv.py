"""Schedules as CSV for the imports of Jira and of Trello's importers: one card a task, formulas defused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from pmcareer.render.csv import defused
from pmcareer.views.plans.schedule import Schedule, Task

_SECONDS = 3600


def render_jira(schedule: Schedule) -> str:
    """Jira's CSV import: choose the date format ``yyyy-MM-dd`` there. Phases are epics, tasks name their epic.

    ``Original estimate`` is in seconds, as Jira's importer counts.
    """
    columns = ("Issue ID", "Parent", "Issue Type", "Summary", "Description", "Start date", "Due date")
    rows = _jira_rows(schedule)
    return _csv((*columns, "Original estimate", "Priority", "Labels"), rows)


def _jira_rows(schedule: Schedule) -> Iterator[tuple[str, ...]]:
    phases = {phase: str(n) for n, phase in enumerate(dict.fromkeys(task.phase for task in schedule.tasks), start=1)}
    for phase, epic in phases.items():
        yield (epic, "", "Epic", phase, schedule.title, "", "", "", "Medium", "career")
    for number, task in enumerate(schedule.tasks, start=len(phases) + 1):
        estimate = str(round(task.hours * _SECONDS)) if task.hours else ""
        days = (task.start.isoformat(), task.finish.isoformat())
        priority = "High" if task.critical or task.deadline else "Medium"
        labels = "career milestone" if task.milestone else "career"
        head = (str(number), phases[task.phase], "Task", task.name, _description(task))
        yield (*head, *days, estimate, priority, labels)


def render_trello(schedule: Schedule) -> str:
    """The columns that Trello's CSV importers read: a list for each phase, a card for each task."""
    columns = ("List Name", "Card Name", "Card Description", "Start Date", "Due Date", "Labels")
    rows = (
        (
            task.phase,
            task.name,
            _description(task),
            task.start.isoformat(),
            task.finish.isoformat(),
            ", ".join(_labels(task)),
        )
        for task in schedule.tasks
    )
    return _csv(columns, rows)


def _labels(task: Task) -> Iterator[str]:
    if task.critical:
        yield "critical"
    if task.milestone:
        yield "deadline" if task.deadline else "milestone"


def _description(task: Task) -> str:
    cost = "unknown" if task.cost is None else str(task.cost)
    floats = "no float" if task.critical else f"float: {task.float_days} days"
    return "\n".join((*task.notes, f"Cost: {cost}", floats))


def _csv(columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([defused(text) for text in row] for row in rows)
    return out.getvalue()
