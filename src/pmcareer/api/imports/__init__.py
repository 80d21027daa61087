"""Imports: from what another program says of a person to entries of the profile, each matched to the catalog."""
