"""The planner: compiled problems, exact search, an independent audit of plans, and what explains them.

Pure: no input or output, no clock. Everything works on ``planning.instance.Instance``.
"""
