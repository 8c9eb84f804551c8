"""Where the nodes and edges of a drawing lie. Runs in a process of its own; no Qt, no NumPy."""
