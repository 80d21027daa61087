"""What it costs that nobody idles: studies follow one another from day 0, so what needs no experience is earned early
and must be renewed, unless other studies are put before it, which cost money too."""

from __future__ import annotations

from heapq import heappop, heappush

from pmcareer.planning.packages import Packages, bits
from pmcareer.planning.problem import Paper, Problem

MOST_HALVINGS = 2


class Unidle:
    """A lower bound for plans that arrive on ``arrival`` exactly and cost no more than some amount."""

    def __init__(self, problem: Problem, packages: Packages, arrival: int) -> None:
        self.problem = problem
        self.arrival = arrival
        self.prices = [
            [(o.cost, [way.papers for way in packages.alternatives(o.requires)]) for o in paper.options]
            for paper in problem.papers
        ]
        self.flat = [_flat(offers) for offers in self.prices]
        self.held = problem.held_cost(arrival)
        self.still = (0,) * len(problem.kind_names)
        self._known: dict[tuple[int, int, int], int] = {}

    def cost(self, papers: int, least: int, most: int) -> int:
        """The least cost of a plan that earns *papers* among others and is known to cost *least* for them alone; exact
        only where that is at most *most*."""
        key = (papers, least, most)
        if key not in self._known:
            self._known[key] = least if least > most else max(least, self._cheapest(papers, most - least, most))
        return self._known[key]

    def _cheapest(self, papers: int, spare: int, most: int) -> int:
        """The least cost of *papers* and of fillers for at most *spare* together: spans of what the fillers cost, each
        bounded by its cheapest end and by what its dearest could spare, halved while that is not too dear."""
        spans = [(self._with_fillers(papers, 0), 0, 0)]
        fillers = [price for price, _ in self._affordable(papers, spare)[1]]
        cheapest, spare = min(fillers, default=0), min(spare, sum(fillers))
        if fillers:
            heappush(spans, (cheapest + self._with_fillers(papers, spare), cheapest, spare))
        for _ in range(MOST_HALVINGS):
            bound, low, high = spans[0]
            if bound > most or low == high:
                break
            heappop(spans)
            high = min(high, most - (bound - low))  # dearer fillers would leave too little
            if low > high:
                heappush(spans, (most + 1, low, low))
                continue
            middle = (low + high) // 2
            heappush(spans, (low + self._with_fillers(papers, middle), low, middle))
            if middle < high:
                heappush(spans, (middle + 1 + self._with_fillers(papers, high), middle + 1, high))
        return spans[0][0]

    def _with_fillers(self, papers: int, spare_money: int) -> int:
        """The least cost where other studies for at most *spare_money* may be added."""
        within, others = self._affordable(papers, spare_money)
        prices = self.held + sum(self._price(n, within) for n in bits(papers))
        mine = [self.problem.papers[n] for n in bits(papers)]
        upkeep = sum(paper.upkeep for paper in mine)
        upkeep += _most_for(spare_money, [(price, paper.upkeep) for price, paper in others])
        hours = self.problem.hours - self.problem.held_upkeep - self.problem.held_upkeep_today - upkeep
        if hours <= 0:
            return prices
        longest = sum(_days(paper, hours) for paper in mine)
        longest += _most_for(spare_money, [(price, _days(paper, hours)) for price, paper in others])
        return prices + self._renewals(papers, longest)

    def _affordable(self, papers: int, spare_money: int) -> tuple[int, list[tuple[int, Paper]]]:
        """What else could be earned for *spare_money*: all certifications within reach, and the price of each other."""
        within, before = (1 << len(self.problem.papers)) - 1, -1
        while within != before:
            before, others = within, []
            within = papers
            for number in bits(before & ~papers):
                price = self._price(number, before)
                if price <= spare_money:
                    within |= 1 << number
                    others.append((price, self.problem.papers[number]))
        return within, others

    def _price(self, number: int, within: int) -> int:
        """The least price for someone who has at most the certifications *within*."""
        flat = self.flat[number]
        if flat is not None:
            return flat
        return min(cost for cost, ways in self.prices[number] if any(not papers & ~within for papers in ways))

    def _renewals(self, papers: int, longest: int) -> int:
        """Fees of what is earned as soon as it has been studied, where all studies end by day *longest*."""
        total, mask, latest = 0, 0, longest
        left = set(bits(papers))
        while left:
            able = {n for n in left if self._eligible(n, mask)}
            if not able:
                return total
            latest += max(self.problem.papers[n].lead for n in able)
            for number in able:
                paper = self.problem.papers[number]
                total += paper.keeping(max(0, self.arrival - latest))
                mask |= 1 << number
            left -= able
        return total

    def _eligible(self, number: int, mask: int) -> bool:
        none = [-(1 << 40)] * len(self.problem.kind_names)
        return self.problem.papers[number].eligible(0, 0, none, self.still, mask) <= 0


def _flat(offers: list[tuple[int, list[int]]]) -> int | None:
    """The least price, where it asks for no certification."""
    cost, ways = min(offers, key=lambda offer: offer[0])
    return cost if 0 in ways else None


def _days(paper: Paper, hours: int) -> int:
    return max(-(-7 * option.hours // hours) for option in paper.options)


def _most_for(money: int, offers: list[tuple[int, int]]) -> int:
    """The most that can be had for the money where parts may be bought, rounded up."""
    total = sum(worth for price, worth in offers if price == 0)
    for price, worth in sorted((o for o in offers if o[0] > 0), key=lambda o: o[1] * (1 << 40) // o[0], reverse=True):
        if price >= money:
            return total - (-worth * money // price)
        total, money = total + worth, money - price
    return total
