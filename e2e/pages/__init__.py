"""The pages as people see them: controls by role and name."""
