"""Charts: the pieces of Vega-Lite that the charts of every view share: axes of time, rows with labels, marks.

Charts show; nothing is decided by them. So their numbers are plain floats, and their tables have the exact ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeAlias

from pmcareer.views.page import Ink
from pmcareer.views.report import Plain

Spec: TypeAlias = dict[str, Plain]

LABEL_LIMIT = 230  # pixels that a row's label may take on a wide page
_YEARLY, _QUARTERLY = 365 * 5 // 2, 200  # spans in days from which an axis is marked by years, by quarters


def ink(name: Ink) -> str:
    """The name of an ink as specs have it."""
    return f"ink:{name}"


def layered(rows: Sequence[Spec], layers: Iterable[Spec], height: Plain, **more: Plain) -> Spec:
    """Layers over one set of rows."""
    return {"data": {"values": [dict(row) for row in rows]}, "height": height, "layer": list(layers), **more}


def layer(mark: str, encoding: Mapping[str, Plain], *, where: str = "", **properties: Plain) -> Spec:
    """One layer; *where*: only the rows in which this field is true."""
    spec: Spec = {"mark": {"type": mark, **properties}, "encoding": dict(encoding)}
    if where:
        spec["transform"] = [{"filter": {"field": where, "equal": True}}]
    return spec


def time_axis(first: date, last: date, *, narrow: bool, grid: bool = True) -> Spec:
    """An axis of time from *first* to *last*, marked by years, quarters or months as the span and the room ask."""
    days = (last - first).days * (2 if narrow else 1)
    if days >= _YEARLY:
        years = max(1, round(days / 365 / 12))
        marks: Spec = {"format": "%Y", "tickCount": {"interval": "year", "step": years}}
    elif days >= _QUARTERLY:
        marks = {"format": "%b %Y", "tickCount": {"interval": "month", "step": 6 if days >= 2 * _QUARTERLY else 3}}
    else:
        marks = {"format": "%d %b", "tickCount": 4 if narrow else 8}
    return {
        "type": "temporal",
        "scale": {"type": "utc", "domain": [first.isoformat(), last.isoformat()], "nice": False},
        "axis": {**marks, "title": None, "grid": grid, "labelFlush": True, "labelOverlap": True},
    }


def on_time(field: str, axis: Spec) -> Spec:
    """A field of ISO dates on that axis."""
    return {"field": field, **axis}


def row_axis(field: str, order: Sequence[str], *, narrow: bool) -> Spec:
    """Rows by name in the order given, labelled at their left; on a narrow page ``row_labels`` names them instead."""
    axis: Plain = (
        None
        if narrow
        else {"title": None, "labelLimit": LABEL_LIMIT, "domain": False, "ticks": False, "labelColor": ink("text")}
    )
    return {"field": field, "type": "nominal", "sort": list(order), "axis": axis}


def row_labels(field: str, row: Spec, up: int = 14) -> Spec:
    """Each row's label above it at the left edge, for narrow pages."""
    return layer(
        "text",
        {"y": row, "x": {"value": 0}, "text": {"field": field}},
        align="left",
        dx=5,
        dy=-up,
        limit=330,
        color=ink("text"),
    )


def unique(labels: Iterable[str]) -> list[str]:
    """The labels with a number after those that were there before, since a row's label is its name."""
    seen: dict[str, int] = {}
    numbered = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        numbered.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return numbered


def some_days_on(day: date, days: int) -> date:
    """*days* later, and never beyond the calendar."""
    return day + timedelta(days=days) if (date.max - day).days > days else date.max
