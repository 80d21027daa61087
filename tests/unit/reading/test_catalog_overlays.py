"""Overlays: a later layer changes what it names, in every way; values keep their places; errors name the layer."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.unit.reading.small_catalog import FILES, write_layer

from pmcareer.dates import Length
from pmcareer.model.figures import Origin
from pmcareer.model.ids import CertificationId, ExperienceKindId, IssuerId, LadderId, RegionId, RoleId, SourceId
from pmcareer.model.requirements import Attest, Holds
from pmcareer.money import Money
from pmcareer.reading.catalog import CatalogReading, read_catalog
from pmcareer.reading.catalog_findings import find

ONE, TWO = "certifications/acme/acme-one.yaml", "certifications/acme/acme-two.yaml"
ISSUER_FILE, LADDER_FILE = "certifications/acme/_issuer.yaml", "ladders/way.yaml"

RICH = """\
id: acme-one
name: Acme One
abbreviation: A1
aliases: [Acme the First, AO]
issuer: acme
level: entry
source: acme
lifecycle: {status: active}
eligibility: {requires: {attest: a form}}
prices:
  - {pays_for: exam, amount: 100 USD}
  - {pays_for: re-exam, amount: 50 USD}
study:
  hours: {value: 10, source: acme}
  from_hours: 5
  courses: [{name: Course, hours: 8}]
renewal: [acme-two-years]
rules:
  - id: acme-two-years
    summary: Two years.
    validity: {kind: cycle, length: 2 years, last_day: eve}
    fees: [{amount: 20 USD}]
note: A note.
"""


def overlaid(folder: Path, *layers: dict[str, str]) -> CatalogReading:
    shipped = write_layer(folder / "shipped", {**FILES, ONE: RICH})
    overlays = [write_layer(folder / f"o{n}", files, f"o{n}") for n, files in enumerate(layers)]
    return read_catalog(overlays, shipped=shipped)


def one(folder: Path, patch: str, path: str = ONE) -> Any:
    """The certification after a patch in which nothing is wrong."""
    found = overlaid(folder, {path: f"extends: acme-one\n{patch}"})
    assert [str(p) for p in found.problems] == []
    return found.catalog.certifications[CertificationId("acme-one")]


def problems(folder: Path, *layers: dict[str, str]) -> list[str]:
    return [f"{p.code} {p.at} {p.path}".rstrip() for p in overlaid(folder, *layers).problems.sorted()]


# --- new entries ----------------------------------------------------------------------------------------------------


def test_a_layer_adds_entries(tmp_path: Path) -> None:
    role = "{id: chief, name: Chief, summary: A role., grants: [work]}\n"
    ladder = "{id: up, name: Up, moves: [{from: high, to: chief, rules: {requires: {holds: acme-one}}}]}\n"
    found = overlaid(tmp_path, {"roles/chief.yaml": role, "ladders/up.yaml": ladder})
    assert list(found.problems) == []
    assert found.catalog.roles[RoleId("chief")].provenance.origin == Origin("o0", "o0/roles/chief.yaml", 1)
    assert list(found.catalog.ladders) == ["way", "up"]


def test_an_id_that_is_taken_says_how_to_change_it(tmp_path: Path) -> None:
    found = overlaid(tmp_path, {ONE: RICH})
    twins = {(p.code, str(p.at)) for p in found.problems}
    assert ("catalog-duplicate-id", f"o0/{ONE}:1:5") in twins
    assert "extends:" in next(iter(found.problems)).hint
    assert found.catalog.certifications[CertificationId("acme-one")].provenance.origin == Origin("shipped", ONE, 1)


# --- set ------------------------------------------------------------------------------------------------------------


def test_set_replaces_a_value_and_keeps_the_others(tmp_path: Path) -> None:
    changed = one(tmp_path, "set: {name: Acme Uno, url: https://acme.example}")
    assert (changed.name, changed.url, changed.abbreviation) == ("Acme Uno", "https://acme.example", "A1")


def test_set_merges_records_key_by_key(tmp_path: Path) -> None:
    study = one(tmp_path, "because: measured\nset: {study: {hours: 30}}").study
    assert (study.hours.value, study.from_hours.value) == (Decimal(30), Decimal(5))
    assert [course.name for course in study.courses] == ["Course"]


def test_set_replaces_lists_trees_and_dated_values_whole(tmp_path: Path) -> None:
    changed = one(
        tmp_path,
        "because: so\n"
        "set:\n"
        "  aliases: [Uno]\n"
        "  eligibility: {requires: {holds: acme-two}}\n"
        "  lifecycle: [{status: active}, {from: 2027-01-01, status: retired}]\n",
    )
    assert changed.aliases == ("Uno",)
    assert changed.eligibility.entries[0].value.requires == Holds(CertificationId("acme-two"))
    assert [entry.value.status for entry in changed.lifecycle] == ["active", "retired"]


def test_set_reaches_items_by_their_ids(tmp_path: Path) -> None:
    patch = """\
