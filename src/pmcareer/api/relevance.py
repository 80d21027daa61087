"""What can matter for one question: the roles on a way to the target, and the certifications that those ways name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Certification
from pmcareer.model.ids import CertificationId, RoleId
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


def relevant_certifications(
    catalog: Catalog, start: RoleId, target: RoleId, on: date, also: Iterable[CertificationId] = ()
) -> frozenset[CertificationId]:
    """The certifications named by moves between *start* and *target*, and by the eligibility and waivers of those.

    *also* are wanted for their own sake. What satisfies a named one is named too.
    """
    roles = roles_between(catalog, start, target)
    named: set[CertificationId] = set()
    waiting: list[CertificationId] = [*also]
    for ladder in catalog.ladders.values():
        for move in ladder.moves:
            rule = move.rules.on(on)
            if rule is not None and {move.from_, move.to} <= roles:
                waiting.extend(certifications_in(rule.requires))
    while waiting:
        one = waiting.pop()
        if one not in named:
            named.add(one)
            waiting.extend(_named_by(catalog, one, on))
    return frozenset(named & catalog.certifications.keys())


def roles_between(catalog: Catalog, start: RoleId, target: RoleId) -> frozenset[RoleId]:
    """The roles that lie on some way of moves from *start* to *target*, both included."""
    moves = [(m.from_, m.to) for ladder in catalog.ladders.values() for m in ladder.moves]

    def reached(first: RoleId, neighbours: Callable[[RoleId], Iterable[RoleId]]) -> set[RoleId]:
        found, waiting = {first}, [first]
        while waiting:
            for role in neighbours(waiting.pop()):
                if role not in found:
                    found.add(role)
                    waiting.append(role)
        return found

    forwards = reached(start, lambda role: [b for a, b in moves if a == role])
    backwards = reached(target, lambda role: [a for a, b in moves if b == role])
    return frozenset((forwards & backwards) | {start, target})


def certifications_in(tree: Requirement | None) -> Iterator[CertificationId]:
    """Every certification that a requirement names, waivers of training included."""
    match tree:
        case All(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from certifications_in(part)
        case Holds(certification) | Held(certification) | HoldsEdition(certification, _):
            yield certification
        case Training(waived_by=waiver):
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
    yield from (c.id for c in catalog.certifications.values() if certification_id in c.satisfies)
