"""Plans kept as they were, and what slipped since."""
