"""NVIDIA's Model Optimizer, which needs an environment of its own, as a program that converts a
model. For a worker thread.
"""

import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from trtstudio.engine.conversion import rules
from trtstudio.engine.conversion.samples import Samples
from trtstudio.model.build.build import Progress
from trtstudio.model.build.conversion import Conversion
from trtstudio.model.errors import StudioError
from trtstudio.model.files import scratch_folder, whole_file
from trtstudio.model.onnx.file import read_onnx

_WATCHED = str(Path(__file__).with_name("watched.py"))
_TICK_S = 0.1
_LOG_LINES = 40
_METHODS = {"entropy": "entropy", "minmax": "max"}
_INSTALL = (
    "Make an environment for it: python -m venv modelopt, then "
    'modelopt/bin/pip install "nvidia-modelopt[onnx]", and name its Python.'
)


def run_modelopt(
    model: Path,
    out: Path,
    precision: str,
    conversion: Conversion,
    samples: Samples | None,
    on_progress: Callable[[Progress], None],
) -> None:
    """Convert the model with the ``modelopt`` of ``conversion.python``; ``samples`` are for INT8.

    Raises StudioError where there is none, or with its last words where it fails; what
    ``on_progress`` raises ends it.
    """
    with scratch_folder() as folder:
        part = Path(folder, out.name)
        kept = rules.kept_names(read_onnx(model), conversion.keep_fp32)
        if precision == "int8":
            kept += rules.small_names(read_onnx(model), conversion.int8_from or 0)
            data = Path(folder, "calibration.npz")
            _write_samples(data, samples, on_progress)
            command = quantization_command(model, part, conversion, kept, data)
        else:
            command = autocast_command(model, part, precision, conversion, kept)
        _run(command, Path(folder, "log.txt"), on_progress)
        for path in sorted(Path(folder).iterdir(), reverse=True):  # the model after its weights
            if path.name.startswith(out.name):  # as theirs does
                with path.open("rb") as made, whole_file(out.with_name(path.name)) as file:
                    shutil.copyfileobj(made, file)


def autocast_command(
    model: Path, out: Path, precision: str, conversion: Conversion, kept: Sequence[str]
) -> list[str]:
    """The command line of ``modelopt.onnx.autocast``, for FP16 and BF16."""
    command = [conversion.python, _WATCHED, "modelopt.onnx.autocast"]
    command += ["--onnx_path", str(model), "--output_path", str(out)]
    command += ["--low_precision_type", precision]
    command += [] if conversion.convert_io else ["--keep_io_types"]
    return command + _excluded(kept)


def quantization_command(
    model: Path, out: Path, conversion: Conversion, kept: Sequence[str], data: Path
) -> list[str]:
    """The command line of ``modelopt.onnx.quantization``, for INT8. Raises StudioError for a method
    that it does not have.
    """
    asked = conversion.calibration
    if asked is None or asked.method not in _METHODS:
        raise StudioError(
            "Model Optimizer calibrates by entropy or minmax.",
            hint="Choose one of them, or convert with the built-in tool.",
        )
    command = [conversion.python, _WATCHED, "modelopt.onnx.quantization"]
    command += ["--onnx_path", str(model), "--output_path", str(out)]
    command += ["--quantize_mode", "int8", "--calibration_eps", "cpu"]
    command += ["--calibration_data_path", str(data)]
    command += ["--calibration_method", _METHODS[asked.method]]
    command += ["--high_precision_dtype", conversion.base]
    command += ["--direct_io_types"] if conversion.convert_io else []
    return command + _excluded(kept)


def _excluded(names: Sequence[str]) -> list[str]:
    """Model Optimizer takes regular expressions."""
    return ["--nodes_to_exclude", *(f"^{re.escape(name)}$" for name in names)] if names else []


def _write_samples(
    path: Path, samples: Samples | None, on_progress: Callable[[Progress], None]
) -> None:
    """An .npz with all samples, one after another in the first dimension of every input."""
    if samples is None:
        raise StudioError("INT8 needs samples to measure ranges on.", hint="Name a folder.")
    feeds = list(_told(samples, on_progress))
    with zipfile.ZipFile(path, "w") as archive:
        for name in feeds[0]:
            with archive.open(f"{name}.npy", "w", force_zip64=True) as entry:
                joined = np.concatenate([feed[name] for feed in feeds])
                np.lib.format.write_array(entry, joined, allow_pickle=False)


def _told(samples: Samples, on_progress: Callable[[Progress], None]) -> Iterator[dict[str, Any]]:
    for step, feed in enumerate(samples):
        on_progress(Progress("Reading the samples", step, len(samples.files)))
        yield dict(feed)


def _run(command: Sequence[str], log: Path, on_progress: Callable[[Progress], None]) -> None:
    try:
        with log.open("wb") as file:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=file, stderr=subprocess.STDOUT
            )
    except OSError as error:
        raise StudioError(
            f"{command[0] or 'No Python'} cannot be started: Model Optimizer needs the Python of "
            "an environment that has it.",
            hint=_INSTALL,
            details=str(error),
        ) from error
    with process:
        try:
            while process.poll() is None:
                on_progress(Progress("Model Optimizer is converting the model"))
                time.sleep(_TICK_S)
        finally:
            process.kill()
    if process.returncode:
        raise _failure(log.read_text(errors="replace"), command[0])


def _failure(said: str, python: str) -> StudioError:
    if "No module named" in said and "modelopt" in said:
        return StudioError(f"{python} has no Model Optimizer.", hint=_INSTALL, details=said)
    return StudioError(
        "Model Optimizer could not convert the model.",
        hint="The details have its last words; the built-in tool may do it.",
        details="\n".join(said.splitlines()[-_LOG_LINES:]),
    )
