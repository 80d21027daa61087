"""Checking a catalog: everything that is wrong in it, and everything that is not as it should be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pmcareer.api.loading import layers_of
from pmcareer.errors import InputUnreadableError
from pmcareer.problems import Problem
from pmcareer.reading.catalog import read_catalog
from pmcareer.reading.catalog_findings import find
from pmcareer.reading.catalog_layers import SHIPPED, Layer
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class CheckedCatalog:
    """What was checked, and all findings by file and line."""

    subject: str
    as_of: date
    problems: tuple[Problem, ...]

    @property
    def unusable(self) -> bool:
        """Whether an error is among the findings."""
        return any(problem.severity == "error" for problem in self.problems)


def check_catalog(overlays: Sequence[Path], as_of: date, *, alone: Path | None = None) -> CheckedCatalog:
    """All findings about the shipped catalog under *overlays*, or about the folder *alone*, by itself.

    Raises InputUnreadableError where a folder is missing.
    """
    reading = read_catalog(layers_of(overlays), shipped=Layer(SHIPPED, alone) if alone is not None else None)
    for problem in reading.problems:
        if problem.code == "file-missing":
            raise InputUnreadableError(f"{problem.at}: {problem.message}", hint=problem.hint)
    found = [*reading.problems, *find(reading, as_of)]
    subject = str(alone or (overlays[-1] if overlays else "the catalog"))
    return CheckedCatalog(subject, as_of, tuple(sorted(found, key=_order)))


def _order(problem: Problem) -> tuple[str, int, int, str, str]:
    return (problem.at.file, problem.at.line, problem.at.column, problem.code, problem.message)
