"""From plain words to a plan request: names looked up, the profile's goal as the default, contradictions refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from pmcareer.api.compiling.questions import Engine, PlanRequest
from pmcareer.api.names import (
    certification_names,
    experience_names,
    find_membership,
    find_niche,
    find_role_or_certification,
    role_names,
)
from pmcareer.api.plans.contradictions import horizon_for, refuse_contradictions
from pmcareer.api.regions import known_regions
from pmcareer.errors import UnknownIdError, UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, ExperienceKindId, RegionId, RoleId
from pmcareer.model.people import EducationHeld, Holding, Profile
from pmcareer.model.requirements import EducationLevel
from pmcareer.money import Money
from pmcareer.planning.instance import Objective
from pmcareer.values import dataclass

KNOWN_CURRENCIES = frozenset({"USD", "GBP", "EUR", "CAD", "INR"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, in the words that were used: names may be ids, abbreviations or aliases."""

    as_of: date
    to: str | None = None
    from_: str | None = None
    holds: tuple[tuple[str, date | None], ...] = ()
    experience: tuple[tuple[str, Decimal], ...] = ()
    education: str | None = None
    hours_per_week: Decimal | None = None
    budget: Money | None = None
    by: date | None = None
    objective: Objective | None = None
    require: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    let_lapse: tuple[str, ...] = ()
    horizon_years: int | None = None
    region: str = ""
    currency: str = ""
    niche: str | None = None
    members: tuple[str, ...] = ()
    step_down: bool = False
    alternatives: int | None = None
    pareto: bool = False
    engine: Engine = "search"


def plan_request(catalog: Catalog, profile: Profile | None, asked: Asked) -> PlanRequest:
    """The request with every name looked up.

    Raises UnknownIdError for a name nothing answers to, UsageError for a contradiction.
    """
    profile = profile or Profile()
    roles, certifications = role_names(catalog), certification_names(catalog)
    goal = profile.goal
    if not asked.to and not goal:
        raise UsageError("where to?", hint="say --to ROLE, or give the profile a goal")
    request = PlanRequest(
        to=RoleId(roles.find(asked.to)) if asked.to else goal.role if goal else RoleId(""),
        as_of=asked.as_of,
        from_=RoleId(roles.find(asked.from_)) if asked.from_ else None,
        holds=tuple(Holding(CertificationId(certifications.find(name)), earned=on) for name, on in asked.holds),
        experience=_experience(catalog, asked),
        education=EducationHeld(EducationLevel(asked.education)) if asked.education else None,
        hours_per_week=asked.hours_per_week,
        budget=asked.budget,
        by=asked.by or (goal.by if goal and not asked.to else None),
        objective=asked.objective or "fastest",
        require=frozenset(find_role_or_certification(catalog, name) for name in asked.require),
        avoid=frozenset(find_role_or_certification(catalog, name) for name in asked.avoid),
        let_lapse=frozenset(CertificationId(certifications.find(name)) for name in asked.let_lapse),
        horizon_years=asked.horizon_years or horizon_for(asked.by, asked.as_of),
        region=RegionId(asked.region) if asked.region else None,
        currency=asked.currency,
        profile=profile,
        niche=find_niche(catalog, asked.niche) if asked.niche else None,
        memberships=frozenset(find_membership(catalog, name) for name in asked.members),
        step_down=asked.step_down,
        alternatives=asked.alternatives or 1,
        pareto=asked.pareto,
        engine=asked.engine,
    )
    _check(request, catalog)
    refuse_contradictions(asked, request)
    return request


def _check_person(request: PlanRequest, catalog: Catalog) -> None:
    """What a profile says that no plan can rest on; `pmcareer profile check` shows where it stands."""
    profile, see = request.profile, "see `pmcareer profile check`"
    for holding in profile.certifications:
        if holding.id not in catalog.certifications:
            raise UnknownIdError("certification", holding.id, certification_names(catalog).nearest(holding.id))
        if holding.earned and holding.earned > request.as_of:
            raise UsageError(
                f"the profile has {holding.id} earned on {holding.earned}, after {request.as_of}", hint=see
            )
    for stint in profile.roles:
        if stint.role not in catalog.roles:
            raise UnknownIdError("role", stint.role, role_names(catalog).nearest(stint.role))
    hours = profile.study.hours_per_week
    if hours is not None and not 0 < hours <= 168:
        raise UsageError(f"the profile studies {hours} hours a week: more than 0, at most 168 are possible", hint=see)
    for kind, months in profile.experience.items():
        if kind not in catalog.experience_kinds:
            raise UnknownIdError("experience kind", kind, experience_names(catalog).nearest(kind))
        if months < 0:
            raise UsageError(f"the profile has {months} months of {kind}", hint=see)
    currency = request.currency or profile.currency
    if currency and currency not in KNOWN_CURRENCIES | {r.currency for r in catalog.rates} | {
        r.of for r in catalog.rates
    }:
        raise UsageError(f"unknown currency: {currency!r}", hint="write its code, such as USD or EUR")


def _experience(catalog: Catalog, asked: Asked) -> Mapping[ExperienceKindId, Decimal]:
    names = experience_names(catalog)
    return {ExperienceKindId(names.find(kind)): months for kind, months in asked.experience}


def _check(request: PlanRequest, catalog: Catalog) -> None:
    """Contradictions and impossible dates, refused before the search would answer a question nobody meant."""
    both = sorted(request.require & request.avoid)
    if both:
        raise UsageError(f"{', '.join(both)}: required and avoided at once")
    if request.by and request.by < request.as_of:
        raise UsageError(f"--by {request.by} lies before the as-of date {request.as_of}")
    if request.region and request.region not in (known := known_regions(catalog)):
        raise UsageError(f"unknown region: {request.region!r}", hint=f"known: {', '.join(known)}")
    for holding in request.holds:
        if holding.earned and holding.earned > request.as_of:
            raise UsageError(f"--hold {holding.id}:{holding.earned} lies after the as-of date {request.as_of}")
    _check_person(request, catalog)
