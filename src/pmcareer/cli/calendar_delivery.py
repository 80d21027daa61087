"""``pmcareer calendar push`` and ``publish``: deadlines on a calendar server, or in a folder to subscribe to."""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pmcareer.cli.answering import answer, say
from pmcareer.cli.deadline_options import deadline_notes, deadline_options, profile_agenda
from pmcareer.cli.options import common_of, common_options
from pmcareer.cli.output import make_folder, write_file, write_private

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from pmcareer.delivery.push import Hands
    from pmcareer.model.calendar_ledger import Ledger

VIEW = "deadlines"

_PUSH_EPILOG = """\b
Examples:
  pmcareer calendar push https://cloud.example.org/dav/calendars/ana/deadlines/ --user ana --dry-run
The password comes from PMCAREER_CALDAV_PASSWORD, the keyring, or a prompt.
"""
_PUBLISH_EPILOG = """\b
Examples:
  pmcareer calendar publish public/calendars
"""


@click.command(epilog=_PUSH_EPILOG)
@click.argument("url")
@click.option("--user", required=True, envvar="PMCAREER_CALDAV_USER", help="Your name on the server.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--force", is_flag=True, help="Put right what people changed or removed there.")
@click.option("--remember", is_flag=True, help="Keep the password in the system's keyring.")
@click.option("--insecure", is_flag=True, help="Allow plain http to another machine.")
@click.option("--state", type=click.Path(path_type=Path), help="Where to remember what was pushed.")
@deadline_options
@common_options()
def push(**values: Any) -> int:
    """Bring your deadlines to a calendar of their own on a CalDAV server; only what changed is sent."""
    common = common_of(values)
    agenda, found, profile = profile_agenda(values, common)
    say(deadline_notes(found, profile), common)
    from pmcareer.api.upkeep.deliveries import push_state
    from pmcareer.delivery import push as pushing
    from pmcareer.delivery.caldav import Collection, checked_address
    from pmcareer.delivery.passwords import password_for, remember
    from pmcareer.views.calendars.deliveries import push_report

    address = checked_address(values["url"], insecure=values["insecure"])
    password = password_for(address, values["user"], _asked_password)
    with Collection(address, values["user"], password) as calendar:
        path = values["state"] or _state_file(calendar.address, agenda.namespace)
        state, hands = push_state(path, calendar.address), _hands(path)
        if values["dry_run"]:
            steps = pushing.plan(agenda, calendar, state, hands, force=values["force"])
        else:
            steps = list(pushing.push(agenda, calendar, state, hands, force=values["force"]))
        if values["remember"]:
            remember(address, values["user"], password)
        report = push_report(steps, calendar.address, common.as_of.isoformat(), dry_run=values["dry_run"])
    return answer(report, common)


@click.command(epilog=_PUBLISH_EPILOG)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--tokens", type=click.Path(path_type=Path), help="Where the secret file names are remembered.")
@click.option("--rotate", is_flag=True, help="Give the feed a new secret name; the old address ends.")
@deadline_options
@common_options()
def publish(**values: Any) -> int:
    """Write your deadlines as a file to subscribe to, under a name nobody can guess, for any web host."""
    common = common_of(values)
    agenda, found, profile = profile_agenda(values, common)
    say(deadline_notes(found, profile), common)
    from pmcareer.api.upkeep.deliveries import feed_tokens
    from pmcareer.delivery import publish as publishing
    from pmcareer.views.calendars.deliveries import publish_report

    folder, path = values["folder"], values["tokens"] or _app_folder() / "feed-tokens.json"
    if path.resolve().is_relative_to(folder.resolve()):
        raise click.UsageError("--tokens: the secret names must not lie in the published folder.")
    person = str(agenda.namespace)
    tokens = publishing.tokens_for([(VIEW, person)], feed_tokens(path))
    if values["rotate"]:
        tokens = tokens.with_token(VIEW, person, publishing.new_token())
    make_folder(folder)
    write_private(path, [publishing.tokens_as_json(tokens)])
    press = publishing.Press(_previous, _feed_bytes, write_file)
    feeds = list(publishing.publish(folder, [publishing.Feed(VIEW, person, agenda)], tokens, press))
    removed = publishing.withdraw(folder, tokens)
    return answer(publish_report(feeds, len(removed), common.as_of.isoformat()), common)


def _hands(path: Path) -> Hands:
    from pmcareer.api.upkeep.deliveries import recognised
    from pmcareer.delivery.push import Hands, state_as_json
    from pmcareer.render.ics import single_event

    return Hands(recognised, single_event, lambda state: write_private(path, [state_as_json(state)]))


def _previous(path: Path) -> Ledger:
    from pmcareer.api.upkeep.calendars import previous_export

    return previous_export(path, force=False)


def _feed_bytes(name: str, events: Iterable[Any]) -> Any:
    from pmcareer.render.ics_check import write_checked

    return write_checked(name, events, feed=True)


def _asked_password() -> str:
    if not sys.stdin.isatty():
        raise click.UsageError("no password: set PMCAREER_CALDAV_PASSWORD, or keep it in the keyring (--remember).")
    password: str = click.prompt("Password", hide_input=True, err=True)
    return password


def _state_file(address: str, namespace: UUID) -> Path:
    """One file a calendar and profile, under a name that tells neither."""
    return _app_folder() / "push" / f"{sha256(f'{address} {namespace}'.encode()).hexdigest()[:32]}.json"


def _app_folder() -> Path:
    return Path(click.get_app_dir("pmcareer"))
