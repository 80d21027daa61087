"""The tree that YAML becomes: text stays text, and everything knows its line and column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pmcareer.problems import Position, Problems
from pmcareer.reading import yaml_nodes
from pmcareer.reading.yaml_nodes import (
    Limits,
    MappingNode,
    Node,
    Scalar,
    SequenceNode,
    Unreadable,
    parse_yaml,
    read_yaml,
)


@pytest.fixture(params=["libyaml", "pure"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every test runs with libyaml and with the pure parser that stands in for it."""
    if request.param == "pure":
        monkeypatch.setattr(yaml_nodes, "_LOADER", yaml.SafeLoader)
    else:
        assert yaml_nodes._LOADER is yaml.CSafeLoader
    return str(request.param)


def plain(node: Node | None) -> Any:
    """The tree as dicts, lists and strings."""
    match node:
        case Scalar():
            return node.text
        case SequenceNode():
            return [plain(item) for item in node.items]
        case MappingNode():
            return {entry.key: plain(entry.value) for entry in node.entries}
        case Unreadable():
            return ...
        case None:
            return None


def parse(text: str | bytes, **limits: int) -> tuple[Any, list[str]]:
    data = text.encode() if isinstance(text, str) else text
    node, problems = parse_yaml(data, "f", Limits(**limits))
    return plain(node), verdicts(problems)


def verdicts(problems: Problems) -> list[str]:
    return [f"{p.code} {p.at.line}:{p.at.column}" for p in problems.sorted()]


@pytest.mark.parametrize(
    "text",
    # each of these is something else to a plain YAML 1.1 loader
    [
        "NO",
        "yes",
        "on",
        "off",
        "12:30",
        "1.10",
        "0o17",
        "017",
        "1_000",
        "~",
        "null",
        "Null",
        ".inf",
        ".NaN",
        "=",
        "2026-02-30",
        "2026-02-29",
        "1e3",
        "0x1f",
        "+1",
        "true",
    ],
)
def test_every_scalar_stays_the_text_that_was_written(text: str) -> None:
    assert parse(f"key: {text}\n") == ({"key": text}, [])
    assert parse(f"{text}: value\n") == ({text: "value"}, [])


def test_norway() -> None:
    assert parse("no: NO\nnorway: no\n") == ({"no": "NO", "norway": "no"}, [])


def test_whether_a_scalar_was_quoted_is_known() -> None:
    node, _ = parse_yaml(b"[a, 'a', \"a\", 1]", "f")
    assert isinstance(node, SequenceNode)
    assert [item.quoted for item in node.items if isinstance(item, Scalar)] == [False, True, True, False]
    block, _ = parse_yaml(b"a: |\n  text\n", "f")
    assert isinstance(block, MappingNode)
    assert block.entries[0].value == Scalar("text", True, Position("f", 1, 4))


def test_positions_count_lines_and_characters_from_one() -> None:
    node, _ = parse_yaml("größe: 1\nliste:\n  - ä: [x, y]\n".encode(), "f")
    assert isinstance(node, MappingNode)
    first, second = node.entries
    assert first.at == Position("f", 1, 1)
    assert first.value.at == Position("f", 1, 8)
    assert isinstance(second.value, SequenceNode)
    inner = second.value.items[0]
    assert isinstance(inner, MappingNode)
    assert inner.at == Position("f", 3, 5)
    assert inner.entries[0].value.at == Position("f", 3, 8)


@pytest.mark.parametrize(
    "text",
    [
        "a: b\r\nc: [d, e]\r\n",
        "a: b   \nc:   \n  - d  \n  - e\n\n\n",
        "---\na: b\nc: [d, e]\n...\n",
        "%YAML 1.1\n---\na: b\nc: [d, e]\n",
        "%YAML 1.2\n---\na: b\nc: [d, e]\n",
        "# comment\n{a: b, c: [d, e]} # comment",
        "? a\n: b\n? c\n: [d, e]\n",
        '"a": \'b\'\nc: ["d",\n"e"]\n',
    ],
)
def test_ways_of_writing_the_same(text: str) -> None:
    assert parse(text) == ({"a": "b", "c": ["d", "e"]}, [])


