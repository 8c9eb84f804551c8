"""The form in which the values of a model's inputs are given one by one. Main thread only."""
