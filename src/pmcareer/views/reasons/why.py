"""``why`` as a Report: the answer in the title, the nearest way as a tree, the other ways a line each, the plan."""

from __future__ import annotations

from collections.abc import Iterator

from pmcareer.api.reasons.answers import WayIn, WhyAnswer
from pmcareer.api.reasons.field import Reached
from pmcareer.model.certifications import LifecycleStatus
from pmcareer.model.sources import Citation
from pmcareer.views.citing import cited, source_lines
from pmcareer.views.reasons.requirement_lines import (
    Tongue,
    cost_text,
    hours_text,
    lacking,
    not_obtainable,
    price_text,
    proven_text,
    reached_text,
    tree_cells,
)
from pmcareer.views.reasons.why_document import why_document
from pmcareer.views.report import Block, Cell, Column, Lines, Report, Table, lines
from pmcareer.views.wording import counted


def why_report(answer: WhyAnswer, *, all_ways: bool = False, sources: bool = False) -> Report:
    """The answer to ``pmcareer why``; *all_ways*: every way as a tree; *sources*: who says so, at the end."""
    return Report(
        title=_title(answer),
        blocks=tuple(_blocks(answer, all_ways=all_ways, sources=sources)),
        document=why_document(answer),
        verdict="fine" if answer.open else "bad-news",
    )


def _title(answer: WhyAnswer) -> str:
    name = answer.names.get(answer.id, answer.name)
    if answer.here:
        return f"{name}: {'you are there' if answer.kind == 'role' else 'you hold it'}"
    if answer.open:
        return f"{name}: {'you may step in today' if answer.kind == 'role' else 'you may apply today'}"
    own = answer.papers.get(answer.id) if answer.kind == "certification" else None  # type: ignore[call-overload]
    if own is not None and not own.obtainable:
        return f"{name}: {not_obtainable(own, answer.names)}"
    if answer.plan is None:
        return f"{name}: no way within the horizon"
    return f"{name}: not yet; soonest {reached_text(answer.plan, doubts=False)}"


def _blocks(answer: WhyAnswer, *, all_ways: bool, sources: bool) -> Iterator[Block]:
    tongue = _tongue(answer)
    if about := list(_about(answer)):
        yield lines("", about)
    shown = answer.ways if all_ways else answer.ways[:1]
    for way in shown:
        heading = _heading(way, answer, nearest=way is answer.ways[0] and len(answer.ways) > 1)
        yield Lines((*_origin(way, answer), *tree_cells(way.tree, tongue, whole=all_ways), *_rule(way)), heading)
    if others := answer.ways[len(shown) :]:
        yield _other_ways(others, tongue)
    if answer.plan and not answer.here and answer.plan.day:
        yield lines("The soonest plan", list(_plan(answer, answer.plan)))
    if not answer.plan and not answer.here and (why_not := list(_why_not(answer))):
        yield lines("Why not", why_not, "warn")
    if answer.assumptions:
        yield lines("Assumed", [f"{a.text}{f'  ({a.change})' if a.change else ''}" for a in answer.assumptions], "dim")
    if sources and (cited_ := list(source_lines(_citations(answer)))):
        yield lines("Sources", cited_, "dim")


def _tongue(answer: WhyAnswer) -> Tongue:
    return Tongue(answer.names, answer.role_names, answer.papers, answer.valid_to, answer.as_of)


