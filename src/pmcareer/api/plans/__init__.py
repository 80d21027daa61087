"""A plan asked for, solved, dated and explained, with what would help and what stands in the way."""
