"""Schedules as Microsoft Project XML, which ProjectLibre and other planners open too.

Days are calendar days: the file brings a calendar in which every day is worked for eight hours, so that nobody's
weekends move a date. Tasks are scheduled by hand; the links say what waits for what and move nothing either.
"""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from decimal import Decimal

from pmcareer.views.plans.schedule import Schedule, Task

_NAMESPACE = "http://schemas.microsoft.com/project"
_CALENDAR = "1"
_FROM, _TO, _HOURS = "08:00:00", "16:00:00", 8
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FINISH_TO_START = "1"
_HUNDREDTHS = 100  # money stands in hundredths of the currency's unit


def render_ms_project(schedule: Schedule) -> bytes:
    """The schedule as one XML document, UTF-8; phases are summary tasks."""
    root = ET.Element("Project", {"xmlns": _NAMESPACE})
    _put(root, _head(schedule))
    _calendar(root)
    tasks = ET.SubElement(root, "Tasks")
    numbers = {task.id: number for number, task in enumerate(_in_outline(schedule), start=1) if isinstance(task, Task)}
    outline = {"phase": 0, "task": 0}
    for number, one in enumerate(_in_outline(schedule), start=1):
        if isinstance(one, Task):
            outline["task"] += 1
            wbs = f"{outline['phase']}.{outline['task']}"
            _task(ET.SubElement(tasks, "Task"), one, number, wbs, numbers)
        else:
            outline = {"phase": outline["phase"] + 1, "task": 0}
            _phase(ET.SubElement(tasks, "Task"), one, number, str(outline["phase"]), schedule)
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}\n'.encode()


def _in_outline(schedule: Schedule) -> list[str | Task]:
    """Each phase that has tasks, followed by them; phases by their first task."""
    found: list[str | Task] = []
    for phase in dict.fromkeys(task.phase for task in schedule.tasks):
        found.append(phase)
        found.extend(task for task in schedule.tasks if task.phase == phase)
    return found


def _head(schedule: Schedule) -> dict[str, str]:
    return {
        "SaveVersion": "14",
        "Title": schedule.title,
        "ScheduleFromStart": "1",
        "StartDate": _at(schedule.start, _FROM),
        "FinishDate": _at(schedule.finish, _TO),
        "CurrencyCode": schedule.currency,
        "CalendarUID": _CALENDAR,
        "DefaultStartTime": _FROM,
        "DefaultFinishTime": _TO,
        "MinutesPerDay": str(_HOURS * 60),
        "MinutesPerWeek": str(_HOURS * 60 * 7),
        "DaysPerMonth": "30",
        "NewTasksAreManual": "1",
    }


def _calendar(root: ET.Element) -> None:
    calendar = ET.SubElement(ET.SubElement(root, "Calendars"), "Calendar")
    _put(calendar, {"UID": _CALENDAR, "Name": "Every day", "IsBaseCalendar": "1", "BaseCalendarUID": "-1"})
    days = ET.SubElement(calendar, "WeekDays")
    for weekday in range(1, 8):
        day = ET.SubElement(days, "WeekDay")
        _put(day, {"DayType": str(weekday), "DayWorking": "1"})
        time = ET.SubElement(ET.SubElement(day, "WorkingTimes"), "WorkingTime")
        _put(time, {"FromTime": _FROM, "ToTime": _TO})


def _phase(element: ET.Element, phase: str, number: int, wbs: str, schedule: Schedule) -> None:
    own = [task for task in schedule.tasks if task.phase == phase]
    start, finish = min(task.start for task in own), max(task.finish for task in own)
    fields = _fields(phase, number, wbs, start, finish, (finish - start).days + 1)
    _put(element, {**fields, "Milestone": "0", "Summary": "1", "Critical": "0"})


def _task(element: ET.Element, task: Task, number: int, wbs: str, numbers: Mapping[str, int]) -> None:
    fields = _fields(task.name, number, wbs, task.start, task.finish, task.days)
    if task.milestone:  # a point in time: at the end of its day
        fields |= dict.fromkeys(("Start", "ManualStart"), fields["Finish"])
    _put(element, {**fields, "Milestone": _flag(task.milestone), "Summary": "0", "Critical": _flag(task.critical)})
    _put(element, {"FixedCost": _cost(task), "FixedCostAccrual": "3", "ConstraintType": "2"})
    _put(element, {"ConstraintDate": fields["Start"], "CalendarUID": _CALENDAR})
    if task.deadline:
        _put(element, {"Deadline": fields["Finish"]})
    _put(element, {"Notes": "\n".join(task.notes)} if task.notes else {})
    for before in task.after:
        link = ET.SubElement(element, "PredecessorLink")
        _put(link, {"PredecessorUID": str(numbers[before]), "Type": _FINISH_TO_START, "CrossProject": "0"})
        _put(link, {"LinkLag": "0", "LagFormat": "7"})


def _fields(name: str, number: int, wbs: str, start: dt.date, finish: dt.date, days: int) -> dict[str, str]:
    """What tasks and phases have in common, in the order of the schema."""
    begins, ends, lasts = _at(start, _FROM), _at(finish, _TO), f"PT{days * _HOURS}H0M0S"
    return {
        "UID": str(number),
        "ID": str(number),
        "Name": name,
        "Active": "1",
        "Manual": "1",
        "Type": "1",
        "IsNull": "0",
        "WBS": wbs,
        "OutlineNumber": wbs,
        "OutlineLevel": str(wbs.count(".") + 1),
        "Priority": "500",
        "Start": begins,
        "Finish": ends,
        "Duration": lasts,
        "ManualStart": begins,
        "ManualFinish": ends,
        "ManualDuration": lasts,
        "DurationFormat": "7",
    }


def _cost(task: Task) -> str:
    amount = task.cost.amount if task.cost else Decimal(0)
    return str(int((amount * _HUNDREDTHS).to_integral_value()))


def _put(parent: ET.Element, fields: Mapping[str, str]) -> None:
    for name, text in fields.items():
        ET.SubElement(parent, name).text = _NOT_IN_XML.sub("", text)


def _at(day: dt.date, time: str) -> str:
    return f"{day.isoformat()}T{time}"


def _flag(value: bool) -> str:
    return "1" if value else "0"
