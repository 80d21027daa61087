"""Entries of the catalog, methods and skills for reading."""
