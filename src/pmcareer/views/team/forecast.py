"""``team forecast`` as a Report: renewals, units and fees by quarter, and by certification below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from pmcareer.money import Money, totals
from pmcareer.team.audience import Audience
from pmcareer.team.forecast import ForecastRow, Quarter, TeamForecast
from pmcareer.views.plain_data import plain_money, plain_number
from pmcareer.views.report import Block, Cell, Column, Lines, Plain, Report, SheetKind, Table
from pmcareer.views.team.words import audience_document, sheet_columns
from pmcareer.views.wording import counted, number

SCHEMA = "pmcareer.team-forecast/1"
SHEET = ("quarter", "certification", "renewals", "unit", "units", "currency", "fees", "fees_unknown")
KINDS: Final[Mapping[str, SheetKind]] = {
    "renewals": "integer",
    "units": "decimal",
    "fees": "decimal",
    "fees_unknown": "integer",
}
"""What the columns of ``SHEET`` hold that are not text."""

_ASSUMED = (
    "Everybody renews in time, by the rule's usual route, and pays the full fee as no member of an issuer.",
    "Units are those that whole cycles ask for; rosters do not tell what is earned already. "
    "Fees are those of the rules; exams and courses taken to renew are not in them.",
)

Names = Mapping[str, str]


def forecast_report(answer: TeamForecast, audience: Audience, names: Names) -> Report:
    """The answer to ``pmcareer team forecast``; *names* are short names of certifications."""
    first, last = answer.quarters[0], answer.quarters[-1]
    renewals = sum(row.renewals for row in answer.rows)
    fees = _fees(answer.rows)
    return Report(
        title=f"{first} to {last}: {counted(f'{renewals:,}', 'renewal')}, fees {fees}",
        blocks=tuple(_blocks(answer, names)),
        document=_document(answer, audience),
        verdict="bad-news" if answer.overdue else "fine",
        notes=(f"Fees are those of region {answer.region!r} (--region ID).",),
    )


def forecast_sheet(answer: TeamForecast) -> Report:
    """The rows for a spreadsheet, one for each currency."""
    rows = tuple(tuple(Cell(text) for text in cells) for row in answer.rows for cells in _sheet_rows(row))
    return Report("", (Table(sheet_columns(SHEET, ("renewals", "units", "fees", "fees_unknown")), rows),), {})


def _sheet_rows(row: ForecastRow) -> Iterator[tuple[str, ...]]:
    units = "" if not row.unit else "unknown" if row.units is None else number(row.units)
    for place, fee in enumerate(row.fees or (None,)):
        told = (str(row.renewals), row.unit, units) if not place else ("0", row.unit, "0")
        unknown = str(row.fees_unknown) if not place else "0"
        money = (fee.currency, fee.plain) if fee else ("", "")
        yield (str(row.quarter), row.certification, *told, *money, unknown)


def _blocks(answer: TeamForecast, names: Names) -> Iterator[Block]:
    columns = (
        Column("Quarter"),
        Column("Renewals", "right"),
        Column("Units", flexible=True),
        Column("Fees", "right"),
    )
    yield Table(columns, tuple(_quarter_row(quarter, answer.rows) for quarter in answer.quarters))
    by_certification = (Column("Certification", flexible=True), *columns[1:])
    owners = sorted({row.certification for row in answer.rows}, key=lambda own: names.get(own, own))
    rows = tuple(
        (Cell(names.get(own, own), "strong"), *_sums([row for row in answer.rows if row.certification == own]))
        for own in owners
    )
    if rows:
        yield Table(by_certification, rows, "By certification")
    if answer.overdue:
        late = ", ".join(f"{names.get(own, own)} {count:,}" for own, count in answer.overdue.items())
        yield Lines((Cell(f"Overdue today, and not counted above: {late}", "bad"),), bullets=False)
    yield Lines(tuple(Cell(text, "dim") for text in _ASSUMED), bullets=False)


def _quarter_row(quarter: Quarter, rows: Iterable[ForecastRow]) -> tuple[Cell, ...]:
    return (Cell(str(quarter), "strong"), *_sums([row for row in rows if row.quarter == quarter]))


def _sums(rows: Sequence[ForecastRow]) -> tuple[Cell, ...]:
    renewals = sum(row.renewals for row in rows)
    return Cell(f"{renewals:,}"), Cell(_units(rows)), Cell(_fees(rows))


def _units(rows: Iterable[ForecastRow]) -> str:
    units: dict[str, Fraction] = {}
    unknown: dict[str, None] = {}
    for row in rows:
        if row.units is None:
            unknown.setdefault(row.unit)
        elif row.unit and row.units:
            units[row.unit] = units.get(row.unit, Fraction(0)) + row.units
    known = [f"{number(amount)} {unit}" for unit, amount in sorted(units.items())]
    return ", ".join((*known, *(f"some {unit}" for unit in unknown)))


def _fees(rows: Sequence[ForecastRow]) -> str:
    sums = [str(money) for money in _fee_sums(rows)]
    unknown = sum(row.fees_unknown for row in rows)
    return ", ".join((*sums, *([f"{unknown:,} unknown"] if unknown else []))) or "none"


def _fee_sums(rows: Iterable[ForecastRow]) -> tuple[Money, ...]:
    return totals(fee for row in rows for fee in row.fees)


def _document(answer: TeamForecast, audience: Audience) -> dict[str, Plain]:
    return {
        "schema": SCHEMA,
        "as_of": answer.as_of.isoformat(),
        "audience": audience_document(audience),
        "region": answer.region,
        "assumes": list(_ASSUMED),
        "quarters": [_quarter(quarter, answer.rows) for quarter in answer.quarters],
        "rows": [
            {
                "quarter": str(row.quarter),
                "certification": row.certification,
                "renewals": row.renewals,
                "units": {"name": row.unit, "required": plain_number(row.units)} if row.unit else None,
                "fees": [plain_money(fee) for fee in row.fees],
                "fees_unknown": row.fees_unknown,
            }
            for row in answer.rows
        ],
        "overdue": {str(own): count for own, count in answer.overdue.items()},
    }


def _quarter(quarter: Quarter, rows: Iterable[ForecastRow]) -> Plain:
    own = [row for row in rows if row.quarter == quarter]
    return {
        "quarter": str(quarter),
        "start": quarter.first_day.isoformat(),
        "end": quarter.last_day.isoformat(),
        "renewals": sum(row.renewals for row in own),
        "fees": [plain_money(fee) for fee in _fee_sums(own)],
        "fees_unknown": sum(row.fees_unknown for row in own),
    }
