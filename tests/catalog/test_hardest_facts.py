"""The twelve hardest facts of this field, each written as a file would have it and read without loss.

What is asserted was taken from what the issuers publish, by hand; nothing here comes from the shipped catalog.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from textwrap import dedent
from typing import Any

from tests.unit.reading.reading import accepted

from pmcareer.dates import Length
from pmcareer.model.certifications import Issuer, Membership
from pmcareer.model.figures import Figure
from pmcareer.model.renewal_rules import (
    Cascade,
    CycleStart,
    FeeAnchor,
    LastDay,
    NextFrom,
    Phase,
    RenewalGroup,
    RenewalRule,
    RouteKind,
)
from pmcareer.money import Money
from pmcareer.reading.value_codec import Decoder, Encoder


def loaded(text: str, type_: Any) -> Any:
    """The value of a text, which neither the reader nor the cache loses anything of."""
    value = accepted(dedent(text), type_)
    encoder = Encoder()
    cached = json.dumps(encoder.entry(value))
    assert Decoder(encoder.classes).entry(json.loads(cached)) == value
    return value


def figure(value: Figure[Any] | None) -> Any:
    assert value is not None
    assert value.value is not None
    return value.value


def years(n: int) -> Length:
    return Length(months=12 * n)


def test_1_peoplecert_moves_to_renewal_and_asks_cpd_every_year() -> None:
    """Since 2023 everything runs three years; what was awarded before July 2020 ends on 1 July 2023, whatever the day.

    Units are asked for in every year of the cycle, not over the whole; a suite shares the date of its latest exam.
    """
    issuer = loaded(
        """
        id: peoplecert
        name: PeopleCert
        rules:
          - id: for-life
            summary: Without end, until the policy of 2023.
            in_force: {until: 2022-12-31}
            validity: {kind: lifetime}
          - id: transition
            summary: Awarded before July 2020 - renew by 1 July 2023.
            applies_to: {by: earned, until: 2020-06-30}
            in_force: {from: 2023-01-01}
            validity: {kind: cycle, length: 3 years, last_day: anniversary, first_last_day: 2023-07-01}
          - id: three-years
            summary: Three years from the latest exam of the suite.
            applies_to: {by: earned, from: 2020-07-01}
            in_force: {from: 2023-01-01}
            validity: {kind: cycle, length: 3 years, last_day: anniversary}
            units:
              name: CPD point
              total: 60
              minutes: 60
              entry_minimum: 0.5
              entry_maximum: 15
              yearly: {minimum: 20, year: cycle, binding: true}
              categories: [{id: experience, name: Professional experience, per: year, minimum: 5}]
              shared: suite
            routes:
              - {kind: suite-exam, next_from: event}
              - {kind: same-exam, next_from: event}
              - {kind: credits, next_from: previous-end, needs_membership: peoplecert-plus}
            after_end: [{phase: noted}]
        groups:
          - {id: ppm, name: PPM suite, members: [prince2-foundation, msp-foundation], aligned: latest-exam,
             in_force: {from: 2023-01-01}}
        memberships: [{id: peoplecert-plus, name: Plus, prices: [{amount: unknown}]}]
        """,
        Issuer,
    )
    life, transition, now = issuer.rules
    assert life.in_force.until == date(2022, 12, 31)
    assert transition.applies_to.until == date(2020, 6, 30)
    assert figure(transition.validity.first_last_day) == date(2023, 7, 1)
    assert (now.applies_to.from_, now.in_force.from_) == (date(2020, 7, 1), date(2023, 1, 1))
    assert now.units.yearly.binding
    assert (figure(now.units.yearly.minimum), now.units.yearly.year) == (Decimal(20), "cycle")
    assert (figure(now.units.categories[0].minimum), now.units.categories[0].per) == (Decimal(5), "year")
    assert [route.kind for route in now.routes] == [RouteKind.SUITE_EXAM, RouteKind.SAME_EXAM, RouteKind.CREDITS]
    assert [figure(route.next_from) for route in now.routes] == [NextFrom.EVENT, NextFrom.EVENT, NextFrom.PREVIOUS_END]
    assert now.routes[2].needs_membership == "peoplecert-plus"
    assert now.after_end[0].phase is Phase.NOTED  # it stays a certificate, marked as not current
    assert issuer.groups[0].aligned == "latest-exam"
    assert issuer.memberships[0].prices[0].amount.value is None


def test_2_comptias_ladder_depends_on_the_edition() -> None:
    """Cloud+ CV0-002 renews A+ and Linux+, CV0-003 Network+ besides; a partial renewal does not waive the fees."""
    older, newer, partial = loaded(
        """
        - id: cloud-cv0-002
          summary: Cloud+ CV0-002 renews A+ and Linux+.
          when: earned
          of: [comptia-cloud-plus]
          editions: [cv0-002]
          renews: [comptia-a-plus, comptia-linux-plus]
          waives_fees: true
        - id: cloud-cv0-003
          summary: Cloud+ CV0-003 renews A+, Network+ and Linux+.
          when: earned
          of: [comptia-cloud-plus]
          editions: [cv0-003, cv0-004]
          renews: [comptia-a-plus, comptia-network-plus, comptia-linux-plus]
          waives_fees: true
        - id: partly
          summary: Counts in part.
          when: earned
          of: [comptia-project-plus]
          renews: [comptia-security-plus]
          extent: partial
        """,
        tuple[Cascade, ...],
    )
    assert older.editions == ("cv0-002",)
    assert set(newer.renews) - set(older.renews) == {"comptia-network-plus"}
    assert older.new_end == "same-end"  # the lower ones take the date of the higher
    assert (older.waives_fees, partial.waives_fees) == (True, False)
    assert (older.extent, partial.extent) == ("full", "partial")


def test_3_scrum_alliance_asks_half_for_other_tracks_and_looks_back_further_than_the_cycle() -> None:
    """The highest certification in full, the highest of each further track by half, one fee, that of the highest."""
    group = loaded(
        """
        id: sa-tracks
        name: Scrum Alliance tracks
        tracks:
          - {id: scrum-master, members: [csm, a-csm, csp-sm]}
          - {id: product-owner, members: [cspo, a-cspo, csp-po]}
        other_tracks: 0.5
        fee: highest
        """,
        RenewalGroup,
    )
    rule = loaded(
        """
        id: sa-professional
        summary: 40 SEUs in two years.
        validity: {kind: cycle, length: 2 years, last_day: eve}
        window: {opens_after_start: 30 days, activities_before_end: 30 months}
        units: {name: SEU, total: 40, shared: once}
        routes: [{kind: credits, next_from: {value: previous-end, standing: unverified, because: Not said anywhere.}}]
        fees: [{amount: 250 USD, shared_in: sa-tracks, share: highest}]
        """,
        RenewalRule,
    )
    assert figure(group.other_tracks) == Decimal("0.5")
    assert group.tracks[1].members == ("cspo", "a-cspo", "csp-po")
    assert figure(rule.window.activities_before_end) == Length(months=30)  # longer than the cycle of 24
    assert figure(rule.window.opens_after_start) == Length(days=30)
    assert rule.units.shared == "once"
    assert (rule.fees[0].shared_in, rule.fees[0].share) == ("sa-tracks", "highest")
    assert rule.routes[0].next_from.provenance.because == "Not said anywhere."


def test_4_pmi_limits_practice_by_the_share_of_the_cycle_and_counts_ways_of_working_by_topic() -> None:
    """Floors within a floor, a ceiling within a ceiling; the practitioner's units once a cycle, never carried over."""
    rule = loaded(
        """
        id: ccr-30
        summary: 30 PDUs in three years.
        validity: {kind: cycle, length: 3 years, last_day: eve}
        units:
          name: PDU
          total: 30
          increment: 0.25
          shared: issuer
          categories:
            - id: education
              name: Education
              minimum: 18
              children:
                - {id: ways-of-working, name: Ways of Working, minimum: 4, by_topic: true}
                - {id: power-skills, name: Power Skills, minimum: 4}
                - {id: business-acumen, name: Business Acumen, minimum: 4}
            - id: giving-back
              name: Giving Back
              maximum: 12
              children:
                - {id: practice, name: Working as a Professional, maximum: 4, once_per_cycle: true,
                   proportional: true, carries: false}
          carry_over: {maximum: 10, earned_within: 12 months}
        """,
        RenewalRule,
    )
    education, giving_back = rule.units.categories
    assert (figure(education.minimum), [figure(c.minimum) for c in education.children]) == (18, [4, 4, 4])
    assert [c.by_topic for c in education.children] == [True, False, False]
    (practice,) = giving_back.children
    assert (figure(giving_back.maximum), figure(practice.maximum)) == (12, 4)
    assert (practice.proportional, practice.once_per_cycle, practice.carries) == (True, True, False)
    assert rule.units.increment is not None
    assert figure(rule.units.increment) == Decimal("0.25")
    assert (figure(rule.units.carry_over.maximum), figure(rule.units.carry_over.earned_within)) == (
        10,
        Length(months=12),
    )
    assert rule.units.carry_over.excess_only


