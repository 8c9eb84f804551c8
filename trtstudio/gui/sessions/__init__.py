"""What runs each document: the interpreters that are known, the choice, and the model."""
