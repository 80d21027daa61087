"""What is held on day 0, as an instance needs it: what still counts, until when, and what keeping it costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from pmcareer.api.compiling.prices import InCurrency, Prices
from pmcareer.api.compiling.questions import Assumption, PlanRequest, Situation
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId
from pmcareer.model.people import Holding, MembershipHeld
from pmcareer.renewals.status import Status
from pmcareer.values import dataclass, field

if TYPE_CHECKING:  # brings the whole renewal engine; only holdings need it
    from pmcareer.api.compiling.keeping import Keeping, Standing

_LOST = {Status.NOTED: "only noted as not current", Status.SUSPENDED: "suspended, and renewing it is not planned"}

_FEW = 3  # certifications that can be named in a line


@dataclass(slots=True)
class Held:
    """The holdings of one person. ``assumed`` fills with what is taken for granted about them."""

    catalog: Catalog
    request: PlanRequest
    situation: Situation
    assumed: dict[Assumption, None]
    standings: Mapping[CertificationId, Standing] = field(init=False)
    keeping: Keeping | None = field(init=False)

    def __post_init__(self) -> None:
        self.standings, self.keeping = self._what_is_held()

    def is_active(self, certification: CertificationId) -> bool:
        """Whether it is held and counts on day 0."""
        return certification in self.standings and self.standings[certification].active

    def _what_is_held(self) -> tuple[Mapping[CertificationId, Standing], Keeping | None]:
        """Nothing to assess where nothing is held: then the renewal engine need not even be loaded."""
        situation = self.situation
        if not situation.holdings:
            return {}, None
        from pmcareer.api.compiling.keeping import what_is_held

        profile = replace(self.request.profile, memberships=self.memberships())
        return what_is_held(self.catalog, profile, situation.holdings, situation.as_of, situation.region)

    def memberships(self) -> tuple[MembershipHeld, ...]:
        """Those of the profile with their dates, and others that were named without any."""
        dated = self.request.profile.memberships
        named = sorted(self.situation.memberships - {held.id for held in dated})
        return (*dated, *(MembershipHeld(membership) for membership in named))

    def active(self) -> list[Holding]:
        """What is held and still counts; what has lapsed is as if never held, but for `held`."""
        active = []
        for holding in self.situation.holdings:
            standing = self.standings.get(holding.id)
            if standing is None or standing.active:
                active.append(holding)
            else:
                text = f"{holding.id} no longer counts: it is {_LOST.get(standing.status, standing.status.value)}"
                if others := self._reviving(holding.id):
                    text += f"; earning {' or '.join(others)} would bring it back, which is not weighed here"
                self.assumed.setdefault(Assumption(text, f"its renewals in a profile, or --hold {holding.id}:DATE"))
            if standing is not None and not standing.sure:
                text = f"{holding.id} is taken as active: its renewal rule is not known"
                self.assumed.setdefault(Assumption(text))
        return active

    def _reviving(self, lapsed: CertificationId) -> tuple[str, ...]:
        """Other certifications whose award brings back one that is over; where they are many, only that there are."""
        issuer = self.catalog.issuers[self.catalog.certifications[lapsed].issuer]
        cascades = (c for c in issuer.cascades if c.revives_expired and c.when != "renewed" and lapsed in c.renews)
        others = tuple(dict.fromkeys(own for one in cascades for own in one.of if own != lapsed))
        return others if len(others) <= _FEW else ("another certification of its suite",)

    def runs(self, holding: Holding) -> bool:
        """Whether the holding runs in cycles and is kept: an old award may last for life where a new one ends."""
        standing = self.standings.get(holding.id)
        return not holding.let_lapse and (standing is None or standing.status is not Status.LIFETIME)

    def lapses(self, holding: Holding) -> bool:
        """Whether it is let lapse and will."""
        standing = self.standings.get(holding.id)
        return holding.let_lapse and (standing is None or standing.status is not Status.LIFETIME)

    def counts_to(self, holding: Holding) -> int:
        """The last day on which a certification let lapse counts; -1 where that is over, or not known."""
        standing = self.standings.get(holding.id)
        last = standing.last_day if standing else None
        return -1 if last is None else max(-1, (last - self.situation.as_of).days)

    def earned_day(self, holding: Holding) -> int:
        """The instance's day of award; what falls due to keep it is listed by day beside it."""
        as_of = self.situation.as_of
        first = min((event.on for event in holding.events), default=as_of)
        return min(0, ((holding.earned or first) - as_of).days)

    def dues(self, last_day: int, prices: Prices) -> dict[str, tuple[tuple[int, Fraction], ...]]:
        """What falls due up to *last_day* to keep what is held, as the renewal engine foresees it, by certification."""
        if self.keeping is None:
            return {}
        from pmcareer.api.compiling.keeping import foreseen

        as_of = self.situation.as_of
        until = as_of + timedelta(days=last_day)
        exchange = InCurrency(self.catalog.rates, prices.payer)
        dues: dict[str, dict[int, Fraction]] = {h.id: {} for h in self.active() if not self.lapses(h)}
        for step in foreseen(self.catalog, self.keeping, until, prices.payer.currency, exchange).steps:
            if step.certification in dues:
                cost = sum((prices.priced(step.certification, x.what, x.amount) for x in step.lines), Fraction(0))
                dues[step.certification][(step.on - as_of).days] = cost
        return {name: tuple(sorted(costs.items())) for name, costs in dues.items()}
