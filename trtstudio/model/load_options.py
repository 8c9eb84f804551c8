"""How a model is loaded, as far as its user can choose. Plain data; any thread."""

from dataclasses import dataclass, fields
from typing import Literal

CudaGraphs = Literal["disabled", "whole_graph_capture"]
KernelSpecialization = Literal["lazy", "eager", "none"]
ContextMemory = Literal["static", "on_profile_change", "user_managed"]


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """None, or the first choice, leaves it to the runtime; a runtime that does not have something
    refuses every other choice. The words are those of TensorRT, in lower case.

    ``device`` is the GPU's place in ``Installation.devices``. ``weight_streaming`` is how many
    bytes of the streamable weights stay on the GPU, or ``automatic``; None keeps them all there.
    ``context_memory`` is when a context's activations are allocated: once for all profiles, again
    for each profile, or by this program for just the shapes in use. ``keep_kernels`` keeps what is
    compiled just in time for the next start.
    """

    device: int = 0
    weight_streaming: int | Literal["automatic"] | None = None
    cuda_graphs: CudaGraphs | None = None
    kernel_specialization: KernelSpecialization | None = None
    context_memory: ContextMemory = "static"
    keep_kernels: bool = True

    def chosen(self) -> tuple[str, ...]:
        """The names of what is not left to the runtime."""
        default = LoadOptions()
        names = (each.name for each in fields(self))
        return tuple(n for n in names if getattr(self, n) != getattr(default, n))
