"""The parts of the tensor viewer."""
