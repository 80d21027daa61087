"""What keeping certifications takes inside a plan, and the proof of the best one by it."""
