"""The catalog's cache: it gives what the files give, and where it might not, the files are read."""

from __future__ import annotations

import os
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.reading.small_catalog import FILES, ROLE

from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, MembershipId, RegionId, RoleId
from pmcareer.reading import catalog_cache, catalog_store
from pmcareer.reading.cached_tables import TABLES
from pmcareer.reading.catalog import read_catalog
from pmcareer.reading.catalog_cache import cache_folder, through_cache
from pmcareer.reading.catalog_layers import Layer, shipped_layer

LONG_AGO = 1_700_000_000


class Reading:
    """A folder of files, read through the cache; counts how often the files themselves were read."""

    def __init__(self, layer: Layer) -> None:
        self.layer = layer
        self.times = 0

    def read(self) -> Catalog:
        self.times += 1
        reading = read_catalog(shipped=self.layer)
        assert not reading.problems.errors, [str(p) for p in reading.problems]
        return reading.catalog

    def through_cache(self) -> Catalog:
        return through_cache([self.layer], self.read)

    def write(self, name: str, text: str, *, changed: int = LONG_AGO) -> None:
        path = self.layer.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, (changed, changed))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PMCAREER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def reading(tmp_path: Path, cache: Path) -> Reading:
    found = Reading(Layer("shipped", tmp_path / "catalog"))
    for name, text in FILES.items():
        found.write(name, text)
    return found


def the_file(cache: Path) -> Path:
    (path,) = cache.iterdir()
    return path


def same(one: Catalog, other: Catalog) -> bool:
    return all(dict(getattr(one, t)) == dict(getattr(other, t)) for t in TABLES) and tuple(one.rates) == tuple(
        other.rates
    )


def test_the_second_time_nothing_is_read(reading: Reading) -> None:
    first, second = reading.through_cache(), reading.through_cache()
    assert reading.times == 1
    assert same(first, second)
    assert second.certifications["acme-one"].provenance.origin == first.certifications["acme-one"].provenance.origin  # type: ignore[index]


def test_the_shipped_catalog_comes_back_whole(cache: Path) -> None:
    reading = Reading(shipped_layer())
    first, second = reading.through_cache(), reading.through_cache()
    if reading.times == 1:  # else a file of the catalog changed a moment ago
        assert type(second.roles) is not dict
    assert same(first, second)


def test_the_index_answers_as_a_scan_does(reading: Reading) -> None:
    scanned, cached = reading.through_cache(), reading.through_cache()
    assert reading.times == 1
    one, low = CertificationId("acme-one"), RoleId("low")
    for index in (scanned.index, cached.index):
        assert index.forms("certifications")["a1"] == ["acme-one"]
        assert index.forms("certifications")["acme-the-first"] == ["acme-one", "acme-two"]
        assert index.short_names("certifications") == {"acme-one": "A1", "acme-two": "A2"}
        assert list(index.satisfied_by(one)) == ["acme-two"]
        assert list(index.satisfied_by(CertificationId("acme-two"))) == []
        assert [tuple(step) for step in index.steps()] == [("way", "low", "high")]
        membership = index.membership(MembershipId("acme"))
        assert membership is not None
        assert membership.name == "Acme membership"
        assert index.membership(MembershipId("other")) is None
        assert [rule.id for rule in index.rules_of(cached.certifications[one])] == ["acme-for-life"]
        ((band, match),) = index.pay_of(low, RegionId("us"))
        assert (band.id, match.match) == ("b1", "close")
        assert index.pay_of(RoleId("high"), RegionId("us")) == ()
        assert index.pay_of(low, RegionId("uk")) == ()


def test_a_table_is_a_mapping(reading: Reading) -> None:
    reading.through_cache()
    roles = reading.through_cache().roles
    assert sorted(roles) == ["high", "low"]
    assert len(roles) == 2
    assert "low" in roles
    assert RoleId("none") not in roles
    assert roles.get(RoleId("none")) is None
    assert roles.keys() & {"low", "none"} == {"low"}
    assert roles[RoleId("low")] is roles[RoleId("low")]
    with pytest.raises(KeyError):
        _ = roles[RoleId("none")]


