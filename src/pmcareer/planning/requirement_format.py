"""Requirement trees in ``pmcareer.instance/1``: one key a node, ``null`` for a requirement that always holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pmcareer.planning.instance import (
    All,
    AnyOf,
    AtLeast,
    ByDay,
    EducationRank,
    ExperienceDays,
    Held,
    Holds,
    Requirement,
    TenureDays,
)
from pmcareer.planning.strict_reader import StrictReader

DEEPEST = 40
MOST_NODES = 500_000
FORMS = ("all", "any", "at_least", "holds", "held", "experience", "tenure_days", "education", "by_day")


def read_requirement(
    reader: StrictReader, value: object, path: str, *, tenure: bool, most_days: int
) -> Requirement | None:
    """The requirement in *value*; *tenure* says whether it may ask for days in the present role (moves only)."""
    return None if value is None else _TreeReader(reader, tenure, most_days).node(value, path, 1)


class _TreeReader:
    def __init__(self, reader: StrictReader, tenure: bool, most_days: int) -> None:
        self.reader = reader
        self.tenure = tenure
        self.most_days = most_days

    def node(self, value: object, path: str, depth: int) -> Requirement:
        self.reader.nodes += 1
        if depth > DEEPEST or self.reader.nodes > MOST_NODES:
            self.reader.fail("instance-invalid", path, f"is nested deeper than {DEEPEST}, or the trees are too large")
            return All(())
        if not isinstance(value, dict) or len(value) != 1:
            self.reader.fail("field-type", path, "must be an object with one key", f"one of {', '.join(FORMS)}")
            return All(())
        ((key, inner),) = value.items()
        readers: dict[object, Callable[[Any, str, int], Requirement]] = {
            "all": lambda v, p, d: All(self.parts(v, p, d)),
            "any": lambda v, p, d: AnyOf(self.parts(v, p, d)),
            "at_least": self.at_least,
            "holds": lambda v, p, _: Holds(self.reader.text(v, p)),
            "held": lambda v, p, _: Held(self.reader.text(v, p)),
            "experience": self.experience,
            "tenure_days": self.tenure_days,
            "education": lambda v, p, _: EducationRank(self.reader.whole(v, p, high=1000)),
            "by_day": lambda v, p, _: ByDay(self.reader.whole(v, p, high=self.most_days)),
        }
        if key not in readers:
            self.reader.fail(
                "field-unknown",
                f"{path}.{str(key)[:200]}",
                "is no form of requirement",
                f"one of {', '.join(FORMS)}",
            )
            return All(())
        return readers[key](inner, f"{path}.{key}", depth)

    def parts(self, value: object, path: str, depth: int) -> tuple[Requirement, ...]:
        items = self.reader.list(value, path, MOST_NODES)
        return tuple(self.node(item, f"{path}[{i}]", depth + 1) for i, item in enumerate(items))

    def at_least(self, value: object, path: str, depth: int) -> Requirement:
        table = self.reader.mapping(value, path, required=("n", "of")) or {}
        n = self.reader.whole(table.get("n", 0), f"{path}.n", high=MOST_NODES)
        return AtLeast(n, self.parts(table.get("of", []), f"{path}.of", depth))

    def experience(self, value: object, path: str, _depth: int) -> Requirement:
        table = self.reader.mapping(value, path, required=("kind", "days")) or {}
        kind = self.reader.text(table.get("kind", "?"), f"{path}.kind")
        return ExperienceDays(kind, self.reader.whole(table.get("days", 0), f"{path}.days", high=self.most_days))

    def tenure_days(self, value: object, path: str, _depth: int) -> Requirement:
        if not self.tenure:
            self.reader.fail("instance-invalid", path, "only moves may ask for tenure")
        return TenureDays(self.reader.whole(value, path, high=self.most_days))


def requirement_document(requirement: Requirement | None) -> dict[str, Any] | None:
    """The JSON form of a requirement."""
    match requirement:
        case None:
            return None
        case All(parts):
            return {"all": [requirement_document(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [requirement_document(part) for part in parts]}
        case AtLeast(n, parts):
            return {"at_least": {"n": n, "of": [requirement_document(part) for part in parts]}}
        case Holds(name):
            return {"holds": name}
        case Held(name):
            return {"held": name}
        case ExperienceDays(kind, days):
            return {"experience": {"kind": kind, "days": days}}
        case TenureDays(days):
            return {"tenure_days": days}
        case EducationRank(rank):
            return {"education": rank}
        case ByDay(day):
            return {"by_day": day}
