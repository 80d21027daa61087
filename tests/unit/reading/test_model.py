"""The real model and the shipped catalog: everything in them can be read, and its schema says the same."""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema
import pytest
from tests.unit.reading.editor import objections

from pmcareer.model.certifications import Certification, Issuer
from pmcareer.model.documents import ExperienceFile, NichesFile, RatesFile, SkillsFile, SourcesFile
from pmcareer.model.pay import RegionPay
from pmcareer.model.people import Profile
from pmcareer.model.roles import Ladder, Role
from pmcareer.reading.catalog_files import CatalogFile, files_of, shipped_layer
from pmcareer.reading.schema import json_schema
from pmcareer.reading.typed import read_document

DOCUMENTS = [
    Certification,
    ExperienceFile,
    Issuer,
    Ladder,
    NichesFile,
    Profile,
    RatesFile,
    RegionPay,
    Role,
    SkillsFile,
    SourcesFile,
]
schema_of = cache(json_schema)


@pytest.mark.parametrize("type_", DOCUMENTS)
def test_every_document_has_a_schema(type_: type) -> None:
    schema = schema_of(type_)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert _undefined_references(schema, schema["$defs"]) == set()


def _undefined_references(node: Any, definitions: dict[str, Any]) -> set[str]:
    if isinstance(node, list):
        return set().union(*(_undefined_references(item, definitions) for item in node))
    if not isinstance(node, dict):
        return set()
    own = {str(node["$ref"]).removeprefix("#/$defs/")} - definitions.keys() if "$ref" in node else set()
    return own.union(*(_undefined_references(item, definitions) for item in node.values()))


@pytest.mark.parametrize("file", list(files_of(shipped_layer())), ids=lambda file: file.name)
def test_an_editor_has_nothing_against_what_the_reader_takes(file: CatalogFile) -> None:
    document: Any = read_document(file.path, file.type_)
    assert document.problems.errors == ()
    assert objections(file.path.read_text(encoding="utf-8"), schema_of(file.type_)) == []
