"""The shipped catalog once for all tests of its contents: its files, and what they say."""

from __future__ import annotations

from functools import cache

from pmcareer.model.catalog import Catalog
from pmcareer.reading.catalog import CatalogReading, read_catalog
from pmcareer.reading.catalog_files import files_of
from pmcareer.reading.catalog_layers import shipped_layer

CATALOG = shipped_layer().folder
FILES = tuple(files_of(shipped_layer()))


@cache
def reading() -> CatalogReading:
    """Everything, read once."""
    return read_catalog()


def catalog() -> Catalog:
    """The values."""
    return reading().catalog
