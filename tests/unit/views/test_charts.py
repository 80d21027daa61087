"""Charts as data: valid Vega-Lite by its own schema, showing the plan's days and amounts, asking nothing of others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import altair
import pytest

from pmcareer.api.compiling.questions import RiskAsked
from pmcareer.api.loading import load_catalog
from pmcareer.api.plans.requests import Asked
from pmcareer.api.reports.reporting import ReportAnswer, answer_report
from pmcareer.model.ids import CertificationId
from pmcareer.model.people import Holding, Profile
from pmcareer.render.charts import draw
from pmcareer.render.inks import INKS
from pmcareer.views.page import Chart, Folded, PageBlock
from pmcareer.views.pages.report import report_page

AS_OF = date(2026, 11, 23)


@pytest.fixture(scope="module")
def answer() -> ReportAnswer:
    held = Profile(certifications=(Holding(CertificationId("capm"), earned=date(2025, 3, 1)),))
    asked = Asked(AS_OF, to="senior-project-manager", from_="project-coordinator", education="bachelor", alternatives=2)
    return answer_report(load_catalog(), held, asked, RiskAsked(200, 1))


@pytest.fixture(scope="module")
def charts(answer: ReportAnswer) -> dict[str, Chart]:
    sections = report_page(answer).sections
    return {chart.title: chart for section in reversed(sections) for chart in _charts(section.blocks)}


def _charts(blocks: tuple[PageBlock, ...]) -> Iterator[Chart]:
    for block in reversed(blocks):
        if isinstance(block, Chart):
            yield block
        elif isinstance(block, Folded):
            yield from _charts(block.blocks)


def values(chart: Chart) -> list[dict[str, Any]]:
    rows: Any = chart.wide["data"]
    assert rows == chart.narrow["data"]
    found = rows["values"]
    assert isinstance(found, list)
    return found


def test_every_chart_is_there(charts: dict[str, Chart]) -> None:
    assert set(charts) == {
        "Arrival and cost of each plan",
        "Gantt chart",
        "Money by quarter",
        "Hours by quarter",
        "How likely it has arrived by then",
        "What moves the arrival most",
        "Pay a year of the roles on the way, USD",
        "Units of the running cycles",
        "The days ahead",
    }


def test_the_schema_of_vega_lite_takes_every_spec(charts: dict[str, Chart]) -> None:
    for chart in charts.values():
        for spec in (chart.wide, chart.narrow):
            altair.Chart.from_dict({**spec, "width": 400}, validate=True)


def test_no_spec_names_anything_outside_itself_or_has_code(charts: dict[str, Chart]) -> None:
    for chart in charts.values():
        text = json.dumps([chart.wide, chart.narrow])
        assert not [word for word in ('"url"', '"expr"', '"signal"', "calculate", "http") if word in text]


def test_every_ink_is_known_and_every_chart_has_words(charts: dict[str, Chart]) -> None:
    for chart in charts.values():
        named = {word.split('"')[0] for word in json.dumps([chart.wide, chart.narrow]).split('"ink:')[1:]}
        assert named <= set(INKS) and {sign.ink for sign in chart.legend} <= set(INKS)
        assert chart.description.endswith(".") and chart.table.rows


def test_the_gantt_chart_has_every_step_on_its_days(answer: ReportAnswer, charts: dict[str, Chart]) -> None:
    assert answer.plan is not None
    steps = sorted(answer.plan.plans[0].steps, key=lambda step: (step.start, step.end))
    assert [(row["start"], row["end"]) for row in values(charts["Gantt chart"])] == [
        (step.start.isoformat(), step.end.isoformat()) for step in steps
    ]
    for row, step in zip(values(charts["Gantt chart"]), steps, strict=True):
        assert (row["ink"] == "ink:critical") == step.critical
        assert (date.fromisoformat(row["late"]) - step.end).days == step.float_days
        assert row["bar"] + row["diamond"] + row["circle"] == 1


def test_what_is_drawn_by_quarter_adds_up_to_the_plan(answer: ReportAnswer, charts: dict[str, Chart]) -> None:
    assert answer.plan is not None
    plan = answer.plan.plans[0]
    spent = sum(Fraction(str(row["high"])) - Fraction(str(row["low"])) for row in values(charts["Money by quarter"]))
    assert spent == Fraction(plan.cost.amount)
    hours = values(charts["Hours by quarter"])
    assert max(row["total"] for row in hours) == float(sum(step.hours or 0 for step in plan.steps))


def test_pay_is_drawn_from_the_tenth_to_the_ninetieth_percentile(charts: dict[str, Chart]) -> None:
    """BLS OEWS May 2025, 13-1082: the five percentiles as the agency's file has them."""
    last = values(charts["Pay a year of the roles on the way, USD"])[-1]
    assert [last[f"p{percent}"] for percent in (10, 25, 50, 75, 90)] == [61580, 78440, 102320, 133100, 167970]
    assert last["label"] == "Senior project manager"


def test_the_risk_curve_rises_and_passes_through_its_levels(answer: ReportAnswer, charts: dict[str, Chart]) -> None:
    rows = values(charts["How likely it has arrived by then"])
    days = [row["on"] for row in rows]
    assert days == sorted(days)
    risk = answer.plan.plans[0].risk if answer.plan else None
    assert risk is not None
    marked = {row["level"]: row["on"] for row in rows if row["marked"]}
    assert marked == {level: outlook.arrives.isoformat() for level, outlook in risk.levels if outlook.arrives}


def test_a_drawing_is_one_picture_with_a_name_and_the_same_bytes_again(charts: dict[str, Chart]) -> None:
    chart = charts["Gantt chart"]
    drawn = draw(chart.wide, 880, "Called <so>")
    assert drawn == draw(chart.wide, 880, "Called <so>")
    assert drawn.startswith("<svg ") and 'role="img"' in drawn and 'aria-label="Called &lt;so&gt;"' in drawn
    assert drawn.count("role=") == 1 and "style=" not in drawn and " id=" not in drawn
    assert all(step in drawn for step in ("become Junior project manager", "2031-11-23", INKS["critical"].light))


def test_a_name_of_any_length_and_script_is_drawn_within_the_width() -> None:
    rows: Any = [{"label": "W" * 900, "x": 1}, {"label": "مرحبا\u202e<x>", "x": 2}]
    axis: Any = {"labelLimit": 230, "title": None}
    spec: Any = {
        "data": {"values": rows},
        "mark": "bar",
        "encoding": {
            "y": {"field": "label", "type": "nominal", "axis": axis},
            "x": {"field": "x", "type": "quantitative"},
        },
    }
    drawn = draw(spec, 350, "x")
    assert 'width="350"' in drawn and "\u202e" not in drawn and "&lt;x&gt;" in drawn
