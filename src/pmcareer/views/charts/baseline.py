"""The chart of a plan against its baseline: each milestone's day then and now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

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
from pmcareer.views.report import Cell, Column, Plain, Table
from pmcareer.views.wording import counted

if TYPE_CHECKING:
    from pmcareer.api.baselines.baseline import AgainstBaseline, Milestone

_LEGEND = (
    Sign("tick", "muted", "in the baseline"),
    Sign("diamond", "critical", "later now"),
    Sign("diamond", "good", "now, in time"),
    Sign("line", "text", "today"),
)


def slip_chart(held: AgainstBaseline, as_of: date) -> Chart | None:
    """The milestones that both plans have, by their days then; None where they share none."""
    shared = sorted((one for one in held.milestones if one.then and one.now), key=lambda one: (one.then, one.name))
    if not shared:
        return None
    labels = unique(one.name for one in shared)
    rows = [_row(one, label) for one, label in zip(shared, labels, strict=True)]
    days = [day for one in shared for day in (one.then, one.now) if day]
    span = max(20, (max(days) - min(days)).days // 20)
    edges = (some_days_on(min(*days, as_of), -span), some_days_on(max(*days, as_of), span))
    late = sum((one.slip_days or 0) > 0 for one in shared)
    return Chart(
        title=f"Milestones against the baseline of {held.saved.isoformat()}",
        wide=_spec(rows, labels, as_of, edges, narrow=False),
        narrow=_spec(rows, labels, as_of, edges, narrow=True),
        description=f"{counted(late, 'milestone')} of {len(shared)} later than planned.",
        table=_table(shared, labels),
        legend=_LEGEND,
    )


def _row(one: Milestone, label: str) -> Spec:
    then, now = one.then or date.min, one.now or date.min
    late = (one.slip_days or 0) > 0
    colour = ink("critical" if late else "good")
    return {"label": label, "then": then.isoformat(), "now": now.isoformat(), "ink": colour}


def _spec(rows: list[Spec], labels: Sequence[str], as_of: date, edges: tuple[date, date], *, narrow: bool) -> Spec:
    axis = time_axis(*edges, narrow=narrow)
    row = row_axis("label", labels, narrow=narrow)
    then, now = (on_time(field, axis) for field in ("then", "now"))
    colour: Plain = {"field": "ink", "type": "nominal", "scale": None}
    layers = [
        layer("rule", {"y": row, "x": then, "x2": {"field": "now"}, "color": colour}, strokeWidth=2),
        layer("tick", {"y": row, "x": then}, size=18, thickness=4, opacity=1, color=ink("muted")),
        layer("point", {"y": row, "x": now, "color": colour}, shape="diamond", size=150, filled=True, opacity=1),
        layer("rule", {"x": {"datum": as_of.isoformat(), **axis}}, color=ink("text"), strokeWidth=2),
    ]
    if narrow:
        layers.append(row_labels("label", row))
    return layered(rows, layers, {"step": 40 if narrow else 27})


def _table(shared: Sequence[Milestone], labels: Sequence[str]) -> Table:
    rows = (
        (
            Cell(label),
            Cell(one.then.isoformat() if one.then else ""),
            Cell(one.now.isoformat() if one.now else ""),
            Cell(counted(one.slip_days or 0, "day"), "bad" if (one.slip_days or 0) > 0 else "good"),
        )
        for one, label in zip(shared, labels, strict=True)
    )
    columns = (Column("Milestone", flexible=True), Column("Then"), Column("Now"), Column("Later by", "right"))
    return Table(columns, tuple(rows))
