"""Builds: ours against the bare API calls in time and peak memory, how fast Stop is, and what many
builds leave behind in the window's process. Prints JSON. Linux only, for it reads ``/proc``.

python benchmarks/build.py [--megabytes 200] [--stops 20] [--builds 20]

The peer is a script of its own process that parses, builds and writes with the TensorRT module
alone, like the tutorials do. Both start cold.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from event_loop import make_large_model

from trtstudio.host.engines import Engines
from trtstudio.model.build.build import BuildRequest, ShapeRange
from trtstudio.model.errors import Cancelled
from trtstudio.model.requests import ProbeRequest

LIMIT_S = 600
BARE = """
import importlib, json, resource, sys, time
begin = time.perf_counter()
name, model, plan, shapes, target = sys.argv[1:]
trt = importlib.import_module(name)
logger = trt.Logger(trt.Logger.ERROR)
builder = trt.Builder(logger)
network = builder.create_network(1 << int(trt.NetworkDefinitionCreationFlag.STRONGLY_TYPED))
parser = trt.OnnxParser(network, logger)
assert parser.parse_from_file(model)
config = builder.create_builder_config()
config.profiling_verbosity = trt.ProfilingVerbosity.DETAILED
if target:
    config.num_compute_capabilities = 1
    config.set_compute_capability(getattr(trt.ComputeCapability, target), 0)
profile = builder.create_optimization_profile()
profile.set_shape("x", *json.loads(shapes))
config.add_optimization_profile(profile)
with open(plan, "wb") as file:
    file.write(builder.build_serialized_network(network, config))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"inside_s": time.perf_counter() - begin, "peak_bytes": peak}))
"""


def request_for(model: Path, plan: Path, target: str) -> BuildRequest:
    """The build that both sides make."""
    shapes = _shapes(model)
    return BuildRequest(
        str(model),
        str(plan),
        profiles=({"x": ShapeRange(*(tuple(shape) for shape in shapes))},),
        targets=(target,) if target else (),
    )


def _shapes(model: Path) -> list[list[int]]:
    from trtstudio.model.onnx.file import read_onnx

    (tensor,) = read_onnx(model).input_tensors
    assert tensor.shape is not None
    return [[batch, *map(int, tensor.shape[1:])] for batch in (1, 2, 4)]


def build_bare(module: str, model: Path, plan: Path, target: str) -> dict[str, float]:
    """The peer's figures: the whole process, and its work after Python's start."""
    member = target.replace("sm_", "SM") if target else ""
    begin = time.perf_counter()
    said = subprocess.run(
        [sys.executable, "-c", BARE, module, model, plan, json.dumps(_shapes(model)), member],
        check=True,
        capture_output=True,
        text=True,
    )
    inside = json.loads(said.stdout.splitlines()[-1])
    return {"seconds": time.perf_counter() - begin, **inside}


def build_ours(request: BuildRequest) -> dict[str, float]:
    """Ours in a new engine process, its start included."""
    engines = Engines()
    try:
        begin = time.perf_counter()
        job = engines.submit(request)
        result = job.future.result(LIMIT_S)
        seconds = time.perf_counter() - begin
        pid = engines.builder._life._process.pid  # type: ignore[union-attr]
        return {
            "seconds": seconds,
            "inside_s": result.build_seconds,
            "peak_bytes": _peak_bytes(pid),
        }
    finally:
        engines.close()


def _peak_bytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024


def measure_stops(request: BuildRequest, build_s: float, times: int) -> list[float]:
    """Seconds from Stop until the work has ended, at random moments; no plan may stay behind."""
    engines, took = Engines(), []
    dice = random.Random(0)
    try:
        while len(took) < times:
            job = engines.submit(request)
            time.sleep(dice.uniform(0, build_s))
            begin = time.perf_counter()
            job.cancel()
            error = job.future.exception(LIMIT_S)
            if error is not None:  # else it was faster than Stop
                took.append(time.perf_counter() - begin)
                assert isinstance(error, Cancelled), error
                assert not Path(request.plan).exists(), "a plan was left behind"
            Path(request.plan).unlink(missing_ok=True)
    finally:
        engines.close()
    return took


def measure_leftovers(model: Path, folder: Path, target: str, builds: int) -> dict[str, Any]:
    """What builds leave in the window's process: memory and open files, after the third and after
    the last.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEventLoop

    from trtstudio.gui.app import start

    app, window = start([str(model)])

    def wait_until(holds: Any) -> None:
        deadline = time.monotonic() + LIMIT_S
        while not holds():
            assert time.monotonic() < deadline, "it never came true"
            app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    workspace = window.workspace
    wait_until(lambda: workspace.current is not None and workspace.installation is not None)
    document, states = workspace.current, []
    for number in range(builds):
        plan = folder / f"{number}.plan"
        window.builds.start(document, request_for(model, plan, target))
        wait_until(lambda: not window.builds.is_building(document))
        assert plan.exists()
        plan.unlink()
        states.append((_resident_bytes(), len(list(Path("/proc/self/fd").iterdir()))))
    window.close()
    (early_bytes, early_files), (bytes_, files) = states[2], states[-1]
    return {
        "builds": builds,
        "memory_growth_mb": round((bytes_ - early_bytes) / 1e6, 1),
        "open_files": [early_files, files],
    }


def _resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--stops", type=int, default=20)
    parser.add_argument("--builds", type=int, default=20)
    options = parser.parse_args()
    engines = Engines()
    found = engines.submit(ProbeRequest()).future.result(LIMIT_S)
    engines.close()
    if found.runtime is None:
        sys.exit(found.runtime_problem)
    target = "" if found.devices else "sm_86"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model, small = folder / "large.onnx", folder / "small.onnx"
        make_large_model(model, options.megabytes, 200)
        make_large_model(small, 8, 40)
        bare = build_bare(found.runtime.kind, model, folder / "bare.plan", target)
        request = request_for(model, folder / "ours.plan", target)
        ours = build_ours(request)
        Path(request.plan).unlink()
        stops = measure_stops(request, ours["inside_s"], options.stops)
        leftovers = measure_leftovers(small, folder, target, options.builds)
    report = {
        "runtime": found.runtime.label,
        "bare": bare,
        "ours": ours,
        "slower_by_s": round(ours["seconds"] - bare["seconds"], 2),
        "peak_memory_ratio": round(ours["peak_bytes"] / bare["peak_bytes"], 2),
        "stop_s": {
            "times": len(stops),
            "median": sorted(stops)[len(stops) // 2],
            "max": max(stops),
        },
        "leftovers": leftovers,
    }
    print(json.dumps(report, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
