"""What the words of ``trtstudio build`` ask for."""

import re
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path

from trtstudio.cli.convert import conversion_from
from trtstudio.cli.output import say
from trtstudio.model.build.build import BuildRequest, Profile
from trtstudio.model.build.build_options import NetworkEdits, TimingCache, WeakTyping
from trtstudio.model.build.int8_layers import settled
from trtstudio.model.build.options import Option, Setting
from trtstudio.model.build.profile import suggest, with_shapes
from trtstudio.model.build.profile_text import format_profile, parse_profile
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Shape
from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.onnx.size_steps import find_sizes
from trtstudio.model.quantities import parse_bytes

_SHAPE = re.compile(r"-?\d{1,18}(x-?\d{1,18})*", re.ASCII)


def request_from(options: Namespace, known: Iterable[Option], runtime: str = "") -> BuildRequest:
    """What the options ask for; without a profile the suggested one, which is said. ``known`` are
    the builder options of the installed TensorRT, of which ``runtime`` is the kind.
    """
    asked = conversion_from(options)
    return BuildRequest(
        model=str(options.model),
        plan=str(options.output or options.model.with_suffix(".plan")),
        profiles=tuple(_profiles(options)),
        precision=options.precision,
        targets=tuple(options.target),
        flags=tuple(options.flag),
        options=dict(_settings(options, {option.name: option for option in known})),
        conversion=settled(asked, runtime) if options.precision == "int8" else asked,
        exact_fp32=options.exact_fp32,
        weak=_weak(options),
        network=_network(options),
        timing_cache=_timing_cache(options),
        plugins=tuple(options.plugin),
        plugins_trusted=options.trust_plugins,
        plugins_in_plan=options.plugins_in_plan,
        log_severity=options.log_severity or "info",
    )


def _profiles(options: Namespace) -> Iterator[Profile]:
    if options.profile:
        yield from map(parse_profile, options.profile)
        return
    suggested = suggested_profile(options.model, dict(_input_shapes(options)))
    if suggested:
        say("Suggested profile: " + " ".join(format_profile(suggested)))
        yield suggested


def suggested_profile(model: Path, shapes: dict[str, Shape] | None = None) -> Profile:
    """A profile for the model's dynamic inputs, empty where it has none; some inputs may have
    another shape than the model declares.
    """
    inputs = with_shapes(read_onnx(model).input_tensors, shapes or {})
    if not any(tensor.is_dynamic for tensor in inputs):
        return {}
    return suggest(inputs, find_sizes(model, inputs))


def _settings(options: Namespace, known: dict[str, Option]) -> Iterator[tuple[str, Setting]]:
    for name, text in options.option:
        yield name, _setting(text, known.get(name))
    if options.optimization_level is not None:
        yield "builder_optimization_level", options.optimization_level
    if options.workspace_mib is not None:
        yield "WORKSPACE", options.workspace_mib * 2**20


def _setting(text: str, option: Option | None) -> Setting:
    """A value in the type of its option; an unknown option is refused later, by its name."""
    if option is None or option.kind in ("enum", "text"):
        return text
    if option.kind == "set":
        return tuple(filter(None, text.split(",")))
    is_memory = option.kind == "memory"
    number = parse_bytes(text) if is_memory else _whole_number(text)
    if number is None:
        example = "512MiB" if is_memory else "1"
        raise StudioError(
            f"{option.name} cannot be {text!r}.", hint=f"Give a number, as {option.name}={example}."
        )
    return number


def _whole_number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?\d{1,18}", text, re.ASCII) else None


def _weak(options: Namespace) -> WeakTyping | None:
    wishes = options.layer_precision or options.layer_output
    if options.weak is None:
        if wishes or options.constraints != "none":
            raise StudioError(
                "Types of layers are for weakly typed networks.",
                hint="Add --weak with the precisions to choose among.",
            )
        return None
    return WeakTyping(
        tuple(options.weak),
        dict(options.layer_precision),
        dict(options.layer_output),
        options.constraints,
    )


def _network(options: Namespace) -> NetworkEdits:
    cleared = tuple(f"-{name}" for name in options.clear_parser_flag)
    return NetworkEdits(
        outputs=tuple(options.mark_output),
        not_outputs=tuple(options.unmark_output),
        debug=tuple(options.debug_tensor),
        debug_unfused=options.debug_unfused,
        input_shapes=dict(_input_shapes(options)),
        parser_flags=(*options.parser_flag, *cleared),
        refittable=tuple(options.refittable),
        on_dla=tuple(options.on_dla),
        on_gpu=tuple(options.on_gpu),
    )


def _input_shapes(options: Namespace) -> Iterator[tuple[str, Shape]]:
    for name, text in options.input_shape:
        if not _SHAPE.fullmatch(text):
            raise StudioError(
                f"{text!r} is no shape of {name}.",
                hint=f"Write it as {name}=1x3x-1x-1, with -1 for a size that may change.",
            )
        yield name, tuple(map(int, text.split("x")))


def _timing_cache(options: Namespace) -> TimingCache | None:
    if options.timing_cache is None:
        return None
    return TimingCache(
        options.timing_cache,
        "read" if options.timing_cache_read_only else "update",
        tuple(options.combine_timing_cache),
        options.ignore_cache_mismatch,
    )
