"""Rosters: ``team status`` against the best query written by hand for the same answer, side by side.

``python benchmarks/team_status.py --people 10 1000000 10000000`` makes rosters (one row a person, up to four
certifications, some dates wrong), runs both as whole processes in turn, and prints medians, their ratio with its
target, peak memory and how both grow; times of the processor too, since the clock tells more of what else goes on. The
query by hand gives the same output (statuses and what is due by department, what is rejected with row and reason, who
stands there twice), but knows this one file: the rules of these ten certifications, suites included, one way to write a
date, names as they stand, nothing to trim. Ten people are measured against click's hello world.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

AS_OF = "2026-11-23"
HELLO = "import click\n@click.command()\ndef hello():\n    click.echo('hello')\nhello()"

MAKE = """
import sys, duckdb
n, out = int(sys.argv[1]), sys.argv[2]
own = ['pmp', 'capm', 'csm', 'cspo', 'prince2-foundation', 'prince2-practitioner', 'psm-i', 'cbap', 'cissp',
  'comptia-project-plus']
con = duckdb.connect()
con.execute("SET memory_limit = '1GB'; SET preserve_insertion_order = false")
con.execute("CREATE MACRO h(i, k) AS (hash(i * 31 + k * 7919) % 1000000007)::BIGINT")
day = "(DATE '2014-01-01' + (h(i, k + 20) % 4700)::INT)::VARCHAR"
con.execute(f'''COPY (SELECT printf('P%08d', i) AS person,
  ['project-manager','project-coordinator','scrum-master','senior-project-manager'][1 + h(i, 1) % 4] AS role,
  ['Delivery','IT','Finance','Ops','R&D','Sales','HR','Legal'][1 + h(i, 2) % 8] AS department,
  ['Leeds','York','London','Paris','Berlin'][1 + h(i, 3) % 5] AS location,
  DATE '2015-01-01' + (h(i, 4) % 4000)::INT AS role_since,
  array_to_string(list_transform(range(0, h(i, 5) % 5), lambda k: {own}[1 + (h(i, 6) + k) % 10] || ':' ||
    CASE WHEN h(i, k + 50) % 250 = 0 THEN '2020-02-31' ELSE {day} END), ';') AS certifications
  FROM range({n}) t(i)) TO '{out}' (HEADER)''')
"""

# What somebody would write who knows these ten rules, and today's date.
BY_HAND = """
import sys, duckdb
con = duckdb.connect(config={"memory_limit": "320MB"})
con.execute("SET temp_directory = '" + sys.argv[2] + "'; SET preserve_insertion_order = false")
con.execute('''CREATE TABLE rule AS SELECT * FROM (VALUES
  ('pmp', 36, 1, 12, 0, NULL), ('capm', 36, 1, 12, 0, NULL), ('cbap', 36, 0, 0, 0, NULL), ('cissp', 36, 1, 0, 90, NULL),
  ('csm', 24, 1, 0, 0, 'sa'), ('cspo', 24, 1, 0, 0, 'sa'), ('psm-i', NULL, 0, 0, 0, NULL),
  ('comptia-project-plus', NULL, 0, 0, 0, NULL), ('prince2-foundation', 36, 0, 0, 0, 'ppm'),
  ('prince2-practitioner', 36, 0, 0, 0, 'ppm')) r(certification, months, eve, suspended, grace, suite)''')
src = "read_csv('" + sys.argv[1] + "', all_varchar = true, header = true)"
con.execute(f'''CREATE TEMP TABLE held AS
  SELECT person, department, split_part(e, ':', 1) AS certification, split_part(e, ':', 2) AS said,
    try_strptime(split_part(e, ':', 2), '%Y-%m-%d')::DATE AS earned
  FROM (SELECT person, department, unnest(string_split(certifications, ';')) AS e FROM {src}) WHERE e <> '' ''')
con.execute('''CREATE TEMP TABLE latest AS SELECT person, suite, max(earned) AS last FROM held JOIN rule USING
  (certification) WHERE suite IS NOT NULL GROUP BY ALL HAVING count(*) > 1''')
print(con.execute('''SELECT department, status, CASE WHEN status IN ('active', 'due') THEN
    CASE WHEN days <= 30 THEN 30 WHEN days <= 60 THEN 60 WHEN days <= 90 THEN 90 WHEN days <= 180 THEN 180 END
  END AS due, count(*) FROM (
  SELECT department, ends - DATE '2026-11-23' AS days, CASE WHEN ends IS NULL THEN 'lifetime'
    WHEN DATE '2026-11-23' <= ends THEN CASE WHEN ends - DATE '2026-11-23' <= 90 THEN 'due' ELSE 'active' END
    WHEN DATE '2026-11-23' <= ends + grace THEN 'grace'
    WHEN DATE '2026-11-23' <= ends + to_months(suspended) THEN 'suspended'
    WHEN suite = 'ppm' THEN 'noted' ELSE 'expired' END AS status
  FROM (SELECT department, suite, grace, suspended,
      ((coalesce(last, earned) + to_months(months))::DATE - eve) AS ends
    FROM held JOIN rule USING (certification) LEFT JOIN latest USING (person, suite)
    WHERE earned BETWEEN DATE '1950-01-01' AND DATE '2026-11-23'))
  GROUP BY ALL ORDER BY ALL''').fetchall())
