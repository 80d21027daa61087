"""``pmcareer plan --save-baseline`` and ``--against-baseline``: a plan kept as it is, or held against one kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pmcareer.cli.options import Command, Common

if TYPE_CHECKING:
    from pmcareer.api.compiling.questions import PlanRequest
    from pmcareer.api.plans.answers import PlanAnswer
    from pmcareer.model.catalog import Catalog
    from pmcareer.views.report import Report

_USUAL = "<usual>"  # the option without a file; no file of that name is meant
_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--save-baseline",
        is_flag=False,
        flag_value=_USUAL,
        metavar="[FILE]",
        help="Keep this plan to hold later ones against (default: baseline-YYYY-MM.json beside the profile).",
    ),
    click.option(
        "--against-baseline",
        is_flag=False,
        flag_value=_USUAL,
        metavar="[FILE]",
        help="Say what slipped since a plan was kept (default: the profile's baseline).",
    ),
)


def baseline_options(command: Command) -> Command:
    """Give *command* the options about baselines."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def against_baseline_option(command: Command) -> Command:
    """Give *command* the option that holds a plan against a baseline."""
    return _OPTIONS[1](command)  # type: ignore[no-any-return] # a decorator of click


def baseline_named(said: str) -> Path | None:
    """The file that the option names; None: the profile's."""
    return _file(said)


def refuse_beside_files(values: dict[str, Any], written: bool) -> None:
    """A file for other programs has no room for what these options say; *written*: such a file is asked for."""
    said = [name for name in ("save_baseline", "against_baseline") if values[name] is not None]
    said += ["risk"] if values["risk"] else []
    if written and said:
        options = ", ".join(f"--{name.replace('_', '-')}" for name in said)
        raise click.UsageError(f"Such a file has no room for {options}: ask for it by itself.")


def with_baselines(
    report: Report, catalog: Catalog, request: PlanRequest, found: PlanAnswer, values: dict[str, Any], common: Common
) -> tuple[Report, tuple[str, ...]]:
    """The report with what the baseline says of it, where that was asked; and notes on what was saved.

    The old baseline is read before the new one is written, so that both may be asked at once.
    """
    if values["against_baseline"] is not None:
        report = _held_against(report, catalog, request, found, _file(values["against_baseline"]), common)
    if values["save_baseline"] is None:
        return report, ()
    return report, (_saved(catalog, found, _file(values["save_baseline"]), common, force=values["force"]),)


def _file(said: str) -> Path | None:
    return None if said == _USUAL else Path(said)


def _held_against(
    report: Report, catalog: Catalog, request: PlanRequest, found: PlanAnswer, named: Path | None, common: Common
) -> Report:
    from pmcareer.api.baselines.baseline import against, load_baseline
    from pmcareer.views.plans.baseline import with_baseline

    base = load_baseline(named, request.profile, common.profile)
    return with_baseline(report, against(catalog, request, found, base))


def _saved(catalog: Catalog, found: PlanAnswer, named: Path | None, common: Common, *, force: bool) -> str:
    """Write the file, and where there is a profile its word on it."""
    from pmcareer.api.baselines.baseline import baseline_entry, baseline_file, baseline_of
    from pmcareer.cli.output import write_new
    from pmcareer.views.plans.baseline import baseline_text

    baseline = baseline_of(catalog, found)
    path = baseline_file(named, common.profile, common.as_of)
    if common.profile is not None and path.resolve() == common.profile.resolve():
        raise click.UsageError("--save-baseline names the profile itself: name another file.")
    write_new(path, [baseline_text(baseline).encode()], force=force)
    if common.profile is None:
        return f"Baseline saved to {path}."
    from pmcareer.api.person.recording import record

    record(common.profile, lambda _: baseline_entry(baseline.saved, path, common.profile or path))
    return f"Baseline saved to {path}, and named in {common.profile}."
