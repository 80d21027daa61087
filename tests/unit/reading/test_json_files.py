"""JSON files: what is refused, and where it stands."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pmcareer.reading import json_places
from pmcareer.reading.json_files import read_json

DEEP = 100_000


def refused(folder: Path, text: str | bytes) -> tuple[str, str, int, int]:
    """Code, message, line and column of the one problem."""
    path = folder / "file.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    value, problems = read_json(path)
    (problem,) = problems
    assert value is None and problem.at.file.endswith("file.json")
    return problem.code, problem.message, problem.at.line, problem.at.column


def test_numbers_stay_exact_and_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "file.json").write_bytes(b'\xef\xbb\xbf{"a": 0.10, "b": 3}')
    value, problems = read_json(tmp_path / "file.json")
    assert value == {"a": Decimal("0.10"), "b": 3} and isinstance(value["a"], Decimal)
    assert not problems.errors


def test_columns_are_counted_without_the_byte_order_mark(tmp_path: Path) -> None:
    code, _, line, column = refused(tmp_path, b'\xef\xbb\xbf{"a" 1}')
    assert (code, line, column) == ("json-syntax", 1, 6)


@pytest.mark.parametrize(
    ("text", "said", "line", "column"),
    [
        ('{"a": [1,\n  NaN]}', "NaN is not a number", 2, 3),
        ('{"NaN": "NaN, \\"NaN\\"",\n "b": NaN}', "NaN is not a number", 2, 7),
        ("[1, -Infinity]", "-Infinity is not a number", 1, 5),
        ('{"a": 1,\n "b": {"a": 1},\n "a": 2}', "the key 'a' stands twice in one object", 3, 2),
        ('[{"a": 1}, {"a": 1, "b": {"a": "a"},\n"\\u0061": 2}]', "the key 'a' stands twice in one object", 2, 1),
        # The inner object is refused first; the outer one has another key twice, before it.
        ('{"x": 1, "x": {"b": 1,\n "b": 2}}', "the key 'b' stands twice in one object", 2, 2),
        (f"[1.{'5' * 5000},\n 7, -{'1' * 5000}]", "a number has more digits than are read", 2, 5),
        ("[" * DEEP + "]" * DEEP, "nesting is deeper than the reader accepts", 1, DEEP),
        (f'{{"a": {{}},\n"b":{"[" * DEEP}{"]" * DEEP}}}', "nesting is deeper than the reader accepts", 2, 4 + DEEP),
    ],
)
def test_what_is_refused_has_its_place(tmp_path: Path, text: str, said: str, line: int, column: int) -> None:
    assert refused(tmp_path, text) == ("json-syntax", said, line, column)


def test_what_lies_too_far_has_no_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_places, "MOST_TOKENS", 4)
    assert refused(tmp_path, "[1, 2, NaN]")[2:] == (0, 0)


def test_text_that_is_not_utf_8(tmp_path: Path) -> None:
    assert refused(tmp_path, b'{"a": "\xff"}') == ("file-not-utf8", "byte 7 is not UTF-8", 0, 0)
