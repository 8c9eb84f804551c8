"""The layers of a plan as its engine describes them. Takes a GPU; for a worker thread."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from msgspec.structs import replace

from trtstudio.engine.logger import capture
from trtstudio.engine.run.deserialize import load_engine
from trtstudio.engine.runtime import load
from trtstudio.model.graph import Graph
from trtstudio.model.plan.engine_table import read_inspector_json


def read_engine(path: Path) -> Graph:
    """Load a plan and read its layers. Raises StudioError, with the reason in words, for a plan
    that cannot run here.
    """
    engine = load_engine(path, lambda _: None).engine
    with capture():
        text = inspector_json(load(), engine)
    return replace(read_inspector_json(text), name=path.stem)


def inspector_json(module: ModuleType, engine: Any) -> str:
    """What the inspector says of the whole engine, asked layer by layer: one question for all
    would keep every other Python thread waiting for the answer.
    """
    inspector = engine.create_engine_inspector()
    layers = (
        inspector.get_layer_information(index, module.LayerInformationFormat.JSON)
        for index in range(engine.num_layers)
    )
    tensors = json.dumps(list(_io_tensors(engine)))
    return f'{{"Layers": [{",".join(map(_entry, layers))}], "I/O Tensors": {tensors}}}'


def _entry(layer: str) -> str:
    """A layer's JSON; of an engine that keeps nothing but names that is a bare name."""
    text = layer.strip()
    return text if text.startswith(("{", '"')) else json.dumps(text)


def _io_tensors(engine: Any) -> Iterator[dict[str, object]]:
    for index in range(engine.num_io_tensors):
        name = engine.get_tensor_name(index)
        mode = engine.get_tensor_mode(name).name.capitalize()
        yield {
            "Name": name,
            "IOMode": mode,
            "DataType": engine.get_tensor_dtype(name).name,
            "Dimensions": list(engine.get_tensor_shape(name)),
            "Location": engine.get_tensor_location(name).name,
            "ProfileInfo": [
                _profile(engine, name, index) for index in range(engine.num_optimization_profiles)
            ],
        }


def _profile(engine: Any, name: str, index: int) -> dict[str, object]:
    """The format of a tensor in a profile and, of an input that is no shape itself, the shapes
    that it takes.
    """
    said: dict[str, object] = {"Format": engine.get_tensor_format_desc(name, index)}
    is_input = engine.get_tensor_mode(name).name == "INPUT"
    if is_input and not engine.is_shape_inference_io(name):
        keys = ("MinShape", "OptShape", "MaxShape")
        shapes = engine.get_tensor_profile_shape(name, index)
        said |= zip(keys, map(list, shapes), strict=True)
    return said
