"""ONNX files: read by structure, weights left where they are."""
