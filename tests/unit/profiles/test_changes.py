"""Which form an award or renewal takes in a profile, and what stands there already."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pmcareer.model.ids import CertificationId, EditionId
from pmcareer.model.people import EventKind, Holding, HoldingEvent, Profile, UnitEntry
from pmcareer.profiles.changes import (
    AddEvent,
    AddHolding,
    AddRenewed,
    AddUnits,
    Change,
    SetEarned,
    SetNamespace,
    earning,
    renewing,
    stands_already,
)

PMP, CSM = CertificationId("pmp"), CertificationId("csm")
DAY, OTHER = date(2026, 3, 1), date(2020, 1, 1)
AWARDED = HoldingEvent(DAY, EventKind.AWARDED)
ENTRY = UnitEntry(DAY, Decimal(2), title="Webinar")


def profile(*held: Holding) -> Profile:
    return Profile(certifications=held)


@pytest.mark.parametrize(
    ("held", "edition", "expected"),
    [
        ((), None, AddHolding(Holding(PMP, earned=DAY))),
        ((), "7", AddHolding(Holding(PMP, earned=DAY, edition=EditionId("7")))),
        ((Holding(CSM), Holding(PMP)), None, SetEarned(1, DAY)),
        ((Holding(PMP),), "7", AddEvent(0, HoldingEvent(DAY, EventKind.AWARDED, edition=EditionId("7")))),
        ((Holding(PMP, earned=OTHER),), None, AddEvent(0, AWARDED)),
        ((Holding(PMP, events=(HoldingEvent(OTHER, EventKind.EXAM_PASSED),)),), None, AddEvent(0, AWARDED)),
        ((Holding(PMP, earned=OTHER), Holding(PMP)), None, SetEarned(1, DAY)),
    ],
)
def test_an_award_is_written_where_it_belongs(held: tuple[Holding, ...], edition: str | None, expected: Change) -> None:
    assert earning(profile(*held), PMP, DAY, EditionId(edition) if edition else None) == expected


@pytest.mark.parametrize(
    ("held", "route", "expected"),
    [
        (Holding(PMP, earned=OTHER), "", AddRenewed(0, DAY)),
        (Holding(PMP, earned=OTHER), "credits", AddEvent(0, HoldingEvent(DAY, EventKind.RENEWED, "credits"))),
        (Holding(PMP, events=(AWARDED,)), "", AddEvent(0, HoldingEvent(DAY, EventKind.RENEWED))),
    ],
)
def test_a_renewal_takes_the_shorthand_where_it_can(held: Holding, route: str, expected: Change) -> None:
    assert renewing(profile(held), PMP, DAY, route) == expected


def test_what_is_not_held_is_not_renewed() -> None:
    assert renewing(profile(Holding(CSM)), PMP, DAY, "") is None


@pytest.mark.parametrize(
    ("there", "change"),
    [
        (Profile(units=(ENTRY,)), AddUnits(ENTRY)),
        (profile(Holding(PMP, earned=DAY, note="x")), AddHolding(Holding(PMP, earned=DAY))),
        (profile(Holding(PMP, renewed=(DAY,))), AddRenewed(0, DAY)),
        (profile(Holding(PMP, events=(HoldingEvent(DAY, EventKind.RENEWED, "credits"),))), AddRenewed(0, DAY)),
        (profile(Holding(PMP, renewed=(DAY,))), AddEvent(0, HoldingEvent(DAY, EventKind.RENEWED, "credits"))),
        (profile(Holding(PMP, events=(AWARDED,))), AddEvent(0, AWARDED)),
    ],
)
def test_the_same_a_second_time_is_noticed(there: Profile, change: Change) -> None:
    assert stands_already(there, change)


@pytest.mark.parametrize(
    ("there", "change"),
    [
        (Profile(units=(ENTRY,)), AddUnits(UnitEntry(DAY, Decimal(2), title="Another"))),
        (profile(Holding(PMP, earned=OTHER)), AddHolding(Holding(PMP, earned=DAY))),
        (profile(Holding(PMP, renewed=(OTHER,))), AddRenewed(0, DAY)),
        (profile(Holding(PMP, earned=DAY)), AddEvent(0, HoldingEvent(DAY, EventKind.RENEWED))),
        (Profile(), SetNamespace("x")),
    ],
)
def test_what_differs_is_not_the_same(there: Profile, change: Change) -> None:
    assert not stands_already(there, change)
