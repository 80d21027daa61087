"""Where everything of the field's map lies: ladders as lanes, issuers as rows, columns by height and by level.

A role stands in the lane of the ladder that has most of its moves, in the column of its height; lanes that exchange
roles lie close to each other. Certifications flow within the cell of their issuer and level.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, permutations

from pmcareer.api.reports.field_map import FieldAnswer, MappedCertification, MappedRole
from pmcareer.values import dataclass
from pmcareer.views.picture import Area, Box, Emphasis, Words, fitted, width_of

MARGIN, SIDE = 24, 146  # around everything; for the names of lanes and rows
BOX_WIDTH, BOX_HEIGHT, ROLE_GAP, COLUMN_GAP = 134, 42, 12, 38
CHIP_HEIGHT, CHIP_GAP, CHIP_SIZE, ROW_PAD = 22, 5, 12, 7
_RANKS_A_COLUMN = 10
_ALL_ORDERS_UP_TO = 7  # lanes: 5,040 orders


@dataclass(frozen=True, slots=True)
class Placed:
    """A part of the map: what was placed, what lies behind it, and how far down it reaches."""

    boxes: tuple[Box, ...]
    areas: tuple[Area, ...]
    words: tuple[Words, ...]
    bottom: int


def map_width(field: FieldAnswer) -> int:
    """The width of the whole map, by its columns of roles; never so narrow that levels have no room."""
    columns = len(_columns(field))
    return max(1400, 2 * MARGIN + SIDE + columns * (BOX_WIDTH + COLUMN_GAP))


def emphasis_of(field: FieldAnswer, entry: str) -> Emphasis:
    """How much an entry is meant where a way was asked for."""
    way = field.way
    if not way.roles:
        return "plain"
    if entry in way.roles or entry in way.certifications:
        return "on-way"
    return "held" if entry in way.held else "faint"


# --- roles ------------------------------------------------------------------------------------------------------------


def place_roles(field: FieldAnswer, top: int, width: int) -> Placed:
    """The roles in their lanes, from *top* on."""
    columns = {rank: n for n, rank in enumerate(_columns(field))}
    step = (width - 2 * MARGIN - SIDE) // max(1, len(columns))
    homes = _homes(field)
    boxes: list[Box] = []
    areas: list[Area] = []
    words: list[Words] = []
    ladders = {"": "No ladder", **{str(id_): name for id_, name in field.ladders.items()}}
    y = top
    for n, lane in enumerate(_lane_order(field, homes)):
        members = [role for role in field.roles if homes[role.id] == lane]
        stacks = _stacked(members, lambda role: columns[_height_class(field, role)])
        height = max(map(len, stacks.values())) * (BOX_HEIGHT + ROLE_GAP) + ROLE_GAP
        areas.append(Area(MARGIN, y, width - 2 * MARGIN, height, "lane" if n % 2 == 0 else "paper"))
        words += _side_words(ladders[lane], y, height)
        for column, stack in stacks.items():
            x = MARGIN + SIDE + column * step
            room = height - len(stack) * (BOX_HEIGHT + ROLE_GAP) + ROLE_GAP
            boxes += [
                _role_box(field, role, x, y + room // 2 + k * (BOX_HEIGHT + ROLE_GAP)) for k, role in enumerate(stack)
            ]
        y += height
    return Placed(tuple(boxes), tuple(areas), tuple(words), y)


def _role_box(field: FieldAnswer, role: MappedRole, x: int, y: int) -> Box:
    lines = fitted(role.name, BOX_WIDTH - 10, 13, 2)
    return Box(role.id, "role", x, y, BOX_WIDTH, BOX_HEIGHT, lines, role.name, emphasis_of(field, role.id))


def _columns(field: FieldAnswer) -> list[int]:
    return sorted({_height_class(field, role) for role in field.roles})


def _height_class(field: FieldAnswer, role: MappedRole) -> int:
    """The column of a role's height; one that says none stands just above the highest that leads to it."""
    if role.rank:
        return role.rank // _RANKS_A_COLUMN
    ranks = {one.id: one.rank for one in field.roles}
    origins = [ranks.get(move.origin, 0) for move in field.moves if move.into == role.id and not move.lateral]
    return (max(origins) + 1) // _RANKS_A_COLUMN if origins else 0


def _homes(field: FieldAnswer) -> dict[str, str]:
    """The lane of each role; of ladders with as many of its moves, the one that stands first in the catalog."""
    counts: dict[str, Counter[str]] = {role.id: Counter() for role in field.roles}
    for move in field.moves:
        for role, weight in ((move.into, 2), (move.origin, 1)):
            if role in counts:
                counts[role][move.ladder] += weight
    order = list(field.ladders)
    return {role: max(order, key=lambda ladder: found[ladder]) if found else "" for role, found in counts.items()}


