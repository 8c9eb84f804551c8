"""Loaded models: TensorRT engines and ONNX Runtime sessions."""
