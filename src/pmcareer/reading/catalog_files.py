"""Where catalog layers lie, and which file of a layer holds what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pmcareer.model.catalog import ExperienceFile, NichesFile, RatesFile, SkillsFile, SourcesFile
from pmcareer.model.certifications import Certification, Issuer
from pmcareer.model.methods import MethodsFile
from pmcareer.model.pay import RegionPay
from pmcareer.model.roles import Ladder, Role
from pmcareer.values import dataclass

SHIPPED = "shipped"

_SINGLE_FILES: dict[str, type] = {
    "sources.yaml": SourcesFile,
    "experience.yaml": ExperienceFile,
    "skills.yaml": SkillsFile,
    "niches.yaml": NichesFile,
    "rates.yaml": RatesFile,
    "methods.yaml": MethodsFile,
}
_FOLDERS: dict[str, type] = {"roles": Role, "ladders": Ladder, "pay": RegionPay}


@dataclass(frozen=True, slots=True)
class Layer:
    """A folder of catalog files; later layers add to earlier ones. ``name`` is what messages and origins say."""

    name: str
    folder: Path


@dataclass(frozen=True, slots=True)
class CatalogFile:
    """One file, what it holds, and its name inside the layer (with slashes, on every system)."""

    path: Path
    type_: type
    name: str
    layer: str


def shipped_layer() -> Layer:
    """The catalog that comes with the program: package data of a wheel, or the checkout's own folder."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "shipped_catalog"
    return Layer(SHIPPED, inside if inside.is_dir() else package.parent.parent / "catalog")


def files_of(layer: Layer) -> Iterator[CatalogFile]:
    """The layer's files in a fixed order: issuers before their certifications."""
    for path in sorted(layer.folder.rglob("*.yaml")):
        name = path.relative_to(layer.folder).as_posix()
        if type_ := _type_of(name):
            yield CatalogFile(path, type_, name, layer.name)


def strangers_of(layer: Layer) -> Iterator[str]:
    """Names of YAML files that stand where no catalog file belongs, so that a misplaced file is not passed over."""
    for path in sorted((*layer.folder.rglob("*.yaml"), *layer.folder.rglob("*.yml"))):
        name = path.relative_to(layer.folder).as_posix()
        if not _type_of(name):
            yield name


def _type_of(name: str) -> type | None:
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
