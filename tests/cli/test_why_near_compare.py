"""``why``, ``near`` and ``compare`` as people meet them: answers, refusals, formats, and the page on them."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import ShellComplete
from tests.cli.in_process import Outcome, invoke

from pmcareer.cli.main import cli

DAY = ("--as-of", "2026-11-23")
PAGE = (Path(__file__).resolve().parents[2] / "docs" / "how-to" / "ask-why-near-compare.md").read_text(encoding="utf-8")
COORDINATOR = ("--from", "project-coordinator", "--hold", "capm:2025-03-01", *DAY)


def answered(folder: Path, *arguments: str) -> dict[str, Any]:
    done = invoke(folder, *arguments, "--format", "json")
    assert (done.code, done.error) == (0, "")
    document: dict[str, Any] = json.loads(done.out)
    return document


def test_the_page_shows_what_the_program_prints(tmp_path: Path) -> None:
    """The page's commands one after another, in one folder; of what is printed the page may show the beginning."""
    shown = "".join(re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL))
    steps = re.findall(r"^\$ pmcareer (.*)\n((?:(?!\$ ).*\n)*)", shown, re.MULTILINE)
    assert len(steps) >= 6
    for command, expected in steps:
        done = invoke(tmp_path, *shlex.split(command))
        assert (done.code, done.error) == (0, ""), command
        assert done.out.startswith(expected), f"{command}\n{done.out}"


def test_why_a_retired_certification_says_so_and_names_its_successor(tmp_path: Path) -> None:
    """CPMAI version 7: PMI's own certification took its place in September 2025 (its file in the catalog)."""
    document = answered(tmp_path, "why", "cpmai-v7", *DAY)
    own = next(one for one in document["certifications"] if one["id"] == "cpmai-v7")
    assert (own["status"], own["obtainable"], own["plan"], document["plan"]) == ("retired", False, None, None)
    assert (own["status_since"], own["successors"]) == ("2025-09-01", ["pmi-cpmai"])
    title = invoke(tmp_path, "why", "cpmai-v7", *DAY).out.splitlines()[0]
    assert "retired since 2025-09-01; succeeded by" in title


def test_why_a_retiring_certification_says_until_when(tmp_path: Path) -> None:
    """GPM-b: new candidates may sit it until 31 December 2026; CSPP follows."""
    assert "retired from 2027-01-01; succeeded by CSPP" in invoke(tmp_path, "why", "gpm-b", *DAY).out


def test_the_tree_of_why_nests_and_every_node_says_where_it_stands(tmp_path: Path) -> None:
    document = answered(tmp_path, "why", "pmi acp", *COORDINATOR)
    assert document["schema"] == "pmcareer.why/1" and document["id"] == "pmi-acp" and not document["met"]

    def walk(node: dict[str, Any]) -> list[dict[str, Any]]:
        return [node, *(inner for part in node["of"] for inner in walk(part))]

    nodes = walk(document["ways"][0]["requires"])
    assert len(nodes) > 5 and {node["state"] for node in nodes} <= {"met", "assumed", "in-study", "unmet"}
    assert all(node["met"] == (node["state"] != "unmet") for node in nodes)
    assert document["ways"][0]["rule"]["from"] == "2024-11-01"
    assert {"arrives", "months", "cost"} <= document["plan"].keys()


def test_the_plan_of_why_is_the_plan_of_plan(tmp_path: Path) -> None:
    asked = ("project-manager", *COORDINATOR)
    plan = answered(tmp_path, "plan", "--to", *asked)["plans"][0]
    said = answered(tmp_path, "why", *asked)["plan"]
    for key in ("arrives", "months", "cost", "exams", "certifications"):
        assert said[key] == plan[key], key
    assert said["roles"] == plan["roles"][1:]


def test_near_gives_the_numbers_of_plan(tmp_path: Path) -> None:
    document = answered(tmp_path, "near", "--roles", *COORDINATOR)
    assert document["schema"] == "pmcareer.near/1" and not document["certifications"] and len(document["roles"]) >= 2
    for role in document["roles"][:3]:
        plan = answered(tmp_path, "plan", "--to", role["id"], *COORDINATOR)["plans"][0]
        assert (role["arrives"], role["cost"]) == (plan["arrives"], plan["cost"]), role["id"]
    days = [role["days"] for role in document["roles"]]
    assert days == sorted(days)


