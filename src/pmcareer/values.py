"""Value classes: dataclasses that cost little to define, since a command meets many and makes few.

``dataclass`` means what the standard library's means, but compiles no code while a module is imported: a class's
constructor is written when it is first called, and comparing, hashing and showing are shared by all classes.
docs/decisions/ says what that saves.
"""

from __future__ import annotations

import dataclasses
import operator
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, field, fields
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass", "field"]

_ORDER = {"__lt__": operator.lt, "__le__": operator.le, "__gt__": operator.gt, "__ge__": operator.ge}


def _value_class(
    class_: type | None = None,
    /,
    *,
    eq: bool = True,
    order: bool = False,
    frozen: bool = False,
    kw_only: bool = False,
    slots: bool = False,
) -> Any:
    """The class as a dataclass; usable with and without parentheses."""

    def decorate(plain: type) -> type:
        plain.__doc__ = plain.__doc__ or f"{plain.__name__}()"  # else a signature is computed for every class
        made: type = dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=kw_only, slots=slots)(plain)
        own: dict[str, Any] = {"__init__": _Constructor(made, frozen), "__repr__": _repr}
        own |= _comparisons(made, frozen, order) if eq else {}
        own |= {"__getstate__": _state, "__setstate__": _set_state} if frozen and slots else {}
        for name, method in own.items():
            if plain.__dict__.get(name) is None:  # a class with an __eq__ of its own has None for its __hash__
                setattr(made, name, method)
        if frozen:
            made.__setattr__, made.__delattr__ = _refuse_to_set, _refuse_to_delete  # type: ignore[method-assign,assignment]
        return made

    return decorate if class_ is None else decorate(class_)


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _value_class


class _Constructor:
    """Stands for ``__init__`` until somebody asks for it."""

    __slots__ = ("class_", "frozen")

    def __init__(self, class_: type, frozen: bool) -> None:
        self.class_ = class_
        self.frozen = frozen

    def __get__(self, instance: object, owner: type | None = None) -> Any:
        written = _write_constructor(self.class_, self.frozen)
        self.class_.__init__ = written  # type: ignore[misc]
        return written if instance is None else written.__get__(instance, owner)


def _write_constructor(class_: type, frozen: bool) -> Callable[..., None]:
    """``__init__`` in Python: parameters are the fields, in order, those for keywords only last."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_MISSING": MISSING}
    own = fields(class_)
    positional = [_parameter(f, known) for f in own if f.init and not f.kw_only]
    keyword = [_parameter(f, known) for f in own if f.init and f.kw_only]
    body = [_assignment(f, frozen, known) for f in own if f.init or f.default_factory is not MISSING]
    if hasattr(class_, "__post_init__"):
        body.append("self.__post_init__()")
    signature = ", ".join(["self", *positional, *(["*", *keyword] if keyword else [])])
    source = f"def __init__({signature}):\n    " + "\n    ".join(body or ["pass"])
    exec(source, known)  # noqa: S102 - the names of fields, as in the standard library
    written: Callable[..., None] = known["__init__"]
    written.__qualname__ = f"{class_.__qualname__}.__init__"
    written.__module__ = class_.__module__
    written.__annotations__ = {f.name: f.type for f in own if f.init} | {"return": None}
    return written


def _parameter(one: Field[Any], known: dict[str, Any]) -> str:
    """A parameter; *known* takes what its default refers to."""
    if one.default is not MISSING:
        known[f"_default_{one.name}"] = one.default
        return f"{one.name}=_default_{one.name}"
    if one.default_factory is not MISSING:
        return f"{one.name}=_MISSING"
    return one.name


def _assignment(one: Field[Any], frozen: bool, known: dict[str, Any]) -> str:
    value = one.name
    if one.default_factory is not MISSING:
        known[f"_make_{value}"] = one.default_factory
        value = f"_make_{value}() if {value} is _MISSING else {value}" if one.init else f"_make_{value}()"
    return f"_set(self, {one.name!r}, {value})" if frozen else f"self.{one.name} = {value}"


# --- comparing, hashing, showing ------------------------------------------------------------------------------------


def _comparisons(class_: type, frozen: bool, order: bool) -> dict[str, Any]:
    values = _compared(class_)

    def equal(self: object, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(values(self))

    methods: dict[str, Any] = {"__eq__": equal, "__hash__": hashed if frozen else None}
    return methods | ({name: _ordering(compare, values) for name, compare in _ORDER.items()} if order else {})


def _compared(class_: type) -> Callable[[object], Any]:
    """What takes the compared fields out of an instance, as a tuple."""
    names = [f.name for f in fields(class_) if f.compare]
    if len(names) > 1:
        return operator.attrgetter(*names)
    return lambda instance: tuple(getattr(instance, name) for name in names)


def _ordering(compare: Callable[[Any, Any], bool], values: Callable[[object], Any]) -> Callable[[object, object], Any]:
    def ordered(self: object, other: object) -> Any:
        return compare(values(self), values(other)) if other.__class__ is self.__class__ else NotImplemented

    return ordered


@recursive_repr()
def _repr(self: Any) -> str:
    shown = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.repr)
    return f"{self.__class__.__qualname__}({shown})"


# --- frozen instances -----------------------------------------------------------------------------------------------


def _refuse_to_set(self: object, name: str, value: object) -> None:  # noqa: ARG001 - Python's signature
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:  # noqa: ARG001 - Python's signature
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    """What pickling and copying keep."""
    return [getattr(self, f.name) for f in fields(self)]


def _set_state(self: Any, state: list[object]) -> None:
    for one, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)
