"""Units: what each cycle asks for, what counts where, what is still missing, carried over and lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from pmcareer.model.ids import CertificationId
from pmcareer.model.people import UnitEntry
from pmcareer.problems import Problem, Problems
from pmcareer.renewals.accounts import Account, Asked, accounts_of, pools_of
from pmcareer.renewals.activities import (
    Portion,
    Why,
    Worth,
    acceptance,
    by_activity,
    open_choices,
    portions_of,
    worth_of,
)
from pmcareer.renewals.allocation import Place, Portions, Supply, allocate, still_to_earn, year_to_earn
from pmcareer.renewals.carry_over import Counted, carried
from pmcareer.renewals.categories import ZERO, missing
from pmcareer.renewals.cycles import History
from pmcareer.renewals.events import PROFILE
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


@dataclass(frozen=True, slots=True)
class CategoryUnits:
    """One category of a cycle: its bounds, what counts in it and below it, and what it still lacks.

    In a category that holds for every year, ``counted`` is the whole cycle and ``remaining`` what its open years lack.
    """

    id: str
    path: str
    parent: str
    name: str
    minimum: Fraction | None
    maximum: Fraction | None
    counted: Fraction
    remaining: Fraction
    in_years: bool


@dataclass(frozen=True, slots=True)
class YearUnits:
    """One year of a cycle. ``missed``: what a year that is over lacks and can no longer get."""

    first_day: date
    last_day: date
    required: Fraction
    counted: Fraction
    remaining: Fraction
    missed: Fraction
    binding: bool


@dataclass(frozen=True, slots=True)
class UnitsOf:
    """The units of one cycle of one holding. ``required`` and ``remaining`` None: the total is not known.

    ``lost`` is what the ledger lost for this cycle and, once it is over, its excess that was not carried.
    """

    certification: CertificationId
    cycle: int
    name: str
    required: Fraction | None
    counted: Fraction
    remaining: Fraction | None
    categories: tuple[CategoryUnits, ...]
    years: tuple[YearUnits, ...]
    carried_in: Fraction
    carry_out: Fraction
    lost: Fraction
    share_asked: Fraction


@dataclass(frozen=True, slots=True)
class UnitsAnswer:
    """The units of every cycle, by certification and cycle index, with the ledger behind them."""

    cycles: Mapping[tuple[CertificationId, int], UnitsOf] = field(default_factory=dict)
    ledger: tuple[LedgerEntry, ...] = ()
    problems: tuple[Problem, ...] = ()


def units_of(
    histories: Mapping[CertificationId, History],
    entries: Sequence[UnitEntry],
    as_of: date,
    asked: Mapping[CertificationId, Asked] | None = None,
) -> UnitsAnswer:
    """Count the activities logged up to *as_of* for every cycle that asks for units."""
    portions = portions_of(entries, as_of)
    particular = asked or {}
    accounts = {own: accounts_of(history, particular.get(own, Asked())) for own, history in histories.items()}
    cycles: dict[tuple[CertificationId, int], UnitsOf] = {}
    ledger: list[LedgerEntry] = []
    for pool in pools_of(accounts):
        for account, lines, carry_out in _Pool(pool, portions).settled():
            ledger.extend(lines)
            if account is not None:
                cycles[account.certification, account.cycle.index] = _units(account, lines, carry_out)
    ledger.sort(key=lambda line: (line.on, line.activity, line.certification, line.category))
    return UnitsAnswer(cycles, tuple(ledger), tuple(_problems(portions, ledger, entries, histories, as_of)))


Settled = tuple[Account | None, list[LedgerEntry], Fraction]


@dataclass(slots=True)
class _Pool:
    """Accounts that compete for the same activities, earliest end first, and the activities."""

    accounts: list[Account]
    portions: Sequence[Portion]

    def settled(self) -> Iterator[Settled]:
        """For each account what it got and what it carries on; last, without account, what none of them took.

        Carry-over needs an allocation, and the next cycle's allocation the carry-over: the second run has both.
        """
        lines, unplaced = self._allocated()
        self.accounts = self._with_carry_over(lines)
        lines, unplaced = self._allocated()
        for account, own in zip(self.accounts, lines, strict=True):
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

    def _allocated(self) -> tuple[list[list[LedgerEntry]], list[LedgerEntry]]:
        """The ledger of each account, and the lines of what no account took."""
        offers = _Offers(self.accounts)
        for parts in by_activity(self.portions).values():
            offers.add(parts)
        offers.keep_one_where_only_one_counts()
        shares = allocate([account.demand for account in self.accounts], offers.supplies())
        return offers.ledger(shares)


@dataclass(slots=True)
class _Offer:
    portion: Portion
    worth: Worth
    places: list[Place]
    why: Why
    home: Account


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
        worths = worth_of(parts, homes[0].units)
        for portion, worth, (places, why, home) in zip(parts, worths, found, strict=True):
            if home is not None:
                self.offers.append(_Offer(portion, worth, places, why, home))

    def _places(self, portion: Portion) -> tuple[list[Place], Why, Account | None]:
        """Where a portion may count, or why not; the account that a refusal is written to."""
        places: list[Place] = []
        home, reason = None, Why.NOT_FOR_IT
        for index, account in enumerate(self.accounts):
            node, why = acceptance(portion, account.history, account.cycle, account.tree)
            if why is Why.COUNTED and account.share_asked > 0:
                choices = open_choices(portion, node, account.tree, account.history) if node else [""]
                year = account.year_of(portion.on)
                home = home if places else account
                places.extend(Place(index, path, year) for path in choices)
            elif not places and _says_more(why, reason):
                home, reason = account, why
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

    def supplies(self) -> list[Supply]:
        """The offers as supplies, earliest activity first."""
        return [Supply(offer.worth.units, tuple(offer.places)) for offer in self.offers]

    def ledger(self, shares: Sequence[Portions]) -> tuple[list[list[LedgerEntry]], list[LedgerEntry]]:
        """The lines of each account, and those that belong to no cycle."""
        lines: list[list[LedgerEntry]] = [[] for _ in self.accounts]
        unplaced: list[LedgerEntry] = []
        for offer, portions in zip(self.offers, shares, strict=True):
            for place, amount in portions:
                account = self.accounts[place.demand]
                lines[place.demand].append(_line(offer.portion, account, place.path, amount, ZERO, Why.COUNTED))
            for amount, why in _losses(offer, sum((amount for _, amount in portions), ZERO)):
                if offer.places or why is Why.ONCE_PER_CYCLE:
                    home = self.accounts.index(offer.home)
                    lines[home].append(_line(offer.portion, offer.home, offer.portion.category, ZERO, amount, why))
                else:
                    unplaced.append(_line(offer.portion, offer.home, offer.portion.category, ZERO, amount, why, None))
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


def _units(account: Account, lines: Sequence[LedgerEntry], carry_out: Fraction) -> UnitsOf:
    at = _at_places(account, lines)
    whole = sum((amount for (path, _), amount in at.items() if path == ""), ZERO)
    renewed = account.cycle.renewed
    total = account.tree.total
    excess = max(whole + account.carried_in - total, ZERO) if renewed and total is not None else ZERO
    lost = sum((line.lost for line in lines), ZERO) + (excess - carry_out if renewed else ZERO)
    remaining = None if total is None else ZERO if renewed else still_to_earn(account.demand, at)
    return UnitsOf(
        account.certification,
        account.cycle.index,
        account.units.name,
        total,
        whole + account.carried_in,
        remaining,
        tuple(_categories(account, at)),
        tuple(_years(account, at)),
        account.carried_in,
        carry_out,
        max(lost, ZERO),
        account.share_asked,
    )


At = dict[tuple[str, int], Fraction]


def _at_places(account: Account, lines: Iterable[LedgerEntry]) -> At:
    """What counts at and below each category in each year; under ``""`` everything."""
    at: At = {}
    by_path = {node.path: node for node in account.tree.nodes}
    for line in lines:
        year = account.year_of(line.on)
        paths = (
            [node.path for node in account.tree.lineage(by_path[line.category])]
            if line.counted and line.category
            else []
        )
        for path in ("", *paths):
            at[path, year] = at.get((path, year), ZERO) + line.counted
    return at


def _categories(account: Account, at: At) -> Iterator[CategoryUnits]:
    whole: dict[str, Fraction] = {}
    for (path, _), amount in at.items():
        whole[path] = whole.get(path, ZERO) + amount
    for node in account.tree.nodes:
        lacking = (
            _lacking_in_years(account, node.path, at) if node.in_years else missing(account.tree, whole, node.path)
        )
        yield CategoryUnits(
            node.id,
            node.path,
            node.parent,
            node.name,
            node.floor or None,
            node.ceiling,
            whole.get(node.path, ZERO),
            ZERO if account.cycle.renewed else lacking,
            node.in_years,
        )


def _lacking_in_years(account: Account, path: str, at: At) -> Fraction:
    floor = next(node.floor for node in account.tree.nodes if node.path == path)
    open_years = (year for year, is_open in enumerate(account.demand.open_years) if is_open)
    return sum((max(floor - at.get((path, year), ZERO), ZERO) for year in open_years), ZERO)


def _years(account: Account, at: At) -> Iterator[YearUnits]:
    yearly = account.units.yearly
    if yearly is None:
        return
    required = Fraction(yearly.minimum.value or 0) * account.share_asked
    for index, (first, last) in enumerate(account.years):
        counted = at.get(("", index), ZERO)
        is_open = account.demand.open_years[index]
        lacks = year_to_earn(account.demand, at, index) if yearly.binding else max(required - counted, ZERO)
        lacks = ZERO if account.cycle.renewed else lacks
        yield YearUnits(
            first, last, required, counted, lacks if is_open else ZERO, ZERO if is_open else lacks, yearly.binding
        )


def _problems(
    portions: Sequence[Portion],
    ledger: Sequence[LedgerEntry],
    entries: Sequence[UnitEntry],
    histories: Mapping[CertificationId, History],
    as_of: date,
) -> Iterator[Problem]:
    problems = Problems()
    placed = {line.activity for line in ledger}
    for portion in portions:
        if portion.activity not in placed:
            _report_unplaced(portion, problems)
    for index, entry in enumerate(entries):
        if entry.on > as_of:
            message = f"an activity on {entry.on} lies after {as_of} and does not count yet"
            problems.add("profile-future", message, PROFILE, path=f"units[{index}]", severity="note")
        for own in entry.for_:
            if own not in histories:
                message = f"an activity on {entry.on} is meant for {own}, which is not held"
                problems.add("units-for-unknown", message, PROFILE, path=f"units[{index}]", severity="warning")
    yield from dict.fromkeys(problems)


def _report_unplaced(portion: Portion, problems: Problems) -> None:
    what = f"the category {portion.category!r}" if portion.category else "no category"
    message = f"an activity on {portion.on} has {what}, which no certification held asks for"
    hint = "name a category of the rule, or the certification with `for`"
    path = f"units[{portion.activity}]"
    problems.add("units-category-unknown", message, PROFILE, path=path, hint=hint, severity="warning")
