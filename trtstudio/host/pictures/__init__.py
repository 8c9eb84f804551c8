"""Processes that read pictures and videos and make tensors of them."""
