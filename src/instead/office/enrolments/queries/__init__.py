"""What the health side sees, a page at a time."""
