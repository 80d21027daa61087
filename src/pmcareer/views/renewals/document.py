"""``pmcareer.renewals/1``: renewals for programs; docs/reference/json.md says what each key means."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from pmcareer.views.plain_data import plain_citation, plain_day, plain_money, plain_number
from pmcareer.views.renewals.wording import deadline_in_words, last_valid_day, rests_on_award, unit_of

if TYPE_CHECKING:
    from pmcareer.api.upkeep.renewals import Renewals
    from pmcareer.renewals.answer import CascadeAnswer, FeeLine, GroupAnswer, HoldingAnswer
    from pmcareer.renewals.cascades import Cascaded
    from pmcareer.renewals.cycles import HeldCycle
    from pmcareer.renewals.deadlines import Deadline
    from pmcareer.renewals.ledger import LedgerEntry
    from pmcareer.renewals.units import UnitsOf
    from pmcareer.views.report import Plain

SCHEMA = "pmcareer.renewals/1"


def renewals_document(renewals: Renewals) -> dict[str, Plain]:
    """The whole answer as plain data."""
    answer = renewals.answer
    document: dict[str, Plain] = {
        "schema": SCHEMA,
        "as_of": renewals.as_of.isoformat(),
        "until": plain_day(renewals.until),
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
        from pmcareer.views.renewals.upkeep import upkeep_document

        document["upkeep"] = upkeep_document(renewals.upkeep)
    return document


def _holding(renewals: Renewals, held: HoldingAnswer) -> Plain:
    own = held.certification
    pace = renewals.pace.get(own)
    return {
        "certification": own,
        "name": renewals.full_names[own],
        "earned": plain_day(held.earned),
        "edition": held.edition,
        "status": held.status.value,
        "valid": held.valid,
        "expires": plain_day(last_valid_day(held)),
        "next_status": {"status": held.next_status.status.value, "on": plain_day(held.next_status.on)}
        if held.next_status
        else None,
        "conferred": held.conferred,
        "let_lapse": held.let_lapse,
        "rests_on_award": rests_on_award(held),
        "cycle": _cycle(held.cycle) if held.cycle else None,
        "cycles": [_cycle(cycle) for cycle in held.cycles],
        "units": _units(held.units) if held.units else None,
        "pace": {"expected": plain_number(pace.expected), "counted": plain_number(pace.counted)} if pace else None,
        "practice": [
            {
                "topic": one.topic,
                "hours": plain_number(Fraction(one.hours.value)) if one.hours and one.hours.value is not None else None,
                "per": one.per,
            }
            for one in held.practice
        ],
        "deadlines": [_deadline(one, renewals, held) for one in renewals.deadlines(held)],
        "fees": [_fee(line) for line in held.fees],
        "rule": held.rule.id if held.rule else None,
        "rule_summary": held.rule.summary if held.rule else "",
        "disputed": list(_disputed(held)),
        "sources": [plain_citation(citation) for citation in held.citations],
    }


def _cycle(cycle: HeldCycle) -> Plain:
    return {
        "index": cycle.index,
        "start": plain_day(cycle.start),
        "end": plain_day(cycle.last_day),
        "known": cycle.known,
        "basis": cycle.basis,
        "renewed_on": plain_day(cycle.renewed_on),
        "route": cycle.route.kind.value if cycle.route else None,
        "presumed": cycle.presumed,
        "rule": cycle.rule.id if cycle.rule else None,
    }


def _units(units: UnitsOf) -> Plain:
    return {
        "name": units.name,
        "cycle": units.cycle,
        "required": plain_number(units.required),
        "counted": plain_number(units.counted),
        "remaining": plain_number(units.remaining),
        "categories": [
            {
                "id": one.id,
                "path": one.path,
                "parent": one.parent.rsplit("/", 1)[-1] or None,
                "name": one.name,
                "minimum": plain_number(one.minimum),
                "maximum": plain_number(one.maximum),
                "per": "year" if one.in_years else "cycle",
                "counted": plain_number(one.counted),
                "remaining": plain_number(one.remaining),
            }
            for one in units.categories
        ],
        "years": [
            {
                "start": plain_day(year.first_day),
                "end": plain_day(year.last_day),
                "required": plain_number(year.required),
                "counted": plain_number(year.counted),
                "remaining": plain_number(year.remaining),
                "missed": plain_number(year.missed),
                "binding": year.binding,
            }
            for year in units.years
        ],
        "carried_in": plain_number(units.carried_in),
        "carry_out": plain_number(units.carry_out),
        "lost": plain_number(units.lost),
    }


def _deadline(one: Deadline, renewals: Renewals, held: HoldingAnswer) -> Plain:
    return {
        "kind": one.kind.value,
        "on": plain_day(one.on),
        "text": deadline_in_words(one, unit_of(held)),
        "days_left": (one.on - renewals.as_of).days,
        "cycle": one.cycle,
        "n": one.n,
        "units": plain_number(one.units),
        "category": one.category,
        "amount": plain_money(one.amount),
        "binding": one.binding,
        "foreseen": one.foreseen,
    }


def _fee(line: FeeLine) -> Plain:
    return {
        "on": plain_day(line.due.on),
        "amount": plain_money(line.due.amount),
        "per": line.due.fee.per,
        "cycle": line.cycle,
        "paid": line.due.paid,
        "shared_in": line.due.shared_in,
        "covered_by": line.covered_by,
        "alternatives": [
            {"amount": plain_money(rival.value), "source": rival.source, "note": rival.note}
            for rival in line.due.fee.amount.alternatives
        ],
    }


def _disputed(held: HoldingAnswer) -> Iterator[Plain]:
    for day in held.disputed:
        yield {"what": "last-day", "last_day": plain_day(day.last_day), "text": day.reason, "source": day.source}
    for dispute in held.disputes:
        yield {"what": "rule", "last_day": None, "text": dispute.summary, "source": None}


def _line(line: LedgerEntry) -> Plain:
    return {
        "activity": line.activity,
        "on": plain_day(line.on),
        "title": line.title,
        "certification": line.certification,
        "cycle": line.cycle,
        "category": line.category,
        "counted": plain_number(line.counted),
        "lost": plain_number(line.lost),
        "why": line.why.value,
    }


def _group(group: GroupAnswer) -> Plain:
    return {
        "group": group.group,
        "members": list(group.members),
        "last_day": plain_day(group.last_day),
        "required": plain_number(group.required),
        "shares": {own: plain_number(share) for own, share in group.shares.items()},
        "fee": plain_money(group.fee),
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
        "on": plain_day(moved.on),
        "source": moved.source,
        "by": moved.by,
        "renewed": moved.renewed,
        "before": plain_day(moved.before),
        "after": plain_day(moved.after),
    }
