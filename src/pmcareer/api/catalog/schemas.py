"""The published schemas, for those who may not read files themselves."""

from __future__ import annotations

from pmcareer.errors import UnknownIdError
from pmcareer.reading.catalog_schemas import KINDS, schema_name, schema_text


def schema_texts(kind: str | None = None) -> dict[str, str]:
    """The schemas by their file names: all, or that of one kind. Raises UnknownIdError with the nearest kinds."""
    if kind is None:
        return {schema_name(one): schema_text(one) for one in KINDS}
    if kind not in KINDS:
        from difflib import get_close_matches

        raise UnknownIdError("kind of file", kind, get_close_matches(kind, KINDS) or tuple(KINDS))
    return {schema_name(kind): schema_text(kind)}
