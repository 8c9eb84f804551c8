"""The searchable text of a graph's layers, made a slice at a time. No Qt; one thread at a time.

Slices, because the whole takes a second for 100,000 layers, and a worker thread would hold the GIL
just as long.
"""

import time
from collections.abc import Iterator, Sequence

from trtstudio.model.graph import Graph, Layer, Tensor, format_shape


class Haystack:
    """One lowercase text for every row group of a graph: its inputs, its outputs, then each layer.

    A text holds the names, types, dtypes and shapes of a layer and of its tensors.
    """

    def __init__(self, graph: Graph) -> None:
        self._texts: list[str] = []
        self._slices = self._make(graph)
        self.is_complete = False

    def extend(self, budget_s: float) -> None:
        """Go on for about ``budget_s`` seconds, or until it is complete."""
        end = time.perf_counter() + budget_s
        while not self.is_complete and time.perf_counter() < end:
            text = next(self._slices, None)
            if text is None:
                self.is_complete = True
            else:
                self._texts.append(text)

    def find(self, words: list[str]) -> Sequence[int]:
        """The positions of the texts that contain every word, in ascending order."""
        texts = self._texts
        found: Sequence[int] = range(len(texts))
        for word in words:
            found = [i for i in found if word in texts[i]]
        return found

    def _make(self, graph: Graph) -> Iterator[str]:
        known: dict[int, str] = {}

        def text(position: int | None) -> str:
            if position is None:
                return "none"
            if position not in known:
                known[position] = _tensor_text(graph.tensors[position])
            return known[position]

        for positions in (graph.inputs, graph.outputs):
            yield "\n".join(map(text, positions))
        for layer in graph.layers:
            yield "\n".join((_layer_text(layer), *map(text, layer.inputs + layer.outputs)))


def words_of(query: str) -> list[str]:
    """What a user typed, as the words to look for; a shape may be written ``1 x 3`` or ``1x3``."""
    return query.lower().replace("×", "x").replace(" x ", "x").split()


def _layer_text(layer: Layer) -> str:
    return f"{layer.name}\n{layer.type}".lower()


def _tensor_text(tensor: Tensor) -> str:
    shape = "" if tensor.shape is None else format_shape(tensor.shape).replace(" ", "")
    return f"{tensor.name}\n{tensor.dtype}\n{shape}".lower()
