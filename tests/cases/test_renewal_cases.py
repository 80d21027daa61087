"""The engine answers every renewal case as its file says."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.cases.renewal_cases import Case, answer, cases, catalog, told

ALL = cases()
SUBSETS = ("deadlines", "ledger")  # of these a case names what must be there, not everything


@pytest.mark.parametrize("case", ALL, ids=str)
def test_case(case: Case) -> None:
    answered = answer(case)
    by_id = {holding.certification: dict(told(holding, answered)) for holding in answered.holdings}
    for certification, expected in case.expect.items():
        said = by_id[certification]  # type: ignore[index]
        for key, value in expected.items():
            assert _relevant(key, value, said[key]) == value, f"{certification} {key}: {case.because}"
    codes = sorted({problem.code for problem in answered.problems})
    assert codes == sorted(case.problems or ())


@pytest.mark.parametrize("case", ALL, ids=str)
def test_case_names_its_source(case: Case) -> None:
    assert case.source in catalog().sources or case.source.startswith("http")
    assert case.because


def test_there_are_enough_cases_of_every_family() -> None:
    counts = Counter(case.family for case in ALL)
    assert len(ALL) >= 150
    assert min(counts.values()) >= 5
    assert len({(case.family, case.name) for case in ALL}) == len(ALL)


def _relevant(key: str, expected: object, said: object) -> object:
    """Of the lists that a case gives in part, what it asks for; of categories those that it names."""
    if key in SUBSETS and isinstance(said, list) and isinstance(expected, list):
        return [one for one in expected if one in said]
    if isinstance(said, dict) and isinstance(expected, dict):
        return {name: said.get(name) for name in expected}
    return said
