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
    portions_of,
)
from pmcareer.renewals.allocation import still_to_earn, year_to_earn
from pmcareer.renewals.categories import ZERO, missing
from pmcareer.renewals.cycles import History
from pmcareer.renewals.events import PROFILE
from pmcareer.renewals.excess import lost_excess, with_excess
from pmcareer.renewals.ledger import LedgerEntry, Pool
from pmcareer.values import dataclass, field


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

    ``counted`` includes what exceeds the total; ``lost`` is what the ledger lost for this cycle, and so that part of
    the excess that is not carried over.
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
        for account, lines, carry_out in Pool(pool, portions).settled():
            if account is None:
                ledger.extend(lines)
                continue
            lost = lost_excess(account, lines, carry_out)
            ledger.extend(with_excess(account, lines, carry_out, lost))
            cycles[account.certification, account.cycle.index] = _units(account, lines, carry_out, lost)
    ledger.sort(key=lambda line: (line.on, line.activity, line.certification, line.category))
    return UnitsAnswer(cycles, tuple(ledger), tuple(_problems(portions, ledger, entries, histories, as_of)))


def _units(account: Account, lines: Sequence[LedgerEntry], carry_out: Fraction, excess: Fraction) -> UnitsOf:
    at = _at_places(account, lines)
    whole = sum((amount for (path, _), amount in at.items() if path == ""), ZERO)
    renewed = account.cycle.renewed
    total = account.tree.total
    lost = sum((line.lost for line in lines), excess)
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
        lost,
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
