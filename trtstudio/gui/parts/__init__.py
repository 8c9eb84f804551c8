"""Widgets and item models that know nothing of models, builds or runs."""
