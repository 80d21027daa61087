"""Profiles: the only place that changes a person's file."""
