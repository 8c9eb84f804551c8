"""What a model file says, and what is asked and answered about it: plain data, no TensorRT, no
CUDA, no Qt.
"""
