"""Plans for reading and as data."""
