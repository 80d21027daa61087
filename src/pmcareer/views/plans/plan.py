"""Plans as a Report: what a person reads in a minute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pmcareer.api.catalog.pay import PayAt
from pmcareer.api.plans.answers import DatedPlan, PlanAnswer, PlannedStep
from pmcareer.model.figures import Standing
from pmcareer.model.sources import Citation
from pmcareer.money import Money
from pmcareer.views.plans.advice import decides_words, help_lines, stay_lines
from pmcareer.views.plans.choices import choices_table, cost_words
from pmcareer.views.plans.document import plan_document
from pmcareer.views.plans.reasons import reason_text
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

_CUT_SHORT = {"": "", "patience": "the search was cut short", "interrupted": "the search was interrupted"}


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
    if answer.pareto and len(answer.plans) > 1:
        last = answer.plans[-1].arrives.isoformat()
        return f"{way}: {len(answer.plans)} trade-offs, {plan.arrives.isoformat()} to {last}"
    return f"{way}: {plan.arrives.isoformat()} ({months(plan.days)}), {cost_words(plan)}"


def _blocks(answer: PlanAnswer) -> Iterator[Block]:
    several = len(answer.plans) > 1
    if several:
        yield choices_table(answer)
    for place, plan in enumerate(answer.plans, 1):
        if plan.steps:
            yield _steps_table(plan, f"Plan {place}" if several else "")
        yield lines("In short", list(_summary(answer, plan, place)))
        yield from _advice(answer, plan)
        yield from _reasons(answer, plan)
    if answer.price_decides:
        decides = [decides_words(one, answer.names) for one in answer.price_decides]
        yield lines("Prices that decide", decides, "warn")
    if not answer.plans:
        yield lines("Why not", list(_why_not(answer)), "warn")
    yield from _footing(answer)


def _advice(answer: PlanAnswer, plan: DatedPlan) -> Iterator[Block]:
    if stays := list(stay_lines(plan, answer.names)):
        yield lines("In each role", stays)
    if helping := list(help_lines(plan.would_help, answer.names, answer.role_names)):
        yield lines("What would help", helping, "good")


def _reasons(answer: PlanAnswer, plan: DatedPlan) -> Iterator[Block]:
    if plan.steps:
        yield _why(plan, answer.names)
    if doubts := list(dict.fromkeys(_doubts(plan))):
        yield lines("How sure", doubts, "warn")
    if plan.risk is not None:
        from pmcareer.views.plans.risk import risk_blocks

        yield from risk_blocks(plan)


def _footing(answer: PlanAnswer) -> Iterator[Block]:
    """What the answer rests on."""
    if answer.unknown:
        yield lines("Not known", list(_unknown(answer)), "warn")
    yield lines("Assumed", [f"{a.text}{f'  ({a.change})' if a.change else ''}" for a in answer.assumptions], "dim")
    if exchanged := list(_exchanged(answer)):
        yield lines("Currencies", exchanged, "dim")
    if cited := list(_sources(answer)):
        yield lines("Sources", cited, "dim")


def _steps_table(plan: DatedPlan, title: str = "") -> Table:
    columns = (
        Column("From"),
        Column("To"),
        Column("Step", flexible=True),
        Column("Cost", "right"),
        Column("Float", "right"),
    )
    return Table(columns, tuple(_step_row(step) for step in plan.steps), title)


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


def _summary(answer: PlanAnswer, plan: DatedPlan, number: int) -> Iterator[str]:
    yield f"{_kind(answer, number)} ({_proof(answer, plan)}), {counted(plan.exams, 'exam')}, {cost_words(plan)}"
    if plan.earnings is not None:
        yield f"pay minus costs up to the horizon: {_earned(answer, plan)}"
    yield f"pay now: {_pay(plan.pay_from)}"
    yield f"pay then: {_pay(plan.pay_to)}"
    if plan.steps and plan.pay_from.amount and plan.pay_from.band == plan.pay_to.band:
        yield "both are one figure, of one statistical occupation that holds both roles: it says nothing of a raise"


def _kind(answer: PlanAnswer, number: int) -> str:
    if answer.pareto:
        return "a trade-off that no plan betters"
    return _OBJECTIVES[answer.objective] if number == 1 else f"{_OBJECTIVES[answer.objective]} of those that differ"


def _proof(answer: PlanAnswer, plan: DatedPlan) -> str:
    if plan.proven:
        return "proven"
    why = _CUT_SHORT[answer.cut_short]
    return ", ".join(part for part in ("not proven", why, answer.bound) if part)


def _earned(answer: PlanAnswer, plan: DatedPlan) -> str:
    unpaid = any(unknown.what == "pay" and unknown.in_plan for unknown in answer.unknown)
    return f"at least {plan.earnings}" if unpaid else str(plan.earnings)


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


def _why_not(answer: PlanAnswer) -> Iterator[str]:
    yield from answer.blocked
    for relaxed in answer.why_not:
        cost = f"at least {relaxed.cost}" if relaxed.at_least else str(relaxed.cost)
        said = f" ({', '.join(option for option in relaxed.options if option)})" if any(relaxed.options) else ""
        yield f"a plan exists with {' and '.join(relaxed.ease)}: {relaxed.arrives.isoformat()}, {cost}{said}"


def _unknown(answer: PlanAnswer) -> Iterator[str]:
    """What the plan rests on in full; what else is unknown in one line."""
    yield from (unknown.text for unknown in answer.unknown if unknown.in_plan)
    others = sorted({unknown.id for unknown in answer.unknown if not unknown.in_plan})
    if others:
        more = f" and {len(others) - _SHOWN_UNKNOWN} more" if len(others) > _SHOWN_UNKNOWN else ""
        shown = ", ".join(others[:_SHOWN_UNKNOWN])
        yield f"something about {shown}{more} that other ways would rest on (--format json says what)"


def _exchanged(answer: PlanAnswer) -> Iterator[str]:
    """At what rates other currencies are counted, and that what a source is quoted with stays as it published it."""
    if answer.rates:
        rates = " and ".join(f"1 {r.currency} = {r.rate.value} {r.of} ({r.on.isoformat()})" for r in answer.rates)
        yield f"prices in other currencies are counted at {rates}"
    quoted = {money.currency for plan in answer.plans for money in _quoted(plan)}
    if others := sorted(quoted - {plan.cost.currency for plan in answer.plans}):
        yield f"pay, and single prices quoted from a source, stay as published, in {' and '.join(others)}"


def _quoted(plan: DatedPlan) -> Iterator[Money]:
    yield from (pay.amount for pay in (plan.pay_from, plan.pay_to) if pay.amount)
    yield from (line.amount for line in plan.cost_lines if line.amount)


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
