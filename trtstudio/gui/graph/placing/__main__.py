"""``python -m trtstudio.gui.graph.placing``: reads a graph and writes where it lies, in machine
numbers. A process, since the library holds the GIL, cannot be stopped, and aborts on a fault.
"""

import sys
import threading
from array import array

from trtstudio.gui.graph.placing.layout import Placement, lay_out

_STACK_BYTES = 512 << 20
"""The library calls itself once for each layer."""


def main() -> None:
    """Read the number of nodes, then the edges; write the lengths of the routes, the centers, then
    all points of all routes.
    """
    count, *ends = array("q", sys.stdin.buffer.read())
    edges = list(zip(ends[::2], ends[1::2], strict=True))

    def work() -> None:
        sys.stdout.buffer.write(_packed(lay_out(count, edges)))

    threading.stack_size(_STACK_BYTES)
    worker = threading.Thread(target=work)
    worker.start()
    worker.join()


def _packed(placement: Placement) -> bytes:
    lengths = array("q", map(len, placement.routes))
    points = array("d")
    for route in (placement.centers, *placement.routes):
        for point in route:
            points.extend(point)
    return lengths.tobytes() + points.tobytes()


if __name__ == "__main__":
    main()
