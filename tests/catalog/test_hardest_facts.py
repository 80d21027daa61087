"""The twelve hardest facts, written as YAML and loaded without loss: every value is checked by hand.

The format must hold them whatever the shipped catalog says; so they stand here in full, not in the catalog.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from textwrap import dedent
from typing import TypeVar

from pmcareer.dates import Length
from pmcareer.model.certifications import Certification, Issuer
from pmcareer.model.renewal_rules import (
    Category,
    Cycle,
    CycleStart,
    FeeAnchor,
    LastDay,
    Lifetime,
    NextFrom,
    Phase,
    RenewalRule,
    RouteKind,
    UntilReleaseRetires,
)
from pmcareer.money import Money
from pmcareer.reading.typed import parse_document

T = TypeVar("T")


def rule(text: str) -> RenewalRule:
    return _read(text, RenewalRule)


def issuer(text: str) -> Issuer:
    return _read(text, Issuer)


def cycle(of: RenewalRule) -> Cycle:
    assert isinstance(of.validity, Cycle)
    return of.validity


def _read(text: str, type_: type[T]) -> T:
    document = parse_document(dedent(text).encode(), "hardest.yaml", type_)
    assert [str(problem) for problem in document.problems] == []
    assert document.value is not None
    return document.value


def test_1_peoplecert_transition_and_yearly_cpd() -> None:
    """Known from January 2023; awards until 30 June 2020 end on 1 July 2023; 20 points in each of three years."""
    transition = rule("""
        id: transition
        summary: Earned before July 2020, due on 1 July 2023.
        applies_to: {by: cycle-start, until: 2020-06-30}
        in_force: {from: 2023-01-01}
        validity: {kind: cycle, length: 3 years, last_day: anniversary, first_last_day: 2023-07-01}
        units:
          name: CPD
          total: 60
          entry_minimum: 0.5
          entry_maximum: 15
          yearly: {minimum: 20, year: cycle}
          categories:
            - {id: professional-experience, name: Professional Experience, minimum: 5, per: year}
            - {id: other, name: Any other, maximum: 15, per: year}
        routes:
          - {kind: credits, next_from: previous-end, needs_membership: peoplecert-plus}
          - {kind: same-exam, next_from: event}
          - {kind: suite-exam, next_from: event}
        after_end: [{phase: noted}]
    """)
    first = cycle(transition).first_last_day
    assert first is not None and first.value == date(2023, 7, 1)
    assert transition.in_force.from_ == date(2023, 1, 1) and transition.applies_to.until == date(2020, 6, 30)
    assert transition.units is not None and transition.units.yearly is not None
    assert transition.units.yearly.minimum.value == 20 and transition.units.yearly.year == "cycle"
    assert transition.units.categories[0].minimum is not None and transition.units.categories[0].per == "year"
    assert [r.kind for r in transition.routes] == [RouteKind.CREDITS, RouteKind.SAME_EXAM, RouteKind.SUITE_EXAM]
    assert transition.routes[0].needs_membership == "peoplecert-plus"
    assert transition.routes[1].next_from.value is NextFrom.EVENT
    assert [a.phase for a in transition.after_end] == [Phase.NOTED]


def test_2_comptia_ladder_by_edition() -> None:
    """Cloud+ CV0-002 renews A+ and Linux+; CV0-003 also Network+; lower dates take the higher one's end."""
    ladder = issuer("""
        id: comptia
        name: CompTIA
        cascades:
          - id: cv0-002
            summary: Cloud+ of the second edition.
            when: earned
            of: [comptia-cloud-plus]
            editions: [cv0-002]
            renews: [comptia-a-plus, comptia-linux-plus]
            new_end: same-end
            waives_fees: true
          - id: cv0-003
            summary: Cloud+ of the third edition.
            when: earned
            of: [comptia-cloud-plus]
            editions: [cv0-003]
            renews: [comptia-a-plus, comptia-network-plus, comptia-linux-plus]
            extent: full
          - {id: part, summary: Only in part., when: renewed, of: [a], renews: [b], extent: partial, routes: [credits]}
    """)
    second, third, part = ladder.cascades
    assert second.editions == ("cv0-002",) and "comptia-network-plus" not in second.renews
    assert third.editions == ("cv0-003",) and "comptia-network-plus" in third.renews
    assert second.waives_fees and not third.waives_fees and second.new_end == "same-end"
    assert (part.extent, part.when, part.routes) == ("partial", "renewed", (RouteKind.CREDITS,))