print(con.execute(f"SELECT department, count(*) FROM {src} GROUP BY ALL ORDER BY ALL").fetchall())
reason = '''CASE WHEN certification NOT IN (SELECT certification FROM rule) THEN 'no certification'
  WHEN earned IS NULL THEN 'no date' WHEN earned > DATE '2026-11-23' THEN 'ahead'
  WHEN earned < DATE '1950-01-01' THEN 'too early' END'''
every = f"SELECT {reason} AS why FROM held"
print(con.execute(f"SELECT why, count(*) FROM ({every}) WHERE why <> '' GROUP BY why").fetchall())
roles = ['project-manager', 'project-coordinator', 'scrum-master', 'senior-project-manager']
wrong = f"role NOT IN {tuple(roles)} OR (role_since <> '' AND try_strptime(role_since, '%Y-%m-%d') IS NULL)"
print(con.execute(f"SELECT role, role_since, count(*) FROM {src} WHERE {wrong} GROUP BY ALL").fetchall())
print(con.execute(f"SELECT person, count(*) FROM {src} GROUP BY ALL HAVING count(*) > 1").fetchall())
con.execute("SET preserve_insertion_order = true")
print(len(con.execute(f'''SELECT * FROM (SELECT r, e, {reason} AS why FROM (
    SELECT r, e, split_part(e, ':', 1) AS certification, try_strptime(split_part(e, ':', 2), '%Y-%m-%d')::DATE AS earned
    FROM (SELECT row_number() OVER () + 1 AS r, unnest(string_split(certifications, ';')) AS e FROM {src})
    WHERE e <> ''))
  WHERE why <> '' LIMIT 1000''').fetchall()))
"""


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, nargs="+", default=[10, 1_000_000])
    arguments.add_argument("--runs", type=int, default=7)
    arguments.add_argument("--folder", type=Path, default=None, help="where rosters are kept between runs")
    asked = arguments.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, {asked.runs} runs")
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        folder.mkdir(exist_ok=True)
        for people in asked.people:
            _measure(people, asked.runs, folder)


def _measure(people: int, runs: int, folder: Path) -> None:
    roster = folder / f"roster-{people}.csv"
    if not roster.exists():
        subprocess.run([sys.executable, "-c", MAKE, str(people), str(roster)], check=True)
    ours = [sys.executable, "-m", "pmcareer", "team", "status", str(roster), "--as-of", AS_OF, "--format", "json"]
    small = people <= 2_000
    other = (
        [sys.executable, "-c", HELLO] if small else [sys.executable, "-c", BY_HAND, str(roster), str(folder / "spill")]
    )
    times: dict[str, list[float]] = {"ours": [], "other": []}
    worked: dict[str, list[float]] = {"ours": [], "other": []}
    peaks = {"ours": 0, "other": 0}
    _run(ours)  # the catalog's cache is warm in both
    for _ in range(runs):
        for name, command in (("ours", ours), ("other", other)):
            seconds, work, peak = _run(command)
            times[name].append(seconds)
            worked[name].append(work)
            peaks[name] = max(peaks[name], peak)
    mine, theirs = statistics.median(times["ours"]), statistics.median(times["other"])
    work, their_work = statistics.median(worked["ours"]), statistics.median(worked["other"])
    against, target = ("click's hello world", 4) if small else ("the query by hand", 2)
    print(
        f"{people:>11,} people, {roster.stat().st_size / 1e6:,.0f} MB: {mine:.2f} s, {peaks['ours'] / 1e3:.0f} MB; "
        f"{against} {theirs:.2f} s, {peaks['other'] / 1e3:.0f} MB; ratio {mine / theirs:.2f} (target ≤ {target}), "
        f"{mine / people * 1e6:.2f} µs a person; of the processor {work:.2f} and {their_work:.2f} s, "
        f"ratio {work / their_work:.2f}"
    )


def _run(command: Sequence[str]) -> tuple[float, float, int]:
    """Seconds by the clock and of the processor, and peak memory in kB, of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit((process.stderr.read() if process.stderr else b"").decode())
    return seconds, usage.ru_utime + usage.ru_stime, _peak(usage)


def _peak(usage: resource.struct_rusage) -> int:
    return usage.ru_maxrss if sys.platform != "darwin" else usage.ru_maxrss // 1024


if __name__ == "__main__":
    main()
