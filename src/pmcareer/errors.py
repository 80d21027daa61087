"""The error tree: each failure that a user can meet knows its exit code and is shown without a traceback.

Exit codes (docs/reference/exit-codes.md): 0 answered, 1 answered with bad news under ``--strict``, 2 usage,
3 data invalid, 4 input missing or unreadable, 70 our fault, 130 interrupted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmcareer.problems import Problem


class PmcareerError(Exception):
    """Base of all failures that are reported in one message. ``hint`` says what to do about it."""

    exit_code = 70

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(PmcareerError):
    """What was asked makes no sense: an unknown id, options that contradict each other."""

    exit_code = 2


class UnknownIdError(UsageError):
    """An id, name or alias that the catalog does not know; ``nearest`` holds the closest ids, best first."""

    def __init__(self, kind: str, asked: str, nearest: Sequence[str] = ()) -> None:
        hint = f"did you mean {_either(nearest)}?" if nearest else "see `pmcareer catalog list`"
        super().__init__(f"unknown {kind}: {asked!r}", hint=hint)
        self.kind = kind
        self.asked = asked
        self.nearest = tuple(nearest)


class DataInvalidError(PmcareerError):
    """Input was read but breaks its rules; every problem found is carried, not only the first."""

    exit_code = 3

    def __init__(self, problems: Sequence[Problem], *, hint: str = "") -> None:
        count = len(problems)
        super().__init__(f"{count} problem{'' if count == 1 else 's'} in the data", hint=hint)
        self.problems = tuple(problems)


class InputUnreadableError(PmcareerError):
    """A file or folder is missing, unreadable, or not what it should be; or a result cannot be written."""

    exit_code = 4


class MissingExtraError(PmcareerError):
    """An optional dependency is needed and absent; the message says what to install."""

    exit_code = 4

    def __init__(self, extra: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs the extra {extra!r}", hint=f'pip install "pmcareer[{extra}]"')


def _either(names: Sequence[str]) -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    *rest, last = names
    return f"{', '.join(rest)} or {last}" if rest else last


class SearchStoppedError(Exception):
    """Raised from outside into a search that is to end and does not look up; no user meets it."""
