"""Why, near and compare for reading and as data."""
