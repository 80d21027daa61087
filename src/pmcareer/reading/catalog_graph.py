"""The catalog as a graph: prerequisites that lead back to themselves, and roles to which no way leads."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Certification
from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.model.requirements import All, AnyOf, AtLeast, Held, Holds, HoldsEdition, Requirement
from pmcareer.problems import Problems
from pmcareer.reading.catalog_references import Met


def check_circles(catalog: Catalog, met: Met, problems: Problems) -> None:
    """Report certifications that nobody could ever earn, since what they ask for leads back to them."""
    locked = _never_earned(catalog)
    seen: set[CertificationId] = set()
    for certification_id in locked:
        circle = _circle(catalog, certification_id, locked)
        if circle and not seen & set(circle):
            seen.update(circle)
            way = " → ".join((*circle, certification_id))
            place = met.places["CertificationId", certification_id]
            message = f"what {certification_id!r} asks for leads back to itself: {way}"
            problems.add("catalog-prerequisite-circle", message, place.at, hint="one of them must be open to newcomers")


def _never_earned(catalog: Catalog) -> list[CertificationId]:
    """The certifications that stay out of reach of one who lacks nothing but certifications."""
    earned: set[CertificationId] = set()
    waiting = list(catalog.certifications.values())
    while True:
        reached = [c for c in waiting if _can_be_earned(c, earned)]
        if not reached:
            return [c.id for c in waiting]
        for certification in reached:
            earned.add(certification.id)
            earned.update(certification.satisfies)
        waiting = [c for c in waiting if c.id not in earned]


def _can_be_earned(certification: Certification, earned: Collection[CertificationId]) -> bool:
    """On some day: rules of any date count. A designation is conferred, not earned."""
    entries = certification.eligibility.entries
    return not entries or any(_can_be_met(entry.value.requires, earned) for entry in entries)


def _can_be_met(tree: Requirement | None, earned: Collection[CertificationId]) -> bool:
    match tree:
        case All(parts):
            return all(_can_be_met(part, earned) for part in parts)
        case AnyOf(parts):
            return any(_can_be_met(part, earned) for part in parts)
        case AtLeast(n, parts):
            return sum(_can_be_met(part, earned) for part in parts) >= n
        case Holds(certification) | Held(certification) | HoldsEdition(certification, _):
            return certification in earned
        case _:
            return True


def _circle(
    catalog: Catalog, start: CertificationId, locked: Collection[CertificationId]
) -> tuple[CertificationId, ...]:
    """A shortest way from *start* back to itself through locked certifications; empty where it only leads to one."""
    ways: list[tuple[CertificationId, ...]] = [(start,)]
    seen = {start}
    for way in ways:  # grows while it is walked
        for named in _named(catalog, way[-1]):
            if named == start:
                return way
            if named in locked and named not in seen:
                seen.add(named)
                ways.append((*way, named))
    return ()


def _named(catalog: Catalog, certification_id: CertificationId) -> Iterator[CertificationId]:
    for entry in catalog.certifications[certification_id].eligibility:
        yield from _certifications_in(entry.value.requires)


def _certifications_in(tree: Requirement | None) -> Iterator[CertificationId]:
    match tree:
        case All(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from _certifications_in(part)
        case Holds(certification) | Held(certification) | HoldsEdition(certification, _):
            yield certification
        case _:
            return


def check_reachable(catalog: Catalog, met: Met, problems: Problems) -> None:
    """Warn of roles into which no way leads from a role that people enter from outside."""
    reached = {role.id for role in catalog.roles.values() if role.entry_point}
    waiting = list(reached)
    after: dict[RoleId, list[RoleId]] = {}
    for step in catalog.index.steps():
        after.setdefault(step.origin, []).append(step.into)
    while waiting:
        for role in after.get(waiting.pop(), ()):
            if role not in reached:
                reached.add(role)
                waiting.append(role)
    for role_id in catalog.roles:
        if role_id not in reached:
            place = met.places["RoleId", role_id]
            hint = "add a move into it, or say `entry_point: true`"
            message = f"no way leads into the role {role_id!r}"
            problems.add("catalog-role-unreachable", message, place.at, hint=hint, severity="warning")
