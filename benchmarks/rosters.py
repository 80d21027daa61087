"""How dear reading a roster is: holdings and findings, counted, beside a hand-written query.

Run ``python benchmarks/rosters.py [ROWS]``. Both read the same CSV with the same engine, trim it, group holdings by
department, certification and state, count rejected ones by their reasons, give the first thousand with their rows, and
look for persons that stand twice. Target: at most twice the time, under 500 MB. The hand-written query knows how this
one file is written and compares names as they stand; the reader matches names, knows other ways to write dates, and
looks for holdings that stand twice. Measured as well: the same with a fifth of the certifications unknown, and a
workbook of 100,000 rows by python-calamine and by openpyxl.
"""

from __future__ import annotations

import statistics
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
from pmcareer.api.team.rosters import team_roster
catalog = load_catalog()
started = time.process_time()
roster = team_roster(catalog, sys.argv[1], date(2026, 11, 23))
roster.connection.execute('''SELECT department, certification, earned + INTERVAL 3 YEAR < DATE '2026-11-23' AS s, sum(n)
  FROM (SELECT department, item, count(*) AS n FROM holding_lines GROUP BY ALL) JOIN items USING (item)
  GROUP BY ALL''').fetchall()
roster.connection.execute("FROM set_aside_counts").fetchall()
roster.connection.execute("FROM first_set_aside(1000)").fetchall()
print(time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
BY_HAND = """
import duckdb, resource, sys, time
started = time.process_time()
database = duckdb.connect(config={"memory_limit": "400MB"})
database.execute("SET enable_progress_bar = false")
database.execute(f'''CREATE TEMP VIEW h AS
  WITH u AS (SELECT r, department, unnest(string_split(certifications, ';')) AS x
    FROM (SELECT row_number() OVER () AS r, trim(department) AS department, trim(certifications) AS certifications
      FROM read_csv('{sys.argv[1]}', all_varchar = true)) WHERE certifications <> '')
  SELECT r, department, x, lower(trim(split_part(x, ':', 1))) AS c, TRY_CAST(trim(split_part(x, ':', 2)) AS DATE)
    AS d FROM u''')
database.execute('''SELECT department, c, d + INTERVAL 3 YEAR < DATE '2026-11-23' AS s,
  CASE WHEN d IS NULL THEN 'not a date' END AS why, count(*) FROM h GROUP BY ALL''').fetchall()
database.execute("SELECT r, x, 'not a date' FROM h WHERE d IS NULL LIMIT 1000").fetchall()
database.execute(f'''SELECT person, count(*) FROM read_csv('{sys.argv[1]}', all_varchar = true)
  GROUP BY person HAVING count(*) > 1''').fetchall()
print(time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


WORKBOOK = """
import resource, sys, time
from pathlib import Path
started = time.process_time()
if sys.argv[2] == "openpyxl":
    from openpyxl import load_workbook
    rows = sum(1 for row in load_workbook(sys.argv[1], read_only=True).active.iter_rows(values_only=True))
else:
    from pmcareer.problems import Problems
    from pmcareer.reading.rosters.workbooks import read_workbook
    (table,) = read_workbook(Path(sys.argv[1]), "", "", Problems())
    rows = sum(1 for record in table.records())
print(time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
RUNS = 5
SHEET_ROWS = 100_000


def measured(*commands: tuple[str, ...]) -> list[tuple[float, int]]:
    """Seconds of processor time (the median) and the most memory in MB of each code, run in turn."""
    runs: list[list[tuple[float, int]]] = [[] for _ in commands]
    for _ in range(RUNS):
        for place, command in enumerate(commands):
            done = subprocess.run([sys.executable, "-c", *command], capture_output=True, text=True, check=True)
            seconds, memory = done.stdout.split()
            runs[place].append((float(seconds), int(memory)))
    return [(statistics.median(s for s, _ in own), max(m for _, m in own)) for own in runs]


def compare(what: str, path: Path) -> None:
    ours, by_hand = measured((OURS, str(path)), (BY_HAND, str(path)))
    print(
        f"{what}: ours {ours[0]:.2f} s, {ours[1]} MB; by hand {by_hand[0]:.2f} s, {by_hand[1]} MB; "
        f"ratio {ours[0] / by_hand[0]:.1f} (target 2), memory {ours[1]} MB (target under 500)",
        flush=True,
    )


def write_workbook(path: Path) -> None:
    from datetime import date, timedelta

    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("people")
    sheet.append(["person", "role", "department", "certification", "earned"])
    for n in range(SHEET_ROWS):
        sheet.append([f"E{n}", "project-manager", f"Dept {n % 200}", "pmp", date(2020, 1, 1) + timedelta(n % 2000)])
    book.save(path)


def main() -> None:
    import duckdb

    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path, foreign, sheet = (Path(folder) / name for name in ("roster.csv", "foreign.csv", "roster.xlsx"))
        duckdb.execute(GENERATE.format(rows=rows, path=path))
        compare(f"{rows:,} people", path)
        path.unlink()
        few = min(rows, 1_000_000)
        unknown = GENERATE.format(rows=few, path=foreign).replace("'itil-foundation'", "'first aid'")
        duckdb.execute(unknown)
        ((seconds, memory),) = measured((OURS, str(foreign)))
        print(f"{few:,} people, a fifth of the certifications unknown: {seconds:.2f} s, {memory} MB")
        write_workbook(sheet)
        ours, theirs = measured((WORKBOOK, str(sheet), "ours"), (WORKBOOK, str(sheet), "openpyxl"))
    print(
        f"a workbook of {SHEET_ROWS:,} rows: ours {ours[0]:.2f} s, {ours[1]} MB (targets 10 s, 500 MB); "
        f"openpyxl {theirs[0]:.2f} s, {theirs[1]} MB"
    )


if __name__ == "__main__":
    main()