def test_3_scrum_alliance_add_ons_and_acceptance_window() -> None:
    """Full units for the highest, half for the highest of each other track; activities from 2.5 years before."""
    tracks = issuer("""
        id: scrum-alliance
        name: Scrum Alliance
        groups:
          - id: tracks
            name: Tracks
            tracks:
              - {id: scrum-master, members: [csm, a-csm, csp-sm]}
              - {id: product-owner, members: [cspo, a-cspo, csp-po]}
            other_tracks: 0.5
            fee: highest
        rules:
          - id: foundational
            summary: Twenty SEUs in two years.
            validity: {kind: cycle, length: 2 years, last_day: eve}
            window: {opens_after_start: 30 days, activities_before_end: 30 months}
            units: {name: SEU, total: 20, shared: once}
            fees: [{amount: 100 USD, shared_in: tracks, share: highest}]
    """)
    (group,) = tracks.groups
    assert group.other_tracks is not None and group.other_tracks.value == Decimal("0.5")
    assert group.fee == "highest" and group.tracks[0].members == ("csm", "a-csm", "csp-sm")
    window = tracks.rules[0].window
    assert window is not None and window.activities_before_end is not None and window.opens_after_start is not None
    assert window.activities_before_end.value == Length(months=30) and window.opens_after_start.value == Length(days=30)
    assert tracks.rules[0].fees[0].shared_in == "tracks" and tracks.rules[0].fees[0].share == "highest"


def test_4_pmi_practitioner_share_and_topic_rule() -> None:
    """Practitioner at most 8, once a cycle, in proportion to the share worked, never carried; WoW by topic."""
    pmi = rule("""
        id: ccr-60
        summary: Sixty PDUs.
        validity: {kind: cycle, length: 3 years, last_day: eve}
        units:
          name: PDU
          total: 60
          increment: 0.25
          shared: issuer
          categories:
            - id: education
              name: Education
              minimum: 35
              children: [{id: ways-of-working, name: Ways of Working, minimum: 8, by_topic: true}]
            - id: giving-back
              name: Giving Back
              maximum: 25
              children:
                - id: practitioner
                  name: Practitioner
                  maximum: 8
                  once_per_cycle: true
                  proportional: true
                  carries: false
          carry_over: {maximum: 20, earned_within: 12 months}
    """)
    assert pmi.units is not None
    education, giving = pmi.units.categories
    assert _floor(education) == 35 and education.children[0].by_topic
    (practitioner,) = giving.children
    assert practitioner.maximum is not None and practitioner.maximum.value == 8
    assert practitioner.once_per_cycle and practitioner.proportional and not practitioner.carries
    assert pmi.units.increment is not None and pmi.units.increment.value == Decimal("0.25")
    carry = pmi.units.carry_over
    assert carry is not None and carry.earned_within is not None and carry.excess_only
    assert carry.maximum.value == 20 and carry.earned_within.value == Length(months=12)


def test_5_aws_maintain_or_renew() -> None:
    """Maintain adds one year, renew three: per route."""
    aws = rule("""
        id: aws
        summary: Renew for three years or maintain for one.
        validity: {kind: cycle, length: 3 years, last_day: eve}
        routes:
          - {id: renew, kind: same-exam, next_from: event}
          - {id: maintain, kind: assessment, next_from: previous-end, extends: 1 year}
    """)
    renew, maintain = aws.routes
    assert renew.extends is None and renew.next_from.value is NextFrom.EVENT
    assert maintain.extends is not None and maintain.extends.value == Length(months=12)
    assert maintain.next_from.value is NextFrom.PREVIOUS_END


def test_6_oracle_release_bound_expiry() -> None:
    """Inactive a year after the release retires; a release without a known day stays unknown."""
    oracle = rule("""
        id: oracle
        summary: Until a year after the release retires.
        validity:
          kind: release
          after: 1 year
          releases:
            - {edition: oracle-11g, retired: 2019-12-31}
            - {edition: oracle-19c, retired: unknown}
    """)
    assert isinstance(oracle.validity, UntilReleaseRetires)
    assert oracle.validity.after.value == Length(months=12)
    assert [r.retired.value for r in oracle.validity.releases] == [date(2019, 12, 31), None]


def test_7_practice_requirements() -> None:
    """SPC: 160 hours of consulting a year beside units; IPMA: half of the working time in the role."""
    practice = rule("""
        id: practice
        summary: Practice beside units.
        validity: {kind: cycle, length: 1 year, last_day: anniversary}
        practice:
          - {topic: SAFe consulting, hours: 160, per: year}
          - {topic: the role certified, share_of_time: 0.5}
    """).practice
    assert practice[0].hours is not None and practice[0].hours.value == 160 and practice[0].per == "year"
    assert practice[1].share_of_time is not None and practice[1].share_of_time.value == Decimal("0.5")


