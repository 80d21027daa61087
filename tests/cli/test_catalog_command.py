"""``pmcareer catalog``: the data as people and programs meet it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.cli.in_process import Outcome, invoke
from tests.cli.running import AS_OF

from pmcareer.reading.catalog_layers import shipped_layer

OVERLAYS = sorted(p for p in (Path(__file__).parents[2] / "examples" / "overlays").iterdir() if p.is_dir())


def asked(folder: Path, *arguments: str) -> Outcome:
    done = invoke(folder, "catalog", *arguments, "--as-of", AS_OF)
    assert done.code == 0, done.error
    return done


def document(folder: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(asked(folder, *arguments, "--format", "json").out)
    assert found["as_of"] == AS_OF
    return found


def rows(folder: Path, *arguments: str) -> list[dict[str, str]]:
    text = asked(folder, *arguments, "--format", "csv").out
    return list(csv.DictReader(io.StringIO(text)))


# --- list -----------------------------------------------------------------------------------------------------------


def test_every_certification_is_listed(tmp_path: Path) -> None:
    files = [p.stem for p in shipped_layer().folder.glob("certifications/*/*.yaml") if p.stem != "_issuer"]
    found = document(tmp_path, "list")
    assert found["schema"] == "pmcareer.catalog/1"
    assert sorted(entry["id"] for entry in found["certifications"]) == sorted(files)


def test_lists_are_narrowed(tmp_path: Path) -> None:
    for_life = document(tmp_path, "list", "--renewal", "lifetime")["certifications"]
    assert {"psm-i", "google-pm-certificate"} <= {entry["id"] for entry in for_life}
    assert "pmp" not in {entry["id"] for entry in for_life}
    pmi = document(tmp_path, "list", "--issuer", "PMI", "--level", "professional")["certifications"]
    assert {entry["issuer"] for entry in pmi} == {"pmi"}
    assert {entry["level"] for entry in pmi} == {"professional"}
    security = document(tmp_path, "list", "--niche", "security")["certifications"]
    assert "cissp" in {entry["id"] for entry in security}


def test_what_costs_an_unknown_amount_is_not_within_any_amount(tmp_path: Path) -> None:
    cheap = document(tmp_path, "list", "--max-cost", "200 USD")["certifications"]
    assert cheap
    for entry in cheap:
        price = entry["price"]["value"]
        assert price is not None
        if price["currency"] == "USD":
            assert float(price["amount"]) <= 200


def test_prices_are_those_of_the_region(tmp_path: Path) -> None:
    found = document(tmp_path, "list", "--issuer", "pmi", "--region", "us")["certifications"]
    pmp = next(entry for entry in found if entry["id"] == "pmp")
    assert pmp["price"]["value"] == {"amount": "675.00", "currency": "USD"}


@pytest.mark.parametrize(
    ("table", "key", "example"),
    [
        ("roles", "roles", "project-manager"),
        ("ladders", "ladders", "project-delivery"),
        ("issuers", "issuers", "pmi"),
        ("skills", "skills", "negotiation"),
        ("niches", "niches", "security"),
        ("experience-kinds", "experience_kinds", "project-work"),
        ("methods", "methods", "scrum"),
        ("sources", "sources", "onet-29-3"),
    ],
)
def test_other_tables_are_listed(tmp_path: Path, table: str, key: str, example: str) -> None:
    assert example in [entry["id"] for entry in document(tmp_path, "list", table)[key]]
    assert example in [row["Id"] for row in rows(tmp_path, "list", table)]


def test_regions_are_listed(tmp_path: Path) -> None:
    assert {"us", "uk"} <= {entry["region"] for entry in document(tmp_path, "list", "regions")["pay"]}


def test_only_certifications_are_chosen_by_what_they_are(tmp_path: Path) -> None:
    done = invoke(tmp_path, "catalog", "list", "roles", "--level", "entry")
    assert done.code == 2
    done = invoke(tmp_path, "catalog", "list", "--issuer", "pmy")
    assert done.code == 2
    assert "pmi" in done.error


# --- show -----------------------------------------------------------------------------------------------------------


def test_every_figure_shows_what_backs_it(tmp_path: Path) -> None:
    (pmp,) = document(tmp_path, "show", "PMP")["certifications"]
    exam = next(p for p in pmp["prices"] if p["pays_for"] == "exam" and p["tier"] == "full")["amount"]
    assert exam["value"] == {"amount": "675.00", "currency": "USD"}
    assert (exam["source"], exam["standing"]) == ("pmi-pages-2026", "official")
    assert exam["read"] is not None
    assert exam["origin"]["file"] == "certifications/pmi/pmp.yaml"
    assert exam["origin"]["layer"] == "shipped"
    rivals = {(r["value"]["amount"], r["source"]) for r in exam["alternatives"]}
    assert ("655.00", "pmi-certnorth-2026-09") in rivals


def test_the_origin_is_the_line_where_it_stands(tmp_path: Path) -> None:
    (pmp,) = document(tmp_path, "show", "pmp")["certifications"]
    lines = (shipped_layer().folder / "certifications/pmi/pmp.yaml").read_text().splitlines()
    for price in pmp["prices"]:
        amount = price["amount"]
        whole = f"{float(amount['value']['amount']):g} {amount['value']['currency']}"
        assert whole in "".join(lines[amount["origin"]["line"] - 1 :][:2])


def test_unknown_is_shown_as_unknown(tmp_path: Path) -> None:
    (pmp,) = document(tmp_path, "show", "pmp")["certifications"]
    assert pmp["exam"][-1]["pass_mark"]["value"] is None
    values = [row["Value"] for row in rows(tmp_path, "show", "pmp") if row["What"].endswith("pass mark")]
    assert values
    assert all(value.startswith("unknown") for value in values)


def test_the_rule_in_force_and_the_history(tmp_path: Path) -> None:
    (now,) = document(tmp_path, "show", "prince2-foundation")["certifications"]
    done = invoke(tmp_path, "catalog", "show", "prince2-foundation", "--as-of", "2015-06-01", "--format", "json")
    (then,) = json.loads(done.out)["certifications"]
    assert [rule["id"] for rule in now["renewal_rules"]] == [rule["id"] for rule in then["renewal_rules"]]
    assert len(now["renewal_rules"]) > 1
    assert now["governing_rule"] != then["governing_rule"]


def test_requirements_are_trees_again(tmp_path: Path) -> None:
    (capm,) = document(tmp_path, "show", "capm")["certifications"]
    assert capm["eligibility"][0]["requires"]["all"][1] == {
        "training": {"hours": 23, "topic": "project management", "waived_by": None}
    }


@pytest.mark.parametrize("name", ["it pm", "project-delivery", "PMI", "negotiation", "us", "onet-29-3", "Scrum"])
def test_everything_can_be_shown(tmp_path: Path, name: str) -> None:
    assert asked(tmp_path, "show", name, "--origin").out
    assert document(tmp_path, "show", name)["schema"] == "pmcareer.catalog/1"


def test_where_each_value_was_written(tmp_path: Path) -> None:
    text = asked(tmp_path, "show", "it-project-manager", "--origin").out
    assert "shipped:" in text
    assert "Where" in text


def test_an_unknown_id_offers_the_nearest(tmp_path: Path) -> None:
    done = invoke(tmp_path, "catalog", "show", "pnp")
    assert done.code == 2
    assert "pmp" in done.error


# --- search ---------------------------------------------------------------------------------------------------------


def test_what_is_called_so_comes_first(tmp_path: Path) -> None:
    assert rows(tmp_path, "search", "scrum", "master")[0]["Id"] == "scrum-master"
    assert rows(tmp_path, "search", "PMP")[0]["Id"] == "pmp"


def test_all_words_must_occur(tmp_path: Path) -> None:
    both = {row["Id"] for row in rows(tmp_path, "search", "risk", "management")}
    assert "pmi-rmp" in both
    assert both <= {row["Id"] for row in rows(tmp_path, "search", "risk")}
    assert "0 found" in asked(tmp_path, "search", "xyzzy").out
    assert invoke(tmp_path, "catalog", "search", "–").code == 2


# --- sources, stats, diff -------------------------------------------------------------------------------------------


def test_sources_say_what_rests_on_them(tmp_path: Path) -> None:
    found = {entry["id"]: entry for entry in document(tmp_path, "sources")["sources"]}
    assert found["pmi-pages-2026"]["figures"] > 20
    assert found["pmi-certnorth-2026-09"]["rivals"] > 0
    assert found["pmi-certnorth-2026-09"]["standing"] == "secondary"


def test_the_numbers_add_up(tmp_path: Path) -> None:
    stats = document(tmp_path, "stats")["stats"]
    assert sum(stats["by_standing"].values()) + stats["unknown"] == stats["figures"]
    assert stats["entries"]["certifications"] == len(document(tmp_path, "list")["certifications"])
    assert stats["disagreements"] > 0
    assert stats["oldest_read"] < AS_OF


def test_changes_after_a_day(tmp_path: Path) -> None:
    changes = document(tmp_path, "diff", "--since", "2026-07-08")["changes"]
    exam = next(c for c in changes if c["entry"] == "pmp" and c["kind"] == "exam")
    assert exam["on"] == "2026-07-09"
    assert (exam["before"]["minutes"]["value"], exam["after"]["minutes"]["value"]) == (230, 240)
    assert all(change["on"] > "2026-07-08" for change in changes)
    later = document(tmp_path, "diff", "--since", "2026-07-09")["changes"]
    assert later == [change for change in changes if change["on"] > "2026-07-09"]


def test_what_begins_and_what_ends_are_changes(tmp_path: Path) -> None:
    changes = document(tmp_path, "diff", "--since", "2026-07-08")["changes"]
    editions = {(c["part"], c["on"]): (c["before"], c["after"]) for c in changes if c["kind"] == "edition"}
    assert editions["pmp-2021", "2026-07-09"][1] is None
    assert editions["pmp-2026", "2026-07-09"][0] is None


# --- check ----------------------------------------------------------------------------------------------------------


def test_the_shipped_catalog_has_no_errors(tmp_path: Path) -> None:
    assert [p for p in document(tmp_path, "check")["problems"] if p["severity"] == "error"] == []


@pytest.mark.parametrize("overlay", OVERLAYS, ids=lambda path: path.name)
def test_the_example_overlays_have_none_either(tmp_path: Path, overlay: Path) -> None:
    found = document(tmp_path, "check", str(overlay))
    assert found["schema"] == "pmcareer.problems/1"
    assert [p for p in found["problems"] if p["severity"] == "error"] == []


def test_errors_are_exit_3_and_name_the_layer(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    (folder / "roles").mkdir(parents=True)
    (folder / "roles" / "boss.yaml").write_text("{id: boss, name: Boss, summary: B., grants: [bossing], nmae: x}\n")
    done = invoke(tmp_path, "catalog", "check", "ours", "--format", "json")
    assert done.code == 3
    problems = [p for p in json.loads(done.out)["problems"] if p["severity"] == "error"]
    assert [(p["code"], p["file"], p["line"], p["column"]) for p in problems] == [
        ("catalog-dangling-id", "ours/roles/boss.yaml", 1, 46),
        ("field-unknown", "ours/roles/boss.yaml", 1, 56),
    ]
    assert invoke(tmp_path, "plan", "--to", "project-manager", "--catalog", "ours").code == 3


def test_warnings_are_bad_news_only_when_strict(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    (folder / "roles").mkdir(parents=True)
    (folder / "roles" / "boss.yaml").write_text("{id: boss, name: Boss, summary: B., grants: [it]}\n")
    assert invoke(tmp_path, "catalog", "check", "ours").code == 0
    assert invoke(tmp_path, "catalog", "check", "ours", "--strict").code == 1


def test_a_folder_that_is_not_there_is_exit_4(tmp_path: Path) -> None:
    assert invoke(tmp_path, "catalog", "check", "gone").code == 4
    assert invoke(tmp_path, "catalog", "list", "--catalog", "gone").code == 4
    assert invoke(tmp_path, "catalog", "check", "--alone").code == 2


def test_a_whole_catalog_is_checked_alone(tmp_path: Path) -> None:
    found = document(tmp_path, "check", "--alone", str(shipped_layer().folder))
    assert [p for p in found["problems"] if p["severity"] == "error"] == []


# --- overlays -------------------------------------------------------------------------------------------------------


def test_an_overlay_is_seen_with_its_origin(tmp_path: Path) -> None:
    (tmp_path / "ours" / "roles").mkdir(parents=True)
    patch = (
        "extends: project-manager\nstanding: judgement\nbecause: So.\nset: {name: Project lead}\nadd: {aliases: [PL]}\n"
    )
    (tmp_path / "ours" / "roles" / "project-manager.yaml").write_text(patch)
    done = invoke(tmp_path, "catalog", "show", "PL", "--catalog", "ours", "--format", "json")
    (role,) = json.loads(done.out)["roles"]
    assert (role["id"], role["name"]) == ("project-manager", "Project lead")
    assert invoke(tmp_path, "catalog", "show", "PL").code == 2


# --- schema ---------------------------------------------------------------------------------------------------------


def test_schemas_are_printed_and_written(tmp_path: Path) -> None:
    assert "certification" in asked(tmp_path, "schema").out.split()
    printed = asked(tmp_path, "schema", "role").out
    role = json.loads(printed)
    jsonschema.Draft202012Validator.check_schema(role)
    asked(tmp_path, "schema", "--all", "-o", "schemas")
    assert (tmp_path / "schemas" / "role.schema.json").read_text() == printed
    done = invoke(tmp_path, "catalog", "schema", "rule")
    assert done.code == 2
    assert "role" in done.error


@pytest.mark.parametrize("format_", ["text", "markdown", "csv", "json"])
@pytest.mark.parametrize(
    "command", ["list", "show pmp", "search pmp", "check", "sources", "stats", "diff --since 2026-01-01"]
)
def test_every_command_in_every_format(tmp_path: Path, command: str, format_: str) -> None:
    text = asked(tmp_path, *command.split(), "--format", format_).out
    assert text.strip()
    assert "Traceback" not in text


def test_a_role_is_shown_with_its_ways_and_its_pay(tmp_path: Path) -> None:
    """The percentiles are those of the Bureau of Labor Statistics for 13-1082, May 2025, copied by hand."""
    role = document(tmp_path, "show", "project-manager")["roles"][0]
    assert {"project-coordinator", "assistant-project-manager"} <= {way["from"] for way in role["ways_in"]}
    assert {"senior-project-manager", "it-project-manager"} <= {way["to"] for way in role["ways_out"]}
    (band,) = [one for one in role["pay"] if one["region"] == "us" and one["primary"]]
    assert band["match"] == "close" and band["median"] == {"amount": "102320.00", "currency": "USD"}
    said = asked(tmp_path, "show", "project-manager").out
    assert "Ways in" in said and "Ways out" in said and "102,320 USD" in said
