"""What is measured and what comes of it. Plain data."""
