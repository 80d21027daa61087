"""The questions that ``pmcareer plan`` can be asked together, what it refuses, and Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.cli.in_process import Outcome, invoke
from tests.cli.running import AS_OF, pmcareer

from pmcareer.api.compiling.compiled import Compiled
from pmcareer.api.compiling.compiling import compile_question
from pmcareer.api.compiling.questions import PlanRequest, situation_of
from pmcareer.api.plans import planning, solving
from pmcareer.model.ids import NicheId
from pmcareer.planning import solver
from pmcareer.planning.instance import Instance
from pmcareer.planning.plan import Outcome as Solved
from pmcareer.planning.replay import check

TO = ("plan", "--to", "project-manager", "--as-of", AS_OF)


def answered(folder: Path, *arguments: str) -> dict[str, Any]:
    done = invoke(folder, *arguments, "--format", "json")
    assert done.code == 0, done.error
    document: dict[str, Any] = json.loads(done.out)
    return document


def worth(plan: dict[str, Any]) -> tuple[str, float, int]:
    return plan["arrives"], float(plan["cost"]["amount"]), plan["exams"]


def test_the_trade_offs_hold_the_fastest_and_the_cheapest(tmp_path: Path) -> None:
    plans = answered(tmp_path, *TO, "--pareto", "--brief")["plans"]
    (fastest,) = answered(tmp_path, *TO, "--brief")["plans"]
    (cheapest,) = answered(tmp_path, *TO, "--objective", "cheapest", "--brief")["plans"]
    assert plans[0]["arrives"] == fastest["arrives"] == min(plan["arrives"] for plan in plans)
    assert worth(cheapest)[1] == min(worth(plan)[1] for plan in plans)
    (fewest,) = answered(tmp_path, *TO, "--objective", "fewest-exams", "--brief")["plans"]
    assert fewest["exams"] == min(plan["exams"] for plan in plans)


def test_no_trade_off_betters_another(tmp_path: Path) -> None:
    values = [worth(plan) for plan in answered(tmp_path, *TO, "--pareto", "--brief")["plans"]]
    assert len(values) > 1 and values == sorted(values)
    for one in values:
        assert not any(other != one and _no_worse(other, one) for other in values)


def _no_worse(one: tuple[str, float, int], other: tuple[str, float, int]) -> bool:
    return one[0] <= other[0] and one[1] <= other[1] and one[2] <= other[2]


@pytest.mark.parametrize("niche", [(), ("--niche", "security")])
def test_alternatives_differ_and_say_how(tmp_path: Path, niche: tuple[str, ...]) -> None:
    plans = answered(tmp_path, *TO, *niche, "--alternatives", "3", "--brief")["plans"]
    (alone,) = answered(tmp_path, *TO, *niche, "--brief")["plans"]
    assert worth(plans[0]) == worth(alone)
    assert len(plans) == 3 and plans[0]["differs"] == ""
    parts = [{*plan["roles"], *plan["certifications"]} for plan in plans]
    for place, plan in enumerate(plans[1:], 1):
        assert plan["differs"]
        assert not any(parts[before] <= parts[place] for before in range(place))
        assert plan["arrives"] >= plans[place - 1]["arrives"]


@pytest.mark.parametrize(
    "many", [{"pareto": True}, {"alternatives": 3}, {"alternatives": 3, "niche": NicheId("security")}]
)
def test_every_plan_to_choose_is_lawful(many: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """An auditor that shares no code with the search lives each plan day by day."""
    from tests.catalog.everything import catalog

    request = replace(_request(), **many)
    compiled, outcome = solving.solved(catalog(), request)
    assert len(outcome.plans) > 1
    for plan in outcome.plans:
        assert check(compiled.instance, plan, idle_allowed=request.pareto) == ()


def _request() -> PlanRequest:
    from datetime import date

    from pmcareer.model.ids import RoleId

    return PlanRequest(RoleId("project-manager"), date.fromisoformat(AS_OF))


def test_fewest_exams_and_earnings_say_what_is_proven(tmp_path: Path) -> None:
    (fewest,) = answered(tmp_path, *TO, "--objective", "fewest-exams", "--brief")["plans"]
    assert fewest["proven_optimal"] and fewest["bound"] == f"no plan has fewer than {fewest['exams']} exam"
    document = answered(tmp_path, *TO, "--objective", "earnings", "--brief")
    (plan,) = document["plans"]
    assert plan["earnings"]["currency"] == "USD" and "no plan earns more than" in plan["bound"]
    assert any(unknown["what"] == "pay" and unknown["in_plan"] for unknown in document["unknown"])


def test_what_would_help_equals_asking_again(tmp_path: Path) -> None:
    """Each saving with an option is that of the plan for the same question with that option."""
    question = ("plan", "--from", "project-coordinator", "--to", "project-manager", "--as-of", AS_OF)
    (plan,) = answered(tmp_path, *question)["plans"]
    options = [one for one in plan["would_help"] if one["option"] and one["option"].startswith("--")]
    assert options
    for one in options:
        (again,) = answered(tmp_path, *question, "--brief", *one["option"].split())["plans"]
        assert (one["arrives"], one["cost"]) == (again["arrives"], again["cost"]), one["option"]
        assert one["saves_days"] == plan["days"] - again["days"]


def test_brief_leaves_out_advice_and_nothing_else(tmp_path: Path) -> None:
    full, brief = answered(tmp_path, *TO), answered(tmp_path, *TO, "--brief")
    assert full["plans"][0].pop("would_help") and brief["plans"][0].pop("would_help") == []
    full.pop("price_decides"), brief.pop("price_decides")
    assert full == brief


def test_a_niche_is_held_on_arrival(tmp_path: Path) -> None:
    question = ("plan", "--to", "project-manager", "--niche", "hardware", "--as-of", AS_OF, "--brief")
    (plan,) = answered(tmp_path, *question)["plans"]
    serving = {"comptia-a-plus", "comptia-linux-plus", "comptia-server-plus", "comptia-tech"}
    assert serving & set(plan["certifications"])


def test_a_horizon_reaches_as_far_as_the_deadline(tmp_path: Path) -> None:
    """Twenty-five years away is beyond the usual twenty, and is what was asked."""
    document = answered(tmp_path, *TO, "--by", "2051-11-23", "--brief")
    assert document["plans"]


def test_one_figure_for_two_roles_says_nothing_of_a_raise(tmp_path: Path) -> None:
    done = invoke(tmp_path, "plan", "--from", "project-coordinator", *TO[1:], "--brief")
    assert "both are one figure, of one statistical occupation" in " ".join(done.out.split())


REFUSED: list[tuple[tuple[str, ...], str]] = [
    ((*TO, "--pareto", "--objective", "cheapest"), "leave out --objective"),
    ((*TO, "--pareto", "--alternatives", "2"), "choose one"),
    ((*TO, "--by", "2040-01-01", "--horizon", "3"), "beyond --horizon 3"),
    ((*TO, "--avoid", "project-manager"), "where you want to go"),
    ((*TO, "--from", "pmo-analyst", "--avoid", "pmo-analyst"), "the role you start in"),
    ((*TO, "--hold", "pmp:2025-01-01", "--require", "pmp", "--let-lapse", "pmp"), "required and left to lapse"),
    ((*TO, "--niche", "secrity"), "security"),
    ((*TO, "--member", "pmii"), "pmi"),
    ((*TO, "--alternatives", "0"), "0"),
    ((*TO, "--pareto", "-o", "plan.ics"), "one plan"),
    (("plan", "--to", ""), "--to is empty"),
    (("plan", "--to", "cto", "--require", " "), "--require is empty"),
    (("plan", "--to", "cto", "--region", ""), "--region is empty"),
    (("plan", "--instance", "x.json", "--to", "cto"), "leave out --to"),
    (("plan", "--instance", "x.json", "--by", "2030-01-01", "--avoid", "csm"), "leave out --by, --avoid"),
    (("plan", "--instance", "x.json", "--objective", "fastest"), "leave out --objective"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED, ids=[" ".join(one[0][1:]) for one in REFUSED])
def test_what_contradicts_itself_is_refused_with_its_reason(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = invoke(tmp_path, *arguments)
    assert done.code == 2 and said in done.error, done
    assert done.out == ""


def test_all_contradictions_at_once(tmp_path: Path) -> None:
    done = invoke(tmp_path, *TO, "--pareto", "--objective", "cheapest", "--avoid", "project-manager")
    assert "leave out --objective" in done.error and "where you want to go" in done.error


def test_a_retired_certification_is_named_with_what_took_its_place(tmp_path: Path) -> None:
    document = answered(tmp_path, "plan", "--to", "pmo-manager", "--require", "pmo-cp", "--as-of", AS_OF)
    assert document["plans"] == []
    assert any("pmo-cp is retired since 2025-02-04" in text and "pmi-pmocp" in text for text in document["blocked"])
    assert any("its successor pmi-pmocp instead of pmo-cp" in one["ease"] for one in document["why_not"])


def interrupting(monkeypatch: pytest.MonkeyPatch, *, found_before: bool) -> None:
    """Ctrl-C during the first search, before or after it has found its plan; it then ends as a search does."""

    def interrupted(instance: Instance, *, should_stop: Callable[[], bool], **more: Any) -> Solved:
        found = solver.solve(instance, **more)
        assert not should_stop()
        os.kill(os.getpid(), signal.SIGINT)
        assert should_stop()
        return Solved(found.plans if found_before else (), False, found.bound, "stopped", found.explored)

    monkeypatch.setattr(solving, "solve", interrupted)


def test_ctrl_c_shows_the_best_so_far_with_its_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupting(monkeypatch, found_before=True)
    done = invoke(tmp_path, *TO, "--format", "json")
    document = json.loads(done.out)
    assert done.code == 130 and document["cut_short"] == "interrupted"
    (plan,) = document["plans"]
    assert not plan["proven_optimal"] and "no plan arrives before" in plan["bound"] and plan["would_help"] == []


def test_ctrl_c_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupting(monkeypatch, found_before=True)
    done: Outcome = invoke(tmp_path, *TO)
    assert done.code == 130
    assert "not proven, the search was interrupted, no plan arrives before" in " ".join(done.out.split())


def test_ctrl_c_before_anything_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupting(monkeypatch, found_before=False)
    done = invoke(tmp_path, *TO)
    assert done.code == 130 and "there may be one" in " ".join(done.out.split())


def test_patience_that_ends_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Day 10 is as far as the bound came: 3 December 2026."""

    def cut_short(*arguments: Any, **more: Any) -> tuple[Compiled, Solved]:
        compiled, found = solving.solved(*arguments, **more)
        return compiled, Solved(found.plans, False, Fraction(10), "limit", 1)

    monkeypatch.setattr(planning, "solved", cut_short)
    document = answered(tmp_path, *TO, "--brief")
    assert document["cut_short"] == "patience" and not document["plans"][0]["proven_optimal"]
    assert document["plans"][0]["bound"].startswith("no plan arrives before 2026-12-03")
    words = " ".join(invoke(tmp_path, *TO, "--brief").out.split())
    assert "not proven, the search was cut short, no plan arrives before 2026-12-03" in words


