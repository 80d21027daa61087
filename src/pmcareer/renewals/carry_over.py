"""Carry-over: what of a cycle's excess the next cycle keeps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from pmcareer.dates import subtract
from pmcareer.model.renewal_rules import CarryOver
from pmcareer.renewals.categories import ZERO, Tree
from pmcareer.renewals.cycles import HeldCycle, end_of
from pmcareer.renewals.last_days import after, value_of
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class Counted:
    """Units that count for a cycle: when they were earned, and in which category."""

    on: date
    path: str
    amount: Fraction


def carried(
    rule: CarryOver | None, cycle: HeldCycle, tree: Tree, counted: Iterable[Counted], carried_in: Fraction
) -> Fraction:
    """How many units go over into the next cycle: of the excess what was earned late enough, up to the maximum.

    Categories that never carry are left out. A limit that is not known carries nothing.
    """
    most = value_of(rule.maximum) if rule else None
    if rule is None or most is None or tree.total is None:
        return ZERO
    entries = tuple(counted)
    whole = sum((entry.amount for entry in entries), ZERO) + carried_in
    excess = max(whole - tree.total, ZERO) if rule.excess_only else whole
    since = carries_from(rule, cycle)
    late = sum((entry.amount for entry in entries if entry.on >= since and carries(tree, entry.path)), ZERO)
    return min(excess, late, Fraction(most))


def carries_from(rule: CarryOver, cycle: HeldCycle) -> date:
    """The first day whose units may go over."""
    within = value_of(rule.earned_within)
    return after(subtract(end_of(cycle), within)) if within else cycle.counts_from


def carries(tree: Tree, path: str) -> bool:
    """Whether units of a category may be carried over."""
    node = next((node for node in tree.nodes if node.path == path), None)
    return node is None or all(above.category.carries for above in tree.lineage(node))
