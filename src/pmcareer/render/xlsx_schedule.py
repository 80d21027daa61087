"""Schedules as a workbook: a list with real dates and amounts, and a Gantt sheet that follows when they are changed.

Written by XlsxWriter (extra ``xlsx``). The same schedule gives the same bytes: the workbook bears the plan's own day.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pmcareer.render.workbook import cell_text, midnight, workbook
from pmcareer.views.plans.schedule import Schedule, Task

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_COLUMNS = (
    "Task",
    "Phase",
    "Start",
    "Finish",
    "Days",
    "Critical",
    "Float (days)",
    "Hours",
    "Cost",
    "Waits for",
    "Notes",
)
_WIDTHS = (38, 14, 11, 11, 7, 9, 12, 8, 12, 34, 80)
_MOST_COLUMNS = 240  # months shown on the Gantt sheet: twenty years


def render_xlsx_schedule(schedule: Schedule) -> bytes:
    """The workbook's bytes; MissingExtraError without XlsxWriter."""
    out = io.BytesIO()
    with workbook(out, schedule.title, schedule.start, "in_memory") as opened:
        formats = _formats(opened, schedule.currency)
        _plan_sheet(opened.add_worksheet("Plan"), schedule, formats)
        _gantt_sheet(opened.add_worksheet("Gantt"), schedule, formats)
    return out.getvalue()


def _formats(opened: Workbook, currency: str) -> dict[str, Any]:
    return {
        "head": opened.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "day": opened.add_format({"num_format": "yyyy-mm-dd"}),
        "month": opened.add_format({"num_format": "yyyy-mm", "rotation": 90, "bold": True, "font_size": 8}),
        "money": opened.add_format({"num_format": f'#,##0.00 "{currency}"'}),
        "wrap": opened.add_format({"text_wrap": True, "valign": "top"}),
        "critical": opened.add_format({"bg_color": "#C0392B"}),
        "task": opened.add_format({"bg_color": "#2E6DA4"}),
        "critical-row": opened.add_format({"font_color": "#C0392B", "bold": True}),
    }


# --- the list -------------------------------------------------------------------------------------------------------


def _plan_sheet(sheet: Worksheet, schedule: Schedule, formats: dict[str, Any]) -> None:
    for column, (title, width) in enumerate(zip(_COLUMNS, _WIDTHS, strict=True)):
        sheet.write_string(0, column, title, formats["head"])
        sheet.set_column(column, column, width)
    names = {task.id: task.name for task in schedule.tasks}
    for row, task in enumerate(schedule.tasks, start=1):
        _plan_row(sheet, row, task, names, formats)
    last = max(1, len(schedule.tasks))
    sheet.autofilter(0, 0, last, len(_COLUMNS) - 1)
    sheet.freeze_panes(1, 1)
    rule = {"type": "formula", "criteria": '=$F2="yes"', "format": formats["critical-row"]}
    sheet.conditional_format(1, 0, last, 0, rule)
    sheet.write_string(last + 2, 0, cell_text(schedule.title), formats["head"])
    for offset, remark in enumerate(schedule.remarks, start=3):
        sheet.write_string(last + offset, 0, cell_text(remark))


def _plan_row(sheet: Worksheet, row: int, task: Task, names: dict[str, str], formats: dict[str, Any]) -> None:
    sheet.write_string(row, 0, cell_text(task.name))
    sheet.write_string(row, 1, task.phase)
    sheet.write_datetime(row, 2, midnight(task.start), formats["day"])
    sheet.write_datetime(row, 3, midnight(task.finish), formats["day"])
    sheet.write_number(row, 4, task.days)
    sheet.write_string(row, 5, "yes" if task.critical else "no")
    sheet.write_number(row, 6, task.float_days)
    if task.hours is not None:
        sheet.write_number(row, 7, float(task.hours))
    if task.cost is None:
        sheet.write_string(row, 8, "unknown")
    else:
        sheet.write_number(row, 8, float(task.cost.amount), formats["money"])
    sheet.write_string(row, 9, cell_text(", ".join(names[before] for before in task.after)))
    sheet.write_string(row, 10, cell_text("\n".join(task.notes)), formats["wrap"])


# --- the chart ------------------------------------------------------------------------------------------------------


def _gantt_sheet(sheet: Worksheet, schedule: Schedule, formats: dict[str, Any]) -> None:
    """A column a month; a cell is filled where its month meets the task's dates, which are those of the list."""
    months = list(_months(schedule))
    for column, title in enumerate(("Task", "Start", "Finish")):
        sheet.write_string(0, column, title, formats["head"])
    for column, month in enumerate(months, start=3):
        sheet.write_datetime(0, column, midnight(month), formats["month"])
    for row, task in enumerate(schedule.tasks, start=1):
        sheet.write_formula(row, 0, f"=Plan!A{row + 1}", None, cell_text(task.name))
        sheet.write_formula(row, 1, f"=Plan!C{row + 1}", formats["day"], _serial(task.start))
        sheet.write_formula(row, 2, f"=Plan!D{row + 1}", formats["day"], _serial(task.finish))
    sheet.set_column(0, 0, _WIDTHS[0])
    sheet.set_column(1, 2, 11)
    sheet.set_column(3, 2 + len(months), 2.3)
    sheet.freeze_panes(1, 3)
    meets = "$B2<EDATE(D$1,1),$C2>=D$1"
    area = (1, 3, max(1, len(schedule.tasks)), 2 + len(months))
    for name, criteria in (("critical", f'=AND({meets},Plan!$F2="yes")'), ("task", f"=AND({meets})")):
        sheet.conditional_format(*area, {"type": "formula", "criteria": criteria, "format": formats[name]})


def _months(schedule: Schedule) -> Iterator[dt.date]:
    """The first day of each month from the start to the finish, or to as many as a sheet shows."""
    month = schedule.start.replace(day=1)
    last = max([schedule.finish, *(task.finish for task in schedule.tasks)])
    for _ in range(_MOST_COLUMNS):
        if month > last:
            return
        yield month
        month = (month + dt.timedelta(days=32)).replace(day=1)


def _serial(day: dt.date) -> int:
    """A day as a spreadsheet counts it, from the eve of 1900."""
    return (day - dt.date(1899, 12, 30)).days
