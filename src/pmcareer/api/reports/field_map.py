"""The field as a map has it: every role, move and certification, what asks for what, and the way of one plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from pmcareer.api.catalog.queries import CertificationLine, Wanted, list_certifications
from pmcareer.api.catalog.renewal_terms import renewal_terms
from pmcareer.api.compiling.compiled import role_of
from pmcareer.api.compiling.relevance import certifications_in
from pmcareer.api.plans.answers import DatedPlan, PlanAnswer
from pmcareer.api.regions import DEFAULT_REGION, known_regions
from pmcareer.dates import days_to_months
from pmcareer.errors import UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.model.exchange import exchange_rate
from pmcareer.model.ids import CertificationId, LadderId, RegionId, RoleId
from pmcareer.model.pricing import Payer
from pmcareer.model.requirements import Requirement
from pmcareer.model.sources import Citation, cite
from pmcareer.money import Money
from pmcareer.values import dataclass, field

DEFAULT_CURRENCY = "USD"


@dataclass(frozen=True, slots=True)
class MappedMove:
    """A move of a ladder as it stands on the as-of date, and the certifications that it names."""

    ladder: LadderId
    origin: RoleId
    into: RoleId
    lateral: bool
    requires: Requirement | None
    names: tuple[CertificationId, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class MappedRole:
    """A role. ``rank``: its height, for showing (0: not said)."""

    id: RoleId
    name: str
    summary: str
    rank: int
    niches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MappedCertification:
    """A certification with what one chooses by.

    ``price`` is that of the region asked for, ``comparable`` the same in the currency asked for (None: unknown, or no
    rate). ``hours_a_year`` are the credits that keep it (0: none, None: unknown). ``builds_on`` are certifications that
    its eligibility names.
    """

    id: CertificationId
    name: str
    full_name: str
    summary: str
    issuer: str
    level: str
    status: str
    niches: tuple[str, ...]
    price: Money | None
    price_of: str
    price_citation: Citation | None
    comparable: Fraction | None
    renewal: str
    hours_a_year: Fraction | None
    renewal_citation: Citation | None
    requires: Requirement | None
    builds_on: tuple[CertificationId, ...]
    url: str


@dataclass(frozen=True, slots=True)
class WayThrough:
    """A plan's way: the roles in order, the first being today's, the certifications earned, and what is held and kept.

    ``serves``: which certification the plan earns or keeps for the move into which role.
    """

    roles: tuple[RoleId, ...] = ()
    certifications: tuple[CertificationId, ...] = ()
    held: tuple[CertificationId, ...] = ()
    serves: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class FieldAnswer:
    """The whole field, or the ``part`` of it that was asked for, in words.

    ``ladders``, ``levels`` (lowest first) and ``issuers`` are in the order of the catalog.
    """

    as_of: date
    currency: str
    ladders: Mapping[LadderId, str]
    roles: tuple[MappedRole, ...]
    moves: tuple[MappedMove, ...]
    certifications: tuple[MappedCertification, ...]
    levels: tuple[str, ...]
    niches: Mapping[str, str]
    names: Mapping[str, str]
    plan: PlanAnswer | None = None
    way: WayThrough = field(default_factory=WayThrough)
    part: str = ""


def field_of(
    catalog: Catalog, as_of: date, region: str = "", currency: str = "", plan: PlanAnswer | None = None
) -> FieldAnswer:
    """The field on *as_of*, with the way of the first of *plan*'s plans; raises UsageError for an unknown region."""
    from pmcareer.model.certifications import Level

    if region and region not in (known := known_regions(catalog)):
        raise UsageError(f"unknown region: {region!r}", hint=f"known: {', '.join(known)}")
    lines = list_certifications(catalog, Wanted(), as_of, region, currency)
    moves = tuple(_moves(catalog, as_of))
    payer = Payer(as_of, RegionId(region or DEFAULT_REGION), currency or DEFAULT_CURRENCY)
    kinds = {
        f"experience/{kind.id}": kind.name[:1].lower() + kind.name[1:] for kind in catalog.experience_kinds.values()
    }
    return FieldAnswer(
        as_of=as_of,
        currency=payer.currency,
        ladders={ladder.id: ladder.name for ladder in catalog.ladders.values()},
        roles=tuple(MappedRole(r.id, r.name, r.summary, r.rank, tuple(r.niches)) for r in catalog.roles.values()),
        moves=moves,
        certifications=tuple(_certification(catalog, line, payer) for line in lines),
        levels=tuple(level.value for level in Level),
        niches={niche.id: niche.name for niche in catalog.niches.values()},
        names={**catalog.index.short_names("certifications"), **kinds},
        plan=plan,
        way=_way(plan, moves),
    )


