"""TRT Studio: open, inspect, build, run and measure TensorRT models, in a window or from a
command line.
"""

__version__ = "0.1.0"
