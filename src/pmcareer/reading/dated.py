"""Figures and timelines: values with their backing, and values that changed over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from pmcareer.model.figures import Figure
from pmcareer.problems import Position
from pmcareer.reading.annotations import provenance_shapes, shape_of
from pmcareer.reading.dispatch import read_shape
from pmcareer.reading.findings import quote
from pmcareer.reading.nodes import Entry, MappingNode, Node, Scalar, SequenceNode
from pmcareer.reading.provenances import read_provenance, split_provenance
from pmcareer.reading.scope import INVALID, Invalid, MetFigure, Scope
from pmcareer.reading.shapes import FigureShape, ListShape, Shape, TimelineShape
from pmcareer.timeline import Since, Timeline
from pmcareer.values import dataclass

UNKNOWN = "unknown"
_TEXT = shape_of(str)
_DATE = shape_of(date)


def read_figure(shape: FigureShape, node: Node, scope: Scope) -> Figure[Any] | Invalid:
    """A figure: the bare value or ``unknown``, or a mapping with ``value`` and its backing."""
    stated, others = split_provenance(_parts_of(node))
    provenance = read_provenance(stated, node.at, scope)
    parts = _read_parts(shape, others, scope)
    if parts is INVALID or provenance is INVALID:
        return INVALID
    if "value" not in parts:
        message, hint = "the key 'value' is missing", "a figure needs it; write `value: unknown` where it is not known"
        return scope.report("field-missing", message, node.at, hint)
    figure = Figure(parts["value"], provenance, parts.get("note", ""), parts.get("alternatives", ()))
    scope.context.figures.append(MetFigure(figure, node.at, scope))
    return figure


def _parts_of(node: Node) -> Sequence[Entry]:
    """The entries of a figure; a bare value counts as one with an empty key."""
    return node.entries if isinstance(node, MappingNode) else (Entry("", node.at, node),)


def _read_parts(shape: FigureShape, entries: Sequence[Entry], scope: Scope) -> dict[str, Any] | Invalid:
    """What a figure says beside its provenance."""
    parts: dict[str, Any] = {}
    known: Mapping[str, Shape] = {
        "value": shape.value,
        "note": _TEXT,
        "alternatives": ListShape(shape.rival),
    }
    for entry in entries:
        below = scope.child(entry.key)
        if entry.key in ("", "value"):
            parts["value"] = _value_or_unknown(shape.value, entry.value, below)
        elif entry.key in known:
            parts[entry.key] = read_shape(known[entry.key], entry.value, below)
        else:
            hint = scope.suggest(entry.key, {**known, **provenance_shapes()})
            message = f"the key {quote(entry.key)} is not known in a figure"
            parts[""] = below.report("field-unknown", message, entry.at, hint)
    return INVALID if any(part is INVALID for part in parts.values()) else parts


def _value_or_unknown(shape: Shape, node: Node, scope: Scope) -> Any:
    if isinstance(node, Scalar) and node.text == UNKNOWN:
        return None
    return read_shape(shape, node, scope)


def read_timeline(shape: TimelineShape, node: Node, scope: Scope) -> Timeline[Any] | Invalid:
    """A timeline: a list of dated entries, or a single value that has always held."""
    if isinstance(node, SequenceNode):
        places = [(item, scope.child(index)) for index, item in enumerate(node.items)]
    else:
        places = [(node, scope)]
    starts = [_read_start(item, place) for item, place in places]
    values = [_read_entry(shape, item, place) for item, place in places]
    ordered = _are_in_order(starts, scope)
    if not ordered or INVALID in starts or any(value is INVALID for value in values):
        return INVALID
    return Timeline(
        Since(start.day, value) for start, value in zip(starts, values, strict=True) if start is not INVALID
    )


@dataclass(frozen=True, slots=True)
class _Start:
    """The first day of an entry (None: since always), and where it is written."""

    day: date | None
    at: Position


def _read_start(node: Node, scope: Scope) -> _Start | Invalid:
    entry = _entry_of(node, "from")
    if entry is None:
        return _Start(None, node.at)
    day = read_shape(_DATE, entry.value, scope.child("from"))
    return INVALID if day is INVALID else _Start(day, entry.value.at)


def _read_entry(shape: TimelineShape, node: Node, scope: Scope) -> Any:
    """The value of an entry: its keys stand beside ``from``, or it stands under ``value``, or alone."""
    if not isinstance(node, MappingNode):
        return read_shape(shape.value, node, scope)
    rest = tuple(entry for entry in node.entries if entry.key != "from")
    if shape.inline:
        return read_shape(shape.value, MappingNode(rest, node.at), scope.with_key_beside("from"))
    value = _entry_of(node, "value")
    if value is None:
        return scope.report("field-missing", "the key 'value' is missing", node.at, "write `value: …` beside `from`")
    for other in rest:
        if other is not value:
            message = f"the key {quote(other.key)} is not known in a dated entry"
            return scope.child(other.key).report("field-unknown", message, other.at, "known: from, value")
    return read_shape(shape.value, value.value, scope.child("value"))


def _entry_of(node: Node, key: str) -> Entry | None:
    if not isinstance(node, MappingNode):
        return None
    return next((entry for entry in node.entries if entry.key == key), None)


def _are_in_order(starts: Sequence[_Start | Invalid], scope: Scope) -> bool:
    """Whether each entry begins after the one before; each that does not is reported."""
    fine = True
    readable = [start for start in starts if start is not INVALID]
    for before, start in pairwise(readable):
        earlier, later = before.day or date.min, start.day or date.min
        if later == earlier:
            when = f"on {start.day}" if start.day else "without `from`"
            message = f"two entries begin {when}; the other on line {before.at.line}"
            scope.report("catalog-dates-twin", message, start.at, "give each entry its own first day")
        elif later < earlier:
            message = f"the entry begins {start.day or 'without `from`'}, before the one above it ({before.day})"
            scope.report("catalog-dates-unsorted", message, start.at, "list entries by their first day, oldest first")
        fine = fine and later > earlier
    return fine
