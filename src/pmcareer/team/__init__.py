"""Rosters: what a whole staff holds, is ready for and will have to renew, answered without asking twice for the same.

The renewal engine answers each distinct history once. A small roster is answered in plain Python, a large one in a
database that joins the answers back; both give the same values.
"""
