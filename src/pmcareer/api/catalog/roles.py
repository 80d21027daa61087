"""What surrounds a role in the catalog: the ways into it and out of it, and the published pay that serves for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import LadderId, RegionId, RoleId
from pmcareer.model.pay import PayBand, RolePay
from pmcareer.model.roles import Move, MoveRule, Role
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class Way:
    """A move of a ladder, with the rule in force on the as-of date (None: no rule of it has begun)."""

    ladder: LadderId
    origin: RoleId
    into: RoleId
    lateral: bool
    rule: MoveRule | None


@dataclass(frozen=True, slots=True)
class RolePayBand:
    """A pay band of a region that serves for the role, and how well it fits."""

    region: RegionId
    band: PayBand
    match: RolePay


@dataclass(frozen=True, slots=True)
class RoleSurroundings:
    """The ways in and out, in the catalog's order, and the pay, by region and newest first."""

    ways_in: tuple[Way, ...]
    ways_out: tuple[Way, ...]
    pay: tuple[RolePayBand, ...]


def surroundings_of(catalog: Catalog, role: Role, as_of: date) -> RoleSurroundings:
    """What surrounds *role* on *as_of*."""
    ways = tuple(_ways(catalog, role.id, as_of))
    return RoleSurroundings(
        ways_in=tuple(way for way in ways if way.into == role.id),
        ways_out=tuple(way for way in ways if way.origin == role.id),
        pay=tuple(_pay(catalog, role.id)),
    )


def _ways(catalog: Catalog, role: RoleId, as_of: date) -> Iterator[Way]:
    ladders = dict.fromkeys(step.ladder for step in catalog.index.steps() if role in (step.origin, step.into))
    for ladder in ladders:
        for move in catalog.ladders[ladder].moves:
            if role in (move.from_, move.to):
                yield _way(ladder, move, as_of)


def _way(ladder: LadderId, move: Move, as_of: date) -> Way:
    return Way(ladder, move.from_, move.to, move.lateral, move.rules.on(as_of))


def _pay(catalog: Catalog, role: RoleId) -> Iterator[RolePayBand]:
    for region in sorted(catalog.pay):
        found = sorted(catalog.index.pay_of(role, region), key=lambda pair: (not pair[1].primary, -pair[0].year))
        for band, match in found:
            yield RolePayBand(region, band, match)
