"""Pictures to tensors, tensors to answers, answers to pictures. No Qt, no TensorRT; safe in any
thread.
"""

import os

# OpenCV reads this when it is first imported: larger pictures are refused instead of decoded.
os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(2**28))
