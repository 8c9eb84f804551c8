"""TensorRT plans: their headers, the layers of their engines, and what is kept beside them."""
