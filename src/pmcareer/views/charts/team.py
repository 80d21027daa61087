"""Charts of a staff: holdings by status, renewals by quarter; for the page that a steering meeting looks at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pmcareer.renewals.status import Status
from pmcareer.team.forecast import TeamForecast
from pmcareer.team.status import TeamStatus
from pmcareer.views.charts.drawing import Spec, ink, layer, layered, row_axis, row_labels
from pmcareer.views.page import Chart, Ink, Page, Section, page_of
from pmcareer.views.report import Cell, Column, Report, Table

_INKS: dict[Status, Ink] = {
    Status.LIFETIME: "good",
    Status.ACTIVE: "good",
    Status.DUE: "renew",
    Status.GRACE: "critical",
    Status.SUSPENDED: "critical",
    Status.EXPIRED: "critical",
    Status.NOTED: "critical",
}

Bar = tuple[str, int, Ink]


def status_page(report: Report, answer: TeamStatus) -> Page:
    """The report on status, with its bars first."""
    bars = [(status.value, count, _INKS.get(status, "open")) for status, count in answer.tally.by_status.items()]
    words = ", ".join(f"{count:,} {name}" for name, count, _ in bars)
    return _with_chart(report, bars, "Holdings by status", "Status", f"{words}.")


def forecast_page(report: Report, answer: TeamForecast) -> Page:
    """The forecast, with the renewals of each quarter first."""
    bars: list[Bar] = []
    for quarter in answer.quarters:
        bars.append((str(quarter), sum(row.renewals for row in answer.rows if row.quarter == quarter), "renew"))
    most = max(bars, key=lambda bar: bar[1])
    words = f"Most in {most[0]}: {most[1]:,}." if most[1] else "None in any quarter."
    return _with_chart(report, bars, "Renewals by quarter", "Quarter", words)


def _with_chart(report: Report, bars: Sequence[Bar], title: str, first: str, words: str) -> Page:
    page = page_of(report)
    if not any(count for _, count, _ in bars):
        return page
    table = Table(
        (Column(first), Column("Holdings", "right")),
        tuple((Cell(name), Cell(f"{count:,}")) for name, count, _ in bars),
    )
    chart = Chart(title, _spec(bars, narrow=False), _spec(bars, narrow=True), words, table)
    return replace(page, sections=(Section(title, "chart", (chart,)), *page.sections))


def _spec(bars: Iterable[Bar], *, narrow: bool) -> Spec:
    rows: list[Spec] = [
        {"label": name, "count": count, "words": f"{count:,}", **{which: which == own for which in _inks(bars)}}
        for name, count, own in bars
    ]
    row = row_axis("label", [str(one["label"]) for one in rows], narrow=narrow)
    longest = max(count for _, count, _ in bars)
    axis: Spec = {
        "field": "count",
        "type": "quantitative",
        "scale": {"domain": [0, longest * (1.3 if narrow else 1.12)], "nice": False},
        "axis": None,
    }
    layers = [
        layer("bar", {"y": row, "x": axis}, where=which, height=14, color=ink(which), cornerRadius=3)
        for which in _inks(bars)
    ]
    layers.append(
        layer("text", {"y": row, "x": axis, "text": {"field": "words"}}, align="left", dx=6, color=ink("text"))
    )
    if narrow:
        layers.append(row_labels("label", row, 16))
    return layered(rows, layers, {"step": 42 if narrow else 27})


def _inks(bars: Iterable[Bar]) -> list[Ink]:
    return list(dict.fromkeys(own for _, _, own in bars))
