"""The library's face: joins the rooms below into whole answers; no terminal, no rendering."""
