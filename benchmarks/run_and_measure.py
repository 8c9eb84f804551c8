"""The promised figures of inference for six plans: a network of ResNet-50's size in FP32 and FP16
at batch 1 and 8, the bundled sample and, where it is given, a detector. Prints a line of JSON for
each plan as soon as it is measured; takes a GPU.

    python benchmarks/run_and_measure.py [--detector yolox_nano.onnx] [--only NAME ...]

Each plan is measured by ``gpu_time.py`` and ``throughput.py``, in a process of its own.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from resnet50 import write_resnet50

from trtstudio import assets
from trtstudio.model import formats

HERE = Path(__file__).parent
BRIEF = ("--warmup", "0.6")
WAYS = (
    "overlapped",
    "overlapped_graph",
    "by_hand_2",
    "by_hand_3",
    "by_hand_graph",
    "polygraphy",
)


@dataclass(frozen=True)
class Wanted:
    """One plan: its name, the model, and the options of ``trtstudio build``."""

    name: str
    model: Path
    options: tuple[str, ...] = ()


def plans(folder: Path, detector: Path | None) -> Iterator[Wanted]:
    """What is to be measured."""
    resnet = write_resnet50(folder / "resnet50.onnx")
    for precision in ("keep", "fp16"):
        for batch in (1, 8):
            name = f"resnet50 {'fp32' if precision == 'keep' else precision} batch {batch}"
            yield Wanted(name, resnet, (*_shape(resnet, batch), "--precision", precision))
    yield Wanted("efficientnet_lite0 batch 1", assets.SAMPLE_MODEL, _shape(assets.SAMPLE_MODEL, 1))
    if detector is not None:
        yield Wanted(detector.stem, detector)


def _shape(model: Path, batch: int) -> tuple[str, ...]:
    """A profile of nothing but this batch."""
    graph = formats.read(model).graph
    assert graph is not None
    (tensor,) = graph.input_tensors
    shape = "x".join(str(size) for size in (batch, *(tensor.shape or ())[1:]))
    return "--profile", f"{tensor.name}={shape}"


def measure(wanted: Wanted, folder: Path, seconds: float) -> dict[str, Any]:
    """The figures of one plan."""
    plan = folder / f"{wanted.name.replace(' ', '_')}.plan"
    _run("-m", "trtstudio", "build", str(wanted.model), "-o", str(plan), *wanted.options)
    times = _figures("gpu_time.py", plan, *BRIEF, "--iterations", "500")
    rates = _figures("throughput.py", plan, *BRIEF, "--seconds", seconds, "--only", *WAYS)
    return {"name": wanted.name, "gpu_time": times, "throughput": rates}


def _figures(script: str, *arguments: object) -> Any:
    said = _run(str(HERE / script), *map(str, arguments))
    return json.loads(said[said.index("{") :])


def _run(*arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {done.returncode}.")
    return done.stdout


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--detector", type=Path)
    parser.add_argument("--only", nargs="+", metavar="NAME")
    parser.add_argument("--seconds", type=float, default=0.2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for wanted in plans(folder, options.detector):
            if not options.only or any(part in wanted.name for part in options.only):
                print(json.dumps(measure(wanted, folder, options.seconds)), flush=True)


if __name__ == "__main__":
    main()
