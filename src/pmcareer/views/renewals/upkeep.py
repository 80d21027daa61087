"""The cheapest upkeep: what to do when, what it costs, what letting one lapse would save; in words and as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from pmcareer.money import Money
from pmcareer.views.plain_data import plain_day, plain_money, plain_number
from pmcareer.views.report import Block, Cell, Lines, Plain, lines
from pmcareer.views.wording import number

if TYPE_CHECKING:
    from pmcareer.api.upkeep.renewals import UpkeepAnswer
    from pmcareer.model.ids import CertificationId
    from pmcareer.renewals.upkeep import Upkeep
    from pmcareer.renewals.upkeep_costs import Cost, UpkeepLine
    from pmcareer.renewals.upkeep_state import Step

Names: TypeAlias = "Mapping[CertificationId, str]"


def upkeep_blocks(answer: UpkeepAnswer, names: Names) -> Iterator[Block]:
    """Steps and fees in order, and the savings."""
    upkeep = answer.upkeep
    proof = "" if upkeep.proven else ", not proven cheapest"
    title = f"Cheapest upkeep to {upkeep.until.isoformat()}: {cost_in_words(upkeep.cost, answer.currency)}{proof}"
    dated = sorted([*_steps(upkeep, names), *_fees(upkeep.fees, names)])
    yield lines(title, dated or ["nothing has to be done"])
    yield Lines(tuple(_savings(answer, names)), "Letting it lapse saves")


def cost_in_words(cost: Cost, currency: str) -> str:
    """``345 USD, 120 hours``, ``at least 60 USD (2 prices unknown), 20 hours``."""
    money = str(_money(cost, currency))
    if cost.unknown > 0:
        money = f"at least {money} ({cost.unknown} unknown)"
    return f"{money}, {number(cost.hours)} hours"


def _steps(upkeep: Upkeep, names: Names) -> Iterator[str]:
    for step in upkeep.steps:
        hours = f", {number(step.hours)} hours" if step.hours else ""
        yield f"{step.on.isoformat()} {_what(step, names)}{_paid(step.lines)}{hours}"


def _what(step: Step, names: Names) -> str:
    parts = [f"renew {names.get(own, own)} by {route}" for own, route in zip(step.renews, step.routes, strict=True)]
    if step.earns:
        parts.append(f"earn {names.get(step.earns, step.earns)}")
    along = f" (renews {', '.join(names.get(own, own) for own in step.along)} too)" if step.along else ""
    return f"{' and '.join(parts)}{along}"


def _paid(paid: Iterable[UpkeepLine]) -> str:
    amounts = [str(line.amount) if line.amount else f"{line.what} of unknown price" for line in paid]
    return f": {' + '.join(amounts)}" if amounts else ""


def _fees(fees: Iterable[UpkeepLine], names: Names) -> Iterator[str]:
    for line in fees:
        amount = str(line.amount) if line.amount else "unknown"
        yield f"{line.on.isoformat()} {names.get(line.certification, line.certification)}: {line.what}, {amount}"


def _savings(answer: UpkeepAnswer, names: Names) -> Iterator[Cell]:
    for own, cost in sorted(answer.upkeep.savings.items(), key=lambda pair: pair[1], reverse=True):
        if cost.money or cost.hours or cost.unknown:
            yield Cell(f"{names.get(own, own)}: {cost_in_words(cost, answer.currency)}")
    for own in answer.upkeep.cannot_keep:
        yield Cell(f"{names.get(own, own)} cannot be kept by any way that is known", "warn")


# --- for programs -----------------------------------------------------------------------------------------------------


def upkeep_document(answer: UpkeepAnswer) -> Plain:
    """The ``upkeep`` of ``pmcareer.renewals/1``."""
    upkeep = answer.upkeep
    return {
        "years": answer.years,
        "until": plain_day(upkeep.until),
        "kept": list(upkeep.kept),
        "cannot_keep": list(upkeep.cannot_keep),
        "proven": upkeep.proven,
        "cost": _cost(upkeep.cost, answer.currency),
        "money": [plain_money(money) for money in upkeep.money],
        "steps": [
            {
                "on": plain_day(step.on),
                "renews": list(step.renews),
                "routes": list(step.routes),
                "along": list(step.along),
                "earns": step.earns,
                "hours": plain_number(step.hours),
                "lines": [_line(line) for line in step.lines],
            }
            for step in upkeep.steps
        ],
        "fees": [_line(line) for line in upkeep.fees],
        "savings": [
            {"certification": own, **_cost(cost, answer.currency)} for own, cost in sorted(upkeep.savings.items())
        ],
        "rates": [
            {"currency": r.currency, "of": r.of, "on": plain_day(r.on), "rate": str(r.rate.value)} for r in answer.rates
        ],
    }


def _line(line: UpkeepLine) -> Plain:
    return {
        "what": line.what,
        "certification": line.certification,
        "on": plain_day(line.on),
        "amount": plain_money(line.amount),
    }


def _cost(cost: Cost, currency: str) -> dict[str, Plain]:
    return {"money": plain_money(_money(cost, currency)), "hours": plain_number(cost.hours), "unknown": cost.unknown}


def _money(cost: Cost, currency: str) -> Money:
    return Money(Decimal(cost.money.numerator) / Decimal(cost.money.denominator), currency)
