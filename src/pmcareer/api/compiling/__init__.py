"""Catalog and person turned into the planner's instance."""
