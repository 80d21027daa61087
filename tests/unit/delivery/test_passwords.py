"""Where a password comes from, in which order, and that no keyring is no failure."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import keyring
import keyring.backend
import keyring.errors
import pytest

from pmcareer.delivery import passwords

ADDRESS, USER = "https://example.org/ana/", "ana"


class Memory(keyring.backend.KeyringBackend):
    """A keyring in memory; a broken one fails as those without a desktop do."""

    priority = 1

    def __init__(self, *, broken: bool = False) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.broken = broken

    def get_password(self, service: str, username: str) -> str | None:
        if self.broken:
            raise keyring.errors.KeyringLocked("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.broken:
            raise keyring.errors.PasswordSetError("no")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[Memory]:
    monkeypatch.delenv(passwords.VARIABLE, raising=False)
    memory, before = Memory(), keyring.get_keyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


def never() -> str:
    raise AssertionError("nobody should be asked")


def test_the_environment_comes_first(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    passwords.remember(ADDRESS, USER, "kept")
    monkeypatch.setenv(passwords.VARIABLE, "given")
    assert passwords.password_for(ADDRESS, USER, never) == "given"


def test_what_was_remembered_is_found_for_its_address_and_user_only(memory: Memory) -> None:
    assert passwords.remember(ADDRESS, USER, "kept")
    assert passwords.password_for(ADDRESS, USER, never) == "kept"
    assert passwords.password_for(ADDRESS, "bob", lambda: "asked") == "asked"
    assert passwords.password_for("https://example.org/bob/", USER, lambda: "asked") == "asked"


def test_a_locked_keyring_is_no_failure(memory: Memory) -> None:
    memory.broken = True
    assert not passwords.remember(ADDRESS, USER, "kept")
    assert passwords.password_for(ADDRESS, USER, lambda: "asked") == "asked"


def test_no_keyring_is_no_failure(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert not passwords.remember(ADDRESS, USER, "kept")
    assert passwords.password_for(ADDRESS, USER, lambda: "asked") == "asked"
