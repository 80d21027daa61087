"""A relaxed plan in haste: of the lives one move further, only the few that seem nearest to the target are followed."""

from __future__ import annotations

from pmcareer.planning.relaxed import Shadow
from pmcareer.planning.shadows import Key, Shadows

WIDTH = 4
DEEPEST = 200  # moves
MOST_PACKAGES = 24  # ways of taking one move, cheapest first


def dive(shadows: Shadows) -> tuple[Key, Shadow] | None:
    """A relaxed plan out of *shadows*, which are used up by it; None where the few that were followed lead nowhere."""
    for _ in range(DEEPEST):
        lives = sorted(shadows.heap)
        shadows.heap.clear()
        found = next(((key, label) for key, *_, label in lives if label.role == shadows.problem.target), None)
        if found or not lives or shadows.enough():
            return found
        followed = 0
        for key, _, _, _, _, label in lives:
            weighed = shadows.weigh(label, key)
            if weighed is not None:
                _follow(shadows, label, weighed)
                followed += 1
                if followed == WIDTH:
                    break
    return None


def _follow(shadows: Shadows, label: Shadow, key: Key) -> None:
    """Take every move out of a role."""
    relaxed = shadows.relaxed
    for into, packages in relaxed.ways[label.role]:
        for package in relaxed.options(packages, label.papers)[:MOST_PACKAGES]:
            relaxed.explored += 1
            shadows.take(label, into, package, key)
