"""The catalog as a whole: what is wrong with ids, circles and files is found, all of it, and where."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.unit.reading.small_catalog import CERTIFICATION, FILES, ISSUER, LADDER, ROLE, write_layer

from pmcareer.model.ids import CertificationId
from pmcareer.reading import catalog_layers
from pmcareer.reading.catalog import CatalogReading, read_catalog
from pmcareer.reading.catalog_findings import find
from pmcareer.reading.catalog_layers import Layer

ONE, TWO = "certifications/acme/acme-one.yaml", "certifications/acme/acme-two.yaml"
ISSUER_FILE, LADDER_FILE = "certifications/acme/_issuer.yaml", "ladders/way.yaml"
DAY = date(2026, 11, 23)


def reading(folder: Path, changed: dict[str, str]) -> CatalogReading:
    return read_catalog(shipped=write_layer(folder, {**FILES, **changed}))


def errors(folder: Path, changed: dict[str, str]) -> list[str]:
    """``code file:line:column`` of each problem."""
    return [f"{p.code} {p.at}" for p in reading(folder, changed).problems.sorted()]


def warnings(folder: Path, changed: dict[str, str], as_of: date = DAY) -> list[str]:
    found = reading(folder, changed)
    assert list(found.problems) == []
    assert all(p.severity == "warning" for p in find(found, as_of))
    return [f"{p.code} {p.at}" for p in find(found, as_of).sorted()]


def at(text: str, part: str) -> str:
    """``line:column`` of the first place where *part* stands in *text*."""
    before = text[: text.index(part)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def test_the_small_catalog_is_fine(tmp_path: Path) -> None:
    assert errors(tmp_path, {}) == []


def test_a_file_is_named_after_its_id(tmp_path: Path) -> None:
    assert errors(tmp_path, {"roles/lower.yaml": ROLE.format("middle")}) == ["catalog-id-file roles/lower.yaml"]


def test_a_misplaced_file_is_not_passed_over(tmp_path: Path) -> None:
    changed = {"rols/x.yaml": ROLE.format("x"), "roles/y.yml": ROLE.format("y"), ".hidden/z.yaml": "z"}
    assert errors(tmp_path, changed) == ["catalog-stray-file roles/y.yml", "catalog-stray-file rols/x.yaml"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (ONE, "issuer: acme", "issuer: acne"),
        (ONE, "renewal: [acme-for-life]", "renewal: [acme-for-live]"),
        (ONE, "eligibility: {}", "eligibility: {requires: {holds: acme-zwei}}"),
        (ONE, "eligibility: {}", "eligibility: {requires: {experience: {kind: wrok, months: 1}}}"),
        (ONE, "lifecycle: {status: active}", "lifecycle: {status: retired, successors: [acme-three]}"),
        (ONE, "study: {hours: 10}", "study: {hours: 10}\nprices: [{pays_for: exam, amount: 1 USD, membership: acne}]"),
        (ONE, "study: {hours: 10}", "study: {hours: 10}\nprices: [{pays_for: exam, amount: 1 USD, region: usa}]"),
        (ONE, "study: {hours: 10}", "study: {hours: 10}\nniches: [security]"),
        (LADDER_FILE, "to: high", "to: hihg"),
        (LADDER_FILE, "holds: acme-one", "holds_edition: {certification: acme-one, editions: [first]}"),
        (
            ISSUER_FILE,
            "source: acme\n",
            "source: acme\ngroups: [{id: both, name: Both, members: [acme-one, acme-tow]}]\n",
        ),
    ],
)
def test_a_dangling_id_is_found_where_it_stands(tmp_path: Path, file: str, old: str, new: str) -> None:
    text = FILES[file].replace(old, new, 1)
    words = ["acne", "acme-for-live", "acme-zwei", "wrok", "acme-three", "usa", "security", "hihg", "first", "acme-tow"]
    word = next(word for word in words if word in new)
    (found,) = errors(tmp_path, {file: text})
    assert found == f"catalog-dangling-id {file}:{at(text, word)}"


def test_a_country_without_pay_is_a_region(tmp_path: Path) -> None:
    priced = CERTIFICATION + "prices: [{pays_for: exam, amount: 1 USD, region: in}]\n"
    assert errors(tmp_path, {ONE: priced}) == []


def test_an_unknown_source(tmp_path: Path) -> None:
    text = CERTIFICATION.replace("source: acme", "source: acne")
    assert errors(tmp_path, {ONE: text}) == [f"catalog-source-unknown {ONE}:{at(text, 'acne')}"]


def test_twins_across_files(tmp_path: Path) -> None:
    issuer = ISSUER + "  - {id: acme, title: Again, publisher: Acme, read: 2026-01-02, standing: official}\n"
    issuer = issuer.replace(", read: 2026-01-02, standing: official}]", ", read: 2026-01-02, standing: official}")
    issuer = issuer.replace("sources: [{id", "sources:\n  - {id")
    own = CERTIFICATION + "rules: [{id: acme-for-life, summary: Own., validity: {kind: lifetime}}]\n"
    found = errors(tmp_path, {ISSUER_FILE: issuer, ONE: own})
    assert found == [
        f"catalog-duplicate-id {ISSUER_FILE}:{at(issuer, 'acme, title: Again')}",
        f"catalog-duplicate-id {ONE}:{at(own, 'acme-for-life, summary')}",
    ]


def test_two_certifications_may_have_editions_of_the_same_name(tmp_path: Path) -> None:
    editions = "editions: [{id: first, name: First}]\n"
    assert errors(tmp_path, {ONE: FILES[ONE] + editions, TWO: FILES[TWO] + editions}) == []
    twins = "editions: [{id: first, name: First}, {id: first, name: First}]\n"
    assert errors(tmp_path, {ONE: FILES[ONE] + twins}) == [f"catalog-duplicate-id {ONE}:12:43"]


def test_an_edition_of_another_certification(tmp_path: Path) -> None:
    asks = FILES[TWO].replace(
        "eligibility: {}",
        "eligibility: {requires: {all: [{holds_edition: {certification: acme-one, editions: [second]}}]}}",
    )
    own = "editions: [{id: first, name: First}]\n"
    changed = {ONE: FILES[ONE] + own, TWO: asks + own.replace("first", "second")}
    assert errors(tmp_path, changed) == [f"catalog-dangling-id {TWO}:{at(asks, 'second')}"]


def test_a_rule_of_another_issuer(tmp_path: Path) -> None:
    other = "{id: other, name: Other, rules: [{id: other-rule, summary: Other., validity: {kind: lifetime}}]}\n"
    text = CERTIFICATION.replace("[acme-for-life]", "[acme-for-life, other-rule]")
    changed = {"certifications/other/_issuer.yaml": other, ONE: text}
    assert errors(tmp_path, changed) == [f"catalog-dangling-id {ONE}:{at(text, 'other-rule')}"]


def test_a_fee_shared_in_a_group_of_another_issuer(tmp_path: Path) -> None:
    other = "{id: other, name: Other, groups: [{id: theirs, name: Theirs}]}\n"
    rule = "rules: [{id: own, summary: Own., validity: {kind: lifetime}, fees: [{amount: 1 USD, shared_in: theirs}]}]\n"
    changed = {"certifications/other/_issuer.yaml": other, ONE: CERTIFICATION + rule}
    assert errors(tmp_path, changed) == [f"catalog-dangling-id {ONE}:{at(CERTIFICATION + rule, 'theirs')}"]


def requiring(name: str, tree: str) -> str:
    return (
        CERTIFICATION.replace("acme-one", name)
        .replace("Acme One", name)
        .replace("eligibility: {}", f"eligibility: {tree}")
    )


def test_prerequisites_in_a_circle(tmp_path: Path) -> None:
    changed = {
        ONE: requiring("acme-one", "{requires: {all: [{holds: acme-two}, {attest: x}]}}"),
        TWO: requiring("acme-two", "{requires: {any: [{held: acme-three}, {holds: acme-one}]}}"),
        "certifications/acme/acme-three.yaml": requiring("acme-three", "{requires: {holds: acme-one}}"),
        "certifications/acme/acme-four.yaml": requiring("acme-four", "{requires: {holds: acme-one}}"),
    }
    found = reading(tmp_path, changed).problems.sorted()
    assert [(p.code, str(p.at)) for p in found] == [("catalog-prerequisite-circle", f"{ONE}:1:5")]
    assert found[0].message.endswith("acme-one → acme-two → acme-one")


@pytest.mark.parametrize(
    "tree",
    [
        "{requires: {any: [{holds: acme-two}, {attest: x}]}}",
        "{requires: {at_least: {n: 1, of: [{holds: acme-two}, {attest: x}]}}}",
        "{requires: {training: {hours: 10, topic: x, waived_by: {holds: acme-two}}}}",
        "[{requires: {attest: x}}, {from: 2026-01-01, requires: {holds: acme-two}}]",
    ],
)
def test_a_way_out_is_no_circle(tmp_path: Path, tree: str) -> None:
    changed = {ONE: requiring("acme-one", tree), TWO: requiring("acme-two", "{requires: {holds: acme-one}}")}
    assert errors(tmp_path, changed) == []


def test_what_stands_in_for_it_opens_a_circle(tmp_path: Path) -> None:
    changed = {
        ONE: requiring("acme-one", "{requires: {holds: acme-two}}"),
        TWO: requiring("acme-two", "{requires: {holds: acme-one}}"),
        "certifications/acme/acme-three.yaml": requiring("acme-three", "{}") + "satisfies: [acme-two]\n",
    }
    assert errors(tmp_path, changed) == []


# --- findings -------------------------------------------------------------------------------------------------------


def test_findings_of_the_small_catalog(tmp_path: Path) -> None:
    """The second certification answers to the first one's alias; nobody enters the roles."""
    assert warnings(tmp_path, {}) == [
        f"catalog-alias-clash {TWO}:1:5",
        "catalog-role-unreachable roles/high.yaml:1:6",
        "catalog-role-unreachable roles/low.yaml:1:6",
    ]


