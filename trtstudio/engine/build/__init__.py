"""From an ONNX model to a plan."""
