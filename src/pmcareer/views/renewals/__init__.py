"""Renewals for reading and as data."""
