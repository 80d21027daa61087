"""``pmcareer.instance/1``: the compiled problem as decoded JSON, read with every problem at once, and written back.

Whoever decodes the text should pass ``parse_float=decimal.Decimal`` so that nothing is rounded. Numbers are written
as planning.exact says. Bounds below keep hostile input cheap.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeVar

from pmcareer.planning.exact import write_fraction
from pmcareer.planning.instance import (
    OBJECTIVES,
    Certification,
    Instance,
    Move,
    Objective,
    Renewal,
    Requirement,
    Role,
    Start,
    Variant,
)
from pmcareer.planning.requirement_format import read_requirement, requirement_document
from pmcareer.planning.strict_reader import StrictReader, mentioned
from pmcareer.problems import Problems

SCHEMA = "pmcareer.instance/1"
MOST_DAYS = 400_000
MOST_ENTRIES = 50_000
T = TypeVar("T")


def parse_instance(data: object, file: str) -> tuple[Instance | None, Problems]:
    """The instance in *data*, or None with everything that is wrong with it; *file* only names it in problems."""
    reader = StrictReader(file)
    instance = _InstanceReader(reader).read(data)
    return (None if reader.problems.errors else instance), reader.problems


class _InstanceReader:
    """One reading of one document; a part that is wrong is recorded and stands in as an empty one."""

    def __init__(self, reader: StrictReader) -> None:
        self.reader = reader

    def read(self, data: object) -> Instance | None:
        required = ("schema", "hours_per_week", "horizon_days", "start", "target", "roles", "moves")
        optional = ("objective", "budget", "deadline_day", "certifications")
        top = self.reader.mapping(data, "", required=required, optional=optional)
        if top is None:
            return None
        if top.get("schema", SCHEMA) != SCHEMA:
            self.reader.fail("field-value", "schema", f"must be {SCHEMA!r}")
        instance = Instance(
            start=self.start(top.get("start", {"role": ""})),
            target=self.reader.text(top.get("target", ""), "target"),
            roles=self.entries(top.get("roles", {}), "roles", self.role),
            moves=tuple(self.items(top.get("moves", []), "moves", self.move)),
            certifications=self.entries(top.get("certifications") or {}, "certifications", self.certification),
            hours_per_week=self.reader.number(top.get("hours_per_week", 0), "hours_per_week"),
            horizon_days=self.reader.whole(top.get("horizon_days", 0), "horizon_days", high=MOST_DAYS),
            objective=self.objective(top.get("objective", "fastest")),
            budget=self.optional_number(top, "budget", ""),
            deadline_day=self.optional_day(top.get("deadline_day"), "deadline_day"),
        )
        if not self.reader.problems.errors:
            self.check_references(instance)
        return instance

    def objective(self, value: object) -> Objective:
        if value not in OBJECTIVES:
            self.reader.fail("field-choice", "objective", f"must be one of {', '.join(OBJECTIVES)}")
            return "fastest"
        return value

    def optional_number(self, table: dict[str, Any], key: str, path: str) -> Fraction | None:
        value = table.get(key)
        return None if value is None else self.reader.number(value, f"{path}{key}")

    def optional_day(self, value: object, path: str) -> int | None:
        return None if value is None else self.reader.whole(value, path, high=MOST_DAYS)

    def entries(self, value: object, path: str, read: Callable[[object, str], T]) -> dict[str, T]:
        table = self.reader.table(value, path, MOST_ENTRIES)
        return {key: read(entry, f"{path}.{key}") for key, entry in table.items()}

    def items(self, value: object, path: str, read: Callable[[object, str], T]) -> list[T]:
        return [read(item, f"{path}[{i}]") for i, item in enumerate(self.reader.list(value, path, MOST_ENTRIES))]

    def start(self, value: object) -> Start:
        optional = ("tenure_days", "experience_days", "education", "holds", "dues")
        table = self.reader.mapping(value, "start", required=("role",), optional=optional) or {}
        return Start(
            role=self.reader.text(table.get("role", ""), "start.role"),
            tenure_days=self.reader.whole(table.get("tenure_days", 0), "start.tenure_days", high=MOST_DAYS),
            experience_days=self.entries(table.get("experience_days", {}), "start.experience_days", self.days),
            education=self.reader.whole(table.get("education", 0), "start.education", high=1000),
            holds=self.entries(table.get("holds", {}), "start.holds", self.past_day),
            dues=self.entries(table.get("dues", {}), "start.dues", self.dues),
        )

    def dues(self, value: object, path: str, low: int = 0, high: int = MOST_DAYS) -> tuple[tuple[int, Fraction], ...]:
        """Days from *low* to *high*, rising, each with an amount."""
        found: list[tuple[int, Fraction]] = []
        for i, entry in enumerate(self.reader.list(value, path, MOST_ENTRIES)):
            table = self.reader.mapping(entry, f"{path}[{i}]", required=("day", "cost")) or {}
            day = self.reader.whole(table.get("day", low), f"{path}[{i}].day", low=low, high=high)
            if found and day <= found[-1][0]:
                self.reader.fail("field-value", f"{path}[{i}].day", "must be later than the day before it")
            found.append((day, self.reader.number(table.get("cost", 0), f"{path}[{i}].cost")))
        return tuple(found)

    def days(self, value: object, path: str) -> int:
        return self.reader.whole(value, path, high=MOST_DAYS)

    def past_day(self, value: object, path: str) -> int:
        return self.reader.whole(value, path, low=-MOST_DAYS, high=0)

    def role(self, value: object, path: str) -> Role:
        table = self.reader.mapping(value, path, optional=("grants", "pay_per_year")) or {}
        kinds = self.items(table.get("grants", []), f"{path}.grants", self.reader.text)
        return Role(frozenset(kinds), self.optional_number(table, "pay_per_year", f"{path}."))

    def move(self, value: object, path: str) -> Move:
        table = self.reader.mapping(value, path, required=("from", "to"), optional=("requires",)) or {}
        requires = self.requirement(table.get("requires"), f"{path}.requires", tenure=True)
        origin = self.reader.text(table.get("from", ""), f"{path}.from")
        return Move(origin, self.reader.text(table.get("to", ""), f"{path}.to"), requires)

    def requirement(self, value: object, path: str, *, tenure: bool) -> Requirement | None:
        return read_requirement(self.reader, value, path, tenure=tenure, most_days=MOST_DAYS)

    def certification(self, value: object, path: str) -> Certification:
        optional = ("lead_days", "eligibility", "renewal", "variants")
        table = self.reader.mapping(value, path, required=("study_hours", "cost"), optional=optional) or {}
        renewal = table.get("renewal")
        return Certification(
            study_hours=self.reader.number(table.get("study_hours", 0), f"{path}.study_hours"),
            cost=self.reader.number(table.get("cost", 0), f"{path}.cost"),
            lead_days=self.reader.whole(table.get("lead_days", 0), f"{path}.lead_days", high=MOST_DAYS),
            eligibility=self.requirement(table.get("eligibility"), f"{path}.eligibility", tenure=False),
            renewal=None if renewal is None else self.renewal(renewal, f"{path}.renewal"),
            variants=tuple(self.items(table.get("variants") or [], f"{path}.variants", self.variant)),
        )

    def renewal(self, value: object, path: str) -> Renewal:
        table = self.reader.mapping(value, path, required=("cycle_days",), optional=("hours", "cost", "dues")) or {}
        cycle_days = self.reader.whole(table.get("cycle_days", 1), f"{path}.cycle_days", low=1, high=MOST_DAYS)
        return Renewal(
            cycle_days,
            self.reader.number(table.get("hours", 0), f"{path}.hours"),
            self.reader.number(table.get("cost", 0), f"{path}.cost"),
            self.dues(table.get("dues", []), f"{path}.dues", 1, cycle_days),
        )

    def variant(self, value: object, path: str) -> Variant:
        required = ("study_hours", "cost")
        table = self.reader.mapping(value, path, required=required, optional=("when",)) or {}
        return Variant(
            self.requirement(table.get("when"), f"{path}.when", tenure=False),
            self.reader.number(table.get("study_hours", 0), f"{path}.study_hours"),
            self.reader.number(table.get("cost", 0), f"{path}.cost"),
        )

    def check_references(self, instance: Instance) -> None:
        roles = [("start.role", instance.start.role), ("target", instance.target)]
        for i, move in enumerate(instance.moves):
            roles += [(f"moves[{i}].from", move.origin), (f"moves[{i}].to", move.into)]
        for path, role in roles:
            if role not in instance.roles:
                self.reader.fail("instance-reference", path, f"role {role!r} is not defined under roles")
        for name in instance.start.dues.keys() - instance.start.holds.keys():
            self.reader.fail("instance-reference", f"start.dues.{name}", f"{name!r} is not under start.holds")
        for path, name in self.references(instance):
            if name not in instance.certifications:
                message = f"certification {name!r} is not defined under certifications"
                self.reader.fail("instance-reference", path, message)

    def references(self, instance: Instance) -> list[tuple[str, str]]:
        found = [(f"start.holds.{name}", name) for name in instance.start.holds]
        for i, move in enumerate(instance.moves):
            found += [(f"moves[{i}].requires", name) for name in mentioned(move.requires)]
        for key, certification in instance.certifications.items():
            path = f"certifications.{key}"
            found += [(f"{path}.eligibility", name) for name in mentioned(certification.eligibility)]
            for i, variant in enumerate(certification.variants):
                found += [(f"{path}.variants[{i}].when", name) for name in mentioned(variant.when)]
        return found


def instance_document(instance: Instance) -> dict[str, Any]:
    """*instance* as ``pmcareer.instance/1``; ``parse_instance`` of it gives an equal instance."""
    return {
        "schema": SCHEMA,
        "objective": instance.objective,
        "hours_per_week": write_fraction(instance.hours_per_week),
        "horizon_days": instance.horizon_days,
        "budget": None if instance.budget is None else write_fraction(instance.budget),
        "deadline_day": instance.deadline_day,
        "start": _start_document(instance.start),
        "target": instance.target,
        "roles": {name: _role_document(role) for name, role in instance.roles.items()},
        "moves": [_move_document(move) for move in instance.moves],
        "certifications": {name: _certification_document(c) for name, c in instance.certifications.items()},
    }


def _start_document(start: Start) -> dict[str, Any]:
    dues = {name: _dues_document(dues) for name, dues in start.dues.items()}
    return {
        "role": start.role,
        "tenure_days": start.tenure_days,
        "experience_days": dict(start.experience_days),
        "education": start.education,
        "holds": dict(start.holds),
        **({"dues": dues} if dues else {}),
    }


def _dues_document(dues: tuple[tuple[int, Fraction], ...]) -> list[dict[str, Any]]:
    return [{"day": day, "cost": write_fraction(cost)} for day, cost in dues]


def _role_document(role: Role) -> dict[str, Any]:
    pay = {} if role.pay_per_year is None else {"pay_per_year": write_fraction(role.pay_per_year)}
    return {"grants": sorted(role.grants), **pay}


def _move_document(move: Move) -> dict[str, Any]:
    return {"from": move.origin, "to": move.into, "requires": requirement_document(move.requires)}


def _certification_document(certification: Certification) -> dict[str, Any]:
    document: dict[str, Any] = {}
    if certification.eligibility is not None:
        document["eligibility"] = requirement_document(certification.eligibility)
    document["study_hours"] = write_fraction(certification.study_hours)
    document["cost"] = write_fraction(certification.cost)
    if certification.lead_days:
        document["lead_days"] = certification.lead_days
    if certification.renewal is not None:
        document["renewal"] = {
            "cycle_days": certification.renewal.cycle_days,
            "hours": write_fraction(certification.renewal.hours),
            "cost": write_fraction(certification.renewal.cost),
            **({"dues": _dues_document(certification.renewal.dues)} if certification.renewal.dues else {}),
        }
    if certification.variants:
        document["variants"] = [_variant_document(variant) for variant in certification.variants]
    return document


def _variant_document(variant: Variant) -> dict[str, Any]:
    return {
        "when": requirement_document(variant.when),
        "study_hours": write_fraction(variant.study_hours),
        "cost": write_fraction(variant.cost),
    }