def test_5_aws_lets_choose_between_renewing_for_three_years_and_maintaining_for_one() -> None:
    rule = loaded(
        """
        id: aws
        summary: Three years by an exam, or one year by maintaining it.
        validity: {kind: cycle, length: 3 years, last_day: anniversary}
        routes:
          - {kind: same-exam, next_from: unknown}
          - {kind: higher-exam, next_from: unknown, certifications: [aws-sap]}
          - {kind: assessment, id: maintain, next_from: unknown, extends: 1 year, note: Through Skill Builder.}
        after_end: [{phase: expired}]
        """,
        RenewalRule,
    )
    exam, higher, maintain = rule.routes
    assert exam.extends is None  # one whole cycle
    assert figure(maintain.extends) == years(1)
    assert higher.certifications == ("aws-sap",)
    assert all(route.next_from.value is None for route in rule.routes)  # from which day, AWS does not say
    assert not exam.next_from.known


def test_6_oracles_validity_hangs_on_the_release() -> None:
    """Active until a year after the release retires; a day that is not announced is unknown, not never."""
    rule = loaded(
        """
        id: oracle
        summary: Until a year after its release is retired.
        validity:
          kind: release
          after: 1 year
          releases: [{edition: oracle-11g, retired: 2020-12-31}, {edition: oracle-19c, retired: unknown}]
        """,
        RenewalRule,
    )
    assert rule.validity.kind == "release"
    assert figure(rule.validity.after) == years(1)
    retired, running = rule.validity.releases
    assert (retired.edition, figure(retired.retired)) == ("oracle-11g", date(2020, 12, 31))
    assert running.retired.value is None


