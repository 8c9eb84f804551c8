"""What NVIDIA's management library says of a GPU, which takes no CUDA context. Any thread."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from trtstudio.model.errors import StudioError
from trtstudio.model.measure.bench import ClockSample

T = TypeVar("T")

_REASONS = {
    0x002: "clocks set by the user",
    0x004: "power cap",
    0x008: "hardware slowdown",
    0x010: "sync boost",
    0x020: "too hot",
    0x040: "too hot",
    0x080: "power brake",
    0x100: "display clocks",
}
"""NVML's bits of nvmlClocksEventReasons; that the GPU is idle is none for being slow."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Free memory in bytes and the driver's version."""

    free_bytes: int = 0
    driver: str = ""


def read(bus_id: bytes) -> Reading:
    """The reading of the GPU at this PCI bus id; an empty one where the library is not at hand."""
    try:
        gpu = Gpu(bus_id)
    except StudioError:
        return Reading()
    try:
        return gpu.reading()
    finally:
        gpu.close()


class Gpu:
    """One GPU, asked as often as wanted until it is closed."""

    def __init__(self, bus_id: bytes) -> None:
        """Raises StudioError where the library is not at hand or does not know the GPU."""
        try:
            import pynvml
        except ImportError as error:
            raise StudioError(
                "The GPU's clocks are not known: nvidia-ml-py is not installed.",
                hint="Install it: pip install nvidia-ml-py.",
            ) from error
        self._nvml: Any = pynvml
        try:
            pynvml.nvmlInit()
            try:
                self._handle = pynvml.nvmlDeviceGetHandleByPciBusId(bus_id)
            except pynvml.NVMLError:
                pynvml.nvmlShutdown()
                raise
        except pynvml.NVMLError as error:
            raise StudioError(
                f"The GPU's clocks are not known: NVML says {error}.",
                hint="Where nvidia-smi works, this does too.",
            ) from error

    def reading(self) -> Reading:
        """How much memory is free, and the driver; what is not told is left out."""
        nvml, handle = self._nvml, self._handle
        free = self._told(lambda: int(nvml.nvmlDeviceGetMemoryInfo(handle).free))
        return Reading(free or 0, self._told(lambda: str(nvml.nvmlSystemGetDriverVersion())) or "")

    def clocks(self, time_s: float) -> ClockSample:
        """Its state now, which is ``time_s`` for the caller."""
        nvml, handle = self._nvml, self._handle
        milliwatts = self._told(lambda: nvml.nvmlDeviceGetPowerUsage(handle))
        return ClockSample(
            time_s,
            self._told(lambda: nvml.nvmlDeviceGetClockInfo(handle, nvml.NVML_CLOCK_SM)),
            self._told(lambda: nvml.nvmlDeviceGetClockInfo(handle, nvml.NVML_CLOCK_MEM)),
            self._told(lambda: nvml.nvmlDeviceGetTemperature(handle, nvml.NVML_TEMPERATURE_GPU)),
            None if milliwatts is None else milliwatts / 1e3,
            self._told(lambda: nvml.nvmlDeviceGetUtilizationRates(handle).gpu),
            self._throttle(),
        )

    def _throttle(self) -> tuple[str, ...]:
        # Its name until driver 535; newer bindings still have it.
        bits = self._told(
            lambda: self._nvml.nvmlDeviceGetCurrentClocksThrottleReasons(self._handle)
        )
        return tuple(dict.fromkeys(word for bit, word in _REASONS.items() if (bits or 0) & bit))

    def _told(self, ask: Callable[[], T]) -> T | None:
        """None for what this GPU or its driver does not tell."""
        with suppress(self._nvml.NVMLError):
            return ask()
        return None

    def close(self) -> None:
        """Let the library go."""
        with suppress(self._nvml.NVMLError):
            self._nvml.nvmlShutdown()
