"""Dangling ids: every id that a file mentions must be one that some file defines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from pmcareer.model.catalog import Catalog
from pmcareer.problems import Problems
from pmcareer.reading.scope import Reference

_NAMES = {
    "RoleId": "role",
    "CertificationId": "certification",
    "IssuerId": "issuer",
    "SourceId": "source",
    "MembershipId": "membership",
    "ExperienceKindId": "kind of experience",
    "SkillId": "skill",
    "NicheId": "niche",
    "MethodId": "method",
    "PayBandId": "pay band",
    "RuleId": "renewal rule",
}


def check_references(catalog: Catalog, references: Iterable[Reference], problems: Problems) -> None:
    """Report each reference of *references* to an id that *catalog* does not define."""
    defined = _defined(catalog)
    for reference in references:
        known = defined.get(reference.kind)
        if known is None or reference.id in known:
            continue
        code = "catalog-source-unknown" if reference.kind == "SourceId" else "catalog-dangling-id"
        near = get_close_matches(reference.id, known, n=1)
        hint = f"did you mean {near[0]}?" if near else "define it, or mend the id"
        message = f"there is no {_NAMES[reference.kind]} {reference.id!r}"
        problems.add(code, message, reference.at, path=reference.path, hint=hint)


def _defined(catalog: Catalog) -> dict[str, Collection[str]]:
    return {
        "RoleId": catalog.roles.keys(),
        "CertificationId": catalog.certifications.keys(),
        "IssuerId": catalog.issuers.keys(),
        "SourceId": catalog.sources.keys(),
        "ExperienceKindId": catalog.experience_kinds.keys(),
        "SkillId": catalog.skills.keys(),
        "NicheId": catalog.niches.keys(),
        "MethodId": catalog.methods.keys(),
        "MembershipId": {m.id for issuer in catalog.issuers.values() for m in issuer.memberships},
        "PayBandId": {band.id for region in catalog.pay.values() for band in region.bands},
        "RuleId": set(_rule_ids(catalog)),
    }


def _rule_ids(catalog: Catalog) -> Iterator[str]:
    for issuer in catalog.issuers.values():
        yield from (rule.id for rule in issuer.rules)
    for certification in catalog.certifications.values():
        yield from (rule.id for rule in certification.rules)
