"""Provenance: which source backs a value, stated beside it or inherited from the mappings around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pmcareer.model.figures import Provenance
from pmcareer.problems import Position
from pmcareer.reading.annotations import provenance_shapes
from pmcareer.reading.dispatch import read_shape
from pmcareer.reading.nodes import Entry
from pmcareer.reading.scope import INVALID, Invalid, Scope


def split_provenance(entries: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The entries that state a provenance, and the others."""
    keys = provenance_shapes()
    stated = [entry for entry in entries if entry.key in keys]
    return stated, [entry for entry in entries if entry.key not in keys] if stated else list(entries)


def read_provenance(stated: Sequence[Entry], at: Position, scope: Scope) -> Provenance | Invalid:
    """The provenance of what is written at *at*: what is stated there, completed by what is inherited.

    Naming a source or a reason (``because``) begins afresh: the day read and the standing of another source say
    nothing about this one.
    """
    base, origin = _inherited(at, scope), scope.context.origin(at)
    if not stated:
        return Provenance(base.source, base.read, base.standing, base.because, origin)
    shapes = provenance_shapes()
    said: dict[str, Any] = {}
    for entry in stated:
        place = scope.child(entry.key, f"Provenance.{entry.key}")
        said[entry.key] = read_shape(shapes[entry.key], entry.value, place)
    if INVALID in said.values():
        return INVALID
    if "source" in said or "because" in said:
        return Provenance(**said, origin=origin)
    return replace(base, **said, origin=origin)


def _inherited(at: Position, scope: Scope) -> Provenance:
    """What is inherited: never from another file's mapping, over which this value was laid."""
    origin = scope.inherited.origin
    if not scope.context.backings or (origin is not None and origin.file == at.file):
        return scope.inherited
    above = [b for b in scope.context.backings if b.at.file == at.file and b.at.line <= at.line]
    return max(above, key=lambda b: b.at.line).provenance if above else scope.inherited
