"""What people do, from the portal to the end."""
