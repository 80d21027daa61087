"""Several plans side by side, and how each differs from the first in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pmcareer.api.plans.answers import DatedPlan, PlanAnswer
from pmcareer.views.report import Cell, Column, Table
from pmcareer.views.wording import counted, months


def choices_table(answer: PlanAnswer) -> Table:
    """One row a plan: what it comes to, and what sets it apart."""
    columns = (
        Column("Plan", "right"),
        Column("Arrives"),
        Column("After", "right"),
        Column("Cost", "right"),
        Column("Exams", "right"),
        Column("How it differs" if not answer.pareto else "By way of", flexible=True),
    )
    rows = tuple(
        (
            Cell(str(number)),
            Cell(plan.arrives.isoformat()),
            Cell(months(plan.days)),
            Cell(cost_words(plan)),
            Cell(str(plan.exams)),
            Cell(_way(plan, answer) if answer.pareto or number == 1 else differs(answer.plans[0], plan, answer)),
        )
        for number, plan in enumerate(answer.plans, 1)
    )
    return Table(
        columns, rows, "Trade-offs between time, cost and exams" if answer.pareto else "Plans to choose between"
    )


def cost_words(plan: DatedPlan) -> str:
    """The cost, said to be a lower bound where a price is unknown."""
    return f"at least {plan.cost}" if plan.at_least else str(plan.cost)


def differs(first: DatedPlan, plan: DatedPlan, answer: PlanAnswer) -> str:
    """What *plan* does otherwise than the *first*: roles, certifications, time, money."""
    if plan is first:
        return ""
    parts = [
        _exchanged("by way of", set(plan.roles), set(first.roles), answer.role_names, plan.roles, first.roles),
        _exchanged(
            "with",
            set(plan.certifications),
            set(first.certifications),
            answer.names,
            plan.certifications,
            first.certifications,
        ),
        _compared(plan.days - first.days, "later", "sooner"),
        _dearer(first, plan),
    ]
    return "; ".join(part for part in parts if part)


def _exchanged(
    word: str, mine: set[str], other: set[str], names: Mapping[str, str], order: Sequence[str], others: Sequence[str]
) -> str:
    new = [names.get(one, one) for one in dict.fromkeys(order) if one not in other]
    gone = [names.get(one, one) for one in dict.fromkeys(others) if one not in mine]
    if new and gone:
        return f"{word} {', '.join(new)} instead of {', '.join(gone)}"
    if new:
        return f"{word} {', '.join(new)} as well"
    return f"without {', '.join(gone)}" if gone else ""


def _compared(days: int, more: str, less: str) -> str:
    return f"{months(abs(days))} {more if days > 0 else less}" if days else ""


def _dearer(first: DatedPlan, plan: DatedPlan) -> str:
    if first.at_least or plan.at_least or plan.cost == first.cost:
        return ""
    gap = plan.cost + first.cost.times(-1)
    return f"{gap} dearer" if gap.amount > 0 else f"{gap.times(-1)} cheaper"


def _way(plan: DatedPlan, answer: PlanAnswer) -> str:
    roles = " → ".join(answer.role_names.get(role, role) for role in plan.roles[1:])
    earned = ", ".join(answer.names.get(one, one) for one in plan.certifications)
    return f"{roles or counted(0, 'move')}; {earned or 'no certification'}"
