"""Keeping: what the renewal engine says of certifications held or planned, as the planner and its answers need it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from pmcareer.api.schemes import scheme_for
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, RegionId
from pmcareer.model.people import Holding, MembershipHeld, Profile
from pmcareer.renewals.answer import HoldingAnswer, assess
from pmcareer.renewals.foreseen import Award, Foreseen, foreseen_upkeep
from pmcareer.renewals.status import VALID, Status
from pmcareer.renewals.upkeep_costs import Exchange
from pmcareer.values import dataclass

COUNTS = VALID - {Status.NOTED} | {Status.GRACE, Status.UNKNOWN, Status.RETIRED, Status.NON_PRACTISING}
"""The statuses in which a holding counts where a requirement says `holds`.

What is noted as not current, suspended or expired was held: nothing is due for it, and by its rules mostly an exam
brings it back.
"""


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
    found, _ = what_is_held(catalog, Profile(memberships=memberships), holdings, as_of, region)
    return found


def what_is_held(
    catalog: Catalog,
    profile: Profile,
    holdings: Iterable[Holding],
    as_of: date,
    region: RegionId | None = None,
) -> tuple[dict[CertificationId, Standing], Keeping]:
    """The standing of each holding, and what foreseeing their upkeep takes; one without any date counts from today.

    *holdings* are those of the question; units and memberships are the profile's. Nothing let lapse is kept.
    """
    held = tuple(h if h.earned or h.events or h.issuer_says_expires else _earned_today(h, as_of) for h in holdings)
    scheme = scheme_for(catalog, [h.id for h in held])
    answer = assess(held, scheme, as_of, entries=profile.units, memberships=profile.memberships, region=region, years=1)
    found = {one.certification: _standing(one) for one in answer.holdings}
    keep = frozenset(h.id for h in held if not h.let_lapse and found[h.id].active)
    open_units = {one.certification for one in answer.holdings if one.cycle and not one.cycle.renewed}
    lacking = {own: units for own, units in answer.lacking().items() if own in open_units}
    return found, Keeping(as_of, held, keep, lacking, profile.memberships, region)


@dataclass(frozen=True, slots=True)
class Keeping:
    """What the renewal engine must know of a person to foresee upkeep.

    ``keep``: what will be renewed. ``lacking``: the units that the running cycles still lack.
    """

    as_of: date
    holdings: tuple[Holding, ...]
    keep: frozenset[CertificationId]
    lacking: Mapping[CertificationId, Fraction | None]
    memberships: tuple[MembershipHeld, ...]
    region: RegionId | None


def foreseen(
    catalog: Catalog, keeping: Keeping, until: date, currency: str, exchange: Exchange, awards: Sequence[Award] = ()
) -> Foreseen:
    """What keeping everything takes up to *until*, inclusive, with *awards* to come."""
    scheme = scheme_for(catalog, [*(h.id for h in keeping.holdings), *(award.certification for award in awards)])
    return foreseen_upkeep(
        keeping.holdings,
        scheme,
        keeping.as_of,
        until,
        keep=keeping.keep,
        awards=awards,
        lacking=keeping.lacking,
        memberships=keeping.memberships,
        region=keeping.region,
        currency=currency,
        exchange=exchange,
    )


def _earned_today(holding: Holding, as_of: date) -> Holding:
    return Holding(holding.id, earned=as_of, edition=holding.edition, let_lapse=holding.let_lapse)


def _standing(one: HoldingAnswer) -> Standing:
    active = one.status in COUNTS
    return Standing(active, one.status is not Status.UNKNOWN, one.status, one.expires)
