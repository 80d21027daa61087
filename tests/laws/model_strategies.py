"""Strategies for values of the model, from its annotations.

Every provenance names a source, so that nothing is inherited and a value is read back as it was; origins, which only
a reader knows, are absent.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from pmcareer.dates import Length
from pmcareer.model.currencies import CURRENCIES
from pmcareer.model.figures import Figure, Provenance, Rival, Standing
from pmcareer.money import Money
from pmcareer.timeline import Since, Timeline

# Not drawn: what the reader refuses (control characters, turners of direction) and what is blank.
_REFUSED = "\ufeff\ufffe\uffff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_characters = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters=_REFUSED)
texts = st.text(_characters | st.sampled_from("\n\t"), min_size=1, max_size=12).filter(
    lambda text: bool(text.strip()) and text != "unknown"
)
ids = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
cents = st.integers(0, 10**8).map(lambda n: Decimal(n) / 100)
currencies = st.sampled_from(sorted(CURRENCIES))
days = st.dates(min_value=date(1, 1, 2))  # the first day of all cannot be told from "since always"

_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    bool: st.booleans(),
    int: st.integers(-(10**9), 10**9),
    Decimal: cents,
    date: days,
    Length: st.builds(Length, months=st.integers(1, 200)) | st.builds(Length, days=st.integers(1, 900)),
    Money: st.builds(Money, cents, currencies),
    Provenance: st.builds(
        Provenance,
        source=ids,
        read=st.none() | days,
        standing=st.none() | st.sampled_from(Standing),
        because=st.just("") | texts,
    ),
}


def values(annotation: Any) -> st.SearchStrategy[Any]:
    """Values of a dataclass, or of any other annotation of the model."""
    return _values(annotation, 4)


@cache
def _values(annotation: Any, depth: int) -> st.SearchStrategy[Any]:
    """Values in which lists nest *depth* deep at most, and optional parts are absent below that."""
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if isinstance(annotation, NewType):
        return ids
    if dataclasses.is_dataclass(annotation):
        return _records(annotation, depth)
    if (origin := get_origin(annotation)) is not None:
        return _generic(annotation, origin, get_args(annotation), depth)
    return st.from_type(annotation)


def _generic(annotation: Any, origin: Any, args: tuple[Any, ...], depth: int) -> st.SearchStrategy[Any]:
    if origin in (Union, types.UnionType):
        return _unions(args, depth)
    if origin is tuple:
        return st.lists(_values(args[0], depth - 1), max_size=2).map(tuple) if depth > 0 else st.just(())
    if origin is Figure:
        return _figures(_values(args[0], depth))
    if origin is Rival:
        return _rivals(_values(args[0], depth))
    if origin is Timeline:
        return _timelines(_values(args[0], depth))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return st.dictionaries(_values(args[0], depth), _values(args[1], depth), max_size=2)
    return st.from_type(annotation)


def _unions(args: tuple[Any, ...], depth: int) -> st.SearchStrategy[Any]:
    if type(None) in args and depth <= 0:
        return st.none()
    return st.one_of(*(st.none() if arg is type(None) else _values(arg, depth) for arg in args))


@cache
def _hints(cls: Any) -> dict[str, Any]:
    return get_type_hints(cls)


@st.composite
def _records(draw: st.DrawFn, cls: Any, depth: int) -> Any:
    """Drawn field by field: a strategy built of strategies would have a representation without end."""
    parts = {}
    for field in dataclasses.fields(cls):
        drawn = _values(_hints(cls)[field.name], depth - 1)
        # an empty text is only ever the absence of one
        parts[field.name] = draw(st.just("") | drawn if field.default == "" else drawn)
    return cls(**parts)


def _rivals(drawn: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(Rival, drawn, source=st.none() | ids, read=st.none() | days, note=st.just("") | texts)


def _figures(drawn: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    rivals = st.lists(_rivals(drawn), max_size=1).map(tuple)
    return st.builds(Figure, st.none() | drawn, _PLAIN[Provenance], note=st.just("") | texts, alternatives=rivals)


def _timelines(drawn: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    starts = st.lists(days, unique=True, max_size=2).map(sorted)
    dated = st.tuples(st.booleans(), starts).map(lambda pair: [None] * pair[0] + pair[1])
    return dated.flatmap(
        lambda firsts: st.tuples(*(st.builds(Since, st.just(first), drawn) for first in firsts)).map(Timeline)
    )


def without_origins(value: Any) -> Any:
    """The value with every origin taken out, at any depth."""
    if isinstance(value, Provenance):
        return dataclasses.replace(value, origin=None)
    if isinstance(value, tuple):
        return tuple(without_origins(item) for item in value)
    if isinstance(value, Timeline):
        return Timeline(Since(entry.start, without_origins(entry.value)) for entry in value)
    if isinstance(value, Mapping):
        return {key: without_origins(one) for key, one in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        return dataclasses.replace(value, **{name: without_origins(getattr(value, name)) for name in names})
    return value
