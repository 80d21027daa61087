"""How dear reading a roster is: people, holdings and findings in one question, beside a hand-written query.

Run ``python benchmarks/rosters.py [ROWS]``. Both read the same CSV with the same engine and group holdings by
department, certification and state, rejected ones with their rows and reasons. Target: at most twice the time, under
500 MB. The hand-written query knows how this one file is written; the reader trims, matches names, and looks for
persons and holdings that stand twice.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

GENERATE = """
COPY (SELECT 'E' || (1000000 + i) AS person,
  (['project-manager','it-project-manager','scrum-master','program-manager'])[1 + (h % 4)::int] AS role,
  'Dept ' || (h // 7) % 200 AS department,
  CASE WHEN h % 5 = 0 THEN '' ELSE array_to_string([
    (['pmp','capm','csm','psm-i','itil-foundation'])[1 + ((h // (23 + k)) % 5)::int] || ':' ||
    CASE WHEN (h // 31) % 100 = 0 THEN '2024-13-45'
         ELSE strftime(DATE '2019-01-01' + ((h // (29 + k)) % 2700)::int, '%Y-%m-%d') END
    FOR k IN range(0, 1 + ((h // 37) % 3)::int)], ';') END AS certifications
FROM (SELECT i, (hash(i) // 1000)::bigint AS h FROM range({rows}) t(i))) TO '{path}' (HEADER)
"""
OURS = """
import resource, sys, time
from datetime import date
from pmcareer.api.loading import load_catalog
from pmcareer.api.rosters import team_roster
catalog = load_catalog()
started = time.process_time()
roster = team_roster(catalog, sys.argv[1], date(2026, 11, 23))
roster.connection.execute('''SELECT kind, department, certification, earned + INTERVAL 3 YEAR < DATE '2026-11-23' AS s,
  CASE WHEN findings IS NOT NULL THEN source_row END AS r, findings, count(*)
  FROM roster_lines GROUP BY ALL''').fetchall()
print(time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
BY_HAND = """
import duckdb, resource, sys, time
started = time.process_time()
database = duckdb.connect(config={"memory_limit": "400MB"})
database.execute("SET enable_progress_bar = false")
database.execute(f'''WITH u AS (SELECT r, department, unnest(string_split(certifications, ';')) AS x
    FROM (SELECT row_number() OVER () AS r, * FROM read_csv('{sys.argv[1]}', all_varchar = true))
    WHERE certifications <> ''),
  h AS (SELECT r, department, x, split_part(x, ':', 1) AS c, TRY_CAST(split_part(x, ':', 2) AS DATE) AS d FROM u)
  SELECT department, c, d + INTERVAL 3 YEAR < DATE '2026-11-23' AS s, CASE WHEN d IS NULL THEN r END AS r,
    CASE WHEN d IS NULL THEN x END AS v, CASE WHEN d IS NULL THEN 'not a date' END AS why, count(*) FROM h
  GROUP BY ALL''').fetchall()
print(time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def measured(code: str, path: Path) -> tuple[float, int]:
    """Seconds of processor time, and the most memory in MB: the median of three."""
    runs = []
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
        seconds, memory = done.stdout.split()
        runs.append((float(seconds), int(memory)))
    return sorted(runs)[1]


def main() -> None:
    import duckdb

    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.csv"
        duckdb.execute(GENERATE.format(rows=rows, path=path))
        ours, by_hand = measured(OURS, path), measured(BY_HAND, path)
    print(f"{rows:,} people: ours {ours[0]:.2f} s, {ours[1]} MB; by hand {by_hand[0]:.2f} s, {by_hand[1]} MB")
    print(f"ratio {ours[0] / by_hand[0]:.1f} (target 2), memory {ours[1]} MB (target under 500)")


if __name__ == "__main__":
    main()
