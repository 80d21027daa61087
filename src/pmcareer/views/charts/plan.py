"""Charts of a plan: its steps on a time axis with critical path and float, and what it costs in money and hours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from pmcareer.api.plans.answers import DatedPlan, PlannedStep
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
from pmcareer.views.page import Chart, Ink, Sign
from pmcareer.views.plans.quarters import Quarter, hours_by_quarter, money_by_quarter
from pmcareer.views.report import Cell, Column, Plain, Table
from pmcareer.views.wording import counted, months, number

_INKS: dict[str, Ink] = {"study": "study", "earn": "earn", "move": "move", "renew": "renew"}
_WORDS = {"study": "study {}", "earn": "earn {}", "move": "become {}", "renew": "renew {}"}
_LEGEND = (
    Sign("bar", "study", "study"),
    Sign("bar", "earn", "application to award"),
    Sign("diamond", "move", "role reached"),
    Sign("circle", "renew", "renewal"),
    Sign("bar", "critical", "critical: a day late here is a day late there"),
    Sign("thin", "float", "float"),
    Sign("line", "text", "today"),
)


def step_in_words(step: PlannedStep) -> str:
    """``study PMP``, ``become Project manager``."""
    return f"pay for {step.name}" if step.fee_only else _WORDS[step.kind].format(step.name)


def gantt(plan: DatedPlan, as_of: date, table: Table) -> Chart:
    """The plan's steps by their first days, milestones with their dates; *table* has the same steps in words."""
    steps = sorted(plan.steps, key=lambda step: (step.start, step.end))
    rows = _gantt_rows(steps, as_of)
    last = max((some_days_on(step.end, step.float_days) for step in steps if step.kind != "renew"), default=as_of)
    axis_end = some_days_on(max(last, plan.arrives), max(4, (plan.arrives - as_of).days // 40))
    return Chart(
        title="Gantt chart",
        wide=_gantt_spec(rows, as_of, axis_end, narrow=False),
        narrow=_gantt_spec(rows, as_of, axis_end, narrow=True),
        description=_gantt_in_words(plan),
        table=table,
        legend=_used(steps),
        table_shown=True,
    )


def _gantt_rows(steps: Sequence[PlannedStep], as_of: date) -> list[Spec]:
    labels = unique(step_in_words(step) for step in steps)
    span = max(1, *((step.end - as_of).days for step in steps))
    return [_gantt_row(step, label, (step.end - as_of).days / span) for step, label in zip(steps, labels, strict=True)]


def _gantt_row(step: PlannedStep, label: str, place: float) -> Spec:
    point = step.start == step.end
    floats = not step.critical and step.kind != "renew" and step.float_days > 0
    left = place >= 0.75 or floats
    return {
        "label": label,
        "start": step.start.isoformat(),
        "end": step.end.isoformat(),
        "day": f"{step.end.isoformat()} ",
        "late": some_days_on(step.end, step.float_days).isoformat(),
        "ink": ink("critical" if step.critical else _INKS[step.kind]),
        "bar": not point,
        "diamond": point and step.kind != "renew",
        "circle": point and step.kind == "renew",
        "floats": floats,
        # What is written beside a milestone stays on the page and off the float.
        "dated_right": point and not left,
        "dated_left": point and left and place >= 0.15,
    }


def _gantt_spec(rows: list[Spec], as_of: date, last: date, *, narrow: bool) -> Spec:
    axis = time_axis(as_of, last, narrow=narrow)
    row = row_axis("label", [str(one["label"]) for one in rows], narrow=narrow)
    start, end = (on_time(field, axis) for field in ("start", "end"))
    colour: Plain = {"field": "ink", "type": "nominal", "scale": None}
    base: Spec = {"y": row}
    layers = [
        layer("bar", {**base, "x": end, "x2": {"field": "late"}}, where="floats", height=5, color=ink("float")),
        layer(
            "bar", {**base, "x": start, "x2": {"field": "end"}, "color": colour}, where="bar", height=14, cornerRadius=2
        ),
        layer(
            "point",
            {**base, "x": end, "color": colour},
            where="diamond",
            shape="diamond",
            size=190,
            filled=True,
            opacity=1,
        ),
        layer("point", {**base, "x": end, "color": colour}, where="circle", size=90, filled=True, opacity=1),
        layer(
            "text",
            {**base, "x": end, "text": {"field": "day", "type": "nominal"}},
            where="dated_right",
            align="left",
            dx=11,
            color=ink("muted"),
        ),
        layer(
            "text",
            {**base, "x": end, "text": {"field": "day", "type": "nominal"}},
            where="dated_left",
            align="right",
            dx=-11,
            color=ink("muted"),
        ),
        layer("rule", {"x": {"datum": as_of.isoformat(), **axis}}, color=ink("text"), strokeWidth=2),
    ]
    if narrow:
        layers.append(row_labels("label", row))
    return layered(rows, layers, {"step": 40 if narrow else 28})


def _used(steps: Sequence[PlannedStep]) -> tuple[Sign, ...]:
    """The lines of the legend that something in the chart answers to."""
    inks = {_INKS[step.kind] for step in steps if not step.critical} | {"text"}
    if any(step.critical for step in steps):
        inks.add("critical")
    if any(step.float_days and step.kind != "renew" for step in steps):
        inks.add("float")
    return tuple(sign for sign in _LEGEND if sign.ink in inks)


def _gantt_in_words(plan: DatedPlan) -> str:
    critical = [step_in_words(step) for step in plan.steps if step.critical]
    path = f" Critical: {', '.join(critical)}." if critical else ""
    return f"{counted(len(plan.steps), 'step')}, arriving {plan.arrives.isoformat()} after {months(plan.days)}.{path}"


# --- money and hours ----------------------------------------------------------------------------------------------


def money_chart(plan: DatedPlan, as_of: date) -> Chart:
    """What is paid in each quarter, and what has been paid by its end."""
    currency = plan.cost.currency
    quarters = money_by_quarter(plan, as_of)
    unpriced = sum(not step.priced for step in plan.steps)
    unknown = f" The price of {counted(unpriced, 'step')} is not known and not in it." if unpriced else ""
    return _by_quarter(
        "Money by quarter",
        currency,
        quarters,
        {"paid": "renew"},
        (Sign("bar", "renew", "paid in the quarter"), Sign("line", "text", "paid up to then")),
        f"{plan.cost} in all, paid in {counted(sum(bool(q.amounts['paid']) for q in quarters), 'quarter')}.{unknown}",
    )


def hours_chart(plan: DatedPlan, as_of: date) -> Chart:
    """The hours of study and of renewal credits in each quarter, and their sum so far."""
    quarters = hours_by_quarter(plan, as_of)
    study, credit = (sum((q.amounts[kind] for q in quarters), Fraction(0)) for kind in ("study", "credits"))
    legend = []
    if study:
        legend.append(Sign("bar", "study", "study, spread evenly over its days"))
    if credit:
        legend.append(Sign("bar", "renew", "renewal credits, in the quarter in which they are due"))
    legend.append(Sign("line", "text", "hours up to then"))
    more = f" and {number(credit)} hours of renewal credits" if credit else ""
    return _by_quarter(
        "Hours by quarter",
        "hours",
        quarters,
        {"study": "study", "credits": "renew"},
        tuple(legend),
        f"{number(study)} hours of study{more}.",
    )


def _by_quarter(
    title: str, unit: str, quarters: Sequence[Quarter], inks: dict[str, Ink], legend: tuple[Sign, ...], words: str
) -> Chart:
    kinds = [kind for kind in inks if any(q.amounts[kind] for q in quarters)]
    columns = [Column("Quarter"), *(Column(f"{kind} ({unit})", "right") for kind in kinds), Column("so far", "right")]
    table = tuple(
        (Cell(q.name), *(Cell(number(q.amounts[kind])) for kind in kinds), Cell(number(q.total))) for q in quarters
    )
    rows = list(_quarter_rows(quarters, {kind: inks[kind] for kind in kinds}))
    return Chart(
        title,
        _quarter_spec(rows, quarters, unit, narrow=False),
        _quarter_spec(rows, quarters, unit, narrow=True),
        words,
        Table(tuple(columns), table),
        legend,
    )


def _quarter_rows(quarters: Sequence[Quarter], inks: dict[str, Ink]) -> Iterator[Spec]:
    start = quarters[0].first.isoformat()
    yield {"from": start, "to": start, "total": 0, "ink": "", "low": 0, "high": 0, "last": True}
    for q in quarters:
        base: Spec = {"from": q.first.isoformat(), "to": q.end.isoformat(), "total": float(q.total)}
        reached = 0.0
        for kind, colour in inks.items():
            amount = float(q.amounts[kind])
            yield {**base, "ink": ink(colour), "low": reached, "high": reached + amount, "last": False}
            reached += amount
        yield {**base, "ink": "", "low": 0, "high": 0, "last": True}


def _quarter_spec(rows: list[Spec], quarters: Sequence[Quarter], unit: str, *, narrow: bool) -> Spec:
    axis = time_axis(quarters[0].first, quarters[-1].end, narrow=narrow, grid=False)
    value: Spec = {
        "type": "quantitative",
        "title": unit,
        "axis": {
            "format": ",.0f",
            "tickCount": 4,
            "titleAnchor": "end",
            "titleAngle": 0,
            "titleAlign": "left",
            "titleY": -8,
        },
    }
    colour: Plain = {"field": "ink", "type": "nominal", "scale": None}
    bars: Spec = {
        **{"x": on_time("from", axis), "x2": {"field": "to"}, "color": colour},
        **{"y": {"field": "low", **value}, "y2": {"field": "high"}},
    }
    line: Spec = {"x": on_time("to", axis), "y": {"field": "total", **value}}
    layers = [
        layer("bar", bars, binSpacing=2),
        layer("line", line, where="last", interpolate="step-before", strokeWidth=2, color=ink("text")),
    ]
    return layered(rows, layers, 150 if narrow else 170)
