"""Renewals inside plans, over the shipped catalog; every figure is worked by hand from the issuers' rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from pmcareer.api.compiling.questions import PlanRequest
from pmcareer.api.loading import load_catalog
from pmcareer.api.plans.answers import DatedPlan
from pmcareer.api.plans.planning import answer_plan
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, MembershipId, RoleId
from pmcareer.model.people import EventKind, Holding, HoldingEvent, MembershipHeld, Profile

AS_OF = date(2026, 11, 23)
Row = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def held(name: str, earned: date, *renewed: date) -> Holding:
    return Holding(CertificationId(name), earned=earned, renewed=renewed)


def planned(
    catalog: Catalog,
    to: str,
    start: str,
    holdings: Sequence[Holding],
    *,
    require: Sequence[str] = (),
    lapse: Sequence[str] = (),
    members: Sequence[MembershipHeld] = (),
) -> DatedPlan:
    request = PlanRequest(
        RoleId(to),
        AS_OF,
        from_=RoleId(start),
        require=frozenset(CertificationId(name) for name in require),
        let_lapse=frozenset(CertificationId(name) for name in lapse),
        profile=Profile(certifications=tuple(holdings), memberships=tuple(members)),
    )
    (plan,) = answer_plan(catalog, request).plans
    return plan


def dues(plan: DatedPlan) -> list[Row]:
    """Day, certification, cost and hours (a fee alone has none) of everything that falls due."""
    return [
        (step.end.isoformat(), step.id, str(step.cost), "fee" if step.fee_only else str(step.hours))
        for step in plan.steps
        if step.kind == "renew"
    ]


def test_cissp_and_cism_pay_each_year_and_renew_on_the_engines_days(catalog: Catalog) -> None:
    """CISSP of 10 March 2024: three years, the last day 9 March 2027, 120 CPE, 135 USD a year on each anniversary of
    the first award (the one on the day after the end is due on the end). CISM of 5 May 2025: ISACA's cycle is three
    calendar years, 85 USD by each 31 December, 120 CPE of 50 minutes = 100 h by the end of 2028.
    """
    plan = planned(
        catalog,
        "project-manager",
        "project-coordinator",
        [held("cissp", date(2024, 3, 10)), held("cism", date(2025, 5, 5))],
    )
    assert [row for row in dues(plan) if row[0] < "2029-04-01"] == [
        ("2026-12-31", "cism", "85 USD", "fee"),
        ("2027-03-09", "cissp", "135 USD", "120"),
        ("2027-12-31", "cism", "85 USD", "fee"),
        ("2028-03-10", "cissp", "135 USD", "fee"),
        ("2028-12-31", "cism", "85 USD", "100"),
        ("2029-03-10", "cissp", "135 USD", "fee"),
    ]


def test_what_was_renewed_early_is_not_charged_again(catalog: Catalog) -> None:
    """A PMP of 10 March 2024 lasts to 9 March 2027. Renewed in October 2026, it lasts to 9 March 2030: that is the
    first payment."""
    plan = planned(catalog, "program-manager", "project-manager", [held("pmp", date(2024, 3, 10), date(2026, 10, 1))])
    assert dues(plan)[0] == ("2030-03-09", "pmp", "150 USD", "60")


def test_an_early_renewal_more_than_a_cycle_ahead(catalog: Catalog) -> None:
    """PMI lets a cycle be renewed once: a second renewal before the next begins changes nothing (decision 0031). What
    the issuer itself says wins, however far ahead: valid to 9 March 2033, the first payment falls on that day."""
    holding = Holding(CertificationId("pmp"), earned=date(2024, 3, 10), issuer_says_expires=date(2033, 3, 9))
    plan = planned(catalog, "program-manager", "project-manager", [holding])
    assert dues(plan)[0] == ("2033-03-09", "pmp", "150 USD", "60")


def test_joint_units_are_earned_once(catalog: Catalog) -> None:
    """PMP to 14 June 2027, PMI-ACP to 4 May 2028; 150 USD each. The PMP's next cycle begins on 15 June 2027.

    The 60 hours of June 2027 lie within the ACP's cycle, so its 30 are among them. The PMP's next 60 are new.
    """
    plan = planned(
        catalog,
        "program-manager",
        "project-manager",
        [held("pmp", date(2024, 6, 15)), held("pmi-acp", date(2025, 5, 5))],
    )
    assert dues(plan)[:3] == [
        ("2027-06-14", "pmp", "150 USD", "60"),
        ("2028-05-04", "pmi-acp", "150 USD", "0"),
        ("2030-06-14", "pmp", "150 USD", "60"),
    ]


def test_members_pay_member_prices(catalog: Catalog) -> None:
    member = MembershipHeld(MembershipId("pmi"))
    plan = planned(catalog, "program-manager", "project-manager", [held("pmp", date(2024, 6, 15))], members=[member])
    assert dues(plan)[0] == ("2027-06-14", "pmp", "60 USD", "60")


def test_a_higher_comptia_certification_renews_the_lower_and_says_so(catalog: Catalog) -> None:
    """Network+ of 10 March 2025 would last to 10 March 2028, with 50 USD a year. Security+ (90 h at 6 a week minus what
    Network+ takes, and the exam) is earned before 10 March 2027, the next payment: from then on both end three years
    after that day, and only the Security+ pays its 50 USD, on each anniversary of it.
    """
    plan = planned(
        catalog,
        "it-project-manager",
        "project-coordinator",
        [held("comptia-network-plus", date(2025, 3, 10))],
        require=["comptia-security-plus"],
    )
    earned = next(step for step in plan.steps if step.kind == "earn" and step.id == "comptia-security-plus")
    assert AS_OF < earned.end < date(2027, 3, 10)
    anniversaries = [earned.end.replace(year=earned.end.year + n) for n in (1, 2)]
    assert dues(plan) == [
        (day.isoformat(), "comptia-security-plus", "50 USD", "fee") for day in anniversaries if day <= plan.arrives
    ]
    (reason,) = [reason for reason in earned.because if reason.serves == "renewal"]
    assert reason.subject == "comptia-network-plus"
    assert reason.until == earned.end.replace(year=earned.end.year + 3)


def test_three_of_a_comptia_ladder_pay_once_on_the_highest(catalog: Catalog) -> None:
    """A+, Network+ and Security+ held, each renewing the lower: all end with the Security+ of 10 March 2025, on
    10 March 2028. 50 USD a year in all, and 50 CEU once, on the Security+."""
    ladder = [
        held("comptia-a-plus", date(2024, 3, 1)),
        held("comptia-network-plus", date(2024, 9, 1)),
        held("comptia-security-plus", date(2025, 3, 10)),
    ]
    plan = planned(catalog, "project-manager", "project-coordinator", ladder)
    assert dues(plan)[:4] == [
        ("2027-03-10", "comptia-security-plus", "50 USD", "fee"),
        ("2028-03-10", "comptia-security-plus", "50 USD", "50"),
        ("2029-03-10", "comptia-security-plus", "50 USD", "fee"),
    ]


def test_a_scrum_alliance_track_pays_one_fee(catalog: Catalog) -> None:
    """CSM of January and A-CSM of 1 June 2026: earning the A-CSM moves the CSM to its own end, 31 May 2028. One fee,
    that of the higher (175 USD), and its 30 SEU; the CSM asks for nothing by itself."""
    plan = planned(
        catalog, "agile-coach", "scrum-master", [held("csm", date(2026, 1, 10)), held("a-csm", date(2026, 6, 1))]
    )
    assert dues(plan)[0] == ("2028-05-31", "a-csm", "175 USD", "30")
    assert {row[1] for row in dues(plan)} == {"a-csm"}


def test_a_renewal_due_on_the_day_of_arrival_counts_and_one_the_day_after_does_not(catalog: Catalog) -> None:
    """From junior project manager the move is open after 183 days: 25 May 2027. A last day is the last day on which
    renewing is in time: a PMP that is valid through that day is renewed on it, one valid a day longer is not."""
    brought = {"project-work": Decimal(40), "leading-projects": Decimal(13)}
    for last_day, due in ((date(2027, 5, 25), 1), (date(2027, 5, 26), 0)):
        holding = Holding(
            CertificationId("pmp"),
            events=(HoldingEvent(date(2024, 5, 26), EventKind.AWARDED),),
            issuer_says_expires=last_day,
        )
        request = PlanRequest(
            RoleId("project-manager"),
            AS_OF,
            from_=RoleId("junior-project-manager"),
            experience=brought,  # type: ignore[arg-type]
            profile=Profile(certifications=(holding,)),
        )
        (plan,) = answer_plan(catalog, request).plans
        assert plan.arrives == date(2027, 5, 25)
        assert len(dues(plan)) == due


def test_what_is_let_lapse_counts_to_its_last_valid_day(catalog: Catalog) -> None:
    """The PMP of 15 June 2024 is valid through 14 June 2027. The move needs a certification after 183 days (25 May
    2027), which it still is; after a year (23 November 2027) it is not, and something else must be earned."""
    brought = {"project-work": Decimal(40), "leading-projects": Decimal(13)}
    holding = held("pmp", date(2024, 6, 15))

    def ask(start: str) -> DatedPlan:
        request = PlanRequest(
            RoleId("project-manager"),
            AS_OF,
            from_=RoleId(start),
            experience=brought,  # type: ignore[arg-type]
            let_lapse=frozenset({holding.id}),
            profile=Profile(certifications=(holding,)),
        )
        (plan,) = answer_plan(catalog, request).plans
        return plan

    early, late = ask("junior-project-manager"), ask("assistant-project-manager")
    assert early.arrives == date(2027, 5, 25) and not early.certifications and not dues(early)
    assert late.certifications


def test_prince2_practitioner_carries_the_foundation(catalog: Catalog) -> None:
    """Foundation of March 2025, Practitioner of 1 June 2026: the suite shares the date of the latest exam, 1 June 2029.
    Renewing by CPD needs 20 a year in three years, 60 h, earned once for both; the membership's price is not known."""
    suite = [held("prince2-foundation", date(2025, 3, 10)), held("prince2-practitioner", date(2026, 6, 1))]
    plan = planned(catalog, "program-manager", "project-manager", suite)
    first = [step for step in plan.steps if step.kind == "renew" and step.end == date(2029, 6, 1)]
    assert {step.id for step in first} == {"prince2-foundation", "prince2-practitioner"}
    assert sum(step.hours or 0 for step in first) == 60
    assert [step.priced for step in first].count(False) == 1 and plan.at_least