because: so
set:
  rules:
    acme-two-years:
      summary: Three years.
      validity: {kind: cycle, length: 3 years, last_day: eve}
"""
    (rule,) = one(tmp_path, patch).rules
    assert (rule.summary, rule.validity.length.value) == ("Three years.", Length(36))
    assert [fee.amount.value for fee in rule.fees] == [Money(Decimal(20), "USD")]


def test_set_merges_maps(tmp_path: Path) -> None:
    base = "{id: low, name: Low, summary: A role., grants: [work], skills: {a: working, b: working}}\n"
    skills = "skills: [{id: a, name: A, summary: A.}, {id: b, name: B, summary: B.}, {id: c, name: C, summary: C.}]\n"
    patch = "{extends: low, set: {skills: {b: expert, c: working}}, remove: {skills: [a]}}\n"
    shipped = write_layer(tmp_path / "s", {**FILES, "roles/low.yaml": base, "skills.yaml": skills})
    found = read_catalog([write_layer(tmp_path / "o", {"roles/low.yaml": patch}, "o")], shipped=shipped)
    assert list(found.problems) == []
    assert found.catalog.roles[RoleId("low")].skills == {"b": "expert", "c": "working"}


# --- add and remove -------------------------------------------------------------------------------------------------


def test_add_puts_items_at_the_end(tmp_path: Path) -> None:
    changed = one(
        tmp_path, "because: so\nadd: {aliases: [Uno], prices: [{pays_for: course, amount: 1 EUR}], niches: []}"
    )
    assert changed.aliases == ("Acme the First", "AO", "Uno")
    assert [price.pays_for for price in changed.prices] == ["exam", "re-exam", "course"]


def test_add_reaches_into_items(tmp_path: Path) -> None:
    patch = """\
because: so
add:
  rules: {acme-two-years: {fees: [{amount: 5 USD}]}}
  study: {courses: [{name: More, hours: 1}]}
"""
    changed = one(tmp_path, patch)
    assert [fee.amount.value.amount for fee in changed.rules[0].fees] == [20, 5]
    assert [course.name for course in changed.study.courses] == ["Course", "More"]


def test_add_goes_on_with_what_has_always_held(tmp_path: Path) -> None:
    changed = one(tmp_path, "because: so\nadd: {eligibility: [{from: 2027-01-01, requires: {holds: acme-two}}]}")
    assert [entry.value.requires for entry in changed.eligibility] == [
        Attest("a form"),
        Holds(CertificationId("acme-two")),
    ]


def test_remove_takes_keys_and_items(tmp_path: Path) -> None:
    changed = one(tmp_path, "remove: {aliases: [AO], prices: [{pays_for: re-exam}], study: [from_hours]}")
    assert changed.aliases == ("Acme the First",)
    assert [price.pays_for for price in changed.prices] == ["exam"]
    assert changed.study.from_hours is None
    assert one(tmp_path / "2", "remove: [note, abbreviation]").note == ""


def test_remove_knows_what_is_left_out(tmp_path: Path) -> None:
    """`tier: full` is what a price means that says no tier."""
    assert [p.pays_for for p in one(tmp_path, "remove: {prices: [{pays_for: exam, tier: full}]}").prices] == ["re-exam"]
    found = problems(tmp_path / "2", {ONE: "extends: acme-one\nremove: {prices: [{pays_for: exam, tier: member}]}\n"})
    assert found == [f"catalog-overlay o0/{ONE}:2:19 remove.prices[0]"]


def test_remove_names_items_by_id(tmp_path: Path) -> None:
    patch = "because: so\nremove: {rules: [acme-two-years]}\nset: {renewal: [acme-for-life]}"
    changed = one(tmp_path, patch)
    assert (changed.rules, changed.renewal) == ((), ("acme-for-life",))


def test_a_move_is_replaced(tmp_path: Path) -> None:
    patch = """\
