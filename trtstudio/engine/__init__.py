"""TensorRT, CUDA and ONNX Runtime: finding them, building, running and measuring. Never loaded
into the window's process.
"""

import os

# Read when ONNX Runtime is imported, whose version 1.31 else keeps an identifier of this machine
# and sends what it does to its maker.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
