"""What a YAML parser's complaint means, in words and with advice."""

from __future__ import annotations

from pmcareer.problems import Position, Problems

# Part of the parser's words (libyaml's or the pure parser's) -> what to say, what to do.
_ADVICE: tuple[tuple[str, str, str], ...] = (
    ("mapping values are not allowed", "a ':' that YAML does not expect", "quote a value that holds ': '"),
    ("could not find expected ':'", "a key without ': '", "write `key: value`, or indent a continued text"),
    ("while scanning a quoted scalar", "a quotation is not closed", "add the closing quote"),
    ("cannot start any token", "a value cannot begin with this character", "put the value in quotes"),
    ("did not find expected ',' or", "a [ or { is not closed, or a comma is missing", "close it, or add the comma"),
    ("expected ',' or", "a [ or { is not closed, or a comma is missing", "close it, or add the comma"),
    ("parsing a flow node", "a [ or { is not closed, or a value is missing", "close it, or add the value"),
    ("did not find expected key", "the indentation does not fit the lines above", "align the keys of a mapping"),
    ("expected <block end>", "the indentation does not fit the lines above", "align the keys of a mapping"),
    ("did not find expected '-' indicator", "a line of a list without '- '", "begin it with '- ', or indent it"),
    ("sequence entries are not allowed", "a '- ' that YAML does not expect", "put the list on lines of its own"),
    ("incompatible YAML document", "a YAML version other than 1.1 or 1.2", "delete the %YAML line"),
    ("unknown escape character", "an unknown escape in double quotes", "use single quotes, or write \\\\"),
)


def report_broken_yaml(error: Exception, text: str, file: str, problems: Problems) -> None:
    """Add the problem that *error* stands for; *text* is what was parsed."""
    line, column = _place(error)
    lines = text.splitlines()
    here = lines[line] if line < len(lines) else ""
    at = Position(file, line + 1, column + 1)
    if here[column : column + 1] == "\t":
        also = [n for n, other in enumerate(lines) if n != line and _begins_with_tab(other)]
        problems.add("yaml-tab", _tab_message(also), at, hint="indent with spaces")
    else:
        message, hint = _meaning(error)
        problems.add("yaml-syntax", message, at, hint=hint)


def _place(error: Exception) -> tuple[int, int]:
    """Line and column from 0: where the parser gave up, or where the quotation began that nothing closes."""
    mark = getattr(error, "problem_mark", None)
    if "quoted scalar" in str(getattr(error, "context", "")) and "end of stream" in str(error):
        mark = getattr(error, "context_mark", None) or mark
    return (mark.line, mark.column) if mark is not None else (0, 0)


def _begins_with_tab(line: str) -> bool:
    return "\t" in line[: len(line) - len(line.lstrip())]


def _tab_message(also: list[int]) -> str:
    message = "a tab stands where YAML allows only spaces"
    if not also:
        return message
    more = ", …" if len(also) > 5 else ""
    return f"{message}; also on line {', '.join(str(n + 1) for n in also[:5])}{more}"


def _meaning(error: Exception) -> tuple[str, str]:
    words = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or error}"
    for part, message, hint in _ADVICE:
        if part in words:
            return message, hint
    problem = getattr(error, "problem", None) or "the text is not YAML"
    return str(problem)[:200], "check the indentation, quotes and brackets here"
