"""Renewal rules: how long a certification stays valid, what keeps it so, and what each day in between means.

A certification names its rules in order (``renewal: [rule ids]``); a rule stands in the certification's own file or,
where several share it, in the issuer's. Two clocks choose among them: ``applies_to`` (which holdings a rule governs,
by the day earned, the cycle's start or its end) and ``in_force`` (from when the rule is known, against the as-of
date). Among the rules that match, the last one listed governs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias

from pmcareer.dates import Length
from pmcareer.model.figures import Figure, Provenance, Rival
from pmcareer.model.ids import (
    CategoryId,
    CertificationId,
    EditionId,
    GroupId,
    MembershipId,
    RegionId,
    RuleId,
    TopicId,
    TrackId,
)
from pmcareer.money import Money
from pmcareer.problems import Finding
from pmcareer.values import dataclass, field

_COMMON_YEAR = "2023-"


class LastDay(StrEnum):
    """Which day is the last on which a cycle still runs."""

    EVE = "eve"  # the eve of the anniversary
    ANNIVERSARY = "anniversary"  # the anniversary itself
    YEAR_END = "year-end"  # 31 December of the last year
    HALF_YEAR_END = "half-year-end"  # the next 30 June or 31 December


class CycleStart(StrEnum):
    """The day from which a cycle is counted."""

    EARNED = "earned"
    THIS_JANUARY = "this-january"  # 1 January of the year of the award, which so counts as a whole
    NEXT_JANUARY = "next-january"  # 1 January after the year of the award


class NextFrom(StrEnum):
    """Where the next cycle begins when this route renews."""

    PREVIOUS_END = "previous-end"
    EVENT = "event"


# --- validity -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Never expires."""

    kind: Literal["lifetime"] = "lifetime"


@dataclass(frozen=True, slots=True)
class Cycle:
    """Valid for cycles of one length.

    ``first_last_day`` is a literal last day of the running cycle, whatever the day earned (a transition date); later
    cycles follow from it.
    """

    length: Figure[Length]
    last_day: Figure[LastDay]
    starts: Figure[CycleStart] = field(default_factory=lambda: Figure(CycleStart.EARNED))
    first_last_day: Figure[date] | None = None
    kind: Literal["cycle"] = "cycle"

    def check(self) -> Iterator[Finding]:
        """A cycle of no length never ends and never begins."""
        yield from _no_length("length", self.length.value)


@dataclass(frozen=True, slots=True)
class ReleaseRetirement:
    """The day on which a product release was, or is announced to be, retired."""

    edition: EditionId
    retired: Figure[date]


@dataclass(frozen=True, slots=True)
class UntilReleaseRetires:
    """Valid until a product release retires, and for ``after`` beyond it."""

    after: Figure[Length]
    releases: tuple[ReleaseRetirement, ...] = ()
    kind: Literal["release"] = "release"


@dataclass(frozen=True, slots=True)
class UnknownValidity:
    """The rule is not known: never shown as safe."""

    kind: Literal["unknown"] = "unknown"


Validity: TypeAlias = Lifetime | Cycle | UntilReleaseRetires | UnknownValidity

# --- the two clocks -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AppliesTo:
    """The holdings that a rule governs: those whose day (``by``) lies from ``from`` to ``until``, both inclusive."""

    by: Literal["earned", "cycle-start", "cycle-end"] = "earned"
    from_: date | None = None
    until: date | None = None
    editions: tuple[EditionId, ...] = ()

    def check(self) -> Iterator[Finding]:
        """A span that ends before it begins governs nothing."""
        yield from _backwards(self.from_, self.until)


@dataclass(frozen=True, slots=True)
class InForce:
    """The as-of dates at which the rule is known and holds, both inclusive."""

    from_: date | None = None
    until: date | None = None

    def check(self) -> Iterator[Finding]:
        """A span that ends before it begins is never."""
        yield from _backwards(self.from_, self.until)


# --- window, units ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Window:
    """When renewing is possible, and from when activities are accepted (each counted from a cycle's edge)."""

    opens_before_end: Figure[Length] | None = None
    opens_after_start: Figure[Length] | None = None
    activities_before_end: Figure[Length] | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """A node of the category tree: a floor and a ceiling on the units counted in it and below it.

    ``per``: whether the bounds hold for the cycle or for each year of it. ``by_topic``: counts only where the
    activity's topic is among the certification's ``unit_topics``. ``proportional``: the ceiling shrinks to the share
    of the cycle worked. ``once_per_cycle``: one entry a cycle. ``carries``: units may be carried over.
    """

    id: CategoryId
    name: str
    minimum: Figure[Decimal] | None = None
    maximum: Figure[Decimal] | None = None
    per: Literal["cycle", "year"] = "cycle"
    by_topic: bool = False
    proportional: bool = False
    once_per_cycle: bool = False
    carries: bool = True
    note: str = ""
    children: tuple[Category, ...] = ()

    def check(self) -> Iterator[Finding]:
        """A floor above the ceiling; two children of one name."""
        floor, ceiling = _amount(self.minimum), _amount(self.maximum)
        if floor is not None and ceiling is not None and floor > ceiling:
            yield "field-value", f"the category {self.id} asks for {floor} and counts {ceiling} at most", ""
        yield from _twin_categories(self.children)


