"""HR's questions about a staff."""
