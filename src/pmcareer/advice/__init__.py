"""Advice: what published models say of a project, and what lies between the skills somebody has and a role asks."""
