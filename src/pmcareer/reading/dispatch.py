"""Which function reads which shape. The readers register here, since lists hold records and records hold lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pmcareer.reading.nodes import Node, Unreadable
from pmcareer.reading.scope import INVALID, Invalid, Scope
from pmcareer.reading.shapes import Shape
from pmcareer.reading.words import expected, found, is_null

READERS: dict[type, Callable[[Any, Node, Scope], Any]] = {}


def read_shape(shape: Shape, node: Node, scope: Scope) -> Any:
    """The value of *node* as *shape* has it, or INVALID with the problems recorded in the scope's context."""
    return READERS[type(shape)](shape, node, scope)


def mismatch(shape: Shape, node: Node, scope: Scope) -> Invalid:
    """Report that a node of another kind was expected; silent where the node was refused before."""
    if isinstance(node, Unreadable):
        return INVALID
    hint = "give a value, or delete the key" if is_null(node) else ""
    return scope.report("field-type", f"expected {expected(shape)}, found {found(node)}", node.at, hint)
