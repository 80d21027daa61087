"""Rosters in: CSV, XLSX, Parquet and YAML, of a handful of people or of millions, become three tables.

``open_roster`` (``reading.rosters.opening``) is the way in; ``api.rosters.team_roster`` calls it with a catalog's
names. What comes out is one ``Roster``, in one of two forms that hold the same rows:

``roster.small``
    A ``model.rosters.SmallRoster``: three tuples of ``PersonRow``, ``HoldingRow`` and ``SetAside``, in the order of
    the source. For CSV, XLSX and YAML of up to ``SMALL_ROWS`` data rows; made in plain Python, DuckDB is not imported.
``roster.connection``
    Else, a DuckDB connection with three views (``roster.small`` is None):

    - ``people(source_row BIGINT, person VARCHAR, role VARCHAR, title VARCHAR, department VARCHAR, location VARCHAR,
      manager VARCHAR, role_since DATE, education VARCHAR, hired DATE)``
    - ``holdings(source_row BIGINT, person VARCHAR, certification VARCHAR, earned DATE, renewed DATE[], route VARCHAR,
      issuer_says_expires DATE)``
    - ``set_aside(source_row BIGINT, column_name VARCHAR, value VARCHAR, code VARCHAR, message VARCHAR,
      severity VARCHAR)``

    Meanings are those of the value types in ``model.rosters``. ``role`` and ``certification`` are ids of the catalog;
    a role is the roster's own or, where it only has titles, the one that ``RosterNames.role_of_titles`` gives. Blank
    text is NULL. A person stands in ``people`` once; a holding (person, certification, earned) in ``holdings`` once;
    every ``holdings.person`` is in ``people``.

    The views are views: each query over one reads the source once more, streaming. So ask few questions, each of many
    things; leave out columns that are not needed (``source_row`` above all); never fetch a whole view into Python.
    ``roster_lines`` is all three in one scan, tagged by ``kind`` (``person``, ``holding``, ``set-aside``), for
    questions that need several of them at once: its columns are those of the three views, NULL where not of its kind,
    beside the person's own fields on ``holding`` lines of wide rosters. Findings are in ``findings``, a list of
    structs ``(column_name, field, value, code)``; lines of the kind ``none`` without findings say nothing.

``roster.problems`` are findings about the files as such; where an error is among them, there are no rows.
"""
