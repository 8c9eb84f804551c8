"""The Model and Compare pages: the readings of a model, and what is selected."""
