"""Certifications that nothing tells apart: whichever is asked for, the first of them by name is as good as any.

Two are interchangeable where their terms are equal and whatever names one names the other beside it. A plan that
earns some of such a family stays lawful, with the same days and costs, if the first ones by name are put in their
places in the order of study; they are then also earned in that order. So where *n* of a family would do, only its
first *n* members need be asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pmcareer.planning.instance import All, AnyOf, AtLeast, Certification, Held, Holds, Move, Requirement
from pmcareer.planning.requirements import counted, needed

Entries = dict[str, Certification]
Families = list[list[str]]


def families(moves: Sequence[Move], certifications: Mapping[str, Certification]) -> Families:
    """The certifications that nothing tells apart, two or more in each family, by name; requirements are folded."""
    named = _Named()
    for move in moves:
        named.add(move.requires)
    for entry in certifications.values():
        for tree in _trees(entry):
            named.add(tree)
    together: dict[tuple[int, ...], list[str]] = {}
    for name in sorted(named.places):
        together.setdefault(tuple(named.places[name]), []).append(name)
    found = [same for names in together.values() for same in _of_equal_terms(names, certifications)]
    return [same for same in found if len(same) > 1]


def first_asked(
    moves: Sequence[Move], certifications: Mapping[str, Certification], alike: Families
) -> tuple[list[Move], Entries]:
    """The same question, asking only for the first of what is interchangeable."""
    fewer = _Fewer({name: place for family in alike for place, name in enumerate(family)})
    asked = [replace(move, requires=fewer.of(move.requires)) for move in moves]
    return asked, {name: fewer.entry(known) for name, known in certifications.items()}


def _of_equal_terms(names: list[str], certifications: Mapping[str, Certification]) -> Families:
    groups: Families = []
    for name in names:
        for group in groups:
            if certifications[group[0]] == certifications[name]:
                group.append(name)
                break
        else:
            groups.append([name])
    return groups


def _trees(entry: Certification) -> Iterator[Requirement | None]:
    yield entry.eligibility
    yield from (variant.when for variant in entry.variants)


class _Named:
    """Where each certification is named: the numbers of the nodes that it is a part of."""

    def __init__(self) -> None:
        self.places: dict[str, list[int]] = {}
        self.count = 0

    def add(self, tree: Requirement | None) -> None:
        self.count += 1
        node = self.count
        if isinstance(tree, (Holds, Held)):
            self.places.setdefault(tree.certification, []).append(node)
        if isinstance(tree, (All, AnyOf, AtLeast)):
            for part in tree.parts:
                if isinstance(part, (Holds, Held)):
                    self.places.setdefault(part.certification, []).append(node)
                else:
                    self.add(part)


class _Fewer:
    """Trees without the members of a family that they can do without. ``before``: how many of its family come first."""

    def __init__(self, before: Mapping[str, int]) -> None:
        self.before = before

    def entry(self, known: Certification) -> Certification:
        variants = tuple(replace(variant, when=self.of(variant.when)) for variant in known.variants)
        return replace(known, eligibility=self.of(known.eligibility), variants=variants)

    def of(self, tree: Requirement | None) -> Requirement | None:
        if not isinstance(tree, (All, AnyOf, AtLeast)):
            return tree
        need = needed(tree)
        parts = [part for part in map(self.of, tree.parts) if part is not None and not self.needless(part, need)]
        return counted(need, parts)

    def needless(self, part: Requirement, need: int) -> bool:
        return isinstance(part, (Holds, Held)) and self.before.get(part.certification, 0) >= need
