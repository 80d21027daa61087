"""Agendas: what goes into calendars, and what changed there."""
