"""Excess: what a cycle has beyond what it asks for and cannot hand on, and which activities that was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from pmcareer.renewals.accounts import Account
from pmcareer.renewals.activities import Why
from pmcareer.renewals.carry_over import carries, carries_from
from pmcareer.renewals.categories import ZERO
from pmcareer.renewals.ledger import LedgerEntry


def lost_excess(account: Account, lines: Iterable[LedgerEntry], carry_out: Fraction) -> Fraction:
    """The units beyond the total that are not carried over.

    Of a cycle not renewed yet they are lost already: earning more hands on what is earned late, never these. Where
    the next cycle will take activities of this one (a window that reaches back) nothing is lost before it begins.
    """
    total, rule = account.tree.total, account.cycle.rule
    reaches_back = rule is not None and rule.window is not None and rule.window.activities_before_end is not None
    if total is None or (reaches_back and not account.cycle.renewed):
        return ZERO
    whole = sum((line.counted for line in lines), account.carried_in)
    return max(whole - total - carry_out, ZERO)


def with_excess(
    account: Account, lines: Sequence[LedgerEntry], carry_out: Fraction, lost: Fraction
) -> Iterator[LedgerEntry]:
    """The lines, of which the latest lose what is lost; those that are carried over come first from the latest."""
    kept, left = carry_out, lost
    found: list[LedgerEntry] = []
    for line in sorted(lines, key=lambda one: (one.on, one.activity), reverse=True):
        carried = min(line.counted, kept) if _carries(account, line) else ZERO
        beyond = min(line.counted - carried, left)
        kept, left = kept - carried, left - beyond
        found.extend(_split(line, beyond))
    yield from reversed(found)


def _carries(account: Account, line: LedgerEntry) -> bool:
    rule = account.units.carry_over
    late = rule is not None and line.on >= carries_from(rule, account.cycle)
    return late and carries(account.tree, line.category)


def _split(line: LedgerEntry, beyond: Fraction) -> Iterator[LedgerEntry]:
    if beyond:
        yield replace(line, counted=ZERO, lost=beyond, why=Why.NOT_CARRIED)
    if beyond < line.counted or not beyond:
        yield replace(line, counted=line.counted - beyond)
