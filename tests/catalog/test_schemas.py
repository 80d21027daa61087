"""The published schemas are those of the model, and every file of the catalog names its own on its first line.

`pmcareer catalog schema --all -o catalog/schema` writes them anew.
"""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from tests.catalog.everything import CATALOG, FILES

from pmcareer.reading.catalog_files import CatalogFile
from pmcareer.reading.catalog_schemas import KINDS, schema_name, schema_text

SCHEMAS = CATALOG / "schema"


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_is_up_to_date(kind: str) -> None:
    committed = (SCHEMAS / schema_name(kind)).read_text(encoding="utf-8")
    assert committed == schema_text(kind), "run: pmcareer catalog schema --all -o catalog/schema"


def test_there_are_no_others() -> None:
    assert {path.name for path in SCHEMAS.iterdir()} == {schema_name(kind) for kind in KINDS}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_first_line_names_the_schema(file: CatalogFile) -> None:
    first = file.path.read_text(encoding="utf-8").partition("\n")[0]
    kind = next(kind for kind, type_ in KINDS.items() if type_ is file.type_)
    up = "../" * file.name.count("/")
    assert first == f"# yaml-language-server: $schema={up}schema/{schema_name(kind)}"


@pytest.fixture(scope="module")
def role() -> jsonschema.Draft202012Validator:
    schema: dict[str, Any] = json.loads((SCHEMAS / schema_name("role")).read_text())
    return jsonschema.Draft202012Validator(schema)


def test_an_editor_takes_a_change_of_an_entry_too(role: jsonschema.Draft202012Validator) -> None:
    fine = {"extends": "project-manager", "because": "So.", "set": {"name": "Lead"}, "remove": ["note"]}
    assert list(role.iter_errors(fine)) == []
    assert list(role.iter_errors({"extends": "project-manager"}))
    assert list(role.iter_errors({"extends": "project-manager", "set": {}, "name": "Lead"}))
    assert list(role.iter_errors({"id": "x", "name": "X"}))