def _way(plan: PlanAnswer | None, moves: Sequence[MappedMove]) -> WayThrough:
    if plan is None:
        return WayThrough()
    if not plan.plans:
        return WayThrough((plan.start,))
    best = plan.plans[0]
    renewed = dict.fromkeys(CertificationId(step.id) for step in best.steps if step.kind == "renew")
    kept = tuple(one for one in renewed if one not in best.certifications)
    return WayThrough(best.roles, best.certifications, kept, frozenset(_served(best, kept, moves)))


def _served(
    plan: DatedPlan, kept: tuple[CertificationId, ...], moves: Sequence[MappedMove]
) -> Iterator[tuple[str, str]]:
    """What is earned serves what its step says; what is kept serves every move of the way that names it."""
    for step in plan.steps:
        if step.kind == "earn":
            yield from ((step.id, role_of(reason.subject)) for reason in step.because)
    steps = set(zip(plan.roles, plan.roles[1:], strict=False))
    for move in moves:
        if (move.origin, move.into) in steps:
            yield from ((name, move.into) for name in move.names if name in kept)


def _moves(catalog: Catalog, as_of: date) -> Iterator[MappedMove]:
    """The moves that are open on *as_of*."""
    for ladder in catalog.ladders.values():
        for move in ladder.moves:
            rule = move.rules.on(as_of)
            if rule is not None and rule.status != "repealed":
                named = tuple(dict.fromkeys(certifications_in(rule.requires, waivers=False)))
                citation = cite(rule.provenance, catalog.sources)
                yield MappedMove(ladder.id, move.from_, move.to, move.lateral, rule.requires, named, citation)


def _certification(catalog: Catalog, line: CertificationLine, payer: Payer) -> MappedCertification:
    one, price = line.certification, line.price
    eligibility = one.eligibility.on(payer.on)
    requires = eligibility.requires if eligibility else None
    renewal, hours = _renewal(catalog, line, payer)
    amount = price.amount.value if price else None
    return MappedCertification(
        id=one.id,
        name=one.abbreviation or one.name,
        full_name=one.name,
        summary=one.summary,
        issuer=line.issuer,
        level=one.level.value,
        status=line.status,
        niches=tuple(one.niches),
        price=amount,
        price_of=price.what if price else "",
        price_citation=cite(price.amount.provenance, catalog.sources) if price else None,
        comparable=_in(catalog, amount, payer.currency, payer.on),
        renewal=renewal,
        hours_a_year=hours,
        renewal_citation=cite(line.rule.provenance, catalog.sources) if line.rule else None,
        requires=requires,
        builds_on=tuple(dict.fromkeys(certifications_in(requires))),
        url=one.url,
    )


def _in(catalog: Catalog, money: Money | None, currency: str, on: date) -> Fraction | None:
    if money is None:
        return None
    exchange = exchange_rate(money.currency, currency, on, catalog.rates)
    return Fraction(money.amount) * exchange[0] if exchange else None


def _renewal(catalog: Catalog, line: CertificationLine, payer: Payer) -> tuple[str, Fraction | None]:
    """How it is kept, in words of the rule, and the hours of credits a year that its usual route asks for."""
    terms, rule = renewal_terms(catalog, line.certification, payer), line.rule
    if rule is None or not terms.understood:
        return "unknown", None
    if rule.validity.kind == "lifetime":
        return "for life", Fraction(0)
    if terms.cycle_days is None or terms.hours is None:
        return rule.summary or rule.validity.kind, None
    return rule.summary or "in cycles", terms.hours * 12 / round(days_to_months(terms.cycle_days), 1)
