"""Opening large ONNX models: time, memory and the longest hold of the GIL; and the filter's answer
to a keystroke. Prints JSON.

    python benchmarks/inspect_large.py [--megabytes 600] [--runs 3] [--polygraphy COMMAND]

The peers in the same run are onnx.load and, where its command is given, polygraphy inspect model.
Every figure is the median over fresh processes with a warm file cache; imports are not counted, but
are in polygraphy's time, which is a whole process. Needs Linux and 8 GB of memory.
"""

import argparse
import gc
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

BEAT_S = 0.001
BUDGET_S = 0.008
QUERIES = ("c", "relu", "layers.4242", "type:conv name:layers.77", "shape:56", "/layers.*77/conv")


def make_model(path: Path, nodes: int, megabytes: int, data: str = "") -> None:
    """A chain of Conv and Relu with all shapes, whose weights take ``megabytes``: in the model, or
    in a file of this name beside it, which is one large hole.
    """
    import numpy as np
    from onnx import TensorProto, helper

    info = helper.make_tensor_value_info
    channels = max(1, megabytes * 2**20 // (nodes // 2) // 4 // 36)
    shape, size = ["N", channels, 56, 56], channels * 36 * 4
    values = np.random.default_rng(0).bytes(size)
    layers, weights, infos, name = [], [], [], "input"
    for i in range(nodes // 2):
        scope = f"/model/layers.{i}"
        weight = TensorProto(name=f"w{i}", data_type=TensorProto.FLOAT, dims=[channels, 4, 3, 3])
        if data:
            weight.data_location = TensorProto.EXTERNAL
            for key, value in (("location", data), ("offset", i * size), ("length", size)):
                weight.external_data.add(key=key, value=str(value))
        else:
            weight.raw_data = values
        weights.append(weight)
        conv, relu = f"{scope}/conv/Conv", f"{scope}/act/Relu"
        layers.append(
            helper.make_node(
                "Conv", [name, f"w{i}"], [f"{conv}_output_0"], conv,
                kernel_shape=[3, 3], pads=[1] * 4, strides=[1, 1], dilations=[1, 1], group=1,
            )
        )  # fmt: skip
        layers.append(helper.make_node("Relu", [f"{conv}_output_0"], [f"{relu}_output_0"], relu))
        name = f"{relu}_output_0"
        infos += [info(f"{node}_output_0", TensorProto.FLOAT, shape) for node in (conv, relu)]
    ends = [info("input", TensorProto.FLOAT, shape)], [infos.pop()]
    graph = helper.make_graph(layers, "large", *ends, weights, value_info=infos)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    path.write_bytes(model.SerializeToString())
    if data:
        with (path.parent / data).open("wb") as file:
            file.truncate(size * (nodes // 2))


def opener(which: str) -> Callable[[Path], object]:
    import onnx

    from trtstudio.model.onnx.file import read_onnx

    return read_onnx if which == "read_onnx" else onnx.load


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def seconds_here(which: str, path: Path) -> dict[str, float]:
    """The time alone, with nothing else in the process; and its CPU time, which a busy machine
    changes less.
    """
    read = opener(which)
    started, used = time.perf_counter(), time.process_time()
    model = read(path)
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - used
    del model
    return {"seconds": seconds, "cpu_seconds": cpu_seconds}


def strain_here(which: str, path: Path) -> dict[str, float]:
    """Open the file in a thread, as the window does, while a heartbeat in this one waits for the
    GIL and looks at the memory.

    A gap counts as far as the opening thread itself was computing meanwhile: what else a busy
    machine does to the heartbeat is not its fault.
    """
    read, result, before = opener(which), [], resident_bytes()
    start, peak, held = threading.Event(), before, 0.0
    worker = threading.Thread(target=lambda: (start.wait(), result.append(read(path))))
    worker.start()
    clock = time.pthread_getcpuclockid(worker.ident or 0)
    start.set()
    with suppress(OSError):  # the thread's clock ends with the thread
        while not result:
            began, began_used = time.perf_counter(), time.clock_gettime(clock)
            time.sleep(BEAT_S)
            gap, used = time.perf_counter() - began, time.clock_gettime(clock) - began_used
            held = max(held, min(gap, used))
            peak = max(peak, resident_bytes())
    worker.join()
    return {
        "resident_growth_mb": (resident_bytes() - before) / 2**20,
        "peak_growth_mb": (peak - before) / 2**20,
        "longest_gil_hold_ms": held * 1e3,
    }


def filter_here(_: str, path: Path) -> dict[str, float]:
    """The CPU time to search all layers for each of these queries, and to make what is searched, in
    ms; the window does both in slices of a few ms.
    """
    from trtstudio.gui.rows.haystack import Haystack, Search
    from trtstudio.gui.rows.layer_query import parse_query
    from trtstudio.model.onnx.file import read_onnx

    haystack = Haystack(read_onnx(path))
    found = {"made once": _milliseconds(haystack)}
    for text in QUERIES:
        query = parse_query(text, is_regex=text.startswith("/"))
        found[text] = _milliseconds(Search(haystack, query))
    return found


def _milliseconds(work: Any) -> float:
    started = time.thread_time()
    while not work.is_complete:
        work.extend(BUDGET_S)
    return (time.thread_time() - started) * 1e3


def measure(readers: Sequence[str], path: Path, runs: int) -> Iterator[dict[str, float]]:
    """For each reader the median of its figures, over fresh processes that take turns."""
    rounds = [[_read(reader, path) for reader in readers] for _ in range(runs)]
    return map(_medians, zip(*rounds, strict=True))


def _read(reader: str, path: Path) -> dict[str, float]:
    return _child("seconds", reader, path) | _child("strain", reader, path)


def _child(what: str, which: str, path: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--child", what, which, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _medians(found: Sequence[dict[str, float]]) -> dict[str, float]:
    return {key: round(statistics.median(f[key] for f in found), 3) for key in found[0]}


def measure_command(command: str, path: Path) -> dict[str, float]:
    started = time.perf_counter()
    subprocess.run([command, "inspect", "model", path], check=True, capture_output=True)
    return {"process_seconds": round(time.perf_counter() - started, 2)}


def compare(path: Path, runs: int, polygraphy: str) -> dict[str, object]:
    """All readers on one file, in turn, and ours relative to onnx.load."""
    path.read_bytes()  # warms the file cache
    report: dict[str, object] = {"file_mb": round(path.stat().st_size / 2**20, 1)}
    ours, peer = measure(("read_onnx", "onnx_load"), path, runs)
    report |= {"read_onnx": ours, "onnx_load": peer}
    report["time_ratio_to_onnx_load"] = round(ours["seconds"] / peer["seconds"], 3)
    for what in ("resident", "peak"):
        growth = ours[f"{what}_growth_mb"] * 2**20 / path.stat().st_size
        report[f"{what}_growth_of_file"] = round(growth, 3)
    if polygraphy:
        report["polygraphy_inspect_model"] = measure_command(polygraphy, path)
    return report


_CHILDREN = {"seconds": seconds_here, "strain": strain_here, "filter": filter_here}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=600)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--polygraphy", default="", metavar="COMMAND")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        gc.disable()  # as in the window
        what, which, file = args.child
        print(json.dumps(_CHILDREN[what](which, Path(file))))
        return
    report: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "large.onnx")
        for nodes in (1_000, 100_000):
            make_model(path, nodes, args.megabytes)
            report[f"{nodes}_nodes"] = compare(path, args.runs, args.polygraphy)
        report["filter_ms"] = _medians([_child("filter", "", path) for _ in range(args.runs)])
        make_model(path, 1_000, 2048, data="large.data")
        report["external_2gb"] = compare(path, args.runs, args.polygraphy)
        Path(scratch, "large.data").unlink()
        (alone,) = measure(("read_onnx",), path, args.runs)
        report["external_2gb_without_its_data"] = alone
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
