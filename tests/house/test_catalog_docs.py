"""The pages on the catalog keep their promises: their files are written as they stand, and their consoles run."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from tests.catalog.everything import catalog
from tests.cli.running import pmcareer

from pmcareer.model.ids import CertificationId, RuleId
from pmcareer.model.walking import figures_in

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to"
PAGES = ("your-company-ladder", "add-a-certification", "a-fact-changed", "plan-in-your-planner")
_BLOCK = re.compile(r"^```(yaml|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STEP = re.compile(r"^\$ pmcareer (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_the_page_can_be_followed_to_the_letter(page: str, tmp_path: Path) -> None:
    """Files with a path on their first line are written; of what a command prints the page may show the beginning."""
    steps = 0
    for language, block in _BLOCK.findall((HOW_TO / f"{page}.md").read_text(encoding="utf-8")):
        if language == "yaml":
            _write(block, tmp_path)
        else:
            for command, expected in _STEP.findall(block):
                steps += 1
                done = pmcareer(*shlex.split(command), folder=tmp_path)
                assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
                said = done.stdout.replace("\r\n", "\n")
                assert said.startswith(expected.rstrip("\n")), f"{command}\n{said[:2000]}"
    assert steps >= 3


def _write(block: str, folder: Path) -> None:
    path = re.match(r"# (\S+\.yaml)\n", block)
    if path is not None:
        file = folder / path[1]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block, encoding="utf-8")


def test_what_will_change_is_told(tmp_path: Path) -> None:
    """What the pages promise of `catalog diff`, whatever else changes after that day."""
    for page in PAGES:
        for language, block in _BLOCK.findall((HOW_TO / f"{page}.md").read_text(encoding="utf-8")):
            if language == "yaml":
                _write(block, tmp_path)
    layers = ("--catalog", "mine", "--catalog", "acme", "--format", "csv")
    told = pmcareer("catalog", "diff", "--since", "2026-11-23", *layers, folder=tmp_path).stdout.splitlines()
    assert 'capm,"price: exam, full",–,330 USD' in "".join(line[11:] for line in told if line.startswith("2027-01-01"))
    assert any("minutes 180" in line and "minutes 200" in line for line in told)
    assert any("acme-delivery-lead → project-manager" in line and "2 years in the role" in line for line in told)


def test_the_company_pay_is_what_plans_and_entries_show(tmp_path: Path) -> None:
    for language, block in _BLOCK.findall((HOW_TO / "your-company-ladder.md").read_text(encoding="utf-8")):
        if language == "yaml":
            _write(block, tmp_path)
    layer = ("--catalog", "acme", "--as-of", "2026-11-23", "--format", "json")
    told = pmcareer("plan", "--to", "project-manager", "--region", "us", *layer, folder=tmp_path)
    assert json.loads(told.stdout)["plans"][0]["pay"]["to"]["amount"] == {"amount": "118000.00", "currency": "USD"}
    shown = json.loads(pmcareer("catalog", "show", "project-manager", *layer, folder=tmp_path).stdout)["roles"][0]
    serving = [(one["region"], one["band"]["id"]) for one in shown["pay"] if one["primary"] and one["region"] == "us"]
    assert serving == [("us", "acme-grade-6")]


ERR = (HOW_TO.parent / "reference" / "where-public-data-err.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([a-z0-9-]+)`: (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", ERR, re.MULTILINE)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}: {row[1]}")
def test_a_row_on_public_data_names_an_entry_and_sources_of_the_catalog(row: tuple[str, ...]) -> None:
    subject, *_, cited = row
    assert any(subject in getattr(catalog(), table) for table in ("certifications", "issuers", "roles"))
    sources = re.findall(r"`([a-z0-9-]+)`", cited)
    assert sources
    assert [source for source in sources if source not in catalog().sources] == []


# What the table says of the catalog, looked up there: entry, path of the figure, its value, the rivals beside it.
SAID: list[tuple[str, str, str, set[str]]] = [
    ("pmp", "exam[2].questions", "180", set()),
    ("pmp", "exam[2].scored", "170", set()),
    ("pmp", "exam[2].minutes", "240", set()),
    ("pmp", "prices[0].amount", "675 USD", {"655 USD", "575 USD", "555 USD"}),
    ("pmi-cp", "exam[0].questions", "120", {"170"}),
    ("prince2-practitioner", "exam[2].questions", "70", {"56"}),
    ("apm-pmq", "exam[1].minutes", "150", {"90"}),
]


@pytest.mark.parametrize(("entry", "path", "value", "rivals"), SAID, ids=[f"{said[0]} {said[1]}" for said in SAID])
def test_what_the_table_says_is_in_the_catalog(entry: str, path: str, value: str, rivals: set[str]) -> None:
    figures = dict(figures_in(catalog().certifications[CertificationId(entry)]))
    assert str(figures[path].value) == value
    assert rivals <= {str(rival.value) for rival in figures[path].alternatives}


def test_the_table_on_renewals_is_in_the_catalog() -> None:
    """The lifetimes, and the rivals of figures of the rules."""
    for entry in ("icp", "cobit-foundation", "togaf-foundation", "az-900", "cssgb"):
        own = catalog().rules_of(catalog().certifications[CertificationId(entry)])
        assert [rule.validity.kind for rule in own] == ["lifetime"]
    rules = {rule.id: rule for issuer in catalog().issuers.values() for rule in issuer.rules}
    figures = dict(figures_in(rules[RuleId("isc2-120")]))
    assert str(figures["fees[0].amount"].value) == "135 USD"
    assert {str(rival.value) for rival in figures["fees[0].amount"].alternatives} == {"125 USD", "85 USD"}
    grace = dict(figures_in(rules[RuleId("comptia-ce-20")]))["after_end[0].length"]
    assert (str(grace.value), [str(rival.value) for rival in grace.alternatives]) == ("30 days", ["90 days"])
    professional = dict(figures_in(rules[RuleId("google-professional")]))["validity.length"]
    assert (str(professional.value), [str(r.value) for r in professional.alternatives]) == ("2 years", ["3 years"])
