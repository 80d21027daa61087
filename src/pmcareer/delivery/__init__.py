"""Delivery: calendars brought to where programs look for them: published folders and CalDAV servers."""
