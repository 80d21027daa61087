"""Float and purpose of steps, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.planning.questions import f

from pmcareer.planning.critical import StepNote, critical_path
from pmcareer.planning.instance import (
    All,
    AnyOf,
    Certification,
    ExperienceDays,
    Holds,
    Instance,
    Move,
    Role,
    Start,
    TenureDays,
    Variant,
)
from pmcareer.planning.plan import Plan
from pmcareer.planning.solver import solve

# One hour a day. r0 --(a)--> r1 --(20 days in r1, b)--> t. "a" takes 5 days, "b" 8, with a lead of 2.
# Fastest: a 0-5, move to r1 on 5, b 5-13, earned 15, arrival 25 (5 + 20 days of tenure).
# "b" may slip by 10 days: earned on 25 at the latest. Everything of "a" and both moves are critical.
ROW = Instance(
    start=Start("r0"),
    target="t",
    roles={"r0": Role(), "r1": Role(frozenset({"k"})), "t": Role()},
    moves=(Move("r0", "r1", Holds("a")), Move("r1", "t", All((TenureDays(20), Holds("b"))))),
    certifications={"a": Certification(f(5), f(1)), "b": Certification(f(8), f(1), lead_days=2)},
    hours_per_week=f(7),
    horizon_days=100,
)


def best(instance: Instance) -> Plan:
    (plan,) = solve(instance).plans
    return plan


def notes(instance: Instance) -> dict[tuple[str, str], StepNote]:
    return {(note.step.kind, note.step.id): note for note in critical_path(instance, best(instance))}


def test_float_is_how_long_a_step_may_wait() -> None:
    found = {key: note.float_days for key, note in notes(ROW).items()}
    assert found == {
        ("study", "a"): 0,
        ("earn", "a"): 0,
        ("move", "r1"): 0,
        ("study", "b"): 10,
        ("earn", "b"): 10,
        ("move", "t"): 0,
    }
    assert [note.critical for note in notes(ROW).values()].count(True) == 4


def test_a_study_delayed_pushes_the_next_one() -> None:
    """Where tenure gives slack to both, the first may slip only as far as the second has room: 0-5, 5-13, lead 2."""
    loose = replace(ROW, moves=(Move("r0", "r1"), Move("r1", "t", All((TenureDays(20), Holds("a"), Holds("b"))))))
    found = {key: note.float_days for key, note in notes(loose).items()}
    assert found[("study", "a")] == found[("study", "b")] == 5
    assert found[("earn", "a")] == 15


def test_purposes() -> None:
    """ "b" is eligible by "a" and shorter by "c"; the move asks "b" and either "c" or 400 days of k."""
    instance = replace(
        ROW,
        moves=(Move("r0", "r1"), Move("r1", "t", All((Holds("b"), AnyOf((Holds("c"), ExperienceDays("k", 400))))))),
        certifications={
            "a": Certification(f(5), f(1)),
            "b": Certification(f(50), f(9), eligibility=Holds("a"), variants=(Variant(Holds("c"), f(6), f(5)),)),
            "c": Certification(f(3), f(1)),
        },
    )
    found = {key: note.serves for key, note in notes(instance).items()}
    assert found[("study", "a")] == (("eligibility", "b"),)
    assert found[("earn", "b")] == (("move", "t"),)
    assert set(found[("earn", "c")]) == {("variant", "b"), ("move", "t")}
    assert found[("move", "r1")] == (("move", "t"),)
    assert found[("move", "t")] == (("target", "t"),)


def test_no_steps_no_notes() -> None:
    there = replace(ROW, start=Start("t"))
    assert critical_path(there, best(there)) == ()
