"""What an expert would point at in a model."""
