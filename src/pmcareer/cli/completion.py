"""``pmcareer completion``: scripts for the shells, and the ids that they complete."""

from __future__ import annotations

from typing import Literal

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


def complete_roles(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Role ids that begin with what is typed, with their names as help."""
    return _items("roles", incomplete)


def complete_certifications(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Certification ids that begin with what is typed, with their names as help."""
    return _items("certifications", incomplete)


def complete_either(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of certifications and of roles."""
    return [*_items("certifications", incomplete), *_items("roles", incomplete)]


def _items(table: Literal["roles", "certifications"], incomplete: str) -> list[CompletionItem]:
    """Matching ids, from the catalog's index: nothing else of the catalog is read."""
    from pmcareer.api.loading import load_catalog

    names = load_catalog().index.short_names(table)
    return [CompletionItem(id_, help=name) for id_, name in names.items() if id_.startswith(incomplete)]
