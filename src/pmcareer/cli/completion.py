"""``pmcareer completion``: scripts for the shells, and the ids that they complete."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem, get_completion_class

_HINTS = {
    "bash": 'eval "$(pmcareer completion bash)"      # in ~/.bashrc',
    "zsh": 'eval "$(pmcareer completion zsh)"       # in ~/.zshrc',
    "fish": "pmcareer completion fish > ~/.config/fish/completions/pmcareer.fish",
}


@click.command(epilog="\b\nExamples:\n" + "\n".join(f"  {line}" for line in _HINTS.values()))
@click.argument("shell", type=click.Choice(list(_HINTS)))
def completion(shell: str) -> None:
    """Print the script that makes SHELL complete commands, options and ids."""
    from pmcareer.cli.main import cli

    found = get_completion_class(shell)
    if found is None:  # pragma: no cover - click knows all three
        raise click.UsageError(f"click knows no completion for {shell}")
    click.echo(found(cli, {}, "pmcareer", "_PMCAREER_COMPLETE").source())


def complete_roles(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Role ids that begin with what is typed, with their names as help."""
    from pmcareer.api.loading import load_catalog

    roles = load_catalog().roles.values()
    return [CompletionItem(role.id, help=role.name) for role in roles if role.id.startswith(incomplete)]


def complete_certifications(
    ctx: click.Context,
    param: click.Parameter,
    incomplete: str,
) -> list[CompletionItem]:
    """Certification ids that begin with what is typed, with their names as help."""
    from pmcareer.api.loading import load_catalog

    found = load_catalog().certifications.values()
    return [CompletionItem(c.id, help=c.name) for c in found if c.id.startswith(incomplete)]


def complete_either(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of certifications and of roles."""
    return [*complete_certifications(ctx, param, incomplete), *complete_roles(ctx, param, incomplete)]
