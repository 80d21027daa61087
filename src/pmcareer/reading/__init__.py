"""Reading: the only floor that opens files; every reader returns a value and its problems."""