def test_7_practice_is_asked_for_beside_units() -> None:
    """SPC: 160 hours of consulting a year beside 40 hours; IPMA: half of one's working time beside 35 hours a year."""
    spc, ipma = loaded(
        """
        - id: spc
          summary: 40 hours and 160 hours of practice a year.
          validity: {kind: cycle, length: 1 year, last_day: eve}
          units: {name: hour, total: 40}
          practice: [{topic: SAFe consulting, hours: 160, per: year}]
        - id: ipma
          summary: 35 hours a year for five years, and half of the time in the role.
          validity: {kind: cycle, length: 5 years, last_day: eve}
          units: {name: CPD hour, total: 175, yearly: {minimum: 35, year: cycle}}
          practice: [{topic: the role certified, share_of_time: 0.5}]
        """,
        tuple[RenewalRule, ...],
    )
    assert (figure(spc.practice[0].hours), spc.practice[0].per, spc.practice[0].share_of_time) == (160, "year", None)
    assert (figure(ipma.practice[0].share_of_time), ipma.practice[0].hours) == (Decimal("0.5"), None)
    assert figure(ipma.units.total) == 5 * figure(ipma.units.yearly.minimum)


def test_8_fees_are_anchored_elsewhere_than_the_cycle() -> None:
    """ISC2: one fee a year for all, on the earliest anniversary; ChPP: first due a year after, members' elsewhere."""
    isc2, chpp = loaded(
        """
        - id: isc2
          summary: One maintenance fee for all.
          validity: {kind: cycle, length: 3 years, last_day: eve}
          fees: [{amount: 135 USD, per: year, anchor: earliest-certification, shared_in: isc2-members, share: one}]
        - id: chpp
          summary: A yearly registration.
          validity: {kind: cycle, length: 1 year, last_day: unknown}
          fees:
            - {amount: 93 GBP, per: year, anchor: cycle-year, first_due: 12 months}
            - {amount: 93 GBP, per: year, anchor: membership, tier: member, membership: apm, first_due: 12 months}
        """,
        tuple[RenewalRule, ...],
    )
    (one,) = isc2.fees
    assert (one.anchor, one.share, one.per) == (FeeAnchor.EARLIEST_CERTIFICATION, "one", "year")
    others, members = chpp.fees
    assert (others.anchor, members.anchor) == (FeeAnchor.CYCLE_YEAR, FeeAnchor.MEMBERSHIP)
    assert others.first_due == members.first_due == Length(months=12)
    assert (members.tier, members.membership) == ("member", "apm")
    assert figure(members.amount) == Money(Decimal(93), "GBP")
    assert not chpp.validity.last_day.known


