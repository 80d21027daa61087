"""Baselines: the file that keeps a plan, and a plan held against it as blocks of a Report and as data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from pmcareer.api.baselines.baseline import AgainstBaseline, Milestone
from pmcareer.model.baseline import BaselineMoney, BaselinePlan, BaselineStep
from pmcareer.views.plain_data import plain_day, plain_money, plain_number
from pmcareer.views.report import Block, Cell, Column, Plain, Report, Table, Tone, lines
from pmcareer.views.wording import counted

_VERBS = {"earn": "earn", "move": "become", "renew": "renew"}


def baseline_text(baseline: BaselinePlan) -> str:
    """The file of a baseline, ``pmcareer.baseline/1``; what is read back is what was kept."""
    document: dict[str, object] = {
        "schema": baseline.schema,
        "saved": baseline.saved.isoformat(),
        "from": baseline.from_,
        "to": baseline.to,
        "objective": baseline.objective,
        "hours_per_week": _json_number(Fraction(baseline.hours_per_week)),
        "arrives": baseline.arrives.isoformat(),
        "cost": _kept(baseline.cost),
        "cost_at_least": baseline.cost_at_least,
        "steps": [_kept_step(step) for step in baseline.steps],
    }
    return json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def _kept(money: BaselineMoney) -> dict[str, str]:
    return {"amount": money.amount, "currency": money.currency}


def _kept_step(step: BaselineStep) -> dict[str, object]:
    return {
        "kind": step.kind,
        "id": step.id,
        "name": step.name,
        "start": step.start.isoformat(),
        "end": step.end.isoformat(),
        "critical": step.critical,
        "cost": _kept(step.cost) if step.cost else None,
        "hours": _json_number(Fraction(step.hours)) if step.hours is not None else None,
        **({"rule": step.rule} if step.rule else {}),
        "fee_only": step.fee_only,
    }


def _json_number(value: Fraction) -> int | float:
    return value.numerator if value.denominator == 1 else float(value)


def with_baseline(report: Report, held: AgainstBaseline) -> Report:
    """The report of a plan with what it is against its baseline, first of all."""
    return replace(
        report,
        blocks=(*baseline_blocks(held), *report.blocks),
        document={**report.document, "against_baseline": baseline_document(held)},
    )


def baseline_blocks(held: AgainstBaseline) -> Iterator[Block]:
    """What a person reads of a plan against its baseline."""
    yield _table(held)
    yield lines("In short", list(_in_short(held)))
    yield lines("Why", [f"{one.name}: {why.text}" for one in held.milestones for why in one.reasons if _tells(one)])
    yield lines("Critical path", list(_critical_path(held)))
    if held.notes:
        yield lines("", list(held.notes), "warn")


def _tells(one: Milestone) -> bool:
    return [why.code for why in one.reasons] != ["done-on-time"]


def _table(held: AgainstBaseline) -> Table:
    columns = (
        Column("Baseline"),
        Column("Now"),
        Column("Slip", "right"),
        Column("Milestone", flexible=True),
        Column("Cost then", "right"),
        Column("Cost now", "right"),
    )
    arrival = (
        Cell(held.arrives_then.isoformat()),
        Cell(plain_day(held.arrives_now) or "no plan"),
        _slip(-held.schedule_days if held.schedule_days is not None else None),
        Cell("arrival", "strong"),
        Cell(str(held.cost_then)),
        Cell(str(held.cost_now) if held.cost_now else "–"),
    )
    title = f"Against the baseline of {held.saved.isoformat()}"
    return Table(columns, (*(_row(one) for one in held.milestones), arrival), title=title)


def _row(one: Milestone) -> tuple[Cell, ...]:
    done = " ✓" if one.done else ""
    now = one.now.isoformat() + done if one.now else "dropped"
    return (
        Cell(one.then.isoformat() if one.then else "added"),
        Cell(now, "good" if one.done else "plain"),
        _slip(one.slip_days),
        Cell(f"{_VERBS[one.kind]} {one.name}"),
        Cell(_cost(one, one.cost_then) if one.then else ""),
        Cell(_cost(one, one.cost_now) if one.now else ""),
    )


def _cost(one: Milestone, cost: object) -> str:
    return "" if one.kind == "move" else str(cost) if cost is not None else "unknown"


def _slip(days: int | None) -> Cell:
    tone: Tone = "plain" if not days else "warn" if days > 0 else "good"
    return Cell("" if days is None else f"{days:+} d" if days else "0 d", tone)


def _in_short(held: AgainstBaseline) -> Iterator[str]:
    progress = held.progress
    if held.arrived:
        yield "you have arrived"
    if held.schedule_days is not None:
        yield f"schedule variance: {_variance(held.schedule_days)}{_percent(held.schedule_percent)}"
    if held.cost is not None:
        less = "as planned" if not held.cost.amount else "less than planned" if held.cost.amount > 0 else "overrun"
        known = "; as far as prices are known" if held.at_least else ""
        yield f"cost variance: {held.cost}, {less}{_percent(held.cost_percent)}{known}"
    early = progress.done - progress.due_and_done
    yield (
        f"by now {progress.due} of {counted(progress.milestones, 'milestone')} were due: "
        f"{progress.due_and_done} of these are done, and {early} ahead of time"
    )
    yield (
        f"planned value by now {progress.planned_value}, earned value {progress.earned_value} "
        f"(at the baseline's prices; a profile records no payments)"
    )


def _variance(days: int) -> str:
    if not days:
        return "0 days, on schedule"
    return f"{days:+} day{'' if abs(days) == 1 else 's'}, {'ahead of' if days > 0 else 'behind'} schedule"


def _percent(value: Fraction | None) -> str:
    return "" if not value else f" ({float(round(value, 1)):+.1f} %)"


def _critical_path(held: AgainstBaseline) -> Iterator[str]:
    then, now = list(held.critical_then), list(held.critical_now)
    yield f"then: {', '.join(then) or 'nothing'}"
    yield f"now: {', '.join(now) or 'nothing'}"
    if held.schedule_days:
        later = "later" if held.schedule_days < 0 else "earlier"
        yield f"it ends {counted(abs(held.schedule_days), 'day')} {later}"


def baseline_document(held: AgainstBaseline) -> dict[str, Plain]:
    """``against_baseline`` beside a plan: see docs/reference/json.md."""
    progress = held.progress
    return {
        "saved": held.saved.isoformat(),
        "arrival": {
            "baseline": held.arrives_then.isoformat(),
            "now": plain_day(held.arrives_now),
            "arrived": _truth(held.arrived),
            "slip_days": -held.schedule_days if held.schedule_days is not None else None,
        },
        "schedule_variance": {"days": held.schedule_days, "percent": _rounded(held.schedule_percent)},
        "cost_variance": {
            "then": plain_money(held.cost_then),
            "now": plain_money(held.cost_now),
            "amount": plain_money(held.cost),
            "percent": _rounded(held.cost_percent),
            "at_least": _truth(held.at_least),
        },
        "progress": {
            "milestones": progress.milestones,
            "due": progress.due,
            "done": progress.done,
            "due_and_done": progress.due_and_done,
            "planned_value": plain_money(progress.planned_value),
            "earned_value": plain_money(progress.earned_value),
        },
        "milestones": [_milestone(one) for one in held.milestones],
        "critical_path": _path(held),
        "notes": list(held.notes),
    }


def _truth(value: bool) -> Plain:
    return value


def _rounded(value: Fraction | None) -> Plain:
    return None if value is None else plain_number(round(value, 1))


def _path(held: AgainstBaseline) -> dict[str, Plain]:
    then, now = list(held.critical_then), list(held.critical_now)
    return {
        "then": [*then],
        "now": [*now],
        "left": [step for step in then if step not in now],
        "joined": [step for step in now if step not in then],
        "slip_days": -held.schedule_days if held.schedule_days is not None else None,
    }


def _milestone(one: Milestone) -> Plain:
    return {
        "kind": one.kind,
        "id": one.id,
        "name": one.name,
        "state": one.state,
        "done": one.done,
        "baseline": plain_day(one.then),
        "now": plain_day(one.now),
        "slip_days": one.slip_days,
        "cost_then": plain_money(one.cost_then),
        "cost_now": plain_money(one.cost_now),
        "reasons": [{"code": why.code, "text": why.text} for why in one.reasons],
    }
