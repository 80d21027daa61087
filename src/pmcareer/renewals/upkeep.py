"""Cheapest upkeep: over some years the renewals of least money, then least hours, that let nothing kept lapse.

Whenever the certification that ends first would lapse, something that renews it is done on its last day. Acting later
is impossible, and acting earlier gains nothing: no route gives a later end for an earlier day. Every state is reached
at its least cost, so the first state found that lasts to the horizon is the cheapest.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import count

from pmcareer.model.ids import CertificationId, IssuerId, RegionId
from pmcareer.model.people import Holding, MembershipHeld
from pmcareer.money import Money, totals
from pmcareer.renewals.cascades import Joint, play
from pmcareer.renewals.fees import Payer
from pmcareer.renewals.last_days import add_within
from pmcareer.renewals.scheme import Scheme
from pmcareer.renewals.shared_fees import earliest_awards
from pmcareer.renewals.status import Status, status_of
from pmcareer.renewals.upkeep_charges import running_fees
from pmcareer.renewals.upkeep_costs import Cost, Effort, Exchange, Till, UpkeepLine, same_currency
from pmcareer.renewals.upkeep_moves import after_move, moves
from pmcareer.renewals.upkeep_state import Keeping, Step, Terms
from pmcareer.renewals.years import YEAR
from pmcareer.values import dataclass

MOST_STATES = 4000
"""So many states of one issuer's certifications are looked at; beyond them the way found is not proven cheapest."""

Members = tuple[CertificationId, ...]

KEEPABLE = frozenset({Status.ACTIVE, Status.DUE, Status.GRACE, Status.SUSPENDED, Status.NOTED})


@dataclass(frozen=True, slots=True)
class Upkeep:
    """The cheapest way to keep certifications up to ``until``, inclusive.

    ``money`` sums the known amounts by currency, ``cost`` compares them in one; lines of unknown amount stand in
    ``steps`` and ``fees`` (yearly fees of cycles that run on). ``savings``: what letting each one lapse would save,
    nothing where it earns its keep by carrying others. ``cannot_keep``: those that nothing known renews. ``proven``:
    that no cheaper way exists among those known.
    """

    until: date
    kept: tuple[CertificationId, ...]
    steps: tuple[Step, ...]
    fees: tuple[UpkeepLine, ...]
    money: tuple[Money, ...]
    cost: Cost
    savings: Mapping[CertificationId, Cost]
    cannot_keep: tuple[CertificationId, ...] = ()
    proven: bool = True


@dataclass(frozen=True, slots=True)
class _Way:
    """The cheapest way for some certifications of one issuer."""

    steps: tuple[Step, ...] = ()
    fees: tuple[UpkeepLine, ...] = ()
    cost: Cost = Cost()
    cannot_keep: tuple[CertificationId, ...] = ()
    proven: bool = True


def cheapest_upkeep(
    holdings: Iterable[Holding],
    scheme: Scheme,
    as_of: date,
    years: int,
    *,
    keep: Iterable[CertificationId] | None = None,
    lacking: Mapping[CertificationId, Fraction | None] | None = None,
    memberships: tuple[MembershipHeld, ...] = (),
    region: RegionId | None = None,
    currency: str = "USD",
    exchange: Exchange | None = None,
) -> Upkeep:
    """The cheapest upkeep of *keep* (default: all that is alive and not let lapse) over *years* from *as_of*.

    *lacking*: the units that the running cycle of each still lacks (absent: all of them). *exchange* turns amounts into
    *currency*; without it amounts in other currencies count as unknown.
    """
    held = tuple(holdings)
    joint, histories, _ = play(scheme, held, as_of)
    payer = Payer(region, memberships, earliest_awards(histories))
    terms = Terms(as_of, payer, exchange or same_currency(currency), currency, lacking or {})
    lapsing = {holding.id for holding in held if holding.let_lapse}
    wanted = set(keep) if keep is not None else set(histories) - lapsing
    alive = tuple(sorted(own for own, history in histories.items() if status_of(history).status in KEEPABLE))
    kept = tuple(own for own in alive if own in wanted)
    until = add_within(as_of, YEAR.times(years))
    ways, savings = [], {}
    for members in _by_issuer(alive, joint):
        keeping = tuple(own for own in members if own in wanted)
        way = _cheapest(joint, keeping, members, until, terms)
        ways.append(way)
        for own in keeping:
            rest = tuple(other for other in keeping if other != own)
            without = _cheapest(joint, rest, members, until, terms)
            savings[own] = way.cost - min(way.cost, without.cost)
    return _upkeep(until, kept, ways, savings)


