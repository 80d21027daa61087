"""``pmcareer team propose-mapping``."""

from __future__ import annotations

from typing import Any

import click

from pmcareer.cli.options import common_of, common_options
from pmcareer.cli.output import write_result
from pmcareer.cli.roster_options import reading_of, roster_options

_EPILOG = """\b
Examples:
  pmcareer team propose-mapping examples/team/hris-export.csv -o mapping.yaml
"""


@click.command(epilog=_EPILOG)
@roster_options(audience=False)
@common_options()
def propose_mapping(**values: Any) -> int:
    """Propose a mapping file (YAML) for a roster with foreign column names; go over it before you use it."""
    common = common_of(values)
    from pmcareer.api.loading import load_catalog
    from pmcareer.api.team import rosters
    from pmcareer.views.team.roster_mapping import mapping_yaml

    proposal = rosters.propose_mapping(load_catalog(common.catalogs), values["roster"], reading_of(values))
    text = mapping_yaml(rosters.source_shown(values["roster"]), proposal)
    write_result(common.output, [text.encode("utf-8", "backslashreplace")])
    return 0
