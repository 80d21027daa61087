"""Forgiving names: what an id, a name or an abbreviation finds in the catalog, and what a miss offers first."""

from __future__ import annotations

import pytest
from tests.catalog.everything import catalog

from pmcareer.api.names import certification_names, role_names
from pmcareer.errors import UnknownIdError


@pytest.mark.parametrize("asked", ["psm1", "PSM 1", "PSM-I", "psm i", "PSMI"])
def test_a_number_at_the_end_is_the_same_in_digits_and_roman(asked: str) -> None:
    assert certification_names(catalog()).find(asked) == "psm-i"


def test_an_abbreviation_that_ends_in_i_is_no_number() -> None:
    with pytest.raises(UnknownIdError):
        role_names(catalog()).find("pmi")  # an issuer, not PM I


@pytest.mark.parametrize(
    ("asked", "expected"), [("PSM2", "psm-ii"), ("psm iii", "psm-iii"), ("ITIL 4", "itil-foundation")]
)
def test_other_numbers_are_others(asked: str, expected: str) -> None:
    assert certification_names(catalog()).find(asked) == expected


def test_a_project_lead_leads_projects() -> None:
    assert role_names(catalog()).find("project lead") == "project-manager"


def test_what_begins_with_the_words_asked_is_offered_first() -> None:
    with pytest.raises(UnknownIdError) as miss:
        certification_names(catalog()).find("prince2")
    assert miss.value.nearest[:2] == ("prince2-foundation", "prince2-practitioner")


def test_initials_that_may_be_several_roles_offer_them() -> None:
    """TPM is shared by technical project and technical program managers: the catalog gives it to neither."""
    with pytest.raises(UnknownIdError) as miss:
        role_names(catalog()).find("tpm")
    assert miss.value.nearest[:2] == ("technical-program-manager", "technical-project-manager")
