"""What compiling gives: an instance, with the key that says what its ids and numbers mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from pmcareer.api.catalog.renewal_terms import RenewalTerms
from pmcareer.api.compiling.questions import Assumption, Situation
from pmcareer.api.compiling.requirements import RequirementCompiler
from pmcareer.model.ids import CertificationId, LadderId, RoleId
from pmcareer.model.pay import Rate
from pmcareer.model.people import MembershipHeld
from pmcareer.model.pricing import Payer, Preparation
from pmcareer.model.requirements import Requirement
from pmcareer.model.roles import Move, MoveRule
from pmcareer.planning import instance as planning
from pmcareer.values import dataclass

if TYPE_CHECKING:  # brings the whole renewal engine; only holdings need it
    from pmcareer.api.compiling.keeping import Keeping

UNPRICED = Fraction(10**9)
"""What an unknown price counts as: no search prefers it and no budget admits it (docs/decisions/0002)."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that the catalog does not know and that a plan would rest on.

    ``in_plan``: the plan given rests on it; otherwise it only kept something from being preferred.
    """

    what: Literal["price", "rate", "hours", "lead", "renewal", "pay"]
    id: str
    text: str
    in_plan: bool = False


@dataclass(frozen=True, slots=True)
class MoveMeaning:
    """The catalog's move behind one of the instance's, and the rule in force on the as-of day.

    ``requires``: what the rule asks, and the ladder's minimum tenure in the post that is left.
    """

    ladder: LadderId
    move: Move
    rule: MoveRule
    requires: Requirement | None


@dataclass(frozen=True, slots=True)
class Compiled:
    """An instance and its key. ``preparations[c][0]`` is the base, ``[i + 1]`` the instance's variant *i*.

    ``counted_from``: for a window in years, the day before which dated experience was left out. ``keeping``: what
    foreseeing the upkeep of what is held takes; None where nothing is held. ``let_lapse_once_earned``: what is not
    held and will not be renewed where a plan earns it; the instance has it hold for ever (see ``lapsing_awards``).
    """

    instance: planning.Instance
    situation: Situation
    currency: str
    payer: Payer
    moves: Mapping[tuple[RoleId, RoleId], MoveMeaning]
    preparations: Mapping[CertificationId, tuple[Preparation, ...]]
    renewals: Mapping[CertificationId, RenewalTerms]
    counted_from: Mapping[int, date]
    requirements: RequirementCompiler
    keeping: Keeping | None = None
    memberships: tuple[MembershipHeld, ...] = ()
    rates: tuple[Rate, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    let_lapse_once_earned: frozenset[CertificationId] = frozenset()


def role_of(instance_role: str) -> RoleId:
    """The catalog's role behind an instance's: required roles are passed on copies of the graph, ``role+k``."""
    return RoleId(instance_role.partition("+")[0])


@dataclass(frozen=True, slots=True)
class Scope:
    """The roles that one may pass, and the certifications that one may earn, where they are what can be earned."""

    roles: frozenset[RoleId]
    certifications: frozenset[CertificationId]
