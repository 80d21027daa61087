"""Catalog layers: folders of files, and which files they hold just now."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from pmcareer.values import dataclass

SHIPPED = "shipped"
FOLDER_LIMIT = 200_000  # entries of a layer: what holds more is not a catalog


@dataclass(frozen=True, slots=True)
class Layer:
    """A folder of catalog files; later layers add to earlier ones. ``name`` is what messages and origins say."""

    name: str
    folder: Path

    def shown(self, file: str) -> str:
        """How messages and origins call a file of the layer: files of the shipped catalog by their names alone."""
        return file if self.name == SHIPPED else f"{self.name}/{file}"


class Listed(NamedTuple):
    """A YAML file of a layer: its name inside the layer (with slashes, on every system), its size and last change."""

    name: str
    size: int
    changed_ns: int


class TooManyFilesError(Exception):
    """The folder holds more than a catalog would."""


def shipped_layer() -> Layer:
    """The catalog that comes with the program: package data of a wheel, or the checkout's own folder."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "shipped_catalog"
    return Layer(SHIPPED, inside if inside.is_dir() else package.parent.parent / "catalog")


def listed(layer: Layer) -> tuple[Listed, ...]:
    """The layer's YAML files at any depth, by name; hidden folders are passed over, linked ones not followed.

    Raises OSError where a folder cannot be listed, TooManyFilesError beyond ``FOLDER_LIMIT``.
    """
    found: list[Listed] = []
    waiting = [(str(layer.folder), "")]
    count = 0
    while waiting:
        folder, prefix = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                count += 1
                if count > FOLDER_LIMIT:
                    raise TooManyFilesError
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{prefix}{entry.name}/"))
                elif entry.name.endswith((".yaml", ".yml")):
                    status = entry.stat()
                    found.append(Listed(prefix + entry.name, status.st_size, status.st_mtime_ns))
    return tuple(sorted(found))
