"""Which assumption counts, on the shipped catalog: the person's, then the closest, with whose word it is."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from tests.catalog.everything import catalog

from pmcareer.api.plans.risk_assumptions import assumed_retakes, assumed_study, assumed_try, assumed_wait
from pmcareer.model.assumptions import OwnAssumptions, OwnForCertification, OwnStudyTime, OwnWait
from pmcareer.model.catalog import Catalog
from pmcareer.model.figures import Standing
from pmcareer.model.ids import CertificationId, RoleId

NOTHING = OwnAssumptions()
PMP, CAPM = CertificationId("pmp"), CertificationId("capm")
PRACTITIONER = CertificationId("prince2-practitioner")


def three(*values: int) -> tuple[Decimal, ...]:
    return tuple(Decimal(value) for value in values)


def test_what_is_published_counts_before_what_is_judged() -> None:
    published, judged = (assumed_try(catalog(), NOTHING, one) for one in (PRACTITIONER, CAPM))
    assert (published.percent, [one.standing for one in published.citations]) == (Decimal(73), [Standing.SECONDARY])
    assert (judged.percent, [one.standing for one in judged.citations]) == (Decimal(70), [Standing.JUDGEMENT])


def test_an_issuer_s_retake_rule_counts_before_the_usual_one() -> None:
    isaca = assumed_retakes(catalog(), NOTHING, CertificationId("cism"))
    assert (isaca.waits, isaca.tries, isaca.pause) == ((30, 90, 90), 4, 365)
    assert assumed_retakes(catalog(), NOTHING, PMP).tries == 3
    assert assumed_retakes(catalog(), NOTHING, CertificationId("csm")).free == 1
    assert assumed_retakes(catalog(), NOTHING, PRACTITIONER).waits == (30,)


def test_a_person_s_word_counts_first_and_the_closer_one_before_the_other() -> None:
    own = OwnAssumptions(
        first_try=Decimal(80),
        retake_days=10,
        certifications={PMP: OwnForCertification(first_try=Decimal(60), retake_days=45)},
    )
    assert [assumed_try(catalog(), own, one).percent for one in (PMP, PRACTITIONER)] == [60, 80]
    assert [assumed_retakes(catalog(), own, one).waits for one in (PMP, CAPM)] == [(45,), (10,)]
    assert assumed_try(catalog(), own, PMP).own
    # What the first price covers is the issuer's to say.
    assert assumed_retakes(catalog(), own, CertificationId("csm")).free == 1


def test_the_lower_end_of_the_catalog_s_hours_is_the_optimistic_value() -> None:
    """PMP: 100 to 200 hours of its own and a course of 35: at best (235 − 100) / 235 = 57.4 % of what is planned."""
    assert assumed_study(catalog(), NOTHING, PMP, Fraction(235)).estimates == (Decimal("57.4"), *three(100, 175))
    assert assumed_study(catalog(), NOTHING, PMP, Fraction(200)).estimates == three(50, 100, 175)
    # One's own hours have no lower end in the catalog.
    assert assumed_study(catalog(), NOTHING, PMP, None).estimates == three(75, 100, 175)
    own = OwnAssumptions(study_time=OwnStudyTime(*three(90, 100, 110)))
    assert assumed_study(catalog(), own, PMP, Fraction(200)).estimates == three(90, 100, 110)


def test_waits_by_role() -> None:
    own = OwnAssumptions(roles={RoleId("cto"): OwnWait(*three(6, 12, 36))})
    assert assumed_wait(catalog(), own, RoleId("cto")).estimates == three(6, 12, 36)
    assert assumed_wait(catalog(), own, RoleId("cio")).estimates == three(0, 3, 12)
    assert assumed_wait(catalog(), own, RoleId("volunteer-project-lead")).estimates == three(0, 1, 6)


def test_a_catalog_without_assumptions_assumes_no_uncertainty() -> None:
    bare = Catalog(certifications=catalog().certifications)
    assert assumed_study(bare, NOTHING, PRACTITIONER, None).estimates == three(100, 100, 100)
    assert assumed_wait(bare, NOTHING, RoleId("cto")).estimates == three(0, 0, 0)
    assert assumed_try(bare, NOTHING, PMP).percent == 100
