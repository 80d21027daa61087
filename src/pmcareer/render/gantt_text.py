"""Schedules in the small languages that draw or check Gantt charts: Mermaid, PlantUML, TaskJuggler."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pmcareer.views.plans.schedule import Schedule, Task

_ONE_DAY = dt.timedelta(days=1)
_MORNING, _EVENING = "09:00", "17:00"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def _phases(schedule: Schedule) -> Iterator[tuple[str, list[Task]]]:
    for phase in dict.fromkeys(task.phase for task in schedule.tasks):
        yield phase, [task for task in schedule.tasks if task.phase == phase]


def _line(text: str) -> str:
    """A text on one line, without control characters."""
    return _CONTROL.sub(" ", text).strip()


# --- Mermaid --------------------------------------------------------------------------------------------------------

# Characters by which Mermaid ends a name, begins a comment, or takes what follows for HTML.
_WIDE = {":": "\uff1a", ";": "\uff1b", "#": "\uff03", "%": "\uff05", ",": "\uff0c", "<": "\uff1c", ">": "\uff1e"}
_MERMAID = str.maketrans(_WIDE)
# A line that begins with one of these is no task, whatever its name goes on to say.
_STATEMENT = re.compile(
    r"gantt|dateFormat|inclusiveEndDates|topAxis|axisFormat|tickInterval|includes|excludes|todayMarker|weekday|weekend"
    r"|title|accTitle|accDescr|section|click|call|href|\d{4}-\d{2}-\d{2}",
    re.IGNORECASE | re.ASCII,
)
_WORD_JOINER = "\u2060"  # shows nothing


def render_mermaid(schedule: Schedule) -> str:
    """A ``gantt`` diagram; what is critical says so, deadlines and roles are milestones."""
    lines = ["gantt", f"    title {_mermaid(schedule.title)}", "    dateFormat YYYY-MM-DD", "    axisFormat %Y-%m"]
    for phase, tasks in _phases(schedule):
        lines.append(f"    section {_mermaid(phase)}")
        lines.extend(f"    {_mermaid(task.name)} :{_mermaid_task(task)}" for task in tasks)
    return "\n".join(lines) + "\n"


def _mermaid(text: str) -> str:
    shown = _line(text).translate(_MERMAID) or "\u2013"
    return f"{_WORD_JOINER}{shown}" if _STATEMENT.match(shown) else shown


def _mermaid_task(task: Task) -> str:
    tags = ["crit"] * task.critical + ["milestone"] * task.milestone
    return ", ".join([*tags, task.id, task.start.isoformat(), f"{task.days}d"])


# --- PlantUML -------------------------------------------------------------------------------------------------------

_PLANTUML = str.maketrans({"[": "(", "]": ")", "\\": "/", '"': "'"})


def render_plantuml(schedule: Schedule) -> str:
    """An ``@startgantt`` diagram with the links; what is critical is red."""
    lines = ["@startgantt", f"title {_plantuml(schedule.title)}", f"Project starts {schedule.start.isoformat()}"]
    lines.append("printscale monthly")
    for phase, tasks in _phases(schedule):
        lines.append(f"-- {_plantuml(phase)} --")
        for task in tasks:
            lines.extend(_plantuml_task(task))
    for task in schedule.tasks:
        lines.extend(f"[{before}] -> [{task.id}]" for before in task.after)
    return "\n".join([*lines, "@endgantt"]) + "\n"


def _plantuml(text: str) -> str:
    return _line(text).translate(_PLANTUML)


def _plantuml_task(task: Task) -> Iterator[str]:
    named = f"[{_plantuml(task.name)}] as [{task.id}]"
    if task.milestone:
        yield f"{named} happens {task.finish.isoformat()}"
    else:
        yield f"{named} starts {task.start.isoformat()} and ends {task.finish.isoformat()}"
    if task.critical:
        yield f"[{task.id}] is colored in Tomato"


# --- TaskJuggler ----------------------------------------------------------------------------------------------------


def render_taskjuggler(schedule: Schedule) -> str:
    """A project file with fixed days, the links, the costs as charges, and a report that draws the chart.

    Tasks run from the morning of their first day to the evening of their last; milestones stand in the evening.
    """
    after = (schedule.finish + 2 * _ONE_DAY).isoformat()
    lines = [
        f"project career {_quoted(schedule.title)} {schedule.start.isoformat()} - {after} {{",
        '  timezone "UTC"',
        "  timingresolution 60 min",
        '  timeformat "%Y-%m-%d"',
        f"  currency {_quoted(schedule.currency)}",
        "}",
        *(f"# {_line(remark)}" for remark in schedule.remarks),
        'account cost "Cost"',
        'account revenue "Revenue"',
        "balance cost revenue",
    ]
    paths = {task.id: f"{_phase_id(task.phase)}.{task.id}" for task in schedule.tasks}
    for phase, tasks in _phases(schedule):
        lines.append(f"task {_phase_id(phase)} {_quoted(phase)} {{")
        for task in tasks:
            lines.extend(f"  {line}" for line in _taskjuggler_task(task, paths))
        lines.append("}")
    report = 'taskreport plan "plan" { formats html columns bsi, name, start, end, cost, chart }'
    return "\n".join([*lines, report]) + "\n"


def _taskjuggler_task(task: Task, paths: dict[str, str]) -> Iterator[str]:
    yield f"task {task.id} {_quoted(task.name)} {{"
    if task.milestone:
        yield f"  start {task.finish.isoformat()}-{_EVENING}"
        yield "  milestone"
    else:
        yield f"  start {task.start.isoformat()}-{_MORNING}"
        yield f"  end {task.finish.isoformat()}-{_EVENING}"
    if task.after:
        yield f"  depends {', '.join(paths[before] for before in task.after)}"
    if task.cost is not None and task.cost.amount:
        yield f"  chargeset cost charge {task.cost.amount} onend"
    if task.notes:
        yield f"  note {_quoted('; '.join(task.notes))}"
    yield "}"


def _phase_id(phase: str) -> str:
    return phase.casefold()


def _quoted(text: str) -> str:
    """A string; TaskJuggler has no way to escape a back slash at its end, and reads ``$(…)`` as a macro."""
    return '"' + _line(text).replace("\\", "/").replace('"', "'").replace("$", "\uff04").replace("{", "(") + '"'
