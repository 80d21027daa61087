"""Picture: shapes on a plane, for what no chart draws; lengths in pixels, y downwards.

A renderer gives it colours, links and words for those who do not see it.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from pmcareer.values import dataclass
from pmcareer.views.page import Ink

Point: TypeAlias = tuple[int, int]
Emphasis: TypeAlias = Literal["plain", "on-way", "held", "faint"]
"""How much something is meant: on the way asked for, held already, beside the way; plain where no way was asked for."""


@dataclass(frozen=True, slots=True)
class Area:
    """A background."""

    x: int
    y: int
    width: int
    height: int
    ink: Ink


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; ``x``, ``y``: where its baseline begins, ends or has its middle."""

    x: int
    y: int
    text: str
    size: int = 13
    ink: Ink = "text"
    anchor: Literal["start", "middle", "end"] = "start"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """An entry: its place, its name in lines that fit, and its full name. ``marked``: others ask for it."""

    id: str
    kind: Literal["role", "certification"]
    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]
    title: str
    emphasis: Emphasis = "plain"
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """A way from one entry to another: start, two control points, end. ``kind``: a move, or what it asks for."""

    from_: str
    to: str
    kind: Literal["move", "asks", "builds-on"]
    points: tuple[Point, Point, Point, Point]
    emphasis: Emphasis = "plain"
    sideways: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything drawn, from the back to the front: areas, curves, boxes, words."""

    width: int
    height: int
    title: str
    description: str
    areas: tuple[Area, ...]
    curves: tuple[Curve, ...]
    boxes: tuple[Box, ...]
    words: tuple[Words, ...]


def fitted(text: str, width: int, size: int, lines: int) -> tuple[str, ...]:
    """*text* in at most so many lines that fit *width* at a font's *size*, cut with an ellipsis where it is longer."""
    found: list[str] = []
    rest = text.split()
    while rest and len(found) < lines:
        line, rest = _first_line(rest, width, size)
        found.append(line)
    if rest and found:
        found[-1] = _cut(f"{found[-1]} {' '.join(rest)}", width, size)
    return tuple(found) or ("",)


def width_of(text: str, size: int) -> int:
    """About how wide a text is; rather too wide, so that nothing spills over."""
    return round(sum(map(_share, text)) * size)


def _share(character: str) -> float:
    """The width of a character in a plain sans-serif font, as a share of the font's size."""
    if ord(character) > 0x2E80:  # Chinese, Japanese, Korean and beyond
        return 1.0
    if character in "ijlft.,:;'|()[] -":
        return 0.34
    if character in "mMW@%":
        return 0.95
    return 0.73 if character == "w" or character.isupper() else 0.56


def _first_line(words: list[str], width: int, size: int) -> tuple[str, list[str]]:
    taken = 1
    while taken < len(words) and width_of(" ".join(words[: taken + 1]), size) <= width:
        taken += 1
    return _cut(" ".join(words[:taken]), width, size), words[taken:]


def _cut(text: str, width: int, size: int) -> str:
    if width_of(text, size) <= width:
        return text
    while text and width_of(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
