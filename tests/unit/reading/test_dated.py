"""Figures with their provenance, and timelines."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal, NewType

import pytest
from tests.unit.reading.reading import accepted, hints, read, refused

from pmcareer.model.figures import Figure, Origin, Provenance, Rival, Standing
from pmcareer.model.ids import SourceId
from pmcareer.money import Money
from pmcareer.reading.annotations import fields_of
from pmcareer.reading.scope import Context
from pmcareer.reading.shapes import RecordShape
from pmcareer.reading.typed import read_value
from pmcareer.reading.yaml_nodes import parse_yaml
from pmcareer.timeline import Since, Timeline

BeastId = NewType("BeastId", str)
USD_675 = Money(Decimal(675), "USD")


@dataclass(frozen=True, slots=True)
class Price:
    amount: Figure[Money]
    fee: Figure[Money] | None = None
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Bare:
    hours: Figure[Decimal]


@dataclass(frozen=True, slots=True)
class Shop:
    prices: tuple[Price, ...] = ()
    bare: Bare | None = None
    provenance: Provenance = field(default_factory=Provenance)


def origin(line: int) -> Origin:
    return Origin("shipped", "f.yaml", line)


def source(name: str, line: int, read: date | None = None, standing: Standing | None = None) -> Provenance:
    return Provenance(SourceId(name), read, standing, "", origin(line))


def test_a_bare_figure() -> None:
    assert accepted("675 USD", Figure[Money]) == Figure(USD_675, Provenance(origin=origin(1)))
    assert accepted("unknown", Figure[Money]) == Figure(None, Provenance(origin=origin(1)))
    assert accepted("NO", Figure[str]).value == "NO"
    assert accepted("{amount: 675 USD}", Price).fee is None
    assert accepted("{amount: unknown, fee: unknown}", Price).fee.known is False


def test_a_figure_in_full() -> None:
    text = """
value: 675 USD
source: store-2026
read: 2026-09-04
standing: secondary
note: Depends on the region.
alternatives:
  - {value: 655 USD, source: other, read: 2026-09-05, standing: unverified, note: a check}
  - {value: 1 EUR}
"""
    assert accepted(text, Figure[Money]) == Figure(
        USD_675,
        Provenance(SourceId("store-2026"), date(2026, 9, 4), Standing.SECONDARY, "", origin(2)),
        "Depends on the region.",
        (
            Rival(Money(Decimal(655), "USD"), SourceId("other"), date(2026, 9, 5), Standing.UNVERIFIED, "a check"),
            Rival(Money(Decimal(1), "EUR")),
        ),
    )


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("675", ["field-money 1:1"]),
        ("null", ["field-type 1:1"]),
        ("[675 USD]", ["field-type 1:1"]),
        ("{}", ["field-missing 1:1"]),
        ("{source: x}", ["field-missing 1:1"]),
        ("{value: 675}", ["field-money 1:9 value"]),
        ("{value: null}", ["field-type 1:9 value"]),
        ("{value: 1 USD, valeu: 2 USD}", ["field-unknown 1:16 valeu"]),
        ("{value: 1 USD, origin: here}", ["field-unknown 1:16 origin"]),
        ("{value: 1 USD, source: Not Kebab}", ["field-value 1:24 source"]),
        ("{value: 1 USD, read: 2026-02-30}", ["field-date 1:22 read"]),
        ("{value: 1 USD, standing: offical}", ["field-choice 1:26 standing"]),
        ("{value: 1 USD, because: ''}", ["field-value 1:25 because"]),
        ("{value: 1 USD, alternatives: [{value: unknown}]}", ["field-money 1:39 alternatives[0].value"]),
        ("{value: 1 USD, alternatives: [2 USD]}", ["field-type 1:31 alternatives[0]"]),
        ("{value: 1, read: 1, note: []}", ["field-money 1:9 value", "field-date 1:18 read", "field-type 1:27 note"]),
    ],
)
def test_broken_figures(text: str, verdicts: list[str]) -> None:
    assert refused(text, Figure[Money]) == verdicts


def test_provenance_is_inherited_until_something_says_its_own() -> None:
    text = """
