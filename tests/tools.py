"""External tools in tests: absent ones skip the test, except where everything must be there."""

from __future__ import annotations

import os

import pytest


def require_tool(condition: object, what: str) -> None:
    """Skip the test unless *condition* holds; fail it instead where PMCAREER_REQUIRE_ALL=1."""
    if condition:
        return
    if os.environ.get("PMCAREER_REQUIRE_ALL") == "1":
        pytest.fail(f"needed here, but absent: {what}")
    pytest.skip(f"absent: {what}")
