"""Text that is safe to show on a terminal: control characters of foreign text are made visible, never obeyed."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    """*text* with control and direction-changing characters replaced by their escapes (newline and tab stay)."""
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)
