"""Renewals of what is held, and their calendars."""
