"""How soon a graph is drawn, and how alive the window is meanwhile. Prints JSON.

    python benchmarks/graph_view.py

Graphs like a transformer's, of 1,000 and 10,000 layers in scopes. From ``show_graph`` to the first
picture that has the graph in it; then the largest unfolded, panned all along, and cancelled. A
heartbeat timer ticks every 5 ms in the main thread; a gap is the time between two ticks.
"""

import argparse
import gc
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from event_loop import Heartbeat
from PySide6.QtCore import QPointF

from trtstudio.gui.app import make_application
from trtstudio.gui.document import Document
from trtstudio.gui.graph.drawing import Drawing
from trtstudio.gui.graph.graph_view import GraphView
from trtstudio.gui.theme import theme
from trtstudio.gui.workspace import Workspace
from trtstudio.host.engines import Engines
from trtstudio.model.formats import ModelFile
from trtstudio.model.graph import Graph, Layer, Tensor

FRAMES = 60


def make_graph(layer_count: int) -> Graph:
    """Blocks of attention and feed-forward, each with two residuals, that all read one mask."""
    tensors = [
        Tensor("tokens", "int64", ("N", "S"), "input"),
        Tensor("mask", "float16", ("N", "S")),
    ]
    layers: list[Layer] = []

    def add(name: str, *inputs: int) -> int:
        tensors.append(Tensor(f"{name}_output_0", "float16", ("N", "S", 768)))
        output = len(tensors) - 1
        kind = name.rpartition("/")[2].partition("_")[0]
        layers.append(Layer(len(layers), name, kind, inputs, (output,), origins=(name,)))
        return output

    def norm(scope: str, x: int) -> int:
        centred = add(f"{scope}/Sub", x, add(f"{scope}/ReduceMean", x))
        spread = add(f"{scope}/Sqrt", add(f"{scope}/ReduceMean_1", add(f"{scope}/Pow", centred)))
        return add(f"{scope}/Mul", add(f"{scope}/Div", centred, spread))

    def head(scope: str, x: int) -> int:
        return add(f"{scope}/Transpose", add(f"{scope}/Add", add(f"{scope}/MatMul", x)))

    def block(scope: str, x: int) -> int:
        own = f"{scope}/attention"
        query, key, value = (head(f"{own}/{n}", x) for n in ("query", "key", "value"))
        scores = add(f"{own}/Add", add(f"{own}/MatMul", query, key), 1)
        mixed = add(f"{own}/MatMul_1", add(f"{own}/Softmax", scores), value)
        x = norm(f"{scope}/norm_1", add(f"{scope}/Add", add(f"{own}/out/MatMul", mixed), x))
        wide = add(f"{scope}/mlp/Gelu", add(f"{scope}/mlp/MatMul", x))
        return norm(f"{scope}/norm_2", add(f"{scope}/Add_1", add(f"{scope}/mlp/MatMul_1", wide), x))

    x = add("/model/embed/Gather", 0)
    while len(layers) < layer_count:
        x = block(f"/model/layers.{len(layers)}", x)
    return Graph("onnx", "bench", layers, tensors, (0, 1), (x,))


class Bench:
    """The graph view in a window of its own."""

    def __init__(self) -> None:
        self.app = make_application()
        theme().apply("light")
        gc.disable()  # both as in the window, which collects between two events
        sys.setswitchinterval(0.001)
        self.workspace = Workspace(Engines())
        self.view = GraphView(self.workspace)
        self.view.resize(1500, 900)
        self.view.show()
        self.heartbeat = Heartbeat()
        self.heartbeat.watch_for(1)

    @property
    def drawing(self) -> Drawing | None:
        return self.view.board.drawing

    def first_drawing(self, graph: Graph) -> dict[str, float]:
        """Show a graph that was not seen before."""
        document = Document(ModelFile(Path(f"{len(graph.layers)}.onnx"), "onnx", 0, graph=graph))
        report = self._until_painted(
            lambda: self.view.show_graph(document, "onnx", graph), lambda: self.drawing is not None
        )
        assert self.drawing is not None
        return {"layers": len(graph.layers), "nodes": len(self.drawing.visible.nodes), **report}

    def unfold(self) -> dict[str, float]:
        before = self.drawing
        report = self._until_painted(self.view.board.unfold_all, lambda: self.drawing is not before)
        assert self.drawing is not None
        return {"nodes": len(self.drawing.visible.nodes), **report}

    def cancel(self) -> dict[str, object]:
        """Ask for everything and take it back after 50 ms."""
        before = self.drawing
        self.view.board.unfold_all()
        self.heartbeat.watch_for(0.05)
        began = time.perf_counter()
        self.view.escape()
        took = time.perf_counter() - began
        self.heartbeat.watch_for(1)
        is_kept = self.drawing is before and not self.view.board.is_drawing
        return {"ms": round(took * 1e3, 1), "kept_what_was_drawn": is_kept}

    def pan(self, zoom: float) -> dict[str, float]:
        """Frames from the top to the bottom, each painted before the next."""
        canvas = self.view.canvas
        assert self.drawing is not None
        area = self.drawing.area
        canvas.fit()
        if zoom:
            canvas.zoom_by(zoom / canvas.zoom)
        times = []
        for frame in range(FRAMES):
            x = area.center().x() - canvas.view.width() / 2
            canvas.move_to(QPointF(x, area.top() + area.height() * frame / FRAMES))
            began = time.perf_counter()
            canvas.repaint()
            times.append(time.perf_counter() - began)
        worst = max(times)
        report = {"zoom": round(canvas.zoom, 4), "worst_frame_ms": round(worst * 1e3, 1)}
        return {**report, "least_fps": round(1 / worst)}

    def _until_painted(
        self, start: Callable[[], None], is_there: Callable[[], bool]
    ) -> dict[str, float]:
        began = time.perf_counter()
        start()
        figures = self.heartbeat.watch(is_there)
        self.view.canvas.repaint()
        seconds = time.perf_counter() - began
        after = self.heartbeat.watch_for(0.5)
        gap = max(figures["largest_gap_ms"], after["largest_gap_ms"])
        return {"seconds": round(seconds, 3), "largest_gap_ms": gap}


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    bench = Bench()
    small, large = make_graph(1000), make_graph(10_000)
    report: dict[str, object] = {"idle": bench.heartbeat.watch_for(1)}
    bench.first_drawing(make_graph(100))  # loads what the first drawing needs
    report["1000_folded"] = bench.first_drawing(small)
    report["1000_unfolded"] = bench.unfold()
    report["10000_folded"] = bench.first_drawing(large)
    report["cancel"] = bench.cancel()
    report["10000_unfolded"] = bench.unfold()
    report["10000_pan"] = [bench.pan(zoom) for zoom in (0.0, 0.05, 0.33, 0.5, 1.0)]
    print(json.dumps(report, indent=2))
    bench.workspace.shut_down()


if __name__ == "__main__":
    main()
