"""The map of the field."""
