"""Laws of profile edits: what was written stays, byte for byte, and what the text says grows by exactly the change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.laws.model_strategies import days, ids, values, without_origins
from tests.laws.profile_texts import texts_of
from tests.laws.yaml_writing import tree

from pmcareer.model.people import Baseline, Goal, Holding, HoldingEvent, Profile, Stint, StudyPlan, UnitEntry, Unmatched
from pmcareer.problems import Problem
from pmcareer.profiles import layout
from pmcareer.profiles.changes import (
    AddEvent,
    AddHolding,
    AddRenewed,
    AddStint,
    AddUnits,
    AddUnmatched,
    Change,
    SetBaseline,
    SetEarned,
    SetExpires,
    SetNamespace,
    SetValue,
    changed,
)
from pmcareer.profiles.edits import edit
from pmcareer.reading.typed import parse_document

PARSERS: dict[str, Any] = {"libyaml": yaml.CSafeLoader, "pure": yaml.SafeLoader}


@st.composite
def changes(draw: st.DrawFn, profile: Profile) -> tuple[Change, Profile]:
    """A change that fits *profile*, and the profile after it."""
    units, held = profile.units, profile.certifications
    options: list[st.SearchStrategy[tuple[Change, Profile]]] = [
        values(UnitEntry).map(lambda e: (AddUnits(e), replace(profile, units=(*units, e)))),
        values(Holding).map(lambda h: (AddHolding(h, "why: # {"), replace(profile, certifications=(*held, h)))),
        values(Stint).map(lambda s: (AddStint(s, "two\nlines"), replace(profile, roles=(*profile.roles, s)))),
        values(Unmatched).map(lambda u: (AddUnmatched(u), replace(profile, unmatched=(*profile.unmatched, u)))),
    ]
    if profile.goal is None:
        options.append(values(Goal).map(lambda g: (SetValue("goal", g), replace(profile, goal=g))))
    if profile.study.budget is None:
        options.append(values(StudyPlan).filter(lambda s: s.budget is not None).map(lambda s: _budget(profile, s)))
    options.append(ids.filter(lambda i: i not in profile.skills).map(lambda i: _skill(profile, i)))
    if not profile.calendar_namespace:
        options.append(ids.map(lambda n: (SetNamespace(n), replace(profile, calendar_namespace=n))))
    if held:
        options.append(_to_a_holding(profile))
    return draw(st.one_of(options))


def _budget(profile: Profile, study: StudyPlan) -> tuple[Change, Profile]:
    after = replace(profile, study=replace(profile.study, budget=study.budget))
    return SetValue("budget", study.budget, "study"), after


def _skill(profile: Profile, skill: Any) -> tuple[Change, Profile]:
    return SetValue(skill, "working", "skills"), replace(profile, skills={**profile.skills, skill: "working"})


@st.composite
def _to_a_holding(draw: st.DrawFn, profile: Profile) -> tuple[Change, Profile]:
    held = list(profile.certifications)
    at, on, event = draw(st.integers(0, len(held) - 1)), draw(days), draw(values(HoldingEvent))
    options: list[tuple[Change, Holding]] = [
        (AddRenewed(at, on), replace(held[at], renewed=(*held[at].renewed, on))),
        (AddEvent(at, event), replace(held[at], events=(*held[at].events, event))),
    ]
    if held[at].issuer_says_expires is None:
        options.append((SetExpires(at, on), replace(held[at], issuer_says_expires=on)))
    if held[at].earned is None:
        options.append((SetEarned(at, on), replace(held[at], earned=on)))
    change, held[at] = draw(st.sampled_from(options))
    return change, replace(profile, certifications=tuple(held))


@pytest.mark.parametrize("parser", PARSERS)
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_an_edit_says_the_change_and_leaves_the_rest(parser: str, data: st.DataObject) -> None:
    profile = data.draw(values(Profile))
    text = data.draw(texts_of(tree(profile)))
    assert _said(text) == profile, "the text that is edited says what was drawn"
    change, expected = data.draw(changes(profile))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "_LOADER", PARSERS[parser])
        edited, problems = edit(text, change)
    assert list(problems) == []
    assert edited is not None
    assert _said(edited) == expected
    assert changed(profile, change) == expected
    assert _only_added_to(text, edited)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data(), earlier=days, later=days)
def test_an_issuers_day_takes_the_place_of_the_one_before(data: st.DataObject, earlier: date, later: date) -> None:
    held = tuple(replace(one, issuer_says_expires=earlier) for one in data.draw(st.lists(values(Holding), min_size=1)))
    text = data.draw(texts_of(tree(Profile(certifications=held))))
    at = data.draw(st.integers(0, len(held) - 1))
    edited, problems = edit(text, SetExpires(at, later))
    assert list(problems) == [] and edited is not None
    after = (*held[:at], replace(held[at], issuer_says_expires=later), *held[at + 1 :])
    assert _said(edited) == Profile(certifications=after)
    assert len(edited.splitlines()) == len(text.splitlines())


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_baseline_takes_the_place_of_the_one_before(data: st.DataObject) -> None:
    profile, baseline = data.draw(values(Profile)), data.draw(values(Baseline))
    text = data.draw(texts_of(tree(profile)))
    edited, problems = edit(text, SetBaseline(baseline))
    assert list(problems) == []
    assert edited is not None
    assert _said(edited) == replace(profile, baseline=baseline)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_edits_follow_one_another(data: st.DataObject) -> None:
    profile, text = Profile(), ""
    for _ in range(4):
        change, profile = data.draw(changes(profile))
        edited, _ = edit(text, change)
        assert edited is not None
        assert _only_added_to(text, edited)
        text = edited
    assert _said(text) == profile


@given(text=st.text("ab:-?[]{},#&*!|>'\"%@` \t\n\r\x85\u2028é😀", max_size=40))
def test_any_text_gives_a_text_or_a_problem(text: str) -> None:
    edited, problems = edit(text, SetNamespace("n"))
    assert (edited is None) == bool(problems.errors)
    assert edited is None or _only_added_to(text, edited)


def _said(text: str) -> Any:
    document = parse_document(text.encode(), "f", Profile)
    # Drawn amounts may be impossible, and are read all the same.
    drawn = ("field-conflict", "field-value", "file-empty")
    errors: list[Problem] = [p for p in document.problems if p.code not in drawn]
    assert errors == []
    return without_origins(document.value or Profile())


def _only_added_to(old: str, new: str) -> bool:
    """Whether *new* is *old* with at most two pieces put in."""
    start = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
    end = next((i for i, (a, b) in enumerate(zip(old[::-1], new[::-1], strict=False)) if a != b), len(old))
    end = min(end, len(old) - start)
    return old[start : len(old) - end] in new[start : len(new) - end]
