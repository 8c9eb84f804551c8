"""A plan on the GPU: one execution context with a stream and buffers of its own. Only the thread
that opened it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import perf_counter
from types import ModuleType
from typing import Any

import numpy as np

from trtstudio.engine import cuda, runtime
from trtstudio.engine.binding import Binding, output_allocator
from trtstudio.engine.deserialize import ignore, load_engine, new_context
from trtstudio.engine.dtypes import dtype_name
from trtstudio.engine.inputs import checked_inputs, numpy_dtype
from trtstudio.engine.kernel_cache import keep_nothing
from trtstudio.engine.logger import capture
from trtstudio.engine.profiles import choose_profile, read_profiles
from trtstudio.engine.session import OnProgress, Session
from trtstudio.model.build import Progress, Shape
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor, format_shape
from trtstudio.model.run import Array, SessionInfo, Timing


def open_plan(path: str, session_id: int, on_progress: OnProgress) -> "TensorrtSession":
    """Load a plan onto the first GPU and make a context for it."""
    loaded = load_engine(Path(path), on_progress)
    on_progress(Progress("Compiling kernels and making the context"))
    begin = perf_counter()
    context, save_kernels = new_context(loaded.engine, Path(path))
    save_kernels()
    inputs, outputs = _io_tensors(loaded.engine)
    info = SessionInfo(
        session=session_id,
        path=path,
        runtime=runtime.describe().label,
        device=loaded.device.name,
        inputs=inputs,
        outputs=outputs,
        shapes=_best_shapes(loaded.engine, inputs),
        load_seconds={**loaded.seconds, "context": perf_counter() - begin},
        warnings=loaded.warnings,
    )
    session = TensorrtSession(runtime.load(), loaded.engine, context, info, save_kernels)
    on_progress(Progress("Running it once"))
    info.load_seconds["first_run"] = _run_once(session)
    return session


def _run_once(session: "TensorrtSession") -> float:
    """Seconds of a first inference on zeros: kernels are made ready in it, which would be taken for
    the latency of the first picture.
    """
    info, begin = session.info, perf_counter()
    zeros = {t.name: np.zeros(info.shapes[t.name], numpy_dtype(t.dtype)) for t in info.inputs}
    # A model that cannot run on zeros says so when it is run for real.
    with suppress(StudioError):
        session.run({**zeros, **session.shape_values})
    return perf_counter() - begin


def _io_tensors(engine: Any) -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
    """Inputs and outputs in the engine's own order."""
    names = [engine.get_tensor_name(index) for index in range(engine.num_io_tensors)]
    tensors = [_io_tensor(engine, name) for name in names]
    return (
        tuple(t for t in tensors if t.role == "input"),
        tuple(t for t in tensors if t.role == "output"),
    )


def _io_tensor(engine: Any, name: str) -> Tensor:
    layout = engine.get_tensor_format(name).name
    dtype = dtype_name(engine.get_tensor_dtype(name))
    # Several values in one byte, or a dimension split into vectors: no array looks like that.
    if layout != "LINEAR" or dtype in ("int4", "float4_e2m1fn"):
        raise StudioError(
            f'The tensor "{name}" has the layout {layout} of {dtype}, which no array has.',
            hint="Build the engine with plain (linear) inputs and outputs.",
        )
    return Tensor(
        name=name,
        dtype=dtype,
        shape=tuple(engine.get_tensor_shape(name)),
        role="input" if engine.get_tensor_mode(name).name == "INPUT" else "output",
        location=engine.get_tensor_location(name).name,
        format=layout,
    )


def _best_shapes(engine: Any, inputs: Sequence[Tensor]) -> dict[str, Shape]:
    """What the first profile is optimized for; the one shape of an input that is not dynamic."""
    best = {name: allowed.opt for name, allowed in read_profiles(engine, inputs)[0].items()}
    return {
        tensor.name: best.get(tensor.name) or tuple(engine.get_tensor_shape(tensor.name))
        for tensor in inputs
    }


