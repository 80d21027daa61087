"""The pages on profiles keep their promises: examples read, every key is named, every console shows the truth."""

from __future__ import annotations

import dataclasses
import re
import shlex
from pathlib import Path

import pytest
from tests.cli.running import pmcareer

from pmcareer.model.people import EventKind, Holding, HoldingEvent, Profile, UnitEntry
from pmcareer.reading.typed import parse_document
from pmcareer.renewals.deadlines import DeadlineKind
from pmcareer.renewals.status import Status

DOCS = Path(__file__).resolve().parents[2] / "docs"
FORMAT = (DOCS / "reference" / "profile-format.md").read_text(encoding="utf-8")
HOW_TO = (DOCS / "how-to" / "keep-your-profile.md").read_text(encoding="utf-8")
JSON = (DOCS / "reference" / "json.md").read_text(encoding="utf-8")


def test_the_example_reads_as_it_stands_and_uses_every_key() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", FORMAT, re.DOTALL)
    document = parse_document(example.encode(), "docs", Profile)
    assert list(document.problems) == []
    said = document.value
    unused = [f.name for f in dataclasses.fields(Profile) if getattr(said, f.name) == getattr(Profile(), f.name)]
    assert unused == []


@pytest.mark.parametrize("record", [Profile, Holding, HoldingEvent, UnitEntry], ids=lambda record: record.__name__)
def test_every_key_is_named(record: type) -> None:
    named = set(re.findall(r"`([a-z_]+)(?:\[\])?`", FORMAT))
    assert {field.name.rstrip("_") for field in dataclasses.fields(record)} - named == set()


def test_every_kind_of_event_has_its_row() -> None:
    assert re.findall(r"^\| `([a-z-]+)` \|", FORMAT.split("| `kind` |")[1], re.MULTILINE)[: len(EventKind)] == [
        kind.value for kind in EventKind
    ]


@pytest.mark.parametrize("words", [Status, DeadlineKind], ids=lambda words: words.__name__)
def test_machine_output_lists_every_word(words: type[Status | DeadlineKind]) -> None:
    section = JSON.split("## `pmcareer.renewals/1`")[1]
    assert [word.value for word in words if f"`{word.value}`" not in section] == []


def test_the_console_shows_what_the_program_prints(tmp_path: Path) -> None:
    """The page's commands one after another, in one folder; of what is printed the page may show the beginning."""
    shown = "".join(re.findall(r"```console\n(.*?)```", HOW_TO, re.DOTALL))
    steps = re.findall(r"^\$ pmcareer (.*)\n((?:(?!\$ ).*\n)*)", shown, re.MULTILINE)
    assert len(steps) >= 7
    for command, expected in steps:
        done = pmcareer(*shlex.split(command), folder=tmp_path)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(expected), f"{command}\n{done.stdout}"