def test_near_and_why_step_down_no_more_than_plan_does(tmp_path: Path) -> None:
    """A PMO analyst could be scrum master sooner by way of coordination, which nobody asked for."""
    office = ("--from", "pmo-analyst", *DAY)
    plan = answered(tmp_path, "plan", "--to", "scrum-master", *office)["plans"][0]
    near = answered(tmp_path, "near", "--roles", "--within", "40m", *office)["roles"]
    (found,) = (role for role in near if role["id"] == "scrum-master")
    ways = answered(tmp_path, "why", "scrum-master", *office)["ways"]
    assert found["arrives"] == plan["arrives"] == ways[0]["plan"]["arrives"]
    down = answered(tmp_path, "plan", "--to", "scrum-master", "--step-down", *office)["plans"][0]
    assert down["roles"] == ["pmo-analyst", "project-coordinator", "scrum-master"]
    assert down["arrives"] < plan["arrives"]


def test_near_keeps_to_time_niche_and_budget(tmp_path: Path) -> None:
    asked = ("near", "--certifications", "--niche", "security", "--budget", "410", "--within", "12m", *DAY)
    found = answered(tmp_path, *asked)["certifications"]
    assert found and all(one["days"] <= 366 for one in found)
    costs = [one["held"]["cost"]["amount"] for one in found if one["held"]]
    assert costs and all(float(cost) <= 410 for cost in costs)


def test_comparing_it_and_technical_project_manager(tmp_path: Path) -> None:
    """The founding article's question: infrastructure there, closeness to engineering here."""
    document = answered(tmp_path, "compare", "it pm", "technical pm", *COORDINATOR)
    rows = {row["key"]: row for row in document["rows"]}
    assert [one["value"] for one in rows["skills.tech-savvy"]["values"]] == ["practitioner", "expert"]
    assert rows["skills.tech-savvy"]["differs"] and not rows["skills.leadership"]["differs"]
    duties, pay = document["lists"]
    assert any("83,834 USD" in text for text in pay["only"][0]["texts"])  # the article's average of IT project managers
    infrastructure, engineering = ("\n".join(one["texts"]) for one in duties["only"])
    assert "infrastructure" in infrastructure and "engineering" in engineering
    assert all(one["source"]["standing"] for one in rows["pay.p50"]["values"])
    text = invoke(tmp_path, "compare", "it pm", "technical pm", *COORDINATOR, "--sources").out
    assert re.search(r"^≠ +Tech savvy", text, re.MULTILINE) and re.search(r"^= +Leadership", text, re.MULTILINE)
    assert "\nSources\n" in text


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("why", "pmpp"), 2, "did you mean pmp"),
        (("why", "pmp", "--experience", "agile=-3"), 2, "KIND=MONTHS"),
        (("compare", "pmp", "it-project-manager"), 2, "one kind"),
        (("compare", "pmp"), 2, "two to 6"),
        (("compare", "absent.json", "absent2.json"), 4, "no such file"),
        (("compare", "pmp", "--plan", "--nope"), 2, "--plan"),
        (("near", "--within", "soon"), 2, "span"),
        (("near", "--niche", "astrology"), 2, "unknown niche"),
    ],
)
def test_refusals(tmp_path: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    done = invoke(tmp_path, *arguments)
    assert (done.code, said in done.error) == (code, True), done.error


def test_a_file_that_is_no_plan_says_all_that_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"schema": "pmcareer.plan/1", "from": 1, "plans": [{"arrives": "soon"}]}')
    done = invoke(tmp_path, "compare", "bad.json", "--plan", "--to scrum-master")
    assert done.code == 3 and "`from`" in done.error and "`arrives`" in done.error and "`steps`" in done.error


@pytest.mark.parametrize(
    "command", [("why", "capm"), ("near", "--roles", "--within", "12m"), ("compare", "capm", "csm")]
)
@pytest.mark.parametrize("format_", ["text", "markdown", "csv", "json"])
def test_every_format_answers(tmp_path: Path, command: tuple[str, ...], format_: str) -> None:
    done: Outcome = invoke(tmp_path, *command, *DAY, "--format", format_)
    assert (done.code, done.error) == (0, "")
    assert done.out == invoke(tmp_path, *command, *DAY, "--format", format_).out


@pytest.mark.parametrize("command", ["why", "compare"])
def test_ids_are_completed(command: str) -> None:
    completing = ShellComplete(cli, {}, "pmcareer", "_PMCAREER_COMPLETE")
    found = {item.value for item in completing.get_completions([command], "prince2-f")}
    assert found == {"prince2-foundation"}
    assert "it-project-manager" in {item.value for item in completing.get_completions([command], "it-p")}


def test_bad_news_under_strict(tmp_path: Path) -> None:
    assert invoke(tmp_path, "why", "pmp", "--strict", *DAY).code == 1
    assert invoke(tmp_path, "why", "capm", "--strict", *DAY).code == 0
