"""Questions to the planner, and the person on day 0 with every assumption that stands in for what was not said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pmcareer.api.regions import DEFAULT_REGION
from pmcareer.dates import months_to_days
from pmcareer.model.ids import CertificationId, ExperienceKindId, MembershipId, NicheId, RegionId, RoleId, SkillId
from pmcareer.model.people import EducationHeld, Holding, Profile, Stint
from pmcareer.model.requirements import EducationLevel
from pmcareer.money import Money
from pmcareer.planning.instance import Objective
from pmcareer.values import dataclass, field

Engine = Literal["search", "cp-sat"]

DEFAULT_HOURS_PER_WEEK = Decimal(6)
DEFAULT_HORIZON_YEARS = 20
DEFAULT_EDUCATION = EducationHeld(EducationLevel.SECONDARY)
NEWCOMER = RoleId("newcomer")
PROFESSIONAL = ExperienceKindId("professional-experience")


@dataclass(frozen=True, slots=True)
class RiskAsked:
    """How many lives of a plan are drawn, and from which seed."""

    samples: int
    seed: int


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What was asked. What is None was not said; the profile and then the defaults speak instead.

    ``by`` is the last acceptable day of arrival, inclusive. ``require`` and ``avoid`` hold ids of roles and
    certifications. ``niche``: at least one certification that serves it is held on arrival. ``memberships`` are held
    besides those of the profile. ``step_down``: roles that rank below the one left may be passed unasked.
    ``alternatives``: how many materially different plans; ``pareto``: every trade-off of time, cost and exams.
    ``engine``: what looks for the plan; ``cp-sat`` goes on where the planner's own search leaves something unproven.
    """

    to: RoleId
    as_of: date
    from_: RoleId | None = None
    holds: tuple[Holding, ...] = ()
    experience: Mapping[ExperienceKindId, Decimal] = field(default_factory=dict)
    education: EducationHeld | None = None
    hours_per_week: Decimal | None = None
    budget: Money | None = None
    by: date | None = None
    objective: Objective = "fastest"
    require: frozenset[str] = frozenset()
    avoid: frozenset[str] = frozenset()
    let_lapse: frozenset[CertificationId] = frozenset()
    horizon_years: int = DEFAULT_HORIZON_YEARS
    region: RegionId | None = None
    currency: str = ""
    profile: Profile = field(default_factory=Profile)
    risk: RiskAsked | None = None
    niche: NicheId | None = None
    memberships: frozenset[MembershipId] = frozenset()
    step_down: bool = False
    alternatives: int = 1
    pareto: bool = False
    engine: Engine = "search"


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something taken for granted, and how to say otherwise."""

    text: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """The person on day 0. ``stints`` lie before the as-of date; ``undated`` is experience in days beyond them."""

    as_of: date
    role: RoleId
    in_role_since: date
    education: EducationHeld
    hours_per_week: Fraction
    region: RegionId
    stints: tuple[Stint, ...]
    undated: Mapping[ExperienceKindId, int]
    holdings: tuple[Holding, ...]
    memberships: frozenset[MembershipId]
    skills: Mapping[SkillId, str]
    assumptions: tuple[Assumption, ...]

    @property
    def tenure_days(self) -> int:
        """Days in the present role before the as-of date."""
        return (self.as_of - self.in_role_since).days


def situation_of(request: PlanRequest) -> Situation:
    """Join what was asked with the profile and the defaults."""
    profile, as_of = request.profile, request.as_of
    current = _current_stint(profile.roles, as_of)
    role = request.from_ or (current.role if current else NEWCOMER)
    since = current.from_ if current and current.role == role else as_of
    hours = request.hours_per_week or profile.study.hours_per_week or DEFAULT_HOURS_PER_WEEK
    return Situation(
        as_of=as_of,
        role=role,
        in_role_since=min(since, as_of),
        education=request.education or profile.education or DEFAULT_EDUCATION,
        hours_per_week=Fraction(hours),
        region=request.region or profile.region or DEFAULT_REGION,
        stints=tuple(s for s in profile.roles if s.from_ < as_of),
        undated=_undated(request, profile),
        holdings=_holdings(request, profile),
        memberships=frozenset(m.id for m in profile.memberships if (m.from_ or date.min) <= as_of <= (m.to or date.max))
        | request.memberships,
        skills=dict(profile.skills),
        assumptions=tuple(_assumptions(request, profile, role, current)),
    )


def days_of_experience(stints: Iterable[Stint], granting: frozenset[RoleId], first: date, end: date) -> int:
    """Days from *first* (inclusive) to *end* (exclusive) spent in a role of *granting*; overlaps count once."""
    spans = sorted(
        (max(s.from_, first), min(s.to + timedelta(1) if s.to else end, end)) for s in stints if s.role in granting
    )
    days, reached = 0, first
    for start, stop in spans:
        days += max(0, (stop - max(start, reached)).days)
        reached = max(reached, stop)
    return days


def _current_stint(stints: Iterable[Stint], as_of: date) -> Stint | None:
    """The role held on the as-of date; of several the one entered last."""
    running = [s for s in stints if s.from_ <= as_of and (s.to is None or s.to >= as_of)]
    return max(running, key=lambda s: s.from_, default=None)


def _undated(request: PlanRequest, profile: Profile) -> dict[ExperienceKindId, int]:
    months = {**profile.experience, **request.experience}
    return {kind: months_to_days(Fraction(n)) for kind, n in months.items()}


def _holdings(request: PlanRequest, profile: Profile) -> tuple[Holding, ...]:
    """The profile's and the option's holdings; what the option says of a certification replaces the profile's word."""
    asked = {h.id: h for h in request.holds}
    kept = [h for h in profile.certifications if h.id not in asked]
    return tuple(replace(h, let_lapse=True) if h.id in request.let_lapse else h for h in (*kept, *asked.values()))


def _assumptions(request: PlanRequest, profile: Profile, role: RoleId, current: Stint | None) -> Iterator[Assumption]:
    if request.from_ is None and current is None:
        yield Assumption("you start as a newcomer to projects", "--from ROLE")
    if not request.experience and not profile.experience and not profile.roles:
        yield Assumption("you bring no experience yet", "--experience KIND=MONTHS")
    if request.experience and not profile.roles and not {PROFESSIONAL} & {*request.experience, *profile.experience}:
        text = "none of your experience is counted as professional experience, which some moves ask for"
        yield Assumption(text, f"--experience {PROFESSIONAL}=MONTHS")
    if request.from_ is not None and (current is None or current.role != role):
        yield Assumption("you enter your present role today", "a profile with `roles:` and dates")
    if request.education is None and profile.education is None:
        yield Assumption(f"your education is {DEFAULT_EDUCATION.level.value} school", "--education LEVEL")
    if request.hours_per_week is None and profile.study.hours_per_week is None:
        yield Assumption(f"you study {DEFAULT_HOURS_PER_WEEK} hours a week", "--hours-per-week N")
    if request.region is None and profile.region is None:
        yield Assumption(f"prices and pay are those of region {DEFAULT_REGION!r}", "--region ID")
    if not profile.memberships and not request.memberships:
        text = "you are no member of an issuer: full prices, but where joining for a year costs less than it saves"
        yield Assumption(text, "--member ID")
    for holding in _holdings(request, profile):
        if holding.earned is None and not holding.events:
            yield Assumption(f"{holding.id} was earned today", f"--hold {holding.id}:DATE")
