"""Exports of other programs, read into statements: nothing in them is trusted, and nothing is looked up here."""
