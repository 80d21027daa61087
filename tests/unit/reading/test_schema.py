"""JSON Schemas: what the reader accepts validates, what it refuses does not, as far as a schema can say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Literal, NewType, TypeAlias

import jsonschema
import pytest
from tests.unit.reading.editor import objections
from tests.unit.reading.reading import read

from pmcareer.dates import Length
from pmcareer.model.figures import Figure, Provenance
from pmcareer.money import Money
from pmcareer.reading.schema import DIALECT, json_schema
from pmcareer.timeline import Timeline

BeastId = NewType("BeastId", str)


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who feeds it."""

    SHORTHAND: ClassVar[str] = "name"
    name: str
    young: bool = False


@dataclass(frozen=True, slots=True)
class Both:
    TAG: ClassVar[str] = "all"
    of: tuple[Wish, ...]


@dataclass(frozen=True, slots=True)
class Some:
    TAG: ClassVar[str] = "at_least"
    n: int
    of: tuple[Wish, ...]


@dataclass(frozen=True, slots=True)
class Owns:
    TAG: ClassVar[str] = "owns"
    beast: BeastId


Wish: TypeAlias = Both | Some | Owns


@dataclass(frozen=True, slots=True)
class Cat:
    lives: int
    kind: Literal["cat"] = "cat"


@dataclass(frozen=True, slots=True)
class Dog:
    tricks: tuple[str, ...] = ()
    kind: Literal["dog", "hound"] = "dog"


@dataclass(frozen=True, slots=True)
class State:
    status: Literal["on", "off"]
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Zoo:
    """A zoo, with everything that the reader knows."""

    id: BeastId
    name: str = field(default="", metadata={"doc": "As the sign says."})
    open: bool = True
    cages: int = 0
    acres: Decimal | None = None
    since: date | None = None
    closed_for: Length | None = None
    ticket: Figure[Money] | None = None
    colour: Colour | None = None
    keeper: Keeper | None = None
    keepers: tuple[Keeper, ...] = ()
    weights: Mapping[BeastId, Decimal] = field(default_factory=dict)
    wish: Wish | None = None
    pet: Cat | Dog | None = None
    states: Timeline[State] = field(default_factory=Timeline)
    counts: Timeline[int] = field(default_factory=Timeline)
    prices: Timeline[Figure[Money]] = field(default_factory=Timeline)
    wishes: Timeline[Wish] = field(default_factory=Timeline)
    pets: Timeline[Cat | Dog] = field(default_factory=Timeline)
    length_or_date: Length | date | None = None
    from_: int | None = None
    provenance: Provenance = field(default_factory=Provenance)


ACCEPTED = [
    "id: a",
    "id: 2024",
    "id: 1e5",
    "id: 'true'",
    "name: NO",
    "name: 12:30",
    "name: 1.10",
    "name: 2026-02-30",
    "name: true",
    "name: .inf",
    "open: false",
    "cages: -3",
    "acres: 1.10",
    "acres: null",
    "since: 2024-02-29",
    "since: '2024-02-29'",
    "closed_for: 3 years",
    "ticket: 5 EUR",
    "ticket: unknown",
    "ticket: {value: 5 EUR, source: s, read: 2026-01-01, standing: official, because: b, note: n}",
    "ticket: {value: unknown, alternatives: [{value: 6 EUR, source: s, read: 2026-01-01, note: n}]}",
    "colour: red",
    "keeper: Ada",
    "keeper: {name: Ada, young: true}",
    "keepers: [Ada, {name: Bob}]",
    "weights: {lion: 1.5, 7: 2}",
    "wish: {all: []}",
    "wish: {all: [{owns: lion}, {at_least: {n: 1, of: [{owns: ant}]}}]}",
    "pet: {kind: cat, lives: 9}",
    "pet: {kind: hound}",
    "states: {status: on}",
    "states: {status: on, from: 2026-01-01, source: s}",
    "states: [{status: on}, {from: 2026-01-01, status: off}]",
    "states: []",
    "counts: 5",
    "counts: [5, {from: 2026-01-01, value: 6}]",
    "prices: 5 EUR",
    "prices: [unknown, {from: 2026-01-01, value: 6 EUR, source: s}]",
    "wishes: {owns: lion}",
    "wishes: [{owns: lion}, {from: 2026-01-01, all: []}]",
    "pets: [{kind: dog}, {from: 2026-01-01, kind: cat, lives: 9}]",
    "length_or_date: 3 years",
    "length_or_date: 2026-01-01",
    "from: 3",
    "source: s",
    "{source: s, read: 2026-01-01, standing: judgement, because: b}",
]

