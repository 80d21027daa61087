"""Accounts: for each cycle of each holding, what its rule asks for and which activities it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from pmcareer.model.certifications import Certification
from pmcareer.model.ids import CertificationId
from pmcareer.model.renewal_rules import Units
from pmcareer.renewals.activities import Accepts, accepts
from pmcareer.renewals.after_end import last_day_to_earn
from pmcareer.renewals.allocation import Demand
from pmcareer.renewals.categories import ZERO, Tree, tree_of
from pmcareer.renewals.cycles import HeldCycle, History, end_of
from pmcareer.renewals.last_days import value_of
from pmcareer.renewals.years import cycle_years
from pmcareer.values import dataclass

ALL = Fraction(1)


@dataclass(frozen=True, slots=True)
class Account:
    """One cycle that asks for units. ``years``: its years, first to last day; one for the whole if none matter."""

    certification: CertificationId
    history: History
    cycle: HeldCycle
    units: Units
    tree: Tree
    years: tuple[tuple[date, date], ...]
    demand: Demand
    accepts: Accepts
    share_asked: Fraction = ALL
    carried_in: Fraction = ZERO

    @property
    def own(self) -> Certification:
        """The certification itself."""
        return self.history.subject.certification

    def year_of(self, day: date) -> int:
        """The year that a day falls in; days before and after count in the first and the last."""
        for index, (_, last) in enumerate(self.years):
            if day <= last:
                return index
        return len(self.years) - 1

    def with_carried(self, carried_in: Fraction) -> Account:
        """The account when so many units come over from the cycle before."""
        total = self.tree.total
        left = None if total is None else max(total - carried_in, ZERO)
        demand = replace(self.demand, tree=replace(self.tree, total=left))
        return replace(self, carried_in=carried_in, demand=demand)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is particular to one holding: the share of its units a group asks for, the share of the cycle worked."""

    share: Fraction = ALL
    worked: Fraction | None = None
    nothing: bool = False


def accounts_of(history: History, asked: Asked) -> list[Account]:
    """The accounts of one holding, oldest cycle first; what is particular holds for its latest cycle."""
    accounts = []
    for cycle in history.cycles:
        units = cycle.rule.units if cycle.rule else None
        if units is not None and cycle.last_day is not None:
            latest = cycle is history.latest
            accounts.append(_account(history, cycle, units, asked if latest else Asked(worked=asked.worked)))
    return accounts


def pools_of(accounts: Mapping[CertificationId, list[Account]]) -> list[list[Account]]:
    """The accounts that compete for the same activities: those of one issuer where an activity serves once.

    Where activities are shared each holding stands for itself.
    """
    pools: dict[tuple[str, ...], list[Account]] = {}
    for own, list_ in accounts.items():
        for account in list_:
            once = account.units.shared == "once"
            issuer = account.history.subject.certification.issuer
            minutes = str(value_of(account.units.minutes))
            key = (issuer, account.units.name, minutes) if once else (issuer, own)
            pools.setdefault(key, []).append(account)
    return [sorted(pool, key=lambda one: (end_of(one.cycle), one.certification)) for pool in pools.values()]


def _account(history: History, cycle: HeldCycle, units: Units, asked: Asked) -> Account:
    share = ZERO if asked.nothing else asked.share
    tree = tree_of(units, asked.worked, share)
    years = _years(cycle, units, tree)
    yearly = units.yearly if units.yearly and units.yearly.binding else None
    floor = Fraction(value_of(yearly.minimum) or 0) * share if yearly else ZERO
    demand = Demand(tree, tuple(_open_years(history, cycle, years)), floor)
    return Account(
        history.subject.certification.id, history, cycle, units, tree, years, demand, accepts(history, cycle), share
    )


def _years(cycle: HeldCycle, units: Units, tree: Tree) -> tuple[tuple[date, date], ...]:
    if units.yearly is None and not any(node.in_years for node in tree.nodes):
        return ((cycle.start, end_of(cycle)),)
    return cycle_years(cycle, units.yearly.year if units.yearly else "cycle")


def _open_years(history: History, cycle: HeldCycle, years: tuple[tuple[date, date], ...]) -> list[bool]:
    """For each year whether units for it can still be earned; the last year takes the grace after the end as well."""
    if cycle.renewed:
        return [False] * len(years)
    as_of = history.subject.as_of
    ends = [last for _, last in years[:-1]] + [last_day_to_earn(cycle) or date.max]
    return [as_of <= end for end in ends]
