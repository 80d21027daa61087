"""The files of all layers as trees, with what later layers change in earlier ones already changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pmcareer.model.assumptions import AssumptionsFile
from pmcareer.model.certifications import Certification, Issuer
from pmcareer.model.documents import ExperienceFile, NichesFile, RatesFile, SkillsFile, SourcesFile
from pmcareer.model.methods import MethodsFile
from pmcareer.model.pay import RegionPay
from pmcareer.model.roles import Ladder, Role
from pmcareer.problems import Position, Problems
from pmcareer.reading.annotations import fields_of
from pmcareer.reading.catalog_files import CatalogFile, files_of, strangers_of
from pmcareer.reading.catalog_layers import Layer, TooManyFilesError
from pmcareer.reading.catalog_overlays import EXTENDS, Patch, apply, id_of, is_patch, read_patch
from pmcareer.reading.files import shown_path
from pmcareer.reading.findings import did_you_mean
from pmcareer.reading.nodes import MappingNode, Node, SequenceNode
from pmcareer.reading.scope import Backing, Context, Scope
from pmcareer.reading.shapes import ListShape, RecordShape
from pmcareer.reading.typed import read_value
from pmcareer.reading.yaml_nodes import read_yaml
from pmcareer.values import dataclass, field

# The table of the catalog to which an entry belongs, by the type of its file or by the list of the file.
_TABLES: Mapping[type, str] = {
    Certification: "certifications",
    Issuer: "issuers",
    Role: "roles",
    Ladder: "ladders",
    RegionPay: "pay",
}
_LIST_TABLES: Mapping[str, str] = {"kinds": "experience_kinds", "models": "selection_models"}
# The key that holds the id of a file which is one entry, and the lists of a file which holds several.
_ID_KEYS: Mapping[type, str] = {Certification: "id", Issuer: "id", Role: "id", Ladder: "id", RegionPay: "region"}
LISTS: Mapping[type, tuple[str, ...]] = {
    SourcesFile: ("sources",),
    ExperienceFile: ("kinds",),
    SkillsFile: ("skills", "sources"),
    NichesFile: ("niches", "sources"),
    MethodsFile: ("methods", "models", "sources"),
    RatesFile: ("sources",),
    AssumptionsFile: ("assumptions", "sources"),
}


@dataclass(slots=True)
class Draft:
    """One document: the file that brings it, its tree, and the patches that changed it."""

    file: CatalogFile
    node: Node
    patches: list[Patch] = field(default_factory=list)

    @property
    def shape(self) -> RecordShape:
        """How the document is written."""
        return RecordShape(self.file.type_)


@dataclass(slots=True)
class Drafts:
    """All documents, every problem on the way to them, and the contexts in which patches were read."""

    documents: list[Draft] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    contexts: list[Context] = field(default_factory=list)


def draft_layers(layers: Sequence[Layer]) -> Drafts:
    """The documents of the *layers*, each changed by the layers after it."""
    drafts = Drafts()
    for layer in layers:
        for file in _files(layer, drafts.problems):
            node, problems = read_yaml(file.path, name=file.shown)
            drafts.problems.extend(problems)
            if node is not None:
                _take(file, node, drafts)
    return drafts


def _files(layer: Layer, problems: Problems) -> Sequence[CatalogFile]:
    at = Position(shown_path(layer.folder))
    if not layer.folder.is_dir():
        problems.add("file-missing", "there is no such catalog folder", at, hint="check the path")
        return ()
    try:
        files, strangers = list(files_of(layer)), list(strangers_of(layer))
    except OSError as error:
        problems.add("file-unreadable", f"the catalog folder cannot be listed: {error.strerror}", at)
        return ()
    except TooManyFilesError:
        hint = "is it the right folder?"
        problems.add("catalog-too-large", "the folder holds more files than a catalog would", at, hint=hint)
        return ()
    for name in strangers:
        hint = "see docs/reference/catalog-format.md for where files belong"
        problems.add("catalog-stray-file", "no catalog file belongs here", Position(layer.shown(name)), hint=hint)
    return files


def _take(file: CatalogFile, node: Node, drafts: Drafts) -> None:
    """Add a document, or change the one that it extends."""
    scope = Context(problems=drafts.problems, layer=file.layer).root()
    if is_patch(node):
        _change(file, "", node, scope, drafts)
        return
    for key in LISTS.get(file.type_, ()):
        node = _take_items(file, key, node, scope, drafts)
    drafts.documents.append(Draft(file, node))


def _take_items(file: CatalogFile, key: str, node: Node, scope: Scope, drafts: Drafts) -> Node:
    """The document without those items of a list that extend others."""
    items = _list_in(node, key)
    if items is None or not any(is_patch(item) for item in items.items):
        return node
    for index, item in enumerate(items.items):
        if is_patch(item):
            _change(file, key, item, scope.child(key).child(index), drafts)
    own = tuple(item for item in items.items if not is_patch(item))
    return _with(node, key, replace(items, items=own))


def entries_of(draft: Draft) -> Iterator[tuple[str, str, Node]]:
    """The entries of a document: the table, the id, and the tree of each."""
    if draft.file.type_ in _ID_KEYS:
        yield _TABLES[draft.file.type_], id_of(draft.node, _ID_KEYS[draft.file.type_]), draft.node
    for key in (*LISTS.get(draft.file.type_, ()), "sources"):
        items = _list_in(draft.node, key)
        for item in items.items if items else ():
            yield _LIST_TABLES.get(key, key), id_of(item), item


# --- patches --------------------------------------------------------------------------------------------------------


def _change(file: CatalogFile, key: str, node: MappingNode, scope: Scope, drafts: Drafts) -> None:
    """Make the change that *node* describes: to a whole document, or to an item of the list under *key*."""
    patch = read_patch(node, scope)
    if patch is None:
        return
    drafts.contexts.append(scope.context)
    known: list[str] = []
    for draft in drafts.documents:
        if draft.file.type_ is file.type_:
            known.extend(_ids_in(draft, key))
            if _changed(draft, key, patch):
                _check_name(file, key, patch)
                return
    hint = did_you_mean(patch.target, known) or "a layer extends what an earlier one defines"
    message = f"there is no entry {patch.target!r} to extend"
    scope.child(EXTENDS).report("catalog-dangling-id", message, patch.target_at, hint)


def _changed(draft: Draft, key: str, patch: Patch) -> bool:
    """Whether the draft holds the patch's target; then it is changed."""
    if patch.target not in _ids_in(draft, key):
        return False
    draft.patches.append(patch)
    if not key:
        draft.node = apply(patch, draft.shape, draft.node)
        return True
    items, shape = _list_in(draft.node, key), fields_of(draft.shape).by_key[key].shape
    if items is None or not isinstance(shape, ListShape) or not isinstance(shape.item, RecordShape):
        return False
    position = [id_of(item) for item in items.items].index(patch.target)
    changed = list(items.items)
    changed[position] = apply(patch, shape.item, changed[position])
    draft.node = _with(draft.node, key, replace(items, items=tuple(changed)))
    return True


