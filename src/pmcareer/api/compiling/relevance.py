"""What can matter for one question: the roles on a way to the target, and the certifications that those ways name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date

from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Certification
from pmcareer.model.ids import CertificationId, LadderId, NicheId, RoleId
from pmcareer.model.requirements import (
    All,
    AnyOf,
    AtLeast,
    Held,
    Holds,
    HoldsEdition,
    Requirement,
    Training,
)
from pmcareer.model.roles import Move


def relevant_certifications(
    catalog: Catalog,
    start: RoleId,
    target: RoleId,
    on: date,
    can_be_had: Callable[[CertificationId], bool],
    also: Iterable[CertificationId] = (),
) -> frozenset[CertificationId]:
    """The certifications named by moves between *start* and *target*, and by the eligibility and waivers of those.

    *also* are wanted for their own sake. What satisfies a named one is studied in its place only where the named one
    cannot be had (see docs/decisions/0010).
    """
    named: set[CertificationId] = set()
    waiting: list[CertificationId] = [*also]
    for _, move in moves_among(catalog, roles_between(catalog, start, target)):
        rule = move.rules.on(on)
        waiting.extend(certifications_in(rule.requires) if rule is not None else ())
    while waiting:
        one = waiting.pop()
        if one not in named:
            named.add(one)
            waiting.extend(_named_by(catalog, one, on))
            if not can_be_had(one):
                waiting.extend(catalog.index.satisfied_by(one))
    return frozenset(named & catalog.certifications.keys())


def serving(catalog: Catalog, niche: NicheId) -> tuple[CertificationId, ...]:
    """The certifications that serve a niche, by id."""
    return tuple(sorted(c.id for c in catalog.certifications.values() if niche in c.niches))


def roles_between(catalog: Catalog, start: RoleId, target: RoleId) -> frozenset[RoleId]:
    """The roles that lie on some way of moves from *start* to *target*, both included."""
    after: dict[RoleId, list[RoleId]] = {}
    before: dict[RoleId, list[RoleId]] = {}
    for _, origin, into in catalog.index.steps():
        after.setdefault(origin, []).append(into)
        before.setdefault(into, []).append(origin)
    return frozenset((_reached(start, after) & _reached(target, before)) | {start, target})


def _reached(first: RoleId, neighbours: Mapping[RoleId, Iterable[RoleId]]) -> set[RoleId]:
    found, waiting = {first}, [first]
    while waiting:
        for role in neighbours.get(waiting.pop(), ()):
            if role not in found:
                found.add(role)
                waiting.append(role)
    return found


def moves_among(catalog: Catalog, roles: Collection[RoleId]) -> Iterator[tuple[LadderId, Move]]:
    """The moves whose both ends are among *roles*, with their ladders, in the catalog's order."""
    steps = catalog.index.steps()
    ladders = dict.fromkeys(step.ladder for step in steps if step.origin in roles and step.into in roles)
    for ladder_id in ladders:
        for move in catalog.ladders[ladder_id].moves:
            if move.from_ in roles and move.to in roles:
                yield ladder_id, move


def certifications_in(tree: Requirement | None, *, waivers: bool = True) -> Iterator[CertificationId]:
    """Every certification that a requirement names; *waivers* of training included or not."""
    match tree:
        case All(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from certifications_in(part, waivers=waivers)
        case Holds(certification) | Held(certification) | HoldsEdition(certification, _):
            yield certification
        case Training(waived_by=waiver) if waivers:
            yield from certifications_in(waiver)
        case _:
            return


def _named_by(catalog: Catalog, certification_id: CertificationId, on: date) -> Iterator[CertificationId]:
    certification: Certification | None = catalog.certifications.get(certification_id)
    if certification is None:
        return
    eligibility = certification.eligibility.on(on)
    yield from certifications_in(eligibility.requires if eligibility else None)
    for course in certification.study.courses:
        yield from certifications_in(course.waived_by)
