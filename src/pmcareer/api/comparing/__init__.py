"""Roles, certifications and plans side by side."""
