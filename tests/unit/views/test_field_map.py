"""The map: everything of the catalog is on it once, nothing covers anything, also where the catalog is large."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from pmcareer.api.loading import load_catalog
from pmcareer.api.reports.field_map import (
    FieldAnswer,
    MappedCertification,
    MappedMove,
    MappedRole,
    WayThrough,
    field_of,
)
from pmcareer.model.catalog import Catalog
from pmcareer.model.figures import Standing
from pmcareer.model.ids import CertificationId, LadderId, RoleId
from pmcareer.model.sources import Citation
from pmcareer.views.maps.field import field_picture
from pmcareer.views.maps.page import map_page
from pmcareer.views.picture import Box, Picture, fitted, width_of

AS_OF = date(2026, 11, 23)
OURS = Citation(None, "", "", None, Standing.JUDGEMENT, "as it is in a test")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="module")
def field(catalog: Catalog) -> FieldAnswer:
    return field_of(catalog, AS_OF)


def large() -> FieldAnswer:
    """Two hundred roles on twelve ladders, five hundred certifications of forty issuers; long names among them."""
    roles = tuple(
        MappedRole(RoleId(f"r{n}"), f"Role {n} {'with a very long name ' * (n % 7 == 0)}", "", n % 20 * 5, ())
        for n in range(200)
    )
    moves = tuple(
        MappedMove(
            LadderId(f"l{n % 12}"),
            RoleId(f"r{n}"),
            RoleId(f"r{(n + 7) % 200}"),
            n % 9 == 0,
            None,
            (CertificationId(f"c{n}"),),
            OURS,
        )
        for n in range(200)
    )
    levels = ("entry", "associate", "professional", "specialist", "advanced", "expert", "executive")
    certifications = tuple(
        MappedCertification(
            id=CertificationId(f"c{n}"),
            name=f"C{n}{'W' * (n % 30)}",
            full_name=f"Certification {n}",
            summary="",
            issuer=f"Issuer {n % 40}",
            level=levels[n % 7],
            status="active",
            niches=(),
            price=None,
            price_of="",
            price_citation=None,
            comparable=None,
            renewal="unknown",
            hours_a_year=None,
            renewal_citation=None,
            requires=None,
            builds_on=(CertificationId(f"c{n - 1}"),),
            url="",
        )
        for n in range(500)
    )
    ladders = {LadderId(f"l{n}"): f"Ladder {n}" for n in range(12)}
    return FieldAnswer(AS_OF, "USD", ladders, roles, moves, certifications, levels, {}, {})


def covered(boxes: tuple[Box, ...]) -> list[tuple[str, str]]:
    """Pairs of boxes that share a place."""
    return [
        (a.id, b.id)
        for a, b in combinations(boxes, 2)
        if a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height
    ]


def outside(picture: Picture) -> list[str]:
    return [
        box.id
        for box in picture.boxes
        if box.x < 0 or box.y < 0 or box.x + box.width > picture.width or box.y + box.height > picture.height
    ]


def test_every_entry_is_on_the_map_once_and_nothing_covers_another(catalog: Catalog, field: FieldAnswer) -> None:
    picture = field_picture(field)
    assert sorted(box.id for box in picture.boxes) == sorted([*catalog.roles, *catalog.certifications])
    assert covered(picture.boxes) == [] and outside(picture) == []


def test_a_large_catalog_has_a_map_too() -> None:
    picture = field_picture(large())
    assert len(picture.boxes) == 700
    assert covered(picture.boxes) == [] and outside(picture) == []
    for box in picture.boxes:
        size = 13 if box.kind == "role" else 12
        assert all(width_of(line, size) <= box.width for line in box.lines), box


def test_names_fit_their_boxes(field: FieldAnswer) -> None:
    for box in field_picture(field).boxes:
        assert 1 <= len(box.lines) <= 2
        assert all(width_of(line, 13 if box.kind == "role" else 12) <= box.width for line in box.lines), box


def test_higher_roles_stand_further_right(field: FieldAnswer) -> None:
    place = {box.id: box.x for box in field_picture(field).boxes}
    career = ["newcomer", "project-coordinator", "junior-project-manager", "project-manager", "senior-project-manager"]
    places = [place[role] for role in (*career, "program-manager", "program-director", "cto")]
    assert places == sorted(places) and len(set(places)) == len(places)


def test_higher_levels_stand_further_right_and_issuers_in_rows_of_their_own(field: FieldAnswer) -> None:
    boxes = {box.id: box for box in field_picture(field).boxes}
    assert boxes["capm"].x < boxes["pmp"].x < boxes["pgmp"].x < boxes["pfmp"].x
    rows = {
        issuer: {boxes[one.id].y for one in field.certifications if one.issuer == issuer} for issuer in ("PMI", "IPMA")
    }
    assert max(rows["IPMA"]) < min(rows["PMI"]) or max(rows["PMI"]) < min(rows["IPMA"])


def test_every_move_is_a_line_between_its_roles(catalog: Catalog, field: FieldAnswer) -> None:
    picture = field_picture(field)
    drawn = {(curve.from_, curve.to) for curve in picture.curves if curve.kind == "move"}
    assert drawn == {(step.origin, step.into) for step in catalog.index.steps()}
    boxes = {box.id: box for box in picture.boxes}
    for curve in picture.curves:
        for name, (x, y) in ((curve.from_, curve.points[0]), (curve.to, curve.points[3])):
            box = boxes[name]
            assert box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height


def test_what_ladders_ask_for_is_marked_and_joined(field: FieldAnswer) -> None:
    picture = field_picture(field)
    asks = {(curve.from_, curve.to) for curve in picture.curves if curve.kind == "asks"}
    assert {("pmp", "senior-project-manager"), ("capm", "project-coordinator")} <= asks
    assert {box.id for box in picture.boxes if box.marked} == {name for name, _ in asks}


def test_a_way_is_shown_and_the_rest_is_faint(field: FieldAnswer) -> None:
    way = WayThrough(
        (RoleId("project-coordinator"), RoleId("junior-project-manager"), RoleId("project-manager")),
        (CertificationId("pmp"),),
        (CertificationId("capm"),),
        frozenset({("capm", "junior-project-manager")}),
    )
    picture = field_picture(replace(field, way=way))
    shown = {box.id: box.emphasis for box in picture.boxes if box.emphasis != "faint"}
    assert shown == {
        "project-coordinator": "on-way",
        "junior-project-manager": "on-way",
        "project-manager": "on-way",
        "pmp": "on-way",
        "capm": "held",
    }
    taken = {(curve.kind, curve.from_, curve.to) for curve in picture.curves if curve.emphasis == "on-way"}
    assert taken == {
        ("move", "project-coordinator", "junior-project-manager"),
        ("move", "junior-project-manager", "project-manager"),
        ("asks", "capm", "junior-project-manager"),
        ("builds-on", "capm", "pmp"),
    }
    assert [curve.emphasis == "on-way" for curve in picture.curves] == sorted(
        curve.emphasis == "on-way" for curve in picture.curves
    )


def test_entries_say_what_the_catalog_says(field: FieldAnswer) -> None:
    """CAPM: 300 US dollars for who is no member, 15 PDUs in three years, that is 5 hours a year."""
    page = map_page(field)
    capm = next(entry for entry in page.entries if entry.id == "capm")
    facts = {label: " ".join(cell.text for cell in cells) for label, cells in capm.facts}
    assert facts["Price"].startswith("300 USD") and capm.price == "300"
    assert facts["Credits a year"] == "5 hours" and capm.hours == "5"
    assert "Project coordinator" in facts["Asked for by"]
    lifelong = next(entry for entry in page.entries if entry.id == "psm-i")
    assert lifelong.hours == "0" and ("Credits a year", "none") in [(k, v[0].text) for k, v in lifelong.facts]
    unpriced = [entry for entry in page.entries if entry.kind == "certification" and not entry.price]
    assert unpriced and all("unknown" in str(dict(entry.facts)["Price"]) for entry in unpriced[:3])


@pytest.mark.parametrize(
    ("text", "width", "lines", "expected"),
    [
        ("PMP", 60, 1, ("PMP",)),
        ("", 60, 2, ("",)),
        ("one two", 500, 2, ("one two",)),
        ("aaaa bbbb", 40, 2, ("aaaa", "bbbb")),
    ],
)
def test_texts_are_broken_between_words(text: str, width: int, lines: int, expected: tuple[str, ...]) -> None:
    assert fitted(text, width, 12, lines) == expected


def test_what_does_not_fit_is_cut_with_an_ellipsis() -> None:
    (cut,) = fitted("W" * 300, 60, 12, 1)
    assert cut.endswith("…") and width_of(cut, 12) <= 60
    assert fitted("漢字" * 50, 60, 12, 2)[1:] == () or fitted("漢字" * 50, 60, 12, 2)[-1].endswith("…")
