"""What it costs that inference happens in another process: one picture of 600 KB there and back,
through a model that only copies it, against the same call in this process. Prints JSON.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

from trtstudio.engine.run.opening import open_session
from trtstudio.host.engines import Engines
from trtstudio.model.run import LoadRequest, RunRequest

SHAPE = (1, 3, 224, 224)


def write_identity(path: Path) -> None:
    """A model that answers what it was given."""
    x, y = (helper.make_tensor_value_info(name, TensorProto.FLOAT, SHAPE) for name in "xy")
    graph = helper.make_graph([helper.make_node("Identity", ["x"], ["y"])], "identity", [x], [y])
    opset = helper.make_opsetid("", 17)
    onnx.save(helper.make_model(graph, opset_imports=[opset], ir_version=8), path)


def measure(call: Callable[[], object], repeats: int) -> dict[str, float]:
    """Median and 99th percentile of the call in ms, after a warm-up."""
    times_ms = []
    for _ in range(repeats + 20):
        start = time.perf_counter()
        call()
        times_ms.append((time.perf_counter() - start) * 1e3)
    median, p99 = np.percentile(times_ms[20:], [50, 99])
    return {"median": round(float(median), 3), "p99": round(float(p99), 3)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=500)
    repeats = parser.parse_args().repeats
    picture = {"x": np.random.default_rng(0).random(SHAPE, np.float32)}
    engines = Engines()
    submit_ms: list[float] = []

    def through_the_process() -> None:
        start = time.perf_counter()
        job = engines.submit(RunRequest(session, picture))
        submit_ms.append((time.perf_counter() - start) * 1e3)
        job.future.result()

    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "identity.onnx"
        write_identity(model)
        here = open_session(LoadRequest(str(model)), 1, lambda _: None)
        start = time.perf_counter()
        session = engines.submit(LoadRequest(str(model))).future.result().session
        first_answer_ms = (time.perf_counter() - start) * 1e3
        in_process = measure(lambda: here.run(picture), repeats)
        across = measure(through_the_process, repeats)
        engines.close()
    report = {
        "array_bytes": picture["x"].nbytes,
        "start_and_load_ms": round(first_answer_ms, 1),
        "in_process_ms": in_process,
        "engine_process_ms": across,
        "cost_ms": round(across["median"] - in_process["median"], 3),
        "submit_ms_max": round(max(submit_ms), 3),
    }
    print(json.dumps(report, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
