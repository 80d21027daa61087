"""The part of the report page about what is held: status, units, days ahead, and all that stands behind them."""

from __future__ import annotations

from collections.abc import Iterator

from pmcareer.api.upkeep.renewals import Renewals, next_deadline
from pmcareer.renewals.answer import HoldingAnswer
from pmcareer.renewals.status import Status
from pmcareer.views.charts.renewals import deadlines_chart, units_chart
from pmcareer.views.page import Fact, Folded, Section, is_filled
from pmcareer.views.renewals.details import details
from pmcareer.views.renewals.wording import days_left, deadline_in_words, standing, unit_of
from pmcareer.views.report import Cell, Column, Report, Table
from pmcareer.views.source_notes import SourceNotes
from pmcareer.views.wording import counted

_SHOWN_APART = frozenset({"", "Next"})


def holdings_facts(renewals: Renewals) -> Iterator[Fact]:
    """How many are held and overdue, and the next day on which something has to be done."""
    holdings, red = renewals.answer.holdings, len(renewals.overdue)
    note = f"{red} to see to" if red else "nothing is overdue"
    yield Fact("Held", counted(len(holdings), "certification"), note, "bad" if red else "plain")
    ahead = [(due, held) for held in holdings if (due := next_deadline(held, renewals.as_of))]
    if ahead:
        due, held = min(ahead, key=lambda pair: (pair[0].on, pair[0].certification))
        text = deadline_in_words(due, unit_of(held))
        note = f"{renewals.names[due.certification]}: {text}, {days_left(due.on, renewals.as_of)}"
        yield Fact("Next deadline", due.on.isoformat(), note)


def holdings_sections(renewals: Renewals, report: Report, sources: SourceNotes) -> Iterator[Section]:
    """What is held, its units, its days, and what stands behind them; *report* is the renewals' own."""
    table = next(block for block in report.blocks if isinstance(block, Table))
    others = (block for block in report.blocks if block.title not in _SHOWN_APART and is_filled(block))
    yield Section("What you hold", "held", (table, *others, _rules(renewals, sources)))
    if chart := units_chart(renewals):
        yield Section("Units", "units", (chart,))
    if chart := deadlines_chart(renewals):
        lead = "Paler days are suggestions, or lie in a cycle that begins only with the renewal before it."
        yield Section("Deadlines", "deadlines", (chart,), lead)
    behind = tuple(block for block in details(renewals, renewals.answer.holdings) if is_filled(block))
    yield Section("Behind it", "behind", (Folded("Rules, cycles, categories, days and ledger", behind),))


def _rules(renewals: Renewals, sources: SourceNotes) -> Table:
    columns = (Column("Certification"), Column("Standing", flexible=True), Column("Rule", flexible=True))
    return Table(columns, tuple(_rule(renewals, held, sources) for held in renewals.answer.holdings), "Rules")


def _rule(renewals: Renewals, held: HoldingAnswer, sources: SourceNotes) -> tuple[Cell, ...]:
    rule = held.rule.summary if held.rule else "not known"
    return (
        Cell(renewals.names[held.certification], "strong"),
        Cell(standing(held), "warn" if held.status is Status.UNKNOWN else "plain"),
        Cell(rule, "plain" if held.rule else "warn", sources.cite_all(held.citations)),
    )
