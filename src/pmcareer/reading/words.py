"""What nodes and shapes are called in messages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pmcareer.dates import Length
from pmcareer.money import Money
from pmcareer.reading.findings import quote
from pmcareer.reading.nodes import MappingNode, Node, Scalar, SequenceNode
from pmcareer.reading.shapes import (
    ChoiceShape,
    FigureShape,
    IdShape,
    ListShape,
    OptionalShape,
    ScalarShape,
    Shape,
    TimelineShape,
)

SCALAR_WORDS: dict[type, str] = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    Decimal: "a number",
    date: "a date (YYYY-MM-DD)",
    Length: "a length such as '3 years' or '90 days'",
    Money: "an amount with a currency, such as 555 USD",
}
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


def is_null(node: Node) -> bool:
    """Whether a node is YAML's null: nothing at all, ``~`` or ``null``, unquoted."""
    return isinstance(node, Scalar) and not node.quoted and node.text in _NULLS


def found(node: Node) -> str:
    """What stands there: ``a list``, ``nothing``, ``the text 'x'``."""
    if isinstance(node, SequenceNode):
        return "a list"
    if isinstance(node, MappingNode):
        return "a mapping"
    if not isinstance(node, Scalar) or is_null(node):
        return "nothing"
    return f"{'the text ' if node.quoted else ''}{quote(node.text)}"


def expected(shape: Shape) -> str:
    """What a shape asks for: ``a date (YYYY-MM-DD)``, ``a list``."""
    if isinstance(shape, OptionalShape):
        return expected(shape.inner)
    if isinstance(shape, FigureShape):
        return f"{expected(shape.value)} or unknown"
    if isinstance(shape, TimelineShape):
        return expected(shape.value)
    if isinstance(shape, ScalarShape):
        return SCALAR_WORDS[shape.type_]
    if isinstance(shape, IdShape):
        return "an id"
    if isinstance(shape, ChoiceShape):
        return "one of the accepted words"
    return "a list" if isinstance(shape, ListShape) else "a mapping"