def _by_issuer(alive: Members, joint: Joint) -> list[Members]:
    found: dict[IssuerId, Members] = {}
    for own in alive:
        issuer = joint.scheme.certifications[own].issuer
        found[issuer] = (*found.get(issuer, ()), own)
    return list(found.values())


def _cheapest(joint: Joint, kept: Members, held: Members, until: date, terms: Terms) -> _Way:
    """The cheapest way for *kept*, by whatever is *held*; what nothing known renews is left out and named."""
    cannot: list[CertificationId] = []
    while kept:
        state, stuck, proven = _search(joint, kept, held, until, terms)
        if state is not None:
            _, cost, lines = state.till.charged(running_fees(state, kept, until, terms), terms.exchange)
            return _Way(state.steps, lines, state.cost + cost, tuple(cannot), proven)
        cannot.append(stuck)
        kept = tuple(own for own in kept if own != stuck)
    return _Way(cannot_keep=tuple(cannot))


def _search(
    joint: Joint, kept: Members, held: Members, until: date, terms: Terms
) -> tuple[Keeping | None, CertificationId, bool]:
    """The cheapest state that lasts to the horizon; or None with the certification at which every way ends."""
    order = count()
    start = Keeping(joint.copied(), Till(), Effort(), Cost())
    frontier: list[tuple[Cost, int, int, Keeping]] = [(start.cost, 0, next(order), start)]
    seen: set[object] = set()
    stuck = kept[0]
    while frontier:
        *_, state = heapq.heappop(frontier)
        end, urgent = state.ends(kept)[0]
        if end >= until:
            return state, urgent, len(seen) <= MOST_STATES
        key = state.key(held)
        if key in seen:
            continue
        seen.add(key)
        following = list(_following(state, urgent, end, (kept, held), terms))
        if not following:
            stuck = urgent
        if len(seen) > MOST_STATES:
            following = sorted(following, key=lambda one: one.cost)[:1]
            frontier.clear()
        for one in following:
            heapq.heappush(frontier, (one.cost, one.early, next(order), one))
    return None, stuck, True


def _following(
    state: Keeping, urgent: CertificationId, end: date, members: tuple[Members, Members], terms: Terms
) -> Iterator[Keeping]:
    """The states after each move that in fact renews the urgent certification; *members*: kept, and held."""
    on = max(end, terms.as_of)
    for move in moves(state, urgent, on, *members, terms):
        one = after_move(state, move, terms)
        if one.joint.replays[urgent].cycles[-1].last_day is None or one.ends((urgent,))[0][0] > end:
            yield one


def _upkeep(
    until: date, kept: tuple[CertificationId, ...], ways: Sequence[_Way], savings: Mapping[CertificationId, Cost]
) -> Upkeep:
    steps = sorted((step for way in ways for step in way.steps), key=lambda step: (step.on, step.renews))
    fees = sorted((line for way in ways for line in way.fees), key=lambda line: (line.on, line.certification))
    lines = [*fees, *(line for step in steps for line in step.lines)]
    cannot = tuple(own for way in ways for own in way.cannot_keep)
    return Upkeep(
        until,
        tuple(own for own in kept if own not in cannot),
        tuple(steps),
        tuple(fees),
        totals(line.amount for line in lines if line.amount is not None),
        sum((way.cost for way in ways), Cost()),
        savings,
        cannot,
        all(way.proven for way in ways),
    )
