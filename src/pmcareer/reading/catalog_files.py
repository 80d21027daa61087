"""Where catalog layers lie, and which file of a layer holds what."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from pmcareer.model.catalog import ExperienceFile, NichesFile, RatesFile, SkillsFile, SourcesFile
from pmcareer.model.certifications import Certification, Issuer
from pmcareer.model.methods import MethodsFile
from pmcareer.model.pay import RegionPay
from pmcareer.model.roles import Ladder, Role
from pmcareer.values import dataclass

SHIPPED = "shipped"
FOLDER_LIMIT = 200_000  # entries of a layer: what holds more is not a catalog

_SINGLE_FILES: dict[str, type] = {
    "sources.yaml": SourcesFile,
    "experience.yaml": ExperienceFile,
    "skills.yaml": SkillsFile,
    "niches.yaml": NichesFile,
    "methods.yaml": MethodsFile,
    "rates.yaml": RatesFile,
}
_FOLDERS: dict[str, type] = {"roles": Role, "ladders": Ladder, "pay": RegionPay}


@dataclass(frozen=True, slots=True)
class Layer:
    """A folder of catalog files; later layers add to earlier ones. ``name`` is what messages and origins say."""

    name: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Listed:
    """A YAML file of a layer: its name inside the layer (with slashes, on every system), its size and last change."""

    name: str
    size: int
    changed_ns: int


@dataclass(frozen=True, slots=True)
class CatalogFile:
    """One file, what it holds, its name inside the layer, and the layer's name."""

    path: Path
    type_: type
    name: str
    layer: str


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
    return tuple(sorted(found, key=lambda one: one.name))


def files_of(layer: Layer) -> Iterator[CatalogFile]:
    """The layer's files that hold something, in a fixed order: issuers before their certifications. See ``listed``."""
    for file in listed(layer):
        if type_ := type_of(file.name):
            yield CatalogFile(layer.folder / file.name, type_, file.name, layer.name)


def strangers_of(layer: Layer) -> Iterator[str]:
    """Names of YAML files that stand where no catalog file belongs, so that a misplaced file is not passed over."""
    return (file.name for file in listed(layer) if not type_of(file.name))


def type_of(name: str) -> type | None:
    """What the file of this name holds; None where no catalog file belongs there."""
    parts = name.split("/")
    if len(parts) == 1:
        return _SINGLE_FILES.get(name)
    if not name.endswith(".yaml"):
        return None
    if len(parts) == 2:
        return _FOLDERS.get(parts[0])
    if len(parts) == 3 and parts[0] == "certifications":
        return Issuer if parts[2] == "_issuer.yaml" else Certification
    return None