extends: way
standing: judgement
because: Our way.
remove: {moves: [{from: low, to: high}]}
add: {moves: [{from: low, to: high, rules: {requires: {holds: acme-two}}}]}
"""
    found = overlaid(tmp_path, {LADDER_FILE: patch})
    assert list(found.problems) == []
    (move,) = found.catalog.ladders[LadderId("way")].moves
    rule = move.rules.entries[0].value
    assert rule.requires == Holds(CertificationId("acme-two"))
    assert rule.provenance.because == "Our way."


# --- other kinds of files -------------------------------------------------------------------------------------------


def test_issuers_pay_and_lists_of_entries_are_changed_too(tmp_path: Path) -> None:
    found = overlaid(
        tmp_path,
        {
            ISSUER_FILE: "{extends: acme, because: so, set: {memberships: {acme: {prices: [{amount: 12 USD}]}}}}\n",
            "pay/us.yaml": "{extends: us, because: so, set: {bands: {b1: {percentiles: {p50: 60000 USD}}}}}\n",
            "experience.yaml": "kinds: [{extends: work, set: {name: Labour}}, {id: play, name: Play, summary: P.}]\n",
            "sources.yaml": "sources: [{id: ours, title: O, publisher: O, read: 2026-01-01, standing: official}]\n",
        },
        {"sources.yaml": "sources: [{extends: ours, set: {title: Ours}}]\n"},
    )
    assert [str(p) for p in found.problems] == []
    catalog = found.catalog
    assert catalog.issuers[IssuerId("acme")].memberships[0].prices[0].amount.value == Money(Decimal(12), "USD")
    percentiles = catalog.pay[RegionId("us")].bands[0].percentiles
    assert percentiles is not None
    assert percentiles.p50 is not None
    assert percentiles.p50.value == Money(Decimal(60000), "USD")
    assert catalog.experience_kinds[ExperienceKindId("work")].name == "Labour"
    assert ExperienceKindId("play") in catalog.experience_kinds
    assert catalog.sources[SourceId("ours")].title == "Ours"


def test_later_layers_see_what_earlier_ones_did(tmp_path: Path) -> None:
    first = {ONE: "{extends: acme-one, add: {aliases: [Uno]}}\n"}
    second = {ONE: "{extends: acme-one, remove: {aliases: [Uno, AO]}, set: {name: Two}}\n"}
    found = overlaid(tmp_path, first, second)
    assert list(found.problems) == []
    changed = found.catalog.certifications[CertificationId("acme-one")]
    assert (changed.name, changed.aliases) == ("Two", ("Acme the First",))


# --- origin and backing ---------------------------------------------------------------------------------------------


def test_every_value_knows_its_layer(tmp_path: Path) -> None:
    study = one(tmp_path, "source: acme\nset:\n  study:\n    hours: 30\n").study
    assert study.hours.provenance.origin == Origin("o0", f"o0/{ONE}", 5)
    assert study.from_hours.provenance.origin == Origin("shipped", ONE, 15)
    assert study.provenance.origin == Origin("shipped", ONE, 14)


def test_a_new_value_is_not_backed_by_the_source_of_the_old(tmp_path: Path) -> None:
    bare = one(tmp_path, "set: {lead_days: 3, study: {from_hours: 6}}")
    assert bare.lead_days.provenance.source is None
    assert bare.study.from_hours.provenance.source is None
    assert bare.study.hours.provenance.source == "acme"


def test_a_value_without_backing_is_a_finding(tmp_path: Path) -> None:
    from datetime import date

    found = overlaid(tmp_path, {ONE: "extends: acme-one\nset: {lead_days: 3}\n"})
    assert (f"o0/{ONE}:2:18", "catalog-unsourced") in [(str(p.at), p.code) for p in find(found, date(2026, 11, 23))]


def test_a_patch_backs_its_values(tmp_path: Path) -> None:
    changed = one(
        tmp_path,
        "standing: judgement\n"
        "because: Our own count.\n"
        "set:\n"
        "  lead_days: 3\n"
        "  prices: [{pays_for: exam, amount: {value: 1 USD, source: acme}}]\n"
        "add: {rules: {acme-two-years: {fees: [{amount: 2 USD}]}}}\n",
    )
    assert changed.lead_days.provenance.because == "Our own count."
    assert changed.prices[0].amount.provenance.source == "acme"
    assert changed.prices[0].amount.provenance.because == ""
    assert [fee.amount.provenance.because for fee in changed.rules[0].fees] == ["", "Our own count."]


def test_items_of_one_file_have_backings_of_their_own(tmp_path: Path) -> None:
    skill = "{{id: {0}, name: {0}, summary: S.}}"
    shipped = write_layer(
        tmp_path / "s", {**FILES, "skills.yaml": f"skills: [{skill.format('a')}, {skill.format('b')}]\n"}
    )
    patch = """\
skills:
  - extends: a
    because: First.
    set: {importance: high}
  - extends: b
    because: Second.
    set: {importance: low}
