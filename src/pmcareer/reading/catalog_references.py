"""Ids that do not fit together: dangling ones, twins, and those that mean something else where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, IssuerId
from pmcareer.problems import Problems
from pmcareer.reading.findings import did_you_mean, nearest
from pmcareer.reading.scope import Reference

_NAMES = {
    "RoleId": "role",
    "CertificationId": "certification",
    "IssuerId": "issuer",
    "LadderId": "ladder",
    "SourceId": "source",
    "MembershipId": "membership",
    "ExperienceKindId": "kind of experience",
    "SkillId": "skill",
    "NicheId": "niche",
    "MethodId": "method",
    "SelectionModelId": "selection model",
    "RegionId": "region",
    "PayBandId": "pay band",
    "AssumptionId": "assumption",
    "RuleId": "renewal rule",
    "EditionId": "edition",
    "GroupId": "group",
}
# Where an id of each kind is defined; all other mentions refer to it.
_DEFINING = frozenset(
    {
        "Role.id",
        "Certification.id",
        "Issuer.id",
        "Ladder.id",
        "Source.id",
        "Membership.id",
        "ExperienceKind.id",
        "SkillDescription.id",
        "Niche.id",
        "Method.id",
        "SelectionModel.id",
        "RegionPay.region",
        "PayBand.id",
        "Assumption.id",
        "RenewalRule.id",
        "Edition.id",
        "RenewalGroup.id",
    }
)


# These are defined once in a file; files may use the same.
_LOCAL = frozenset({"EditionId", "GroupId"})


class Met:
    """The ids that were met: where each is defined, and to which document each mention belongs."""

    def __init__(self, references: Sequence[Reference]) -> None:
        self.references = references
        self.ids: dict[str, set[str]] = {}
        self.places: dict[tuple[str, str], Reference] = {}
        self._owners: dict[tuple[str, int], str] = {}
        for one in references:
            if one.field in _DEFINING:
                self.ids.setdefault(one.kind, set()).add(one.id)
                self.places.setdefault((one.kind, one.id), one)
            if one.field in ("Certification.id", "Certification.issuer", "Issuer.id"):
                self._owners.setdefault((one.kind, id(one.scope.context)), one.id)

    def of_field(self, field: str) -> Iterator[Reference]:
        """The mentions at one place of the model."""
        return (one for one in self.references if one.field == field)

    def is_defined(self, one: Reference) -> bool:
        """Whether its id is defined anywhere."""
        return one.id in self.ids.get(one.kind, ())

    def owner(self, kind: str, one: Reference) -> str:
        """The certification or the issuer to whose document a mention belongs; empty where there is none."""
        return self._owners.get((kind, id(one.scope.context)), "")


def check_references(catalog: Catalog, references: Iterable[Reference], problems: Problems) -> None:
    """Report each mention, in a document outside the catalog, of an id that *catalog* does not define."""
    defined = _defined(catalog)
    for one in references:
        if one.kind in defined and one.id not in defined[one.kind] and not _is_country(one):
            _report_dangling(one, defined[one.kind], problems)


def _defined(catalog: Catalog) -> dict[str, Collection[str]]:
    return {
        "RoleId": catalog.roles.keys(),
        "CertificationId": catalog.certifications.keys(),
        "IssuerId": catalog.issuers.keys(),
        "ExperienceKindId": catalog.experience_kinds.keys(),
        "SkillId": catalog.skills.keys(),
        "NicheId": catalog.niches.keys(),
        "MethodId": catalog.methods.keys(),
        "MembershipId": {m.id for issuer in catalog.issuers.values() for m in issuer.memberships},
    }


def check_ids(catalog: Catalog, met: Met, problems: Problems) -> None:
    """Report every id of the catalog that is defined twice, nowhere, or not where it is looked up."""
    _check_twins(met, problems)
    _check_dangling(met, problems)
    _check_rules(catalog, met, problems)
    _check_groups(catalog, met, problems)
    _check_editions(catalog, met, problems)


def _check_twins(met: Met, problems: Problems) -> None:
    first_in: dict[tuple[str, str, int], Reference] = {}
    for one in met.references:
        if one.field in _DEFINING:
            scope = id(one.scope.context) if one.kind in _LOCAL else 0
            first = first_in.setdefault((one.kind, one.id, scope), one)
            if first is not one:
                message = f"the {_NAMES[one.kind]} {one.id!r} is already defined in {first.at}"
                hint = "to change it write `extends:`; else choose another id: ids are shared by all layers"
                problems.add("catalog-duplicate-id", message, one.at, path=one.path, hint=hint)


def _check_dangling(met: Met, problems: Problems) -> None:
    for one in met.references:
        if one.kind not in _NAMES or met.is_defined(one) or _is_country(one):
            continue
        _report_dangling(one, met.ids.get(one.kind, ()), problems)


def _report_dangling(one: Reference, known: Iterable[str], problems: Problems) -> None:
    code = "catalog-source-unknown" if one.kind == "SourceId" else "catalog-dangling-id"
    near = nearest(one.id, known)
    hint = f"did you mean {near!r}?" if near else "define it, or mend the id"
    problems.add(code, f"there is no {_NAMES[one.kind]} {one.id!r}", one.at, path=one.path, hint=hint)


def _is_country(one: Reference) -> bool:
    """Two letters are a country, whether or not its pay is known."""
    return one.kind == "RegionId" and len(one.id) == 2 and one.id.isalpha()


def _check_rules(catalog: Catalog, met: Met, problems: Problems) -> None:
    """A certification's rules stand in its own file or in its issuer's."""
    for one in met.of_field("Certification.renewal"):
        certification = catalog.certifications.get(CertificationId(met.owner("CertificationId", one)))
        issuer = catalog.issuers.get(certification.issuer) if certification else None
        if certification is not None and issuer is not None:
            here = {rule.id for rule in (*certification.rules, *issuer.rules)}
            where = f"neither {certification.id!r} nor its issuer {issuer.id!r} defines the rule {one.id!r}"
            _report_elsewhere(one, here, where, met, problems)


def _check_groups(catalog: Catalog, met: Met, problems: Problems) -> None:
    """A fee is shared in a group of the rule's issuer."""
    for one in met.of_field("RenewalFee.shared_in"):
        issuer = catalog.issuers.get(IssuerId(met.owner("IssuerId", one)))
        if issuer is not None:
            message = f"the issuer {issuer.id!r} has no group {one.id!r}"
            _report_elsewhere(one, {group.id for group in issuer.groups}, message, met, problems)


def _check_editions(catalog: Catalog, met: Met, problems: Problems) -> None:
    """`holds_edition` names editions of the certification that it names."""
    asked = {_condition(one): one.id for one in met.of_field("HoldsEdition.certification")}
    for one in met.of_field("HoldsEdition.editions"):
        certification = catalog.certifications.get(CertificationId(asked.get(_condition(one), "")))
        if certification is not None:
            message = f"{certification.id!r} has no edition {one.id!r}"
            _report_elsewhere(one, {edition.id for edition in certification.editions}, message, met, problems)


def _condition(one: Reference) -> tuple[int, str]:
    """The condition of a requirement tree to which a mention belongs: its document and its path."""
    path = one.path
    return id(one.scope.context), path[: path.rindex("holds_edition.")]


def _report_elsewhere(one: Reference, here: Collection[str], message: str, met: Met, problems: Problems) -> None:
    """Report an id that is defined, but not here; one that is defined nowhere is reported as such."""
    if one.id not in here and met.is_defined(one):
        problems.add("catalog-dangling-id", message, one.at, path=one.path, hint=did_you_mean(one.id, here))
