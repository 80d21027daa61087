"""Value classes: dataclasses that cost little to define, since a command meets many and makes few.

``dataclass`` means what the standard library's means, but compiles nothing while a module is imported: a constructor
is written when it is first called. ``dataclasses.fields``, ``replace``, ``asdict`` and ``is_dataclass`` take value
classes for what they are. docs/decisions/ says what that saves.
"""

from __future__ import annotations

import dataclasses
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, field, fields
from reprlib import recursive_repr
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass", "field"]

_FILLED = 40  # instances after which a written constructor has paid for its writing
_ORDER = {"__lt__": operator.lt, "__le__": operator.le, "__gt__": operator.gt, "__ge__": operator.ge}
_A_FIELD = dataclasses._FIELD  # type: ignore[attr-defined] # by which `dataclasses.fields` knows its own


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
        own = _own_fields(plain, kw_only)
        every = _inherited_fields(plain) | own
        constructor = _Constructor(frozen)
        added: dict[str, Any] = {"__init__": constructor, "__repr__": _repr}
        added |= _comparisons(every.values(), frozen, order) if eq else {}
        added |= _FROZEN if frozen else {}
        added |= _PICKLED if frozen and slots else {}
        # A class with an __eq__ of its own has None for its __hash__.
        added = {name: one for name, one in added.items() if plain.__dict__.get(name) is None}
        added["__dataclass_fields__"] = every
        added["__dataclass_params__"] = SimpleNamespace(init=True, repr=True, eq=eq, order=order, frozen=frozen)
        added["__match_args__"] = _positional(every.values())
        constructor.class_ = made = _remade(plain, own, added) if slots else _completed(plain, own, added)
        return made

    return decorate if class_ is None else decorate(class_)


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _value_class


# --- fields ---------------------------------------------------------------------------------------------------------


def _own_fields(plain: type, kw_only: bool) -> dict[str, Field[Any]]:
    """The fields that the class itself declares, in order."""
    own: dict[str, Field[Any]] = {}
    for name, annotation in plain.__annotations__.items():
        if not str(annotation).startswith(("ClassVar", "typing.ClassVar")):
            default = plain.__dict__.get(name, MISSING)
            one: Any = default if isinstance(default, Field) else field(default=default)
            if one.default is not MISSING and one.default.__class__.__hash__ is None:
                raise ValueError(f"mutable default {one.default!r} for field {name}: use default_factory")
            one.name, one.type, one._field_type = name, annotation, _A_FIELD
            one.kw_only = kw_only if one.kw_only is MISSING else one.kw_only
            own[name] = one
    return own


def _inherited_fields(plain: type) -> dict[str, Field[Any]]:
    found: dict[str, Field[Any]] = {}
    for base in plain.__mro__[-1:0:-1]:
        found |= base.__dict__.get("__dataclass_fields__", {})
    return found


def _positional(every: Iterable[Field[Any]]) -> tuple[str, ...]:
    """The fields that a constructor takes by position; those without default come first."""
    names: list[str] = []
    optional = ""
    for one in every:
        if one.init and not one.kw_only:
            names.append(one.name)
            if one.default is not MISSING or one.default_factory is not MISSING:
                optional = one.name
            elif optional:
                raise TypeError(f"the field {one.name!r} has no default, but {optional!r} before it has one")
    return tuple(names)


# --- making the class -----------------------------------------------------------------------------------------------


def _remade(plain: type, own: Iterable[str], added: Mapping[str, Any]) -> type:
    """The class anew, with slots for its fields."""
    taken = {slot for base in plain.__mro__[1:] for slot in base.__dict__.get("__slots__", ())}
    content = {name: one for name, one in plain.__dict__.items() if name not in own}
    for name in ("__dict__", "__weakref__"):
        content.pop(name, None)
    content |= added
    content["__slots__"] = tuple(name for name in own if name not in taken)
    made = type(plain)(plain.__name__, plain.__bases__, content)
    made.__qualname__ = plain.__qualname__
    return made


