"""Which certification a certificate is taken for: names as issuers and people write them, and how surely."""

from __future__ import annotations

import pytest
from tests.catalog.everything import catalog

from pmcareer.api.imports.background import level_of_degree
from pmcareer.api.imports.matching import match_certification
from pmcareer.api.imports.titles import Titles


@pytest.mark.parametrize(
    ("name", "issuer", "expected"),
    [
        ("Project Management Professional (PMP)®", "Project Management Institute", "pmp"),
        ("PMP - Project Management Professional", "PMI", "pmp"),
        ("PMI Agile Certified Practitioner (PMI-ACP)®", "Project Management Institute", "pmi-acp"),
        ("PRINCE2® 7 Foundation Certificate in Project Management", "PeopleCert", "prince2-foundation"),
        ("ITIL® 4 Foundation Certificate in IT Service Management", "AXELOS Global Best Practice", "itil-foundation"),
        ("ITIL 4", "PeopleCert", "itil-foundation"),
        ("ITIL 4 (Managing Professional)", "PeopleCert", "itil-mp"),
        ("CompTIA Network+ ce Certification", "CompTIA", "comptia-network-plus"),
        ("CompTIA Security+ SY0-701", "CompTIA", "comptia-security-plus"),
        ("Certified SAFe® 6 Agilist", "Scaled Agile, Inc.", "safe-sa"),
        ("Professional Scrum Master™ I (PSM I)", "Scrum.org", "psm-i"),
        ("Professional Scrum Master™ II (PSM II)", "Scrum.org", "psm-ii"),
        ("Certified ScrumMaster® (CSM®)", "Scrum Alliance, Inc.", "csm"),
        ("AWS Certified Solutions Architect – Associate", "Amazon Web Services Training and Certification", "aws-saa"),
        ("Microsoft Certified: Azure Fundamentals", "Microsoft", "az-900"),
        ("Google Project Management: Professional Certificate", "Google", "google-pm-certificate"),
        ("CISSP", "(ISC)²", "cissp"),
        ("PMP", "", "pmp"),
        ("Project Management Professional", "", "pmp"),
    ],
)
def test_names_as_they_are_written_are_sure(name: str, issuer: str, expected: str) -> None:
    match = match_certification(catalog(), name, issuer)
    assert (match.id, match.is_sure) == (expected, True)


@pytest.mark.parametrize(
    ("name", "issuer"),
    [
        ("PMP", "Some Academy"),  # a course of that name
        ("PRINCE2 Practitioner", "A training company"),
        ("Lean Six Sigma Green Belt", "Some Consultancy"),
        ("SAP", ""),  # a software, or a solutions architect
        ("Network", ""),
        ("Scrum Master", ""),
        ("CAPM/PMP", "PMI"),
        ("ITIL: Direct, Plan and Improve", "PeopleCert"),  # ITIL alone is the foundation
        ("ITIL 4: Direct, Plan and Improve", "PeopleCert"),
        ("Certified Sommelier", "Court of Sommeliers"),
        ("", ""),
        ("(((", ")))"),
        ("®™", ""),
        ("x" * 5000, "y" * 5000),
    ],
)
def test_what_may_be_something_else_is_not_taken(name: str, issuer: str) -> None:
    assert not match_certification(catalog(), name, issuer).is_sure


@pytest.mark.parametrize("own", sorted(catalog().certifications))
def test_every_certification_is_found_by_its_own_name_and_issuer(own: str) -> None:
    entry = next(one for one in catalog().certifications.values() if one.id == own)
    match = match_certification(catalog(), entry.name, catalog().issuers[entry.issuer].name)
    assert (match.id, match.confidence) == (own, 100)


def test_an_edition_in_the_name_is_the_edition() -> None:
    found = match_certification(catalog(), "CompTIA Network+ (N10-008)", "CompTIA")
    assert found.edition == "n10-008"
    assert match_certification(catalog(), "PRINCE2 7 Foundation", "PeopleCert").edition == "prince2-7"


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Project Manager", "project-manager"),
        ("Sr. Project Manager", "senior-project-manager"),
        ("IT Project Manager, Payments", "it-project-manager"),
        ("Program Manager - EMEA", "program-manager"),
        ("Scrum Master (contract)", "scrum-master"),
        ("Happiness Engineer", None),
        ("Project Manager / Bartender", None),
        ("Senior II", None),  # levels alone
        ("Sr./Jr. I", None),
    ],
)
def test_titles_are_roles_only_where_they_say_so(title: str, role: str | None) -> None:
    found = Titles(catalog(), {}).match(title)
    assert (found.id if found.is_sure else None) == role


@pytest.mark.parametrize(
    ("degree", "level"),
    [
        ("Bachelor of Science in Computer Science", "bachelor"),
        ("B.Sc. Computer Science", "bachelor"),
        ("BA, Graphic Design", "bachelor"),
        ("Master's degree, Project Management", "master"),
        ("MBA", "master"),
        ("M.Sc.", "master"),
        ("Ph.D., Physics", "doctorate"),
        ("Associate of Applied Science", "associate"),
        ("High School Diploma", "secondary"),
        ("Nanodegree", None),
        ("Mastering Excel", None),
        ("Online course", None),
        ("", None),
    ],
)
def test_degrees_say_their_level(degree: str, level: str | None) -> None:
    assert level_of_degree(degree) == level
