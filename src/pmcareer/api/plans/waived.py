"""A question in which one condition of one move is waived."""

from __future__ import annotations

from dataclasses import replace

from pmcareer.api.compiling.compiled import role_of
from pmcareer.api.plans.waiting import standing_for
from pmcareer.model.ids import RoleId
from pmcareer.model.requirements import Requirement
from pmcareer.planning import instance as planning


def waived(instance: planning.Instance, origin: RoleId, into: RoleId, part: Requirement) -> planning.Instance:
    """The instance in which the move from *origin* *into* a role does not ask *part*."""
    without: set[planning.Requirement] = set(standing_for(part))

    def eased(move: planning.Move) -> planning.Move:
        meant = role_of(move.origin) == origin and role_of(move.into) == into
        return replace(move, requires=_without(move.requires, without)) if meant else move

    return replace(instance, moves=tuple(eased(move) for move in instance.moves))


def _without(tree: planning.Requirement | None, leaves: set[planning.Requirement]) -> planning.Requirement:
    """The tree with *leaves* taken as met."""
    match tree:
        case planning.All(parts):
            return planning.All(tuple(_without(part, leaves) for part in parts))
        case planning.AnyOf(parts):
            return planning.AnyOf(tuple(_without(part, leaves) for part in parts))
        case planning.AtLeast(n, parts):
            return planning.AtLeast(n, tuple(_without(part, leaves) for part in parts))
        case None:
            return planning.All(())
        case _:
            return planning.All(()) if tree in leaves else tree
