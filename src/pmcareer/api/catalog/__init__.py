"""The catalog looked into: its entries, numbers, changes and checks."""
