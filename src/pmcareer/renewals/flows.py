"""Cheapest flow through a small network with whole capacities: exact, by repeated cheapest paths."""

from __future__ import annotations

from collections import deque

from pmcareer.values import dataclass, field


@dataclass(slots=True)
class Arc:
    """An arc and its reverse: what it can still carry, and what a unit on it costs."""

    end: int
    capacity: int
    cost: int
    reverse: int


@dataclass(slots=True)
class Network:
    """Vertices 0 (source) and 1 (sink) and whatever is added; costs may be negative, circles of arcs may not be."""

    arcs: list[list[Arc]] = field(default_factory=lambda: [[], []])

    SOURCE = 0
    SINK = 1

    def vertex(self) -> int:
        """A new vertex."""
        self.arcs.append([])
        return len(self.arcs) - 1

    def connect(self, start: int, end: int, capacity: int, cost: int = 0) -> tuple[int, int]:
        """A new arc; the answer names it for ``flow_on``."""
        self.arcs[start].append(Arc(end, capacity, cost, len(self.arcs[end])))
        self.arcs[end].append(Arc(start, 0, -cost, len(self.arcs[start]) - 1))
        return start, len(self.arcs[start]) - 1

    def flow_on(self, name: tuple[int, int]) -> int:
        """How much runs over an arc."""
        arc = self.arcs[name[0]][name[1]]
        return self.arcs[arc.end][arc.reverse].capacity

    def run(self) -> int:
        """Send whatever lowers the cost from source to sink; returns the cost, the least there is."""
        total = 0
        while True:
            cost, path = self._cheapest_path()
            if path is None or cost >= 0:
                return total
            amount = min(arc.capacity for arc in path)
            for arc in path:
                arc.capacity -= amount
                self.arcs[arc.end][arc.reverse].capacity += amount
            total += amount * cost

    def _cheapest_path(self) -> tuple[int, list[Arc] | None]:
        """Costs may be negative: labels are corrected until none improves."""
        best: list[int | None] = [None] * len(self.arcs)
        via: list[Arc | None] = [None] * len(self.arcs)
        best[self.SOURCE] = 0
        queue, queued = deque([self.SOURCE]), {self.SOURCE}
        while queue:
            vertex = queue.popleft()
            queued.discard(vertex)
            for arc in self.arcs[vertex]:
                cost = (best[vertex] or 0) + arc.cost
                known = best[arc.end]
                if arc.capacity > 0 and (known is None or cost < known):
                    best[arc.end], via[arc.end] = cost, arc
                    if arc.end not in queued:
                        queue.append(arc.end)
                        queued.add(arc.end)
        return self._traced(best, via)

    def _traced(self, best: list[int | None], via: list[Arc | None]) -> tuple[int, list[Arc] | None]:
        cost = best[self.SINK]
        if cost is None:
            return 0, None
        path: list[Arc] = []
        vertex = self.SINK
        while vertex != self.SOURCE:
            arc = via[vertex]
            if arc is None:
                return 0, None
            path.append(arc)
            vertex = self.arcs[arc.end][arc.reverse].end
        return cost, path[::-1]
