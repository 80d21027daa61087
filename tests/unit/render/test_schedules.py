"""Plans in the files of other planners, read back by parsers that know nothing of ours."""

from __future__ import annotations

import csv
import datetime as dt
import io
import xml.etree.ElementTree as ET
from typing import Any

import openpyxl
import pytest
from tests.schedules import HOSTILE, PLAN

from pmcareer.render.schedules import SCHEDULE_FORMATS, render_schedule

D = dt.datetime  # as openpyxl reads a day
_NS = {"p": "http://schemas.microsoft.com/project"}


def tasks(data: bytes) -> dict[str, dict[str, str]]:
    root = ET.fromstring(data)
    found = {}
    for task in root.findall("p:Tasks/p:Task", _NS):
        fields = {child.tag.split("}")[1]: child.text or "" for child in task}
        fields["after"] = ",".join(link.text or "" for link in task.findall("p:PredecessorLink/p:PredecessorUID", _NS))
        found[fields["Name"]] = fields
    return found


@pytest.mark.parametrize("format_", SCHEDULE_FORMATS)
def test_the_same_plan_is_the_same_bytes(format_: str) -> None:
    assert render_schedule(PLAN, format_) == render_schedule(PLAN, format_)


def test_ms_project_has_days_links_costs_and_deadlines() -> None:
    """23 November to 28 February are 8 + 31 + 31 + 28 = 98 days of eight hours; 675.50 is 67,550 hundredths."""
    found = tasks(render_schedule(PLAN, "ms-project"))
    study, earn = found["Study PMP"], found["Apply for and earn PMP"]
    assert (study["Start"], study["Finish"]) == ("2026-11-23T08:00:00", "2027-02-28T16:00:00")
    assert study["Duration"] == f"PT{98 * 8}H0M0S"
    assert (earn["FixedCost"], earn["after"]) == ("67550", study["UID"])
    renewal = found["Renew CAPM"]
    assert (renewal["Milestone"], renewal["Duration"], renewal["Deadline"]) == ("1", "PT0H0M0S", "2028-02-29T16:00:00")
    assert found["Certifications"]["Summary"] == "1" and earn["OutlineLevel"] == "2"
    assert [found[name]["Critical"] for name in ("Study PMP", "Renew CAPM")] == ["1", "0"]


def test_every_day_is_worked_so_that_weekends_move_nothing() -> None:
    root = ET.fromstring(render_schedule(PLAN, "ms-project"))
    days = root.findall("p:Calendars/p:Calendar/p:WeekDays/p:WeekDay", _NS)
    assert [day.findtext("p:DayWorking", namespaces=_NS) for day in days] == ["1"] * 7


def workbook(format_: str = "xlsx", schedule: Any = PLAN) -> Any:
    return openpyxl.load_workbook(io.BytesIO(render_schedule(schedule, format_)))


def test_the_workbook_has_real_dates_and_amounts() -> None:
    sheet = workbook()["Plan"]
    assert [cell.value for cell in sheet[3]][:5] == [
        "Apply for and earn PMP", "Certifications", D(2027, 3, 1), D(2027, 3, 15), 15,
    ]  # fmt: skip
    assert sheet["I3"].value == 675.5 and '"USD"' in sheet["I3"].number_format
    assert sheet["I4"].value == "unknown"
    assert sheet["J3"].value == "Study PMP"
    assert sheet.auto_filter.ref == "A1:K5" and sheet.freeze_panes == "B2"


def test_the_gantt_sheet_follows_the_list() -> None:
    """November 2026 to November 2031 are 61 months, in columns D to BL."""
    sheet = workbook()["Gantt"]
    assert sheet["A3"].value == "=Plan!A3" and sheet["B3"].value == "=Plan!C3"
    months = [cell.value for cell in sheet[1]][3:]
    assert (len(months), months[0], months[-1]) == (61, D(2026, 11, 1), D(2031, 11, 1))
    rules = [rule.formula[0] for range_ in sheet.conditional_formatting for rule in range_.rules]
    assert rules == ['AND($B2<EDATE(D$1,1),$C2>=D$1,Plan!$F2="yes")', "AND($B2<EDATE(D$1,1),$C2>=D$1)"]


def rows(format_: str, schedule: Any = PLAN) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render_schedule(schedule, format_).decode())))


def test_jira_has_epics_and_seconds() -> None:
    """200 hours are 720,000 seconds."""
    found = {row["Summary"]: row for row in rows("jira")}
    study = found["Study PMP"]
    assert study["Parent"] == found["Study"]["Issue ID"] and found["Study"]["Issue Type"] == "Epic"
    assert (study["Start date"], study["Due date"], study["Original estimate"]) == (
        "2026-11-23",
        "2027-02-28",
        "720000",
    )
    assert found["Renew CAPM"]["Priority"] == "High" and "unknown" in found["Renew CAPM"]["Description"]


def test_trello_has_a_list_a_phase_and_a_card_a_task() -> None:
    found = rows("trello")
    assert [row["List Name"] for row in found] == ["Study", "Certifications", "Renewals", "Roles"]
    assert [row["Labels"] for row in found] == ["critical", "critical", "deadline", "critical, milestone"]


def test_texts_of_others_stay_texts_everywhere() -> None:
    assert len(tasks(render_schedule(HOSTILE, "ms-project"))) == 2
    sheet = workbook(schedule=HOSTILE)["Plan"]
    assert sheet["A2"].data_type == "s" and sheet["K2"].data_type == "s"
    for format_ in ("jira", "trello"):
        assert not any(text.startswith(("=", "-", "+", "@")) for row in rows(format_, HOSTILE) for text in row.values())
    for format_ in ("mermaid", "plantuml", "taskjuggler"):
        text = render_schedule(HOSTILE, format_).decode()
        assert "\x07" not in text and "\u2028" not in text
    gantt = render_schedule(HOSTILE, "mermaid").decode().splitlines()
    assert [line.count(":") for line in gantt[5:]] == [1]
