"""An execution context with the memory of its inputs and outputs. Only the thread that owns the
session.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from types import ModuleType
from typing import Any

import numpy as np

from trtstudio.engine import cuda
from trtstudio.engine.run.binding import Binding, output_allocator
from trtstudio.engine.run.context_memory import ContextMemory
from trtstudio.engine.run.inputs import checked_inputs, numpy_dtype
from trtstudio.engine.run.profiles import choose_profile, profiled_sizes
from trtstudio.engine.run.refusals import insist, refusals
from trtstudio.engine.tf32 import fp32
from trtstudio.model.build.build import Shape
from trtstudio.model.errors import NotLoaded
from trtstudio.model.graph import Tensor, format_shape
from trtstudio.model.run import Array, SessionInfo

RUNTIME_CAPTURES = "whole_graph_capture"


class Context:
    """An ``IExecutionContext`` whose every input and output is bound. Everything that depends on
    the shapes only is done when they change, so that an inference costs Python some microseconds.

    ``is_fresh`` until the first inference since the shapes changed, in which kernels may be
    compiled; ``uploads`` and ``downloads`` are the bindings that are copied to and from the GPU,
    ``layout`` is another object whenever their sizes or places may be others. ``is_shared`` while
    it and a ``twin`` have one ``IExecutionContext``: then ``tell_addresses`` comes before each
    inference.
    """

    def __init__(
        self, module: ModuleType, raw: Any, info: SessionInfo, memory: ContextMemory | None = None
    ) -> None:
        """Takes over the context, and the memory of its activations where we manage that."""
        self.raw = raw
        self.info = info
        self.inputs: list[Binding] = []
        self.outputs: list[Binding] = []
        self.uploads: list[Binding] = []
        self.downloads: list[Binding] = []
        self._module = module
        self._memory = memory
        self._profile = int(raw.active_optimization_profile)
        self.layout = object()
        self._bound: object = None
        self._ran_first: object = None
        self._has_run: set[object] = set()
        self.is_fresh = True
        self.is_shared = False
        self._addresses: list[Callable[[], bool]] = []
        self._allocators: dict[str, Any] = {}
        self._pinned: bool | None = None
        self.take_memory(pinned=True)

    @contextmanager
    def twin(self) -> Iterator["Context"]:
        """The same ``IExecutionContext`` with other memory for inputs and outputs, for inferences
        in the same stream with inputs of the same shapes. Changing between two of TensorRT's own
        contexts costs the host more: 8 % of YOLOX-Nano's inferences a second on an H200.
        """
        twin = Context(self._module, self.raw, self.info)
        self.is_shared = twin.is_shared = True
        try:
            yield twin
        finally:
            twin.close()
            self.is_shared = False
            self.tell_addresses()

    @property
    def can_be_shared(self) -> bool:
        """Not where TensorRT asks for an output's memory while it runs, and not where it captures
        graphs by itself, which hold for the addresses that it was told."""
        is_capturing = self.info.options.cuda_graphs == RUNTIME_CAPTURES
        return not (self.has_data_dependent_outputs or is_capturing)

    def tell_addresses(self) -> None:
        """Tell TensorRT again where this context's inputs and outputs are."""
        for tell in self._addresses:
            if not tell():
                with refusals("TensorRT does not accept the memory"):
                    insist(False, "set_tensor_address")

    def take_memory(self, *, pinned: bool) -> None:
        """Keep arrays in page-locked memory, or for comparison in memory that is not; what was
        bound is lost when that changes.
        """
        if pinned == self._pinned:
            return
        self._free_bindings()
        self._pinned, self.layout = pinned, object()
        self.inputs = [self._binding(tensor) for tensor in self.info.inputs]
        self.outputs = [self._binding(tensor) for tensor in self.info.outputs]
        self.uploads = [binding for binding in self.inputs if not binding.on_host]
        self.downloads = [binding for binding in self.outputs if not binding.on_host]

    def _binding(self, tensor: Tensor) -> Binding:
        # TensorRT reads host tensors while it enqueues; only what is copied is worth comparing.
        on_host = tensor.location == "HOST"
        pinned = on_host or bool(self._pinned)
        return Binding(tensor.name, numpy_dtype(tensor.dtype), on_host=on_host, pinned=pinned)

    @property
    def has_data_dependent_outputs(self) -> bool:
        """Whether TensorRT asks for an output's memory only while it runs."""
        return bool(self._allocators)

    @property
    def is_new(self) -> bool:
        """Whether what is bound is the first of its shapes, kernels for which are then compiled."""
        return (self._profile, self._bound) not in self._has_run

    def note_first(self) -> None:
        """An inference with the shapes that are bound has begun."""
        self.is_fresh = False
        self._has_run.add((self._profile, self._bound))

    def has_run_others(self, inputs: Mapping[str, Array]) -> bool:
        """Whether its kernels were made for other shapes than those of these inputs."""
        bound = self._shapes(checked_inputs(self.info.inputs, inputs))
        return self._ran_first is not None and bound != self._ran_first

    def bind(self, inputs: Mapping[str, Array], stream: cuda.Stream) -> None:
        """Check the inputs and copy them into this context's memory.

        Raises StudioError for an input that is wrong or outside every profile.
        """
        if self.raw is None:
            raise NotLoaded
        arrays = checked_inputs(self.info.inputs, inputs)
        bound = self._shapes(arrays)
        if bound != self._bound:
            self._bound = None
            self._bind_shapes(arrays, stream)
            self._bound = bound
            self._ran_first = self._ran_first or bound
        for binding in self.inputs:
            np.copyto(binding.view, arrays[binding.name])

    def _shapes(self, arrays: Mapping[str, Array]) -> tuple[tuple[Shape, object], ...]:
        """The values of inputs on the host decide about shapes as well."""
        given = ((binding, arrays[binding.name]) for binding in self.inputs)
        return tuple((array.shape, b.on_host and array.tobytes()) for b, array in given)

    def _bind_shapes(self, arrays: Mapping[str, Array], stream: cuda.Stream) -> None:
        """Tell the context shapes and addresses, which then hold until the shapes change."""
        self.is_fresh, self.layout = True, object()
        with self.compiling():
            self._tell_shapes(arrays, stream)

    def compiling(self) -> AbstractContextManager[None]:
        """Surrounds what may compile kernels, which may then have to know that FP32 is exact."""
        return fp32(exact=self.info.exact_fp32 or None)

    def _tell_shapes(self, arrays: Mapping[str, Array], stream: cuda.Stream) -> None:
        self._take_profile(profiled_sizes(self.info.profiles, arrays), stream)
        with refusals("TensorRT does not accept the inputs"):
            self._addresses = []
            for binding in self.inputs:
                self._bind_input(binding, arrays[binding.name])
            if missing := self.raw.infer_shapes():
                raise RuntimeError(f"shapes are still unknown: {', '.join(missing)}")
            if self._memory is not None:
                self._memory.fit(self.raw)
            for binding in self.outputs:
                self._bind_output(binding)

    def _take_profile(self, shapes: Mapping[str, Shape], stream: cuda.Stream) -> None:
        profile = choose_profile(self.info.profiles, shapes, self._profile)
        if profile != self._profile:
            with refusals("TensorRT does not change to another profile"):
                insist(
                    self.raw.set_optimization_profile_async(profile, stream.handle),
                    f"set_optimization_profile_async({profile})",
                )
            stream.synchronize()
            self._profile = profile

    def _bind_input(self, binding: Binding, array: Array) -> None:
        binding.reserve(array.shape)
        if binding.on_host:
            np.copyto(binding.view, array)
        insist(
            self.raw.set_input_shape(binding.name, array.shape),
            f"set_input_shape({binding.name}, [{format_shape(array.shape)}])",
        )
        self._set_address(binding)

    def _bind_output(self, binding: Binding) -> None:
        shape = tuple(self.raw.get_tensor_shape(binding.name))
        if min(shape, default=0) >= 0:
            binding.reserve(shape)
            self._set_address(binding)
        elif binding.name not in self._allocators:
            allocator = output_allocator(self._module, binding)
            insist(
                self.raw.set_output_allocator(binding.name, allocator),
                f"set_output_allocator({binding.name})",
            )
            self._allocators[binding.name] = allocator

    def _set_address(self, binding: Binding) -> None:
        tell = partial(self.raw.set_tensor_address, binding.name, binding.address)
        insist(tell(), f"set_tensor_address({binding.name})")
        self._addresses.append(tell)

    def arrays(self) -> dict[str, Array]:
        """What the last inference computed, copied out of this context's memory."""
        return {binding.name: binding.view.copy() for binding in self.outputs}

    def close(self) -> None:
        """Free the context, then its memory; harmless when repeated."""
        self._addresses.clear()  # these are the context's too
        self.raw = None
        self._free_bindings()
        if self._memory is not None:
            self._memory.close()

    def _free_bindings(self) -> None:
        for binding in (*self.inputs, *self.outputs):
            binding.close()
        self.inputs, self.outputs, self.uploads, self.downloads = [], [], [], []
        self._allocators.clear()
        self._addresses.clear()
        self._bound = None
