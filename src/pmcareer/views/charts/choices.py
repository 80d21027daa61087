"""Charts for choosing: plans by arrival and cost, how likely one has arrived by then, and what moves that most."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pmcareer.api.plans.answers import PlanAnswer
from pmcareer.dates import days_to_months
from pmcareer.views.charts.drawing import (
    Spec,
    ink,
    layer,
    layered,
    on_time,
    row_axis,
    row_labels,
    some_days_on,
    time_axis,
    unique,
)
from pmcareer.views.page import Chart, Sign
from pmcareer.views.plans.choices import choices_table
from pmcareer.views.report import Cell, Column, Plain, Table
from pmcareer.views.wording import counted, number

if TYPE_CHECKING:
    from pmcareer.api.plans.risk import Outlook, RiskAnswer, Swing

_SHOWN_SWINGS = 10


def choices_chart(answer: PlanAnswer) -> Chart:
    """Every plan of the answer by its arrival and its cost, with its number."""
    rows: list[Spec] = [
        {
            "label": f"{n}: {counted(plan.exams, 'exam')}",
            "on": plan.arrives.isoformat(),
            "cost": float(plan.cost.amount),
            "ink": ink("renew" if plan.at_least else "study"),
        }
        for n, plan in enumerate(answer.plans, 1)
    ]
    arrivals, currency = [plan.arrives for plan in answer.plans], answer.plans[0].cost.currency
    span = max(30, (max(arrivals) - min(arrivals)).days // 6)
    edges = (some_days_on(min(arrivals), -span), some_days_on(max(arrivals), 2 * span))
    table = choices_table(answer)
    legend = [Sign("circle", "study", "fully priced")]
    if any(plan.at_least for plan in answer.plans):
        legend.append(Sign("circle", "renew", "some price is unknown: costs at least so much"))
    return Chart(
        title="Arrival and cost of each plan",
        wide=_choices_spec(rows, edges, currency, narrow=False),
        narrow=_choices_spec(rows, edges, currency, narrow=True),
        description=f"{counted(len(answer.plans), 'plan')}: lower is cheaper, further left is sooner.",
        table=Table(table.columns, table.rows, table.title),
        legend=tuple(legend),
        table_shown=True,
    )


def _choices_spec(rows: list[Spec], edges: tuple[date, date], currency: str, *, narrow: bool) -> Spec:
    axis = time_axis(*edges, narrow=narrow)
    cost: Spec = {"field": "cost", "type": "quantitative", "title": currency, "axis": _upright(",.0f")}
    place: Spec = {"x": on_time("on", axis), "y": cost}
    colour: Plain = {"field": "ink", "type": "nominal", "scale": None}
    layers = [
        layer("point", {**place, "color": colour}, filled=True, size=160, opacity=1),
        layer("text", {**place, "text": {"field": "label"}}, align="left", dx=11, dy=-7, color=ink("text")),
    ]
    return layered(rows, layers, 200 if narrow else 240)


def _upright(form: str) -> Spec:
    """An axis whose title stands above it, upright."""
    return {"format": form, "tickCount": 5, "titleAnchor": "end", "titleAngle": 0, "titleAlign": "left", "titleY": -8}


# --- risk -----------------------------------------------------------------------------------------------------------


def risk_chart(risk: RiskAnswer, planned: date) -> Chart | None:
    """How many of a hundred lives have arrived by which day; None where too few ever arrive to be drawn."""
    known = [(level, outlook.arrives) for level, outlook in risk.curve if outlook.arrives is not None]
    if len(known) < 2:
        return None
    marked = {level for level, _ in risk.levels}
    levels = dict(known) | {level: outlook.arrives for level, outlook in risk.levels if outlook.arrives}
    rows: list[Spec] = [
        {"on": day.isoformat(), "level": level, "marked": level in marked, "label": f"P{level}: {day.isoformat()} "}
        for level, day in sorted(levels.items())
    ]
    first, last = min(planned, *levels.values()), max(levels.values())
    edges = (some_days_on(first, -14), some_days_on(last, max(30, (last - first).days // 12)))
    said = "; ".join(f"{level} of 100 lives by {_day(outlook)}" for level, outlook in risk.levels)
    return Chart(
        title="How likely it has arrived by then",
        wide=_risk_spec(rows, edges, planned, narrow=False),
        narrow=_risk_spec(rows, edges, planned, narrow=True),
        description=f"Arrived: {said}. As planned: {planned.isoformat()}.",
        table=_levels(risk),
        legend=(Sign("line", "study", "lives that have arrived, of 100"), Sign("line", "muted", "as planned")),
    )


def _risk_spec(rows: list[Spec], edges: tuple[date, date], planned: date, *, narrow: bool) -> Spec:
    axis = time_axis(*edges, narrow=narrow)
    level: Spec = {"field": "level", "type": "quantitative", "title": "of 100", "axis": _upright(".0f")}
    level["scale"] = {"domain": [0, 100]}
    place: Spec = {"x": on_time("on", axis), "y": level}
    layers = [
        layer("line", place, interpolate="monotone", strokeWidth=3, color=ink("study")),
        layer("point", place, where="marked", filled=True, size=110, opacity=1, color=ink("study")),
        layer(
            "text",
            {**place, "text": {"field": "label"}},
            where="marked",
            align="right",
            dx=-10,
            dy=-6,
            color=ink("text"),
        ),
        layer(
            "rule", {"x": {"datum": planned.isoformat(), **axis}}, color=ink("muted"), strokeWidth=2, strokeDash=[5, 4]
        ),
    ]
    return layered(rows, layers, 210 if narrow else 250)


def _levels(risk: RiskAnswer) -> Table:
    rows = ((Cell(f"P{level}"), Cell(_day(outlook)), Cell(_cost(outlook))) for level, outlook in risk.curve)
    return Table((Column("Of 100 lives"), Column("Arrived by"), Column("Costs up to", "right")), tuple(rows))


def _day(outlook: Outlook) -> str:
    return outlook.arrives.isoformat() if outlook.arrives else "never"


def _cost(outlook: Outlook) -> str:
    return str(outlook.cost) if outlook.cost is not None else "unknown"


def tornado_chart(risk: RiskAnswer) -> Chart | None:
    """By how many months each assumption alone moves the arrival from its P10 to its P90; None where none does."""
    usual = risk.usual.arrives
    moving = [s for s in risk.tornado if s.days and s.at_low.arrives and s.at_high.arrives][:_SHOWN_SWINGS]
    if usual is None or not moving:
        return None
    labels = unique(f"{swing.kind.value.replace('-', ' ')}: {swing.name}" for swing in moving)
    rows = [_swing_row(swing, label, usual) for swing, label in zip(moving, labels, strict=True)]
    most = moving[0]
    return Chart(
        title="What moves the arrival most",
        wide=_tornado_spec(rows, narrow=False),
        narrow=_tornado_spec(rows, narrow=True),
        description=f"Most: {labels[0]}, by {counted(most.days or 0, 'day')} between its P10 and its P90.",
        table=_swings(moving, labels),
        legend=(Sign("bar", "renew", "from P10 to P90, all else as is most likely"),),
    )


def _swing_row(swing: Swing, label: str, usual: date) -> Spec:
    ends = [(end.arrives - usual).days for end in (swing.at_low, swing.at_high) if end.arrives]
    months = [float(days_to_months(days)) for days in ends]
    return {"label": label, "low": min(months), "high": max(months)}


def _tornado_spec(rows: list[Spec], *, narrow: bool) -> Spec:
    row = row_axis("label", [str(one["label"]) for one in rows], narrow=narrow)
    axis: Spec = {"type": "quantitative", "axis": {"title": "months later than usual", "tickCount": 6}}
    bar: Spec = {"y": row, "x": {"field": "low", **axis}, "x2": {"field": "high"}}
    layers = [
        layer("bar", bar, height=14, color=ink("renew")),
        layer("rule", {"x": {"datum": 0, **axis}}, color=ink("text"), strokeWidth=2),
    ]
    if narrow:
        layers.append(row_labels("label", row, 16))
    return layered(rows, layers, {"step": 42 if narrow else 27})


def _swings(moving: list[Swing], labels: list[str]) -> Table:
    rows = (
        (
            Cell(label),
            Cell(_day(swing.at_low)),
            Cell(_day(swing.at_high)),
            Cell(number(round(days_to_months(swing.days or 0), 1))),
        )
        for swing, label in zip(moving, labels, strict=True)
    )
    columns = (Column("What", flexible=True), Column("Arrival at P10"), Column("at P90"), Column("Months", "right"))
    return Table(columns, tuple(rows))
