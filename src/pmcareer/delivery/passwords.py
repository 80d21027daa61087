"""Passwords of calendar servers: from the environment, the system's keyring, or a prompt; never from a command line."""

from __future__ import annotations

import os
from collections.abc import Callable

VARIABLE = "PMCAREER_CALDAV_PASSWORD"
SERVICE = "pmcareer caldav"


def password_for(address: str, user: str, ask: Callable[[], str]) -> str:
    """The password of *user* at *address*: what the environment says, else the keyring, else what *ask* answers."""
    if VARIABLE in os.environ:
        return os.environ[VARIABLE]
    found = _from_keyring(address, user)
    return ask() if found is None else found


def remember(address: str, user: str, password: str) -> bool:
    """Keep the password in the system's keyring; False where there is none to keep it in."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return False
    try:
        keyring.set_password(f"{SERVICE} {address}", user, password)
    except KeyringError:
        return False
    return True


def _from_keyring(address: str, user: str) -> str | None:
    """None without the keyring package, without a keyring on the system, or where it does not know the password."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        return keyring.get_password(f"{SERVICE} {address}", user)
    except KeyringError:
        return None
