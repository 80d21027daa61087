"""What the calendar commands share: which deadlines, with which reminders, and the Agenda of a profile's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pmcareer.cli.options import Common

if TYPE_CHECKING:
    from pmcareer.api.upkeep.calendars import RenewalDates
    from pmcareer.model.catalog import Catalog
    from pmcareer.model.people import Profile
    from pmcareer.views.agenda import Agenda, Entry

# What a plan shows of certifications that are years away: the first cycle, and not the pace of its units.
PLANNED_YEARS = 4
OF_PLANS = frozenset({"renew-by", "fee-due", "window-opens", "yearly-minimum", "suspension-ends", "expires"})

Command = TypeVar("Command", bound=Callable[..., Any])


class RemindersParameter(click.ParamType[Any]):
    """``90d,60d,7d,1d``."""

    name = "reminders"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The reminders, or a usage error that says what is wrong."""
        from pmcareer.views.calendars.reminders import parse_reminders

        try:
            return parse_reminders(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


def deadline_options(command: Command) -> Command:
    """The options that choose deadlines and their reminders."""
    years = click.IntRange(1, 30)
    for option in (
        click.option("--remind", type=RemindersParameter(), help="Reminders before deadlines, such as 90d,60d,7d,1d."),
        click.option("--kinds", help="Only these kinds of deadlines, such as renew-by,fee-due,pace."),
        click.option("--study-blocks", is_flag=True, help="With --plan: a timed entry for each session of study."),
        click.option(
            "--plan", is_flag=True, help="Also the plan to the profile's goal, and the renewals it will bring."
        ),
        click.option("--years", type=years, default=3, show_default=True, help="How far ahead."),
    ):
        command = option(command)
    return command


def profile_agenda(values: dict[str, Any], common: Common) -> tuple[Agenda, RenewalDates, Profile]:
    """The deadlines of the profile as *values* ask for them, and what they come from."""
    from pmcareer.api.loading import load_catalog, load_profile
    from pmcareer.api.upkeep.calendars import namespace_of, renewal_dates
    from pmcareer.views.agenda import Agenda
    from pmcareer.views.calendars.renewals import renewal_entries

    if common.profile is None:
        raise click.UsageError("There is no profile: name one with --profile FILE (or try pmcareer plan -o plan.ics).")
    catalog, profile = load_catalog(common.catalogs), load_profile(common.profile)
    found = renewal_dates(catalog, profile, common.as_of, values["years"])
    kinds = kinds_of(values["kinds"])
    entries: Iterator[Entry] = renewal_entries(found.dates, kinds=kinds, reminders=values["remind"])
    if values["plan"]:
        planned = [e for e in _plan_entries(values, catalog, profile, common) if not kinds or e.key.kind in kinds]
        entries = chain(entries, planned)
    return Agenda("Certification deadlines", namespace_of(profile), common.as_of, entries), found, profile


def _plan_entries(values: dict[str, Any], catalog: Catalog, profile: Profile, common: Common) -> Iterator[Entry]:
    """The milestones of the plan to the profile's goal, its study blocks if asked for, and its first renewals."""
    from pmcareer.api.plans.planning import answer_plan
    from pmcareer.api.plans.requests import Asked, plan_request
    from pmcareer.api.upkeep.calendars import planned_renewal_dates, zone_of
    from pmcareer.views.calendars.plan import plan_entries
    from pmcareer.views.calendars.renewals import renewal_entries
    from pmcareer.views.calendars.studies import study_entries

    asked = Asked(as_of=common.as_of, region=common.region, currency=common.currency)
    answer = answer_plan(catalog, plan_request(catalog, profile, asked))
    yield from plan_entries(answer)
    if values["study_blocks"]:
        yield from study_entries(answer, zone_of(profile))
    planned = planned_renewal_dates(catalog, answer, profile, years=PLANNED_YEARS)
    yield from renewal_entries(planned.dates, kinds=OF_PLANS, reminders=values["remind"])


def deadline_notes(found: RenewalDates, profile: Profile) -> list[str]:
    """What could not be dated and what is wrong with what was recorded."""
    notes = [f"No dates for {name}: its rule is not known." for name in found.undated]
    notes += [str(problem) for problem in found.problems]
    if not profile.calendar_namespace:
        notes.append("Before two people share a calendar, run `pmcareer profile namespace` once.")
    return notes


def kinds_of(text: str | None) -> frozenset[str]:
    """The kinds that an option names; empty: all."""
    from pmcareer.views.agenda import Kind

    asked = frozenset(part.strip() for part in (text or "").split(",") if part.strip())
    known = {kind.value for kind in Kind}
    if unknown := sorted(asked - known):
        raise click.UsageError(f"--kinds: {', '.join(unknown)} is none of {', '.join(sorted(known))}.")
    return asked
