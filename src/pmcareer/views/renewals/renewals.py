"""Renewals as a Report: a table to read in ten seconds, what is missing, what is next, and what upkeep costs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from pmcareer.api.upkeep.renewals import Renewals, next_deadline
from pmcareer.renewals.answer import FeeLine, HoldingAnswer
from pmcareer.renewals.deadlines import Deadline, DeadlineKind
from pmcareer.renewals.status import Status
from pmcareer.renewals.units import UnitsOf
from pmcareer.views.renewals.document import renewals_document
from pmcareer.views.renewals.wording import (
    days_left,
    deadline_in_words,
    last_valid_day,
    rests_on_award,
    unit_of,
    unknown_in_words,
    unrecorded_in_words,
    valid_to,
    way_back,
    without_twins,
)
from pmcareer.views.report import Block, Cell, Column, Lines, Report, Table, Tone, lines
from pmcareer.views.status_tones import TONES
from pmcareer.views.wording import counted, number

_NEXT_SHOWN = 6
_SHEET = (
    *("certification", "name", "status", "valid_to", "units", "units_counted", "units_required", "units_remaining"),
    *("next_deadline", "next_on", "days_left", "fee", "currency", "fee_on"),
)
_SHORT: dict[DeadlineKind, str] = {
    DeadlineKind.YEARLY_MINIMUM: "yearly units",
    DeadlineKind.RENEW_BY: "renew",
    DeadlineKind.REPORTING_GRACE_ENDS: "report",
    DeadlineKind.EARNING_GRACE_ENDS: "earn the rest",
    DeadlineKind.SUSPENSION_ENDS: "suspension ends",
    DeadlineKind.EXPIRES: "last chance",
    DeadlineKind.FEE_DUE: "fee",
}


def renewals_report(renewals: Renewals, *, in_detail: bool = False) -> Report:
    """The answer to ``pmcareer renewals``; *in_detail* adds all that stands behind the table."""
    return Report(
        title=_title(renewals),
        blocks=tuple(_blocks(renewals, in_detail)),
        document=renewals_document(renewals),
        verdict="bad-news" if renewals.overdue else "fine",
        notes=tuple(_notes(renewals)),
    )


def renewals_sheet(renewals: Renewals) -> Report:
    """The table for a spreadsheet: a value in each cell, dates and numbers plain."""
    rows = tuple(tuple(Cell(text) for text in _sheet_row(renewals, held)) for held in _sorted(renewals))
    return Report(
        _title(renewals),
        (Table(tuple(Column(title) for title in _SHEET), rows),),
        renewals_document(renewals),
        "bad-news" if renewals.overdue else "fine",
        tuple(_notes(renewals)),
    )


def _title(renewals: Renewals) -> str:
    red = len(renewals.overdue)
    state = f"{red} to see to" if red else "nothing is overdue"
    return f"{counted(len(renewals.answer.holdings), 'certification')} on {renewals.as_of.isoformat()}: {state}"


def _notes(renewals: Renewals) -> Iterator[str]:
    if renewals.region_assumed:
        yield f"Fees are those of region {renewals.region!r} (--region ID)."


def _blocks(renewals: Renewals, in_detail: bool) -> Iterator[Block]:
    shown = [held for held in _sorted(renewals) if _is_within(renewals, held)]
    columns = (
        Column("Certification", flexible=True),
        Column("Status"),
        Column("Valid to"),
        Column("Units"),
        Column("Next", flexible=True),
        Column("Fee", "right"),
    )
    yield Table(columns, tuple(_row(renewals, held) for held in shown))
    rest = len(renewals.answer.holdings) - len(shown)
    if rest and renewals.until:
        text = f"{rest} more: nothing to do up to {renewals.until.isoformat()}"
        yield Lines((Cell(text, "dim"),), bullets=False)
    yield Lines(tuple(cell for held in shown for cell in _missing(renewals, held)), "Missing")
    yield Lines(tuple(_next(renewals)), "Next")
    if renewals.upkeep:
        from pmcareer.views.renewals.upkeep import upkeep_blocks

        yield from upkeep_blocks(renewals.upkeep, renewals.names)
    if renewals.answer.problems:
        yield lines("To check", [problem.message for problem in renewals.answer.problems], "warn")
    if in_detail:
        from pmcareer.views.renewals.details import details

        yield from details(renewals, shown)


def _sorted(renewals: Renewals) -> list[HoldingAnswer]:
    """What is red first, then what is due first; what never is last."""

    def urgency(held: HoldingAnswer) -> tuple[bool, bool, date, str]:
        due = next_deadline(held, renewals.as_of)
        return (
            held not in renewals.overdue,
            held.let_lapse,
            due.on if due else date.max,
            renewals.names[held.certification],
        )

    return sorted(renewals.answer.holdings, key=urgency)


def _is_within(renewals: Renewals, held: HoldingAnswer) -> bool:
    """Whether a holding is red or has something to do in the span asked about."""
    due = next_deadline(held, renewals.as_of)
    return renewals.until is None or held in renewals.overdue or (due is not None and due.on <= renewals.until)


def _row(renewals: Renewals, held: HoldingAnswer) -> tuple[Cell, ...]:
    due = next_deadline(held, renewals.as_of)
    near: Tone = "bad" if held in renewals.overdue else "warn" if held.status is Status.DUE else "plain"
    lapsing = " (to lapse)" if held.let_lapse else ""
    return (
        Cell(renewals.names[held.certification], "strong"),
        Cell(f"{held.status}{lapsing}", "dim" if held.let_lapse else TONES[held.status]),
        Cell(valid_to(held)),
        _units_cell(renewals, held),
        Cell(f"{_SHORT[due.kind]} {days_left(due.on, renewals.as_of)}" if due else _past(renewals, held), near),
        Cell(_fee(held)),
    )


def _past(renewals: Renewals, held: HoldingAnswer) -> str:
    """How long ago the last valid day was, for what has nothing ahead."""
    last = last_valid_day(held) if held in renewals.overdue else None
    return f"ended {days_left(last, renewals.as_of)}" if last else ""


def _units_cell(renewals: Renewals, held: HoldingAnswer) -> Cell:
    units, pace = held.units, renewals.pace.get(held.certification)
    if units is None:
        return Cell("")
    if held.cycle and held.cycle.renewed:
        return Cell("renewed", "good")
    if units.required is None:
        return Cell(f"{number(units.counted)}/? {units.name}", "warn")
    text = f"{number(units.counted)}/{number(units.required)} {units.name}"
    return Cell(text, "good" if not units.remaining else "warn" if pace and pace.behind else "plain")


def _next_fee(held: HoldingAnswer) -> FeeLine | None:
    """The fee to pay next; none for what is lost or may lapse."""
    if held.let_lapse or held.status is Status.EXPIRED:
        return None
    return next((line for line in held.fees if not line.due.paid), None)


def _fee(held: HoldingAnswer) -> str:
    line = _next_fee(held)
    if line is None:
        return ""
    if line.covered_by:
        return "shared"
    amount = str(line.due.amount) if line.due.amount else "unknown"
    return f"{amount}/yr" if line.due.fee.per == "year" else amount


# --- what is missing, what is next ------------------------------------------------------------------------------------


def _missing(renewals: Renewals, held: HoldingAnswer) -> Iterator[Cell]:
    name = renewals.names[held.certification]
    if held.status is Status.UNKNOWN:
        yield Cell(f"{name}: {unknown_in_words(held, renewals.as_of)}", "warn")
    elif held in renewals.overdue and (back := way_back(held)):
        yield Cell(f"{name}: {held.status}. {back}", "bad")
    if rests_on_award(held) and not held.let_lapse:
        yield Cell(f"{name}: {unrecorded_in_words(held)}", "warn")
    if held.units and _can_still_earn(held):
        yield from _missing_years(name, held.units, renewals.as_of)
        yield from _missing_units(renewals, held, held.units)


def _can_still_earn(held: HoldingAnswer) -> bool:
    over = held.status in (Status.EXPIRED, Status.NOTED) or (held.cycle is not None and held.cycle.renewed)
    return not over and not held.let_lapse


def _missing_units(renewals: Renewals, held: HoldingAnswer, units: UnitsOf) -> Iterator[Cell]:
    if not units.remaining:
        return
    due, pace = next_deadline(held, renewals.as_of), renewals.pace.get(held.certification)
    last = (due.on if due else None) if held in renewals.overdue else last_valid_day(held)
    by = f" by {last.isoformat()}" if last else ""
    text = f"{renewals.names[held.certification]}: {number(units.remaining)} {units.name} to earn{by}{_of_these(units)}"
    yield Cell(f"{text}{_pace(renewals, held)}", "warn" if pace and pace.behind else "plain")


def _of_these(units: UnitsOf) -> str:
    lacking = [f"{one.name} {number(one.remaining)}" for one in units.categories if one.remaining]
    return f", at least: {', '.join(lacking)}" if lacking else ""


def _pace(renewals: Renewals, held: HoldingAnswer) -> str:
    pace, units = renewals.pace.get(held.certification), held.units
    if pace is None or units is None or units.required is None or held in renewals.overdue:
        return ""
    return f" (pace: {number(pace.expected)} of {number(units.required)} by today, you have {number(pace.counted)})"


def _missing_years(name: str, units: UnitsOf, as_of: date) -> Iterator[Cell]:
    for year in units.years:
        span = f"{year.first_day.isoformat()} to {year.last_day.isoformat()}"
        if year.missed and year.binding:
            yield Cell(f"{name}: {number(year.missed)} {units.name} missed in the year {span}", "bad")
        elif year.remaining and year.binding and year.first_day <= as_of:
            lacks = f"{number(year.remaining)} of {number(year.required)} {units.name}"
            yield Cell(f"{name}: {lacks} to earn in the year {span}")


def _next(renewals: Renewals) -> Iterator[Cell]:
    """The next days of all holdings, in order."""
    dated = [(one, held) for held in renewals.answer.holdings if not held.let_lapse for one in _to_come(renewals, held)]
    dated.sort(key=lambda pair: (pair[0].on, pair[0].certification))
    shown = dated if renewals.until else dated[:_NEXT_SHOWN]
    for one, held in shown:
        text, left = deadline_in_words(one, unit_of(held)), days_left(one.on, renewals.as_of)
        yield Cell(f"{one.on.isoformat()} {renewals.names[one.certification]}: {text}, {left}")
    if len(dated) > len(shown):
        yield Cell(f"… and {len(dated) - len(shown)} more (--details)", "dim")


def _to_come(renewals: Renewals, held: HoldingAnswer) -> Iterator[Deadline]:
    """The days ahead, without those of a pace and of cycles that begin only after another renewal."""
    for one in without_twins(renewals.deadlines(held)):
        if one.on >= renewals.as_of and not one.foreseen and one.kind is not DeadlineKind.PACE:
            yield one


# --- for spreadsheets -------------------------------------------------------------------------------------------------


def _sheet_row(renewals: Renewals, held: HoldingAnswer) -> Iterator[str]:
    units, due, fee = held.units, next_deadline(held, renewals.as_of), _next_fee(held)
    paid_here = fee if fee and not fee.covered_by else None
    amount = paid_here.due.amount if paid_here else None
    yield from (held.certification, renewals.full_names[held.certification], held.status)
    yield last.isoformat() if (last := last_valid_day(held)) else ""
    yield units.name if units else ""
    yield from (_plain(one) for one in ((units.counted, units.required, units.remaining) if units else (None,) * 3))
    yield due.kind.value if due else ""
    yield due.on.isoformat() if due else ""
    yield str((due.on - renewals.as_of).days) if due else ""
    yield ("unknown" if amount is None else amount.plain) if paid_here else ""
    yield amount.currency if amount else ""
    yield paid_here.due.on.isoformat() if paid_here else ""


def _plain(value: Fraction | None) -> str:
    return "" if value is None else number(value)
