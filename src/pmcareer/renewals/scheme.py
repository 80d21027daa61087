"""The parts of a catalog that renewals need, by certification: rules, cascades, groups, exceptions, prices, sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from pmcareer.model.certifications import Certification, Issuer, Membership
from pmcareer.model.ids import CertificationId, IssuerId, MembershipId
from pmcareer.model.renewal_rules import Cascade, Designation, OneOff, RenewalGroup, RenewalRule
from pmcareer.renewals.last_days import Sources
from pmcareer.renewals.subject import Subject, subject
from pmcareer.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Scheme:
    """What holds for a set of certifications, whoever issues them. ``rules`` are in each certification's own order."""

    certifications: Mapping[CertificationId, Certification] = field(default_factory=dict)
    rules: Mapping[CertificationId, tuple[RenewalRule, ...]] = field(default_factory=dict)
    groups: tuple[RenewalGroup, ...] = ()
    cascades: tuple[Cascade, ...] = ()
    designations: tuple[Designation, ...] = ()
    one_offs: tuple[OneOff, ...] = ()
    memberships: Mapping[MembershipId, Membership] = field(default_factory=dict)
    sources: Sources = field(default_factory=dict)

    def subject_on(self, certification: CertificationId, as_of: date) -> Subject:
        """One certification as seen on a day; KeyError where the scheme does not know it."""
        rules = self.rules.get(certification, ())
        return subject(self.certifications[certification], rules, as_of, self.sources, self.one_offs)


def scheme_of(
    certifications: Iterable[Certification], issuers: Iterable[Issuer], sources: Sources | None = None
) -> Scheme:
    """The scheme of these certifications and their issuers; rules are looked up in the file, then at the issuer."""
    known = {issuer.id: issuer for issuer in issuers}
    own = {certification.id: certification for certification in certifications}
    return Scheme(
        own,
        {id_: _rules(certification, known) for id_, certification in own.items()},
        groups=tuple(group for issuer in known.values() for group in issuer.groups),
        cascades=tuple(cascade for issuer in known.values() for cascade in issuer.cascades),
        designations=tuple(entry for issuer in known.values() for entry in issuer.designations),
        one_offs=tuple(one_off for issuer in known.values() for one_off in issuer.one_offs),
        memberships={entry.id: entry for issuer in known.values() for entry in issuer.memberships},
        sources=sources or {},
    )


def members_of(group: RenewalGroup) -> tuple[CertificationId, ...]:
    """Everything in a group: its members, and those of its tracks."""
    return (*group.members, *(member for track in group.tracks for member in track.members))


def _rules(certification: Certification, issuers: Mapping[IssuerId, Issuer]) -> tuple[RenewalRule, ...]:
    issuer = issuers.get(certification.issuer)
    by_id = {rule.id: rule for rule in (*(issuer.rules if issuer else ()), *certification.rules)}
    return tuple(by_id[rule] for rule in certification.renewal if rule in by_id)