FINE = {
    "roles/low.yaml": ROLE.format("low").replace("summary", "entry_point: true, summary"),
    TWO: FILES[TWO].replace("aliases: [Acme the First]\n", ""),
}


def test_a_role_that_is_entered_opens_the_way_to_others(tmp_path: Path) -> None:
    assert warnings(tmp_path, FINE) == []
    changed = {"ladders/way.yaml": LADDER.replace("from: low, to: high", "from: high, to: low")}
    assert warnings(tmp_path, {**FINE, **changed}) == ["catalog-role-unreachable roles/high.yaml:1:6"]


def test_a_source_that_nothing_cites(tmp_path: Path) -> None:
    sources = "sources: [{id: lonely, title: L, publisher: L, read: 2026-01-02, standing: official}]\n"
    assert warnings(tmp_path, {**FINE, "sources.yaml": sources}) == ["catalog-source-unused sources.yaml:1:16"]


@pytest.mark.parametrize(
    ("study", "wrong"),
    [
        ("{hours: 10}", True),
        ("{hours: {value: 10, standing: judgement}}", True),
        ("{hours: {value: 10, standing: judgement, because: so}}", False),
        ("{hours: {value: 10, source: acme}}", False),
        ("{hours: unknown}", False),
        ("{hours: 10, source: acme}", False),
    ],
)
def test_a_figure_without_source_is_a_finding(tmp_path: Path, study: str, wrong: bool) -> None:
    text = FILES[ONE].replace("source: acme\n", "").replace("study: {hours: 10}", f"study: {study}")
    found = warnings(tmp_path, {**FINE, ONE: text})
    place = at(text, study).split(":")
    assert found == ([f"catalog-unsourced {ONE}:{place[0]}:{int(place[1]) + len('{hours: ')}"] if wrong else [])


