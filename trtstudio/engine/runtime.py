"""Which TensorRT this interpreter has, and what that TensorRT says of itself. Any thread.

Everything is asked of the module: which members its enums have, by name. Their numbers differ
between generations, so none is ever stored, and no version is looked up in a table.
"""

import importlib
import os
import platform
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from types import ModuleType
from typing import Any

from trtstudio.engine import cuda
from trtstudio.engine.build.option_list import (
    abilities,
    flag_names,
    is_rtx,
    list_options,
    weak_precisions,
)
from trtstudio.engine.run.loading import offered
from trtstudio.model.build.conversion import PRECISIONS
from trtstudio.model.errors import StudioError
from trtstudio.model.runtime import Device, Installation, Runtime, RuntimeKind

CHOICE = "TRTSTUDIO_RUNTIME"
"""The environment variable that names the module to use."""

CURRENT_TARGET = "current"
"""The target that stands for the GPU of this machine, where the module knows such a thing."""

_MODULES = ("tensorrt", "tensorrt_rtx")
_INSTALL_HINT = 'Install one with: pip install "trtstudio[rtx]"'
_PACKAGES = (
    "trtstudio",
    "tensorrt",
    "tensorrt-rtx",
    "cuda-bindings",
    "nvidia-ml-py",
    "onnx",
    "onnxruntime",
    "numpy",
)


@cache
def load() -> ModuleType:
    """The TensorRT module of this interpreter: ``tensorrt`` where it loads, else
    ``tensorrt_rtx``, or the one that ``TRTSTUDIO_RUNTIME`` names.

    Raises StudioError with the loader's words in its details when there is none.
    """
    problems = []
    for name in _candidates():
        try:
            module = importlib.import_module(name)
            if hasattr(module, "Builder"):
                return module
            problems.append(f"{name}: the module holds no Builder")
        except Exception as error:  # a broken installation can raise anything here
            problems.append(f"{name}: {type(error).__name__}: {error}")
    raise StudioError(
        "No TensorRT could be loaded in this Python.",
        hint=_INSTALL_HINT,
        details="\n".join(problems),
    )


def _candidates() -> tuple[str, ...]:
    choice = os.environ.get(CHOICE, "")
    if not choice:
        return _MODULES
    if choice not in _MODULES:
        raise StudioError(
            f"{CHOICE} names an unknown runtime: {choice}.",
            hint=f"Set it to {' or '.join(_MODULES)}, or leave it out.",
        )
    return (choice,)


def kind_of(module: ModuleType) -> RuntimeKind:
    """Which TensorRT it is."""
    return "tensorrt_rtx" if is_rtx(module) else "tensorrt"


def label_of(module: ModuleType) -> str:
    """What a TensorRT is called, with its version."""
    return Runtime(kind_of(module), module.__version__).label


def describe(module: ModuleType | None = None, *, defaults: bool = False) -> Runtime:
    """What a TensorRT is and offers: the installed one unless another is given. Raises
    StudioError when there is none. With ``defaults`` the options say theirs, which takes a builder.

    ``fp16`` is among the precisions of every generation, because it is done by converting the
    model, which gives the same types everywhere; the precision flags of older generations, which
    only weakly typed networks take, are apart.
    """
    module = module or load()
    return Runtime(
        kind=kind_of(module),
        version=module.__version__,
        strongly_typed=not weak_precisions(module),
        precisions=PRECISIONS,
        targets=tuple(n for n in target_members(module) if n != CURRENT_TARGET),
        flags=flag_names(module),
        options=list_options(module, defaults=defaults),
        abilities=abilities(module),
        weak_precisions=weak_precisions(module),
        load_options=offered(module),
    )


def target_members(module: ModuleType) -> dict[str, Any]:
    """The members of ``ComputeCapability`` by the name of the target, ``sm_86`` or ``current``;
    empty where TensorRT can only build for the GPU that is here.
    """
    if not hasattr(module, "ComputeCapability"):
        return {}
    members = module.ComputeCapability.__members__.items()
    return {_target_name(name): member for name, member in members if name != "NONE"}


def _target_name(member: str) -> str:
    return CURRENT_TARGET if member == "CURRENT" else member.lower().replace("sm", "sm_")


def installation() -> Installation:
    """What this machine has; what is missing is said in words, never raised."""
    runtime, runtime_problem = None, ""
    try:
        runtime = describe(defaults=True)
    except StudioError as error:
        runtime_problem = "\n".join(filter(None, (error.message, error.hint, error.details)))
    found, device_problem = gpus()
    packages = _versions(_PACKAGES)
    return Installation(
        runtime=runtime,
        runtime_problem=runtime_problem,
        devices=found,
        device_problem=device_problem,
        onnxruntime=packages.get("onnxruntime", ""),
        python=platform.python_version(),
        packages=packages,
    )


def has_gpu() -> bool:
    """Whether CUDA finds a GPU here."""
    return bool(gpus()[0])


def gpus() -> tuple[tuple[Device, ...], str]:
    """The NVIDIA GPUs of this machine, and in plain words why there are none."""
    try:
        found = cuda.devices()
    except cuda.CudaError as error:
        return (), error.message
    return found, "" if found else "The NVIDIA driver sees no GPU in this machine."


def _versions(names: Iterable[str]) -> dict[str, str]:
    versions = {}
    for name in names:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return versions
