"""Whole pages and maps."""
