"""TensorRT, CUDA and ONNX Runtime: finding them, building, running and measuring. Never loaded
into the window's process.
"""
