"""Large rosters: DuckDB counts and joins, the renewal engine answers each distinct case once.

A question reads the roster into counts of cases (``cases``); what then remains to be asked of the engine is as
small as the number of different dates, not of people. No module here is imported for a small roster.
"""
