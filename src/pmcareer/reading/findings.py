"""How readers report: a bounded list of findings, and quotations of input that are safe to show."""

from __future__ import annotations

from collections.abc import Iterable

from pmcareer.problems import Position, Problems, Severity
from pmcareer.values import dataclass

PROBLEM_LIMIT = 1000
_HINTED = 50


@dataclass(slots=True)
class BoundedProblems(Problems):
    """Problems of one file; after ``PROBLEM_LIMIT`` of them a last one says that more follow."""

    def add(
        self,
        code: str,
        message: str,
        at: Position,
        *,
        path: str = "",
        hint: str = "",
        severity: Severity = "error",
    ) -> None:
        """Record one finding, or, where the bound is reached, only that there are more."""
        # Named in full: in a slotted dataclass, `super()` without arguments fails before Python 3.14.
        add = super(BoundedProblems, self).add  # noqa: UP008
        if len(self) < PROBLEM_LIMIT:
            add(code, message, at, path=path, hint=hint, severity=severity)
        elif len(self) == PROBLEM_LIMIT:
            more = f"more than {PROBLEM_LIMIT} problems; the rest is not listed"
            add("file-more-problems", more, Position(at.file))

    @property
    def worth_hinting(self) -> bool:
        """Whether to spend time on a nearest match: a flood of problems is not a misspelt word."""
        return len(self) < _HINTED


def quote(text: str, limit: int = 60) -> str:
    """*text* in quotes, on one line, cut to *limit* characters, control characters escaped."""
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like *word*, or None where none is like it."""
    if len(word) > 80:
        return None
    from difflib import get_close_matches

    lowered = {name.lower(): name for name in known}
    found = get_close_matches(word.lower(), lowered, n=1, cutoff=0.6)
    return lowered[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str], *, most: int = 12) -> str:
    """A hint: the nearest known word, else all of them where they are few."""
    names = list(known)
    if near := nearest(word, names):
        return f"did you mean {near!r}?"
    return f"known: {', '.join(names)}" if 0 < len(names) <= most else ""