@dataclass(frozen=True, slots=True)
class YearlyMinimum:
    """Units to be earned in every year: of the cycle, or of the calendar. ``binding`` false: only suggested."""

    minimum: Figure[Decimal]
    year: Literal["cycle", "calendar"]
    binding: bool = True


@dataclass(frozen=True, slots=True)
class CarryOver:
    """What exceeds the total and was earned in the last ``earned_within`` of the cycle, up to ``maximum``."""

    maximum: Figure[Decimal]
    earned_within: Figure[Length] | None = None
    excess_only: bool = True


@dataclass(frozen=True, slots=True)
class Units:
    """The credits a cycle asks for. ``minutes`` make one unit; ``shared``: whether one activity serves several."""

    name: str
    total: Figure[Decimal]
    minutes: Figure[Decimal] = field(default_factory=lambda: Figure(Decimal(60)))
    increment: Figure[Decimal] | None = None
    entry_minimum: Figure[Decimal] | None = None
    entry_maximum: Figure[Decimal] | None = None
    yearly: YearlyMinimum | None = None
    categories: tuple[Category, ...] = ()
    carry_over: CarryOver | None = None
    shared: Literal["issuer", "suite", "once"] = "once"

    def check(self) -> Iterator[Finding]:
        """Floors beyond the total; two categories of one name."""
        total, floors = self.total.value, [_amount(one.minimum) or 0 for one in self.categories if one.per == "cycle"]
        if total is not None and sum(floors) > total:
            yield "field-value", f"the categories ask for {sum(floors)} of {total} in all", ""
        yield from _twin_categories(self.categories)


@dataclass(frozen=True, slots=True)
class Practice:
    """Work in the role asked for beside units: hours in a span, or a share of working time."""

    topic: str
    hours: Figure[Decimal] | None = None
    share_of_time: Figure[Decimal] | None = None
    per: Literal["cycle", "year"] = "cycle"


# --- routes, fees, what comes after ---------------------------------------------------------------------------------


class RouteKind(StrEnum):
    """The ways in which a certification is renewed."""

    CREDITS = "credits"
    SAME_EXAM = "same-exam"
    HIGHER_EXAM = "higher-exam"
    SUITE_EXAM = "suite-exam"
    COURSE = "course"
    ASSESSMENT = "assessment"
    MEMBERSHIP = "membership"
    FEE = "fee"


@dataclass(frozen=True, slots=True)
class Route:
    """One way to renew: where the next cycle begins, and by how much it extends (absent: one whole cycle).

    ``needs_membership``: held throughout the cycle. ``waives_fees``: the rule's fees are not due on this route.
    """

    kind: RouteKind
    next_from: Figure[NextFrom]
    id: str = ""
    extends: Figure[Length] | None = None
    certifications: tuple[CertificationId, ...] = ()
    editions: tuple[EditionId, ...] = ()
    needs_membership: MembershipId | None = None
    waives_fees: bool = False
    price: Figure[Money] | None = None
    hours: Figure[Decimal] | None = None
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)


class FeeAnchor(StrEnum):
    """The date to which a fee is tied."""

    CYCLE_END = "cycle-end"
    CYCLE_YEAR = "cycle-year"  # each anniversary of the cycle's start
    CALENDAR_YEAR = "calendar-year"
    MEMBERSHIP = "membership"  # the membership's renewal date
    EARLIEST_CERTIFICATION = "earliest-certification"  # the anniversary of the group's earliest one


@dataclass(frozen=True, slots=True)
class RenewalFee:
    """A fee for keeping a certification.

    ``shared_in``: paid once for the group; ``share`` says which of its members sets the amount. ``first_due``: counted
    from the award. ``membership``: the price for its members.
    """

    amount: Figure[Money]
    per: Literal["cycle", "year"] = "cycle"
    anchor: FeeAnchor = FeeAnchor.CYCLE_END
    tier: Literal["full", "member"] = "full"
    membership: MembershipId | None = None
    region: RegionId | None = None
    shared_in: GroupId | None = None
    share: Literal["highest", "one"] | None = None
    first_due: Length | None = None
    from_: date | None = None
    until: date | None = None
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)


class Phase(StrEnum):
    """What the days after a cycle's last day mean."""

    REPORTING_GRACE = "reporting-grace"  # report and pay only
    EARNING_GRACE = "earning-grace"  # units may still be earned
    SUSPENDED = "suspended"
    NOTED = "noted"  # still valid, but marked as not current
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class AfterEnd:
    """A phase after the last day; phases follow one another in order. No length and no day: without end."""

    phase: Phase
    length: Figure[Length] | None = None
    until_month_day: str = ""  # MM-DD of the year after the cycle's end
    way_back: str = ""
    provenance: Provenance = field(default_factory=Provenance)

    def check(self) -> Iterator[Finding]:
        """A phase of no length; a day that not every year has."""
        yield from _no_length("length", self.length.value if self.length else None)
        if self.until_month_day and not _is_month_day(self.until_month_day):
            message = f"until_month_day: {self.until_month_day!r} is no day that every year has"
            yield "field-value", message, "write a month and a day, such as 09-30"


