"""Renewals: what a person holds, as the renewal engine answers it, with pace and, when asked, the cheapest upkeep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from pmcareer.api.holdings import known_holdings, short_name
from pmcareer.api.names import certification_names
from pmcareer.api.regions import DEFAULT_REGION, REGION_CURRENCIES, known_regions
from pmcareer.api.schemes import scheme_for
from pmcareer.errors import UsageError
from pmcareer.model.ids import CertificationId, RegionId
from pmcareer.model.people import Holding, Profile
from pmcareer.renewals.answer import DEFAULT_YEARS, HoldingAnswer, RenewalAnswer, assess_profile
from pmcareer.renewals.deadlines import Deadline, DeadlineKind
from pmcareer.renewals.last_days import add_within
from pmcareer.renewals.status import DUE_WITHIN, Status
from pmcareer.values import dataclass, field

if TYPE_CHECKING:
    from pmcareer.dates import Length
    from pmcareer.model.catalog import Catalog
    from pmcareer.model.pay import Rate
    from pmcareer.money import Money
    from pmcareer.renewals.scheme import Scheme
    from pmcareer.renewals.upkeep import Upkeep

_FIRST_THINGS = (
    DeadlineKind.RENEW_BY,
    DeadlineKind.YEARLY_MINIMUM,
    DeadlineKind.EARNING_GRACE_ENDS,
    DeadlineKind.REPORTING_GRACE_ENDS,
    DeadlineKind.SUSPENSION_ENDS,
    DeadlineKind.EXPIRES,
    DeadlineKind.FEE_DUE,
)
"""What something has to be done for, and which of them names a day on which several fall."""

OVERDUE = frozenset({Status.GRACE, Status.SUSPENDED, Status.EXPIRED, Status.NOTED})
"""Past the last day, whatever can still be done about it."""


@dataclass(frozen=True, slots=True)
class RenewalsAsked:
    """What was asked. ``holds``: further certifications by any name, or other days for those of the profile.

    ``within``: only what falls into this span. ``years``: how far upkeep looks; None: no upkeep. ``due_within``: days.
    """

    as_of: date
    holds: tuple[tuple[str, date], ...] = ()
    within: Length | None = None
    years: int | None = None
    due_within: int = DUE_WITHIN
    region: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Pace:
    """The units that an even pace would have reached by the as-of date, and those that count so far."""

    expected: Fraction
    counted: Fraction

    @property
    def behind(self) -> bool:
        """Whether fewer count than an even pace asks for."""
        return self.counted < self.expected


@dataclass(frozen=True, slots=True)
class UpkeepAnswer:
    """The cheapest upkeep in one currency; ``rates``: the exchange rates that were used."""

    years: int
    currency: str
    upkeep: Upkeep
    rates: tuple[Rate, ...] = ()


@dataclass(frozen=True, slots=True)
class Renewals:
    """Everything ``pmcareer renewals`` answers.

    ``until``: the last day asked about (None: all). ``names`` are short names by id, ``region_assumed`` whether nobody
    said where prices are paid.
    """

    as_of: date
    answer: RenewalAnswer
    names: Mapping[CertificationId, str]
    full_names: Mapping[CertificationId, str]
    pace: Mapping[CertificationId, Pace]
    region: RegionId
    region_assumed: bool
    until: date | None = None
    upkeep: UpkeepAnswer | None = None

    def deadlines(self, held: HoldingAnswer) -> tuple[Deadline, ...]:
        """The deadlines of a holding within the span asked about."""
        return tuple(one for one in held.deadlines if self.until is None or one.on <= self.until)

    @property
    def overdue(self) -> tuple[HoldingAnswer, ...]:
        """What is past its last day, and what cannot be vouched for since its rule is not known; not what may lapse."""
        return tuple(
            held
            for held in self.answer.holdings
            if (held.status in OVERDUE or held.status is Status.UNKNOWN) and not held.let_lapse
        )


def answer_renewals(catalog: Catalog, profile: Profile | None, asked: RenewalsAsked) -> Renewals:
    """The answer about the profile's holdings and those of *asked*.

    Raises UnknownIdError for a name nothing answers to, UsageError where nothing is held.
    """
    person = _person(catalog, profile or Profile(), asked)
    scheme = scheme_for(catalog, known_holdings(catalog, person))
    years = max(asked.years or 0, DEFAULT_YEARS, *_years_of(asked.within))
    answer = assess_profile(person, scheme, asked.as_of, years=years, due_within=asked.due_within)
    upkeep = _upkeep(catalog, person, scheme, answer, asked) if asked.years else None
    own = dict.fromkeys([*(held.certification for held in answer.holdings), *_named_in(upkeep)])
    return Renewals(
        asked.as_of,
        answer,
        {c: short_name(catalog, c) for c in own},
        {c: catalog.certifications[c].name for c in own},
        {held.certification: pace for held in answer.holdings if (pace := pace_of(held, asked.as_of))},
        person.region or DEFAULT_REGION,
        not (asked.region or (profile and profile.region)),
        add_within(asked.as_of, asked.within) if asked.within else None,
        upkeep,
    )


def next_deadline(held: HoldingAnswer, as_of: date) -> Deadline | None:
    """The next day on which something has to be done: not a window that opens, a suggestion, or a minimum reached.

    Days of a cycle that begins only after a renewal to come are no next step.
    """
    if held.let_lapse:
        return None
    ahead = (one for one in held.deadlines if one.on >= as_of and one.binding and not one.foreseen)
    to_do = (one for one in ahead if one.kind in _FIRST_THINGS and not _is_reached(held, one))
    return min(to_do, key=lambda one: (one.on, _FIRST_THINGS.index(one.kind)), default=None)


def _is_reached(held: HoldingAnswer, deadline: Deadline) -> bool:
    """Whether a yearly minimum is complete already."""
    units = held.units
    if deadline.kind is not DeadlineKind.YEARLY_MINIMUM or units is None or deadline.cycle != units.cycle:
        return False
    if deadline.category:
        return not any(one.remaining for one in units.categories if one.id == deadline.category)
    return any(year.last_day == deadline.on and not year.remaining for year in units.years)


def _is_renewed(held: HoldingAnswer) -> bool:
    return held.cycle is not None and held.cycle.renewed


def pace_of(held: HoldingAnswer, as_of: date) -> Pace | None:
    """Where an even pace would be, rounded up to whole units; None where nothing is left to pace."""
    units, cycle = held.units, held.cycle
    if units is None or not units.required or cycle is None or cycle.last_day is None or cycle.renewed:
        return None
    days = (cycle.last_day - cycle.start).days + 1
    elapsed = min(max((as_of - cycle.start).days + 1, 0), days)
    return Pace(Fraction(-(-units.required * elapsed // days)), units.counted)


# --- who is asked about -----------------------------------------------------------------------------------------------


def _person(catalog: Catalog, profile: Profile, asked: RenewalsAsked) -> Profile:
    """The profile with what was said of holdings and of the region; an option's day replaces the profile's word."""
    names = certification_names(catalog)
    said = [Holding(CertificationId(names.find(name)), earned=on) for name, on in asked.holds]
    for holding in said:
        if holding.earned and holding.earned > asked.as_of:
            raise UsageError(f"--hold {holding.id}:{holding.earned} lies after the as-of date {asked.as_of}")
    if asked.region and asked.region not in (known := known_regions(catalog)):
        raise UsageError(f"unknown region: {asked.region!r}", hint=f"known: {', '.join(known)}")
    replaced = {holding.id for holding in said}
    kept = [held for held in profile.certifications if held.id not in replaced]
    if not (said or kept):
        hint = "say --hold CERT:DATE, or write a profile: `pmcareer earn CERT --on DATE`"
        raise UsageError("nothing is held", hint=hint)
    region = RegionId(asked.region) if asked.region else profile.region or DEFAULT_REGION
    return replace(profile, certifications=(*kept, *said), region=region)


def _years_of(length: Length | None) -> Iterator[int]:
    """Whole years that hold a length."""
    if length is not None:
        yield -(-length.months // 12) - (-length.days // 365)


# --- upkeep -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Exchange:
    """Amounts in one currency by published rates; remembers those used."""

    currency: str
    on: date
    rates: Iterable[Rate]
    used: dict[Rate, None] = field(default_factory=dict)

    def __call__(self, money: Money) -> Fraction | None:
        """*money* as a number of the one currency."""
        from pmcareer.model.exchange import exchange_rate

        found = exchange_rate(money.currency, self.currency, self.on, self.rates)
        if found is None:
            return None
        factor, rates = found
        self.used.update(dict.fromkeys(rates))
        return Fraction(money.amount) * factor


def _named_in(answer: UpkeepAnswer | None) -> Iterator[CertificationId]:
    """The certifications that upkeep speaks of."""
    for step in answer.upkeep.steps if answer else ():
        yield from (*step.renews, *step.along, *([step.earns] if step.earns else []))


def _upkeep(
    catalog: Catalog, person: Profile, scheme: Scheme, answer: RenewalAnswer, asked: RenewalsAsked
) -> UpkeepAnswer:
    from pmcareer.renewals.upkeep import cheapest_upkeep

    region = person.region or DEFAULT_REGION
    currency = asked.currency or person.currency or REGION_CURRENCIES.get(region, "USD")
    exchange = _Exchange(currency, asked.as_of, catalog.rates)
    years = asked.years or DEFAULT_YEARS
    open_units = {own.certification: own.units for own in answer.holdings if own.units and not _is_renewed(own)}
    upkeep = cheapest_upkeep(
        person.certifications,
        scheme,
        asked.as_of,
        years,
        lacking={own: units.remaining for own, units in open_units.items()},
        memberships=person.memberships,
        region=region,
        currency=currency,
        exchange=exchange,
    )
    return UpkeepAnswer(years, currency, upkeep, tuple(exchange.used))
