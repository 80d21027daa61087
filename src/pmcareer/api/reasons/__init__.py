"""What stands between one person and any point of the field."""
