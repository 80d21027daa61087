"""Interactions: which certifications can change one another, so that a person's holdings of them are answered together.

Derived from the catalog, whatever its dates: what can never interact may be answered one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pmcareer.model.ids import CertificationId
from pmcareer.renewals.scheme import Scheme, members_of

Circles = Mapping[CertificationId, CertificationId]
"""For each certification that interacts the first one (by id) of its circle; those absent stand alone."""


def date_circles(scheme: Scheme) -> Circles:
    """Who can move whose dates: cascades, suites with one date, titles that are conferred, exams that renew others."""
    return _circles(scheme, _moving_dates(scheme))


def fee_circles(scheme: Scheme) -> Circles:
    """Who can change whose dates, units or fees: also those that share a fee or a joint requirement."""
    return _circles(scheme, (*_moving_dates(scheme), *_sharing(scheme)))


def circle_of(certification: CertificationId, circles: Circles) -> CertificationId:
    """The name of the circle; a certification that stands alone is its own."""
    return circles.get(certification, certification)


def _moving_dates(scheme: Scheme) -> Iterator[Sequence[CertificationId]]:
    for cascade in scheme.cascades:
        yield (*cascade.of, *cascade.renews)
    for group in scheme.groups:
        if group.aligned != "no":
            yield members_of(group)
    for designation in scheme.designations:
        yield (designation.certification, *designation.when_holding)
    for own, rules in scheme.rules.items():
        for route in (route for rule in rules for route in rule.routes):
            yield (own, *route.certifications)


def _sharing(scheme: Scheme) -> Iterator[Sequence[CertificationId]]:
    payers: dict[str, list[CertificationId]] = {}
    for own, rules in scheme.rules.items():
        for group in {fee.shared_in for rule in rules for fee in rule.fees if fee.shared_in}:
            payers.setdefault(group, []).append(own)
    yield from payers.values()
    yield from (members_of(group) for group in scheme.groups)


def _circles(scheme: Scheme, joined: Iterable[Sequence[CertificationId]]) -> Circles:
    """The connected parts of what is joined, without those of one member."""
    first = {own: own for own in scheme.certifications}

    def root(own: CertificationId) -> CertificationId:
        while first[own] != own:
            own = first[own]
        return own

    for members in joined:
        roots = sorted({root(own) for own in members if own in first})
        first.update((other, roots[0]) for other in roots[1:])
    named = {own: root(own) for own in first}
    sizes: dict[CertificationId, int] = {}
    for name in named.values():
        sizes[name] = sizes.get(name, 0) + 1
    return {own: name for own, name in sorted(named.items()) if sizes[name] > 1}
