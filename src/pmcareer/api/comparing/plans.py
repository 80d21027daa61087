"""Plans side by side: files that ``plan --format json`` wrote, and plans made now from options."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pmcareer.api.comparing.comparison import Datum, Listed, Row, Special, Value, ticks
from pmcareer.api.plans.answers import PlanAnswer
from pmcareer.dates import parse_date
from pmcareer.errors import DataInvalidError
from pmcareer.money import Money
from pmcareer.problems import Position, Problems
from pmcareer.values import dataclass, field

_SCHEMA = "pmcareer.plan/1"
_MOST = 10_000  # steps, roles or certifications of one plan


@dataclass(frozen=True, slots=True)
class PlanShown:
    """What is compared of a plan. ``arrives`` None: there is no plan."""

    start: str
    target: str
    objective: str
    arrives: date | None = None
    months: Decimal | None = None
    cost: Money | None = None
    at_least: bool = False
    exams: int | None = None
    proven: bool | None = None
    roles: tuple[str, ...] = ()
    certifications: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


def shown_of_answer(answer: PlanAnswer) -> PlanShown:
    """The first plan of an answer."""
    base = PlanShown(answer.start, answer.target, answer.objective)
    if not answer.plans:
        return base
    plan = answer.plans[0]
    return PlanShown(
        start=answer.start,
        target=answer.target,
        objective=answer.objective,
        arrives=plan.arrives,
        months=Decimal(round(plan.months * 10)) / 10,
        cost=plan.cost,
        at_least=plan.at_least,
        exams=plan.exams,
        proven=answer.proven_optimal,
        roles=plan.roles,
        certifications=plan.certifications,
        steps=tuple(f"{step.kind} {step.name}" for step in plan.steps),
    )


def read_plan(path: Path) -> PlanShown:
    """The first plan of a file. Raises InputUnreadableError, or DataInvalidError with all that is wrong in it."""
    from pmcareer.api.loading import raise_for
    from pmcareer.reading.files import shown_path
    from pmcareer.reading.json_files import read_json

    data, problems = read_json(path)
    raise_for(problems)
    reader = _PlanReader(shown_path(path))
    shown = reader.plan(data)
    if reader.problems.errors:
        raise DataInvalidError(reader.problems.sorted(), hint="write it with `pmcareer plan … --format json`")
    return shown


def plan_file_rows(plans: Sequence[PlanShown], names: Mapping[str, str]) -> Iterator[Row]:
    """The rows of plans; *names*: of roles and certifications."""

    def row(section: str, key: str, label: str, value: Callable[[PlanShown], Value | None]) -> Row:
        return Row(section, key, label, tuple(_datum(plan, value(plan)) for plan in plans))

    question = "The question"
    yield row(question, "from", "from", lambda plan: plan.start)
    yield row(question, "to", "to", lambda plan: plan.target)
    yield row(question, "objective", "objective", lambda plan: plan.objective)
    section = "The plan"
    yield row(section, "arrives", "arrives", lambda plan: plan.arrives or Special.NONE)
    yield row(section, "months", "months", lambda plan: plan.months)
    costs = tuple(Datum(_or_unknown(plan, plan.cost), at_least=plan.at_least) for plan in plans)
    yield Row(section, "cost", "cost", costs)
    yield row(section, "exams", "exams", lambda plan: plan.exams)
    yield row(section, "proven_optimal", "proven", lambda plan: _yes_no(plan.proven))
    yield from ticks("Roles", "roles", [plan.roles for plan in plans], names)
    yield from ticks("Certifications", "certifications", [plan.certifications for plan in plans], names)


def plan_lists(plans: Sequence[PlanShown]) -> tuple[Listed, ...]:
    """The steps that only one of them has."""
    return (Listed("steps", "Steps", tuple(plan.steps for plan in plans)),)


def _datum(plan: PlanShown, value: Value | None) -> Datum:
    return Datum(_or_unknown(plan, value))


def _or_unknown(plan: PlanShown, value: Value | None) -> Value:
    """Where there is no plan nothing is unknown: there is nothing."""
    if value is not None:
        return value
    return Special.NONE if plan.arrives is None else Special.UNKNOWN


def _yes_no(value: bool | None) -> Value | None:
    return None if value is None else Special.YES if value else Special.NO


@dataclass(slots=True)
class _PlanReader:
    """Reads the keys that are compared, and notes all that is not what ``pmcareer.plan/1`` says."""

    file: str
    problems: Problems = field(default_factory=Problems)

    def plan(self, data: Any) -> PlanShown:
        if not isinstance(data, dict) or data.get("schema") != _SCHEMA:
            self.wrong("schema", f"this is no {_SCHEMA}")
            return PlanShown("", "", "")
        asked = PlanShown(self.text(data, "from"), self.text(data, "to"), self.text(data, "objective"))
        plans = self.items(data, "plans", dict)
        return self.first(asked, plans[0]) if plans else asked

    def first(self, asked: PlanShown, plan: dict[str, Any]) -> PlanShown:
        steps = self.items(plan, "steps", dict)
        return replace(
            asked,
            arrives=self.day(plan, "arrives"),
            months=self.number(plan, "months"),
            cost=self.money(plan, "cost"),
            at_least=plan.get("cost_at_least") is True,
            exams=self.whole(plan, "exams"),
            proven=plan["proven_optimal"] if isinstance(plan.get("proven_optimal"), bool) else None,
            roles=tuple(self.items(plan, "roles", str)),
            certifications=tuple(self.items(plan, "certifications", str)),
            steps=tuple(f"{self.text(step, 'kind')} {step.get('name') or self.text(step, 'id')}" for step in steps),
        )

    def text(self, data: dict[str, Any], key: str) -> str:
        value = data.get(key)
        if not isinstance(value, str):
            self.wrong(key, "a text is expected")
            return ""
        return value

    def items(self, data: dict[str, Any], key: str, kind: type) -> list[Any]:
        value = data.get(key)
        if not isinstance(value, list) or len(value) > _MOST or not all(isinstance(item, kind) for item in value):
            self.wrong(key, f"a list of at most {_MOST:,} is expected, each {'a text' if kind is str else 'an object'}")
            return []
        return value

    def day(self, data: dict[str, Any], key: str) -> date | None:
        try:
            return parse_date(self.text(data, key))
        except ValueError as error:
            self.wrong(key, str(error))
            return None

    def number(self, data: dict[str, Any], key: str) -> Decimal | None:
        value = data.get(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.wrong(key, "a number is expected")
            return None
        return Decimal(value)

    def whole(self, data: dict[str, Any], key: str) -> int | None:
        value = self.number(data, key)
        return int(value) if value is not None and value == value.to_integral_value() else None

    def money(self, data: dict[str, Any], key: str) -> Money | None:
        value = data.get(key)
        try:
            return Money.parse(f"{value['amount']} {value['currency']}") if isinstance(value, dict) else None
        except (KeyError, ValueError, InvalidOperation):
            self.wrong(key, 'an amount is expected, such as {"amount": "555.00", "currency": "USD"}')
            return None

    def wrong(self, key: str, message: str) -> None:
        self.problems.add("plan-file", f"`{key}`: {message}", Position(self.file), path=key)
