"""The ledger: activities offered to the accounts that compete for them, allocated, and written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from pmcareer.model.ids import CertificationId
from pmcareer.renewals.accounts import Account
from pmcareer.renewals.activities import (
    Portion,
    Why,
    Worth,
    acceptance,
    by_activity,
    open_choices,
    worth_of,
)
from pmcareer.renewals.allocation import Place, Portions, Supply, allocate
from pmcareer.renewals.carry_over import Counted, carried
from pmcareer.renewals.categories import ZERO
from pmcareer.values import dataclass, field


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What became of one activity, or of a part of it, for one certification, in its units."""

    activity: int
    on: date
    title: str
    certification: CertificationId
    cycle: int | None
    category: str
    counted: Fraction
    lost: Fraction
    why: Why


Settled = tuple[Account | None, list[LedgerEntry], Fraction]


@dataclass(slots=True)
class Pool:
    """Accounts that compete for the same activities, earliest end first, and the activities."""

    accounts: list[Account]
    portions: Sequence[Portion]

    def settled(self) -> Iterator[Settled]:
        """For each account what it got and what it carries on; last, without account, what none of them took.

        Carry-over needs an allocation, and the next cycle's allocation the carry-over: a second run has both.
        """
        offers = _Offers(self.accounts)
        for parts in by_activity(self.portions).values():
            offers.add(parts)
        offers.keep_one_where_only_one_counts()
        lines, unplaced = offers.allocated()
        offers.accounts = self._with_carry_over(lines)
        if any(account.carried_in for account in offers.accounts):
            lines, unplaced = offers.allocated()
        for account, own in zip(offers.accounts, lines, strict=True):
            yield account, own, _carry_out(account, own)
        yield None, unplaced, ZERO

    def _with_carry_over(self, lines: list[list[LedgerEntry]]) -> list[Account]:
        carried_into: dict[tuple[CertificationId, int], Fraction] = {}
        accounts = []
        for account, own in zip(self.accounts, lines, strict=True):
            name = (account.certification, account.cycle.index)
            now = account.with_carried(carried_into.get(name, ZERO))
            accounts.append(now)
            if now.cycle.renewed and not now.cycle.cut:
                carried_into[name[0], name[1] + 1] = _carry_out(now, own)
        return accounts


@dataclass(slots=True)
class _Offer:
    portion: Portion
    worth: Worth
    places: list[Place]
    why: Why
    home: int


@dataclass(slots=True)
class _Offers:
    """What the accounts of a pool can take: each portion with its worth and the places that accept it."""

    accounts: list[Account]
    offers: list[_Offer] = field(default_factory=list)

    def add(self, parts: Sequence[Portion]) -> None:
        """The portions of one activity."""
        found = [self._places(portion) for portion in parts]
        homes = [home for _, _, home in found if home is not None]
        if not homes:
            return
        worths = worth_of(parts, self.accounts[homes[0]].units)
        for portion, worth, (places, why, home) in zip(parts, worths, found, strict=True):
            if home is not None:
                self.offers.append(_Offer(portion, worth, places, why, home))

    def _places(self, portion: Portion) -> tuple[list[Place], Why, int | None]:
        """Where a portion may count, or why not; the index of the account that a refusal is written to."""
        places: list[Place] = []
        home: int | None = None
        reason = Why.NOT_FOR_IT
        for index, account in enumerate(self.accounts):
            node, why = acceptance(portion, account.accepts, account.own, account.tree)
            if why is Why.COUNTED and account.share_asked > 0:
                choices = open_choices(portion, node, account.tree, account.own) if node else [""]
                year = account.year_of(portion.on)
                home = home if places else index
                places.extend(Place(index, path, year) for path in choices)
            elif not places and _says_more(why, reason):
                home, reason = index, why
        return places, Why.COUNTED if places else reason, home

    def keep_one_where_only_one_counts(self) -> None:
        """In a category that takes one entry a cycle the largest one stays, the earliest of equal ones."""
        taken: set[tuple[int, str]] = set()
        for offer in sorted(self.offers, key=lambda one: (-one.worth.units, one.portion.on, one.portion.activity)):
            single = [place for place in offer.places if self._once(place)]
            free = [place for place in single if (place.demand, place.path) not in taken][:1]
            taken.update((place.demand, place.path) for place in free)
            kept = [place for place in offer.places if place not in single or place in free]
            if offer.places and not kept:
                offer.why = Why.ONCE_PER_CYCLE
            offer.places = kept

    def _once(self, place: Place) -> bool:
        nodes = self.accounts[place.demand].tree.nodes
        return any(node.path == place.path and node.category.once_per_cycle for node in nodes)

    def allocated(self) -> tuple[list[list[LedgerEntry]], list[LedgerEntry]]:
        """The ledger of each account, and the lines of what no account took; earlier activities serve first."""
        supplies = [Supply(offer.worth.units, tuple(offer.places)) for offer in self.offers]
        return self._ledger(allocate([account.demand for account in self.accounts], supplies))

    def _ledger(self, shares: Sequence[Portions]) -> tuple[list[list[LedgerEntry]], list[LedgerEntry]]:
        """The lines of each account, and those that belong to no cycle."""
        lines: list[list[LedgerEntry]] = [[] for _ in self.accounts]
        unplaced: list[LedgerEntry] = []
        for offer, portions in zip(self.offers, shares, strict=True):
            for place, amount in portions:
                account = self.accounts[place.demand]
                lines[place.demand].append(_line(offer.portion, account, place.path, amount, ZERO, Why.COUNTED))
            for amount, why in _losses(offer, sum((amount for _, amount in portions), ZERO)):
                home = self.accounts[offer.home]
                if offer.places or why is Why.ONCE_PER_CYCLE:
                    lines[offer.home].append(_line(offer.portion, home, offer.portion.category, ZERO, amount, why))
                else:
                    unplaced.append(_line(offer.portion, home, offer.portion.category, ZERO, amount, why, None))
        return lines, unplaced


def _says_more(why: Why, than: Why) -> bool:
    """Whether one refusal tells more than another: a day outside one cycle may lie in the next."""
    order = (Why.NOT_FOR_IT, Why.COUNTED, Why.OUTSIDE_CYCLES, Why.BEFORE_AWARD)
    rank = {reason: index for index, reason in enumerate(order)}
    return rank.get(why, len(order)) > rank.get(than, len(order))


def _losses(offer: _Offer, counted: Fraction) -> Iterator[tuple[Fraction, Why]]:
    if offer.worth.lost > 0:
        yield offer.worth.lost, offer.worth.why
    left = offer.worth.units - counted
    if left > 0:
        yield left, Why.OVER_CEILING if offer.places else offer.why


def _line(
    portion: Portion,
    account: Account,
    category: str,
    counted: Fraction,
    lost: Fraction,
    why: Why,
    cycle: int | None = -1,
) -> LedgerEntry:
    index = account.cycle.index if cycle == -1 else cycle
    return LedgerEntry(
        portion.activity, portion.on, portion.title, account.certification, index, category, counted, lost, why
    )


def _carry_out(account: Account, lines: Iterable[LedgerEntry]) -> Fraction:
    counted = (Counted(line.on, line.category, line.counted) for line in lines if line.counted > 0)
    return carried(account.units.carry_over, account.cycle, account.tree, counted, account.carried_in)
