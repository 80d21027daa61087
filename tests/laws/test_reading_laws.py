"""Laws of the reader: no bytes make it raise or hang, and what is written reads back equal."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.laws.model_strategies import values, without_origins
from tests.laws.yaml_writing import block, flow, tree
from tests.unit.reading.editor import objections

from pmcareer.model.certifications import Certification, Issuer
from pmcareer.model.people import Profile
from pmcareer.model.requirements import Requirement
from pmcareer.model.roles import Ladder, Role
from pmcareer.problems import CODES
from pmcareer.reading import yaml_nodes
from pmcareer.reading.schema import json_schema
from pmcareer.reading.scope import Context
from pmcareer.reading.typed import Document, parse_document, read_annotated
from pmcareer.reading.yaml_nodes import Limits, parse_yaml

# What means something to YAML comes further than random text.
_PIECES = ["a", "id", "roles", "from: ", ":", ": ", "-", "- ", "? ", ",", "{", "}", "[", "]", "#", " # ", "---", "..."]
_PIECES += ["&", "&a ", "*", "*a", "!!str ", "!", "|", "|-\n", ">", "'", '"', "\\", "%", "@", "`", "<<: ", "~", "null"]
_PIECES += ["\n", "\n  ", "  ", "\t", "2026-02-30", "555 USD", "unknown", "é", "😀"]
_PIECES += ["\ufeff", "\r\n", "\r", "\x85", "\u2028", "\0", "\x1b", "\u202e"]
yaml_like = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)
any_bytes = st.binary(max_size=200) | yaml_like.map(str.encode)

PARSERS: dict[str, Any] = {"libyaml": yaml.CSafeLoader, "pure": yaml.SafeLoader}
schema_of = cache(json_schema)
DOCUMENTS = [Profile, Certification, Issuer, Role, Ladder]
# What a reader says of a wrong text; anything else would be said by the model's own checks (of drawn amounts too: what
# is read must still be what was drawn).
_CHECKED = ("field-conflict", "field-value")
_MISREAD = tuple(code for code in CODES if code.startswith(("yaml-", "file-", "field-")) and code not in _CHECKED)


@pytest.mark.parametrize("parser", PARSERS)
@given(data=any_bytes)
@example(data=b"\xff\xfe")
@example(data=b'"\\U00110000"')
@example(data=b"%YAML " + b"9" * 5000 + b".1\n---\na")
@example(data=b"'" + b"\n" * 1000)
def test_any_bytes_give_a_tree_or_problems(parser: str, data: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_nodes, "_LOADER", PARSERS[parser])
        node, problems = parse_yaml(data, "f", Limits(size=10_000, depth=10, nodes=100))
    assert node is not None or problems.errors
    for problem in problems:
        assert problem.code in CODES
        assert 0 <= problem.at.line <= len(data) + 1
        assert "\n" not in str(problem)


@pytest.mark.parametrize("type_", DOCUMENTS)
@given(data=any_bytes)
def test_any_bytes_give_a_value_or_problems(type_: type, data: bytes) -> None:
    document: Document[Any] = parse_document(data, "f", type_)
    assert document.value is not None or document.problems.errors
    assert document.value is None or isinstance(document.value, type_)


@pytest.mark.parametrize("type_", DOCUMENTS)
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_good_document_with_a_piece_broken_out_never_raises(type_: type, data: st.DataObject) -> None:
    text = flow(tree(data.draw(values(type_))))
    cut = data.draw(st.integers(0, len(text)))
    broken = text[:cut] + data.draw(yaml_like) + text[cut + data.draw(st.integers(0, 10)) :]
    document: Document[Any] = parse_document(broken.encode(), "f", type_)
    assert document.value is not None or document.problems.errors


@pytest.mark.parametrize("style", [flow, block])
@pytest.mark.parametrize("type_", DOCUMENTS)
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_written_reads_back_equal(type_: type, style: Any, data: st.DataObject) -> None:
    value = data.draw(values(type_))
    document: Document[Any] = parse_document(style(tree(value)).encode(), "f", type_)
    assert [problem for problem in document.problems if problem.code in _MISREAD] == []
    assert without_origins(document.value) == value


@given(data=st.data())
def test_requirement_trees_read_back_equal(data: st.DataObject) -> None:
    value = data.draw(values(Requirement))
    node, problems = parse_yaml(flow(tree(value)).encode(), "f")
    assert node is not None
    context = Context(problems=problems)
    assert read_annotated(node, Requirement, context.root()) == value
    assert not problems.found


@pytest.mark.parametrize("type_", DOCUMENTS)
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_written_validates(type_: type, data: st.DataObject) -> None:
    assert objections(flow(tree(data.draw(values(type_)))), schema_of(type_)) == []
