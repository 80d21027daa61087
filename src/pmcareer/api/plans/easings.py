"""Easings: what binds a question, each with the question without it, from the smallest step to the largest.

Used twice: to say why there is no plan (``obstacles``), and what would make a plan better (``helping``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import partial

from pmcareer.api.compiling.compiled import Compiled
from pmcareer.api.compiling.questions import PlanRequest
from pmcareer.api.plans.waiting import parts_of
from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import LifecycleStatus
from pmcareer.model.ids import CertificationId, ExperienceKindId
from pmcareer.model.people import EducationHeld
from pmcareer.model.requirements import EducationLevel, Experience
from pmcareer.values import dataclass

MOST_HOURS = 40
LONGEST_HORIZON = 60
_EDUCATION = (EducationLevel.ASSOCIATE, EducationLevel.BACHELOR, EducationLevel.MASTER, EducationLevel.DOCTORATE)
_DEGREES = {
    EducationLevel.SECONDARY: "secondary school",
    EducationLevel.ASSOCIATE: "an associate degree",
    EducationLevel.BACHELOR: "a bachelor's degree",
    EducationLevel.MASTER: "a master's degree",
    EducationLevel.DOCTORATE: "a doctorate",
}

Ease = Callable[[PlanRequest], PlanRequest]


@dataclass(frozen=True, slots=True)
class Level:
    """How far a limit is eased: in words, as an option of the command line (empty: none), and what it does."""

    text: str
    option: str
    ease: Ease


@dataclass(frozen=True, slots=True)
class Easing:
    """One limit and its levels, least eased first; more easing never takes a plan away."""

    levels: tuple[Level, ...]

    @property
    def most(self) -> Level:
        """As far as it goes."""
        return self.levels[-1]


def limits_of(catalog: Catalog, request: PlanRequest, compiled: Compiled) -> Iterator[Easing]:
    """What the asker set or is bound by and that may stand in the way of any plan."""
    if request.by:
        yield one(f"an arrival after {request.by}", "without --by", lambda r: replace(r, by=None))
    if budget := request.budget or request.profile.study.budget:
        yield one(f"a budget above {budget}", "without --budget", without_budget)
    yield from chosen(catalog, request)
    yield from lapsing(compiled)
    if hours := more_hours(compiled.situation.hours_per_week):
        yield hours
    if degrees := higher_education(compiled.situation.education):
        yield degrees
    if not request.step_down:
        yield stepping_down()
    if request.horizon_years < LONGEST_HORIZON:
        yield Easing(tuple(_horizon(years) for years in range(request.horizon_years + 1, LONGEST_HORIZON + 1)))


def experience_asked(catalog: Catalog, request: PlanRequest, compiled: Compiled) -> Iterator[Easing]:
    """For each kind of experience that a move of the question asks for, the months of it that are asked."""
    asked: dict[ExperienceKindId, set[Decimal]] = {}
    for meaning in compiled.moves.values():
        for part in parts_of(meaning.requires):
            if isinstance(part, Experience):
                asked.setdefault(part.kind, set()).add(Decimal(part.months))
    for kind, months in sorted(asked.items()):
        have = request.experience.get(kind, request.profile.experience.get(kind, Decimal(0)))
        more = sorted(number for number in months if number > have)
        if more:
            yield Easing(tuple(_experience(catalog, kind, number) for number in more))


def _experience(catalog: Catalog, kind: ExperienceKindId, months: Decimal) -> Level:
    text = f"{months} months of {catalog.experience_kinds[kind].name.lower()} behind you"
    return Level(text, f"--experience {kind}={months}", partial(with_experience, kind, months))


def with_experience(kind: ExperienceKindId, months: Decimal, request: PlanRequest) -> PlanRequest:
    """So many months of a kind behind the asker, whatever the profile says."""
    return replace(request, experience={**request.experience, kind: months})


def chosen(catalog: Catalog, request: PlanRequest) -> Iterator[Easing]:
    """What was avoided or required by word."""
    for id_ in sorted(request.avoid):
        yield one(f"{id_} allowed", f"without --avoid {id_}", partial(_allowing, id_))
    for id_ in sorted(request.require):
        yield Easing((*_successors(catalog, request, id_), _not_required(id_)))
    if niche := request.niche or request.profile.niche:
        yield one(f"no certification for the niche {niche}", "without --niche", without_niche)


def lapsing(compiled: Compiled) -> Iterator[Easing]:
    """Each certification held that is to be kept, let go."""
    for holding in compiled.situation.holdings:
        if not holding.let_lapse and holding.id in compiled.renewals:
            yield one(f"{holding.id} left to lapse", f"--let-lapse {holding.id}", partial(_letting_lapse, holding.id))


def more_hours(now: Fraction) -> Easing | None:
    """Whole hours of study a week up to a full working week."""
    return Easing(tuple(hours_level(n) for n in range(int(now) + 1, MOST_HOURS + 1))) if now < MOST_HOURS else None


def hours_level(hours: int) -> Level:
    """So many hours of study a week."""
    text = f"{hours} hours of study a week"
    return Level(text, f"--hours-per-week {hours}", lambda r: replace(r, hours_per_week=Decimal(hours)))


def higher_education(now: EducationHeld) -> Easing | None:
    """Every degree above the one held."""
    above = tuple(degree(level) for level in _EDUCATION if level.rank > now.level.rank)
    return Easing(above) if above else None


def stepping_down() -> Easing:
    """Roles on the way that rank below the one left."""
    return one("a step down on the way", "--step-down", lambda r: replace(r, step_down=True))


def without_budget(request: PlanRequest) -> PlanRequest:
    """No limit on what is spent, whoever set it."""
    study = replace(request.profile.study, budget=None)
    return replace(request, budget=None, profile=replace(request.profile, study=study))


def without_niche(request: PlanRequest) -> PlanRequest:
    """No niche, whoever named it."""
    return replace(request, niche=None, profile=replace(request.profile, niche=None))


def successors_of(catalog: Catalog, request: PlanRequest, id_: str) -> tuple[CertificationId, ...]:
    """Where a certification can no longer be earned on the as-of day: what its issuer names in its place."""
    certification = catalog.certifications.get(CertificationId(id_))
    lifecycle = certification.lifecycle.on(request.as_of) if certification else None
    if lifecycle is None or lifecycle.status is not LifecycleStatus.RETIRED:
        return ()
    return tuple(s for s in lifecycle.successors if s in catalog.certifications)


def one(text: str, option: str, ease: Ease) -> Easing:
    """A limit that is there or not."""
    return Easing((Level(text, option, ease),))


def degree(level: EducationLevel) -> Level:
    """A degree of that level."""
    # A higher degree than asked is of an accredited programme only if one says so.
    held = EducationHeld(level)
    return Level(_DEGREES[level], f"--education {level.value}", lambda r: replace(r, education=held))


def _horizon(years: int) -> Level:
    return Level(f"a horizon of {years} years", f"--horizon {years}", lambda r: replace(r, horizon_years=years))


def _successors(catalog: Catalog, request: PlanRequest, id_: str) -> Iterator[Level]:
    for successor in successors_of(catalog, request, id_):
        option = f"--require {successor} instead of --require {id_}"
        yield Level(f"its successor {successor} instead of {id_}", option, partial(_instead, id_, successor))


def _not_required(id_: str) -> Level:
    return Level(f"{id_} not required", f"without --require {id_}", partial(_not_requiring, id_))


def _allowing(id_: str, request: PlanRequest) -> PlanRequest:
    return replace(request, avoid=request.avoid - {id_})


def _not_requiring(id_: str, request: PlanRequest) -> PlanRequest:
    return replace(request, require=request.require - {id_})


def _instead(id_: str, successor: str, request: PlanRequest) -> PlanRequest:
    return replace(request, require=request.require - {id_} | {successor})


def _letting_lapse(id_: CertificationId, request: PlanRequest) -> PlanRequest:
    return replace(request, let_lapse=request.let_lapse | {id_})
