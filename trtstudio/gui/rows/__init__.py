"""The layers of a graph as rows: what they say, their order, and the search in them."""
