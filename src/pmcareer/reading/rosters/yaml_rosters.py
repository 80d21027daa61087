"""Rosters in YAML: a list of people, each with certifications of their own, or people and holdings as two lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pmcareer.problems import Position, Problems
from pmcareer.reading.files import shown_path
from pmcareer.reading.nodes import MappingNode, Node, Scalar, SequenceNode
from pmcareer.reading.rosters.layout import HOLDING_FIELDS
from pmcareer.reading.rosters.plain import Record
from pmcareer.reading.rosters.tables import Table
from pmcareer.reading.words import is_null
from pmcareer.reading.yaml_nodes import Limits, read_yaml

LIMITS = Limits(size=64 << 20, nodes=5_000_000)
_OWN = "certifications"
_NAMES = {"id": "certification"}


def read_yaml_roster(path: Path, separator: str, problems: Problems) -> list[Table]:
    """The table of people, and that of what they hold; *separator* joins lists that stand in one cell."""
    name = shown_path(path)
    root, found = read_yaml(path, LIMITS)
    problems.extend(found)
    if root is None or problems.errors:
        return []
    people, holdings = _lists(root, name, problems)
    if problems.errors:
        return []
    nested = [(at, person, one) for at, person in enumerate(people, 1) for one in _nested(person)]
    rows = [
        {key: _text(node, separator) for key, node in _entries(person) if not _is_nested(key, node)}
        for person in people
    ]
    tables = [_table(name, rows, {"format": "YAML"})]
    held = [(at, _nested_row(person, one, separator)) for at, person, one in nested]
    held += [(at, {key: _text(node, separator) for key, node in _entries(one)}) for at, one in enumerate(holdings, 1)]
    if held:
        tables.append(_table(name, [row for _, row in held], {}, [at for at, _ in held]))
    return tables


def _lists(root: Node, file: str, problems: Problems) -> tuple[list[MappingNode], list[MappingNode]]:
    parts: dict[str, Node] = {"people": root}
    if isinstance(root, MappingNode):
        parts = {entry.key: entry.value for entry in root.entries}
    for key in parts.keys() - {"people", "holdings"}:
        problems.add("field-unknown", f"the key {key!r} is not known here", Position(file, 1), hint="people, holdings")
    return _mappings(parts.get("people"), problems), _mappings(parts.get("holdings"), problems)


def _mappings(node: Node | None, problems: Problems) -> list[MappingNode]:
    if node is None:
        return []
    if not isinstance(node, SequenceNode):
        problems.add("field-type", "expected a list of people or of holdings", node.at)
        return []
    for item in node.items:
        if not isinstance(item, MappingNode):
            problems.add("field-type", "expected a mapping, such as {person: E1, role: project-manager}", item.at)
    return [item for item in node.items if isinstance(item, MappingNode)]


def _entries(node: MappingNode) -> Iterator[tuple[str, Node]]:
    return ((_NAMES.get(entry.key, entry.key), entry.value) for entry in node.entries)


def _is_nested(key: str, node: Node) -> bool:
    return key == _OWN and isinstance(node, SequenceNode) and any(isinstance(one, MappingNode) for one in node.items)


def _nested(person: MappingNode) -> Iterator[MappingNode | Scalar]:
    """The certifications of a person that are written as mappings, and the plain ones among them."""
    for key, node in _entries(person):
        if _is_nested(key, node) and isinstance(node, SequenceNode):
            yield from (one for one in node.items if isinstance(one, (MappingNode, Scalar)))


def _nested_row(person: MappingNode, one: MappingNode | Scalar, separator: str) -> dict[str, str]:
    """A holding, with the fields of its person, whichever of them says who that is."""
    row = {"certification": one.text} if isinstance(one, Scalar) else {k: _text(v, separator) for k, v in _entries(one)}
    who = {key: node.text for key, node in _entries(person) if isinstance(node, Scalar) and not is_null(node)}
    return {**{key: value for key, value in who.items() if key not in HOLDING_FIELDS}, **row}


def _text(node: Node, separator: str) -> str:
    if isinstance(node, Scalar):
        return "" if is_null(node) else node.text
    if isinstance(node, SequenceNode):
        return separator.join(_text(one, separator) for one in node.items)
    return ""


def _table(file: str, rows: Sequence[dict[str, str]], read_as: dict[str, str], numbers: Sequence[int] = ()) -> Table:
    header = tuple(dict.fromkeys(key for row in rows for key in row))

    def records() -> Iterator[Record]:
        for place, row in enumerate(rows):
            yield numbers[place] if numbers else place + 1, [row.get(key) for key in header]

    return Table(file, header, records, read_as)
