"""Forecast: what a whole staff will have to renew, earn and pay in each quarter, if everybody keeps what they hold.

Deadlines and fees are the renewal engine's; each distinct case (what one person holds of one circle of certifications
that share dates or fees) is asked once and counted as often as it occurs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from pmcareer.model.ids import CertificationId, RegionId
from pmcareer.model.rosters import HoldingRow, SmallRoster
from pmcareer.money import Money, totals
from pmcareer.renewals.answer import HoldingAnswer, assess
from pmcareer.renewals.deadlines import Deadline, DeadlineKind
from pmcareer.renewals.scheme import Scheme
from pmcareer.renewals.status import Status
from pmcareer.team.interactions import Circles
from pmcareer.team.standings import as_held, cases_of, standings_of
from pmcareer.team.status import holdings_by_person
from pmcareer.values import dataclass

DEFAULT_QUARTERS = 8

Case = tuple[HoldingRow, ...]


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a calendar year; ``number`` from 1 to 4."""

    year: int
    number: int

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.following.first_day - timedelta(days=1)

    @property
    def following(self) -> Quarter:
        """The quarter after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """One certification in one quarter.

    ``renewals`` that have to be done, ``units`` that those cycles ask for in all (None: some total is not known),
    ``fees`` one sum for each currency, ``fees_unknown``: how many more fees fall due whose amount nobody published.
    """

    quarter: Quarter
    certification: CertificationId
    renewals: int
    unit: str
    units: Fraction | None
    fees: tuple[Money, ...]
    fees_unknown: int


@dataclass(frozen=True, slots=True)
class TeamForecast:
    """What ``team forecast`` answers; ``overdue``: holdings in grace, by certification, whose renewal is late."""

    as_of: date
    region: RegionId
    quarters: tuple[Quarter, ...]
    rows: tuple[ForecastRow, ...]
    overdue: Mapping[CertificationId, int]


@dataclass(frozen=True, slots=True)
class Forecaster:
    """What is asked: the scheme, the day, where fees are paid and for how many quarters, this one included."""

    scheme: Scheme
    as_of: date
    region: RegionId
    circles: Circles
    count: int = DEFAULT_QUARTERS

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """The quarters looked at, in order."""
        found = [quarter_of(self.as_of)]
        while len(found) < self.count:
            found.append(found[-1].following)
        return tuple(found)

    def of_roster(self, roster: SmallRoster) -> TeamForecast:
        """The answer for a small roster."""
        cases = Counter(
            case
            for rows in holdings_by_person(roster.holdings).values()
            for case in cases_of(rows, self.circles).values()
        )
        return self.of_cases(cases.items())

    def of_cases(self, cases: Iterable[tuple[Case, int]]) -> TeamForecast:
        """The answer for cases, each with the number of people it stands for."""
        return self.of_dues((self.told(case), people) for case, people in cases)

    def of_dues(self, told: Iterable[tuple[Told, int]]) -> TeamForecast:
        """The answer for what was ``told`` of cases, each with the number of people it stands for."""
        sums: dict[tuple[Quarter, CertificationId], _Sum] = {}
        overdue: Counter[CertificationId] = Counter()
        for dues, people in told:
            for quarter, due in dues:
                if quarter is None:
                    overdue[due.certification] += people
                else:
                    sums.setdefault((quarter, due.certification), _Sum()).add(due, people)
        rows = tuple(one.row(*key) for key, one in sorted(sums.items()))
        return TeamForecast(self.as_of, self.region, self.quarters, rows, dict(sorted(overdue.items())))

    def told(self, case: Case) -> Told:
        """What the forecast counts of a case: each due with its quarter (None: overdue), but for days in it."""
        if self._asks_nothing(case):
            return ()
        end = self.quarters[-1].last_day
        dues = [due for due in self.dues_of(case) if due.on <= end]
        return tuple((self._quarter(due.on), replace(due, on=date.min)) for due in dues)

    def _quarter(self, day: date) -> Quarter | None:
        return None if day < self.as_of else quarter_of(day)

    def _asks_nothing(self, case: Case) -> bool:
        """Whether all of it is lost or for life: asked of the engine's dates alone, which is quick."""
        standings = standings_of(map(as_held, case), self.scheme, self.as_of)
        return all(one.status in (Status.EXPIRED, Status.LIFETIME) for one in standings)

    def dues_of(self, case: Case) -> Iterator[Due]:
        """What one person's holdings of a circle will ask for, from the engine's deadlines."""
        years = self.count // 4 + 1
        answer = assess(map(as_held, case), self.scheme, self.as_of, region=self.region, years=years)
        for held in answer.holdings:
            for deadline in held.deadlines:
                if deadline.kind is DeadlineKind.RENEW_BY:
                    yield _renewal(held, deadline)
                elif deadline.kind is DeadlineKind.FEE_DUE:
                    yield Due(held.certification, deadline.on, fee=True, amount=deadline.amount)


@dataclass(frozen=True, slots=True)
class Due:
    """A renewal (with the units of its cycle) or a fee, and the last day on which it is in time."""

    certification: CertificationId
    on: date
    fee: bool = False
    amount: Money | None = None
    unit: str = ""
    units: Fraction | None = Fraction(0)


Told = tuple[tuple["Quarter | None", Due], ...]


def quarter_of(day: date) -> Quarter:
    """The quarter that a day lies in."""
    return Quarter(day.year, (day.month + 2) // 3)


class _Sum:
    """What falls due for one certification in one quarter."""

    def __init__(self) -> None:
        self.renewals = 0
        self.unit = ""
        self.units: Fraction | None = Fraction(0)
        self.fees: list[Money] = []
        self.unknown = 0

    def add(self, due: Due, people: int) -> None:
        if not due.fee:
            self.renewals += people
            self.unit = self.unit or due.unit
            self.units = None if self.units is None or due.units is None else self.units + due.units * people
        elif due.amount is None:
            self.unknown += people
        else:
            self.fees = list(totals([*self.fees, due.amount.times(people)]))

    def row(self, quarter: Quarter, certification: CertificationId) -> ForecastRow:
        return ForecastRow(quarter, certification, self.renewals, self.unit, self.units, tuple(self.fees), self.unknown)


def _renewal(held: HoldingAnswer, deadline: Deadline) -> Due:
    """A renewal with the units that its cycle asks of this holding, its share in a group counted."""
    units = held.rule.units if held.rule else None
    if units is None:
        return Due(held.certification, deadline.on)
    total = units.total.value
    share = held.units.share_asked if held.units else Fraction(1)
    return Due(
        held.certification,
        deadline.on,
        unit=units.name,
        units=None if total is None else Fraction(total) * share,
    )
