"""Plans as a Report: what a person reads in a minute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pmcareer.api.answers import DatedPlan, PayAt, PlanAnswer, PlannedStep
from pmcareer.model.figures import Standing
from pmcareer.model.sources import Citation
from pmcareer.views.plan_document import plan_document
from pmcareer.views.plan_reasons import reason_text
from pmcareer.views.report import Block, Cell, Column, Report, Table, Tone, lines
from pmcareer.views.wording import counted, months, number

_STEP_WORDS = {"study": "study", "earn": "earn", "move": "become", "renew": "renew"}
_SHOWN_UNKNOWN = 5
_WEAK = {Standing.UNVERIFIED: "unverified", Standing.JUDGEMENT: "our judgement"}
_OBJECTIVES = {
    "fastest": "the fastest way",
    "cheapest": "the cheapest way",
    "earnings": "the way that earns most",
    "fewest-exams": "the way with the fewest exams",
}


def plan_report(answer: PlanAnswer) -> Report:
    """The answer to ``pmcareer plan``, its machine form included."""
    return Report(
        title=_title(answer),
        blocks=tuple(_blocks(answer)),
        document=plan_document(answer),
        verdict="fine" if answer.plans else "bad-news",
        notes=answer.notes,
    )


def _title(answer: PlanAnswer) -> str:
    way = f"{answer.start_name} → {answer.target_name}"
    if not answer.plans:
        return f"{way}: {'no plan' if answer.proven_optimal else 'no plan found'}"
    plan = answer.plans[0]
    if not plan.steps:
        return f"{way}: you are there already"
    return f"{way}: {plan.arrives.isoformat()} ({months(plan.days)}), {_cost(plan)}"


def _blocks(answer: PlanAnswer) -> Iterator[Block]:
    for plan in answer.plans:
        if plan.steps:
            yield _steps_table(plan)
        yield lines("In short", list(_summary(answer, plan)))
        if plan.steps:
            yield _why(plan, answer.names)
        if doubts := list(dict.fromkeys(_doubts(plan))):
            yield lines("How sure", doubts, "warn")
        if plan.risk is not None:
            from pmcareer.views.plan_risk import risk_blocks

            yield from risk_blocks(plan)
    if not answer.plans:
        yield lines("Why not", list(_why_not(answer)), "warn")
    if answer.unknown:
        yield lines("Not known", list(_unknown(answer)), "warn")
    yield lines("Assumed", [f"{a.text}{f'  ({a.change})' if a.change else ''}" for a in answer.assumptions], "dim")
    if cited := list(_sources(answer)):
        yield lines("Sources", cited, "dim")


def _steps_table(plan: DatedPlan) -> Table:
    columns = (
        Column("From"),
        Column("To"),
        Column("Step", flexible=True),
        Column("Cost", "right"),
        Column("Float", "right"),
    )
    return Table(columns, tuple(_step_row(step) for step in plan.steps))


def _step_row(step: PlannedStep) -> tuple[Cell, ...]:
    tone: Tone = "strong" if step.kind == "move" else "plain"
    span = "" if step.start == step.end else step.start.isoformat()
    hours = f", {number(step.hours)} h" if step.hours is not None else ""
    return (
        Cell(span),
        Cell(step.end.isoformat()),
        Cell(f"{'pay for' if step.fee_only else _STEP_WORDS[step.kind]} {step.name}{hours}", tone),
        Cell(_step_cost(step)),
        Cell(_float(step), "warn" if step.critical else "dim"),
    )


def _float(step: PlannedStep) -> str:
    if step.kind == "renew":
        return "fixed"
    return "critical" if step.critical else counted(step.float_days, "day")


def _step_cost(step: PlannedStep) -> str:
    if step.kind in ("study", "move"):
        return ""
    if not step.priced:
        return f"{step.cost} + unknown" if step.cost and step.cost.amount else "unknown"
    return str(step.cost)


def _why(plan: DatedPlan, names: Mapping[str, str]) -> Block:
    texts = []
    for step in plan.steps:
        if step.kind != "study":
            reasons = "; ".join(reason_text(reason, names) for reason in step.because)
            texts.append(f"{step.name}: {reasons}")
        texts.extend(f"{step.name}: {warning}" for warning in step.warnings)
    return lines("Why", list(dict.fromkeys(texts)))


def _summary(answer: PlanAnswer, plan: DatedPlan) -> Iterator[str]:
    proof = "proven" if answer.proven_optimal else f"not proven; {answer.bound}" if answer.bound else "not proven"
    yield f"{_OBJECTIVES[answer.objective]} ({proof}), {counted(plan.exams, 'exam')}, {_cost(plan)}"
    yield f"pay now: {_pay(plan.pay_from)}"
    yield f"pay then: {_pay(plan.pay_to)}"


def _doubts(plan: DatedPlan) -> Iterator[str]:
    """Figures that rest on no issuer's word, and those that other sources contradict."""
    for line in plan.cost_lines:
        amount = line.amount or "unknown"
        if line.amount and line.citation and line.citation.standing in _WEAK:
            yield f"{line.what}, {amount}: {_WEAK[line.citation.standing]}"
        for rival in (r for r in line.rivals if r.value != line.amount):
            yield f"{line.what}, {amount}: another source says {rival.value}{f' ({rival.note})' if rival.note else ''}"
    weak = [s.name for s in plan.steps if s.kind == "study" and any(c.standing in _WEAK for c in s.citations)]
    if weak:
        yield f"study hours of {', '.join(weak)}: estimates"


def _pay(pay: PayAt) -> str:
    if pay.amount is None:
        return "unknown"
    return f"{pay.amount} a year, median of {pay.band}, {pay.period} ({pay.match} match)"


def _cost(plan: DatedPlan) -> str:
    return f"at least {plan.cost}" if plan.at_least else str(plan.cost)


def _why_not(answer: PlanAnswer) -> Iterator[str]:
    yield from answer.blocked
    for relaxed in answer.why_not:
        cost = f"at least {relaxed.cost}" if relaxed.at_least else str(relaxed.cost)
        yield f"a plan exists with {' and '.join(relaxed.ease)}: {relaxed.arrives.isoformat()}, {cost}"


def _unknown(answer: PlanAnswer) -> Iterator[str]:
    """What the plan rests on in full; what else is unknown in one line."""
    yield from (unknown.text for unknown in answer.unknown if unknown.in_plan)
    others = sorted({unknown.id for unknown in answer.unknown if not unknown.in_plan})
    if others:
        more = f" and {len(others) - _SHOWN_UNKNOWN} more" if len(others) > _SHOWN_UNKNOWN else ""
        shown = ", ".join(others[:_SHOWN_UNKNOWN])
        yield f"something about {shown}{more} that other ways would rest on (--format json says what)"


def _sources(answer: PlanAnswer) -> Iterator[str]:
    """Each source once, in the order of first use."""
    seen: dict[str, Citation] = {}
    for plan in answer.plans:
        for citation in _citations(plan):
            if citation.source:
                seen.setdefault(citation.source, citation)
    for key, citation in seen.items():
        url = f", {citation.url}" if citation.url else ""
        yield f"{key}: {citation.title}{url}"


def _citations(plan: DatedPlan) -> Iterator[Citation]:
    for step in plan.steps:
        yield from step.citations
        yield from (reason.citation for reason in step.because if reason.citation)
    yield from (line.citation for line in plan.cost_lines if line.citation)
    yield from (pay.citation for pay in (plan.pay_from, plan.pay_to) if pay.citation)
