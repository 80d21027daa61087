"""Write all snapshots and schemas anew: ``python -m tests.catalog.refresh``; then look at the difference."""

from __future__ import annotations

from tests.catalog.everything import CATALOG
from tests.catalog.snapshots import FOLDER, snapshots

from pmcareer.reading.catalog_schemas import KINDS, schema_name, schema_text


def main() -> None:
    """Write what changed, and take away what is gone."""
    written = dict(snapshots())
    for path in FOLDER.rglob("*.json"):
        if path not in written:
            path.unlink()
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for kind in KINDS:
        (CATALOG / "schema" / schema_name(kind)).write_text(schema_text(kind), encoding="utf-8")
    print(f"{len(written)} snapshots, {len(KINDS)} schemas")


if __name__ == "__main__":
    main()
