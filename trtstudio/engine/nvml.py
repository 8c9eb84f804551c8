"""What NVIDIA's management library says of a GPU, which takes no CUDA context. Any thread."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """Free memory in bytes and the driver's version."""

    free_bytes: int = 0
    driver: str = ""


def read(bus_id: bytes) -> Reading:
    """The reading of the GPU at this PCI bus id; an empty one where the library is not at hand."""
    try:
        import pynvml
    except ImportError:
        return Reading()
    try:
        pynvml.nvmlInit()
        try:
            handle = pynvml.nvmlDeviceGetHandleByPciBusId(bus_id)
            free = int(pynvml.nvmlDeviceGetMemoryInfo(handle).free)
            return Reading(free, pynvml.nvmlSystemGetDriverVersion())
        finally:
            pynvml.nvmlShutdown()
    except pynvml.NVMLError:
        return Reading()
