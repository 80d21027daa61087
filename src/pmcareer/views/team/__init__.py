"""Answers about a staff."""
