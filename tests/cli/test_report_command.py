"""``pmcareer report``: what stands in the page is what ``plan`` and ``renewals`` answer, to each date and figure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.in_process import invoke
from tests.cli.running import AS_OF, pmcareer
from tests.pages import Element, cell_text, made, read, table_under, text_of, violations
from tests.people import GOAL_AND_HOLDINGS

COORDINATOR = ("--from", "project-coordinator", "--hold", "capm:2025-03-01", "--education", "bachelor")
QUICK = ("--to", "project-coordinator", "--hold", "capm:2025-03-01")
TO_SENIOR = (*COORDINATOR, "--to", "senior-project-manager")


def answered(folder: Path, *arguments: str) -> dict[str, Any]:
    done = invoke(folder, *arguments, "--as-of", AS_OF, "--format", "json")
    assert done.code == 0, done.error
    document: dict[str, Any] = json.loads(done.out)
    return document


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made_here = tmp_path_factory.mktemp("report")
    (made_here / "pmcareer.yaml").write_text(GOAL_AND_HOLDINGS, encoding="utf-8")
    return made_here


@pytest.fixture(scope="module")
def page(folder: Path) -> Element:
    text = made(folder, "report")
    assert violations(text) == []
    return read(text)


@pytest.fixture(scope="module")
def plan(folder: Path) -> dict[str, Any]:
    answer = answered(folder, "plan", "--brief")["plans"][0]
    assert isinstance(answer, dict)
    return answer


@pytest.fixture(scope="module")
def renewals(folder: Path) -> dict[str, Any]:
    return answered(folder, "renewals")


def fact(page: Element, label: str) -> str:
    """The headline figure of that name."""
    (found,) = [one for one in page.iter("div") if any(text_of(dt) == label for dt in one.iter("dt"))]
    return cell_text(found)


def money(value: dict[str, str]) -> str:
    amount = value["amount"].removesuffix(".00")
    return f"{int(amount):,} {value['currency']}" if amount.isdigit() else f"{amount} {value['currency']}"


def test_headlines_are_the_plans(page: Element, plan: dict[str, Any]) -> None:
    assert fact(page, "Arrival") == plan["arrives"]
    assert fact(page, "Cost").removeprefix("at least ") == money(plan["cost"])
    assert fact(page, "Cost").startswith("at least") == plan["cost_at_least"]
    assert fact(page, "Pay then") == money(plan["pay"]["to"]["amount"])
    hours = sum(step["hours"] for step in plan["steps"] if step["kind"] == "study")
    assert fact(page, "Study") == f"{hours} hours"


def test_every_step_stands_in_the_page_with_its_dates_and_figures(page: Element, plan: dict[str, Any]) -> None:
    rows = table_under(page, "The plan")
    assert len(rows) == len(plan["steps"]) > 3
    for (name, begins, ends, hours, cost, floats), step in zip(rows, plan["steps"], strict=True):
        assert name.endswith(step["name"])
        assert (begins or ends, ends) == (step["start"], step["end"])
        assert hours == ("" if step["hours"] is None else str(step["hours"]))
        if step["kind"] in ("earn", "renew") and step["cost"] is not None:
            assert cost == money(step["cost"])
        days = "fixed" if step["kind"] == "renew" else f"{step['float_days']} day"
        assert floats.startswith("critical" if step["critical"] else days)


def test_every_cost_line_stands_in_the_page(page: Element, plan: dict[str, Any]) -> None:
    section = next(one for one in page.iter("section") if one.attrib.get("id") == "cost")
    table = next(t for t in section.iter("table") if any(text_of(c) == "What is paid for" for c in t.iter("caption")))
    rows = [[cell_text(cell) for cell in row.iter("td")] for row in table.iter("tr")][1:]
    assert [
        (day, what.startswith(line["what"]), price)
        for (day, what, price, _), line in zip(rows, plan["cost_lines"], strict=True)
    ] == [(line["on"], True, money(line["amount"]) if line["amount"] else "unknown") for line in plan["cost_lines"]]


def test_pay_is_the_published_band_of_each_role(page: Element, plan: dict[str, Any]) -> None:
    """BLS OEWS May 2025, 13-1082 project management specialists, read off the file of the agency."""
    rows = table_under(page, "Pay")
    assert len(rows) == len(plan["roles"])
    assert rows[-1][3] == "102,320 USD" == money(plan["pay"]["to"]["amount"])
    assert rows[-1][6].startswith(plan["pay"]["to"]["band"])


def test_every_reason_and_every_source_is_there(page: Element, plan: dict[str, Any]) -> None:
    said = text_of(next(one for one in page.iter("section") if one.attrib.get("id") == "why"))
    for step in plan["steps"]:
        if step["kind"] != "study":
            assert [because for because in step["because"] if " ".join(because.split()) not in said] == []
    keys = {text_of(code) for code in page.iter("code")}
    named = {source["source"] for step in plan["steps"] for source in step["sources"] if source["source"]}
    assert named and named <= keys
    read_days = {source["read"] for step in plan["steps"] for source in step["sources"] if source["source"]}
    assert read_days <= {text_of(time) for time in page.iter("time")}


def test_units_and_days_are_those_of_renewals(page: Element, renewals: dict[str, Any]) -> None:
    units = {row[0]: row[1:] for row in table_under(page, "Units")}
    names = {"capm": "CAPM", "csm": "CSM", "cissp": "CISSP"}
    for held in renewals["holdings"]:
        counts = held["units"]
        expected = [counts["name"], *(f"{counts[key]:g}" for key in ("required", "counted", "remaining"))]
        assert units[f"{names[held['certification']]}: all"] == expected
        for part in (one for one in counts["categories"] if one["minimum"]):
            expected = [counts["name"], *(f"{part[key]:g}" for key in ("minimum", "counted", "remaining"))]
            assert units[f"{names[held['certification']]}: {part['name']}"] == expected
    shown = {tuple(row[:3]) for row in table_under(page, "Deadlines")}
    ahead = {
        (one["on"], names[held["certification"]], " ".join(one["text"].split()))
        for held in renewals["holdings"]
        for one in held["deadlines"]
        if one["kind"] != "pace" and one["on"] >= AS_OF
    }
    # Where a last chance falls on the day of another end, renewals name that day once.
    assert shown <= ahead and {row[0] for row in shown} == {row[0] for row in ahead}


def test_its_own_document_is_both_answers(folder: Path, renewals: dict[str, Any]) -> None:
    document = answered(folder, "report")
    assert document["schema"] == "pmcareer.report/1" and document["as_of"] == AS_OF
    assert document["renewals"] == renewals
    assert document["plan"] == answered(folder, "plan")


def test_trade_offs_and_risk_have_their_pictures(tmp_path: Path) -> None:
    arguments = ("--to", "pmo-analyst", "--alternatives", "2", "--risk", "--samples", "100")
    text = made(tmp_path, "report", *arguments)
    assert violations(text) == []
    tree, answer = read(text), answered(tmp_path, "plan", *arguments)
    choice = [[row[0], row[1], row[3].removeprefix("at least ")] for row in table_under(tree, "The choice")]
    assert choice == [[str(n), one["arrives"], money(one["cost"])] for n, one in enumerate(answer["plans"], 1)]
    curve = {row[0]: row[1] for row in table_under(tree, "Risk")}
    risk = answer["plans"][0]["risk"]
    assert [curve[level.upper()] for level in ("p50", "p80", "p95")] == [
        _day(risk[level]) for level in ("p50", "p80", "p95")
    ]


def test_what_slipped_since_a_baseline_is_drawn_and_told(tmp_path: Path) -> None:
    """The same question eight weeks later: everything is as many days later, and nothing is done."""
    kept = ("plan", *QUICK, "--brief", "--as-of", "2026-09-28", "--save-baseline", "kept.json", "--quiet")
    assert invoke(tmp_path, *kept).code == 0
    arguments = (*QUICK, "--against-baseline", "kept.json")
    rows = table_under(read(made(tmp_path, "report", *arguments)), "What slipped")
    told = answered(tmp_path, "plan", *arguments, "--brief")["against_baseline"]["milestones"]
    assert [row[1:3] for row in rows] == [
        [one["baseline"], one["now"]] for one in told if one["baseline"] and one["now"]
    ]
    assert rows and all(row[3] == f"{one['slip_days']} days" for row, one in zip(rows, told, strict=True))
    assert answered(tmp_path, "report", *arguments)["plan"]["against_baseline"]["milestones"] == told


def _day(level: Any) -> str:
    return str(level["arrives"] if isinstance(level, dict) else level)


def test_no_plan_is_said_with_its_reasons(tmp_path: Path) -> None:
    done = invoke(tmp_path, "report", "--to", "cto", "--horizon", "1", "--strict", "--as-of", AS_OF, "-o", "no.html")
    assert done.code == 1
    tree = read((tmp_path / "no.html").read_text(encoding="utf-8"))
    assert fact(tree, "Plan") == "none"
    assert any(text_of(one) == "Why not" for one in tree.iter("h2"))


def test_holdings_alone_are_enough(tmp_path: Path) -> None:
    tree = read(made(tmp_path, "report", "--hold", "pmp:2024-06-15"))
    assert text_of(next(tree.iter("h1"))).startswith("1 certification on 2026-11-23")
    assert not [one for one in tree.iter("section") if one.attrib["id"] == "plan"]


def test_nothing_to_report_on_is_a_question_misput(tmp_path: Path) -> None:
    done = invoke(tmp_path, "report", "--as-of", AS_OF)
    assert done.code == 2 and "--to ROLE" in done.error


def test_other_formats_have_the_same_words(folder: Path) -> None:
    done = invoke(folder, "report", "--as-of", AS_OF, "--format", "markdown")
    assert done.code == 0 and "## Units of the running cycles" in done.out and "## Sources" in done.out


def test_same_question_same_bytes_whatever_the_hash_seed_and_the_clock_zone(tmp_path: Path) -> None:
    pages = []
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        environment = {"PYTHONHASHSEED": seed, "TZ": zone}
        done = pmcareer("report", *QUICK, "--as-of", AS_OF, folder=tmp_path, environment=environment)
        assert done.returncode == 0, done.stderr
        pages.append(done.stdout)
    assert pages[0] == pages[1] and "<svg" in pages[0]