def _completed(plain: type, own: Mapping[str, Field[Any]], added: Mapping[str, Any]) -> type:
    """The class itself; a default is an attribute of it, as everywhere."""
    for name, one in own.items():
        if one.default is not MISSING:
            setattr(plain, name, one.default)
        elif name in plain.__dict__:
            delattr(plain, name)
    for name, value in added.items():
        setattr(plain, name, value)
    return plain


class _Constructor:
    """Stands for ``__init__``: fills the first instances field by field, and writes a constructor for those after."""

    __slots__ = ("class_", "filled", "frozen")
    class_: Any

    def __init__(self, frozen: bool) -> None:
        self.frozen = frozen
        self.filled = 0

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is not None and self.filled < _FILLED:
            self.filled += 1
            return lambda *args, **kwargs: self._fill(instance, args, kwargs)
        written = _write_constructor(self.class_, self.frozen)
        self.class_.__init__ = written
        return written if instance is None else written.__get__(instance, owner)

    def _fill(self, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """What the written constructor would do; where something is amiss, that shall say so."""
        positional = self.class_.__match_args__
        values = {**dict(zip(positional, args, strict=False)), **kwargs}
        if len(values) == len(args) + len(kwargs) and self._set_all(instance, values):
            if hasattr(instance, "__post_init__"):
                instance.__post_init__()
            return
        self.filled = _FILLED
        self.class_.__init__(instance, *args, **kwargs)

    def _set_all(self, instance: object, values: Mapping[str, Any]) -> bool:
        """Set every field; false where a value is missing, or one of *values* belongs to none."""
        used = 0
        for one in self.class_.__dataclass_fields__.values():
            if one.init and one.name in values:
                value = values[one.name]
                used += 1
            elif one.default_factory is not MISSING:
                value = one.default_factory()
            elif one.default is not MISSING:
                value = one.default
            elif one.init:
                return False
            else:
                continue
            object.__setattr__(instance, one.name, value)
        return used == len(values)


def _write_constructor(class_: type, frozen: bool) -> Callable[..., None]:
    """``__init__`` in Python: parameters are the fields, in order, those for keywords only last."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_MISSING": MISSING}
    own = fields(class_)
    positional = [_parameter(f, known) for f in own if f.init and not f.kw_only]
    keyword = [_parameter(f, known) for f in own if f.init and f.kw_only]
    body = [_assignment(f, frozen, known) for f in own if f.init or not _is_unset(f)]
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


def _is_unset(one: Field[Any]) -> bool:
    """Whether nothing says what the field shall hold."""
    return one.default is MISSING and one.default_factory is MISSING


def _assignment(one: Field[Any], frozen: bool, known: dict[str, Any]) -> str:
    value = one.name
    if one.default_factory is not MISSING:
        known[f"_make_{value}"] = one.default_factory
        value = f"_make_{value}() if {value} is _MISSING else {value}" if one.init else f"_make_{value}()"
    elif not one.init:
        known[f"_default_{value}"] = one.default
        value = f"_default_{value}"
    return f"_set(self, {one.name!r}, {value})" if frozen else f"self.{one.name} = {value}"


# --- comparing, hashing, showing ------------------------------------------------------------------------------------


def _comparisons(every: Iterable[Field[Any]], frozen: bool, order: bool) -> dict[str, Any]:
    values = _compared([one.name for one in every if one.compare])

    def equal(self: object, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(values(self))

    methods: dict[str, Any] = {"__eq__": equal, "__hash__": hashed if frozen else None}
    return methods | ({name: _ordering(compare, values) for name, compare in _ORDER.items()} if order else {})


def _compared(names: list[str]) -> Callable[[object], Any]:
    """What takes the compared fields out of an instance, as a tuple."""
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


_FROZEN = {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
_PICKLED = {"__getstate__": _state, "__setstate__": _set_state}
