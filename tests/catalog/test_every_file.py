"""What every file of the catalog owes: a new one is a new file and no other change, and inherits these tests."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import pytest
from tests.catalog.everything import CATALOG, FILES, catalog, reading

from pmcareer.model.certifications import Certification
from pmcareer.model.figures import Figure, Standing
from pmcareer.model.renewal_rules import Cycle, RenewalRule
from pmcareer.model.sources import cite
from pmcareer.model.walking import figures_in, provenances_in
from pmcareer.reading.catalog_files import CatalogFile
from pmcareer.reading.catalog_findings import find

T = TypeVar("T")
READ_ON = date(2026, 11, 23)  # the day of the research; what is read later moves this on
FINDINGS = list(find(reading(), READ_ON))
CERTIFICATIONS = tuple(catalog().certifications.values())
RULES = (
    *(rule for issuer in catalog().issuers.values() for rule in issuer.rules),
    *(rule for certification in CERTIFICATIONS for rule in certification.rules),
)


def of(file: CatalogFile) -> list[str]:
    found = [*reading().problems, *FINDINGS]
    return [str(problem) for problem in found if problem.at.file == file.name]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_is_wrong_or_doubtful(file: CatalogFile) -> None:
    """No dangling id, no figure without backing, no source that nobody cites, no name that two entries answer to."""
    assert of(file) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_file_is_tidy(file: CatalogFile) -> None:
    data = file.path.read_bytes()
    text = data.decode("utf-8")
    assert b"\r" not in data
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert all(line == line.rstrip() for line in text.splitlines())


def test_every_file_belongs_to_the_catalog() -> None:
    known = {file.path for file in FILES}
    others = [p for p in CATALOG.rglob("*") if p.is_file() and p not in known and p.parent.name != "schema"]
    assert others == []


@pytest.mark.parametrize("certification", CERTIFICATIONS, ids=lambda c: c.id)
def test_a_certification_can_be_planned_for_and_kept(certification: Certification) -> None:
    assert certification.summary
    assert len(certification.lifecycle) > 0
    assert catalog().rules_of(certification), "what governs it must be said, if only that it is unknown"
    awarded = certification.lifecycle.on(READ_ON)
    assert certification.lead_days.known or awarded is None or awarded.status not in ("active", "retiring")
    study = certification.study
    if study.from_hours is not None and study.from_hours.value is not None and study.hours.value is not None:
        assert study.from_hours.value <= study.hours.value


def _value(figure: Figure[T] | None) -> T | None:
    return figure.value if figure else None


@pytest.mark.parametrize("certification", CERTIFICATIONS, ids=lambda c: c.id)
def test_figures_are_possible(certification: Certification) -> None:
    for since in certification.exam:
        exam = since.value
        questions, scored, minutes = _value(exam.questions), _value(exam.scored), _value(exam.minutes)
        assert questions is None or scored is None or scored <= questions
        assert minutes is None or 0 < minutes <= 24 * 60
        assert exam.exams >= 0
    for price in certification.prices:
        assert price.from_ is None or price.until is None or price.from_ <= price.until
        assert (price.tier == "member") == (price.membership is not None)
    for edition in certification.editions:
        first, last = _value(edition.from_), _value(edition.until)
        assert first is None or last is None or first <= last


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_a_rule_can_be_kept(rule: RenewalRule) -> None:
    """Floors do not exceed the total, nor a ceiling; a cycle has an end; what is asked for can be given somehow."""
    assert rule.summary
    if isinstance(rule.validity, Cycle):
        length = rule.validity.length.value
        assert length is None or length.in_days > 0
    if rule.units is not None:
        total = rule.units.total.value
        floors = [c.minimum.value for c in rule.units.categories if c.minimum and c.per == "cycle"]
        known = [floor for floor in floors if floor is not None]
        assert total is None or sum(known) <= total
        for category in rule.units.categories:
            below = [c.minimum.value for c in category.children if c.minimum and c.minimum.value is not None]
            top = category.maximum.value if category.maximum else None
            assert top is None or sum(below) <= top


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_spans_have_a_beginning_before_their_end(rule: RenewalRule) -> None:
    ends = [(rule.applies_to.from_, rule.applies_to.until), (rule.in_force.from_, rule.in_force.until)]
    for first, last in (*ends, *((fee.from_, fee.until) for fee in rule.fees)):
        assert first is None or last is None or first <= last


@pytest.mark.parametrize("table", ["certifications", "issuers", "roles", "ladders", "pay", "skills", "methods"])
def test_no_figure_was_read_after_the_research_or_before_its_source(table: str) -> None:
    for entry in getattr(catalog(), table).values():
        for _, figure in figures_in(entry):
            read = cite(figure.provenance, catalog().sources).read
            assert read is None or read <= READ_ON


def test_judgements_give_their_reasons() -> None:
    for certification in CERTIFICATIONS:
        for provenance in provenances_in(certification):
            if provenance.standing is Standing.JUDGEMENT:
                assert provenance.because or provenance.source


@pytest.mark.parametrize("source", catalog().sources.values(), ids=lambda s: s.id)
def test_a_source_can_be_found_again(source: object) -> None:
    """It has a title, a publisher and a day; an official one also an address, or a note that says how it was read."""
    title, publisher = getattr(source, "title", ""), getattr(source, "publisher", "")
    assert title
    assert publisher
    address = str(getattr(source, "url", ""))
    assert address == "" or address.startswith(("https://", "http://"))
    assert " " not in address
