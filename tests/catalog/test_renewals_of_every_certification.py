"""Obligations of every certification: ``renewals`` answers for it, fits a page, and promises nothing unknown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pmcareer.api.loading import load_catalog
from pmcareer.api.upkeep.renewals import Renewals, RenewalsAsked, answer_renewals
from pmcareer.model.catalog import Catalog
from pmcareer.render.text import render_text
from pmcareer.views.renewals.renewals import renewals_report, renewals_sheet

AS_OF = date(2026, 11, 23)
EARNED = (date(2009, 2, 28), date(2016, 2, 29), date(2021, 12, 31), date(2024, 7, 1), AS_OF)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def answers(catalog: Catalog) -> Iterator[Renewals]:
    """Each certification by itself, earned on several days; then all of them together."""
    for own in catalog.certifications:
        for earned in EARNED:
            yield answer_renewals(catalog, None, RenewalsAsked(AS_OF, ((own, earned),)))
    everything = tuple((own, EARNED[2]) for own in catalog.certifications)
    yield answer_renewals(catalog, None, RenewalsAsked(AS_OF, everything))


def test_every_answer_fits_eighty_columns_and_is_plain_json(catalog: Catalog) -> None:
    for renewals in answers(catalog):
        report = renewals_report(renewals, in_detail=True)
        short = render_text(renewals_report(renewals), width=80)
        assert max(map(len, short.splitlines())) <= 80, short
        long = [line for line in render_text(report, width=80).splitlines() if len(line) > 80]
        assert [line for line in long if "http" not in line] == []
        assert json.loads(json.dumps(report.document)) == report.document
        (table,) = renewals_sheet(renewals).blocks
        assert {len(row) for row in getattr(table, "rows", ())} == {len(getattr(table, "columns", ()))}


def test_what_is_not_known_is_neither_valid_nor_fine(catalog: Catalog) -> None:
    unknown = 0
    for renewals in answers(catalog):
        report = renewals_report(renewals)
        holdings: Any = report.document["holdings"]
        for held in holdings:
            if held["status"] == "unknown":
                unknown += 1
                assert (held["valid"], held["expires"]) == (False, None)
                assert report.verdict == "bad-news"
    assert unknown > 0


def test_a_holding_is_valid_exactly_up_to_its_last_day(catalog: Catalog) -> None:
    for renewals in answers(catalog):
        for held in renewals.answer.holdings:
            if held.expires is not None and held.status not in ("noted", "unknown"):
                assert held.valid == (held.expires >= AS_OF), (held.certification, held.expires)


def test_upkeep_names_every_price_that_it_counts(catalog: Catalog) -> None:
    """The sum is that of its lines; what has no price is counted as such, never as nothing."""
    for own in catalog.certifications:
        asked = RenewalsAsked(AS_OF, ((own, EARNED[3]),), years=4, currency="USD")
        document: Any = renewals_report(answer_renewals(catalog, None, asked)).document
        upkeep = document["upkeep"]
        lines = [*upkeep["fees"], *(line for step in upkeep["steps"] for line in step["lines"])]
        if all(line["amount"] is None or line["amount"]["currency"] == "USD" for line in lines):
            total = sum(Decimal(line["amount"]["amount"]) for line in lines if line["amount"])
            assert Decimal(upkeep["cost"]["money"]["amount"]) == total, own
        assert upkeep["cost"]["unknown"] >= any(line["amount"] is None for line in lines), own
        assert (own in upkeep["kept"]) == any(saving["certification"] == own for saving in upkeep["savings"]), own
