"""Answers to the interview in a file: one key a question, as they would be typed; drafts have the same form."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TypeAlias

from pmcareer.problems import Position, Problems
from pmcareer.reading.findings import did_you_mean, quote
from pmcareer.reading.nodes import Entry, MappingNode, Node, Scalar, SequenceNode
from pmcareer.reading.words import is_null
from pmcareer.reading.yaml_nodes import read_yaml

Placed: TypeAlias = "tuple[tuple[str, Position], ...]"
"""The texts of an answer with their places; none: the question is skipped."""


def read_answers(path: Path, keys: Collection[str], several: Collection[str]) -> tuple[dict[str, Placed], Problems]:
    """The answers in the file at *path*, by their keys; only those in *several* may be lists."""
    node, problems = read_yaml(path)
    found: dict[str, Placed] = {}
    if node is None:
        return found, problems
    if not isinstance(node, MappingNode):
        problems.add("field-type", "expected keys with answers", node.at, hint="such as `region: us`")
        return found, problems
    for entry in node.entries:
        if entry.key not in keys:
            message = f"there is no question {quote(entry.key)}"
            problems.add("field-unknown", message, entry.at, hint=did_you_mean(entry.key, keys))
        elif (texts := _texts(entry, entry.key in several)) is None:
            problems.add("field-type", f"the answer to {entry.key} is not text", entry.value.at)
        else:
            found[entry.key] = texts
    return found, problems


def _texts(entry: Entry, is_several: bool) -> Placed | None:
    """The texts of a value; None where it is something else."""
    value = entry.value
    if is_null(value):
        return ()
    nodes: tuple[Node, ...] = value.items if isinstance(value, SequenceNode) and is_several else (value,)
    scalars = [one for one in nodes if isinstance(one, Scalar)]
    return tuple((one.text, one.at) for one in scalars) if len(scalars) == len(nodes) else None