def test_8_fees_anchored_elsewhere() -> None:
    """ISC2: yearly, on the earliest one's anniversary; ChPP: with the membership, first after a year."""
    fees = rule("""
        id: fees
        summary: Fees with anchors of their own.
        validity: {kind: cycle, length: 3 years, last_day: eve}
        fees:
          - {amount: 135 USD, per: year, anchor: earliest-certification, shared_in: isc2-all, share: one}
          - {amount: 93 GBP, per: year, anchor: membership, first_due: 12 months}
    """).fees
    assert (fees[0].anchor, fees[0].per, fees[0].share) == (FeeAnchor.EARLIEST_CERTIFICATION, "year", "one")
    assert fees[1].anchor is FeeAnchor.MEMBERSHIP and fees[1].first_due == Length(months=12)
    assert fees[1].amount.value == Money(Decimal(93), "GBP")


def test_9_isaca_non_practising() -> None:
    """Calendar years; 50 minutes a unit; away under two years 20 units bring back, longer 120."""
    isaca = rule("""
        id: isaca
        summary: 120 CPE in three calendar years.
        validity: {kind: cycle, length: 3 years, last_day: year-end, starts: next-january}
        units: {name: CPE, total: 120, minutes: 50, shared: issuer, yearly: {minimum: 20, year: calendar}}
        after_end: [{phase: reporting-grace, until_month_day: "02-28"}, {phase: expired}]
        standings:
          - kind: non-practising
            suspends: [units]
            minimum: 1 year
            starts: calendar-year
            comes_back: [{after: 0 days, units: 20}, {after: 2 years, units: 120}]
    """)
    assert cycle(isaca).last_day.value is LastDay.YEAR_END and cycle(isaca).starts.value is CycleStart.NEXT_JANUARY
    assert isaca.units is not None and isaca.units.minutes.value == 50
    (standing,) = isaca.standings
    assert (standing.kind, standing.suspends, standing.minimum) == ("non-practising", ("units",), Length(months=12))
    back = [(b.after, b.units.value if b.units else None) for b in standing.comes_back]
    assert back == [(Length(), Decimal(20)), (Length(months=24), Decimal(120))]
    assert isaca.after_end[0].until_month_day == "02-28"


def test_10_a_disputed_rule() -> None:
    """Project+: lifetime before 1 October 2025, presumed three years after; the rival reading of the rule is kept."""
    found = _read(
        """
        id: comptia-project-plus
        name: Project+
        issuer: comptia
        level: entry
        lifecycle: {status: active}
        eligibility: {}
        study: {hours: 60}
        renewal: [for-life, presumed]
        rules:
          - {id: for-life, summary: For life., applies_to: {until: 2025-09-30}, validity: {kind: lifetime}}
          - id: presumed
            summary: Presumed to be three years.
            applies_to: {from: 2025-10-01}
            standing: unverified
            validity: {kind: cycle, length: 3 years, last_day: anniversary}
            disputes:
              - {summary: Others say that it does not expire., rule: for-life, standing: unverified}
        """,
        Certification,
    )
    before, after = found.rules
    assert isinstance(before.validity, Lifetime) and before.applies_to.until == date(2025, 9, 30)
    assert after.applies_to.from_ == date(2025, 10, 1) and after.provenance.standing == "unverified"
    assert after.disputes[0].rule == "for-life" and "does not expire" in after.disputes[0].summary


def test_11_a_literal_transition_date_beside_rivals() -> None:
    """A literal day may itself be disputed: 1 July against 1 June 2023."""
    literal = rule("""
        id: literal
        summary: Due on a day.
        validity:
          kind: cycle
          length: 3 years
          last_day: anniversary
          first_last_day: {value: 2023-07-01, alternatives: [{value: 2023-06-01, note: two outlets; a slip of the pen}]}
    """)
    first = cycle(literal).first_last_day
    assert first is not None and [rival.value for rival in first.alternatives] == [date(2023, 6, 1)]


def test_12_pmi_eve_of_the_anniversary_with_its_rival() -> None:
    """The last day is the eve; PMI's notice of 2008 printed the anniversary: kept as the rival."""
    eve = rule("""
        id: eve
        summary: Three years, ending on the eve.
        validity:
          kind: cycle
          length: 3 years
          last_day: {value: eve, alternatives: [{value: anniversary, note: notice of 2008}]}
    """)
    assert cycle(eve).last_day.value is LastDay.EVE
    assert [rival.value for rival in cycle(eve).last_day.alternatives] == [LastDay.ANNIVERSARY]


def _floor(category: Category) -> Decimal | None:
    return category.minimum.value if category.minimum else None
