"""Reading decoded JSON strictly: each wrong value is recorded with its path, and reading goes on with a stand-in."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from pmcareer.planning.exact import read_fraction, read_whole
from pmcareer.planning.instance import All, AnyOf, AtLeast, Held, Holds, Requirement
from pmcareer.problems import Position, Problems

LONGEST_ID = 200
MOST_PROBLEMS = 200


class StrictReader:
    """Typed access to one document; ``problems`` grows, up to a bound that keeps hostile input from flooding."""

    def __init__(self, file: str) -> None:
        self.problems = Problems()
        self.nodes = 0
        self._at = Position(file)

    def fail(self, code: str, path: str, message: str, hint: str = "") -> None:
        """Record a finding at *path*."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.add(code, f"{path or 'the document'}: {message}", self._at, path=path, hint=hint)

    def mapping(
        self, value: object, path: str, *, required: tuple[str, ...] = (), optional: tuple[str, ...] = ()
    ) -> dict[str, Any] | None:
        """An object with these keys and no others; None when it is no object."""
        if not isinstance(value, dict):
            self.fail("field-type", path, "must be an object")
            return None
        prefix = f"{path}." if path else ""
        for key in value:
            if key not in required and key not in optional:
                hint = f"known here: {', '.join((*required, *optional))}"
                self.fail("field-unknown", f"{prefix}{str(key)[:LONGEST_ID]}", "is not known here", hint)
        for key in required:
            if key not in value:
                self.fail("field-missing", f"{prefix}{key}", "is required")
        return value

    def table(self, value: object, path: str, most: int) -> dict[str, Any]:
        """An object whose keys are ids; at most *most* of them."""
        if not isinstance(value, dict):
            self.fail("field-type", path, "must be an object")
            return {}
        if len(value) > most:
            self.fail("field-value", path, f"holds more than {most} entries")
            return {}
        return {self.text(key, path): entry for key, entry in value.items()}

    def list(self, value: object, path: str, most: int) -> list[Any]:
        """A list of at most *most* items."""
        if not isinstance(value, list):
            self.fail("field-type", path, "must be a list")
            return []
        if len(value) > most:
            self.fail("field-value", path, f"holds more than {most} items")
            return []
        return value

    def text(self, value: object, path: str) -> str:
        """An id: text that is not empty and not endless."""
        if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID:
            self.fail("field-type", path, f"must be text of 1 to {LONGEST_ID} characters")
            return ""
        return value

    def number(self, value: object, path: str) -> Fraction:
        """An exact number, 0 or more."""
        try:
            return read_fraction(value)
        except ValueError as reason:
            self.fail("field-value", path, f"must be {reason}")
            return Fraction(0)

    def whole(self, value: object, path: str, *, low: int = 0, high: int) -> int:
        """A whole number from *low* to *high*."""
        try:
            return read_whole(value, low, high)
        except ValueError as reason:
            self.fail("field-value", path, f"must be {reason}")
            return low


def mentioned(requirement: Requirement | None) -> list[str]:
    """The certifications that a requirement names, in the order in which it names them."""
    if isinstance(requirement, (Holds, Held)):
        return [requirement.certification]
    if isinstance(requirement, (All, AnyOf, AtLeast)):
        return [name for part in requirement.parts for name in mentioned(part)]
    return []
