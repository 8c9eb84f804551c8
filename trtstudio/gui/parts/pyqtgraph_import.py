"""pyqtgraph, imported without CUDA: for one widget that nobody uses here it would load the bindings
into the window's process. Main thread only.
"""

import sys
from typing import Any

_CUDA = "cuda.bindings"

_is_hidden = _CUDA not in sys.modules
if _is_hidden:
    sys.modules[_CUDA] = None  # type: ignore[assignment]
try:
    import pyqtgraph
finally:
    if _is_hidden:
        del sys.modules[_CUDA]

pg: Any = pyqtgraph
