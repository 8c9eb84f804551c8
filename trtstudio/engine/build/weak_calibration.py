"""INT8 ranges for a weakly typed network, measured by TensorRT 10 while it builds. For the one
thread that builds.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from trtstudio.engine.build.calibrator import can_calibrate, make_calibrator
from trtstudio.engine.conversion.calibration import open_calibration
from trtstudio.engine.conversion.samples import Pictures
from trtstudio.model.build.build import BuildRequest, Progress
from trtstudio.model.errors import as_studio_error


@contextmanager
def calibrated(
    module: ModuleType,
    config: Any,
    request: BuildRequest,
    on_progress: Callable[[Progress], None],
    pictures: Pictures | None,
) -> Iterator[None]:
    """A build inside this block measures the ranges on the samples that the request names; one that
    names none takes those in the model. Raises what went wrong while measuring.
    """
    asked = request.conversion.calibration
    wants_int8 = request.weak is not None and "INT8" in request.weak.precisions
    if asked is None or not wants_int8 or not can_calibrate(config):
        yield
        return
    calibrator = make_calibrator(
        module,
        asked.method,
        open_calibration(Path(request.model), asked, on_progress, pictures),
        batch_size=_batch_size(request),
        cache=Path(asked.cache) if asked.cache else None,
        on_progress=on_progress,
    )
    config.int8_calibrator = calibrator
    try:
        yield
        if calibrator.problem is not None:
            raise as_studio_error(calibrator.problem)
    finally:
        calibrator.close()


def _batch_size(request: BuildRequest) -> int:
    """TensorRT calibrates with the optimum of the first profile."""
    first = request.profiles[0] if request.profiles else {}
    sizes = [shapes.opt[0] for shapes in first.values() if shapes.opt and not shapes.values]
    return max(sizes, default=1)
