"""The JSON Schemas of all kinds of files, by the names under which they are published."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pmcareer.model.assumptions import AssumptionsFile
from pmcareer.model.certifications import Certification, Issuer
from pmcareer.model.documents import ExperienceFile, NichesFile, RatesFile, SkillsFile, SourcesFile
from pmcareer.model.methods import MethodsFile
from pmcareer.model.pay import RegionPay
from pmcareer.model.people import Profile
from pmcareer.model.roles import Ladder, Role
from pmcareer.reading.annotations import provenance_shapes
from pmcareer.reading.catalog_drafts import LISTS
from pmcareer.reading.scalars import ID_PATTERN
from pmcareer.reading.schema import Schema, json_schema

KINDS: Mapping[str, type] = {
    "certification": Certification,
    "issuer": Issuer,
    "role": Role,
    "ladder": Ladder,
    "pay": RegionPay,
    "sources": SourcesFile,
    "experience": ExperienceFile,
    "skills": SkillsFile,
    "niches": NichesFile,
    "methods": MethodsFile,
    "rates": RatesFile,
    "assumptions": AssumptionsFile,
    "profile": Profile,
}
_EXTENDABLE = (Certification, Issuer, Role, Ladder, RegionPay)


def schema_name(kind: str) -> str:
    """The file name of a kind's schema."""
    return f"{kind}.schema.json"


def schema_text(kind: str) -> str:
    """The schema of a kind of file as it is published: one key a line, ending in a newline."""
    return json.dumps(schema_of_kind(kind), indent=1, ensure_ascii=False) + "\n"


def schema_of_kind(kind: str) -> Schema:
    """The schema of a kind of file; an entry, or in a list an item, may also be one that extends another."""
    type_ = KINDS[kind]
    schema = json_schema(type_, title=f"pmcareer {kind}")
    if type_ in _EXTENDABLE:
        body = {"$ref": schema.pop("$ref")}
        definitions = schema.pop("$defs")
        return schema | _or_patch(body) | {"$defs": {**definitions, "Patch": _patch()}}
    for key in LISTS.get(type_, ()):
        listed = schema["$defs"][type_.__name__]["properties"][key]
        listed["items"] = _or_patch(listed["items"])
        schema["$defs"]["Patch"] = _patch()
    return schema


def _or_patch(schema: Schema) -> Schema:
    return {"if": {"type": "object", "required": ["extends"]}, "then": {"$ref": "#/$defs/Patch"}, "else": schema}


def _patch() -> Schema:
    """What a change of an entry looks like; what it leads to is checked when it is made."""
    backing: dict[str, Any] = dict.fromkeys(provenance_shapes(), True)
    changes: Schema = {
        "extends": {"type": ["string", "number"], "pattern": f"^{ID_PATTERN}$", "description": "The id of the entry."},
        "remove": {"type": ["object", "array"], "description": "1. Keys to take away, or items of lists."},
        "set": {"type": "object", "description": "2. Values laid over those that stand there."},
        "add": {"type": "object", "description": "3. Items for the ends of lists."},
    }
    return {
        "type": "object",
        "title": "Patch",
        "description": "A change of an entry of an earlier layer.",
        "properties": changes | backing,
        "additionalProperties": False,
        "required": ["extends"],
        "anyOf": [{"required": [key]} for key in ("remove", "set", "add")],
    }
