"""An ONNX model on the CPU, by ONNX Runtime. Only the thread that opened it."""

import platform
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from trtstudio.engine.build.reshaping import reshaped
from trtstudio.engine.run.inputs import checked_inputs
from trtstudio.engine.run.ort_values import BYTES_ONLY, to_array, to_values
from trtstudio.engine.run.session import OnProgress, Session
from trtstudio.model.build.build import Progress, Shape
from trtstudio.model.errors import NotLoaded, StudioError
from trtstudio.model.files import library_path
from trtstudio.model.graph import Role, Tensor
from trtstudio.model.measure.loop import Loop
from trtstudio.model.onnx.file import require_external_data
from trtstudio.model.run import Array, SessionInfo, Timing

_DTYPES = {"float": "float32", "double": "float64"} | {
    name.replace("_", ""): name for name in BYTES_ONLY
}
_EXCHANGED = {"float16", "float32", "float64", "bool", *BYTES_ONLY} | {
    f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)
}
_SILENT = 4  # fatal errors only: everything else is raised as well
_FAILED = "ONNX Runtime could not run the model"
_ON_CPU = "This is the CPU: its times say nothing about an engine on a GPU."
_ASSUMED_SIDE = 224
_WEIGHTS_FOLDER = "session.model_external_initializers_file_folder_path"

_REPLACE = "Replace it by operators of the ONNX standard, and export the model again."
_EXPORT = "The details say what is wrong with it; mend that, and export the model again."
_KNOWN = (
    (r"(?P<name>\S+)\(-?\d+\) is not a registered", "it does not know the operator {}", _REPLACE),
    (r"No Op registered for (?P<name>\S+)", "it does not know the operator {}", _REPLACE),
    (
        r"implementation for (?P<name>\S+?)\(\d+\) node",
        "it has no CPU kernel for the operator {}",
        "Replace the operator in the model, or build an engine with TensorRT.",
    ),
    (
        "Unsupported model IR version|opset versions",
        "the model is newer than this ONNX Runtime",
        "Update it with 'pip install --upgrade onnxruntime', or export for an older opset.",
    ),
    ("NO_SUCHFILE", "the file does not exist", "Check the path; was the file moved?"),
    ("INVALID_PROTOBUF", "the file is damaged or no ONNX model", "Copy or export it again."),
    ("INVALID_GRAPH|Invalid model", "the model breaks ONNX's rules", _EXPORT),
    (
        "INVALID_ARGUMENT",
        "an input does not fit the model",
        "Give inputs of other shapes or types; the details say what does not fit.",
    ),
    (
        r"while running (?P<name>\S+) node",
        "the operator {} cannot work on these inputs",
        "Give inputs of other shapes or values; the details say what does not fit.",
    ),
)
"""What is found in ONNX Runtime's words, the reason that it stands for, and what to do."""


class OnnxSession(Session):
    """A model in ONNX Runtime's CPU provider. Of its timing only the latency is measured."""

    def __init__(
        self,
        path: str,
        session_id: int,
        on_progress: OnProgress,
        input_shapes: Mapping[str, Shape] | None = None,
    ) -> None:
        """Loads the model, with other ``input_shapes`` than it declares where they are given;
        raises StudioError with ONNX Runtime's words where it cannot.
        """
        require_external_data(Path(path))
        on_progress(Progress("Loading the model into ONNX Runtime"))
        begin = perf_counter()
        self._runtime, version = load_model(path, input_shapes=input_shapes)
        inputs = tuple(_tensor(arg, "input") for arg in self._runtime.get_inputs())
        outputs = tuple(_tensor(arg, "output") for arg in self._runtime.get_outputs())
        self.info = SessionInfo(
            session=session_id,
            path=path,
            runtime=f"ONNX Runtime {version}",
            device=cpu_name(),
            inputs=inputs,
            outputs=outputs,
            shapes={tensor.name: assumed_shape(tensor) for tensor in inputs},
            load_seconds={"load": perf_counter() - begin},
            warnings=(_ON_CPU,),
        )
        self._input_shapes = dict(input_shapes or {})
        self._names = [tensor.name for tensor in outputs]
        self._has_values = any(tensor.dtype in BYTES_ONLY for tensor in (*inputs, *outputs))
        self._bound: Mapping[str, Any] = {}
        self._computed: Sequence[Any] = ()

    def bind(self, inputs: Mapping[str, Array]) -> None:
        """Check the inputs; raises StudioError for any that is wrong."""
        if self._runtime is None:
            raise NotLoaded
        self._bound = self._fed(inputs)

    def _fed(self, inputs: Mapping[str, Array]) -> Mapping[str, Any]:
        """The checked inputs as ``_run`` takes them."""
        arrays = checked_inputs(self.info.inputs, inputs)
        return to_values(self.info.inputs, arrays) if self._has_values else arrays

    def _run(self, runtime: Any, fed: Mapping[str, Any]) -> Sequence[Any]:
        run = runtime.run_with_ort_values if self._has_values else runtime.run
        outputs: Sequence[Any] = run(self._names, fed)
        return outputs

    def step(self) -> Timing:
        """One inference of what is bound."""
        with _refusals(_FAILED):
            begin = perf_counter()
            self._computed = self._run(self._runtime, self._bound)
            return Timing(latency_ms=(perf_counter() - begin) * 1e3)

    def trace(self, inputs: Mapping[str, Array], prefix: Path, steps: Iterable[object]) -> Path:
        """Run these inputs once for each step in a copy of the model that writes down what each
        node takes; answers the file, whose path begins with ``prefix``. Raises StudioError where
        the copy cannot be loaded or run.
        """
        runtime, _ = load_model(self.info.path, prefix, self._input_shapes)
        fed = self._fed(inputs)
        for _ in steps:
            with _refusals(_FAILED):
                self._run(runtime, fed)
        return Path(runtime.end_profiling())

    def possible(self, _loop: Loop) -> Loop:
        """One inference after another, whatever is asked: the CPU computes from its own memory."""
        return Loop()

    def outputs(self) -> dict[str, Array]:
        """What the last step computed; ONNX Runtime makes new arrays each time."""
        found = zip(self.info.outputs, self._computed, strict=True)
        if self._has_values:
            return {tensor.name: to_array(tensor, value) for tensor, value in found}
        return {tensor.name: array for tensor, array in found}

    def close(self) -> None:
        """Free the model; harmless when repeated."""
        self._runtime = None
        self._bound, self._computed = {}, ()


