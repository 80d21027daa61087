"""Renewals: cycles, units, deadlines and upkeep of what a person holds; values in, values out."""
