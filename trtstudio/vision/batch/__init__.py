"""Many pictures: where they come from, the pipeline, and where the answers go."""
