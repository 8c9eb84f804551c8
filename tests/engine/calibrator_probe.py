"""Run in a process of its own by ``test_calibrator_generations.py``, over one generation's bindings
and the stand-in library: prints as JSON what a calibrator of the module's own class does.
"""

import ctypes
import json
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from trtstudio.engine import runtime
from trtstudio.engine.build.calibrator import can_calibrate, make_calibrator
from trtstudio.engine.conversion.samples import Samples
from trtstudio.engine.logger import process_logger
from trtstudio.model.build.conversion import METHODS
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.run import Array, SessionInfo


class Upload:
    """The device of a machine without one."""

    def __call__(self, batch: Mapping[str, Array]) -> dict[str, int]:
        return {name: len(array) for name, array in batch.items()}

    def close(self) -> None:
        """Nothing was taken."""


def samples() -> Samples:
    tensor = Tensor("x", "float32", ("N", 2), "input")
    info = SessionInfo(0, "m.onnx", "", "", (tensor,), (), {})
    return Samples([Path("a"), Path("b")], lambda _: {"x": np.ones((1, 2), np.float32)}, info, 9)


def main() -> None:
    """``calibrator_probe.py LIBRARY CACHE``"""
    library = ctypes.CDLL(sys.argv[1])
    calls = ctypes.c_uint64.in_dll(library, "stand_in_count")
    module = runtime.load()
    config = module.Builder(process_logger(module)).create_builder_config()
    answer: dict[str, object] = {"takes": can_calibrate(config)}
    for method in METHODS:
        try:
            calibrator = make_calibrator(
                module,
                method,
                samples(),
                batch_size=2,
                cache=Path(sys.argv[2]),
                on_progress=lambda _: None,
                upload=Upload(),
            )
        except StudioError as error:
            answer[method] = error.message
            continue
        before = calls.value
        config.int8_calibrator = calibrator
        reached = calls.value - before
        batches = [calibrator.get_batch(["x"]) for _ in range(2)]
        calibrator.write_calibration_cache(b"ranges")
        kept = calibrator.read_calibration_cache()
        answer[method] = [
            [c.__name__ for c in type(calibrator).__mro__],
            calibrator.get_batch_size(),
            batches,
            (kept or b"").decode(),
            reached,
        ]
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
