"""Rules and figures that cannot be are findings of ``catalog check`` with their lines, and reach no engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.in_process import invoke
from tests.cli.running import AS_OF

CERTIFICATION = """\
id: acme-licence
name: Acme licence
issuer: acme
level: entry
standing: judgement
because: Acme's own.
lifecycle: {status: active}
eligibility: {note: Nothing is asked.}
exam: {questions: 60, scored: 50, pass_mark: "36 of 60 (60 %)"}
prices: [{pays_for: exam, amount: 120 USD}]
study: {hours: 10}
lead_days: 0
renewal: [acme-rule]
rules:
  - id: acme-rule
    summary: Acme's rule.
    applies_to: {by: earned, from: 2020-01-01, until: 2030-01-01}
    validity: {kind: cycle, length: 2 years, starts: earned, last_day: eve}
    units:
      name: point
      total: 10
      categories:
        - {id: ways, name: Ways, minimum: 4, maximum: 8}
        - {id: means, name: Means, minimum: 6}
    routes: [{kind: credits, next_from: previous-end}]
    after_end: [{phase: suspended, until_month_day: "09-30"}, {phase: expired}]
"""


def check(folder: Path, text: str) -> tuple[int, list[dict[str, object]]]:
    issuer = folder / "acme" / "certifications" / "acme"
    issuer.mkdir(parents=True, exist_ok=True)
    (issuer / "_issuer.yaml").write_text(
        "id: acme\nname: Acme\nstanding: judgement\nbecause: Acme's.\n", encoding="utf-8"
    )
    (issuer / "acme-licence.yaml").write_text(text, encoding="utf-8")
    done = invoke(folder, "catalog", "check", "acme", "--as-of", AS_OF, "--format", "json")
    return done.code, [one for one in json.loads(done.out)["problems"] if one["severity"] == "error"]


def test_the_rule_as_it_stands_is_fine(tmp_path: Path) -> None:
    assert check(tmp_path, CERTIFICATION) == (0, [])


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("length: 2 years", "length: 0 days", "no time at all"),
        ('"09-30"', '"02-30"', "no day that every year has"),
        ('"09-30"', '"02-29"', "no day that every year has"),  # three years in four have no such day
        ("until: 2030-01-01", "until: 2019-12-31", "ends before it begins"),
        ("maximum: 8", "maximum: 3", "asks for 4 and counts 3 at most"),
        ("minimum: 6", "minimum: 7", "ask for 11 of 10"),
        ("id: means", "id: ways", "stands here twice"),
        ("120 USD", "120 USX", "not the code of a currency"),
        ("120 USD", "120 DEM", "not the code of a currency"),  # the euro's since 2002
        ("60 %", "160 %", "more than 100 %"),
        ("60 %", "100.5 per cent", "more than 100 %"),
        ("36 of 60", "61 of 60", "more than the whole"),
        ("scored: 50", "scored: 61", "61 questions are scored and 60 asked"),
    ],
)
def test_what_cannot_be_is_said_where_it_stands(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    code, (problem,) = check(tmp_path, CERTIFICATION.replace(right, wrong, 1))
    assert code == 3 and said in str(problem["message"])
    assert "acme-licence.yaml" in str(problem["file"]) and int(str(problem["line"])) >= 9


@pytest.mark.parametrize("mark", ["100 %", "60 of 60", "450 on a scale from 200 to 800", "pass or fail"])
def test_a_pass_mark_that_can_be_reached_is_fine(tmp_path: Path, mark: str) -> None:
    assert check(tmp_path, CERTIFICATION.replace("36 of 60 (60 %)", mark)) == (0, [])


@pytest.mark.parametrize("rate", ["{currency: USX, of: GBP", "{currency: USD, of: GPB"])
def test_a_rate_of_a_currency_that_there_is_not(tmp_path: Path, rate: str) -> None:
    (tmp_path / "acme").mkdir()
    text = f"rates: [{rate}, on: 2026-01-01, rate: 1.3, standing: judgement, because: so}}]\n"
    (tmp_path / "acme" / "rates.yaml").write_text(text, encoding="utf-8")
    code, (problem,) = check(tmp_path, CERTIFICATION)
    assert code == 3 and "not the code of a currency" in str(problem["message"])
