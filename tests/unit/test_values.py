"""Value classes behave as the standard library's dataclasses do: each class here is made by both and compared."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import typing
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from typing import Any, ClassVar

import pytest

from pmcareer import values
from pmcareer.model.figures import Figure, Provenance


def make(dataclass: Callable[..., Any]) -> dict[str, Any]:
    """The same classes, by one decorator or the other."""

    @dataclass(frozen=True, slots=True)
    class Point:
        """Frozen, slotted, with a class variable."""

        KIND: ClassVar[str] = "point"
        x: int
        y: int = 7

    @dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        """Ordered by both, except what is left out."""

        a: int
        b: str = "b"
        note: str = dataclasses.field(default="", compare=False, repr=False)

    @dataclass(slots=True)
    class Growing:
        """Mutable, with a fresh list for each, and something computed."""

        items: list[int] = dataclasses.field(default_factory=list)
        total: int = dataclasses.field(init=False, default=0)
        made: list[int] = dataclasses.field(init=False, default_factory=list)

        def __post_init__(self) -> None:
            self.total = sum(self.items)

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Named:
        """By keywords only."""

        a: int = 1
        b: int

    @dataclass(frozen=True)
    class Single:  # noqa: PLW1641 - the decorator adds it
        """One field, no slots, a comparison of its own."""

        only: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Single) and self.only.lower() == other.only.lower()

    @dataclass
    class Empty:
        """Nothing."""

    return {c.__name__: c for c in (Point, Ordered, Growing, Named, Single, Empty)}


OURS, THEIRS = make(values._value_class), make(dataclasses.dataclass)
CALLS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("Point", (1,), {}),
    ("Point", (1, 2), {}),
    ("Point", (), {"x": 1, "y": 2}),
    ("Ordered", (1,), {"note": "n"}),
    ("Growing", (), {}),
    ("Growing", ([1, 2],), {}),
    ("Named", (), {"b": 2}),
    ("Single", ("A",), {}),
    ("Empty", (), {}),
]


@pytest.mark.parametrize(("name", "args", "kwargs"), CALLS)
def test_the_same_instances(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    ours, theirs = OURS[name](*args, **kwargs), THEIRS[name](*args, **kwargs)
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert repr(ours) == repr(theirs)
    assert ours == OURS[name](*args, **kwargs)
    assert ours != theirs
    assert copy.deepcopy(ours) == ours
    assert dataclasses.replace(ours) == ours


@pytest.mark.parametrize("name", OURS)
def test_the_same_shape(name: str) -> None:
    ours, theirs = OURS[name], THEIRS[name]
    assert [f.name for f in dataclasses.fields(ours)] == [f.name for f in dataclasses.fields(theirs)]
    assert ours.__match_args__ == theirs.__match_args__
    assert hasattr(ours, "__slots__") == hasattr(theirs, "__slots__")
    assert (ours.__hash__ is None) == (theirs.__hash__ is None)
    assert list(inspect.signature(ours).parameters) == list(inspect.signature(theirs).parameters)
    kinds = [p.kind for p in inspect.signature(ours).parameters.values()]
    assert kinds == [p.kind for p in inspect.signature(theirs).parameters.values()]


@pytest.mark.parametrize(("args", "kwargs"), [((), {}), ((1, 2, 3), {}), ((1,), {"z": 1}), ((1,), {"x": 1})])
def test_wrong_calls_are_refused_alike(args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    for classes in (OURS, THEIRS):
        with pytest.raises(TypeError):
            classes["Point"](*args, **kwargs)


def test_frozen_instances_stay_as_they_are() -> None:
    point = OURS["Point"](1)
    with pytest.raises(FrozenInstanceError):
        point.x = 2
    with pytest.raises(FrozenInstanceError):
        del point.x
    assert {point, OURS["Point"](1)} == {OURS["Point"](1, 7)}


def test_mutable_instances_share_nothing_and_have_no_hash() -> None:
    one, other = OURS["Growing"](), OURS["Growing"]()
    one.items.append(3)
    assert other.items == []
    with pytest.raises(TypeError):
        hash(one)


def test_order() -> None:
    ordered = OURS["Ordered"]
    assert sorted([ordered(2), ordered(1, "c"), ordered(1, "b")]) == [ordered(1, "b"), ordered(1, "c"), ordered(2)]
    assert ordered(1, note="x") <= ordered(1, note="y")
    with pytest.raises(TypeError):
        _ = ordered(1) < OURS["Point"](2)


def test_its_own_comparison_is_kept() -> None:
    assert OURS["Single"]("A") == OURS["Single"]("a")


def test_instances_can_be_pickled() -> None:
    figure = Figure(3, Provenance(because="of it"), note="n")
    assert pickle.loads(pickle.dumps(figure)) == figure


def test_annotations_can_be_resolved() -> None:
    assert typing.get_type_hints(OURS["Point"]) == {"KIND": ClassVar[str], "x": int, "y": int}
    assert typing.get_type_hints(OURS["Point"].__init__) == {"x": int, "y": int, "return": type(None)}


@pytest.mark.parametrize("dataclass", [values._value_class, dataclasses.dataclass])
def test_mistakes_are_refused_where_they_are_made(dataclass: Callable[..., Any]) -> None:
    with pytest.raises(TypeError):
        dataclass(type("Late", (), {"__annotations__": {"a": "int", "b": "int"}, "a": 1}))
    with pytest.raises(ValueError, match="mutable default"):
        dataclass(type("Shared", (), {"__annotations__": {"a": "list[int]"}, "a": []}))


@pytest.mark.parametrize("dataclass", [values._value_class, dataclasses.dataclass])
def test_a_class_inherits_fields(dataclass: Callable[..., Any]) -> None:
    fresh: Any = dataclasses.field(default_factory=list)
    base = dataclass(slots=True)(type("Base", (), {"__annotations__": {"a": "int", "b": "int"}, "b": 2}))
    content = {"__annotations__": {"b": "int", "c": "list[int]"}, "b": 3, "c": fresh}
    derived = dataclass(slots=True)(type("Derived", (base,), content))
    made = derived(1)
    assert (made.a, made.b, made.c) == (1, 3, [])
    assert [f.name for f in dataclasses.fields(derived)] == ["a", "b", "c"]
    assert derived.__slots__ == ("c",)
    assert not hasattr(made, "__dict__")


def test_the_standard_library_takes_them_for_what_they_are() -> None:
    assert dataclasses.is_dataclass(OURS["Point"])
    ours: Any = OURS["Point"]
    point: Any = ours(1)
    assert dataclasses.asdict(point) == {"x": 1, "y": 7}
    assert dataclasses.astuple(point) == (1, 7)
    assert dataclasses.replace(point, y=8) == ours(1, 8)
    thawed = type("Thawed", (ours,), {"__annotations__": {"z": "int"}, "z": 0})
    with pytest.raises(TypeError):
        dataclasses.dataclass(thawed)  # what is frozen stays frozen
