"""What laws of renewals are tried on: rules, holdings and histories made by chance, small trees and activities."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from pmcareer.dates import Length
from pmcareer.model.certifications import Certification, Eligibility, Level, Lifecycle, LifecycleStatus, Study
from pmcareer.model.figures import Figure
from pmcareer.model.ids import CategoryId, CertificationId, IssuerId, RuleId
from pmcareer.model.people import EventKind, Holding, HoldingEvent, UnitEntry
from pmcareer.model.renewal_rules import (
    AfterEnd,
    Category,
    Cycle,
    CycleStart,
    LastDay,
    NextFrom,
    Phase,
    RenewalRule,
    Route,
    RouteKind,
    Units,
)
from pmcareer.renewals.allocation import Demand, Place, Supply
from pmcareer.renewals.categories import Node, Tree
from pmcareer.timeline import Timeline

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
LENGTHS = st.integers(6, 60).map(lambda months: Length(months=months))

AFTER_ENDS = st.lists(
    st.builds(
        AfterEnd,
        phase=st.sampled_from([Phase.REPORTING_GRACE, Phase.EARNING_GRACE, Phase.SUSPENDED]),
        length=st.integers(1, 12).map(lambda months: Figure(Length(months=months))),
    ),
    max_size=3,
).map(tuple)


def certification(id_: str = "cert", issuer: str = "issuer") -> Certification:
    """A certification of which only the id and the issuer matter."""
    return Certification(
        id=CertificationId(id_),
        name=id_,
        issuer=IssuerId(issuer),
        level=Level.PROFESSIONAL,
        lifecycle=Timeline.always(Lifecycle(LifecycleStatus.ACTIVE)),
        eligibility=Timeline.always(Eligibility()),
        study=Study(Figure(Decimal(10))),
        renewal=(RuleId("rule"),),
    )


def rule(cycle: Cycle, **more: object) -> RenewalRule:
    """A rule by its cycle, renewed by credits from the previous end unless told otherwise."""
    said: dict[str, object] = {
        "routes": (Route(RouteKind.CREDITS, Figure(NextFrom.PREVIOUS_END)),),
        **more,
    }
    return RenewalRule(RuleId("rule"), "a rule", cycle, **said)  # type: ignore[arg-type]


CYCLES = st.builds(
    Cycle,
    length=LENGTHS.map(Figure),
    last_day=st.sampled_from([Figure(kind) for kind in LastDay]),
    starts=st.sampled_from([Figure(kind) for kind in CycleStart]),
)

RULES = st.builds(lambda cycle, phases: rule(cycle, after_end=phases), CYCLES, AFTER_ENDS)

EVENTS = st.builds(
    HoldingEvent,
    on=DAYS,
    kind=st.sampled_from(list(EventKind)),
    route=st.sampled_from(["", "credits", "same-exam", "non-practising", "no such route"]),
    until=st.none() | DAYS,
)


def holdings(ids: st.SearchStrategy[str]) -> st.SearchStrategy[Holding]:
    """Holdings with whatever events, in any order, sensible or not."""
    return st.builds(
        Holding,
        id=ids.map(CertificationId),
        earned=st.none() | DAYS,
        renewed=st.lists(DAYS, max_size=3).map(tuple),
        events=st.lists(EVENTS, max_size=5).map(tuple),
        issuer_says_expires=st.none() | DAYS,
    )


ENTRIES = st.builds(
    UnitEntry,
    on=DAYS,
    hours=st.integers(1, 160).map(lambda quarters: Decimal(quarters) / 4),
    category=st.sampled_from(["", "education", "education/power-skills", "ways-of-working", "giving-back", "group-a"]),
    topic=st.sampled_from(["", "agile", "risk"]),
)


# --- small allocations ------------------------------------------------------------------------------------------------


@st.composite
def trees(draw: st.DrawFn, *, in_years: bool = False) -> Tree:
    """Up to three categories, one of them perhaps below another, with small floors and ceilings.

    As in the rules of issuers, nothing that has a ceiling holds anything that has a floor: then what is missing under
    the floors can always be earned.
    """
    count = draw(st.integers(0, 3))
    nodes: list[Node] = []
    for index in range(count):
        below = draw(st.booleans())
        parent = nodes[0].path if nodes and below else ""
        ceiling = draw(st.integers(0, 4))
        bound = Fraction(ceiling) if ceiling < 4 else None
        under_ceiling = any(node.path == parent and node.ceiling is not None for node in nodes)
        floor = draw(st.integers(0, 0 if under_ceiling else min(3, ceiling)))
        path = f"{parent}/c{index}" if parent else f"c{index}"
        category = Category(CategoryId(f"c{index}"), f"c{index}")
        nodes.append(Node(path, path, parent, Fraction(floor), bound, in_years, category))
    total = draw(st.integers(0, 6))
    return Tree(Fraction(total), tuple(nodes))


@st.composite
def allocations(draw: st.DrawFn) -> tuple[list[Demand], list[Supply]]:
    """One or two demands with a few small activities that each fit some of their places."""
    demands = [draw(_demands()) for _ in range(draw(st.integers(1, 2)))]
    places = [
        Place(index, path, year)
        for index, demand in enumerate(demands)
        for path in ("", *(node.path for node in demand.tree.nodes))
        for year in range(len(demand.open_years))
    ]
    supplies = [
        Supply(
            Fraction(draw(st.integers(1, 3))),
            tuple(sorted(draw(st.sets(st.sampled_from(places), min_size=1, max_size=3)))),
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    return demands, supplies


@st.composite
def _demands(draw: st.DrawFn) -> Demand:
    """A demand for a cycle as a whole, or one whose floors hold for each of two years."""
    if draw(st.booleans()):
        return Demand(draw(trees()))
    tree = draw(trees(in_years=True))
    return Demand(tree, (True, True), Fraction(draw(st.integers(1, 3))))


UNITS = Units("PDU", Figure(Decimal(20)), shared="issuer")