def test_an_edited_file_is_read_again(reading: Reading) -> None:
    reading.through_cache()
    reading.write("roles/low.yaml", ROLE.format("low").replace("The low", "The new"), changed=LONG_AGO + 1)
    assert reading.through_cache().roles[RoleId("low")].name == "The new"
    assert reading.through_cache().roles[RoleId("low")].name == "The new"
    assert reading.times == 2


def test_another_size_at_the_same_time_is_read_again(reading: Reading) -> None:
    reading.through_cache()
    reading.write("roles/low.yaml", ROLE.format("low").replace("The low", "The newer"))
    assert reading.through_cache().roles[RoleId("low")].name == "The newer"


def test_a_new_file_is_read(reading: Reading) -> None:
    reading.through_cache()
    reading.write("roles/mid.yaml", ROLE.format("mid"))
    assert "mid" in reading.through_cache().roles


def test_a_deleted_file_is_gone(reading: Reading) -> None:
    reading.through_cache()
    (reading.layer.folder / "pay/us.yaml").unlink()
    assert not reading.through_cache().pay


def test_another_version_reads_again(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    reading.through_cache()
    monkeypatch.setattr(catalog_cache, "__version__", "0.0.0")
    reading.through_cache()
    assert reading.times == 2


def test_a_changed_program_reads_again(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    reading.through_cache()
    monkeypatch.setattr(catalog_cache, "_program", lambda: iter(["another"]))
    reading.through_cache()
    assert reading.times == 2


def test_a_file_that_has_only_just_changed_is_not_trusted(reading: Reading, cache: Path) -> None:
    path = reading.layer.folder / "roles/low.yaml"
    path.write_text(path.read_text())
    reading.through_cache()
    assert list(cache.iterdir()) == []


def test_what_changes_while_it_is_read_is_not_remembered(reading: Reading, cache: Path) -> None:
    def read() -> Catalog:
        catalog = reading.read()
        reading.write("roles/low.yaml", ROLE.format("low") + "# later\n")
        return catalog

    through_cache([reading.layer], read)
    assert not cache.exists()


def test_what_cannot_be_read_is_not_remembered(reading: Reading, cache: Path) -> None:
    def read() -> Catalog:
        raise ValueError("unreadable")

    with pytest.raises(ValueError, match="unreadable"):
        through_cache([reading.layer], read)
    assert not cache.exists()


def damages(data: bytes) -> Iterator[bytes]:
    """The file, damaged in many ways and places."""
    yield b""
    yield b"\0" * len(data)
    yield data[:40]
    yield b"x" + data
    yield data.replace(b"pmcareer catalog", b"pmcareer katalog")
    yield data[: len(data) // 2]
    yield data[:-1]
    for at in range(0, len(data), 97):
        yield data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize("at_once", [0, 4_000_000])
def test_a_damaged_cache_goes_unnoticed(
    reading: Reading, cache: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(catalog_store, "_READ_WHOLE", at_once)
    whole = reading.through_cache()
    path = the_file(cache)
    data = path.read_bytes()
    for damaged in damages(data):
        path.write_bytes(damaged)
        path.chmod(0o600)
        found = reading.through_cache()
        assert same(found, whole)
        assert found.index.forms("roles") == whole.index.forms("roles")
        assert found.rules_of(found.certifications[CertificationId("acme-one")])


def test_damage_found_late_is_made_good(reading: Reading, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog_store, "_READ_WHOLE", 0)
    reading.through_cache()
    catalog = reading.through_cache()
    assert reading.times == 1
    path = the_file(cache)
    with path.open("r+b") as file:  # in place: the open cache sees it
        file.truncate(200)
    assert catalog.roles[RoleId("low")].name == "The low"
    assert catalog.index.short_names("roles")["high"] == "The high"
    assert catalog.pay[RegionId("us")].bands[0].id == "b1"
    assert catalog.rates[0].currency == "GBP"
    assert reading.times == 2


def test_a_deleted_cache_comes_again(reading: Reading, cache: Path) -> None:
    reading.through_cache()
    the_file(cache).unlink()
    reading.through_cache()
    assert reading.times == 2
    assert the_file(cache).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_cache_that_others_may_write_is_not_trusted(reading: Reading, cache: Path) -> None:
    reading.through_cache()
    assert stat.S_IMODE(the_file(cache).stat().st_mode) == 0o600
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    the_file(cache).chmod(0o666)
    reading.through_cache()
    assert reading.times == 2


def test_a_cache_folder_that_cannot_be_made_is_no_error(
    reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("PMCAREER_CACHE", str(tmp_path / "file" / "cache"))
    assert reading.through_cache().roles
    assert reading.through_cache().roles
    assert reading.times == 2


def test_a_folder_where_the_cache_should_be_is_no_error(reading: Reading, cache: Path) -> None:
    reading.through_cache()
    path = the_file(cache)
    path.unlink()
    path.mkdir()
    assert reading.through_cache().roles


def test_an_empty_variable_turns_it_off(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMCAREER_CACHE", "")
    assert cache_folder() is None
    reading.through_cache()
    reading.through_cache()
    assert reading.times == 2


@pytest.mark.parametrize(
    ("platform", "variables", "folder"),
    [
        ("linux", {"XDG_CACHE_HOME": "/var/tmp/x"}, "/var/tmp/x/pmcareer"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, "/home/ann/.cache/pmcareer"),
        ("linux", {}, "/home/ann/.cache/pmcareer"),
        ("darwin", {}, "/home/ann/Library/Caches/pmcareer"),
        ("win32", {"LOCALAPPDATA": "/c/local"}, "/c/local/pmcareer"),
        ("win32", {}, "/home/ann/AppData/Local/pmcareer"),
    ],
)
def test_where_caches_lie(
    platform: str, variables: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PMCAREER_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("/home/ann"))
    assert cache_folder() == Path(folder)


def test_layers_have_caches_of_their_own(reading: Reading, tmp_path: Path, cache: Path) -> None:
    other = Reading(Layer("shipped", tmp_path / "other"))
    other.write("roles/low.yaml", ROLE.format("low").replace("The low", "Another"))
    other.write("experience.yaml", FILES["experience.yaml"])
    for _ in range(2):
        assert reading.through_cache().roles[RoleId("low")].name == "The low"
        assert other.through_cache().roles[RoleId("low")].name == "Another"
    assert (reading.times, other.times) == (1, 1)
    assert len(list(cache.iterdir())) == 2


def test_old_caches_and_remains_are_tidied_away(reading: Reading, cache: Path) -> None:
    cache.mkdir()
    for number in range(20):
        old = cache / f"catalog-{number:08x}.cache"
        old.write_text("old")
        os.utime(old, (LONG_AGO + number, LONG_AGO + number))
    (cache / ".catalog-left").write_text("left behind")
    os.utime(cache / ".catalog-left", (LONG_AGO, LONG_AGO))
    (cache / "other").write_text("not ours")
    reading.through_cache()
    names = {path.name for path in cache.iterdir()}
    assert len(names) == 8 + 1
    assert "other" in names
    assert f"catalog-{19:08x}.cache" in names
    assert f"catalog-{0:08x}.cache" not in names


def test_many_readers_and_writers_at_once(reading: Reading, cache: Path) -> None:
    names: list[str] = []

    def work() -> None:
        for _ in range(5):
            names.append(reading.through_cache().roles[RoleId("low")].name)
            for path in cache.glob("*.cache"):
                path.unlink(missing_ok=True)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names == ["The low"] * 20


def test_one_question_reads_only_what_it_asks_about(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    from pmcareer.reading.catalog_store import Store

    reading.through_cache()
    read: list[object] = []
    entry = Store.entry

    def counted(store: Store, place: object) -> object:
        read.append(place)
        return entry(store, place)

    monkeypatch.setattr(Store, "entry", counted)
    catalog = reading.through_cache()
    assert catalog.index.forms("roles")["the-low"] == ["low"]
    assert catalog.index.short_names("certifications")
    assert len(catalog.sources) == 1
    assert read == []
    _ = catalog.roles[RoleId("low")], catalog.roles[RoleId("low")]
    assert len(read) == 1