source: house
read: 2026-01-01
standing: official
prices:
  - amount: 1 USD
    fee: {value: 2 USD, source: shop}
  - source: shop
    amount: 3 USD
    fee: {value: 4 USD, read: 2026-02-02}
bare: {hours: 5}
"""
    shop = accepted(text, Shop)
    day = date(2026, 1, 1)
    assert shop.provenance == source("house", 2, day, Standing.OFFICIAL)
    first, second = shop.prices
    assert first.provenance == source("house", 6, day, Standing.OFFICIAL)
    assert first.amount.provenance == source("house", 6, day, Standing.OFFICIAL)
    # the day read and the standing belong to the source: naming another begins afresh
    assert first.fee.provenance == source("shop", 7)
    assert second.provenance == source("shop", 8)
    assert second.amount.provenance == source("shop", 9)
    # saying only the day refines what is inherited
    assert second.fee.provenance == source("shop", 10, date(2026, 2, 2))
    # a dataclass without provenance of its own passes on what it was given
    assert shop.bare.hours.provenance == source("house", 11, day, Standing.OFFICIAL)


def test_a_judgement_does_not_inherit_a_source() -> None:
    text = "{source: house, prices: [{amount: {value: 1 USD, standing: judgement, because: seen}}]}"
    (price,) = accepted(text, Shop).prices
    assert price.amount.provenance == Provenance(None, None, Standing.JUDGEMENT, "seen", origin(1))


def test_only_a_dataclass_with_provenance_takes_its_keys() -> None:
    assert refused("{hours: 5, source: house}", Bare) == ["field-unknown 1:12 source"]
    assert refused("{prices: [], provenance: {source: x}}", Shop) == ["field-unknown 1:14 provenance"]
    assert hints("{sorce: x}", Shop) == ["did you mean 'source'?"]


def test_broken_provenance_of_a_record() -> None:
    assert refused("{source: X Y, read: soon, prices: [{amount: 1}]}", Shop) == [
        "field-value 1:10 source",
        "field-date 1:21 read",
        "field-money 1:45 prices[0].amount",
    ]


def test_sources_named_are_recorded() -> None:
    _, _, references = read("{source: house, prices: [{amount: {value: 1 USD, source: shop}}]}", Shop)
    assert [(r.kind, r.id, r.path, r.field) for r in references] == [
        ("SourceId", "house", "source", "Provenance.source"),
        ("SourceId", "shop", "prices[0].amount.source", "Provenance.source"),
    ]


def test_origins_name_the_layer_of_the_file() -> None:
    node, problems = parse_yaml(b"amount: 1 USD", "own/price.yaml")
    assert node is not None
    context = Context(problems=problems, layer="shipped", layers={"own/price.yaml": "own"})
    price = read_value(node, Price, context)
    assert isinstance(price, Price)
    assert price.amount.provenance.origin == Origin("own", "own/price.yaml", 1)


def test_fields_that_would_mean_two_things_are_a_mistake_of_the_model() -> None:
    @dataclass(frozen=True, slots=True)
    class Muddle:
        source: str
        provenance: Provenance = field(default_factory=Provenance)

    Muddle.__init__.__globals__["Provenance"] = Provenance
    with pytest.raises(TypeError, match="source would mean two things"):
        fields_of(RecordShape(Muddle))


# --- timelines ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class State:
    status: Literal["on", "off"]
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Yes:
    TAG: ClassVar[str] = "yes"
    who: BeastId


@dataclass(frozen=True, slots=True)
class Nobody:
    TAG: ClassVar[str] = "nobody"
    why: str


JAN, JUL = date(2026, 1, 1), date(2026, 7, 9)


def timeline(*entries: tuple[date | None, Any]) -> Timeline[Any]:
    return Timeline(Since(start, value) for start, value in entries)


def test_one_value_has_always_held() -> None:
    assert accepted("5", Timeline[int]) == Timeline.always(5)
    assert accepted("{value: 5}", Timeline[int]) == Timeline.always(5)
    assert accepted("{status: on}", Timeline[State]).on(date.min) == State("on", Provenance(origin=origin(1)))
    assert accepted("{yes: ant}", Timeline[Yes | Nobody]) == Timeline.always(Yes(BeastId("ant")))


def test_a_single_entry_may_have_a_first_day() -> None:
    assert accepted("{from: 2026-01-01, value: 5}", Timeline[int]) == timeline((JAN, 5))


def test_dated_lists() -> None:
    assert accepted("[{from: 2026-01-01, value: 5}, {from: 2026-07-09, value: 6}]", Timeline[int]) == timeline(
        (JAN, 5), (JUL, 6)
    )
    assert accepted("[4, {from: 2026-01-01, value: 5}]", Timeline[int]) == timeline((None, 4), (JAN, 5))
    assert accepted("[]", Timeline[int]) == Timeline()
    assert accepted("[{value: [1]}, {from: 2026-01-01, value: []}]", Timeline[tuple[int, ...]]) == timeline(
        (None, (1,)), (JAN, ())
    )


def test_keys_of_the_value_stand_beside_from() -> None:
    states = accepted("[{status: on}, {status: off, from: 2026-07-09, source: x}]", Timeline[State])
    assert [(entry.start, entry.value.status) for entry in states] == [(None, "on"), (JUL, "off")]
    assert states.entries[1].value.provenance.source == "x"
    trees = accepted("[{yes: ant}, {from: 2026-01-01, nobody: gone}]", Timeline[Yes | Nobody])
    assert trees == timeline((None, Yes(BeastId("ant"))), (JAN, Nobody("gone")))


def test_timelines_of_figures() -> None:
    figures = accepted("[1 USD, {from: 2026-01-01, value: unknown, source: x}]", Timeline[Figure[Money]])
    assert [(entry.start, entry.value.value) for entry in figures] == [(None, Money(Decimal(1), "USD")), (JAN, None)]
    assert figures.entries[1].value.provenance.source == "x"
    assert accepted("unknown", Timeline[Figure[Money]]).on(JAN).value is None


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (
            "- {from: 2026-07-09, value: 1}\n- {from: 2026-01-01, value: 2}",
            ["catalog-dates-unsorted 2:10"],
        ),
        ("- {from: 2026-07-09, value: 1}\n- {from: 2026-07-09, value: 2}", ["catalog-dates-twin 2:10"]),
        ("- {from: 2026-07-09, value: 1}\n- {value: 2}", ["catalog-dates-unsorted 2:3"]),
        ("- 1\n- 2", ["catalog-dates-twin 2:3"]),
        (
            "- {from: 2026-07-09, value: x}\n- {from: 2026-01-01, value: 2}\n- {from: 2026-01-01, value: 2}",
            ["field-type 1:29 [0].value", "catalog-dates-unsorted 2:10", "catalog-dates-twin 3:10"],
        ),
        ("- {from: soon, value: 1}", ["field-date 1:10 [0].from"]),
        ("- {from: 2026-01-01}", ["field-missing 1:3 [0]"]),
        ("- {from: 2026-01-01, value: 1, source: x}", ["field-unknown 1:32 [0].source"]),
        ("x", ["field-type 1:1"]),
        ("null", ["field-type 1:1"]),
    ],
)
def test_broken_timelines(text: str, verdicts: list[str]) -> None:
    assert refused(text, Timeline[int]) == verdicts


def test_broken_entries_of_records() -> None:
    assert refused("[{status: up, form: 2026-01-01}, x]", Timeline[State]) == [
        "field-choice 1:11 [0].status",
        "field-unknown 1:15 [0].form",
        "catalog-dates-twin 1:34",
        "field-type 1:34 [1]",
    ]


@pytest.mark.parametrize("annotation", [Timeline[State], Timeline[Figure[Money]], Timeline[Yes | Nobody]])
def test_a_misspelt_from_is_recognised(annotation: object) -> None:
    assert "did you mean 'from'?" in hints("{form: 2026-01-01}", annotation)


def test_where_several_dates_are_out_of_order_the_other_line_is_named() -> None:
    (hint,) = hints("- {from: 2026-07-09, value: 1}\n- {from: 2026-01-01, value: 2}", Timeline[int])
    assert "oldest first" in hint
