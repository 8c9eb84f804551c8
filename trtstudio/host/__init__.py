"""The processes that TensorRT, CUDA and ONNX Runtime live in, and the window's way to them."""
