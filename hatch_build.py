"""Building a wheel: the shipped catalog is read once here, and goes along as it was read (docs/decisions/0006)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds ``pmcareer/shipped_catalog.cache`` to a wheel. A checkout that is worked on (editable) has none."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the cache beside the build, and have it taken in."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        try:
            from pmcareer.reading.shipped_cache import NAME, write_shipped
        finally:
            sys.path.pop(0)
        self.made = tempfile.TemporaryDirectory()
        path = Path(self.made.name) / NAME
        write_shipped(root / "catalog", path)
        build_data["force_include"][str(path)] = f"pmcareer/{NAME}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Clean up."""
        if version != "editable":
            self.made.cleanup()
