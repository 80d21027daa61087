"""Dataclasses from mappings: keys, defaults, shorthands, tags, kinds, checks, and every problem at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar, Generic, Literal, NewType, TypeAlias, TypeVar

import pytest
from tests.unit.reading.reading import accepted, hints, messages, read, refused

from pmcareer.model.people import UnitEntry
from pmcareer.model.renewal_rules import AfterEnd
from pmcareer.problems import Problems
from pmcareer.reading.annotations import fields_of, shape_of
from pmcareer.reading.findings import nearest
from pmcareer.reading.scope import INVALID, Context
from pmcareer.reading.shapes import RecordShape
from pmcareer.reading.typed import parse_document, read_value
from pmcareer.reading.yaml_nodes import parse_yaml
from pmcareer.timeline import Timeline

BeastId = NewType("BeastId", str)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span:
    from_: date | None = None
    to: date | None = None
    class_: str = ""


@dataclass(frozen=True, slots=True)
class Keeper:
    SHORTHAND: ClassVar[str] = "name"
    name: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Beast:
    id: BeastId
    legs: int
    keeper: Keeper | None = None
    tame: bool = False
    eats: tuple[str, ...] = ()
    weights: Mapping[BeastId, Decimal] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()


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
class Pair(Generic[T]):
    left: T
    right: T | None = None
    more: tuple[T, ...] = ()


@dataclass(frozen=True, slots=True)
class Range:
    low: int
    high: int

    def __post_init__(self) -> None:
        if self.low < 0:
            raise ValueError("low is below zero")

    def check(self) -> Iterator[tuple[str, str, str]]:
        """Low is not above high."""
        if self.low > self.high:
            yield "field-conflict", "low is above high", "swap them"


def test_a_full_record() -> None:
    text = """
        id: lion
        legs: 4
        keeper: {name: Ada, since: 2020-02-29}
        tame: true
        eats: [zebra, 'null']
        weights: {zebra: 350.50, 'gnu': 250}
        spans:
          - {from: 2020-01-01, to: 2020-12-31, class: big}
          - {}
    """
    assert accepted(text, Beast) == Beast(
        id=BeastId("lion"),
        legs=4,
        keeper=Keeper("Ada", date(2020, 2, 29)),
        tame=True,
        eats=("zebra", "null"),
        weights={BeastId("zebra"): Decimal("350.50"), BeastId("gnu"): Decimal(250)},
        spans=(Span(date(2020, 1, 1), date(2020, 12, 31), "big"), Span()),
    )


def test_what_is_absent_takes_its_default() -> None:
    assert accepted("{id: ant, legs: 6}", Beast) == Beast(BeastId("ant"), 6)
    assert accepted("{id: ant, legs: 6, keeper: null}", Beast) == Beast(BeastId("ant"), 6)


def test_every_problem_at_its_place_in_one_go() -> None:
    text = (
        "id: Ant\n"
        "leg: 6\n"
        "keeper:\n"
        "  nam: Ada\n"
        "tame: NO\n"
        "eats: grass\n"
        "weights: {zebra: heavy, Gnu: 1}\n"
        "spans: [{from: 2020-13-01}, x]\n"
    )
    assert refused(text, Beast) == [
        "field-missing 1:1",
        "field-value 1:5 id",
        "field-unknown 2:1 leg",
        "field-missing 4:3 keeper",
        "field-unknown 4:3 keeper.nam",
        "field-type 5:7 tame",
        "field-type 6:7 eats",
        "field-type 7:18 weights.zebra",
        "field-value 7:25 weights.Gnu",
        "field-date 8:16 spans[0].from",
        "field-type 8:29 spans[1]",
    ]


def test_unknown_keys_are_answered_with_the_nearest_known_one() -> None:
    assert "did you mean 'legs'?" in hints("{id: a, legs: 1, legz: 2}", Beast)
    assert hints("{from_: 2020-01-01}", Span) == ["did you mean 'from'?"]
    assert hints("{completely-different: 1}", Span) == ["known: from, to, class"]


def test_a_missing_key_says_what_needs_it() -> None:
    (message,) = messages("{id: a}", Beast)
    assert "the key 'legs' is missing (a beast needs it)" in message


@pytest.mark.parametrize(
    ("type_", "words"), [(Beast, "a beast"), (Owns, "an owns"), (UnitEntry, "a unit entry"), (AfterEnd, "an after end")]
)
def test_dataclasses_are_named_in_words(type_: type, words: str) -> None:
    (message,) = messages("{nothing-like-it: 1}", type_)[-1:]
    assert f"is not known in {words}" in message


@pytest.mark.parametrize("text", ["[]", "x", "null", "''"])
def test_not_a_mapping(text: str) -> None:
    assert refused(text, Beast) == ["field-type 1:1"]


def test_a_shorthand_is_the_one_field_as_a_bare_scalar() -> None:
    assert accepted("Ada", Keeper) == Keeper("Ada")
    assert accepted("{id: a, legs: 1, keeper: Ada}", Beast).keeper == Keeper("Ada")
    assert refused("''", Keeper) == ["field-value 1:1"]
    assert refused("[Ada]", Keeper) == ["field-type 1:1"]


def test_tags_and_recursion() -> None:
    text = "{all: [{owns: lion}, {at_least: {n: 1, of: [{owns: ant}, {all: []}]}}]}"
    owns_ant, nothing = Owns(BeastId("ant")), Both(())
    assert accepted(text, Wish) == Both((Owns(BeastId("lion")), Some(1, (owns_ant, nothing))))


def test_paths_inside_trees_are_as_written() -> None:
    _, _, references = read("{all: [{owns: lion}, {at_least: {n: 1, of: [{owns: ant}]}}]}", Wish)
    assert [(r.path, r.field) for r in references] == [
        ("all[0].owns", "Owns.beast"),
        ("all[1].at_least.of[0].owns", "Owns.beast"),
    ]


@pytest.mark.parametrize(
    ("text", "verdict", "advice"),
    [
        ("{own: lion}", "field-choice 1:2", "did you mean 'owns'?"),
        ("{owns: lion, all: []}", "field-type 1:1", "one of: all, at_least, owns"),
        ("{}", "field-type 1:1", "one of: all, at_least, owns"),
        ("owns", "field-type 1:1", ""),
        ("{all: {owns: lion}}", "field-type 1:7 all", ""),
        ("{all: [{owns: [lion]}]}", "field-type 1:15 all[0].owns", ""),
        ("{at_least: {n: two, of: []}}", "field-type 1:16 at_least.n", "digits only"),
        ("{at_least: {of: []}}", "field-missing 1:12 at_least", "needs it"),
        ("{at_least: 2}", "field-type 1:12 at_least", ""),
    ],
)
def test_broken_trees(text: str, verdict: str, advice: str) -> None:
    assert refused(text, Wish) == [verdict]
    assert advice in hints(text, Wish)[0]


def test_kinds() -> None:
    assert accepted("{kind: cat, lives: 9}", Cat | Dog) == Cat(9)
    assert accepted("{kind: hound, tricks: [sit]}", Cat | Dog) == Dog(("sit",), "hound")
    assert refused("{lives: 9}", Cat | Dog) == ["field-missing 1:1"]
    assert refused("{kind: cow}", Cat | Dog) == ["field-choice 1:8 kind"]
    assert refused("{kind: [cat]}", Cat | Dog) == ["field-type 1:8"]
    assert refused("{kind: dog, lives: 9}", Cat | Dog) == ["field-unknown 1:13 lives"]
    assert refused("cat", Cat | Dog) == ["field-type 1:1"]


def test_a_lone_dataclass_may_leave_its_kind_out() -> None:
    assert accepted("{lives: 9}", Cat) == Cat(9)
    assert refused("{lives: 9, kind: dog}", Cat) == ["field-choice 1:18 kind"]


def test_generic_dataclasses() -> None:
    assert accepted("{left: 1, right: 2, more: [3]}", Pair[int]) == Pair(1, 2, (3,))
    assert accepted("{left: 1.5}", Pair[Decimal]) == Pair(Decimal("1.5"))
    assert refused("{left: x, more: [1.5]}", Pair[int]) == ["field-type 1:8 left", "field-type 1:18 more[0]"]


def test_a_dataclass_checks_itself() -> None:
    assert accepted("{low: 1, high: 2}", Range) == Range(1, 2)
    value, found, _ = read("a: {low: 2, high: 1}", Mapping[str, Range])
    assert value == {"a": Range(2, 1)}  # read, but with a problem that says what is wrong with it
    assert found == ["field-conflict 1:4 a"]
    assert refused("{low: -1, high: 1}", Range) == ["field-value 1:1"]


def test_what_the_yaml_layer_refused_is_not_refused_twice() -> None:
    value, found, _ = read("{id: &a ant, legs: *a, keeper: *a, spans: [*a]}", Beast)
    assert value is INVALID
    assert [verdict.split()[0] for verdict in found] == ["yaml-alias"] * 4


def test_mapping_keys_are_words_whatever_they_look_like() -> None:
    assert accepted("{no: NO, null: x, 1.10: y, 'true': z}", Mapping[str, str]) == {
        "no": "NO",
        "null": "x",
        "1.10": "y",
        "true": "z",
    }
    assert accepted("{1: a}", Mapping[int, str]) == {1: "a"}
    assert refused("{01: a}", Mapping[int, str]) == ["field-type 1:2 01"]


def test_documents() -> None:
    document = parse_document(b"{id: ant, legs: 6}", "ant.yaml", Beast)
    assert document.value == Beast(BeastId("ant"), 6)
    assert [r.id for r in document.references] == ["ant"]
    broken = parse_document(b"{id: ant, legs: 6", "ant.yaml", Beast)
    assert broken.value is None
    assert [p.code for p in broken.problems] == ["yaml-syntax"]


def test_problems_of_both_layers_come_together() -> None:
    document = parse_document(b"id: ant\nlegs: 6\nlegs: 7\ntame: 1\n", "ant.yaml", Beast)
    assert document.value is None
    assert [(p.code, p.at.line) for p in document.problems] == [("yaml-duplicate-key", 3), ("field-type", 4)]


def test_hundreds_of_thousands_of_wrong_keys_are_answered_soon() -> None:
    text = "\n".join(f"legs{n}: 1" for n in range(90_000)).encode()
    node, problems = parse_yaml(text, "f")
    assert node is not None
    assert read_value(node, Beast, Context(problems=problems)) is INVALID
    assert len(problems) == 1001
    hinted = [p for p in problems if "did you mean" in p.hint]
    assert 0 < len(hinted) <= 50  # looking for a nearest key takes long: a flood gets none


def test_long_keys_do_not_make_long_paths() -> None:
    text = "{%s: {id: 1}}" % ("k" * 1000)
    node, problems = parse_yaml(text.encode(), "f")
    assert node is not None
    read_value(node, Mapping[str, Beast], Context(problems=problems))  # type: ignore[type-abstract]
    assert all(len(p.path) < 100 and len(str(p)) < 400 for p in problems)


def test_annotations_that_yaml_cannot_hold_are_refused_at_once() -> None:
    for annotation in (float, object, bytes, set[int], tuple[int, str], list[int]):
        with pytest.raises(TypeError, match="cannot be written"):
            shape_of(annotation)
    with pytest.raises(TypeError, match="a `from` of its own"):
        shape_of(Timeline[Span])


def test_descriptions_are_worked_out_once() -> None:
    assert fields_of(RecordShape(Beast)) is fields_of(RecordShape(Beast))


def test_the_order_of_a_union_is_the_order_of_trying() -> None:
    assert accepted("5", int | BeastId) == 5
    assert accepted("5", BeastId | int) == "5"


def test_nearest() -> None:
    assert nearest("lgs", ["legs", "id"]) == "legs"
    assert nearest("LEGS", ["legs", "id"]) == "legs"
    assert nearest("zzz", ["legs", "id"]) is None
    assert nearest("legs" * 100, ["legs"]) is None


def test_scopes_report_into_plain_problems_too() -> None:
    problems = Problems()
    node, _ = parse_yaml(b"{leg: 1}", "f")
    assert node is not None
    read_value(node, Beast, Context(problems=problems))
    assert [p.code for p in problems.sorted()] == ["field-missing", "field-missing", "field-unknown"]
