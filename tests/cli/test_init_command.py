"""``pmcareer init``: by options, by a file, and on a real terminal of either kind."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.cli.in_process import invoke
from tests.cli.running import AS_OF
from tests.cli.terminal import Terminal, needs_terminals

ANSWERS = """\
region: uk
role: it pm
since: 2024-03
education: bachelor
certifications: [PMP 2024-06-15, "csm: May 2025", a-csm]
hours_per_week: 6.5
budget: 1500
goal: program manager
by: 2035
"""


def said(folder: Path, name: str = "pmcareer.yaml") -> Any:
    return yaml.safe_load((folder / name).read_text(encoding="utf-8"))


def start(folder: Path, *arguments: str) -> Any:
    return invoke(folder, "init", *arguments, "--as-of", AS_OF)


def test_answers_from_a_file_make_a_profile_and_its_plan(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(ANSWERS, encoding="utf-8")
    done = start(tmp_path, "--answers", "a.yaml")
    assert done.code == 0, done.error
    assert done.out.startswith("IT project manager → Program manager")
    found = said(tmp_path)
    assert len(found.pop("calendar_namespace")) == 36
    assert yaml.safe_dump(found) == yaml.safe_dump(
        yaml.safe_load(
            """
            region: uk
            education: {level: bachelor}
            roles: [{role: it-project-manager, from: 2024-03-01}]
            certifications:
              - {id: pmp, earned: 2024-06-15}
              - {id: csm, earned: 2025-05-01}
              - {id: a-csm}
            study: {hours_per_week: 6.5, budget: 1500 GBP}
            goal: {role: program-manager, by: 2035-12-31}
            """
        )
    )
    assert "# May 2025 is taken as 2025-05-01" in (tmp_path / "pmcareer.yaml").read_text(encoding="utf-8")


def test_options_alone_will_do_and_without_a_goal_no_plan_is_made(tmp_path: Path) -> None:
    done = start(tmp_path, "--yes", "--role", "newcomer", "--hold", "capm:2025-03-01", "--hours-per-week", "4")
    assert done.code == 0, done.error
    assert "pmcareer plan --to ROLE" in done.out
    assert set(said(tmp_path)) == {"calendar_namespace", "certifications", "study"}  # a newcomer is in no role


def test_all_that_is_wrong_is_said_at_once_by_line_and_nothing_is_written(tmp_path: Path) -> None:
    answers = ("region: xx", "role: it pmm", "certifications: [pmpp, csm 2030]", "hours_per_week: 200", "budget: lots")
    text = "\n".join((*answers, "by: 2020", "colour: red", "goal: [cto]"))
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    done = start(tmp_path, "--answers", "a.yaml")
    assert done.code == 3
    lines = [line.split(":")[1:3] for line in done.error.splitlines() if line.startswith("a.yaml:")]
    assert lines == [
        ["1", "9"],
        ["2", "7"],
        ["3", "18"],
        ["3", "24"],
        ["4", "17"],
        ["5", "9"],
        ["6", "5"],
        ["7", "1"],
        ["8", "7"],
    ]
    assert "did you mean it-project-manager" in done.error and "more than 0 and at most 168" in done.error
    assert not (tmp_path / "pmcareer.yaml").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--region", "xx"), "unknown region: 'xx'"),
        (("--role", "it pmm"), "--role: unknown role: 'it pmm'"),
        (("--role", "it pm", "--since", "2030-01-01"), "2030-01-01 lies after 2026-11-23"),
        (("--goal", "cto", "--by", "2020-01-01"), "2020-01-01 lies before the as-of date"),
        (("--education", "some"), "known: none, secondary"),
        (("--budget", "much"), "is not an amount such as 1500"),
        (("--hold", "pmp:2025-02-30"), "--hold"),
        (("--hold", "pmp 03/04/2025"), "03/04/2025 may be 2025-03-04 or 2025-04-03 write it as one of these"),
        (("--hold", "pmp 13/14/2025"), "is not a date"),
        (("--role", "it pm", "--since", "03/04/2025"), "may be 2025-03-04 or 2025-04-03"),
    ],
)
def test_wrong_options_are_refused(options: tuple[str, ...], words: str, tmp_path: Path) -> None:
    done = start(tmp_path, "--yes", *options)
    assert done.code == 2 and words in done.error, done.error
    assert not (tmp_path / "pmcareer.yaml").exists()


@pytest.mark.parametrize("spoken", ["pmp yesterday", "PMP: Yesterday", "pmp,yesterday", "pmp 2026-11-22"])
def test_yesterday_and_today_are_days(spoken: str, tmp_path: Path) -> None:
    done = start(tmp_path, "--yes", "--role", "it pm", "--since", "today", "--hold", spoken)
    assert done.code == 0, done.error
    assert str(said(tmp_path)["certifications"][0]["earned"]) == "2026-11-22"  # the eve of the as-of day
    assert str(said(tmp_path)["roles"][0]["from"]) == AS_OF


@pytest.mark.parametrize("spoken", ["pmp the day before yesterday", "pmp last month", "pmp tomorrow"])
def test_what_may_be_several_days_is_refused(spoken: str, tmp_path: Path) -> None:
    assert start(tmp_path, "--yes", "--hold", spoken).code == 2


@pytest.mark.parametrize(
    "holds", [("pmp", "PMP 2024-06"), ("PMP 2024-06", "pmp"), ("pmp 2023-01-05", "pmp:2024-06-01")]
)
def test_the_answer_with_a_day_wins_and_of_two_days_the_later_answer(holds: tuple[str, str], tmp_path: Path) -> None:
    done = start(tmp_path, "--yes", "--hold", holds[0], "--hold", "csm", "--hold", holds[1])
    assert done.code == 0, done.error
    found = [(one["id"], str(one.get("earned"))) for one in said(tmp_path)["certifications"]]
    assert sorted(found) == [("csm", "None"), ("pmp", "2024-06-01")]


def test_an_existing_profile_is_completed_and_never_overwritten(tmp_path: Path) -> None:
    text = "# mine\nregion: us   # home\ncertifications:\n  - {id: pmp, earned: 2024-06-15}  # big\n"
    (tmp_path / "pmcareer.yaml").write_text(text, encoding="utf-8")
    assert start(tmp_path, "--yes", "--education", "master").code == 0
    after = (tmp_path / "pmcareer.yaml").read_text(encoding="utf-8")
    assert after.startswith(text)
    assert said(tmp_path)["education"] == {"level": "master"}
    refused = start(tmp_path, "--yes", "--region", "uk")
    assert refused.code == 2 and "--region" in refused.error
    assert (tmp_path / "pmcareer.yaml").read_text(encoding="utf-8") == after
    (tmp_path / "a.yaml").write_text("region: uk\n", encoding="utf-8")  # a file may say more than is asked
    assert start(tmp_path, "--answers", "a.yaml").code == 0
    assert (tmp_path / "pmcareer.yaml").read_text(encoding="utf-8") == after


def test_a_broken_profile_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "pmcareer.yaml").write_text("region: [us\n", encoding="utf-8")
    done = start(tmp_path, "--yes", "--education", "master")
    assert done.code == 3
    assert (tmp_path / "pmcareer.yaml").read_text(encoding="utf-8") == "region: [us\n"


def test_a_dry_run_shows_the_profile_and_writes_none(tmp_path: Path) -> None:
    done = start(tmp_path, "--yes", "--role", "it pm", "--dry-run")
    assert done.code == 0 and "+  - {role: it-project-manager, from: 2026-11-23}" in done.out
    assert list(tmp_path.glob("*.yaml")) == []


def test_without_a_terminal_it_says_which_options_to_give(tmp_path: Path) -> None:
    done = start(tmp_path, "--role", "it pm")
    assert done.code == 2
    assert "--yes" in done.error and "--since" in done.error and "--answers" in done.error
    assert "--role" not in done.error


# --- on a terminal ----------------------------------------------------------------------------------------------------


@needs_terminals
@pytest.mark.parametrize("kind", ["dumb", "xterm-256color"])
def test_stopping_keeps_the_answers_and_the_next_time_goes_on(kind: str, tmp_path: Path) -> None:
    with Terminal(tmp_path, "init", "--as-of", AS_OF, kind=kind) as terminal:
        terminal.answer("Where do you work?", "us")
        terminal.answer("What are you now?", "project coordinatr")
        terminal.expect("did you mean project-coordinator")
        terminal.answer("What are you now?", "1")
        terminal.answer("Since when?", "last month")
        terminal.expect("is not a date")
        terminal.answer("Since when?", "")
        terminal.answer("Your highest degree?", "bachelor")
        terminal.answer("A certification that you hold", "capm yesterday")
        terminal.expect("Another one?")
        terminal.stop()
        terminal.wait_for_end()
    assert terminal.exit_code == 130
    draft = tmp_path / "pmcareer.draft.yaml"
    assert said(tmp_path, draft.name) == {
        "region": "us",
        "role": "project-coordinator",
        "since": None,
        "education": "bachelor",
        "certifications": ["capm 2026-11-22"],
    }
    assert os.name == "nt" or stat.S_IMODE(draft.stat().st_mode) == 0o600
    assert not (tmp_path / "pmcareer.yaml").exists()
    with Terminal(tmp_path, "init", "--as-of", AS_OF, kind=kind) as terminal:
        terminal.answer("A certification that you hold", "csm 2025-05")
        terminal.answer("Another one?", "")
        terminal.answer("How many hours a week", "6")
        terminal.answer("What may it cost", "")
        terminal.answer("Which role do you want?", "it pm")
        terminal.answer("By when", "")
        terminal.wait_for_end()
    assert terminal.exit_code == 0, terminal.said
    assert "Where do you work?" not in terminal.said
    assert "Project coordinator → IT project manager" in terminal.said
    assert not draft.exists()
    found = said(tmp_path)
    assert [one["id"] for one in found["certifications"]] == ["capm", "csm"]
    assert str(found["roles"][0]["from"]) == AS_OF


@needs_terminals
def test_one_may_go_back_and_ask_what_may_be_answered(tmp_path: Path) -> None:
    with Terminal(tmp_path, "init", "--plain", "--as-of", AS_OF, kind="xterm") as terminal:
        terminal.answer("Where do you work?", "us")
        terminal.answer("What are you now?", "back")
        terminal.answer("Where do you work?", "?")
        terminal.expect("uk, us")
        terminal.answer("Where do you work?", "uk")
        terminal.answer("What are you now?", "")
        terminal.answer("Your highest degree?", "back")  # over the question that the skipped one would have brought
        terminal.answer("What are you now?", "scrum")
        terminal.expect("scrum-master")
        terminal.answer("What are you now?", "scrum master")
        terminal.stop("d")
        terminal.wait_for_end()
    assert terminal.exit_code == 130
    assert said(tmp_path, "pmcareer.draft.yaml") == {"region": "uk", "role": "scrum master"}


@needs_terminals
def test_back_always_returns_to_the_question_before_also_where_one_went_on(tmp_path: Path) -> None:
    def begin() -> Terminal:
        return Terminal(tmp_path, "init", "--plain", "--as-of", AS_OF, kind="xterm")

    with begin() as terminal:
        terminal.answer("Where do you work?", "us")
        terminal.answer("What are you now?", "")
        terminal.answer("Your highest degree?", "bachelor")
        terminal.answer("A certification that you hold", "pmp 2030-01-01")
        terminal.expect("2030-01-01 lies after 2026-11-23")
        terminal.answer("A certification that you hold", "pmp")
        assert "A number takes one of these" not in terminal.said  # the name was understood
        terminal.answer("Another one?", "PMP 2024-06")
        terminal.expect("Another one?")
        terminal.stop()
        terminal.wait_for_end()
    assert said(tmp_path, "pmcareer.draft.yaml")["certifications"] == ["PMP 2024-06"]
    with begin() as terminal:
        terminal.expect("So far: PMP 2024-06")
        terminal.answer("A certification that you hold", "back")
        terminal.answer("Your highest degree?", "back")
        terminal.answer("What are you now?", "back")
        terminal.answer("Where do you work?", "back")
        terminal.expect("This is the first question.")
        terminal.answer("Where do you work?", "uk")
        terminal.answer("What are you now?", "")
        terminal.answer("Your highest degree?", "master")
        terminal.answer("A certification that you hold", "")  # what was said to it stays
        terminal.answer("How many hours a week", "back")
        terminal.expect("Taken back: PMP 2024-06")
        terminal.answer("A certification that you hold", "csm")
        terminal.expect("Another one?")
        terminal.stop()
        terminal.wait_for_end()
    assert said(tmp_path, "pmcareer.draft.yaml") == {
        "region": "uk",
        "role": None,
        "education": "master",
        "certifications": ["csm"],
    }


@needs_terminals
def test_suggestions_appear_while_one_types(tmp_path: Path) -> None:
    with Terminal(tmp_path, "init", "--region", "us", "--as-of", AS_OF, kind="xterm") as terminal:
        terminal.expect("What are you now?")
        terminal.type("portfol")
        terminal.expect("Project portfolio manager")
        terminal.stop()
        terminal.wait_for_end()
    assert terminal.exit_code == 130
