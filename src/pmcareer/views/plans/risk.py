"""The risk of a plan as blocks of a Report and as data: levels, chances, the tornado, and all that is assumed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pmcareer.api.plans.answers import DatedPlan
from pmcareer.api.plans.risk import Chances, Outlook, RiskAnswer, Swing, plain_percent
from pmcareer.api.plans.risk_assumptions import Assumed
from pmcareer.dates import days_to_months
from pmcareer.model.assumptions import AssumptionKind
from pmcareer.views.plain_data import plain_citation, plain_day, plain_money, plain_number
from pmcareer.views.report import Block, Cell, Column, Plain, Table, lines
from pmcareer.views.wording import counted, number

_BAR = 12  # columns of the longest bar
_SHOWN = 10  # bars; --format json has them all

_NOTE = (
    "It follows from these assumptions and from nothing else; it does not predict people. "
    "Say your own under `assumptions:` in a profile."
)
_WORDS = {
    AssumptionKind.STUDY_TIME: "study time",
    AssumptionKind.PROMOTION_WAIT: "wait for a post",
    AssumptionKind.FIRST_TRY: "passing",
    AssumptionKind.RETAKE: "another try",
}


def risk_blocks(plan: DatedPlan) -> Iterator[Block]:
    """What a person reads of the risk of *plan*."""
    risk = plan.risk
    if risk is None:
        return
    yield _levels(plan, risk)
    said = [f"{risk.samples:,} lives of this plan, drawn with --seed {risk.seed}; nothing is replanned in them"]
    said += _chances_in_words(risk)
    if risk.never:
        said.append(f"{counted(risk.never, 'life').replace('lifes', 'lives')} never arrive")
    said += [f"not counted, since nobody knows it: {text}" for text in risk.unknown]
    yield lines("How the risk was reckoned", said)
    yield _tornado(risk)
    yield _assumptions(risk)
    yield lines("", [_NOTE], "warn", bullets=False)


def _levels(plan: DatedPlan, risk: RiskAnswer) -> Table:
    at_least = "at least " if risk.at_least else ""
    columns = (Column("Risk", flexible=True), Column("Arrives by"), Column("Costs up to", "right"))
    rows = [("as planned: no wait, no failure", Outlook(plan.arrives, plan.cost))]
    rows.append(("everything at its most likely value", risk.usual))
    rows += [(f"P{level}: {level} of 100 lives", outlook) for level, outlook in risk.levels]
    return Table(
        columns,
        tuple(
            (Cell(text), Cell(_day(outlook), "strong" if text[0] == "P" else "plain"), Cell(at_least + _cost(outlook)))
            for text, outlook in rows
        ),
        title="When it arrives, and what it costs",
    )


def _day(outlook: Outlook) -> str:
    return outlook.arrives.isoformat() if outlook.arrives else "never"


def _cost(outlook: Outlook) -> str:
    return str(outlook.cost) if outlook.cost is not None else "–"


def _chances_in_words(risk: RiskAnswer) -> Iterator[str]:
    chances = risk.chances
    if chances is None:
        return
    if chances.by and chances.in_time is not None:
        yield f"{plain_percent(chances.in_time, risk.samples)} % arrive by {chances.by.isoformat()}"
    if chances.budget and chances.in_budget is not None:
        known = " (as far as prices are known)" if risk.at_least else ""
        yield f"{plain_percent(chances.in_budget, risk.samples)} % keep to {chances.budget}{known}"
    if chances.by and chances.budget:
        yield f"{plain_percent(chances.both, risk.samples)} % do both"


def _tornado(risk: RiskAnswer) -> Table:
    columns = (
        Column("What moves it most", flexible=True),
        Column("P10"),
        Column("P90"),
        Column("Arrival", "right"),
        Column("Cost", "right"),
        Column(""),
    )
    longest = max((swing.days or 0 for swing in risk.tornado), default=0)
    moving = [swing for swing in risk.tornado if swing.days != 0 or swing.money is None or swing.money.amount]
    rows = tuple(_bar(swing, longest) for swing in moving[:_SHOWN])
    return Table(columns, rows, title="Tornado: each alone at its P10 and P90, the rest at most likely values")


def _bar(swing: Swing, longest: int) -> tuple[Cell, ...]:
    width = -(-_BAR * (swing.days or 0) // longest) if longest else 0
    return (
        Cell(f"{_WORDS[swing.kind]}: {swing.name}"),
        Cell(_value(swing.kind, swing.low)),
        Cell(_value(swing.kind, swing.high)),
        Cell(_months(swing.days)),
        Cell(str(swing.money) if swing.money is not None else "–"),
        Cell("█" * (_BAR if swing.days is None else width), "warn"),
    )


def _months(days: int | None) -> str:
    return "never" if days is None else f"{float(days_to_months(days)):.1f} months"


def _value(kind: AssumptionKind, value: Fraction) -> str:
    if kind is AssumptionKind.STUDY_TIME:
        return f"{number(value)} %"
    if kind is AssumptionKind.PROMOTION_WAIT:
        return counted(number(value), "day")
    return f"{number(value)} {'try' if value == 1 else 'tries'}"


def _assumptions(risk: RiskAnswer) -> Table:
    columns = (Column("Assumed", flexible=True), Column("Value", flexible=True), Column("Standing", flexible=True))
    rows = tuple(
        (
            Cell(f"{_WORDS[one.kind]}: {one.name}"),
            Cell(_assumed_value(one)),
            Cell(_standing(one), "dim"),
        )
        for one in risk.assumptions
    )
    return Table(columns, rows, title="Assumed (optimistic – most likely – pessimistic)")


def _assumed_value(one: Assumed) -> str:
    if one.kind is AssumptionKind.FIRST_TRY:
        return f"{one.percent} % at each try"
    if one.kind is AssumptionKind.RETAKE:
        return _retakes(one)
    unit = "% of the hours" if one.kind is AssumptionKind.STUDY_TIME else "months"
    return f"{' – '.join(str(value) for value in one.estimates)} {unit}"


def _retakes(one: Assumed) -> str:
    waits = ", ".join(str(days) for days in dict.fromkeys(one.waits))
    free = f"; {one.free} free" if one.free else ""
    pause = f"; after {one.tries} failures {one.pause} days" if one.tries else ""
    return f"after {waits} days{free}{pause}"


def _standing(one: Assumed) -> str:
    """Whose word it is, the weakest first named once each."""
    if one.own:
        return "your own"
    return ", ".join(dict.fromkeys(citation.standing.value for citation in one.citations))


# --- data -----------------------------------------------------------------------------------------------------------


def risk_document(risk: RiskAnswer) -> Plain:
    """``risk`` of a plan in ``pmcareer.plan/1``: see docs/reference/json.md."""
    return {
        **{f"p{level}": _outlook(outlook) for level, outlook in risk.levels},
        "most_likely": _outlook(risk.usual),
        "cost_at_least": risk.at_least,
        "unknown": list(risk.unknown),
        "never": risk.never,
        "samples": risk.samples,
        "seed": risk.seed,
        "chances": _chances(risk.chances, risk.samples),
        "tornado": [_swing(swing) for swing in risk.tornado],
        "assumptions": [_assumed(one) for one in risk.assumptions],
        "note": _NOTE,
    }


def _outlook(outlook: Outlook) -> dict[str, Plain]:
    return {"arrives": plain_day(outlook.arrives), "cost": plain_money(outlook.cost)}


def _chances(chances: Chances | None, samples: int) -> Plain:
    if chances is None:
        return None
    return {
        "by": plain_day(chances.by),
        "budget": plain_money(chances.budget),
        "in_time_percent": _share(chances.in_time, samples),
        "in_budget_percent": _share(chances.in_budget, samples),
        "both_percent": _share(chances.both, samples),
    }


def _share(part: int | None, samples: int) -> Plain:
    return None if part is None else float(plain_percent(part, samples))


def _swing(swing: Swing) -> Plain:
    return {
        "about": swing.kind.value,
        "id": swing.id,
        "name": swing.name,
        "low": {"value": plain_number(swing.low), **_outlook(swing.at_low)},
        "high": {"value": plain_number(swing.high), **_outlook(swing.at_high)},
        "swing_days": swing.days,
        "swing_months": None if swing.days is None else plain_number(round(days_to_months(swing.days), 1)),
        "swing_cost": plain_money(swing.money),
    }


def _assumed(one: Assumed) -> Plain:
    names = ("optimistic", "most_likely", "pessimistic")
    given: dict[str, Plain] = dict(zip(names, map(_decimal, one.estimates), strict=False))
    if one.percent is not None:
        given["percent"] = _decimal(one.percent)
    if one.waits:
        given |= {"waits": list(one.waits), "free": one.free, "tries": one.tries or None, "pause": one.pause or None}
    return {
        "about": one.kind.value,
        "id": one.id,
        "name": one.name,
        **given,
        "own": one.own,
        "standing": _standing(one),
        "sources": [plain_citation(citation) for citation in dict.fromkeys(one.citations)],
        "note": one.note,
    }


def _decimal(value: object) -> Plain:
    return plain_number(Fraction(str(value)))
