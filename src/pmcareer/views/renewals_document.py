"""``pmcareer.renewals/1``: renewals for programs; docs/reference/json.md says what each key means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from pmcareer.money import Money
from pmcareer.views.renewal_wording import deadline_in_words, last_valid_day, unit_of

if TYPE_CHECKING:
    from pmcareer.api.renewals import Renewals, UpkeepAnswer
    from pmcareer.model.sources import Citation
    from pmcareer.renewals.answer import CascadeAnswer, FeeLine, GroupAnswer, HoldingAnswer
    from pmcareer.renewals.cascades import Cascaded
    from pmcareer.renewals.cycles import HeldCycle
    from pmcareer.renewals.deadlines import Deadline
    from pmcareer.renewals.ledger import LedgerEntry
    from pmcareer.renewals.units import UnitsOf
    from pmcareer.renewals.upkeep_costs import Cost, UpkeepLine
    from pmcareer.views.report import Plain

SCHEMA = "pmcareer.renewals/1"


def renewals_document(renewals: Renewals) -> dict[str, Plain]:
    """The whole answer as plain data."""
    answer = renewals.answer
    document: dict[str, Plain] = {
        "schema": SCHEMA,
        "as_of": renewals.as_of.isoformat(),
        "until": _day(renewals.until),
        "region": renewals.region,
        "holdings": [_holding(renewals, held) for held in answer.holdings],
        "ledger": [_line(line) for line in answer.ledger],
        "groups": [_group(group) for group in answer.groups],
        "cascades": [_cascade(cascade) for cascade in answer.cascades],
        "aligned": [_moved(moved) for moved in answer.aligned],
        "problems": [
            {"code": p.code, "severity": p.severity, "message": p.message, "path": p.path, "hint": p.hint}
            for p in answer.problems
        ],
    }
    if renewals.upkeep:
        document["upkeep"] = _upkeep(renewals.upkeep)
    return document


def _holding(renewals: Renewals, held: HoldingAnswer) -> Plain:
    own = held.certification
    pace = renewals.pace.get(own)
    return {
        "certification": own,
        "name": renewals.full_names[own],
        "earned": _day(held.earned),
        "edition": held.edition,
        "status": held.status.value,
        "valid": held.valid,
        "expires": _day(last_valid_day(held)),
        "next_status": {"status": held.next_status.status.value, "on": _day(held.next_status.on)}
        if held.next_status
        else None,
        "conferred": held.conferred,
        "let_lapse": held.let_lapse,
        "cycle": _cycle(held.cycle) if held.cycle else None,
        "cycles": [_cycle(cycle) for cycle in held.cycles],
        "units": _units(held.units) if held.units else None,
        "pace": {"expected": _number(pace.expected), "counted": _number(pace.counted)} if pace else None,
        "practice": [
            {
                "topic": one.topic,
                "hours": _number(Fraction(one.hours.value)) if one.hours and one.hours.value is not None else None,
                "per": one.per,
            }
            for one in held.practice
        ],
        "deadlines": [_deadline(one, renewals, held) for one in renewals.deadlines(held)],
        "fees": [_fee(line) for line in held.fees],
        "rule": held.rule.id if held.rule else None,
        "rule_summary": held.rule.summary if held.rule else "",
        "disputed": list(_disputed(held)),
        "sources": [_citation(citation) for citation in held.citations],
    }


def _cycle(cycle: HeldCycle) -> Plain:
    return {
        "index": cycle.index,
        "start": _day(cycle.start),
        "end": _day(cycle.last_day),
        "known": cycle.known,
        "basis": cycle.basis,
        "renewed_on": _day(cycle.renewed_on),
        "route": cycle.route.kind.value if cycle.route else None,
        "presumed": cycle.presumed,
        "rule": cycle.rule.id if cycle.rule else None,
    }


def _units(units: UnitsOf) -> Plain:
    return {
        "name": units.name,
        "cycle": units.cycle,
        "required": _number(units.required),
        "counted": _number(units.counted),
        "remaining": _number(units.remaining),
        "categories": [
            {
                "id": one.id,
                "path": one.path,
                "parent": one.parent.rsplit("/", 1)[-1] or None,
                "name": one.name,
                "minimum": _number(one.minimum),
                "maximum": _number(one.maximum),
                "per": "year" if one.in_years else "cycle",
                "counted": _number(one.counted),
                "remaining": _number(one.remaining),
            }
            for one in units.categories
        ],
        "years": [
            {
                "start": _day(year.first_day),
                "end": _day(year.last_day),
                "required": _number(year.required),
                "counted": _number(year.counted),
                "remaining": _number(year.remaining),
                "missed": _number(year.missed),
                "binding": year.binding,
            }
            for year in units.years
        ],
        "carried_in": _number(units.carried_in),
        "carry_out": _number(units.carry_out),
        "lost": _number(units.lost),
    }


def _deadline(one: Deadline, renewals: Renewals, held: HoldingAnswer) -> Plain:
    return {
        "kind": one.kind.value,
        "on": _day(one.on),
        "text": deadline_in_words(one, unit_of(held)),
        "days_left": (one.on - renewals.as_of).days,
        "cycle": one.cycle,
        "n": one.n,
        "units": _number(one.units),
        "category": one.category,
        "amount": _money(one.amount),
        "binding": one.binding,
        "foreseen": one.foreseen,
    }


def _fee(line: FeeLine) -> Plain:
    return {
        "on": _day(line.due.on),
        "amount": _money(line.due.amount),
        "per": line.due.fee.per,
        "cycle": line.cycle,
        "paid": line.due.paid,
        "shared_in": line.due.shared_in,
        "covered_by": line.covered_by,
        "alternatives": [
            {"amount": _money(rival.value), "source": rival.source, "note": rival.note}
            for rival in line.due.fee.amount.alternatives
        ],
    }


def _disputed(held: HoldingAnswer) -> Iterator[Plain]:
    for day in held.disputed:
        yield {"what": "last-day", "last_day": _day(day.last_day), "text": day.reason, "source": day.source}
    for dispute in held.disputes:
        yield {"what": "rule", "last_day": None, "text": dispute.summary, "source": None}


def _line(line: LedgerEntry) -> Plain:
    return {
        "activity": line.activity,
        "on": _day(line.on),
        "title": line.title,
        "certification": line.certification,
        "cycle": line.cycle,
        "category": line.category,
        "counted": _number(line.counted),
        "lost": _number(line.lost),
        "why": line.why.value,
    }


def _group(group: GroupAnswer) -> Plain:
    return {
        "group": group.group,
        "members": list(group.members),
        "last_day": _day(group.last_day),
        "required": _number(group.required),
        "shares": {own: _number(share) for own, share in group.shares.items()},
        "fee": _money(group.fee),
    }


def _cascade(one: CascadeAnswer) -> Plain:
    return {
        "id": one.cascade.id,
        "summary": one.cascade.summary,
        "when": one.cascade.when,
        "extent": one.cascade.extent,
        "by": list(one.by),
        "renews": list(one.renews),
        "applied": [_moved(moved) for moved in one.applied],
    }


def _moved(moved: Cascaded) -> Plain:
    return {
        "on": _day(moved.on),
        "source": moved.source,
        "by": moved.by,
        "renewed": moved.renewed,
        "before": _day(moved.before),
        "after": _day(moved.after),
    }


def _upkeep(answer: UpkeepAnswer) -> Plain:
    upkeep = answer.upkeep
    return {
        "years": answer.years,
        "until": _day(upkeep.until),
        "kept": list(upkeep.kept),
        "cannot_keep": list(upkeep.cannot_keep),
        "proven": upkeep.proven,
        "cost": _cost(upkeep.cost, answer.currency),
        "money": [_money(money) for money in upkeep.money],
        "steps": [
            {
                "on": _day(step.on),
                "renews": list(step.renews),
                "routes": list(step.routes),
                "along": list(step.along),
                "earns": step.earns,
                "hours": _number(step.hours),
                "lines": [_upkeep_line(line) for line in step.lines],
            }
            for step in upkeep.steps
        ],
        "fees": [_upkeep_line(line) for line in upkeep.fees],
        "savings": [
            {"certification": own, **_cost(cost, answer.currency)} for own, cost in sorted(upkeep.savings.items())
        ],
        "rates": [
            {"currency": r.currency, "of": r.of, "on": _day(r.on), "rate": str(r.rate.value)} for r in answer.rates
        ],
    }


def _upkeep_line(line: UpkeepLine) -> Plain:
    return {
        "what": line.what,
        "certification": line.certification,
        "on": _day(line.on),
        "amount": _money(line.amount),
    }


def _cost(cost: Cost, currency: str) -> dict[str, Plain]:
    amount = Money(Decimal(cost.money.numerator) / Decimal(cost.money.denominator), currency)
    return {"money": _money(amount), "hours": _number(cost.hours), "unknown": cost.unknown}


def _citation(citation: Citation) -> Plain:
    return {
        "source": citation.source,
        "title": citation.title,
        "url": citation.url,
        "read": _day(citation.read),
        "standing": citation.standing.value,
        "because": citation.because,
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _number(value: Fraction | None) -> int | float | None:
    """For showing; what is decided is decided in exact fractions before."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else round(float(value), 4)


def _money(money: Money | None) -> Plain:
    return {"amount": money.plain, "currency": money.currency} if money else None
