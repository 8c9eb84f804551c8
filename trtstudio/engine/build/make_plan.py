"""The part of a build that TensorRT does: from a model that was checked to a plan in its memory.
For the one thread that builds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from trtstudio.engine import cuda
from trtstudio.engine.build.build_config import configure, flags_of
from trtstudio.engine.build.diagnosis import explain_failure
from trtstudio.engine.build.network_edits import (
    check_values,
    edit_network,
    layers_by_name,
    mark_refittable,
    place_layers,
    set_layer_types,
)
from trtstudio.engine.build.parser import ParsedNetwork, parse
from trtstudio.engine.build.plugins import load_plugins
from trtstudio.engine.build.progress import BuildProgress, make_monitor
from trtstudio.engine.build.size_failures import explain_sizes, is_about_sizes
from trtstudio.engine.build.timing_cache import load_cache, save_cache
from trtstudio.engine.build.weak_calibration import calibrated
from trtstudio.engine.conversion import converted
from trtstudio.engine.conversion.samples import Pictures
from trtstudio.engine.logger import Capture
from trtstudio.engine.runtime import has_gpu, label_of
from trtstudio.engine.tf32 import fp32
from trtstudio.model.build.build import BuildRequest
from trtstudio.model.errors import StudioError
from trtstudio.model.onnx.file import read_onnx


@dataclass(frozen=True, slots=True)
class MadePlan:
    """A plan in TensorRT's memory, what its user should be warned of, and the content of the
    timing cache that it was begun with.
    """

    plan: Any
    warnings: tuple[str, ...]
    timing_cache_sha256: str = ""


def make_plan(
    module: ModuleType,
    request: BuildRequest,
    progress: BuildProgress,
    heard: Capture,
    pictures: Pictures | None = None,
) -> MadePlan:
    """Convert, parse, edit, configure and build; ``pictures`` reads those of a calibration. Raises
    Cancelled and StudioError; what TensorRT said is in its details.
    """
    load_plugins(module, request.plugins, trusted=request.plugins_trusted)
    if request.precision != "keep":
        progress.enter(f"Converting the model to {request.precision.upper()}")
    with converted(request, progress.tell, pictures) as (path, warnings):
        progress.enter("Parsing the model")
        parsed = parse(
            path,
            module,
            weak=request.weak is not None,
            flags=request.network.parser_flags,
            shapes=request.network.input_shapes,
        )
        weights = _weight_names(path) if request.network.refittable else ()
    with _in_tensorrts_words(heard):
        edit_network(parsed.network, request.network)
        mark_refittable(parsed.network, request.network.refittable, weights)
        check_values(parsed.network, request.profiles)
        if request.weak is not None:
            set_layer_types(module, parsed.network, request.weak)
        config = configure(module, parsed.builder, request)
        if request.network.on_dla or request.network.on_gpu:
            place_layers(module, config, layers_by_name(parsed.network), request.network)
        cache_sha256 = load_cache(config, request.timing_cache) if request.timing_cache else ""
    config.progress_monitor = make_monitor(module, progress)
    progress.enter("Building the engine")
    with calibrated(module, config, request, progress.tell, pictures):
        plan = _build(parsed, config, request)
    if plan is None:
        progress.stop_if_cancelled()
        raise _failure(module, request, heard)
    return MadePlan(plan, warnings + _kept(config, request, cache_sha256), cache_sha256)


def _failure(module: ModuleType, request: BuildRequest, heard: Capture) -> StudioError:
    error = explain_failure(heard.errors, label_of(module), flags_of(module, request))
    return explain_sizes(request, error) if is_about_sizes(error.details) else error


def _weight_names(path: Path) -> tuple[str, ...]:
    return tuple(tensor.name for tensor in read_onnx(path).tensors if tensor.role == "weight")


def _build(parsed: ParsedNetwork, config: Any, request: BuildRequest) -> Any:
    with _own_stream(config), fp32(exact=request.exact_fp32):
        return parsed.builder.build_serialized_network(parsed.network, config)


def _kept(config: Any, request: BuildRequest, loaded_sha256: str) -> tuple[str, ...]:
    """Keep what was measured; the plan is good without, so a failure is a warning."""
    if request.timing_cache:
        try:
            save_cache(config, request.timing_cache, loaded_sha256)
        except StudioError as error:
            return (f"The plan is good, but the timing cache was not kept: {error.message}",)
    return ()


@contextmanager
def _in_tensorrts_words(heard: Capture) -> Iterator[None]:
    """What is refused has TensorRT's words in its details."""
    try:
        yield
    except StudioError as error:
        error.details = error.details or "\n".join(heard.errors)
        raise


@contextmanager
def _own_stream(config: Any) -> Iterator[None]:
    """Let the builder time its kernels on a stream of its own, where there is a GPU."""
    if not has_gpu():
        yield
        return
    cuda.set_device(0)
    with cuda.Stream() as stream:
        config.profile_stream = stream.handle
        yield
