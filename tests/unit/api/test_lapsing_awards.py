"""What a plan earns and then lets lapse, over the shipped catalog; worked by hand from the issuers' rules."""

from __future__ import annotations

from datetime import date

import pytest

from pmcareer.api.compiling.questions import PlanRequest
from pmcareer.api.loading import load_catalog
from pmcareer.api.plans.answers import PlanAnswer
from pmcareer.api.plans.planning import answer_plan
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.money import Money

AS_OF = date(2026, 11, 23)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def answered(catalog: Catalog, start: str, to: str, *lapse: str) -> PlanAnswer:
    lapsing = frozenset(CertificationId(name) for name in lapse)
    return answer_plan(catalog, PlanRequest(RoleId(to), AS_OF, from_=RoleId(start), let_lapse=lapsing))


def renewals(answer: PlanAnswer) -> list[tuple[str, date]]:
    return [(step.id, step.end) for step in answer.plans[0].steps if step.kind == "renew"]


def test_its_only_use_comes_before_its_end(catalog: Catalog) -> None:
    """A CSPO of 1 January 2027 lasts to 31 December 2028 and opens the move of 22 November 2028; nothing else asks it.

    Kept it is renewed for 100 USD on its last day; let lapse the plan is the same without that.
    """
    kept = answered(catalog, "scrum-master", "product-manager")
    assert renewals(kept) == [("cspo", date(2028, 12, 31))]
    lapsing = answered(catalog, "scrum-master", "product-manager", "cspo")
    assert renewals(lapsing) == [] and lapsing.proven_optimal
    assert lapsing.plans[0].arrives == kept.plans[0].arrives
    assert kept.plans[0].cost == lapsing.plans[0].cost + Money.parse("100 USD")


def test_what_is_needed_after_its_end_is_kept_and_the_answer_says_so(catalog: Catalog) -> None:
    """From newcomer the CSPO is earned in February 2027, ends in February 2029 and is asked in 2032 at the earliest."""
    answer = answered(catalog, "newcomer", "product-manager", "cspo", "psm-i")
    said = [one.text for one in answer.assumptions]
    assert "cspo is kept: what would be the best plan needs it after its last day" in said
    assert not any(text.startswith("psm-i is kept") for text in said)  # it never ends
    assert ("cspo", date(2029, 2, 16)) in renewals(answer)
    assert not answer.proven_optimal


def test_what_is_neither_held_nor_earned_is_said(catalog: Catalog) -> None:
    answer = answered(catalog, "scrum-master", "product-manager", "pmp")
    assert "pmp is neither held nor earned: nothing is let lapse" in [one.text for one in answer.assumptions]
