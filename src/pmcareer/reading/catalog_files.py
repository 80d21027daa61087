"""Which file of a catalog layer holds what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pmcareer.model.assumptions import AssumptionsFile
from pmcareer.model.certifications import Certification, Issuer
from pmcareer.model.documents import ExperienceFile, NichesFile, RatesFile, SkillsFile, SourcesFile
from pmcareer.model.methods import MethodsFile
from pmcareer.model.pay import RegionPay
from pmcareer.model.roles import Ladder, Role
from pmcareer.reading.catalog_layers import Layer, listed, shipped_layer
from pmcareer.values import dataclass

__all__ = ["CatalogFile", "Layer", "files_of", "shipped_layer", "strangers_of", "type_of"]

_SINGLE_FILES: dict[str, type] = {
    "sources.yaml": SourcesFile,
    "experience.yaml": ExperienceFile,
    "skills.yaml": SkillsFile,
    "niches.yaml": NichesFile,
    "methods.yaml": MethodsFile,
    "rates.yaml": RatesFile,
    "assumptions.yaml": AssumptionsFile,
}
_FOLDERS: dict[str, type] = {"roles": Role, "ladders": Ladder, "pay": RegionPay}


@dataclass(frozen=True, slots=True)
class CatalogFile:
    """One file, what it holds, its name inside the layer, the layer's name, and how messages call the file."""

    path: Path
    type_: type
    name: str
    layer: str
    shown: str


def files_of(layer: Layer) -> Iterator[CatalogFile]:
    """The layer's files that hold something, in a fixed order: issuers before their certifications. See ``listed``."""
    for file in listed(layer):
        if type_ := type_of(file.name):
            yield CatalogFile(layer.folder / file.name, type_, file.name, layer.name, layer.shown(file.name))


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