def test_block_text_ends_without_its_last_line_break() -> None:
    assert parse("a: |\n  x\n  y\nb: >\n  x\n  y\nc: |+\n  x\n\nd: |-\n  x\n") == (
        {"a": "x\ny", "b": "x y", "c": "x", "d": "x"},
        [],
    )


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "---\n...\n"])
def test_nothing(text: str) -> None:
    assert parse(text) == (None, ["file-empty 0:0"])


def test_an_empty_string_is_something() -> None:
    assert parse("''") == ("", [])


def test_byte_order_mark_is_named_and_the_rest_still_read() -> None:
    assert parse(b"\xef\xbb\xbfa: b\na: c\n") == ({"a": "b"}, ["yaml-bom 1:1", "yaml-duplicate-key 2:1"])


@pytest.mark.parametrize("data", ["\ufeffa: b\n".encode("utf-16-le"), "\ufeffa: b\n".encode("utf-16-be")])
def test_utf_16(data: bytes) -> None:
    assert parse(data) == (None, ["file-not-utf8 1:1"])


def test_bytes_that_are_not_utf_8_are_found_by_offset_and_line() -> None:
    node, problems = parse_yaml("a: b\nname: Jörg".encode("latin-1"), "f")
    (problem,) = problems
    assert node is None
    assert "0xf6 at offset 12" in problem.message  # 5 bytes of line 1, then `name: J` is 7
    assert problem.at == Position("f", 2, 8)


def test_control_characters_are_all_named() -> None:
    assert parse("a: \x00\nb: \x1b[31m\nc: x\u202ey\nd: \ufeff") == (
        None,
        ["yaml-control 1:4", "yaml-control 2:4", "yaml-control 3:5", "yaml-control 4:4"],
    )


@pytest.mark.parametrize("escape", ["\\0", "\\x1b", "\\e", "\\x7f", "\\u202E", "\\uFEFF"])
def test_control_characters_do_not_come_in_as_escapes(escape: str) -> None:
    assert parse(f'a: "{escape}"')[1] == ["yaml-control 1:4"]


def test_tabs_and_line_breaks_may_be_escaped() -> None:
    assert parse('a: "x\\ty\\nz"') == ({"a": "x\ty\nz"}, [])


@pytest.mark.parametrize("escape", ["\\uD800", "\\U00110000", "\\UFFFFFFFF", "\\q"])
def test_escapes_of_no_character(escape: str) -> None:
    _, found = parse(f'a: "{escape}"')
    assert len(found) == 1
    assert found[0].split()[0] in ("yaml-syntax", "yaml-control")


def test_a_tab_is_pointed_at_and_its_fellows_are_listed() -> None:
    node, problems = parse_yaml(b"a:\n  b: c\n\td: e\n\tf: g\n", "f")
    (problem,) = problems
    assert node is None
    assert (problem.code, problem.at.line, problem.at.column) == ("yaml-tab", 3, 1)
    assert "also on line 4" in problem.message


def test_a_tab_behind_a_dash() -> None:
    assert parse("a:\n  -\tb: c\n") == (None, ["yaml-tab 2:4"])


def test_a_tab_is_not_blamed_for_what_stands_beside_it() -> None:
    assert parse("a: 'b\n\tc' d\n") == (None, ["yaml-syntax 2:5"])


def test_duplicate_keys_keep_the_first_and_point_at_both() -> None:
    node, problems = parse_yaml(b"a: 1\nb: {c: 1, c: 2}\na: 2\n", "f")
    assert plain(node) == {"a": "1", "b": {"c": "1"}}
    inner, outer = problems.sorted()
    assert (str(inner.at), str(outer.at)) == ("f:2:11", "f:3:1")
    assert "f:2:5" in inner.hint
    assert "f:1:1" in outer.hint


def test_keys_that_differ_in_case_or_quotes() -> None:
    assert parse("a: 1\nA: 2\n") == ({"a": "1", "A": "2"}, [])
    assert parse("a: 1\n'a': 2\n")[1] == ["yaml-duplicate-key 2:1"]


