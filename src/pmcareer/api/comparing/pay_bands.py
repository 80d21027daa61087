"""Pay bands: the percentiles behind the pay of several roles, each figure with who says so."""

from __future__ import annotations

from collections.abc import Iterable

from pmcareer.api.catalog.pay import band_of
from pmcareer.api.plans.dating import role_name
from pmcareer.model.catalog import Catalog
from pmcareer.model.figures import Figure
from pmcareer.model.ids import RegionId, RoleId
from pmcareer.model.sources import Citation, cite
from pmcareer.money import Money
from pmcareer.values import dataclass

PERCENTS = (10, 25, 50, 75, 90)


@dataclass(frozen=True, slots=True)
class PayPoint:
    """Pay a year that so many percent of the people counted do not exceed; ``amount`` None: not published."""

    percent: int
    amount: Money | None
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class PayOfRole:
    """The band that serves for a role's pay: its occupation, how well that fits, and its points, lowest first.

    ``points`` is empty where no band is matched to the role: its pay is unknown.
    """

    role: RoleId
    role_name: str
    band: str = ""
    period: str = ""
    match: str = ""
    points: tuple[PayPoint, ...] = ()

    def at(self, percent: int) -> Money | None:
        """The pay at one of ``PERCENTS``."""
        return next((point.amount for point in self.points if point.percent == percent), None)


def pay_bands(catalog: Catalog, roles: Iterable[RoleId], region: RegionId) -> tuple[PayOfRole, ...]:
    """The bands of *roles*, each role once, in their order."""
    return tuple(_band(catalog, role, region) for role in dict.fromkeys(roles))


def _band(catalog: Catalog, role: RoleId, region: RegionId) -> PayOfRole:
    name = role_name(catalog, role)
    found = band_of(catalog, role, region)
    if found is None or found[0].percentiles is None:
        return PayOfRole(role, name)
    band, match = found
    figures: list[Figure[Money] | None] = [getattr(band.percentiles, f"p{percent}") for percent in PERCENTS]
    points = tuple(_point(catalog, *pair) for pair in zip(PERCENTS, figures, strict=True))
    return PayOfRole(role, name, band.name, band.period, match.match, points)


def _point(catalog: Catalog, percent: int, figure: Figure[Money] | None) -> PayPoint:
    if figure is None or figure.value is None:
        return PayPoint(percent, None, None)
    return PayPoint(percent, figure.value, cite(figure.provenance, catalog.sources))
