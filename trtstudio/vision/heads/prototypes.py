"""The second output of YOLO detectors with masks: prototypes that each object weighs. Safe in any
thread.
"""

from dataclasses import dataclass

from trtstudio.vision.network import Network


@dataclass(frozen=True, slots=True)
class Prototypes:
    """Which output holds them, and how many there are."""

    output: int
    count: int


def find_prototypes(network: Network) -> Prototypes | None:
    """The only output of the form [1, count, height, width] beside one of rows."""
    found = [position for position, shape in enumerate(network.shapes) if len(shape) == 4]
    if len(network.outputs) != 2 or len(found) != 1:
        return None
    count = network.shapes[found[0]][1]
    return Prototypes(found[0], count) if isinstance(count, int) and count > 0 else None


def split_outputs(network: Network) -> int | None:
    """The position of the output of rows: the only one, the one beside the prototypes, or the one
    beside the undecoded grids [1, anchors, rows, columns, numbers] of YOLOv5's earlier exports."""
    ranks = [len(shape) for shape in network.shapes]
    is_alone = len(ranks) - ranks.count(5) == 1 or find_prototypes(network) is not None
    return ranks.index(3) if ranks.count(3) == 1 and is_alone else None
