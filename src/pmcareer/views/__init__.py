"""Views: results turned into a Report (for reading) or an Agenda (for calendars)."""
