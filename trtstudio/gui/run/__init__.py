"""The Run page: pictures and tensors in, answers out, one thing at a time."""
