"""``pmcareer method`` as people and programs meet it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.in_process import invoke
from tests.cli.running import AS_OF


def test_the_models_disagree_and_say_so(tmp_path: Path) -> None:
    """Vague needs, known technology: the map says adaptive; three hundred people: Boehm and Turner say plan."""
    said = ("requirements-uncertainty=high", "technical-uncertainty=low", "size=300")
    options = [part for one in said for part in ("--answer", one)]
    done = invoke(tmp_path, "method", *options, "--as-of", AS_OF, "--format", "json")
    assert done.code == 0
    document = json.loads(done.out)
    assert document["schema"] == "pmcareer.method/1"
    assert document["agreement"]["by_lean"] == {"adaptive": ["stacey-pmi"], "predictive": ["boehm-turner"]}
    assert document["agreement"]["agree"] is False
    assert "They disagree" in invoke(tmp_path, "method", *options).out


def test_without_answers_and_without_a_terminal_it_lists_the_questions(tmp_path: Path) -> None:
    done = invoke(tmp_path, "method", "--model", "stacey-pmi")
    assert done.code == 0 and "How uncertain is what is wanted?" in done.out
    listed = json.loads(invoke(tmp_path, "method", "--questions", "--format", "json").out)
    assert {"boehm-turner", "scrum-or-kanban"} <= {model["id"] for model in listed["models"]}


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    done = invoke(tmp_path, "method", "--answer", "sise=3", "--answer", "size=huge", "--answer", "nothing")
    assert done.code == 2
    assert "'sise'" in done.error and "'huge' is no point of size" in done.error and "FACTOR=POINT" in done.error
    assert invoke(tmp_path, "method", "--model", "boehm").code == 2