def test_9_isaca_members_may_stop_practising_and_what_coming_back_asks_depends_on_the_absence() -> None:
    rule = loaded(
        """
        id: isaca
        summary: 20 CPE in every calendar year and 120 in three.
        validity: {kind: cycle, length: 3 years, last_day: year-end, starts: next-january}
        units: {name: CPE, total: 120, minutes: 50, yearly: {minimum: 20, year: calendar}, shared: issuer}
        fees:
          - {amount: 85 USD, per: year, anchor: calendar-year}
          - {amount: 45 USD, per: year, anchor: calendar-year, tier: member, membership: isaca}
        after_end: [{phase: reporting-grace, until_month_day: "02-28"}, {phase: expired}]
        standings:
          - kind: non-practising
            suspends: [units]
            minimum: 1 year
            starts: calendar-year
            comes_back: [{after: 0 days, units: 20}, {after: 2 years, units: 120}]
        """,
        RenewalRule,
    )
    assert (figure(rule.validity.last_day), figure(rule.validity.starts)) == (LastDay.YEAR_END, CycleStart.NEXT_JANUARY)
    assert figure(rule.units.minutes) == 50  # fifty minutes make one unit
    assert (figure(rule.units.yearly.minimum), rule.units.yearly.year) == (20, "calendar")
    (standing,) = rule.standings
    assert standing.suspends == ("units",)  # the fee is still due
    assert (standing.minimum, standing.starts) == (years(1), "calendar-year")
    assert [(r.after, figure(r.units)) for r in standing.comes_back] == [(Length(), 20), (years(2), 120)]
    grace, expired = rule.after_end
    assert (grace.until_month_day, expired.phase) == ("02-28", Phase.EXPIRED)


