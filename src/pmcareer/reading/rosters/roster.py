"""What opening a roster asks and gives: options, the names that the catalog answers to, and the open roster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from pmcareer.model.ids import RoleId
from pmcareer.model.rosters import SmallRoster
from pmcareer.problems import Problems
from pmcareer.values import dataclass, field

if TYPE_CHECKING:
    import duckdb

    from pmcareer.reading.rosters.tables import Part

DayOrder: TypeAlias = Literal["iso", "us", "eu"]
Engine: TypeAlias = Literal["auto", "plain", "duckdb"]

SMALL_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class RosterOptions:
    """How the source is to be read, as declared; nothing of it is guessed where it is left out.

    ``day_order`` tells 03/04/2024: ``us`` is 4 March, ``eu`` 3 April, ``iso`` refuses it. ``holdings``: a second file
    with what people hold; ``table``, ``holdings_table``: tables or queries of a
    database. ``mapping``: a YAML file with the names of foreign columns and values. ``thorough``: look for
    doubts as well (unknown managers, ids alike but for case), which takes another pass over the source.
    """

    holdings: Path | None = None
    mapping: Path | None = None
    day_order: DayOrder | None = None
    delimiter: str = ""
    encoding: str = ""
    sheet: str = ""
    table: str = ""
    holdings_table: str = ""
    engine: Engine = "auto"
    thorough: bool = False


@dataclass(frozen=True, slots=True)
class RosterNames:
    """What the catalog answers to: plain forms (``model.names``) with the ids that each may mean.

    ``role_of_titles`` takes distinct titles and gives the role of each that is clear (``team.titles``).
    """

    certifications: Mapping[str, Sequence[str]]
    roles: Mapping[str, Sequence[str]]
    role_of_titles: Callable[[Iterable[str]], Mapping[str, RoleId]] | None = None


@dataclass(slots=True)
class Roster:
    """An open roster: either ``small``, or views in ``connection`` (see the package's own words).

    ``read_as``: what was declared or found out about the source. ``columns``: canonical names of the people's columns,
    each with the source's own. ``parts``: the tables it is made of. ``staging`` keeps temporary files alive as long as
    the roster.
    """

    source: str
    as_of: date
    problems: Problems = field(default_factory=Problems)
    small: SmallRoster | None = None
    connection: duckdb.DuckDBPyConnection | None = None
    read_as: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    staging: object = None
    parts: Sequence[Part] = ()
