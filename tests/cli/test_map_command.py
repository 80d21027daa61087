"""``pmcareer map``: SVG by another parser, formats, what it needs, the same bytes again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from tests.cli.in_process import invoke
from tests.cli.running import AS_OF
from tests.pages import made, read, violations

SVG = "{http://www.w3.org/2000/svg}"
WAY = ("--from", "newcomer", "--to", "pmo-analyst")


def drawn(folder: Path, *arguments: str) -> Any:
    done = invoke(folder, "map", *arguments, "--as-of", AS_OF, "-o", "map.svg")
    assert done.code == 0, done.error
    return etree.fromstring((folder / "map.svg").read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))


def test_the_picture_is_an_accessible_document_on_a3(tmp_path: Path) -> None:
    root = drawn(tmp_path)
    assert root.tag == f"{SVG}svg" and root.get("role") == "img"
    named = {one.get("id"): one.text for one in root.iter(f"{SVG}title", f"{SVG}desc") if one.get("id")}
    assert set(root.get("aria-labelledby").split()) == set(named) and all(named.values())
    width, height = (float(root.get(side).removesuffix("mm")) for side in ("width", "height"))
    assert sorted((width, height))[0] <= 297 and sorted((width, height))[1] <= 420
    across, down = (float(part) for part in root.get("viewBox").split()[2:])
    assert abs(width / height - across / down) < 0.01
    assert not [one for one in root.iter() if one.tag in (f"{SVG}script", f"{SVG}image", f"{SVG}a", f"{SVG}use")]
    titles = [one.text for one in root.iter(f"{SVG}title")]
    assert "Project manager" in titles and any(title.startswith("Project Management Professional") for title in titles)


def test_without_output_the_picture_goes_to_standard_output(tmp_path: Path) -> None:
    done = invoke(tmp_path, "map", "--as-of", AS_OF)
    assert done.code == 0 and done.out.startswith("<?xml") and done.out == invoke(tmp_path, "map", "--as-of", AS_OF).out


def test_a_plans_way_is_named_and_marked(tmp_path: Path) -> None:
    plan = json.loads(invoke(tmp_path, "plan", *WAY, "--brief", "--as-of", AS_OF, "--format", "json").out)["plans"][0]
    document = json.loads(invoke(tmp_path, "map", *WAY, "--as-of", AS_OF, "--format", "json").out)
    assert document["schema"] == "pmcareer.map/1" and document["as_of"] == AS_OF
    assert document["way"]["roles"] == plan["roles"]
    assert document["way"]["certifications"] == plan["certifications"]
    assert "Newcomer → PMO analyst" in drawn(tmp_path, *WAY).findtext(f"{SVG}title")


def test_the_page_has_every_entry_and_its_links_lead_there(tmp_path: Path) -> None:
    page = made(tmp_path, "map", *WAY)
    assert violations(page) == []
    tree = read(page)
    document = json.loads(invoke(tmp_path, "map", "--as-of", AS_OF, "--format", "json").out)
    ids = {one["id"] for one in (*document["roles"], *document["certifications"])}
    assert {one.attrib["data-entry"] for one in tree.iter("article")} == ids
    assert {one.attrib["href"] for one in tree.iter("a") if "data-entry" in one.attrib} == {
        f"#entry-{one}" for one in ids
    }


@pytest.mark.parametrize("format_", ["text", "markdown", "csv"])
def test_media_without_pictures_get_tables(tmp_path: Path, format_: str) -> None:
    done = invoke(tmp_path, "map", "--as-of", AS_OF, "--format", format_)
    assert done.code == 0 and "Project manager" in done.out


def test_no_way_is_bad_news_only_when_asked(tmp_path: Path) -> None:
    arguments = ("map", "--to", "cto", "--horizon", "1", "--as-of", AS_OF, "-o", "map.svg")
    assert invoke(tmp_path, *arguments).code == 0
    assert invoke(tmp_path, *arguments, "--strict").code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("map", "-o", "map.pdf"), "*.svg"),
        (("map", "--format", "html", "-o", "map.svg"), "*.html"),
        (("report", "--to", "pmo-analyst", "-o", "report.pdf"), "*.html"),
        (("map", "--region", "atlantis"), "unknown region"),
    ],
)
def test_what_would_be_misnamed_or_unknown_is_refused(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = invoke(tmp_path, *arguments, "--as-of", AS_OF)
    assert done.code == 2 and said in done.error
    assert list(tmp_path.glob("*.*")) == []


def test_an_unknown_role_is_a_question_misput(tmp_path: Path) -> None:
    done = invoke(tmp_path, "map", "--to", "wizard", "--as-of", AS_OF)
    assert done.code == 2 and "wizard" in done.error


# --- a part of the field ----------------------------------------------------------------------------------------------


def mapped(folder: Path, *arguments: str) -> Any:
    done = invoke(folder, "map", *arguments, "--as-of", AS_OF, "--format", "json")
    assert done.code == 0, done.error
    return json.loads(done.out)


def ends(moves: list[Any]) -> set[str]:
    return {move[end] for move in moves for end in ("from", "to")}


def test_a_ladder_alone(tmp_path: Path) -> None:
    whole, part = mapped(tmp_path), mapped(tmp_path, "--ladder", "PMO", "--ladder", "agile")
    assert part["moves"] == [move for move in whole["moves"] if move["ladder"] in ("pmo", "agile")]
    assert {role["id"] for role in part["roles"]} == ends(part["moves"])
    assert [one["id"] for one in part["ladders"]] == ["agile", "pmo"]
    shown = {one["id"] for one in part["certifications"]}
    assert {name for move in part["moves"] for name in move["certifications"]} <= shown
    assert {lower for one in part["certifications"] for lower in one["builds_on"]} <= shown
    assert "cissp" not in shown  # no ladder asks for it


def test_around_a_role(tmp_path: Path) -> None:
    whole, part = mapped(tmp_path), mapped(tmp_path, "--around", "junior PM")
    assert part["moves"] == [m for m in whole["moves"] if "junior-project-manager" in (m["from"], m["to"])]
    assert {role["id"] for role in part["roles"]} == ends(part["moves"])
    title = drawn(tmp_path, "--around", "junior PM").findtext(f"{SVG}title")
    assert title == "The field, around Junior project manager: roles, certifications and the ways between them"


def test_between_two_roles_the_ways_up(tmp_path: Path) -> None:
    """From coordinator to assistant straight or over the PMO, from there or straight to junior; nothing else is up."""
    way = ("--from", "project-coordinator", "--to", "junior-project-manager", "--education", "bachelor", "--between")
    part = mapped(tmp_path, *way)
    between = {"project-coordinator", "pmo-analyst", "assistant-project-manager", "junior-project-manager"}
    assert {role["id"] for role in part["roles"]} == between
    assert part["way"]["roles"][-1] == "junior-project-manager"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--between",), "--between needs --to"),
        (("--ladder", "pmx"), "did you mean pmo"),
        (("--around", "project managr"), "did you mean"),
        (("--ladder", "pmo", "--around", "cto"), "no move of the field is in all that was asked for"),
    ],
)
def test_parts_that_there_are_not(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = invoke(tmp_path, "map", *arguments, "--as-of", AS_OF)
    assert done.code == 2 and said in done.error