def test_10_a_rule_may_be_disputed() -> None:
    """Project+ earned from October 2025 on: presumed to run three years, while others hold it to be for life."""
    rule = loaded(
        """
        id: project-plus-from-2025-10
        summary: Three years, presumed.
        applies_to: {by: earned, from: 2025-10-01}
        validity:
          kind: cycle
          length: {value: 3 years, standing: unverified, because: "One page announces it; CompTIA's own was not found."}
          last_day: anniversary
        units: {name: CEU, total: unknown}
        fees: [{amount: unknown, per: year, anchor: cycle-year}]
        disputes:
          - summary: It never expires.
            rule: comptia-good-for-life
            rivals: [{value: good for life, source: global-knowledge-2021, read: 2026-11-23, standing: secondary}]
        """,
        RenewalRule,
    )
    assert rule.applies_to.from_ == date(2025, 10, 1)
    assert rule.validity.length.provenance.standing == "unverified"
    assert rule.units.total.value is None
    assert rule.fees[0].amount.value is None  # never zero
    (dispute,) = rule.disputes
    assert dispute.rule == "comptia-good-for-life"
    (rival,) = dispute.rivals
    assert (rival.value, rival.source, rival.read) == ("good for life", "global-knowledge-2021", date(2026, 11, 23))


def test_11_a_transition_ends_on_a_literal_day_and_its_boundary_is_disputed() -> None:
    """Two outlets print 1 June; the boundary of 30 June 2020 is told in three ways. Rivals stay beside the value."""
    rule = loaded(
        """
        id: transition
        summary: Renew by 1 July 2023.
        applies_to: {by: earned, until: 2020-06-30}
        in_force: {from: 2023-01-01}
        validity:
          kind: cycle
          length: 3 years
          last_day: anniversary
          first_last_day:
            value: 2023-07-01
            source: spoce-2023
            alternatives: [{value: 2023-06-01, source: trakinntech, note: Against more than six others.}]
        """,
        RenewalRule,
    )
    first = rule.validity.first_last_day
    assert figure(first) == date(2023, 7, 1)
    assert [(rival.value, rival.note) for rival in first.alternatives] == [
        (date(2023, 6, 1), "Against more than six others.")
    ]
    assert figure(rule.validity.length) == years(3)  # later cycles follow from the literal day


def test_12_pmis_last_day_is_the_eve_of_the_anniversary() -> None:
    """And a year of suspension follows it; membership prices differ by region and by day."""
    rule, membership = (
        loaded(
            """
        id: ccr-60
        summary: 60 PDUs in three years.
        applies_to: {by: cycle-end, from: 2017-12-01}
        in_force: {from: 2015-12-01}
        validity:
          kind: cycle
          length: 3 years
          last_day:
            value: eve
            source: w10
            alternatives: [{value: anniversary, source: pmi-notice-2008}]
        after_end:
          - {phase: suspended, length: 12 months, way_back: Earn what is missing and pay.}
          - {phase: expired, way_back: Apply again and pass the exam.}
        """,
            RenewalRule,
        ),
        loaded(
            """
        id: pmi
        name: PMI membership
        prices:
          - {region: us, amount: 129 USD, joining: 10 USD, until: 2025-12-31}
          - {region: us, amount: 164 USD, from: 2026-01-01}
        """,
            Membership,
        ),
    )
    assert figure(rule.validity.last_day) is LastDay.EVE
    assert rule.validity.last_day.alternatives[0].value is LastDay.ANNIVERSARY
    assert rule.applies_to.by == "cycle-end"
    assert (rule.applies_to.from_, rule.in_force.from_) == (date(2017, 12, 1), date(2015, 12, 1))
    suspended, expired = rule.after_end
    assert (suspended.phase, figure(suspended.length)) == (Phase.SUSPENDED, Length(months=12))
    assert (expired.phase, expired.length) == (Phase.EXPIRED, None)
    first, second = membership.prices
    assert (figure(first.joining), first.until) == (Money(Decimal(10), "USD"), date(2025, 12, 31))
    assert (figure(second.amount), second.from_) == (Money(Decimal(164), "USD"), date(2026, 1, 1))
