"""Pages of the reference that are generated: ``python -m tests.house.reference_pages`` writes them anew.

A test compares them with what they would be now, so that a new option or problem code cannot go undocumented.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from pmcareer.cli.main import cli
from pmcareer.problems import CODES

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
_WIDTH = 100


def pages() -> dict[Path, str]:
    """Each generated page and its text."""
    return {
        REFERENCE / "commands.md": commands_page(),
        REFERENCE / "problem-codes.md": problem_codes_page(),
        REFERENCE / "file-schemas.md": schemas_page(),
    }


def commands_page() -> str:
    """Every command with its help, as the program prints it."""
    head = (
        "# Commands\n\nEvery command with its `--help`, as it is printed. Ids are forgiving: a name, an abbreviation "
    )
    parts = [head + "or an alias does.\n"]
    for path, command in walk(("pmcareer",), cli):
        context = click.Context(
            command,
            info_name=" ".join(path),
            terminal_width=_WIDTH,
            max_content_width=_WIDTH,
            help_option_names=cli.context_settings["help_option_names"],
        )
        level = "#" * min(1 + len(path), 4)
        parts.append(f"{level} {' '.join(path)}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def walk(path: tuple[str, ...], command: click.Command) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """A command and all below it, in the order of the help."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path[-1])
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from walk((*path, name), below)


def problem_codes_page() -> str:
    """Every problem code and its meaning."""
    rows = "".join(f"| `{code}` | {meaning.replace('|', '&#124;')} |\n" for code, meaning in sorted(CODES.items()))
    head = "# Problem codes\n\nWhat may be wrong in a piece of input. A code is a promise: programs may rely on it; "
    return f"{head}its message may change.\n\n| code | meaning |\n|---|---|\n{rows}"


def schemas_page() -> str:
    """The JSON Schemas of the files that people write."""
    rows = ""
    for path in sorted((ROOT / "catalog" / "schema").glob("*.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        kind = path.name.removesuffix(".schema.json")
        rows += f"| `{kind}` | `{path.name}` | {schema.get('description', schema.get('title', ''))} |\n"
    head = (
        "# Schemas of files\n\nJSON Schemas for editors that complete and check while one writes; generated from the "
    )
    tail = "same description that the reader follows. `pmcareer catalog schema KIND` prints one.\n"
    return f"{head}{tail}\n| kind | file | of |\n|---|---|---|\n{rows}"


def main() -> None:
    """Write every page."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