def test_all_that_is_refused_is_named_in_one_go() -> None:
    text = "a: &x b\nc: *x\nd: !!int 3\n<<: {e: f}\n? [g]\n: h\n'': i\nj: k\n"
    value, found = parse(text)
    assert value == {"a": "b", "c": ..., "d": "3", "j": "k"}
    assert found == [
        "yaml-alias 1:4",
        "yaml-alias 2:4",
        "yaml-tag 3:4",
        "yaml-merge-key 4:1",
        "yaml-key-not-text 5:3",
        "yaml-key-not-text 7:1",
    ]


def test_a_quoted_merge_key_is_a_key() -> None:
    assert parse("'<<': x\n") == ({"<<": "x"}, [])


def test_an_alias_for_a_key_is_reported_once() -> None:
    assert parse("&a b: c\n*a : d\n") == ({"b": "c"}, ["yaml-alias 1:1", "yaml-alias 2:1"])


def test_a_second_document_is_reported_and_left_unread() -> None:
    assert parse("a: b\n---\nc: [\n") == ({"a": "b"}, ["yaml-documents 2:1"])


def test_billion_laughs() -> None:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    value, found = parse("\n".join(lines))
    assert len(found) == 10 + 9 * 9  # each anchor, each alias; nothing is expanded
    assert {verdict.split()[0] for verdict in found} == {"yaml-alias"}
    assert value["a9"] == [...] * 9


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "? " * 100_000],
    ids=["flow lists", "flow mappings", "block lists", "keys"],
)
def test_a_hundred_thousand_levels(text: str) -> None:
    value, found = parse(text)
    assert value is None
    assert [verdict.split()[0] for verdict in found] == ["yaml-depth"]


def test_block_mappings_too_deep() -> None:
    text = "".join(f"{' ' * level}a:\n" for level in range(1500))
    assert parse(text) == (None, ["yaml-depth 41:41"])


def test_depth_counts_levels() -> None:
    assert parse("[[[x]]]", depth=3) == ([[["x"]]], [])
    assert parse("[[[[x]]]]", depth=3) == (None, ["yaml-depth 1:4"])


def test_size_counts_keys_and_values() -> None:
    assert parse("[a, b, c]", nodes=4) == (["a", "b", "c"], [])
    assert parse("[a, b, c, d]", nodes=4) == (None, ["yaml-size 1:11"])
    assert parse("{a: b, c: d}", nodes=4)[1] == ["yaml-size 1:11"]


def test_text_beyond_the_size_limit() -> None:
    assert parse("a: b", size=4) == ({"a": "b"}, [])
    assert parse("a: bc", size=4) == (None, ["file-too-large 0:0"])


def test_a_flood_of_problems_is_cut() -> None:
    _, problems = parse_yaml(b"a: b\n" * 3000, "f")
    found = [problem.code for problem in problems]
    assert found == ["yaml-duplicate-key"] * 1000 + ["file-more-problems"]


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("a: b: c\n", 1, 5, "quote a value"),
        ("a: 'x\nb: y\n", 1, 4, "add the closing quote"),
        ("a: @x\n", 1, 4, "put the value in quotes"),
        ("a: [b, c\nd: e\n", 2, 2, "close it"),
        ("a:\n  b: c\n d: e\n", 3, 2, "align the keys"),
        ("a: b\nc\nd: e\n", 3, 1, "write `key: value`"),
    ],
)
def test_broken_yaml_is_explained(text: str, line: int, column: int, said: str, parser: str) -> None:
    node, problems = parse_yaml(text.encode(), "f")
    (problem,) = problems
    assert node is None
    assert problem.code == "yaml-syntax"
    assert problem.at.line == line
    assert said in problem.hint
    if parser == "libyaml":
        assert problem.at.column == column


def test_read_yaml_names_the_file_as_asked(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("a: b\na: c\n")
    assert str(next(iter(read_yaml(path)[1])).at) == f"{path}:2:1"
    assert str(next(iter(read_yaml(path, name="layer/x.yaml")[1])).at) == "layer/x.yaml:2:1"
    assert [p.at.file for p in read_yaml(tmp_path / "absent", name="y")[1]] == ["y"]
    assert [p.code for p in read_yaml(path, Limits(size=9))[1]] == ["file-too-large"]
