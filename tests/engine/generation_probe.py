"""Run in a process of its own by ``test_generations.py``, over one generation's bindings and the
stand-in library: prints as JSON what the program's own functions do with that module.
"""

import ctypes
import json
import sys
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any

from trtstudio.engine import runtime
from trtstudio.engine.build import parser
from trtstudio.engine.build.build_config import configure, set_option
from trtstudio.engine.build.network_edits import mark_refittable, place_layers
from trtstudio.engine.build.option_list import abilities, list_options, weak_precisions
from trtstudio.engine.build.progress import BuildProgress, make_monitor
from trtstudio.engine.build.timing_cache import load_cache
from trtstudio.engine.logger import capture, process_logger
from trtstudio.model.build.build import BuildRequest, LogLine, Progress, ShapeRange
from trtstudio.model.build.build_options import NetworkEdits, TimingCache, WeakTyping
from trtstudio.model.build.options import Option, Setting


def main() -> None:
    """``generation_probe.py LIBRARY [FLAG ...]``"""
    library = ctypes.CDLL(sys.argv[1])
    module = runtime.load()
    answer: dict[str, object] = {
        "folder": str(Path(module.__file__ or "").parents[1]),
        "runtime": asdict(runtime.describe()),
        "label": runtime.describe().label,
        "targets": list(runtime.target_members(module)),
    }
    builder = module.Builder(process_logger(module))
    network = builder.create_network(parser.strongly_typed(module))
    answer["network_flags"] = last_call(library)
    module.OnnxParser(network, process_logger(module))
    request = BuildRequest(
        "m.onnx", "m.plan", ({"x": ShapeRange((1,), (2,), (3,))},), flags=tuple(sys.argv[2:])
    )
    before = count(library)
    config = configure(module, builder, request)
    answer["configured_with"] = calls(library)[before:]
    answer["flags"] = [int(module.BuilderFlag.__members__[name]) for name in request.flags]
    answer |= listen(module, config)
    answer["plan"] = builder.build_serialized_network(network, config) is not None
    answer["set"] = set_all(library, module, config)
    answer["weak"] = weak_flags(library, module, builder)
    answer |= edit(library, module, builder, network)
    answer["cache_sha256"] = load_cache(config, TimingCache("missing.cache"))
    print(json.dumps(answer))


def set_all(library: ctypes.CDLL, module: ModuleType, config: Any) -> dict[str, list[int]]:
    """Set every option that the module has, all of its members one after another; answers with
    what number each was called.
    """
    echo = ctypes.c_int.in_dll(library, "stand_in_echo")
    called: dict[str, list[int]] = {}
    for option in list_options(module):
        echo.value = 2 if option.kind == "memory" else 1
        for value in values_of(option):
            before = count(library)
            set_option(module, config, option.name, value)
            called.setdefault(option.name, []).append(calls(library)[before])
    echo.value = 0
    return called


def values_of(option: Option) -> list[Setting]:
    """Every member of an enum, and one number, pool size or set of one library."""
    if option.kind in ("int", "memory"):
        return [5]
    if option.kind == "enum":
        return list(option.members)
    # A set of features is read back member by member, which the stand-in cannot play.
    return [(member,) for member in option.members] if option.name == "tactic_sources" else []


def weak_flags(library: ctypes.CDLL, module: ModuleType, builder: Any) -> list[int]:
    """The numbers of the flags that a weakly typed request sets."""
    names = weak_precisions(module)
    before = count(library)
    if names:
        weak = WeakTyping(names, constraints="prefer")
        configure(module, builder, BuildRequest("m.onnx", "m.plan", weak=weak))
    wanted = [*names, "PREFER_PRECISION_CONSTRAINTS"] if names else []
    numbers = [int(module.BuilderFlag.__members__[name]) for name in wanted]
    assert set(numbers) <= set(calls(library)[before:])
    return numbers


def edit(
    library: ctypes.CDLL, module: ModuleType, builder: Any, network: Any
) -> dict[str, list[Any]]:
    """What is called with when layers are placed and, where the module has that, single weights are
    made refittable; and what is answered of a layer on a DLA.
    """
    config, layers = builder.create_builder_config(), {"a": network.get_layer(0)}
    layers["b"] = layers["a"]
    before = count(library)
    place_layers(module, config, layers, NetworkEdits(on_dla=("a",), on_gpu=("b",)))
    placed, marked = calls(library)[before:], []
    if "refittable_weights" in abilities(module):
        before = count(library)
        mark_refittable(network, ("w",), ("w",))
        edits = NetworkEdits(refittable=("w",))
        configure(module, builder, BuildRequest("m.onnx", "m.plan", network=edits))
        marked = calls(library)[before:]
    echo = ctypes.c_int.in_dll(library, "stand_in_echo")
    can_run = config.can_run_on_DLA(layers["a"])
    echo.value = 2
    config.set_device_type(layers["a"], module.DeviceType.DLA)
    kept = config.get_device_type(layers["a"]).name
    echo.value = 0
    return {"placed": placed, "marked": marked, "dla": [can_run, kept]}


def listen(module: object, config: object) -> dict[str, object]:
    """What reaches this program's callbacks through the module's own base classes."""
    phases: list[Progress] = []
    monitor = make_monitor(module, BuildProgress(phases.append, lambda: len(phases) > 1))
    config.progress_monitor = monitor
    monitor.phase_start("Building", None, 2)
    goes_on = monitor.step_complete("Building", 0)
    lines: list[LogLine] = []
    with capture(lines.append) as log:
        process_logger(module).log(module.ILogger.ERROR, "broken")
        process_logger(module).log(module.ILogger.VERBOSE, "chatter")
    return {
        "phases": [asdict(p) for p in phases],
        "goes_on": goes_on,
        "log": [(line.severity, line.text) for line in lines],
        "errors": log.errors,
    }


def count(library: ctypes.CDLL) -> int:
    return ctypes.c_uint64.in_dll(library, "stand_in_count").value


def calls(library: ctypes.CDLL) -> list[int]:
    """The first argument of every method called so far."""
    return list((ctypes.c_uint64 * 4096).in_dll(library, "stand_in_calls")[: count(library)])


def last_call(library: ctypes.CDLL) -> int:
    return calls(library)[-1]


if __name__ == "__main__":
    main()
