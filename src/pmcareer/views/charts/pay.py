"""The pay chart: what each role on the way is paid, as published bands from the tenth to the ninetieth percentile."""

from __future__ import annotations

from collections.abc import Sequence

from pmcareer.api.comparing.pay_bands import PERCENTS, PayOfRole
from pmcareer.money import Money
from pmcareer.views.charts.drawing import Spec, ink, layer, layered, row_axis, row_labels, unique
from pmcareer.views.page import Chart, Sign
from pmcareer.views.report import Cell, Column, Plain, Table
from pmcareer.views.source_notes import SourceNotes

_LEGEND = (
    Sign("bar", "band", "from the 10th to the 90th percentile"),
    Sign("bar", "middle", "the middle half"),
    Sign("tick", "critical", "median"),
)


def pay_chart(bands: Sequence[PayOfRole], sources: SourceNotes) -> Chart | None:
    """The bands of the roles in their order; None where no band is known."""
    currency = next((point.amount.currency for band in bands for point in band.points if point.amount), "")
    if not currency:
        return None
    labels = unique(band.role_name for band in bands)
    rows = [_row(band, label) for band, label in zip(bands, labels, strict=True)]
    return Chart(
        title=f"Pay a year of the roles on the way, {currency}",
        wide=_spec(rows, currency, narrow=False),
        narrow=_spec(rows, currency, narrow=True),
        description=_in_words(bands),
        table=_table(bands, sources),
        legend=_LEGEND,
    )


def _row(band: PayOfRole, label: str) -> Spec:
    median = band.at(50)
    row: Spec = {f"p{percent}": _shown(band.at(percent)) for percent in PERCENTS}
    return {
        **row,
        "label": label,
        "wide": band.at(10) is not None and band.at(90) is not None,
        "middle": band.at(25) is not None and band.at(75) is not None,
        "known": median is not None,
        "unknown": median is None,
        "words": _amount(median) if median else "unknown",
    }


def _shown(amount: Money | None) -> Plain:
    return float(amount.amount) if amount else None


def _amount(money: Money) -> str:
    return f"{money.amount:,.0f}" if money.amount == money.amount.to_integral_value() else f"{money.amount:,}"


def _spec(rows: list[Spec], currency: str, *, narrow: bool) -> Spec:
    row = row_axis("label", [str(one["label"]) for one in rows], narrow=narrow)
    axis: Spec = {"type": "quantitative", "title": None if narrow else f"{currency} a year"}
    axis["axis"] = {"format": "~s" if narrow else ",.0f", "tickCount": 4 if narrow else 7, "title": axis["title"]}
    base: Spec = {"y": row}

    def along(field: str) -> Spec:
        return {"field": field, **axis}

    layers = [
        layer(
            "bar",
            {**base, "x": along("p10"), "x2": {"field": "p90"}},
            where="wide",
            height=16,
            color=ink("band"),
            cornerRadius=3,
        ),
        layer(
            "bar", {**base, "x": along("p25"), "x2": {"field": "p75"}}, where="middle", height=16, color=ink("middle")
        ),
        layer(
            "tick", {**base, "x": along("p50")}, where="known", size=24, thickness=4, opacity=1, color=ink("critical")
        ),
        layer(
            "text",
            {**base, "x": along("p50"), "text": {"field": "words"}},
            where="known",
            align="left",
            dx=7,
            color=ink("text"),
            fontWeight="bold",
        ),
        layer(
            "text",
            {**base, "x": {"value": 4}, "text": {"field": "words"}},
            where="unknown",
            align="left",
            color=ink("muted"),
        ),
    ]
    if narrow:
        layers.append(row_labels("label", row, 16))
    return layered(rows, layers, {"step": 44 if narrow else 36})


def _in_words(bands: Sequence[PayOfRole]) -> str:
    def said(band: PayOfRole) -> str:
        median = band.at(50)
        return f"{band.role_name}: {f'median {median} a year' if median else 'unknown'}"

    return f"{'; '.join(said(band) for band in bands)}."


def _table(bands: Sequence[PayOfRole], sources: SourceNotes) -> Table:
    columns = (
        Column("Role", flexible=True),
        *(Column("median" if percent == 50 else f"{percent} %", "right") for percent in PERCENTS),
        Column("Occupation, year, fit", flexible=True),
    )
    return Table(columns, tuple(_table_row(band, sources) for band in bands))


def _table_row(band: PayOfRole, sources: SourceNotes) -> tuple[Cell, ...]:
    fit = f"{band.band}, {band.period} ({band.match} match)" if band.points else "no band is matched to the role"
    amounts = (
        Cell(str(point.amount) if point.amount else "unknown", "strong" if point.percent == 50 else "plain")
        for point in band.points
    )
    missing = (Cell("unknown", "dim") for _ in (() if band.points else PERCENTS))
    cited = sources.cite_all(point.citation for point in band.points)
    return (Cell(band.role_name), *amounts, *missing, Cell(fit, "dim", cited))
