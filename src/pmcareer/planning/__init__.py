"""Planning: the exact search over roles, certifications, experience, money and upkeep; values in, values out."""