def _about(answer: WhyAnswer) -> Iterator[str]:
    """Of a certification: what it takes by itself, and its standing with the issuer and with you."""
    own = answer.papers.get(answer.id) if answer.kind == "certification" else None  # type: ignore[call-overload]
    if own is None:
        return
    if answer.holding is not None:
        until = answer.valid_to.get(own.id)
        earned = f"earned {answer.holding.earned.isoformat()}" if answer.holding.earned else "held"
        ends = f", valid to {until.isoformat()}" if until else ""
        yield f"{earned}{ends}" if answer.here else f"{earned}{ends}: it no longer counts"
    if answer.here:
        return
    lead = f", {counted(own.lead_days, 'day')} from application to award" if own.lead_days is not None else ""
    yield f"takes {hours_text(own)} of study and {price_text(own)}{lead}"
    lifecycle = own.lifecycle
    if lifecycle and lifecycle.status not in (LifecycleStatus.ACTIVE, LifecycleStatus.RETIRED):
        yield f"its status is {lifecycle.status.value}{f': {lifecycle.note}' if lifecycle.note else ''}"
    elif lifecycle and lifecycle.note:
        yield lifecycle.note
    for day, change in own.changes:
        successors = ", ".join(answer.names.get(s, s) for s in change.successors)
        yield f"{change.status.value} from {day.isoformat()}" + (f"; succeeded by {successors}" if successors else "")


def _rule(way: WayIn) -> Iterator[Cell]:
    """The dated rule, who says so, and what is in doubt."""
    since = f" of {way.rule.since.isoformat()}" if way.rule.since else ""
    yield Cell(f"by the rule{since}{cited(way.rule.citation)}", "dim")
    if way.rule.status == "proposed-repeal":
        yield Cell("the rule is proposed for repeal", "warn")
    yield from (Cell(f"changes on {day.isoformat()}", "warn") for day in way.rule.changes_on)
    yield from (Cell(f"disputed: {text}", "warn") for text in way.rule.rivals)


def _heading(way: WayIn, answer: WhyAnswer, *, nearest: bool) -> str:
    if way.origin is None:
        return "What it asks"
    origin = answer.role_names.get(way.origin, way.origin)
    return f"{'Nearest way in: from' if nearest else 'From'} {origin} ({way.ladder})"


def _origin(way: WayIn, answer: WhyAnswer) -> Iterator[Cell]:
    if way.origin is None:
        return
    name = answer.role_names.get(way.origin, way.origin)
    if way.there:
        yield Cell(f"✓ you are {name} since {answer.situation.in_role_since.isoformat()}", "good")
    elif way.today:
        yield Cell(f"✓ {name}: you may step in today", "good")
    else:
        yield Cell(f"✗ {name}: not your role yet", "bad")


def _other_ways(ways: tuple[WayIn, ...], tongue: Tongue) -> Table:
    columns = (Column("Other ways in"), Column("Soonest"), Column("Cost", "right"), Column("Missing", flexible=True))
    return Table(columns, tuple(_other_row(way, tongue) for way in ways))


def _other_row(way: WayIn, tongue: Tongue) -> tuple[Cell, ...]:
    reached = way.reached
    missing = lacking(way.tree, tongue)
    return (
        Cell(f"from {tongue.role_names.get(way.origin or '', way.origin or '')}"),
        Cell(reached.on.isoformat() if reached else "no plan"),
        Cell(cost_text(reached).removeprefix("cost ") if reached else ""),
        Cell(missing or ("" if way.today else "that role")),
    )


def _plan(answer: WhyAnswer, plan: Reached) -> Iterator[str]:
    yield f"{reached_text(plan, doubts=False)} ({proven_text(plan)}), {counted(plan.exams, 'exam')}"
    if plan.certifications:
        yield f"earn {', '.join(answer.names.get(c, c) for c in plan.certifications)}"
    if plan.roles:
        yield f"become {', '.join(answer.role_names.get(r, r) for r in plan.roles)}"
    if not plan.roles and not plan.certifications and plan.day:
        yield "wait"
    if answer.kind == "role":
        yield f"step by step: pmcareer plan --to {answer.id}, with the same options"


def _why_not(answer: WhyAnswer) -> Iterator[str]:
    yield from answer.blocked
    for relaxed in answer.obstacles:
        cost = f"at least {relaxed.cost}" if relaxed.at_least else str(relaxed.cost)
        yield f"a plan exists with {' and '.join(relaxed.ease)}: {relaxed.arrives.isoformat()}, {cost}"


def _citations(answer: WhyAnswer) -> Iterator[Citation]:
    yield from (way.rule.citation for way in answer.ways)
    for paper in answer.papers.values():
        yield from paper.citations
