"""Loading: the catalog with its overlays and the person's profile, or every problem that stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pmcareer.errors import DataInvalidError, InputUnreadableError
from pmcareer.model.catalog import Catalog
from pmcareer.model.people import Profile
from pmcareer.problems import Problem, Problems
from pmcareer.reading.catalog_cache import through_cache
from pmcareer.reading.catalog_layers import Layer, shipped_layer

_UNREADABLE = {"file-missing", "file-unreadable", "file-not-regular", "roster-database"}


def load_catalog(overlays: Sequence[Path] = ()) -> Catalog:
    """The shipped catalog with *overlays* added in order.

    Raises InputUnreadableError where a folder is missing, DataInvalidError with every problem where data are wrong.
    """
    layers = layers_of(overlays)

    def read() -> Catalog:
        from pmcareer.reading.catalog import read_catalog

        reading = read_catalog(layers)
        raise_for(reading.problems)
        return reading.catalog

    return through_cache((shipped_layer(), *layers), read)


def layers_of(overlays: Sequence[Path]) -> list[Layer]:
    """The folders as layers, called as they were named."""
    return [Layer(str(folder), folder) for folder in overlays]


def load_profile(path: Path) -> Profile:
    """The profile at *path*; errors as for ``load_catalog``."""
    from pmcareer.reading.typed import read_document

    document = read_document(path, Profile, layer="profile")
    raise_for(document.problems)
    return document.value or Profile()


def raise_for(problems: Problems) -> None:
    """Raise what *problems* amount to; nothing where there is no error among them."""
    errors = problems.errors
    if not errors:
        return
    if len(errors) == 1 and errors[0].code in _UNREADABLE:
        raise InputUnreadableError(_text(errors[0]), hint=errors[0].hint)
    raise DataInvalidError(problems.sorted())


def _text(problem: Problem) -> str:
    return f"{problem.at}: {problem.message}"
