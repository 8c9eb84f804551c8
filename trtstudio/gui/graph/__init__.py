"""A reading of a model as a drawing: nodes in layers, edges between them, groups that unfold."""
