"""What is known of the open documents beyond their readings, found once for all views."""
