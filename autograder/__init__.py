"""The grader's side: what runs nbgrader well, one job per module."""
