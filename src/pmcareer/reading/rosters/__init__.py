"""Rosters in: CSV, XLSX, Parquet and YAML, of a handful of people or of millions, become three tables.

``open_roster`` (``reading.rosters.opening``) is the way in; ``api.rosters.team_roster`` calls it with a catalog's
names. What comes out is one ``Roster``, in one of two forms that hold the same rows:

``roster.small``
    A ``model.rosters.SmallRoster``: three tuples of ``PersonRow``, ``HoldingRow`` and ``SetAside``, in the order of
    the source. For CSV, XLSX and YAML of up to ``SMALL_ROWS`` data rows; made in plain Python, DuckDB is not imported.
``roster.connection``
    Else, a DuckDB connection (``roster.small`` is None) with these views:

    - ``people(source_row BIGINT, person VARCHAR, role VARCHAR, title VARCHAR, department VARCHAR, location VARCHAR,
      manager VARCHAR, role_since DATE, education VARCHAR, hired DATE)``
    - ``holdings(source_row BIGINT, person VARCHAR, certification VARCHAR, earned DATE, renewed DATE[], route VARCHAR,
      issuer_says_expires DATE)``
    - ``set_aside(source_row BIGINT, column_name VARCHAR, value VARCHAR, code VARCHAR, message VARCHAR,
      severity VARCHAR)``

    Meanings are those of the value types in ``model.rosters``. ``role`` and ``certification`` are ids of the catalog;
    a role is the roster's own or, where it only has titles, the one that ``RosterNames.role_of_titles`` gives. Blank
    text is NULL. A person stands in ``people`` once; a holding (person, certification, earned) in ``holdings`` once,
    put together of all that is told of it (``united``);
    every ``holdings.person`` is in ``people``.

    The views are views: each query over one reads the source once more, streaming. So leave out columns that are not
    needed (``source_row`` above all), and never fetch a whole view into Python. For questions about everybody there
    are the same in forms that cost less:

    - ``staff(person, title, department, location, manager)``: the people, without what has to be looked up
    - ``items(item INTEGER, certification, earned, renewed, route, issuer_says_expires)``: each distinct wording of a
      holding and what it means, a table in memory; several may mean the same
    - ``holding_lines(source_row, person, item)``: the holdings by their items; of wide rosters, in which each person
      has one row, with ``title``, ``department``, ``location`` and ``manager`` beside
    - ``repeats(h)``: a table of ``hash(person, certification)`` of all that stands in ``holding_lines`` several times,
      and maybe of more
    - ``set_aside_counts(code, severity, n)``: how many findings there are, known since the roster was opened
    - ``first_set_aside(most)``: a table macro, the first rows of ``set_aside`` in the order of the source

``roster.problems`` are findings about the files as such; where an error is among them, there are no rows.
"""
