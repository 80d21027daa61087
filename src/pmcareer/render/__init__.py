"""Render: one medium a file; each knows a Report or an Agenda and nothing else."""
