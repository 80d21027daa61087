"""Obligations of the ladders: one graph from newcomer to the executives, upwards and decidable, and of the overlays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from pmcareer.model import requirements as tree
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import RoleId
from pmcareer.model.roles import Move
from pmcareer.reading.catalog import read_catalog
from pmcareer.reading.catalog_files import Layer

OVERLAYS = sorted(p for p in (Path(__file__).parents[2] / "examples" / "overlays").iterdir() if p.is_dir())


@cache
def catalog() -> Catalog:
    return read_catalog().catalog


def moves() -> list[Move]:
    return [move for ladder in catalog().ladders.values() for move in ladder.moves]


def reached(start: str, edges: Iterable[tuple[RoleId, RoleId]]) -> set[RoleId]:
    seen, edges = {RoleId(start)}, list(edges)
    while more := {b for a, b in edges if a in seen} - seen:
        seen |= more
    return seen


def leaves(requirement: tree.Requirement | None) -> Iterator[tree.Requirement]:
    match requirement:
        case None:
            return
        case tree.All(of) | tree.AnyOf(of) | tree.AtLeast(_, of):
            for part in of:
                yield from leaves(part)
        case _:
            yield requirement


def test_every_role_is_reached_from_newcomer() -> None:
    assert reached("newcomer", ((m.from_, m.to) for m in moves())) == set(catalog().roles)


def test_only_coo_has_no_way_to_cto() -> None:
    back = reached("cto", ((m.to, m.from_) for m in moves()))
    assert set(catalog().roles) - back == {"coo"}


def test_no_move_stands_twice() -> None:
    pairs = [(m.from_, m.to) for m in moves()]
    assert len(pairs) == len(set(pairs))


def test_moves_lead_upwards_unless_lateral() -> None:
    ranks = {role.id: role.rank for role in catalog().roles.values()}
    wrong = [(m.from_, m.to) for m in moves() if not m.lateral and ranks[m.from_] >= ranks[m.to]]
    assert wrong == []


def test_an_alias_names_one_role() -> None:
    names = [name.casefold() for r in catalog().roles.values() for name in {r.name, *r.aliases}]
    assert len(names) == len(set(names))


def test_moves_ask_only_for_what_a_planner_can_decide() -> None:
    decidable = (tree.Experience, tree.Tenure, tree.Education, tree.Holds)
    found = [leaf for m in moves() for e in m.rules for leaf in leaves(e.value.requires)]
    attested = [leaf for leaf in found if isinstance(leaf, tree.Attest)]
    assert all(isinstance(leaf, (*decidable, tree.Attest)) for leaf in found)
    assert len(attested) <= 3


def test_experience_asked_for_is_granted_by_some_role() -> None:
    granted = {kind for role in catalog().roles.values() for kind in role.grants}
    asked = {
        x.kind for m in moves() for e in m.rules for x in leaves(e.value.requires) if isinstance(x, tree.Experience)
    }
    assert asked <= granted


def test_every_rule_says_where_it_comes_from() -> None:
    for move in moves():
        for entry in move.rules:
            provenance = entry.value.provenance
            assert provenance.because or provenance.source, (move.from_, move.to)


@pytest.mark.parametrize("folder", OVERLAYS, ids=lambda folder: folder.name)
def test_an_example_overlay_reads_without_problems(folder: Path) -> None:
    alone = list(read_catalog().problems)
    assert [p for p in read_catalog([Layer(folder.name, folder)]).problems if p not in alone] == []
