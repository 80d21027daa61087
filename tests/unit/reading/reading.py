"""How the reader's tests read: a text as a type, and findings as short verdicts."""

from __future__ import annotations

from typing import Any

from pmcareer.problems import Problem, Problems
from pmcareer.reading.scope import INVALID, Context, Reference
from pmcareer.reading.typed import read_annotated
from pmcareer.reading.yaml_nodes import parse_yaml


def read(text: str, annotation: Any, layer: str = "shipped") -> tuple[Any, list[str], list[Reference]]:
    """The value (INVALID where there is none), the verdicts, and the ids met."""
    node, problems = parse_yaml(text.encode(), "f.yaml")
    assert node is not None, list(problems)
    context = Context(problems=problems, layer=layer)
    value = read_annotated(node, annotation, context.root())
    return value, verdicts(problems), context.references


def accepted(text: str, annotation: Any) -> Any:
    """The value of a text in which nothing is wrong."""
    value, found, _ = read(text, annotation)
    assert found == []
    assert value is not INVALID
    return value


def refused(text: str, annotation: Any) -> list[str]:
    """The verdicts on a text that gives no value: ``code line:column path``."""
    value, found, _ = read(text, annotation)
    assert value is INVALID
    return found


def hints(text: str, annotation: Any) -> list[str]:
    """What the problems advise."""
    return [problem.hint for problem in _problems(text, annotation)]


def messages(text: str, annotation: Any) -> list[str]:
    """The problems as they are shown."""
    return [str(problem) for problem in _problems(text, annotation)]


def _problems(text: str, annotation: Any) -> list[Problem]:
    node, problems = parse_yaml(text.encode(), "f.yaml")
    assert node is not None
    read_annotated(node, annotation, Context(problems=problems).root())
    return problems.sorted()


def verdicts(problems: Problems) -> list[str]:
    """``code line:column path`` for each problem, in the order of the file."""
    return [f"{p.code} {p.at.line}:{p.at.column} {p.path}".rstrip() for p in problems.sorted()]
