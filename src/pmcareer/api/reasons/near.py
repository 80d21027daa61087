"""Near: every role one could step into and every certification one could sit, nearest first, and what each lacks.

Days and money are those of the planner's plans; only what can come within the time asked for is solved.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Literal, TypeVar

from pmcareer.api.compiling.compiled import UNPRICED, Compiled
from pmcareer.api.compiling.questions import NEWCOMER, Assumption
from pmcareer.api.names import Names
from pmcareer.api.plans.dating import money_of
from pmcareer.api.plans.requests import Asked, plan_request
from pmcareer.api.reasons.answers import Paper
from pmcareer.api.reasons.field import Field, Reached
from pmcareer.api.reasons.papers import paper_of
from pmcareer.api.reasons.requirement_state import Examiner, Node
from pmcareer.api.reasons.why import names_of, roles_open_today
from pmcareer.dates import months_to_days
from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Certification
from pmcareer.model.ids import CertificationId, NicheId, RoleId
from pmcareer.model.people import Profile
from pmcareer.model.requirements import All
from pmcareer.model.roles import Role
from pmcareer.money import Money
from pmcareer.values import dataclass

DEFAULT_WITHIN_MONTHS = 24
Kind = Literal["roles", "certifications"]
_Entry = TypeVar("_Entry", Role, Certification)


@dataclass(frozen=True, slots=True)
class NearRole:
    """A role and the soonest plan into it. ``tree``: what the move from the present role asks, where there is one."""

    id: RoleId
    name: str
    now: bool
    reached: Reached
    tree: Node | None = None

    @property
    def order(self) -> tuple[object, ...]:
        """By months, then money."""
        return (not self.now, *self.reached.order, self.id)


@dataclass(frozen=True, slots=True)
class NearCertification:
    """A certification: the soonest plan to its eligibility (``sit``), and to having it (``paper.reached``)."""

    paper: Paper
    level: str
    now: bool
    sit: Reached
    tree: Node

    @property
    def order(self) -> tuple[object, ...]:
        """By months until it can be sat, then by the money until it is held."""
        held = self.paper.reached
        money: tuple[object, ...] = (held.at_least, held.cost, held.day) if held else (True, self.sit.cost, 1 << 40)
        return (self.sit.day, held is None, *money, self.paper.id)


@dataclass(frozen=True, slots=True)
class _Sittable:
    """A certification that can be sat in time, before the way to having it is known. ``cost``: what earning it costs
    at least; ``at_least``: that some price of every such way is unknown."""

    certification: Certification
    tree: Node
    sit: Reached
    at_least: bool
    cost: Money

    @property
    def soonest(self) -> tuple[object, ...]:
        """What the beginning of its ``NearCertification.order`` is at least."""
        return (self.sit.day, False, self.at_least, self.cost)


@dataclass(frozen=True, slots=True)
class NearAnswer:
    """Everything that ``pmcareer near`` answers: what comes within ``within_days``; how many more do.

    ``more_roles`` and ``more_certifications`` count what the limit cut off.
    """

    as_of: date
    start: RoleId
    start_name: str
    within_days: int
    roles: tuple[NearRole, ...]
    certifications: tuple[NearCertification, ...]
    more_roles: int
    more_certifications: int
    names: Mapping[str, str]
    role_names: Mapping[str, str]
    assumptions: tuple[Assumption, ...]
    kinds: tuple[Kind, ...]
    niche: NicheId | None = None


def answer_near(
    catalog: Catalog,
    profile: Profile | None,
    asked: Asked,
    *,
    within_days: int | None = None,
    kinds: tuple[Kind, ...] = ("roles", "certifications"),
    niche: str = "",
    limit: int | None = None,
) -> NearAnswer:
    """What is near; of what is open now and of what comes later, *limit* each. Errors as for ``answer_why``."""
    field = Field(catalog, plan_request(catalog, profile, replace(asked, to=asked.from_ or NEWCOMER)))
    within = months_to_days(DEFAULT_WITHIN_MONTHS) if within_days is None else within_days
    within = min(within, field.compiled().instance.last_day)
    wanted = NicheId(Names("niche", catalog.index.forms("niches")).find(niche)) if niche else None
    near = _Search(field, within)
    roles = sorted(near.roles(wanted), key=_order) if "roles" in kinds else []
    sittable = list(near.sittable(wanted)) if "certifications" in kinds else []
    shown_roles, shown_papers = _limited(roles, limit), near.nearest(sittable, limit)
    role_names = catalog.index.short_names("roles")
    return NearAnswer(
        as_of=asked.as_of,
        start=field.situation.role,
        start_name=role_names.get(field.situation.role, field.situation.role),
        within_days=within,
        roles=tuple(shown_roles),
        certifications=tuple(shown_papers),
        more_roles=len(roles) - len(shown_roles),
        more_certifications=len(sittable) - len(shown_papers),
        names=names_of(catalog),
        role_names=role_names,
        assumptions=field.compiled().assumptions,
        kinds=kinds,
        niche=wanted,
    )


def _order(one: NearRole | NearCertification) -> tuple[object, ...]:
    return one.order


def _limited(found: Sequence[NearRole], limit: int | None) -> list[NearRole]:
    """Of what is open now, and of what is not, the first *limit* each."""
    now = [one for one in found if one.now]
    later = [one for one in found if not one.now]
    return [*now[:limit], *later[:limit]]


@dataclass(frozen=True, slots=True)
class _Search:
    field: Field
    within: int

    def roles(self, niche: NicheId | None) -> Iterator[NearRole]:
        """The roles that can be entered in time, but for the present one."""
        today, avoided = roles_open_today(self.field), self.field.request.avoid
        for role in _of_niche(self.field.catalog.roles.values(), niche):
            if role.id in avoided or role.id == self.field.situation.role:
                continue
            if reached := self.field.role(role.id, self.within):
                yield NearRole(role.id, role.name, role.id in today, reached, self._move_into(role))

    def sittable(self, niche: NicheId | None) -> Iterator[_Sittable]:
        """The certifications that can be earned, are not held, and can be sat in time."""
        compiled = self.field.compiled()
        obtainable = compiled.preparations
        for certification in _of_niche(self.field.catalog.certifications.values(), niche):
            if certification.id not in obtainable:
                continue
            rule = certification.eligibility.on(self.field.request.as_of)
            requires = (rule.requires if rule else None) or All(())
            if sit := self.field.fulfilled(requires, None, self.within):
                tree = Examiner(self.field, plans=False).examine(requires)
                cost = _least_cost(compiled, certification.id)
                least = money_of(cost % UNPRICED, compiled.currency)
                yield _Sittable(certification, tree, sit, cost >= UNPRICED, least)

    def nearest(self, found: Sequence[_Sittable], limit: int | None) -> list[NearCertification]:
        """Of what can be sat now, and of what cannot, the first *limit* each."""
        now = [one for one in found if one.tree.holds]
        later = [one for one in found if not one.tree.holds]
        return [*self._first(now, limit), *self._first(later, limit)]

    def _first(self, found: Sequence[_Sittable], limit: int | None) -> list[NearCertification]:
        """The nearest in order; what cannot be among them is not asked for its way."""
        chosen: list[NearCertification] = []
        for one in sorted(found, key=lambda one: one.soonest):
            last = chosen[limit - 1].order if limit is not None and len(chosen) >= limit else None
            if last is not None and one.soonest > last[:4]:
                break
            paper = paper_of(self.field, one.certification)
            near = NearCertification(paper, one.certification.level.value, one.tree.holds, one.sit, one.tree)
            insort(chosen, near, key=_order)
        return chosen[:limit]

    def _move_into(self, role: Role) -> Node | None:
        """What the move from the present role asks, if there is such a move."""
        here = self.field.situation.role
        meaning = self.field.compiled().moves.get((here, role.id))
        return Examiner(self.field, here, plans=False).examine(meaning.requires or All(())) if meaning else None


def _least_cost(compiled: Compiled, certification: CertificationId) -> Fraction:
    """What having it, or something that stands in for it, costs at least."""
    asked = compiled.requirements
    ways = asked.satisfying(certification)
    if any(way in compiled.instance.start.holds or way in asked.lapsing for way in ways):
        return Fraction(0)
    entries = [compiled.instance.certifications[way] for way in ways if way in compiled.instance.certifications]
    return min(cost for entry in entries for cost in (entry.cost, *(variant.cost for variant in entry.variants)))


def _of_niche(entries: Iterable[_Entry], niche: NicheId | None) -> Iterator[_Entry]:
    """Those of a niche, by id."""
    chosen = (entry for entry in entries if niche is None or niche in entry.niches)
    yield from sorted(chosen, key=lambda entry: entry.id)