class TensorrtSession(Session):
    """One execution context. An inference is host to device, compute and device to host in one
    stream, with events in between; everything that depends on the shapes only is done when they
    change, so that an iteration costs Python some microseconds.
    """

    def __init__(
        self,
        module: ModuleType,
        engine: Any,
        context: Any,
        info: SessionInfo,
        on_close: Callable[[], None] = keep_nothing,
    ) -> None:
        """Takes over the engine and the context; ``on_close`` comes before they are freed."""
        self.info = info
        self._module = module
        self._engine = engine
        self._context = context
        self._profiles = read_profiles(engine, info.inputs)
        self._profile = 0
        self._bound: object = None
        self._on_close = on_close
        self._resources = ExitStack()
        self._stream = self._resources.enter_context(cuda.Stream())
        self._start, self._uploaded, self._computed, self._done = (
            self._resources.enter_context(cuda.Event()) for _ in range(4)
        )
        self._inputs = [self._binding(tensor) for tensor in info.inputs]
        self._outputs = [self._binding(tensor) for tensor in info.outputs]
        self._uploads = [binding for binding in self._inputs if not binding.on_host]
        self._downloads = [binding for binding in self._outputs if not binding.on_host]
        self._allocators: dict[str, Any] = {}
        self._copies = True
        self._enqueue_ms = 0.0

    def _binding(self, tensor: Tensor) -> Binding:
        on_host = tensor.location == "HOST"
        binding = Binding(tensor.name, numpy_dtype(tensor.dtype), on_host=on_host)
        self._resources.callback(binding.close)
        return binding

    @property
    def shape_values(self) -> Mapping[str, Array]:
        """For inputs whose values decide about shapes: the values that profile 0 is optimized
        for.
        """
        return {
            # By position: the binding names these two arguments the wrong way round.
            b.name: np.array(self._engine.get_tensor_profile_values(0, b.name)[1], b.dtype).reshape(
                self.info.shapes[b.name]
            )
            for b in self._inputs
            if self._engine.is_shape_inference_io(b.name)
        }

    def bind(self, inputs: Mapping[str, Array]) -> None:
        """Check the inputs and copy them into page-locked memory.

        Raises StudioError for an input that is wrong or outside every profile.
        """
        if self._context is None:
            raise StudioError("The model is no longer loaded.", hint="Load it again.")
        arrays = checked_inputs(self.info.inputs, inputs)
        # The values of inputs on the host decide about shapes as well.
        bound = [
            (arrays[b.name].shape, b.on_host and arrays[b.name].tobytes()) for b in self._inputs
        ]
        if bound != self._bound:
            self._bound = None
            self._bind_shapes(arrays)
            self._bound = bound
        for binding in self._inputs:
            np.copyto(binding.view, arrays[binding.name])

    def _bind_shapes(self, arrays: Mapping[str, Array]) -> None:
        """Tell the context shapes and addresses, which then hold until the shapes change."""
        self._take_profile({name: array.shape for name, array in arrays.items()})
        with self._refusals("TensorRT does not accept the inputs"):
            for binding in self._inputs:
                self._bind_input(binding, arrays[binding.name])
            if missing := self._context.infer_shapes():
                raise RuntimeError(f"shapes are still unknown: {', '.join(missing)}")
            for binding in self._outputs:
                self._bind_output(binding)

    def _take_profile(self, shapes: Mapping[str, Shape]) -> None:
        profile = choose_profile(self._profiles, shapes, self._profile)
        if profile != self._profile:
            with self._refusals("TensorRT does not change to another profile"):
                _insist(
                    self._context.set_optimization_profile_async(profile, self._stream.handle),
                    f"set_optimization_profile_async({profile})",
                )
            self._stream.synchronize()
            self._profile = profile

    def _bind_input(self, binding: Binding, array: Array) -> None:
        binding.reserve(array.shape)
        if binding.on_host:
            np.copyto(binding.view, array)
        _insist(
            self._context.set_input_shape(binding.name, array.shape),
            f"set_input_shape({binding.name}, [{format_shape(array.shape)}])",
        )
        self._set_address(binding)

    def _bind_output(self, binding: Binding) -> None:
        shape = tuple(self._context.get_tensor_shape(binding.name))
        if min(shape, default=0) >= 0:
            binding.reserve(shape)
            self._set_address(binding)
        elif binding.name not in self._allocators:
            allocator = output_allocator(self._module, binding)
            _insist(
                self._context.set_output_allocator(binding.name, allocator),
                f"set_output_allocator({binding.name})",
            )
            self._allocators[binding.name] = allocator

    def _set_address(self, binding: Binding) -> None:
        _insist(
            self._context.set_tensor_address(binding.name, binding.address),
            f"set_tensor_address({binding.name})",
        )

    def step(self, *, transfers: bool = True) -> Timing:
        """One inference of what is bound; without ``transfers`` on what the GPU holds already."""
        self.enqueue(transfers=transfers)
        return self.wait()

    def enqueue(self, *, transfers: bool = True) -> None:
        """Put one inference into the stream and return at once; ``wait`` belongs to it."""
        stream = self._stream
        if transfers:
            self._start.record(stream)
            for binding in self._uploads:
                binding.upload(stream)
        self._uploaded.record(stream)
        begin = perf_counter()
        accepted = self._context.execute_async_v3(stream.handle)
        self._enqueue_ms = (perf_counter() - begin) * 1e3
        if not accepted:
            self._ask_why()
        self._computed.record(stream)
        if transfers:
            for binding in self._downloads:
                binding.download(stream)
            self._done.record(stream)
        self._copies = transfers

    def _ask_why(self) -> None:
        """Try the enqueue that failed once more, to hear TensorRT's words for it."""
        with self._refusals("TensorRT could not start the inference"):
            _insist(self._context.execute_async_v3(self._stream.handle), "execute_async_v3")

    def wait(self) -> Timing:
        """Wait until the inference is done. The latency is the sum of its three parts, as in
        trtexec.
        """
        h2d_ms = d2h_ms = 0.0
        if self._copies:
            self._done.synchronize()
            h2d_ms = self._uploaded.elapsed_ms(self._start)
            d2h_ms = self._done.elapsed_ms(self._computed)
        else:
            self._computed.synchronize()
        gpu_ms = self._computed.elapsed_ms(self._uploaded)
        return Timing(h2d_ms + gpu_ms + d2h_ms, gpu_ms, h2d_ms, d2h_ms, self._enqueue_ms)

    def outputs(self) -> dict[str, Array]:
        """What the last step computed, copied out of the page-locked buffers."""
        return {binding.name: binding.view.copy() for binding in self._outputs}

    def close(self) -> None:
        """Free the context, then its buffers, then the engine; harmless when repeated."""
        if self._context is None:
            return
        self._on_close()
        self._context = None
        self._resources.close()
        self._engine = None

    @contextmanager
    def _refusals(self, message: str) -> Iterator[None]:
        """Turn TensorRT's refusals, which it only logs, into one StudioError with its words."""
        with capture(ignore) as heard:
            try:
                yield
            except RuntimeError as error:
                raise StudioError(
                    f"{message}.",
                    hint="The details hold TensorRT's own words.",
                    details="\n".join([str(error), *heard.errors]),
                ) from error


def _insist(accepted: bool, call: str) -> None:
    """TensorRT's setters return False where others would raise."""
    if not accepted:
        raise RuntimeError(f"{call} was refused")