def _check_name(file: CatalogFile, key: str, patch: Patch) -> None:
    if not key and file.path.stem not in (patch.target, "_issuer"):
        message = f"the file is named {file.path.name!r} but extends {patch.target!r}"
        patch.scope.report("catalog-id-file", message, Position(file.shown), f"name the file {patch.target}.yaml")


def _ids_in(draft: Draft, key: str) -> Sequence[str]:
    """The id of a document, or the ids of the items of its list under *key*."""
    if key:
        items = _list_in(draft.node, key)
        return [id_of(item) for item in items.items] if items else ()
    return [id_of(draft.node, _ID_KEYS[draft.file.type_])] if draft.file.type_ in _ID_KEYS else ()


def _list_in(node: Node, key: str) -> SequenceNode | None:
    entries = node.entries if isinstance(node, MappingNode) else ()
    return next((e.value for e in entries if e.key == key and isinstance(e.value, SequenceNode)), None)


def _with(node: Node, key: str, value: Node) -> Node:
    """The mapping with another value under *key*."""
    if not isinstance(node, MappingNode):
        return node
    entries = tuple(replace(entry, value=value) if entry.key == key else entry for entry in node.entries)
    return MappingNode(entries, node.at)


# --- by types -------------------------------------------------------------------------------------------------------


def read_draft(draft: Draft) -> tuple[Any, Context]:
    """The document as its type (INVALID where it is none), with the problems, ids and figures met."""
    context = Context(layer=draft.file.layer)
    if draft.patches:
        context.layers = {patch.at.file: patch.scope.context.layer for patch in draft.patches}
        context.backings = [Backing(patch.at, patch.backing) for patch in draft.patches]
    value = read_value(draft.node, draft.file.type_, context)
    if draft.patches and context.problems.errors:
        _blame_patches(draft, context)
    return value, context


def _blame_patches(draft: Draft, context: Context) -> None:
    """Say which overlay spoilt an entry, where no problem stands in the overlay itself."""
    files = {patch.at.file for patch in draft.patches}
    if not any(problem.at.file in files for problem in context.problems.errors):
        for patch in draft.patches:
            message = f"with this change {patch.target!r} can no longer be read"
            patch.scope.report("catalog-overlay", message, patch.at, "see the problems of the entry itself")