@dataclass(frozen=True, slots=True)
class ReturnAfter:
    """What coming back costs after an absence of at least ``after``."""

    after: Length
    units: Figure[Decimal] | None = None
    exam: bool = False


@dataclass(frozen=True, slots=True)
class PersonStanding:
    """A standing a holder may take (retired, non-practising): what it suspends, and what coming back asks.

    ``certifications``: which of those under the rule offer it; empty: all.
    """

    kind: Literal["retired", "non-practising"]
    suspends: tuple[Literal["units", "fees"], ...]
    certifications: tuple[CertificationId, ...] = ()
    requires: str = ""
    minimum: Length | None = None
    starts: Literal["any-day", "calendar-year"] = "any-day"
    comes_back: tuple[ReturnAfter, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class RuleDispute:
    """A rival reading of the whole rule, kept and shown wherever the rule is used."""

    summary: str
    rule: RuleId | None = None
    rivals: tuple[Rival[str], ...] = ()
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class RenewalRule:
    """One rule of one or several certifications."""

    id: RuleId
    summary: str
    validity: Validity
    applies_to: AppliesTo = field(default_factory=AppliesTo)
    in_force: InForce = field(default_factory=InForce)
    window: Window | None = None
    units: Units | None = None
    practice: tuple[Practice, ...] = ()
    routes: tuple[Route, ...] = ()
    fees: tuple[RenewalFee, ...] = ()
    after_end: tuple[AfterEnd, ...] = ()
    standings: tuple[PersonStanding, ...] = ()
    disputes: tuple[RuleDispute, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)


# --- what joins several certifications ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cascade:
    """What else is renewed when one of ``of`` is earned or renewed (of these editions, by these routes)."""

    id: str
    summary: str
    when: Literal["earned", "renewed", "earned-or-renewed"]
    of: tuple[CertificationId, ...]
    renews: tuple[CertificationId, ...]
    extent: Literal["full", "partial"] = "full"
    editions: tuple[EditionId, ...] = ()
    routes: tuple[RouteKind, ...] = ()
    new_end: Literal["same-end", "own-cycle-from-event", "own-cycle-from-end"] = "same-end"
    waives_fees: bool = False
    revives_expired: bool = False
    in_force: InForce = field(default_factory=InForce)
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Track:
    """Certifications in ascending level: holding a higher one covers the lower ones."""

    id: TrackId
    members: tuple[CertificationId, ...]


@dataclass(frozen=True, slots=True)
class Designation:
    """A title conferred automatically on whoever holds all the certifications named (ITIL Master)."""

    certification: CertificationId
    when_holding: tuple[CertificationId, ...]
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class RenewalGroup:
    """Certifications that renew together: a suite with one date, or tracks with joint requirements.

    ``aligned``: all share the date of the latest exam. ``other_tracks``: the share of units asked for the highest
    certification of each further track (1/2 for Scrum Alliance). ``fee``: ``highest`` pays for all. ``editions``: the
    group joins only holdings of these (empty: all). ``in_force``: the as-of dates at which it joins them.
    """

    id: GroupId
    name: str
    members: tuple[CertificationId, ...] = ()
    tracks: tuple[Track, ...] = ()
    aligned: Literal["latest-exam", "no"] = "no"
    other_tracks: Figure[Decimal] | None = None
    fee: Literal["each", "highest", "one"] = "each"
    editions: tuple[EditionId, ...] = ()
    in_force: InForce = field(default_factory=InForce)
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class OneOff:
    """A one-off exception apart from the rules (a pandemic extension): span, reason and source.

    Cycles whose last day lies from ``ends_from`` to ``ends_until`` are extended by ``extends`` or to ``new_last_day``.
    """

    id: str
    reason: str
    certifications: tuple[CertificationId, ...]
    ends_from: date
    ends_until: date
    extends: Length | None = None
    new_last_day: date | None = None
    provenance: Provenance = field(default_factory=Provenance)


TopicIds: TypeAlias = tuple[TopicId, ...]


# --- what cannot be -------------------------------------------------------------------------------------------------


def _no_length(what: str, length: Length | None) -> Iterator[Finding]:
    if length is not None and length.months <= 0 and length.days <= 0:
        yield "field-value", f"{what}: nothing lasts no time at all", "write a length such as 3 years"


def _backwards(first: date | None, last: date | None) -> Iterator[Finding]:
    if first is not None and last is not None and last < first:
        yield "field-value", f"from {first} until {last} is no span: it ends before it begins", ""


def _twin_categories(categories: tuple[Category, ...]) -> Iterator[Finding]:
    ids = [one.id for one in categories]
    for twin in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
        yield "field-value", f"the category {twin} stands here twice", "give one of them another id"


def _amount(figure: Figure[Decimal] | None) -> Decimal | None:
    return figure.value if figure is not None else None


def _is_month_day(text: str) -> bool:
    try:
        date.fromisoformat(_COMMON_YEAR + text)
    except ValueError:
        return False
    return len(text) == len("MM-DD")
