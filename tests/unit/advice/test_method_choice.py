"""Choosing a way of working: scales and verdicts worked by hand from what the models publish."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.catalog.everything import catalog

from pmcareer.advice.method_choice import Answer, Reading, agreement, place, read_model
from pmcareer.model.methods import Factor, SelectionModel, SelectionModelId


def model(id_: str) -> SelectionModel:
    return catalog().selection_models[SelectionModelId(id_)]


def factor(of: str, id_: str) -> Factor:
    return next(one for one in model(of).factors if one.id == id_)


def put(of: str, id_: str, said: str) -> Answer:
    found = place(factor(of, id_), said)
    assert found is not None
    return found


def read(of: str, **said: str) -> Reading:
    answers = {(f := factor(of, id_.replace("_", "-"))).id: put(of, f.id, text) for id_, text in said.items()}
    return read_model(model(of), answers)


@pytest.mark.parametrize(
    ("of", "id_", "said", "position", "lean"),
    [
        ("boehm-turner", "size", "10", Fraction(1, 4), "adaptive"),  # the second of five ticks
        ("boehm-turner", "size", "20", Fraction(3, 8), "adaptive"),  # half way from 10 to 30
        ("boehm-turner", "size", "2", Fraction(0), "adaptive"),  # beyond the end
        ("boehm-turner", "size", "5000", Fraction(1), "predictive"),
        ("boehm-turner", "dynamism", "50", Fraction(0), "adaptive"),  # this scale falls
        ("boehm-turner", "dynamism", "3", Fraction(7, 8), "predictive"),  # half way from 5 to 1
        ("boehm-turner", "personnel", "q25-20", Fraction(1, 2), "hybrid"),  # the third of five
        ("boehm-turner", "criticality", "A single life", Fraction(3, 4), "predictive"),
        ("pmi-suitability-filter", "team-size", "25", Fraction(2, 9), "adaptive"),  # 21 to 30, the third of ten
        ("pmi-suitability-filter", "team-size", "900", Fraction(1), "predictive"),
        ("pmi-suitability-filter", "buy-in", "5", Fraction(1, 2), "hybrid"),
        ("pmi-suitability-filter", "buy-in", "3", Fraction(2, 9), "adaptive"),  # 3 on a scale of 1 to 10
        ("pmi-suitability-filter", "change", "15 %", Fraction(3, 4), "predictive"),  # half way from 25 to 5
        ("scrum-or-kanban", "arrival", "both", Fraction(1, 2), None),  # leans nowhere: it chooses a form
    ],
)
def test_an_answer_stands_on_its_scale(of: str, id_: str, said: str, position: Fraction, lean: str | None) -> None:
    found = put(of, id_, said)
    assert (found.position, found.lean) == (position, lean)


@pytest.mark.parametrize(("of", "id_", "said"), [
    ("boehm-turner", "size", "many"),
    ("pmi-suitability-filter", "buy-in", "11"),
    ("pmi-suitability-filter", "buy-in", "0"),
    ("stacey-pmi", "technical-uncertainty", "3"),
])  # fmt: skip
def test_what_is_not_on_the_scale_is_nowhere(of: str, id_: str, said: str) -> None:
    assert place(factor(of, id_), said) is None


def test_shapes_are_near_one_end_or_mixed() -> None:
    near = read("boehm-turner", size="3", criticality="comfort", dynamism="50", personnel="q35-0", culture="90")
    assert (near.lean, near.clear, [v.zone for v in near.verdicts]) == ("adaptive", True, ["near the centre"])
    mixed = read("boehm-turner", size="3", criticality="many-lives")
    assert (mixed.lean, [v.zone for v in mixed.verdicts]) == ("hybrid", ["mixed"])
    assert [answer.factor.id for answer in mixed.against] == ["size", "criticality"]
    loose = read("boehm-turner", size="3", dynamism="30")
    assert loose.lean == "adaptive" and not loose.clear and len(loose.unanswered) == 3


def test_the_map_shows_both_verdicts_where_it_draws_no_line() -> None:
    zones = {
        ("low", "low"): ["low and low"],
        ("high", "low"): ["complicated or complex"],
        ("low", "high"): ["complicated or complex"],
        ("high", "high"): ["complicated or complex", "chaos"],
    }
    for (wanted, technical), expected in zones.items():
        found = read("stacey-pmi", requirements_uncertainty=wanted, technical_uncertainty=technical)
        assert [verdict.zone for verdict in found.verdicts] == expected
        assert found.clear is (len(expected) == 1)


def test_considerations_may_be_divided() -> None:
    found = read("pmbok-7-considerations", innovation="high", scope_stability="high", delivery_options="pieces")
    assert found.lean is None
    assert [verdict.zone for verdict in found.verdicts] == ["deliverable in pieces"]


@pytest.mark.parametrize(("said", "zone"), [
    ({"arrival": "batches", "priorities": "hold", "team": "product"}, "batches and a fixed cadence"),
    ({"arrival": "unpredictable", "priorities": "faster", "start": "present"}, "unpredictable flow"),
    ({"arrival": "both"}, "both"),
    ({"arrival": "batches", "priorities": "faster"}, "both"),
])  # fmt: skip
def test_scrum_or_kanban(said: dict[str, str], zone: str) -> None:
    assert [verdict.zone for verdict in read("scrum-or-kanban", **said).verdicts] == [zone]


def test_models_are_counted_and_those_without_an_answer_are_silent() -> None:
    readings = [
        read("stacey-pmi", requirements_uncertainty="high", technical_uncertainty="low"),
        read("boehm-turner", size="300"),
        read("pmbok-7-considerations", innovation="high", scope_stability="high"),
        read("pmi-suitability-filter"),
        read("scrum-or-kanban", arrival="both"),
    ]
    found = agreement(readings)
    assert {lean: [m.id for m in models] for lean, models in found.by_lean.items()} == {
        "adaptive": ["stacey-pmi"],
        "predictive": ["boehm-turner"],
    }
    assert [m.id for m in found.divided] == ["pmbok-7-considerations"]
    assert [m.id for m in found.silent] == ["pmi-suitability-filter"]
