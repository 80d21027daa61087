"""Which certifications of a question renew one another or share fees, and what upkeep then costs at the very least.

The instance prices each certification's upkeep by itself. Joint effects only ever lower that, so an instance without
the payments that another certification could spare bounds every plan from below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Issuer
from pmcareer.model.ids import CertificationId
from pmcareer.planning.instance import All, AnyOf, Certification, Holds, Instance
from pmcareer.planning.problem import problem_of
from pmcareer.planning.requirements import IMPOSSIBLE
from pmcareer.renewals.scheme import members_of
from pmcareer.values import dataclass

Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Joined:
    """What certifications do for one another: ``renews`` by the one that renews, ``shares`` by what is paid once."""

    renews: Mapping[str, Names]
    shares: Mapping[str, Names]

    def spared_by(self, own: str) -> Names:
        """Those of which one could spare *own* a payment."""
        by = {other for other, renewed in self.renews.items() if own in renewed}
        return frozenset(by.union(*(group for group in self.shares.values() if own in group)) - {own})


def joined(catalog: Catalog, instance: Instance) -> Joined:
    """The joint effects among what is held and what may matter for the target."""
    names = frozenset(instance.start.holds) | frozenset(problem_of(instance).names)
    renews: dict[str, set[str]] = {}
    for own, others in _renewing(catalog, names):
        renews.setdefault(own, set()).update((others & names) - {own})
    shares: dict[str, set[str]] = {}
    for name in names:
        for what in _paid_once(catalog, CertificationId(name)):
            shares.setdefault(what, set()).add(name)
    return Joined(
        {own: frozenset(others) for own, others in sorted(renews.items()) if others},
        {what: frozenset(group) for what, group in sorted(shares.items()) if len(group) > 1},
    )


def _renewing(catalog: Catalog, names: Names) -> Iterator[tuple[str, Names]]:
    """(certification, what its award or renewal may renew), as far as it is one of *names*."""
    for issuer in _issuers(catalog, names):
        for cascade in issuer.cascades:
            yield from ((own, frozenset(cascade.renews)) for own in cascade.of if own in names)
        for group in issuer.groups:
            if group.aligned == "latest-exam":
                yield from ((own, frozenset(members_of(group))) for own in members_of(group) if own in names)
    for name in names:
        for rule in catalog.rules_of(catalog.certifications[CertificationId(name)]):
            yield from ((other, frozenset({name})) for route in rule.routes for other in route.certifications)


def _issuers(catalog: Catalog, names: Names) -> list[Issuer]:
    own = {catalog.certifications[CertificationId(name)].issuer for name in names}
    return [catalog.issuers[issuer] for issuer in sorted(own) if issuer in catalog.issuers]


def _paid_once(catalog: Catalog, name: CertificationId) -> Iterator[str]:
    """What its upkeep pays that others may pay too: fees of a group, and memberships."""
    for rule in catalog.rules_of(catalog.certifications[name]):
        yield from (fee.shared_in for fee in rule.fees if fee.shared_in)
        yield from (f"membership {route.needs_membership}" for route in rule.routes[:1] if route.needs_membership)


def at_least(instance: Instance, effects: Joined, last_day: int, latest: Names = frozenset()) -> Instance:
    """The instance with what upkeep costs at the very least, for plans that arrive by *last_day*.

    The same instance where nothing can be spared by then. Of a shared payment one member keeps its part: the dearest of
    those that nothing else renews. *latest* are certifications after which nothing that could spare them is earned: in
    each of their cycles somebody pays.
    """
    able = {name: entry for name, entry in instance.certifications.items() if entry.eligibility != IMPOSSIBLE}
    able = {name: entry for name, entry in able.items() if name not in instance.start.holds}
    live = frozenset(able) | frozenset(instance.start.holds)
    entries = dict(instance.certifications)
    for name, entry in able.items():
        spared = effects.spared_by(name) & live
        if spared and due_by(instance, entry, last_day) and not _keeps_its_part(name, effects, able, live):
            assert entry.renewal is not None  # noqa: S101 (something is due)
            least = _somebody_pays(name, spared, instance) if name in latest else Fraction(0)
            entries[name] = replace(entry, renewal=replace(entry.renewal, cost=least, dues=()))
    dues = {}
    for name, listed in instance.start.dues.items():
        soonest = min((_soonest(instance, able[x]) for x in effects.spared_by(name) if x in able), default=last_day + 1)
        dues[name] = tuple(due for due in listed if due[0] < soonest or due[0] > last_day)
    if dues == dict(instance.start.dues) and entries == dict(instance.certifications):
        return instance
    return replace(instance, certifications=entries, start=replace(instance.start, dues=dues))


def _somebody_pays(name: str, others: Names, instance: Instance) -> Fraction:
    """The least that one of them pays for a cycle, if nothing that is held pays for them all."""
    if others & instance.start.holds.keys():
        return Fraction(0)
    renewals = [instance.certifications[one].renewal for one in (name, *sorted(others))]
    return min((renewal.cost for renewal in renewals if renewal is not None), default=Fraction(0))


def component(names: Iterable[str], effects: Joined) -> Names:
    """*names* and all that is joined to them, over any number of steps."""
    found, waiting = set(names), [*names]
    while waiting:
        one = waiting.pop()
        near = {*effects.spared_by(one), *(other for other in found if one in effects.spared_by(other))}
        near |= effects.renews.get(one, frozenset())
        waiting += sorted(near - found)
        found |= near
    return frozenset(found)


def due_by(instance: Instance, entry: Certification, last_day: int) -> bool:
    """Whether anything could fall due for it by *last_day*."""
    payments = entry.renewal.payments if entry.renewal else ()
    first = min((day for day, cost in payments if cost), default=None)
    return first is not None and _soonest(instance, entry) + first <= last_day


def _soonest(instance: Instance, entry: Certification) -> int:
    """The first day on which it could be earned, by its study alone."""
    hours = min([entry.study_hours, *(variant.study_hours for variant in entry.variants)])
    days = -(-7 * hours // instance.hours_per_week) if instance.hours_per_week > 0 else 0
    return int(days) + entry.lead_days


def _keeps_its_part(name: str, effects: Joined, able: Mapping[str, Certification], live: Names) -> bool:
    """Whether its own payments are due whatever else is earned, or are put down to it alone."""
    if any(name in effects.renews.get(other, ()) for other in live):
        return False
    rivals = {other for group in effects.shares.values() if name in group for other in group & able.keys()}
    lasting = {r for r in rivals if not any(r in effects.renews.get(other, ()) for other in live)}
    return max(lasting, key=lambda r: (_yearly(able[r]), r)) == name


def _yearly(entry: Certification) -> Fraction:
    renewal = entry.renewal
    total = sum((cost for _, cost in renewal.payments), Fraction(0)) if renewal else Fraction(0)
    return total / renewal.cycle_days if renewal else total


def without(instance: Instance, barred: Iterable[str]) -> Instance:
    """The instance of someone who earns none of *barred*."""
    entries = dict(instance.certifications)
    for name in barred:
        entries[name] = replace(entries[name], eligibility=IMPOSSIBLE)
    return replace(instance, certifications=entries)


def with_any(instance: Instance, wanted: Iterable[str]) -> Instance:
    """The instance in which at least one of *wanted* has to be held on arrival."""
    held = AnyOf(tuple(Holds(name) for name in wanted))
    moves = tuple(
        replace(move, requires=All((move.requires, held) if move.requires else (held,)))
        if move.into == instance.target
        else move
        for move in instance.moves
    )
    return replace(instance, moves=moves)
