"""What is asked of a builder and what comes of it. Plain data."""
