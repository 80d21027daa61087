"""The cache that comes with an installed program: the shipped catalog as it was read when the wheel was built.

It is made for exactly the bytes of the catalog's files and of the modules that say what these mean, and is looked at
only where all of them are the same bytes still; else, or where it is damaged, the files are read. A checkout has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

from pmcareer import __version__
from pmcareer.reading.cached_tables import write_catalog
from pmcareer.reading.catalog_layers import SHIPPED, Layer, TooManyFilesError, listed, shipped_layer
from pmcareer.reading.catalog_store import FORMAT, BrokenStoreError, Store, meaning_modules

NAME = "shipped_catalog.cache"


def shipped_store(layers: Sequence[Layer]) -> Store | None:
    """The store that came with the program, where it holds for *layers*; None where there is none, or not for these."""
    path = Path(__file__).resolve().parent.parent / NAME
    if [*layers] != [shipped_layer()] or not path.is_file():
        return None
    try:
        store = Store(path, _content(layers[0]), of_the_program=True)
        store.whole()
    except (BrokenStoreError, OSError, TooManyFilesError):
        return None
    return store


def write_shipped(catalog: Path, path: Path) -> None:
    """Write the store for the catalog in the folder *catalog* to *path*. Raises ValueError where it has an error."""
    from pmcareer.reading.catalog import read_catalog

    layer = Layer(SHIPPED, catalog)
    reading = read_catalog(shipped=layer)
    if reading.problems.errors:
        raise ValueError(f"the catalog has errors: {reading.problems.errors[0]}")
    with path.open("wb") as file:
        file.writelines(write_catalog(reading.catalog).chunks(_content(layer)))


def _content(layer: Layer) -> str:
    """What every file holds that the store rests on, by name, size and checksum."""
    lines = [f"shipped {FORMAT} {__version__}"]
    lines += [_line(module.name, Path(module.path)) for module in meaning_modules()]
    lines += [_line(file.name, layer.folder / file.name) for file in listed(layer)]
    return "\n".join(lines)


def _line(name: str, file: Path) -> str:
    content = file.read_bytes()
    return f"{crc32(content):08x} {len(content)} {name!r}"
