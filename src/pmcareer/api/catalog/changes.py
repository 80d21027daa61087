"""What changes after a day: rules, prices, lifecycles and moves whose dates lie ahead, as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any, Literal

from pmcareer.dates import ONE_DAY
from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Certification, Edition, Issuer
from pmcareer.model.figures import Provenance
from pmcareer.model.renewal_rules import RenewalRule, UntilReleaseRetires
from pmcareer.timeline import Timeline
from pmcareer.values import dataclass

ChangeKind = Literal[
    "lifecycle", "eligibility", "exam", "edition", "price", "rule", "release", "fee", "membership-price", "move"
]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is another from ``on`` on. ``part`` says which part of the entry; values are the model's own.

    ``before`` None: there was none; ``after`` None: it ends.
    """

    on: date
    kind: ChangeKind
    entry: str
    part: str
    before: Any
    after: Any
    provenance: Provenance


def changes_after(catalog: Catalog, since: date) -> tuple[Change, ...]:
    """All changes that take effect after *since*, by their days."""
    found = [change for change in _changes(catalog) if change.on > since]
    return tuple(sorted(found, key=lambda change: (change.on, change.kind, change.entry, change.part)))


def _changes(catalog: Catalog) -> Iterator[Change]:
    for certification in catalog.certifications.values():
        yield from _certification(certification)
        yield from _rules(certification.id, certification.rules)
    for issuer in catalog.issuers.values():
        yield from _issuer(issuer)
        yield from _rules(issuer.id, issuer.rules)
    for ladder in catalog.ladders.values():
        for move in ladder.moves:
            yield from _timeline("move", ladder.id, f"{move.from_} → {move.to}", move.rules)


def _certification(certification: Certification) -> Iterator[Change]:
    id_ = certification.id
    yield from _timeline("lifecycle", id_, "", certification.lifecycle)
    yield from _timeline("eligibility", id_, "", certification.eligibility)
    yield from _timeline("exam", id_, "", certification.exam)
    for edition in certification.editions:
        yield from _edition(id_, edition)
    for price in certification.prices:
        part = ", ".join(filter(None, (price.pays_for, price.tier, price.region)))
        yield from _span("price", id_, part, price, price.from_, price.until)


def _edition(certification: str, edition: Edition) -> Iterator[Change]:
    first = edition.from_.value if edition.from_ else None
    last = edition.until.value if edition.until else None
    yield from _span("edition", certification, edition.id, edition, first, last)


def _issuer(issuer: Issuer) -> Iterator[Change]:
    for membership in issuer.memberships:
        for price in membership.prices:
            part = ", ".join(filter(None, (membership.id, price.region)))
            yield from _span("membership-price", issuer.id, part, price, price.from_, price.until)


def _rules(owner: str, rules: Iterable[RenewalRule]) -> Iterator[Change]:
    """A rule changes something on the day from which it is known, and on the day from which holdings come under it."""
    for rule in rules:
        yield from _span("rule", owner, f"{rule.id}: in force", rule, rule.in_force.from_, rule.in_force.until)
        applies = f"{rule.id}: by {rule.applies_to.by}"
        yield from _span("rule", owner, applies, rule, rule.applies_to.from_, rule.applies_to.until)
        if isinstance(rule.validity, UntilReleaseRetires):
            for release in rule.validity.releases:
                if release.retired.value is not None:
                    provenance = release.retired.provenance
                    yield Change(release.retired.value, "release", owner, release.edition, release, None, provenance)
        for fee in rule.fees:
            part = ", ".join(filter(None, (rule.id, fee.tier, fee.region)))
            yield from _span("fee", owner, part, fee, fee.from_, fee.until)


def _timeline(kind: ChangeKind, entry: str, part: str, timeline: Timeline[Any]) -> Iterator[Change]:
    for before, after in pairwise(timeline):
        if after.start is not None:
            yield Change(after.start, kind, entry, part, before.value, after.value, after.value.provenance)


def _span(
    kind: ChangeKind, entry: str, part: str, value: Any, first: date | None, last: date | None
) -> Iterator[Change]:
    """The days on which something begins to hold, and on which it no longer does."""
    if first is not None:
        yield Change(first, kind, entry, part, None, value, value.provenance)
    if last is not None and last < date.max:
        yield Change(last + ONE_DAY, kind, entry, part, value, None, value.provenance)
