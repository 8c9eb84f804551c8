"""INT8 from a folder of samples, step by step. For a worker thread."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trtstudio.engine.conversion import int8
from trtstudio.engine.conversion.floats import lower
from trtstudio.engine.conversion.model_file import load_typed, save
from trtstudio.engine.conversion.ranges import (
    RangeCache,
    Ranges,
    measure,
    read_cache,
    write_cache,
)
from trtstudio.engine.conversion.samples import Pictures, Samples, open_samples
from trtstudio.engine.run.onnx_session import OnnxSession
from trtstudio.model.build.build import Progress
from trtstudio.model.build.conversion import Calibration, Conversion
from trtstudio.model.errors import StudioError
from trtstudio.model.files import scratch_folder
from trtstudio.model.model_hash import model_sha256
from trtstudio.model.onnx.file import read_onnx

_BASES = {"fp16": "float16", "bf16": "bfloat16"}
OnProgress = Callable[[Progress], None]


def to_int8(
    path: Path,
    out: Path,
    conversion: Conversion,
    on_progress: OnProgress,
    pictures: Pictures | None,
) -> tuple[str, ...]:
    """Write the model in INT8 and answer what to warn of. A model that is quantized already is
    written as it is. Raises StudioError where it cannot be done.
    """
    on_progress(Progress("Reading the model"))
    typed = load_typed(path)
    if int8.is_quantized(typed.graph):
        save(typed, out)
        return (
            "The model is quantized already: it was taken as it is, and nothing was measured. With "
            "fp16 all of it that is not INT8 becomes FP16.",
        )
    _require_fp32(typed, path)
    del typed
    with scratch_folder() as folder:
        model = int8.load_folded(path, conversion.base, Path(folder))
        targets = int8.find_targets(model.graph, conversion.keep_fp32, conversion.int8_from or 0)
        tensors = list(dict.fromkeys(targets.values()))
        calibrating = _Calibrating(
            path, calibration_of(conversion), Path(folder), on_progress, pictures
        )
        ranges, warnings = calibrating.ranges(model, tensors)
    on_progress(Progress("Converting the model to INT8"))
    int8.quantize(model.graph, targets, ranges)
    if conversion.base in _BASES:
        low = _BASES[conversion.base]
        lower(model, low, keep_fp32=conversion.keep_fp32, convert_io=conversion.convert_io)
    on_progress(Progress("Writing the converted model"))
    save(model, out)
    return warnings


def _require_fp32(model: Any, path: Path) -> None:
    halves = [t.name for t in model.graph.initializer if t.data_type in (10, 16)]
    if halves:
        raise StudioError(
            f"{path.name} is in FP16 or BF16 already, and INT8 is made of FP32.",
            hint="Convert the model that it was made from; with base fp16 the rest becomes FP16.",
            details=f"As the weight {halves[0]} is.",
        )


def open_calibration(
    path: Path, asked: Calibration, on_progress: OnProgress, pictures: Pictures | None
) -> Samples:
    """The samples for the model at ``path``."""
    with closing(OnnxSession(str(path), 0, on_progress)) as session:
        info = session.info
    metadata = read_onnx(path).metadata
    folder = Path(asked.folder)
    return open_samples(folder, asked.limit, info, metadata, pictures, asked.preprocess)


def calibration_of(conversion: Conversion) -> Calibration:
    """What INT8 is calibrated on. Raises StudioError where nothing was named."""
    if conversion.calibration is None:
        raise StudioError(
            "INT8 needs samples to measure ranges on.",
            hint="Name a folder with some hundred typical pictures, or .npy or .npz files.",
        )
    return conversion.calibration


@dataclass(frozen=True, slots=True)
class _Calibrating:
    """Everything that measuring takes besides the model itself, which was read from ``path``."""

    path: Path
    asked: Calibration
    workplace: Path
    on_progress: OnProgress
    pictures: Pictures | None

    def ranges(self, model: Any, tensors: list[str]) -> tuple[Ranges, tuple[str, ...]]:
        """The ranges that are kept for this model and method, else measured and then kept; and
        what to warn of.
        """
        cache, method = self.asked.cache, self.asked.method
        sha256 = model_sha256(self.path)
        if cache and (kept := read_cache(Path(cache), sha256, method, tensors)):
            text = f"The INT8 ranges are those in {cache}, measured on {kept.folder}."
            return kept.ranges, (f"{text} Delete that file to measure again.",)
        samples = open_calibration(self.path, self.asked, self.on_progress, self.pictures)
        steps = len(samples.files)
        ranges = measure(
            model,
            tensors,
            samples,
            method,
            self.workplace,
            steps=steps,
            on_progress=self.on_progress,
        )
        if cache:
            write_cache(Path(cache), RangeCache(sha256, method, self.asked.folder, ranges))
        return ranges, samples.warnings
