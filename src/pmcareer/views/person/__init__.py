"""What was written to a person's file."""