def _lane_order(field: FieldAnswer, homes: Mapping[str, str]) -> Sequence[str]:
    """The lanes in use, so ordered that moves between lanes are short; with many lanes, as the catalog has them."""
    used = [lane for lane in (*field.ladders, "") if lane in set(homes.values())]
    if len(used) > _ALL_ORDERS_UP_TO:
        return used
    between = Counter(
        (homes[move.origin], homes[move.into])
        for move in field.moves
        if move.origin in homes and move.into in homes and homes[move.origin] != homes[move.into]
    )

    def length(order: tuple[str, ...]) -> int:
        place = {lane: n for n, lane in enumerate(order)}
        return sum(n * abs(place[a] - place[b]) for (a, b), n in between.items())

    return min(permutations(used), key=length)


def _stacked(members: Iterable[MappedRole], column_of: Callable[[MappedRole], int]) -> dict[int, list[MappedRole]]:
    stacks: dict[int, list[MappedRole]] = {}
    for role in sorted(members, key=lambda one: (one.rank, one.name)):
        stacks.setdefault(column_of(role), []).append(role)
    return stacks


def _side_words(name: str, y: int, height: int) -> Iterator[Words]:
    lines = fitted(name, SIDE - 20, 13, 2)
    first = y + height // 2 - 8 * (len(lines) - 1) + 5
    for n, line in enumerate(lines):
        yield Words(MARGIN + 10, first + 16 * n, line, bold=True)


# --- certifications ---------------------------------------------------------------------------------------------------


def place_certifications(field: FieldAnswer, top: int, width: int) -> Placed:
    """The certifications in the cells of issuers and levels, from *top* on; columns as wide as their contents ask."""
    levels = [level for level in field.levels if any(one.level == level for one in field.certifications)]
    edges = _level_edges(field, levels, width)
    words = [
        Words(left + 4, top + 16, level, bold=True, ink="muted")
        for level, (left, _) in zip(levels, pairwise(edges), strict=True)
    ]
    asked: set[str] = {name for move in field.moves for name in move.names}
    boxes, areas, y = [], [], top + 26
    for n, issuer in enumerate(_issuers(field, asked)):
        rows = 1
        for level, (left, right) in zip(levels, pairwise(edges), strict=True):
            cell = [one for one in field.certifications if (one.issuer, one.level) == (issuer, level)]
            chips, used = _flow(field, cell, left, right - 12, y + ROW_PAD, asked)
            boxes += chips
            rows = max(rows, used)
        height = rows * (CHIP_HEIGHT + CHIP_GAP) - CHIP_GAP + 2 * ROW_PAD
        areas.append(Area(MARGIN, y, width - 2 * MARGIN, height, "lane" if n % 2 == 0 else "paper"))
        words.append(Words(MARGIN + 10, y + height // 2 + 5, fitted(issuer, SIDE - 20, 13, 1)[0], bold=True))
        y += height
    return Placed(tuple(boxes), tuple(areas), tuple(words), y)


def _issuers(field: FieldAnswer, asked: set[str]) -> list[str]:
    """The issuers, those first whose certifications roles ask for most, so that ways are short."""
    counts = Counter({one.issuer: 0 for one in field.certifications})
    counts.update(one.issuer for one in field.certifications if one.id in asked)
    return sorted(counts, key=lambda issuer: (-counts[issuer], issuer.lower()))


def _level_edges(field: FieldAnswer, levels: Sequence[str], width: int) -> list[int]:
    """The edges of the columns: each has a fixed part of the room, the rest goes by how much stands in it."""
    room = width - 2 * MARGIN - SIDE
    weights = [sum(_chip_width(one) for one in field.certifications if one.level == level) for level in levels]
    least = min(120, room // max(1, len(levels)))
    spare, total = room - least * len(levels), max(1, sum(weights))
    edges = [MARGIN + SIDE]
    for weight in weights:
        edges.append(edges[-1] + least + spare * weight // total)
    return edges


def _chip_width(one: MappedCertification) -> int:
    return min(width_of(one.name, CHIP_SIZE) + 14, 190)


def _flow(
    field: FieldAnswer, cell: Sequence[MappedCertification], left: int, right: int, top: int, asked: set[str]
) -> tuple[list[Box], int]:
    """Chips from left to right and then below; how many rows they took."""
    boxes, x, row = [], left, 0
    for one in cell:
        width = min(_chip_width(one), right - left)
        if x > left and x + width > right:
            x, row = left, row + 1
        lines = fitted(one.name, width - 8, CHIP_SIZE, 1)
        y = top + row * (CHIP_HEIGHT + CHIP_GAP)
        title = f"{one.full_name} ({one.issuer}, {one.level})"
        emphasis = emphasis_of(field, one.id)
        boxes.append(Box(one.id, "certification", x, y, width, CHIP_HEIGHT, lines, title, emphasis, one.id in asked))
        x += width + CHIP_GAP
    return boxes, row + 1