def test_an_instance_with_its_pairs_and_its_alternatives(tmp_path: Path) -> None:
    done = pmcareer(*TO, "--format", "instance", folder=tmp_path)
    (tmp_path / "instance.json").write_text(done.stdout, encoding="utf-8")
    pairs = answered(tmp_path, "plan", "--instance", "instance.json", "--pareto")["plans"]
    several = answered(tmp_path, "plan", "--instance", "instance.json", "--alternatives", "2")["plans"]
    assert pairs == sorted(pairs, key=lambda plan: plan["arrival_day"]) and len(several) == 2


def test_the_compiled_question_knows_the_niche() -> None:
    from tests.catalog.everything import catalog

    request = replace(_request(), niche=NicheId("security"))
    instance = compile_question(catalog(), request, situation_of(request)).instance
    assert "comptia-security-plus" in instance.certifications


def test_another_currency_says_its_rates_and_what_stays_as_published(tmp_path: Path) -> None:
    """Bank of England rates of 1 September 2026, over sterling: PSM I, 200 USD, is 200 * 1.1681 / 1.3554 = 172.36 EUR.

    The survey behind German pay publishes it in US dollars.
    """
    asked = ("plan", "--from", "software-developer", "--to", "project-manager", "--as-of", "2026-11-23", "--brief")
    euros = " ".join(invoke(tmp_path, *asked, "--region", "de", "--currency", "EUR").out.split())
    assert "172.36 EUR" in euros and "1 GBP = 1.3554 USD (2026-09-01) and 1 GBP = 1.1681 EUR (2026-09-01)" in euros
    assert "pay, and single prices quoted from a source, stay as published, in USD" in euros
    assert "Currencies" not in invoke(tmp_path, *asked, "--region", "us").out


def test_what_is_eased_for_a_niche_is_no_more_than_needed(tmp_path: Path) -> None:
    """The niche need not go where more money does: the plan that is offered is there when that money is asked with."""
    asked = ["plan", "--to", "senior-project-manager", "--from", "project-coordinator", "--education", "bachelor"]
    asked += ["--experience", "project-work=24", "--niche", "security", "--as-of", AS_OF]
    refused = answered(tmp_path, *asked, "--budget", "800")
    assert refused["plans"] == []
    (one,) = (why for why in refused["why_not"] if len(why["ease"]) == 1)
    assert "budget above 800" in one["ease"][0]
    (plan,) = answered(tmp_path, *asked, "--budget", one["cost"]["amount"], "--brief")["plans"]
    assert plan["arrives"] == one["arrives"]
