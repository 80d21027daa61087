"""The command table, and the one place that exits.

Commands are imported when they are called (``cli/lazy.py``). docs/reference/exit-codes.md lists the exit codes.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from pmcareer import __version__
from pmcareer.cli.lazy import CommandTable, LazyGroup
from pmcareer.errors import DataInvalidError, InputUnreadableError, PmcareerError

OUR_FAULT, INTERRUPTED = 70, 130
_SHOWN_PROBLEMS = 50
_YOUNG = 20_000  # objects made before garbage is looked for; Python takes 700

COMMANDS: CommandTable = {
    "init": ("pmcareer.cli.init", "init", "A profile by a few questions, and the plan that follows from it."),
    "plan": ("pmcareer.cli.plan", "plan", "The path to a role: dated, priced, explained."),
    "why": ("pmcareer.cli.why", "why", "What stands between you and a role or a certification."),
    "near": ("pmcareer.cli.near", "near", "What you almost qualify for, by months and money."),
    "compare": ("pmcareer.cli.compare", "compare", "Roles, certifications or plans side by side."),
    "renewals": ("pmcareer.cli.renewals", "renewals", "What you hold: status, units, deadlines, fees, upkeep."),
    "log": ("pmcareer.cli.recording", "log", "Log an activity that counts towards a renewal."),
    "earn": ("pmcareer.cli.recording", "earn", "Write a certification that you earned into the profile."),
    "renew": ("pmcareer.cli.recording", "renew", "Write a renewal into the profile."),
    "import": ("pmcareer.cli.importing", "import_", "Take over what LinkedIn, resumes, badges, transcripts say."),
    "export": ("pmcareer.cli.exporting", "export", "The profile in formats of others: a JSON Resume."),
    "profile": ("pmcareer.cli.profile", "profile", "Check the profile; give its calendars a namespace."),
    "report": ("pmcareer.cli.report", "report", "One page to show: Gantt, cost, pay, units, deadlines, sources."),
    "map": ("pmcareer.cli.map", "map_", "The whole field in one picture, with your way through it."),
    "calendar": ("pmcareer.cli.calendar", "calendar", "Deadlines and milestones as iCalendar files."),
    "method": ("pmcareer.cli.method", "method", "Which way of running a project suits, by published models."),
    "skills": ("pmcareer.cli.skills", "skills", "The gap between your skills and those that a role asks."),
    "catalog": ("pmcareer.cli.catalog", "catalog", "Look into the catalog: roles, certifications, sources."),
    "team": ("pmcareer.cli.team", "team", "HR's questions, asked of a roster."),
    "completion": ("pmcareer.cli.completion", "completion", "Tab completion for bash, zsh and fish."),
}

_EPILOG = """\b
Examples:
  pmcareer plan --to project-manager
  pmcareer plan --from project-coordinator --hold capm:2025-03-01 --to cto
  pmcareer plan --to "it pm" -o plan.ics
  pmcareer renewals --hold pmp:2025-06-15
"""


@click.group(cls=LazyGroup, table=COMMANDS, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pmcareer")
def cli() -> None:
    """Career paths, certifications and renewal deadlines for (IT) project managers."""


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; no failure shows a traceback (set PMCAREER_DEBUG to see one)."""
    gc.set_threshold(_YOUNG)  # most answers are given before anything is worth collecting
    try:
        code = cli.main(args=arguments, prog_name="pmcareer", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except click.exceptions.Exit as leaving:
        code = leaving.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        code = INTERRUPTED
    except PmcareerError as error:
        report(error)
        code = error.exit_code
    except BrokenPipeError:
        _silence_stdout()
        code = 0
    except Exception as error:
        if os.environ.get("PMCAREER_DEBUG"):
            raise
        code = _failed(error)
    sys.exit(_as_code(code))


def _failed(error: Exception) -> int:
    """Say what failed that nobody foresaw; the exit code. What a disk refuses midway is no fault of ours."""
    # The database has an exception of its own for it, and is not imported here.
    if isinstance(error, OSError) or type(error).__name__ == "IOException":
        name = getattr(error, "filename", None)
        what = f"{name}: " if name else ""
        reason = getattr(error, "strerror", None) or str(error).partition("\n")[0]
        report(InputUnreadableError(f"{what}reading or writing failed: {reason}", hint="check the disk and try again"))
        return InputUnreadableError.exit_code
    click.echo(f"Error: this is our fault: {type(error).__name__}: {error}", err=True)
    click.echo("Set PMCAREER_DEBUG=1 to see where, and please report it.", err=True)
    return OUR_FAULT


def report(error: PmcareerError) -> None:
    """Say on stderr what is wrong, where, and what to do."""
    from pmcareer.render.terminal_text import harmless

    if isinstance(error, DataInvalidError):
        for problem in error.problems[:_SHOWN_PROBLEMS]:
            click.echo(harmless(str(problem)), err=True)
        if len(error.problems) > _SHOWN_PROBLEMS:
            click.echo(f"… and {len(error.problems) - _SHOWN_PROBLEMS} more", err=True)
    hint = f" ({error.hint})" if error.hint else ""
    click.echo(f"Error: {harmless(error.message)}{harmless(hint)}", err=True)


def _as_code(result: Any) -> int:
    return result if isinstance(result, int) else 0


def _silence_stdout() -> None:
    """Python flushes stdout once more at exit; a closed pipe would complain there."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
