"""The ranges that the tensors of a model have on samples: measured with ONNX Runtime, and kept in a
file. For a worker thread.

ONNX Runtime's own calibrators hold the tensors of all samples at once; here it is those of one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from trtstudio.engine.conversion.histogram import Histogram
from trtstudio.engine.conversion.model_file import save
from trtstudio.engine.conversion.samples import Feed
from trtstudio.engine.run.onnx_session import OnnxSession
from trtstudio.model.array_json import from_json, to_json
from trtstudio.model.build.build import Progress
from trtstudio.model.build.conversion import CalibrationMethod
from trtstudio.model.errors import StudioError
from trtstudio.model.files import read_file, unreadable, whole_file
from trtstudio.model.model_hash import is_same_model

Ranges = dict[str, float]
"""The largest magnitude that INT8 holds of every tensor, by name."""


@dataclass(frozen=True, slots=True)
class RangeCache:
    """Ranges as they are kept, the model and method that they hold for, and the folder that they
    were measured on.
    """

    model_sha256: str
    method: CalibrationMethod
    folder: str
    ranges: Ranges


def measure(
    model: Any,
    tensors: Iterable[str],
    samples: Iterable[Feed],
    method: CalibrationMethod,
    workplace: Path,
    *,
    steps: int,
    on_progress: Callable[[Progress], None],
) -> Ranges:
    """Run the model on the samples, of which there are about ``steps``. ``workplace`` is a folder
    for a temporary file.
    """
    path = workplace / "calibrated.onnx"
    histograms = {name: Histogram() for name in tensors}
    with _putting_out(model, histograms):
        save(model, path)
    with closing(OnnxSession(str(path), 0, on_progress)) as session:
        for step, feed in enumerate(samples):
            on_progress(Progress("Calibrating", min(step, steps), steps))
            session.bind(feed)
            session.step()
            for name, values in session.outputs().items():
                histograms[name].add(values)
    return _thresholds(histograms, method, on_progress)


def _thresholds(
    histograms: Mapping[str, Histogram],
    method: CalibrationMethod,
    on_progress: Callable[[Progress], None],
) -> Ranges:
    ranges = {}
    for step, (name, histogram) in enumerate(histograms.items()):
        on_progress(Progress("Choosing INT8 ranges", step, len(histograms)))
        ranges[name] = histogram.threshold(method)
    return ranges


@contextmanager
def _putting_out(model: Any, names: Iterable[str]) -> Iterator[None]:
    """Within, these tensors are the model's outputs, and nothing else."""
    import onnx

    before = list(model.graph.output)
    del model.graph.output[:]
    for name in names:
        model.graph.output.append(onnx.helper.make_tensor_value_info(name, 1, None))
    try:
        yield
    finally:
        del model.graph.output[:]
        model.graph.output.extend(before)


def read_cache(
    path: Path, model_sha256: str, method: CalibrationMethod, tensors: Iterable[str]
) -> RangeCache | None:
    """What was kept for this model and method, or None. Raises StudioError where the file
    cannot be read, or is something else, which must not be overwritten.
    """
    try:
        kept = from_json(read_file(path), RangeCache)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreadable(path, error) from error
    except msgspec.DecodeError as error:
        raise StudioError(
            f"{path} holds no calibration ranges.",
            hint="Name another file for the cache, or delete this one.",
            details=str(error),
        ) from error
    fits = is_same_model(kept.model_sha256, model_sha256) and kept.method == method
    return kept if fits and kept.ranges.keys() >= set(tensors) else None


def write_cache(path: Path, cache: RangeCache) -> None:
    """Keep ranges, whole or not at all."""
    with whole_file(path) as file:
        file.write(msgspec.json.format(to_json(cache), indent=1))
