"""The command line: options in, one call, one view, one write."""