"""
    found = read_catalog([write_layer(tmp_path / "o", {"skills.yaml": patch}, "o")], shipped=shipped)
    assert list(found.problems) == []
    reasons = [skill.importance.provenance.because for skill in found.catalog.skills.values() if skill.importance]
    assert reasons == ["First.", "Second."]


# --- what is wrong --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("patch", "found"),
    [
        ("set: {name: X}\nextends: acme-on", ["catalog-dangling-id o0/{0}:2:10 extends"]),
        ("extends: acme-one", ["catalog-overlay o0/{0}:1:1"]),
        ("extends: [acme-one]\nset: {name: X}", ["field-type o0/{0}:1:10 extends"]),
        ("extends: acme-one\nname: X\nset: {url: x}", ["field-unknown o0/{0}:2:1 name"]),
        ("extends: acme-one\nset: {nmae: X}", ["field-unknown o0/{0}:2:7 nmae"]),
        ("extends: acme-one\nset: {level: low}", ["field-choice o0/{0}:2:14 level"]),
        ("extends: acme-one\nset: {study: {hours: many}}", ["field-type o0/{0}:2:22 study.hours"]),
        ("extends: acme-one\nset: {rules: {no-rule: {summary: X}}}", ["catalog-overlay o0/{0}:2:15 set.rules.no-rule"]),
        ("extends: acme-one\nadd: {name: X}", ["catalog-overlay o0/{0}:2:13 add.name"]),
        ("extends: acme-one\nadd: {url: X}", ["catalog-overlay o0/{0}:2:12 add.url"]),
        ("extends: acme-one\nadd: [X]", ["catalog-overlay o0/{0}:2:6 add"]),
        ("extends: acme-one\nremove: [nope]", ["catalog-overlay o0/{0}:2:10 remove[0]"]),
        ("extends: acme-one\nremove: {aliases: [nope]}", ["catalog-overlay o0/{0}:2:20 remove.aliases[0]"]),
        ("extends: acme-one\nremove: {prices: [{pays_for: bundle}]}", ["catalog-overlay o0/{0}:2:19 remove.prices[0]"]),
        ("extends: acme-one\nremove: {prices: [{}]}", ["catalog-overlay o0/{0}:2:19 remove.prices[0]"]),
        ("extends: acme-one\nremove: {editions: [x]}", ["catalog-overlay o0/{0}:2:20 remove.editions"]),
        ("extends: acme-one\nremove: note", ["catalog-overlay o0/{0}:2:9 remove"]),
        ("extends: acme-one\nsource: nobody\nset: {url: x}", ["catalog-source-unknown o0/{0}:2:9 source"]),
        ("extends: acme-one\nset: {name: }", ["field-type o0/{0}:2:13 name"]),
    ],
)
def test_a_wrong_change_is_found_in_its_layer(tmp_path: Path, patch: str, found: list[str]) -> None:
    assert problems(tmp_path, {ONE: patch + "\n"}) == [one.format(ONE) for one in found]


def test_a_change_after_which_the_entry_cannot_be_read_is_named(tmp_path: Path) -> None:
    found = problems(tmp_path, {ONE: "extends: acme-one\nremove: [level]\n"})
    assert found[:2] == [f"field-missing {ONE}:1:1", f"catalog-overlay o0/{ONE}:1:1"]


def test_the_nearest_id_is_offered(tmp_path: Path) -> None:
    (problem, *_) = overlaid(tmp_path, {ONE: "extends: acme-on\nset: {name: X}\n"}).problems
    assert problem.hint == "did you mean 'acme-one'?"
    (problem, *_) = overlaid(tmp_path / "2", {ONE: "extends: acme-one\nremove: {aliases: [Acme a First]}\n"}).problems
    assert problem.hint == "did you mean 'Acme the First'?"


def test_a_patch_is_named_after_what_it_extends(tmp_path: Path) -> None:
    patch = "extends: acme-one\nset: {name: X}\n"
    assert problems(tmp_path, {"certifications/acme/other.yaml": patch}) == [
        "catalog-id-file o0/certifications/acme/other.yaml"
    ]


def test_a_layer_does_not_extend_what_a_later_one_defines(tmp_path: Path) -> None:
    role = "{id: chief, name: Chief, summary: A role., grants: [work]}\n"
    patch = "{extends: chief, set: {name: Boss}}\n"
    assert problems(tmp_path, {"roles/chief.yaml": patch}, {"roles/chief.yaml": role}) == [
        "catalog-dangling-id o0/roles/chief.yaml:1:11 extends"
    ]


def test_a_role_does_not_extend_a_certification(tmp_path: Path) -> None:
    found = problems(tmp_path, {"roles/acme-one.yaml": "{extends: acme-one, set: {name: X}}\n"})
    assert found == ["catalog-dangling-id o0/roles/acme-one.yaml:1:11 extends"]
