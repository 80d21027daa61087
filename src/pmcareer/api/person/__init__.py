"""A person's own file: begun, written to, checked, and handed on."""
