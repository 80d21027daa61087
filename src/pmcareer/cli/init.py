"""``pmcareer init``: a profile by questions, or by options and files where nobody can be asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pmcareer.cli.answering import answer, say
from pmcareer.cli.completion import complete_certifications, complete_roles
from pmcareer.cli.dialogue import WELCOME, StoppedError, asker_for, has_a_terminal, hold
from pmcareer.cli.options import Common, common_of, common_options
from pmcareer.cli.output import remove_file, write_private, write_result
from pmcareer.cli.recording import NEW_PROFILE

if TYPE_CHECKING:
    from pmcareer.api.person.interview import Interview

_INTERRUPTED = 130
_FOR_THE_PLAN = ("catalog", "as_of", "format", "output", "strict", "no_color", "quiet")


@click.command(
    epilog="""\b
Examples:
  pmcareer init --profile mine.yaml --yes --region us --role "project coordinator" --since 2024-03 --goal "it pm"
  pmcareer init --profile mine.yaml --answers examples/answers.yaml
"""
)
@click.option("--role", shell_complete=complete_roles, help="What you are now.")
@click.option("--since", metavar="DATE", help="Since when; a month such as 2024-03 will do.")
@click.option("--education", metavar="LEVEL", help="Your highest degree, such as bachelor.")
@click.option(
    *("--hold", "certifications"),
    multiple=True,
    metavar="CERT[:DATE]",
    shell_complete=complete_certifications,
    help="A certification that you hold, and when you earned it; repeatable.",
)
@click.option("--hours-per-week", metavar="N", help="Hours a week for study.")
@click.option("--budget", metavar="AMOUNT", help="The most you want to spend, such as 1500 or '1500 EUR'.")
@click.option("--goal", shell_complete=complete_roles, help="The role that you want.")
@click.option("--by", metavar="DATE", help="By when, at the latest.")
@click.option("--yes", is_flag=True, help="Ask nothing: the options are all that there is to say.")
@click.option("--answers", type=click.Path(path_type=Path), metavar="FILE", help="Ask nothing: take answers from here.")
@click.option("--plain", is_flag=True, help="Plain lines, without suggestions while you type.")
@click.option("--dry-run", is_flag=True, help="Show what would be written as a diff, and write nothing.")
@common_options()
@click.pass_context
def init(context: click.Context, /, **values: Any) -> int:
    """Make a profile by a few questions, and the plan that follows from it.

    An existing profile is completed, never overwritten. Answers are checked as they are given and kept when you stop.
    """
    for_the_plan = {name: values[name] for name in _FOR_THE_PLAN}
    common = common_of(values)
    from pmcareer.api.loading import load_catalog
    from pmcareer.api.person.first_profile import begin, draft_of, take_file, take_options, write_answers

    path = common.profile or NEW_PROFILE
    interview, is_there = begin(load_catalog(common.catalogs), path, common.as_of)
    take_options(interview, _options(values, common))
    if values["answers"]:
        take_file(interview, values["answers"])
    elif not values["yes"] and not _asked(interview, path, is_there=is_there, plain=values["plain"]):
        return _INTERRUPTED
    recording = write_answers(interview, path, dry_run=values["dry_run"])
    if values["dry_run"]:
        from pmcareer.views.person.recording import diff_of

        write_result(common.output, [diff_of(recording).encode("utf-8", "backslashreplace")])
        return 0
    remove_file(draft_of(path))
    if recording.after.goal is None:
        from pmcareer.views.person.first_profile import first_profile_report

        return answer(first_profile_report(recording, common.as_of), common)
    return _planned(context, path, for_the_plan, written=recording.written, common=common)


def _options(values: dict[str, Any], common: Common) -> dict[str, Any]:
    """The options that answer questions, by the questions' keys."""
    keys = ("role", "since", "education", "certifications", "hours_per_week", "budget", "goal", "by")
    given = {"region": common.region, **{key: values[key] for key in keys}}
    return {key: value for key, value in given.items() if value}


def _planned(context: click.Context, path: Path, options: dict[str, Any], *, written: bool, common: Common) -> int:
    """The plan to the profile's goal: what all this was for."""
    from pmcareer.cli.plan import plan

    say([f"Written to {path}." if written else f"{path} says it all already."], common)
    code: int = context.invoke(plan, profile=path, **options)
    return code


# --- asking -----------------------------------------------------------------------------------------------------------


def _asked(interview: Interview, path: Path, *, is_there: bool, plain: bool) -> bool:
    """Ask all that is open; false where the person stopped, with the answers kept."""
    from pmcareer.api.person.first_profile import draft_of, draft_text, take_file

    if not has_a_terminal():
        raise click.UsageError(_without_a_terminal(interview))
    draft = draft_of(path)
    if draft.exists():
        take_file(interview, draft)
        click.echo(f"Going on from {draft}.", err=True)
    if next(interview.open(), None) is None:
        return True
    click.echo(WELCOME, err=True)
    if is_there:
        click.echo(f"{path} is there: what it does not say is asked, what it says stays.", err=True)
    try:
        hold(interview, asker_for(plain=plain), lambda: write_private(draft, [draft_text(interview).encode()]))
    except StoppedError:
        click.echo(f"\nYour answers are kept in {draft}; `pmcareer init` goes on from there.", err=True)
        return False
    return True


def _without_a_terminal(interview: Interview) -> str:
    """What to give instead of answers."""
    options = " ".join(question.option for question in interview.open())
    return (
        f"There is no terminal to ask on. Say --yes with what you want to tell ({options}), "
        "or --answers FILE with one answer a line."
    )
