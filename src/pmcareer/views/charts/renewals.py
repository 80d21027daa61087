"""Charts of what is held: units against what each cycle asks for, and the days ahead on a time axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from pmcareer.api.upkeep.renewals import Renewals
from pmcareer.renewals.answer import HoldingAnswer
from pmcareer.renewals.deadlines import Deadline, DeadlineKind
from pmcareer.values import dataclass
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
from pmcareer.views.renewals.wording import days_left, deadline_in_words, unit_of, without_twins
from pmcareer.views.report import Cell, Column, Plain, Table, Tone
from pmcareer.views.wording import counted, number

_GROUPS: tuple[tuple[Ink, str, frozenset[DeadlineKind]], ...] = (
    (
        "critical",
        "last day to act",
        frozenset(
            {
                DeadlineKind.RENEW_BY,
                DeadlineKind.REPORTING_GRACE_ENDS,
                DeadlineKind.EARNING_GRACE_ENDS,
                DeadlineKind.SUSPENSION_ENDS,
                DeadlineKind.EXPIRES,
            }
        ),
    ),
    ("study", "units due", frozenset({DeadlineKind.YEARLY_MINIMUM})),
    ("renew", "fee due", frozenset({DeadlineKind.FEE_DUE})),
    ("move", "renewal opens", frozenset({DeadlineKind.WINDOW_OPENS})),
)
_SHOWN_DAYS = 20
_SHAPES = {"critical": "diamond", "study": "square", "renew": "circle", "move": "triangle-right"}


# --- units ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Need:
    """A total or a floor of one holding, and how much of it there is."""

    label: str
    unit: str
    required: Fraction
    counted: Fraction
    remaining: Fraction


def units_chart(renewals: Renewals) -> Chart | None:
    """What each running cycle asks for in all and by category, and what counts; None where none asks for units."""
    needs = [need for held in renewals.answer.holdings for need in _needs(renewals.names[held.certification], held)]
    if not needs:
        return None
    labels = unique(need.label for need in needs)
    rows = [_need_row(need, label) for need, label in zip(needs, labels, strict=True)]
    open_ = [need for need in needs if need.remaining]
    return Chart(
        "Units of the running cycles",
        _units_spec(rows, narrow=False),
        _units_spec(rows, narrow=True),
        _units_in_words(open_),
        _units_table(needs),
        (Sign("bar", "good", "counted"), Sign("bar", "open", "to earn")),
    )


def _needs(name: str, held: HoldingAnswer) -> Iterator[_Need]:
    units = held.units
    if units is None or (held.cycle and held.cycle.renewed) or held.let_lapse:
        return
    if units.required and units.remaining is not None:
        yield _Need(f"{name}: all", units.name, units.required, units.counted, units.remaining)
    for one in units.categories:
        if one.minimum and not one.in_years:
            yield _Need(f"{name}: {one.name}", units.name, one.minimum, one.counted, one.remaining)


def _need_row(need: _Need, label: str) -> Spec:
    share = min(Fraction(1), need.counted / need.required)
    return {
        "label": label,
        "share": float(100 * share),
        "whole": 100,
        "words": f"{number(need.counted)} of {number(need.required)} {need.unit}",
    }


def _units_spec(rows: list[Spec], *, narrow: bool) -> Spec:
    row = row_axis("label", [str(one["label"]) for one in rows], narrow=narrow)
    axis: Spec = {
        "type": "quantitative",
        "scale": {"domain": [0, 145 if narrow else 122]},  # room for the words beside full bars
        "axis": {"title": "percent of what is asked for", "values": [0, 25, 50, 75, 100], "grid": False},
    }
    words: Spec = {"y": row, "x": {"datum": 100, **axis}, "text": {"field": "words"}}
    layers = [
        layer("bar", {"y": row, "x": {"field": "whole", **axis}}, height=14, color=ink("open"), cornerRadius=3),
        layer("bar", {"y": row, "x": {"field": "share", **axis}}, height=14, color=ink("good"), cornerRadius=3),
        layer("text", words, align="left", dx=8, color=ink("text")),
    ]
    if narrow:
        layers.append(row_labels("label", row, 16))
    return layered(rows, layers, {"step": 42 if narrow else 27})


def _units_in_words(open_: Sequence[_Need]) -> str:
    if not open_:
        return "Everything that the running cycles ask for is earned."
    return f"To earn: {'; '.join(f'{n.label} {number(n.remaining)} {n.unit}' for n in open_)}."


def _units_table(needs: Sequence[_Need]) -> Table:
    columns = (
        Column("What", flexible=True),
        Column("Unit"),
        *(Column(title, "right") for title in ("Required", "Counted", "Remaining")),
    )
    rows = (
        (
            Cell(need.label),
            Cell(need.unit),
            Cell(number(need.required)),
            Cell(number(need.counted)),
            Cell(number(need.remaining), "warn" if need.remaining else "good"),
        )
        for need in needs
    )
    return Table(columns, tuple(rows))


# --- the days ahead -------------------------------------------------------------------------------------------------


def deadlines_ahead(renewals: Renewals) -> list[tuple[Deadline, HoldingAnswer]]:
    """Every day ahead of what is to be kept, those of an even pace left out; by day."""
    dated = [
        (one, held)
        for held in renewals.answer.holdings
        if not held.let_lapse
        for one in without_twins(renewals.deadlines(held))
        if one.on >= renewals.as_of and one.kind is not DeadlineKind.PACE
    ]
    return sorted(dated, key=lambda pair: (pair[0].on, pair[0].certification, pair[0].kind.value))


def deadlines_chart(renewals: Renewals) -> Chart | None:
    """The days ahead by certification; None where there are none."""
    dated = deadlines_ahead(renewals)
    if not dated:
        return None
    names = list(dict.fromkeys(renewals.names[one.certification] for one, _ in dated))
    rows = [_day_row(renewals.names[one.certification], one) for one, _ in dated]
    rows.sort(key=lambda row: row["ink"] != ink("critical"))  # large ones first, so that none hides another
    last = some_days_on(dated[-1][0].on, 30)
    inks = {row["ink"] for row in rows}
    first, held = dated[0]
    text = deadline_in_words(first, unit_of(held))
    return Chart(
        "The days ahead",
        _days_spec(rows, names, renewals.as_of, last, narrow=False),
        _days_spec(rows, names, renewals.as_of, last, narrow=True),
        f"{counted(len(dated), 'day')} ahead; the first is {first.on.isoformat()}, "
        f"{renewals.names[first.certification]}: {text}.",
        deadlines_table(renewals),
        tuple(_sign(colour, words) for colour, words, _ in _GROUPS if ink(colour) in inks),
        table_shown=len(dated) <= _SHOWN_DAYS,
    )


def deadlines_table(renewals: Renewals) -> Table:
    """The days ahead, first things first."""
    columns = (Column("Day"), Column("Certification"), Column("What", flexible=True), Column("When", "right"))
    rows = (
        (
            Cell(one.on.isoformat(), _tone(one)),
            Cell(renewals.names[one.certification]),
            Cell(deadline_in_words(one, unit_of(held)), _tone(one)),
            Cell(days_left(one.on, renewals.as_of), "dim"),
        )
        for one, held in deadlines_ahead(renewals)
    )
    return Table(columns, tuple(rows))


def _tone(one: Deadline) -> Tone:
    if one.foreseen or not one.binding:
        return "dim"
    return "strong" if one.kind in _GROUPS[0][2] else "plain"


def _sign(colour: Ink, words: str) -> Sign:
    return Sign("diamond" if colour == "critical" else "circle" if colour == "renew" else "bar", colour, words)


def _day_row(name: str, one: Deadline) -> Spec:
    group: Ink = next(colour for colour, _, kinds in _GROUPS if one.kind in kinds)
    return {
        "label": name,
        "on": one.on.isoformat(),
        "ink": ink(group),
        "shape": _SHAPES[group],
        "size": 280 if group == "critical" else 80,
        "opacity": 0.45 if one.foreseen or not one.binding else 1,
    }


def _days_spec(rows: list[Spec], names: Sequence[str], as_of: date, last: date, *, narrow: bool) -> Spec:
    row = row_axis("label", names, narrow=narrow)
    axis = time_axis(as_of, last, narrow=narrow)
    plain: dict[str, Plain] = {"type": "nominal", "scale": None}
    points: Spec = {
        "y": row,
        "x": on_time("on", axis),
        "color": {"field": "ink", **plain},
        "shape": {"field": "shape", **plain},
        "opacity": {"field": "opacity", "type": "quantitative", "scale": None},
        "size": {"field": "size", "type": "quantitative", "scale": None},
    }
    layers = [
        layer("point", points, filled=True),
        layer("rule", {"x": {"datum": as_of.isoformat(), **axis}}, color=ink("text"), strokeWidth=2),
    ]
    if narrow:
        layers.append(row_labels("label", row, 13))
    return layered(rows, layers, {"step": 40 if narrow else 30})
