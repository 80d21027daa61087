"""Keeping: what the renewal engine says of certifications held or planned, as the planner and its answers need it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Issuer
from pmcareer.model.ids import CertificationId, RegionId
from pmcareer.model.people import Holding, MembershipHeld
from pmcareer.renewals.answer import HoldingAnswer, assess
from pmcareer.renewals.histories import cycles_of
from pmcareer.renewals.scheme import Scheme, members_of, scheme_of
from pmcareer.renewals.status import Status
from pmcareer.values import dataclass

_USABLE = {Status.GRACE, Status.UNKNOWN, Status.RETIRED, Status.NON_PRACTISING}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a holding is worth on the as-of day.

    ``active``: it counts where a requirement says `holds`. ``sure``: the engine could tell. ``last_day`` is the last
    day up to which it is valid (None: without end, or not known).
    """

    active: bool
    sure: bool
    status: Status
    last_day: date | None


def standings(
    catalog: Catalog,
    holdings: Iterable[Holding],
    as_of: date,
    memberships: tuple[MembershipHeld, ...] = (),
    region: RegionId | None = None,
) -> dict[CertificationId, Standing]:
    """The standing of each holding; one without any date is taken as earned today."""
    held = [h if h.earned or h.events or h.issuer_says_expires else _earned_today(h, as_of) for h in holdings]
    scheme = scheme_for(catalog, [h.id for h in held])
    answer = assess(held, scheme, as_of, memberships=memberships, region=region, years=1)
    return {one.certification: _standing(one) for one in answer.holdings}


def renewal_day(catalog: Catalog, holding: Holding, as_of: date, number: int) -> date | None:
    """The last day of the *number*-th cycle that ends after *as_of* (1: the first), if each before it is renewed.

    For a certification yet to be earned *as_of* is the day it is earned. None where the engine knows no such day.
    """
    certification = catalog.certifications[holding.id]
    issuer = catalog.issuers.get(certification.issuer)
    cycles = cycles_of(
        certification,
        catalog.rules_of(certification),
        holding,
        as_of,
        years=60,
        sources=catalog.sources,
        one_offs=issuer.one_offs if issuer else (),
    )
    ends = [c.last_day for c in cycles if c.last_day and c.last_day >= as_of and not c.renewed]
    return ends[number - 1] if number <= len(ends) else None


def anchor_day(last_day: date, cycle_days: int, as_of: date) -> int:
    """The instance's day of award (0 or negative) from which cycles end where the running one really ends.

    The planner's cycle ends on award + cycle; the engine's last day is taken for that end.
    """
    return min(0, (last_day - as_of).days - cycle_days)


def scheme_for(catalog: Catalog, held: Sequence[CertificationId]) -> Scheme:
    """What renewals need of the catalog for these certifications: their issuers and all that these join together."""
    own = {catalog.certifications[c].issuer for c in held}
    issuers = [catalog.issuers[i] for i in sorted(own) if i in catalog.issuers]
    named = {*held, *(c for issuer in issuers for c in _joined_by(issuer))}
    return scheme_of((catalog.certifications[c] for c in sorted(named)), issuers, catalog.sources)


def _earned_today(holding: Holding, as_of: date) -> Holding:
    return Holding(holding.id, earned=as_of, edition=holding.edition, let_lapse=holding.let_lapse)


def _standing(one: HoldingAnswer) -> Standing:
    active = one.valid or one.status in _USABLE
    return Standing(active, one.status is not Status.UNKNOWN, one.status, one.expires)


def _joined_by(issuer: Issuer) -> Iterator[CertificationId]:
    for group in issuer.groups:
        yield from members_of(group)
    for cascade in issuer.cascades:
        yield from (*cascade.of, *cascade.renews)
    for designation in issuer.designations:
        yield from (designation.certification, *designation.when_holding)
