"""Converted models: time, peak memory, agreement with FP32, and what TensorRT computes in. Prints
JSON.

    python benchmarks/conversion.py MODEL FOLDER [--targets sm_80 sm_120 ...] [--samples 500]

FOLDER holds pictures or arrays. The peer is onnxruntime.quantization.quantize_static with the same
samples, in the same run, both by entropy: its calibrator holds the tensors of all samples, so it is
given at most 100. Every figure is of a fresh process. TensorRT-RTX builds for the targets without a
GPU.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from trtstudio.model.build.int8_layers import WORTH_IT

PRECISIONS = ("keep", "fp16", "bf16", "int8")
PEER_LIMIT = 100


def convert(model: Path, folder: Path, out: Path, precision: str, limit: int) -> dict[str, Any]:
    """Ours, in this process."""
    from trtstudio.engine.conversion import convert as convert_model
    from trtstudio.model.build.conversion import Calibration, Conversion
    from trtstudio.vision import samples

    asked = Conversion(calibration=Calibration(str(folder), "entropy", limit))
    began = time.perf_counter()
    convert_model(model, out, precision, asked, on_progress=lambda _: None, pictures=samples)
    return measured(began)


def convert_peer(model: Path, folder: Path, out: Path, limit: int) -> dict[str, Any]:
    """ONNX Runtime's static quantization."""
    from onnxruntime.quantization import CalibrationMethod, QuantType, quantize_static

    from trtstudio.engine.conversion.calibration import open_calibration
    from trtstudio.model.build.conversion import Calibration
    from trtstudio.vision import samples

    asked = Calibration(str(folder), "entropy", min(limit, PEER_LIMIT))
    feeds = iter(open_calibration(model, asked, lambda _: None, samples))

    class Reader:
        def get_next(self) -> Any:
            return next(feeds, None)

    began = time.perf_counter()
    quantize_static(
        model,
        out,
        Reader(),
        calibrate_method=CalibrationMethod.Entropy,
        activation_type=QuantType.QInt8,
        weight_type=QuantType.QInt8,
        per_channel=True,
        extra_options={"ActivationSymmetric": True, "QuantizeBias": False},
    )
    return measured(began)


def measured(began: float) -> dict[str, float]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": round(time.perf_counter() - began, 2), "peak_mib": round(peak / 1024)}


def agreement(model: Path, converted: Path, folder: Path) -> list[dict[str, Any]]:
    from dataclasses import asdict

    from trtstudio.engine.conversion.accuracy import compare_models
    from trtstudio.vision import samples

    found, _ = compare_models(
        model, converted, folder, on_progress=lambda _: None, pictures=samples
    )
    return [asdict(one) for one in found]


def effective(
    model: Path, folder: Path, precision: str, target: str, workplace: Path, int8_from: int = 0
) -> dict[str, Any]:
    """Each dtype's share of the engine's layers, their number, and the plan's size."""
    from trtstudio.engine.build.build import build
    from trtstudio.model.build.build import BuildRequest
    from trtstudio.model.build.conversion import Calibration, Conversion
    from trtstudio.model.build.profile import suggest_profile
    from trtstudio.model.onnx.file import read_onnx
    from trtstudio.vision import samples

    profile = suggest_profile(read_onnx(model))
    request = BuildRequest(
        model=str(model),
        plan=str(workplace / "out.plan"),
        profiles=(profile,) if profile else (),
        precision=precision,
        targets=(target,),
        conversion=Conversion(
            calibration=Calibration(str(folder), "entropy", cache=str(workplace / "ranges.json")),
            int8_from=int8_from,
        ),
    )
    done = build(
        request,
        on_progress=lambda _: None,
        on_log=lambda _: None,
        cancelled=lambda: False,
        pictures=samples,
    )
    mix = {dtype: round(share, 2) for dtype, share in done.precision.items()}
    count = len(done.engine.layers) if done.engine else None
    return {"layers": mix, "count": count, "plan_mb": round(done.plan_bytes / 1e6, 1)}


def in_child(*words: str) -> Any:
    command = [sys.executable, __file__, "--child", *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def child(words: list[str]) -> None:
    what, model, folder, out, limit = words[0], *map(Path, words[1:4]), int(words[4])
    if what == "peer":
        print(json.dumps(convert_peer(model, folder, out, limit)))
    else:
        print(json.dumps(convert(model, folder, out, what, limit)))


def main() -> None:
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--targets", nargs="*", default=["sm_80", "sm_86", "sm_89", "sm_120"])
    parser.add_argument("--samples", type=int, default=500)
    options = parser.parse_args()
    answer: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        workplace = Path(name)
        for precision in PRECISIONS:
            found = answer[precision] = {}
            if precision != "keep":
                out = workplace / f"{precision}.onnx"
                places = (str(options.model), str(options.folder), str(out))
                found |= in_child(precision, *places, str(options.samples))
            if precision in ("fp16", "int8"):
                found["agreement"] = agreement(options.model, out, options.folder)
            for target in options.targets:
                found[target] = effective(
                    options.model, options.folder, precision, target, workplace
                )
        large = WORTH_IT["tensorrt_rtx"]
        answer[f"int8_from_{large}"] = {
            target: effective(options.model, options.folder, "int8", target, workplace, large)
            for target in options.targets
        }
        places = (str(options.model), str(options.folder), str(workplace / "peer.onnx"))
        answer["onnxruntime_int8"] = in_child("peer", *places, str(options.samples))
    print(json.dumps(answer, indent=1))


if __name__ == "__main__":
    main()
