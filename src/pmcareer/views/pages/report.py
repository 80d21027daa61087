"""The page of ``pmcareer report``: plans, what they cost and pay, what is held, and what all of it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Literal

from pmcareer.api.reports.reporting import ReportAnswer
from pmcareer.views.charts.baseline import slip_chart
from pmcareer.views.page import Fact, Page, Section, is_filled, untitled
from pmcareer.views.pages.holdings import holdings_facts, holdings_sections
from pmcareer.views.pages.plan import plan_facts, plan_sections
from pmcareer.views.plans.baseline import baseline_blocks, with_baseline
from pmcareer.views.plans.plan import plan_report
from pmcareer.views.plans.risk import risk_blocks
from pmcareer.views.renewals.renewals import renewals_report
from pmcareer.views.report import Block, Plain, Report, Table
from pmcareer.views.source_notes import SourceNotes

if TYPE_CHECKING:
    from pmcareer.api.baselines.baseline import AgainstBaseline

SCHEMA = "pmcareer.report/1"
_SHOWN_APART = frozenset({"Why", "Sources"})
"""The parts of a plan's report that this page shows in more detail; all others, also those to come, are taken over."""
_FIRST = frozenset({"In short", "Why not"})


def report_page(answer: ReportAnswer) -> Page:
    """The whole page; its document has the plan's and the renewals' documents as their own commands give them."""
    sources = SourceNotes()
    plan = plan_report(answer.plan) if answer.plan else None
    held = renewals_report(answer.renewals) if answer.renewals else None
    facts = tuple(_facts(answer, sources))
    sections = tuple(_sections(answer, plan, held, sources))
    titles = [one.title for one in (plan, held) if one]
    return Page(
        title=titles[0].partition(":")[0] if plan else titles[0],
        subtitle=f"As of {answer.as_of.isoformat()}",
        facts=facts,
        sections=sections,
        sources=sources.notes,
        document=_document(answer, plan, held),
        verdict=_verdict(plan, held),
        notes=tuple(note for one in (plan, held) if one for note in one.notes),
    )


def _facts(answer: ReportAnswer, sources: SourceNotes) -> Iterator[Fact]:
    if answer.plan:
        yield from plan_facts(answer.plan, sources)
    if answer.renewals:
        yield from holdings_facts(answer.renewals)


def _sections(
    answer: ReportAnswer, plan: Report | None, held: Report | None, sources: SourceNotes
) -> Iterator[Section]:
    taken_over = list(_taken_over(plan, _of_risk(answer))) if plan else []
    yield from (section for section in taken_over if section.title in _FIRST)
    if answer.baseline:
        yield _slipped(answer.baseline, answer.as_of)
    if answer.plan:
        yield from plan_sections(answer.plan, answer.pay, sources)
    if answer.renewals and held:
        yield from holdings_sections(answer.renewals, held, sources)
    yield from (section for section in taken_over if section.title not in _FIRST)


def _slipped(held: AgainstBaseline, as_of: date) -> Section:
    chart = slip_chart(held, as_of)
    blocks = tuple(block for block in baseline_blocks(held) if is_filled(block))
    return Section("What slipped", "slipped", (*([chart] if chart else ()), *blocks))


def _of_risk(answer: ReportAnswer) -> frozenset[Block]:
    """What the plan's report says of risk, which stands in a section of its own here."""
    plans = answer.plan.plans if answer.plan else ()
    return frozenset(block for plan in plans for block in risk_blocks(plan))


def _taken_over(plan: Report, apart: frozenset[Block]) -> Iterator[Section]:
    """The parts of the plan's report that no other section shows, *apart* left out; parts of one title are joined.

    Where there are several plans, a table in front of each says which plan is meant; so do the parts here.
    """
    parts: dict[str, list[Block]] = {}
    which = last = ""
    for block in filter(is_filled, plan.blocks):
        if isinstance(block, Table) and _is_steps(block):
            which = block.title
        elif block not in apart and block.title not in _SHOWN_APART and not _is_choice(block):
            last = block.title or last
            many = bool(which) and block.title in parts
            parts.setdefault(last, []).append(_called(block, which) if many else untitled(block))
    for n, (title, blocks) in enumerate(parts.items(), 1):
        yield Section(title, f"part-{n}", tuple(blocks))


def _called(block: Block, title: str) -> Block:
    """The block under another title."""
    bare = untitled(block)
    return (
        Table(bare.columns, bare.rows, title)
        if isinstance(bare, Table)
        else type(bare)(bare.items, title, bare.bullets)
    )


def _is_steps(block: Table) -> bool:
    return [column.title for column in block.columns][:3] == ["From", "To", "Step"]


def _is_choice(block: Block) -> bool:
    return isinstance(block, Table) and block.columns[0].title == "Plan"


def _document(answer: ReportAnswer, plan: Report | None, held: Report | None) -> dict[str, Plain]:
    if plan and answer.baseline:
        plan = with_baseline(plan, answer.baseline)
    return {
        "schema": SCHEMA,
        "as_of": answer.as_of.isoformat(),
        "plan": dict(plan.document) if plan else None,
        "renewals": dict(held.document) if held else None,
    }


def _verdict(*reports: Report | None) -> Literal["fine", "bad-news"]:
    return "bad-news" if any(one and one.verdict == "bad-news" for one in reports) else "fine"
