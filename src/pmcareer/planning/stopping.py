"""Stopping what does not ask whether to stop: a question is answered, or given up where it stands."""

from __future__ import annotations

from collections.abc import Callable

from pmcareer.errors import SearchStoppedError
from pmcareer.planning.instance import Instance
from pmcareer.planning.plan import Limits, Outcome
from pmcareer.planning.solver import solve

GIVEN_UP = Outcome((), False, None, "stopped", 0)


def solve_unless_stopped(
    instance: Instance, *, limits: Limits | None = None, should_stop: Callable[[], bool] | None = None
) -> Outcome:
    """As ``solve``; nothing found and nothing proven where it is stopped from outside."""
    try:
        return solve(instance, limits=limits, should_stop=should_stop)
    except SearchStoppedError:
        return GIVEN_UP
