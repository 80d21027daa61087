"""The tree of a YAML document, in which every scalar is still text and everything knows its place."""

from __future__ import annotations

from typing import TypeAlias

from pmcareer.problems import Position
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value, still text. ``quoted``: written in quotes or as a block, so that it can only be text."""

    text: str
    quoted: bool
    at: Position


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list."""

    items: tuple[Node, ...]
    at: Position


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping, with the place of the key, and its value."""

    key: str
    at: Position
    value: Node


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Keys and values in the order written; each key once."""

    entries: tuple[Entry, ...]
    at: Position


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands for a value that was refused and reported already; readers pass over it in silence."""

    at: Position


Node: TypeAlias = Scalar | SequenceNode | MappingNode | Unreadable
