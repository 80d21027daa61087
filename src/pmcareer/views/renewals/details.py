"""All that stands behind the table of renewals: rules with sources, cycles, categories, ledger, groups, disputes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pmcareer.api.upkeep.renewals import Renewals
from pmcareer.model.sources import Citation
from pmcareer.renewals.answer import FeeLine, HoldingAnswer
from pmcareer.renewals.cycles import HeldCycle
from pmcareer.renewals.units import CategoryUnits
from pmcareer.views.renewals.wording import (
    WHY,
    days_left,
    deadline_in_words,
    standing,
    unit_of,
    units_in_words,
    without_twins,
)
from pmcareer.views.report import Block, Cell, Column, Lines, Table, Tone
from pmcareer.views.wording import number

_BASIS = {
    "issuer": "the issuer's own day",
    "extension": "extended",
    "one-off": "a one-off exception",
    "cascade": "renewed by another certification",
    "presumed": "presumed: no rule applies",
    "claimed": "renewed too late: only the issuer can say whether it counts",
}


def details(renewals: Renewals, shown: Sequence[HoldingAnswer]) -> Iterator[Block]:
    """For each holding its rule and tables; then what joins holdings, and the ledger."""
    for held in shown:
        yield Lines(tuple(_about(renewals, held)), f"{renewals.full_names[held.certification]} ({held.certification})")
        yield _cycles(held)
        yield _categories(held)
        yield Lines(tuple(_deadlines(renewals, held)), f"{renewals.names[held.certification]}: days")
    yield Lines(tuple(_joint(renewals)), "What renews together")
    yield _ledger(renewals)


def _about(renewals: Renewals, held: HoldingAnswer) -> Iterator[Cell]:
    edition = f", edition {held.edition}" if held.edition else ""
    earned = f"earned {held.earned.isoformat()}" if held.earned else "not known when earned"
    yield Cell(f"{earned}{edition}; {standing(held)}")
    if held.conferred:
        yield Cell("came by itself with what else is held")
    if held.next_status:
        when = f"from {on.isoformat()}" if (on := held.next_status.on) else "on a day that the issuer does not name,"
        yield Cell(f"{held.next_status.status} {when} if nothing is done")
    yield Cell(f"rule: {held.rule.summary}" if held.rule else "rule: not known", "plain" if held.rule else "warn")
    if held.units:
        yield Cell(f"units: {units_in_words(held.units, renewed=bool(held.cycle and held.cycle.renewed))}")
        for text, amount in (
            ("carried in", held.units.carried_in),
            ("carries on", held.units.carry_out),
            ("lost", held.units.lost),
        ):
            if amount:
                yield Cell(f"{text}: {number(amount)} {held.units.name}")
    for practice in held.practice:
        yield Cell(f"practice in {practice.topic} is asked for as well")
    for line in held.fees:
        yield Cell(f"fee: {_fee(renewals, line)}")
    for day in held.disputed:
        because = f" ({day.reason})" if day.reason else ""
        yield Cell(f"disputed: another reading ends on {day.last_day.isoformat()}{because}", "warn")
    for dispute in held.disputes:
        yield Cell(f"disputed: {dispute.summary}", "warn")
    yield from (Cell(_source(citation), "dim") for citation in held.citations)


def _fee(renewals: Renewals, line: FeeLine) -> str:
    amount = str(line.due.amount) if line.due.amount else "unknown"
    payer = f", paid with {renewals.names.get(line.covered_by, line.covered_by)}" if line.covered_by else ""
    paid = ", paid" if line.due.paid else ""
    return f"{amount} by {line.due.on.isoformat()}{payer}{paid}"


def _source(citation: Citation) -> str:
    read = f", read {citation.read.isoformat()}" if citation.read else ""
    url = f", {citation.url}" if citation.url else ""
    return f"source: {citation.title or citation.source} [{citation.standing.value}{read}]{url}"


def _cycles(held: HoldingAnswer) -> Table:
    columns = (Column("Cycle", "right"), Column("From"), Column("To"), Column("Renewed"), Column("By", flexible=True))
    return Table(columns, tuple(_cycle(cycle, held.cycle) for cycle in held.cycles))


def _cycle(cycle: HeldCycle, running: HeldCycle | None) -> tuple[Cell, ...]:
    tone: Tone = "strong" if running is not None and cycle.index == running.index else "plain"
    end = cycle.last_day.isoformat() if cycle.last_day else "no end" if cycle.known else "unknown"
    renewed = cycle.renewed_on.isoformat() if cycle.renewed_on else "presumed" if cycle.presumed else ""
    by = cycle.route.kind.value if cycle.route else ""
    basis = _BASIS.get(cycle.basis, "")
    return (
        Cell(str(cycle.index), tone),
        Cell(cycle.start.isoformat(), tone),
        Cell(end, tone),
        Cell(renewed, tone),
        Cell(", ".join(part for part in (by, basis) if part)),
    )


def _categories(held: HoldingAnswer) -> Table:
    columns = (
        Column("Category", flexible=True),
        Column("Least", "right"),
        Column("Most", "right"),
        Column("Have", "right"),
        Column("To earn", "right"),
    )
    return Table(columns, tuple(_category(one) for one in (held.units.categories if held.units else ())))


def _category(one: CategoryUnits) -> tuple[Cell, ...]:
    depth = one.path.count("/")
    yearly = " (each year)" if one.in_years else ""
    bounds = ("" if bound is None else number(bound) for bound in (one.minimum, one.maximum))
    tone: Tone = "warn" if one.remaining else "plain"
    cells = tuple(Cell(text) for text in bounds)
    name = Cell(f"{'· ' * depth}{one.name}{yearly}")
    return (name, *cells, Cell(number(one.counted)), Cell(number(one.remaining) if one.remaining else "", tone))


def _deadlines(renewals: Renewals, held: HoldingAnswer) -> Iterator[Cell]:
    for one in without_twins(renewals.deadlines(held)):
        text = deadline_in_words(one, unit_of(held))
        yield Cell(
            f"{one.on.isoformat()} {text}, {days_left(one.on, renewals.as_of)}", "dim" if one.foreseen else "plain"
        )


def _joint(renewals: Renewals) -> Iterator[Cell]:
    names = renewals.names
    for group in (one for one in renewals.answer.groups if len(one.members) > 1):
        members = ", ".join(names.get(own, own) for own in group.members)
        required = f": {number(group.required)} units in all" if group.required is not None else ""
        fee = f", one fee of {group.fee}" if group.fee else ""
        yield Cell(f"{members}{required}{fee}")
    for one in renewals.answer.cascades:
        yield Cell(one.cascade.summary)
    for moved in (*renewals.answer.aligned, *(m for one in renewals.answer.cascades for m in one.applied)):
        before, after = (day.isoformat() if day else "no end" for day in (moved.before, moved.after))
        by, own = names.get(moved.by, moved.by), names.get(moved.renewed, moved.renewed)
        yield Cell(f"{moved.on.isoformat()} {by} moved the last day of {own} from {before} to {after}")


def _ledger(renewals: Renewals) -> Table:
    columns = (
        Column("On"),
        Column("Activity", flexible=True),
        Column("For"),
        Column("Category", flexible=True),
        Column("Counted", "right"),
        Column("Lost", "right"),
        Column("Why", flexible=True),
    )
    rows = [
        (
            Cell(line.on.isoformat()),
            Cell(line.title),
            Cell(renewals.names.get(line.certification, line.certification)),
            Cell(line.category),
            Cell(number(line.counted) if line.counted else ""),
            Cell(number(line.lost) if line.lost else "", "warn"),
            Cell("" if line.counted else WHY[line.why]),
        )
        for line in renewals.answer.ledger
    ]
    return Table(columns, tuple(rows), "Ledger")
