"""``pmcareer.plan/1``: a plan's answer for programs; docs/reference/json.md says what its keys mean."""

from __future__ import annotations

from collections.abc import Mapping

from pmcareer.api.catalog.pay import PayAt
from pmcareer.api.plans.answers import CostLine, DatedPlan, PlanAnswer, PlannedStep
from pmcareer.views.plain_data import plain_citation, plain_money, plain_number
from pmcareer.views.plans.advice import advice_document, decides_document
from pmcareer.views.plans.choices import differs
from pmcareer.views.plans.reasons import reason_words
from pmcareer.views.report import Plain

SCHEMA = "pmcareer.plan/1"


def plan_document(answer: PlanAnswer) -> dict[str, Plain]:
    """``pmcareer.plan/1``: see docs/reference/json.md."""
    return {
        "schema": SCHEMA,
        "as_of": answer.as_of.isoformat(),
        "from": answer.start,
        "to": answer.target,
        "objective": answer.objective,
        "hours_per_week": plain_number(answer.hours_per_week),
        "assumptions": [{"text": a.text, "change": a.change} for a in answer.assumptions],
        "unknown": [{"what": u.what, "id": u.id, "text": u.text, "in_plan": u.in_plan} for u in answer.unknown],
        "rates": [
            {"currency": r.currency, "of": r.of, "on": r.on.isoformat(), "rate": str(r.rate.value)}
            for r in answer.rates
        ],
        "plans": [_plan(plan, answer) for plan in answer.plans],
        "why_not": [
            {
                "ease": list(relaxed.ease),
                "options": list(relaxed.options),
                "arrives": relaxed.arrives.isoformat(),
                "cost": plain_money(relaxed.cost),
                "cost_at_least": relaxed.at_least,
            }
            for relaxed in answer.why_not
        ],
        "blocked": list(answer.blocked),
        "search_complete": bool(answer.plans) or answer.proven_optimal,
        "cut_short": answer.cut_short or None,
        "pareto": answer.pareto,
        "price_decides": [decides_document(one) for one in answer.price_decides],
    }


def _plan(plan: DatedPlan, answer: PlanAnswer) -> Plain:
    return {
        "arrives": plan.arrives.isoformat(),
        "months": plain_number(round(plan.months, 1)),
        "days": plan.days,
        "cost": plain_money(plan.cost),
        "cost_at_least": plan.at_least,
        "cost_lines": [_cost_line(line) for line in plan.cost_lines],
        "exams": plan.exams,
        "proven_optimal": plan.proven,
        "bound": answer.bound,
        "pay": {"from": _pay_document(plan.pay_from), "to": _pay_document(plan.pay_to)},
        "roles": list(plan.roles),
        "certifications": list(plan.certifications),
        "steps": [_step(step, answer.names) for step in plan.steps],
        "differs": differs(answer.plans[0], plan, answer),
        **advice_document(plan, answer),
        **({"earnings": plain_money(plan.earnings)} if plan.earnings else {}),
        **_risk(plan),
    }


def _risk(plan: DatedPlan) -> dict[str, Plain]:
    """Only where it was asked for."""
    if plan.risk is None:
        return {}
    from pmcareer.views.plans.risk import risk_document

    return {"risk": risk_document(plan.risk)}


def _step(step: PlannedStep, names: Mapping[str, str]) -> Plain:
    citations = dict.fromkeys((*step.citations, *(r.citation for r in step.because if r.citation)))
    return {
        "kind": step.kind,
        "id": step.id,
        "name": step.name,
        "start": step.start.isoformat(),
        "end": step.end.isoformat(),
        "fee_only": step.fee_only,
        "hours": plain_number(step.hours) if step.hours is not None else None,
        "cost": plain_money(step.cost) if step.priced else None,
        "because": [reason_words(reason, names) for reason in step.because],
        "sources": [plain_citation(citation) for citation in citations],
        "critical": step.critical,
        "float_days": step.float_days,
        "warnings": list(step.warnings),
    }


def _cost_line(line: CostLine) -> Plain:
    return {
        "what": line.what,
        "on": line.on.isoformat(),
        "amount": plain_money(line.amount),
        "source": plain_citation(line.citation) if line.citation else None,
        "note": line.note,
        "joins": line.joins,
        "alternatives": [
            {"amount": plain_money(rival.value), "source": rival.source, "note": rival.note} for rival in line.rivals
        ],
    }


def _pay_document(pay: PayAt) -> Plain:
    return {
        "role": pay.role,
        "amount": plain_money(pay.amount),
        "band": pay.band,
        "period": pay.period,
        "match": pay.match,
        "source": plain_citation(pay.citation) if pay.citation else None,
    }
