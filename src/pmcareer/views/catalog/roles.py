"""What surrounds a role, as tables and as data: the ways in and out, and the pay that serves for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from pmcareer.api.catalog.roles import RolePayBand, RoleSurroundings, Way
from pmcareer.model.figures import Figure
from pmcareer.model.ids import RoleId
from pmcareer.model.sources import Citation, cite
from pmcareer.money import Money
from pmcareer.views.report import Block, Cell, Column, Plain, Table, cell
from pmcareer.views.resolved import Sources, money, resolved
from pmcareer.views.wording import requirement

_SHOWN = {"p25": "Lower quarter", "p50": "Median", "p75": "Upper quarter"}
_PAY_COLUMNS = (
    Column("Region"),
    Column("Band", flexible=True),
    Column("Fit"),
    *(Column(title, "right") for title in _SHOWN.values()),
    Column("Source"),
)
Reference: TypeAlias = Callable[[Citation], str]


def role_blocks(
    around: RoleSurroundings, names: Mapping[str, str], sources: Sources, reference: Reference
) -> Iterator[Block]:
    """Tables of the ways in, the ways out and the pay; one that would be empty is left out.

    *reference* says how a citation is referred to in a cell.
    """
    if around.ways_in:
        yield _ways("Ways in", "From", [(way.origin, way) for way in around.ways_in], names)
    if around.ways_out:
        yield _ways("Ways out", "To", [(way.into, way) for way in around.ways_out], names)
    if around.pay:
        rows = tuple(_pay_row(one, sources, reference) for one in around.pay)
        yield Table(_PAY_COLUMNS, rows, "Pay a year; survey figures are associations, not promises")


def _ways(title: str, end: str, ways: list[tuple[RoleId, Way]], names: Mapping[str, str]) -> Table:
    columns = (Column(end), Column("Ladder"), Column("Requires", flexible=True))
    rows = ((Cell(role), Cell(_ladder(way)), Cell(_requires(way, names))) for role, way in ways)
    return Table(columns, tuple(rows), title)


def _ladder(way: Way) -> str:
    return f"{way.ladder} (lateral)" if way.lateral else way.ladder


def _requires(way: Way, names: Mapping[str, str]) -> str:
    if way.rule is None or way.rule.status == "repealed":
        return "not open on this day"
    return requirement(way.rule.requires, names)


def _pay_row(pay: RolePayBand, sources: Sources, reference: Reference) -> tuple[Cell, ...]:
    band = pay.band
    stated = [getattr(band.percentiles, name) if band.percentiles else None for name in _SHOWN]
    return (
        Cell(pay.region),
        Cell(f"{band.name}, {band.period}"),
        Cell(pay.match.match),
        *(_amount(figure) for figure in stated),
        Cell(reference(cite(band.provenance, sources)), "dim"),
    )


def _amount(figure: Figure[Money] | None) -> Cell:
    """A blank where no such percentile was published; ``unknown`` where the file hides it."""
    return Cell("") if figure is None else cell(figure.value)


def role_document(around: RoleSurroundings, sources: Sources) -> dict[str, Plain]:
    """The same as data, to stand beside the role's own values."""
    return {
        "ways_in": [_way_document(way, sources) for way in around.ways_in],
        "ways_out": [_way_document(way, sources) for way in around.ways_out],
        "pay": [_pay_document(pay, sources) for pay in around.pay],
    }


def _way_document(way: Way, sources: Sources) -> Plain:
    rule = resolved(way.rule, sources) if way.rule is not None else None
    return {"from": way.origin, "to": way.into, "ladder": way.ladder, "lateral": way.lateral, "rule": rule}


def _pay_document(pay: RolePayBand, sources: Sources) -> Plain:
    median = pay.band.percentiles.p50 if pay.band.percentiles else None
    return {
        "region": pay.region,
        "match": pay.match.match,
        "primary": pay.match.primary,
        "median": money(median.value) if median else None,
        "band": resolved(pay.band, sources),
    }
