"""Passing through: instances in which the target must be stayed in, or other roles entered before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pmcareer.api.compiling.requirements import NEVER
from pmcareer.planning import instance as planning


def staying_until(instance: planning.Instance, required: planning.Requirement | None) -> planning.Instance:
    """The instance of one who stays in the target role until *required* holds: a second name for it is the target."""
    goal = f"{instance.target}+goal"
    stay = planning.Move(instance.target, goal, required)
    return replace(
        instance,
        target=goal,
        roles={**instance.roles, goal: instance.roles[instance.target]},
        moves=(*instance.moves, stay) if required != NEVER else instance.moves,
    )


def through_required_roles(instance: planning.Instance, required: Sequence[str]) -> planning.Instance:
    """The instance in which the target counts only after every role of *required* has been entered.

    The graph is copied once for each set of required roles already passed (``role+mask``): plain roles and moves, so
    that any solver of the instance format can still read it.
    """
    needed = [role for role in required if role != instance.target]
    if not needed:
        return instance
    full = (1 << len(needed)) - 1

    def passed(mask: int, role: str) -> int:
        return mask | (1 << needed.index(role)) if role in needed else mask

    def name(role: str, mask: int) -> str:
        return f"{role}+{mask}"

    first = passed(0, instance.start.role)
    return replace(
        instance,
        start=replace(instance.start, role=name(instance.start.role, first)),
        target=name(instance.target, full),
        roles={name(r, mask): role for mask in range(full + 1) for r, role in instance.roles.items()},
        moves=tuple(
            planning.Move(name(m.origin, mask), name(m.into, passed(mask, m.into)), m.requires)
            for mask in range(full + 1)
            for m in instance.moves
        ),
    )