def test_figures_grow_stale_after_twelve_months(tmp_path: Path) -> None:
    assert warnings(tmp_path, FINE, date(2027, 1, 2)) == []
    stale = warnings(tmp_path, FINE, date(2027, 1, 3))
    assert stale == [f"catalog-stale {ISSUER_FILE}:{at(ISSUER, 'acme, title')}"]
    fresh = {
        path: text.replace("source: acme\n", "source: acme\nread: 2026-06-01\n", 1) for path, text in FILES.items()
    }
    assert (
        warnings(
            tmp_path, {**fresh, **FINE, TWO: fresh[TWO].replace("aliases: [Acme the First]\n", "")}, date(2027, 6, 1)
        )
        == []
    )
    dated = FILES[ONE].replace("hours: 10", "hours: {value: 10, source: acme, read: 2025-01-01}")
    assert warnings(tmp_path, {**FINE, ONE: dated}) == [f"catalog-stale {ONE}:{at(dated, '{value: 10')}"]


def test_nothing_was_read_tomorrow(tmp_path: Path) -> None:
    """Each such day once a file: of a figure, of a rival, of a source."""
    dated = FILES[ONE].replace("hours: 10", "hours: {value: 10, source: acme, read: 2026-01-11}")
    assert warnings(tmp_path, {**FINE, ONE: dated}, date(2026, 1, 11)) == []
    place = f"catalog-future {ONE}:{at(dated, '{value: 10')}"
    assert warnings(tmp_path, {**FINE, ONE: dated}, date(2026, 1, 10)) == [place]
    rival = dated.replace("read: 2026-01-11}", "alternatives: [{value: 12, source: acme, read: 2026-01-11}]}")
    assert warnings(tmp_path, {**FINE, ONE: rival}, date(2026, 1, 10)) == [place]
    early = warnings(tmp_path, FINE, date(2026, 1, 1))
    assert early == [f"catalog-future {ISSUER_FILE}:{at(ISSUER, 'acme, title')}"]  # the source itself: 2 January


# --- layers ---------------------------------------------------------------------------------------------------------


def test_a_layer_that_is_not_there(tmp_path: Path) -> None:
    found = read_catalog([Layer("gone", tmp_path / "gone")], shipped=write_layer(tmp_path / "c", FILES))
    assert [(p.code, str(p.at)) for p in found.problems] == [("file-missing", str(tmp_path / "gone"))]
    assert CertificationId("acme-one") in found.catalog.certifications


def test_a_folder_that_is_no_catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog_layers, "FOLDER_LIMIT", 5)
    found = read_catalog(shipped=write_layer(tmp_path, FILES))
    assert [p.code for p in found.problems] == ["catalog-too-large"]


def test_linked_folders_are_not_followed(tmp_path: Path) -> None:
    layer = write_layer(tmp_path / "c", FILES)
    (layer.folder / "roles" / "loop").symlink_to(layer.folder)
    assert errors(tmp_path / "c", {}) == []