def load_model(
    path: str,
    trace_prefix: Path | None = None,
    input_shapes: Mapping[str, Shape] | None = None,
) -> tuple[Any, str]:
    """The ``InferenceSession`` and ONNX Runtime's version; with a prefix it writes down what each
    node takes, in the file that its ``end_profiling`` names.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    if trace_prefix is not None:
        options.enable_profiling = True
        options.profile_file_prefix = str(trace_prefix)
    # Its fused kernels compute wrong numbers where a quantized model is FP16 otherwise (1.31).
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    options.log_severity_level = _SILENT
    onnxruntime.set_default_logger_severity(_SILENT)
    onnxruntime.disable_telemetry_events()  # that of Windows, too
    model: str | bytes = library_path(Path(path))
    if input_shapes:
        model = reshaped(Path(path), input_shapes)
        folder = str(Path(path).absolute().parent)
        options.add_session_config_entry(_WEIGHTS_FOLDER, folder)
    with _refusals(f"ONNX Runtime cannot load {Path(path).name}"):
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return session, onnxruntime.__version__


@contextmanager
def _refusals(message: str) -> Iterator[None]:
    """Turn ONNX Runtime's exceptions, which have no base of their own, into a StudioError."""
    try:
        yield
    except Exception as error:
        reason, hint = _explanation(str(error))
        raise StudioError(f"{message}{reason}.", hint=hint, details=str(error)) from error


def _explanation(said: str) -> tuple[str, str]:
    for pattern, reason, hint in _KNOWN:
        if found := re.search(pattern, said):
            return f": {reason.format(found.groupdict().get('name'))}", hint
    return "", "The details hold ONNX Runtime's own words; export the model again, or update it."


def _tensor(arg: Any, role: Role) -> Tensor:
    """An input or output; StudioError for one that is no array of numbers."""
    kind, _, element = arg.type.rstrip(")").partition("(")
    dtype = _DTYPES.get(element, element)
    if kind != "tensor" or dtype not in _EXCHANGED:
        raise StudioError(
            f'The {role} "{arg.name}" is a {arg.type}; only tensors of numbers of 8 bits and more '
            "can be given to ONNX Runtime here, and taken from it.",
            hint="Cast it to float32 inside the model, or build an engine and run that.",
        )
    shape = tuple(-1 if size is None else size for size in arg.shape)
    return Tensor(name=arg.name, dtype=dtype, shape=shape, role=role)


def assumed_shape(tensor: Tensor) -> Shape:
    """A shape that such a model usually takes: one picture of 224 x 224, or one of anything."""
    shape = tensor.shape or ()
    free = _ASSUMED_SIDE if len(shape) == 4 else 1
    sizes = [size if isinstance(size, int) and size >= 0 else free for size in shape]
    return (1, *sizes[1:]) if shape and shape[0] != sizes[0] else tuple(sizes)


def cpu_name() -> str:
    """The processor as its maker calls it, or at least its architecture."""
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(
            winreg.HKEY_LOCAL_MACHINE, r"HARDWARE\DESCRIPTION\System\CentralProcessor\0"
        ) as key:
            return str(winreg.QueryValueEx(key, "ProcessorNameString")[0]).strip()
    return _proc_cpu_name() or platform.processor() or platform.machine()


def _proc_cpu_name() -> str:
    """What the Linux kernel calls it; Arm kernels say nothing."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(errors="replace").splitlines() if cpuinfo.exists() else []
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), ""
    )