REFUSED = [
    "id: Lion",
    "id: -5",
    "id: a--b",
    "id: ''",
    "id: null",
    "id: [a]",
    "name: ''",
    "name: '  '",
    "name: null",
    "name: [x]",
    "open: NO",
    "open: 'true'",
    "open: 1",
    "cages: many",
    "cages: 1.5",
    "cages: '3'",
    "cages: null",
    "acres: '1'",
    "acres: 1 acre",
    "since: 2026-02-30",
    "since: 2025-02-29",
    "since: 2026-1-5",
    "since: 2026",
    "closed_for: 3",
    "closed_for: three years",
    "ticket: 5",
    "ticket: [5 EUR]",
    "ticket: {}",
    "ticket: {value: 5}",
    "ticket: {value: null}",
    "ticket: {value: 5 EUR, sauce: s}",
    "ticket: {value: 5 EUR, standing: offical}",
    "ticket: {value: 5 EUR, read: 2026-02-30}",
    "ticket: {value: 5 EUR, alternatives: [6 EUR]}",
    "ticket: {value: 5 EUR, alternatives: [{value: 6}]}",
    "colour: green",
    "keeper: {}",
    "keeper: {name: Ada, old: true}",
    "keeper: [Ada]",
    "keepers: Ada",
    "weights: {Lion: 1}",
    "weights: {lion: heavy}",
    "weights: [lion]",
    "wish: {}",
    "wish: {all: [], owns: lion}",
    "wish: {own: lion}",
    "wish: {all: {owns: lion}}",
    "wish: {all: [{at_least: {of: []}}]}",
    "wish: owns",
    "pet: {lives: 9}",
    "pet: {kind: cow}",
    "pet: {kind: dog, lives: 9}",
    "states: {status: up}",
    "states: [{form: 2026-01-01, status: on}]",
    "states: [{from: soon, status: on}]",
    "counts: [{from: 2026-01-01}]",
    "counts: [{from: 2026-01-01, value: x}]",
    "counts: [{from: 2026-01-01, value: 1, note: n}]",
    "prices: [{from: 2026-01-01, value: 6}]",
    "wishes: [{from: 2026-01-01}]",
    "wishes: [{from: 2026-01-01, all: [], owns: lion}]",
    "length_or_date: soon",
    "from_: 3",
    "zoo: 3",
    "source: A B",
    "provenance: {source: s}",
    "origin: here",
]


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return json_schema(Zoo)


def whole(text: str) -> str:
    """The text with the one key that a zoo needs."""
    if text.startswith("id:"):
        return text
    return f"{{id: a, {text[1:]}" if text.startswith("{") else f"id: a\n{text}"


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_the_reader_accepts_validates(text: str, schema: dict[str, Any]) -> None:
    assert read(whole(text), Zoo)[1] == []
    assert objections(whole(text), schema) == []


@pytest.mark.parametrize("text", REFUSED)
def test_what_the_reader_refuses_does_not_validate(text: str, schema: dict[str, Any]) -> None:
    assert read(whole(text), Zoo)[1] != []
    assert objections(whole(text), schema) != []


def test_a_missing_key_does_not_validate(schema: dict[str, Any]) -> None:
    assert objections("name: x", schema) == ["$"]
    assert objections("[]", schema) == ["$"]


def test_it_is_a_schema_of_its_dialect(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == DIALECT
    assert json_schema(Zoo) == schema
    assert json_schema(Zoo, title="Zoos")["title"] == "Zoos"


def test_docstrings_and_field_notes_are_what_the_editor_shows(schema: dict[str, Any]) -> None:
    zoo = schema["$defs"]["Zoo"]
    assert zoo["description"] == "A zoo, with everything that the reader knows."
    assert zoo["properties"]["name"]["description"] == "As the sign says."
    assert "description" not in schema["$defs"]["Some"]  # it has no docstring of its own


def test_two_dataclasses_of_one_name_are_refused() -> None:
    def make(annotation: Any) -> type:
        namespace = {"__annotations__": {"x": annotation}, "__module__": __name__}
        return dataclass(frozen=True)(type("Twin", (), namespace))

    outer = {"__annotations__": {"a": make(int), "b": make(str)}, "__module__": __name__}
    with pytest.raises(TypeError, match="two shapes would be called Twin"):
        json_schema(dataclass(frozen=True)(type("Outer", (), outer)))
