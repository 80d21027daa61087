"""Stops that gain nothing: of plans equal in arrival, cost and exams, one that stays put rather than change roles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pmcareer.planning.instance import Instance
from pmcareer.planning.plan import Limits, Plan
from pmcareer.planning.solver import solve

FEW = Limits(explored=0, lives=500)


def without_detours(instance: Instance, plan: Plan, should_stop: Callable[[], bool] | None = None) -> Plan:
    """*plan*, or one of the same arrival, cost and exams that passes fewer of its roles; it waits in others instead.

    No role can be left out of the answer without losing on one of the three.
    """
    as_good = replace(instance, deadline_day=plan.arrival_day, budget=plan.cost)
    for role in _skippable(instance, plan):
        if should_stop is not None and should_stop():
            break
        kept = {instance.start.role, *plan.roles} - {role}
        moves = tuple(move for move in instance.moves if move.origin in kept and move.into in kept)
        shorter = solve(replace(as_good, moves=moves), limits=FEW, should_stop=should_stop).plans
        if shorter and _worth(shorter[0]) == _worth(plan) and len(shorter[0].roles) < len(plan.roles):
            return without_detours(instance, shorter[0], should_stop)
    return plan


def _skippable(instance: Instance, plan: Plan) -> list[str]:
    """The roles of *plan* past which a move leads from an earlier one to a later one."""
    way = (instance.start.role, *plan.roles)
    moves = {(move.origin, move.into) for move in instance.moves}
    return [
        role
        for place, role in enumerate(way[1:-1], 1)
        if role not in way[:place] and any((a, b) in moves for a in way[:place] for b in way[place + 1 :])
    ]


def _worth(plan: Plan) -> tuple[int, object, int]:
    return plan.arrival_day, plan.cost, plan.exams
