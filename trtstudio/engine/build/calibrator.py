"""INT8 calibration by TensorRT 10 itself, for weakly typed networks: later ones, and TensorRT-RTX,
take the ranges from the model. For the one thread that builds, in which TensorRT calls it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import numpy as np

from trtstudio.engine import cuda
from trtstudio.engine.conversion.samples import Samples
from trtstudio.model.build.build import Progress
from trtstudio.model.build.conversion import CalibrationMethod
from trtstudio.model.errors import StudioError
from trtstudio.model.files import read_file, unreadable, whole_file
from trtstudio.model.run import Array

_CLASSES = {"entropy": "IInt8EntropyCalibrator2", "minmax": "IInt8MinMaxCalibrator"}


class Upload(Protocol):
    """Where a batch goes before TensorRT reads it."""

    def __call__(self, batch: Mapping[str, Array]) -> dict[str, int]:
        """The addresses of the arrays on the device, valid until the next call."""

    def close(self) -> None:
        """Free the memory."""


class DeviceUpload:
    """Device memory for one batch, of which all have the same shapes."""

    def __init__(self) -> None:
        self._stream: cuda.Stream | None = None
        self._buffers: dict[str, tuple[cuda.HostBuffer, cuda.DeviceBuffer]] = {}

    def __call__(self, batch: Mapping[str, Array]) -> dict[str, int]:
        """Copy the arrays to the device."""
        stream = self._stream = self._stream or cuda.Stream()
        for name, array in batch.items():
            if name not in self._buffers:
                size = array.nbytes
                self._buffers[name] = cuda.HostBuffer(size), cuda.DeviceBuffer(size)
            host, device = self._buffers[name]
            host.view(array.shape, array.dtype)[...] = array
            cuda.copy_to_device(device, host, array.nbytes, stream=stream)
        stream.synchronize()
        return {name: device.address for name, (_, device) in self._buffers.items()}

    def close(self) -> None:
        """Free the memory; harmless when repeated."""
        for host, device in self._buffers.values():
            host.close()
            device.close()
        self._buffers.clear()
        if self._stream is not None:
            self._stream.close()
            self._stream = None


def can_calibrate(config: Any) -> bool:
    """Whether a builder's configuration takes a calibrator."""
    return hasattr(config, "int8_calibrator")


def make_calibrator(
    module: ModuleType,
    method: CalibrationMethod,
    samples: Samples,
    *,
    batch_size: int,
    cache: Path | None,
    on_progress: Callable[[Progress], None],
    upload: Upload | None = None,
) -> Any:
    """A calibrator of the module's own class for ``config.int8_calibrator``. It keeps nothing alive
    but itself: hold it until the build is done, then ``close()`` it.

    ``batch_size`` is that of the calibration profile's optimum. What goes wrong ends the
    calibration and is in its ``problem``, since TensorRT passes on no exception. Raises
    StudioError for a method that TensorRT does not have.
    """
    if method not in _CLASSES or not hasattr(module, _CLASSES[method]):
        raise StudioError(
            f"This TensorRT has no calibration by {method}.",
            hint=f"Choose {' or '.join(m for m in _CLASSES)}, or a strongly typed INT8 build.",
        )
    base: Any = getattr(module, _CLASSES[method])

    class Calibrator(base):  # type: ignore[misc]
        def __init__(self) -> None:
            base.__init__(self)
            self.problem: Exception | None = None
            self._batches = _batches(samples, batch_size)
            self._upload = upload or DeviceUpload()
            self._step = 0

        def get_batch_size(self) -> int:
            return batch_size

        def get_batch(self, names: Sequence[str]) -> list[int] | None:
            try:
                on_progress(Progress("Calibrating", self._step, len(samples.files)))
                batch = next(self._batches, None) if self.problem is None else None
                if batch is None:
                    return None
                self._step += batch_size
                addresses = self._upload(batch)
                return [addresses[name] for name in names]
            except Exception as error:
                self.problem = error
                return None

        def read_calibration_cache(self) -> bytes | None:
            if cache is None:
                return None
            try:
                return read_file(cache)
            except FileNotFoundError:
                return None
            except OSError as error:
                self.problem = unreadable(cache, error)
                return None

        def write_calibration_cache(self, content: Any) -> None:
            if cache is None:
                return
            try:
                with whole_file(cache) as file:
                    file.write(content)
            except StudioError as error:
                self.problem = error

        def close(self) -> None:
            self._upload.close()

    return Calibrator()


def _batches(samples: Samples, size: int) -> Iterator[dict[str, Array]]:
    """So many samples at a time; the last batch is filled up with its own."""
    feeds = iter(samples)
    for first in feeds:
        # A sample may be a whole batch itself, of a model that takes no other.
        wanted = max(1, size // max(len(array) for array in first.values()))
        group = [first, *islice(feeds, wanted - 1)]
        filled = [group[position % len(group)] for position in range(wanted)]
        yield {name: np.concatenate([feed[name] for feed in filled]) for name in first}
