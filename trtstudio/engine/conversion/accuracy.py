"""A converted model beside the one that it was made from, both run by ONNX Runtime on the same
samples. For a worker thread.
"""

from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from trtstudio.engine.conversion.samples import Pictures, open_samples
from trtstudio.engine.run.onnx_session import OnnxSession
from trtstudio.model.arrays import numpy_dtype
from trtstudio.model.build.accuracy import Agreement, Comparison
from trtstudio.model.build.build import Progress
from trtstudio.model.errors import StudioError
from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.run import Array, SessionInfo

_LIMIT = 500


def compare_models(
    original: Path,
    converted: Path,
    folder: Path,
    *,
    on_progress: Callable[[Progress], None],
    pictures: Pictures | None = None,
    preprocess: str = "",
    limit: int = _LIMIT,
) -> tuple[tuple[Agreement, ...], tuple[str, ...]]:
    """How each output of ``converted`` agrees with that of ``original`` on the pictures or arrays
    in ``folder``, and warnings of files that could not be used.

    Raises StudioError where ONNX Runtime cannot run one of them, as it cannot BF16 on a CPU.
    """
    metadata = read_onnx(original).metadata
    with (
        closing(OnnxSession(str(original), 0, on_progress)) as one,
        closing(_open_converted(converted, on_progress)) as other,
    ):
        samples = open_samples(folder, limit, one.info, metadata, pictures, preprocess)
        names = [tensor.name for tensor in one.info.outputs]
        comparisons = {name: Comparison(name) for name in names}
        for step, feed in enumerate(samples):
            on_progress(Progress("Comparing the models", step, len(samples.files)))
            expected = one.run(feed).outputs
            found = other.run(_retyped(feed, other.info)).outputs
            for name, comparison in comparisons.items():
                comparison.add(expected[name], found[name])
    return tuple(c.result() for c in comparisons.values()), samples.warnings


def _open_converted(path: Path, on_progress: Callable[[Progress], None]) -> OnnxSession:
    try:
        return OnnxSession(str(path), 0, on_progress)
    except StudioError as error:
        if any(tensor.dtype == "bfloat16" for tensor in read_onnx(path).tensors):
            error.hint = (
                "ONNX Runtime has no BF16 for a CPU: build an engine of this model, and compare "
                "its outputs on a GPU."
            )
        raise


def _retyped(feed: Mapping[str, Array], info: SessionInfo) -> dict[str, Array]:
    """The inputs in the types of a model whose inputs were converted too."""
    dtypes = {tensor.name: numpy_dtype(tensor.dtype) for tensor in info.inputs}
    return {name: array.astype(dtypes[name], copy=False) for name, array in feed.items()}
