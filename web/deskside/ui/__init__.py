"""What people see: views (state to nested tuples) and controllers, over a small Dom interface."""
