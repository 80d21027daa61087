"""Where each value of an entry was written: the layer, file and line of everything below a path.

The model keeps this for figures alone; for the rest the entry's documents are looked at once more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pmcareer.model.figures import Origin
from pmcareer.reading.catalog_drafts import Draft, draft_layers, entries_of
from pmcareer.reading.catalog_layers import Layer
from pmcareer.reading.nodes import MappingNode, Node, Scalar, SequenceNode

Places = Mapping[str, Origin]


def places_of(layers: Sequence[Layer], table: str, id_: str) -> Places:
    """The origins of the texts of an entry by their paths (``aliases[0]``, ``eligibility.requires.all[1].holds``)."""
    for draft in draft_layers(layers).documents:
        for kind, found, node in entries_of(draft):
            if (kind, found) == (table, id_):
                return dict(_texts(node, "", _layers(draft)))
    return {}


def _layers(draft: Draft) -> Mapping[str, str]:
    own = {draft.file.shown: draft.file.layer}
    return own | {patch.at.file: patch.scope.context.layer for patch in draft.patches}


def _texts(node: Node, path: str, layers: Mapping[str, str]) -> Iterator[tuple[str, Origin]]:
    if isinstance(node, Scalar):
        yield path, Origin(layers.get(node.at.file, ""), node.at.file, node.at.line)
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.items):
            yield from _texts(item, f"{path}[{index}]", layers)
    elif isinstance(node, MappingNode):
        for entry in node.entries:
            yield from _texts(entry.value, f"{path}.{entry.key}".removeprefix("."), layers)


def origins_below(places: Places, path: str) -> tuple[Origin, ...]:
    """The first origin of each layer that wrote something at *path* or below it, in the order of the text.

    A timeline of one value may stand without a list, so that ``exam[0]`` is looked up as ``exam`` too.
    """
    for asked in dict.fromkeys((path, path.replace("[0]", ""))):
        found: dict[str, Origin] = {}
        for known, origin in places.items():
            if known == asked or known.startswith((f"{asked}.", f"{asked}[")):
                found.setdefault(origin.layer, origin)
        if found:
            return tuple(found.values())
    return ()
