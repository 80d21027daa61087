"""Gantt charts parsed and drawn by Mermaid itself, in a browser: every name stands there as it was meant."""

from __future__ import annotations

import html
import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.cli.in_process import invoke
from tests.cli.running import AS_OF
from tests.interop.programs import FOLDER, SET_UP
from tests.schedules import HOSTILE, HOSTILE_TEXT, PLAN, STUDY
from tests.tools import require_tool

from pmcareer.render.schedules import render_schedule

_PAGE = """<!doctype html><meta charset="utf-8"><pre>{charts}</pre><script src="{mermaid}"></script><script>
(async () => {{
  const said = document.createElement("output"), answers = [];
  mermaid.initialize({{startOnLoad: false}});
  for (const [place, text] of JSON.parse(document.querySelector("pre").textContent).entries()) {{
    try {{
      const {{diagramType}} = await mermaid.parse(text);
      const drawn = document.createElement("div");
      drawn.innerHTML = (await mermaid.render(`drawn${{place}}`, text)).svg;
      const texts = [...drawn.querySelectorAll("text")].map((one) => one.textContent.trim());
      answers.push({{kind: diagramType, texts, milestones: drawn.querySelectorAll("rect.milestone").length}});
    }} catch (error) {{
      answers.push({{kind: String(error), texts: [], milestones: 0}});
    }}
  }}
  said.textContent = JSON.stringify(answers);
  document.body.append(said);
}})();
</script>"""
# What Mermaid would take for the end of a name, a comment or HTML stands in its wide form.
_WIDE = str.maketrans(":;#%,<>", "：；＃％，＜＞")
_NAMES = (
    *("click here", "section 3", "title x", "dateFormat x", "excludes weekends", "todayMarker off", "accTitle: x"),
    *("inclusiveEndDates", "topAxis", "tickInterval 1day", "weekday monday", "weekend friday", "gantt", "Gantt chart"),
    *("call x()", 'href "x"', "2026-01-01 begins", "%%{init: {'theme': 'dark'}}%%", "---", "end", "{x}", "[x]"),
    *(
        "<script>alert(1)</script>",
        "a <b> c",
        "R&D",
        "`code`",
        "$$x^2$$",
        "a; b",
        "a # b",
        "é ü 漢字",
        "after z",
        "done, x",
    ),
)


def drawn(charts: Sequence[str], folder: Path) -> list[dict[str, Any]]:
    """What Mermaid makes of each chart: its kind (or the complaint), and the texts of the picture."""
    mermaid = next(iter(sorted(FOLDER.glob("mermaid-*.js"))), None)
    chromium = shutil.which("chromium")
    require_tool(mermaid is not None and chromium, f"Mermaid and chromium ({SET_UP})")
    assert mermaid is not None and chromium is not None
    page = folder / "charts.html"
    shown = _PAGE.format(charts=html.escape(json.dumps(list(charts))), mermaid=mermaid.resolve().as_uri())
    page.write_text(shown, encoding="utf-8")
    flags = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--virtual-time-budget=120000",
        f"--user-data-dir={folder}/c",
    )
    done = subprocess.run(
        [chromium, *flags, "--dump-dom", page.as_uri()],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
    assert "<output>" in done.stdout, done.stderr
    said = done.stdout.partition("<output>")[2].partition("</output>")[0]
    found: list[dict[str, Any]] = json.loads(html.unescape(said))
    return found


def test_mermaid_draws_every_task_section_and_milestone(tmp_path: Path) -> None:
    (found,) = drawn([render_schedule(PLAN, "mermaid").decode()], tmp_path)
    assert found["kind"] == "gantt"
    assert {PLAN.title, *(task.name for task in PLAN.tasks), *(task.phase for task in PLAN.tasks)} <= set(
        found["texts"]
    )
    assert found["milestones"] == sum(task.milestone for task in PLAN.tasks) == 2


def test_no_name_is_taken_for_a_statement_a_comment_or_html(tmp_path: Path) -> None:
    schedules = [replace(PLAN, title=n, tasks=(replace(STUDY, name=n, phase=n),)) for n in _NAMES]
    hostile = replace(HOSTILE, title=HOSTILE_TEXT.replace("\ud83d", ""))
    schedules.append(replace(hostile, tasks=(replace(HOSTILE.tasks[0], name=hostile.title),)))
    found = drawn([render_schedule(one, "mermaid").decode() for one in schedules], tmp_path)
    for schedule, one in zip(schedules, found, strict=True):
        meant = " ".join(schedule.title.replace("\x07", " ").replace("\u2028", " ").split()).translate(_WIDE)
        texts = [" ".join(text.replace("\u2060", "").split()) for text in one["texts"]]
        assert one["kind"] == "gantt" and texts.count(meant) >= 2, (meant, one)  # the task and the title


def test_what_plan_writes_with_roles_of_hostile_names(tmp_path: Path) -> None:
    role = 'extends: project-coordinator\nset: {name: "click <img src=x onerror=alert(1)>; %% #1: lead, R&D"}\n'
    (tmp_path / "acme" / "roles").mkdir(parents=True)
    (tmp_path / "acme" / "roles" / "project-coordinator.yaml").write_text(role, encoding="utf-8")
    way = ("--catalog", "acme", "--to", "project-coordinator", "--as-of", AS_OF, "--quiet", "-o", "plan.mmd")
    done = invoke(tmp_path, "plan", *way)
    assert done.code == 0, done.error
    (found,) = drawn([(tmp_path / "plan.mmd").read_text(encoding="utf-8")], tmp_path)
    name = "click ＜img src=x onerror=alert(1)＞； ％％ ＃1： lead， R&D"
    assert found["kind"] == "gantt"
    assert any(name in text and text.startswith("Become") for text in found["texts"]), found["texts"]


@pytest.mark.parametrize("name", ["Click here", "SECTION 3"])
def test_the_check_can_fail(name: str, tmp_path: Path) -> None:
    """Without its guard such a name breaks the chart or is lost."""
    text = f"gantt\n    dateFormat YYYY-MM-DD\n    section S\n    {name} :x, 2027-01-01, 1d\n"
    (found,) = drawn([text], tmp_path)
    assert name not in found["texts"]
