"""Baselines read back: a file of ours with every problem at its line, and one that is not ours known as such.

JSON is read by the YAML reader, which knows the line and the column of everything; what we write lies in both.
"""

from __future__ import annotations

from pathlib import Path

from pmcareer.model.baseline import SCHEMA, BaselinePlan
from pmcareer.problems import Problems
from pmcareer.reading.nodes import MappingNode, Node, Scalar
from pmcareer.reading.scope import Context, Invalid
from pmcareer.reading.typed import read_value
from pmcareer.reading.yaml_nodes import read_yaml

_FAMILY = SCHEMA.partition("/")[0]
_SAVE = "save one with `pmcareer plan --save-baseline`"


def read_baseline(path: Path) -> tuple[BaselinePlan | None, Problems]:
    """The baseline at *path*, or None with everything that stands in the way."""
    node, problems = read_yaml(path)
    if node is None:
        return None, problems
    if not _is_ours(node, problems):
        return None, problems
    context = Context(problems=problems, layer="baseline")
    value = read_value(node, BaselinePlan, context)
    return (None if isinstance(value, Invalid) or problems.errors else value), problems


def _is_ours(node: Node, problems: Problems) -> bool:
    """Whether it says that it is a baseline of a version that is understood; else that is the one problem."""
    entries = node.entries if isinstance(node, MappingNode) else ()
    schema = next((entry.value for entry in entries if entry.key == "schema"), None)
    says = schema.text if isinstance(schema, Scalar) else ""
    if says == SCHEMA:
        return True
    at = schema.at if schema is not None else node.at
    if says.partition("/")[0] == _FAMILY:
        message = f"a baseline of the version {says[:60]!r}; this program understands {SCHEMA!r}"
        problems.add("baseline-version", message, at, path="schema", hint="save it anew with this version")
    else:
        said = f"it says {says[:60]!r}" if says else "it has no `schema`"
        problems.add("baseline-foreign", f"not a baseline that pmcareer wrote: {said}", at, hint=_SAVE)
    return False
