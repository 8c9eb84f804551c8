"""The layers of an engine, one by one, from the inspector."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from trtstudio.engine import inspect, runtime
from trtstudio.engine.build.build import build
from trtstudio.model.build.build import BuildRequest, ShapeRange
from trtstudio.model.errors import StudioError
from trtstudio.model.plan.engine_table import read_inspector_json

MakeModel = Callable[..., Path]

SMALL = {"x": ShapeRange((1, 3, 16, 16), (2, 3, 32, 32), (4, 3, 64, 64))}


INPUT, OUTPUT, HALF, DEVICE = (
    SimpleNamespace(name=name) for name in ("INPUT", "OUTPUT", "HALF", "DEVICE")
)


def build_small(model: Path, plan: Path) -> None:
    build(
        BuildRequest(str(model), str(plan), (SMALL,)),
        on_progress=lambda _: None,
        on_log=lambda _: None,
        cancelled=lambda: False,
    )


def fake_engine(layers: list[str]) -> SimpleNamespace:
    """Two tensors, these layers, and the answers that a real engine gives."""
    inspector = SimpleNamespace(get_layer_information=lambda index, _: layers[index])
    return SimpleNamespace(
        num_layers=len(layers),
        num_io_tensors=2,
        num_optimization_profiles=1,
        create_engine_inspector=lambda: inspector,
        get_tensor_name=lambda index: "xy"[index],
        get_tensor_mode=lambda name: INPUT if name == "x" else OUTPUT,
        get_tensor_dtype=lambda _: HALF,
        get_tensor_location=lambda _: DEVICE,
        get_tensor_shape=lambda _: (-1, 3),
        is_shape_inference_io=lambda _: False,
        get_tensor_profile_shape=lambda *_: [(1, 3), (2, 3), (4, 3)],
        get_tensor_format_desc=lambda name, profile: f"Row major {name}{profile}",
    )


def described(name: str, source: str, result: str) -> str:
    tensors = {"Inputs": [{"Name": source, "Datatype": "Half", "Dimensions": [-1, 3]}]}
    tensors["Outputs"] = [{"Name": result, "Datatype": "Half", "Dimensions": [-1, 3]}]
    return json.dumps({"Name": name, "LayerType": "kgen", **tensors}) + "\n"


def test_layers_and_tensors_make_one_description() -> None:
    engine = fake_engine([described("first", "x", "t"), described("second", "t", "y")])
    graph = read_inspector_json(inspect.inspector_json(runtime.load(), engine))
    assert [layer.name for layer in graph.layers] == ["first", "second"]
    assert [tensor.name for tensor in graph.input_tensors] == ["x"]
    assert [tensor.name for tensor in graph.output_tensors] == ["y"]
    assert graph.input_tensors[0].dtype == "float16"
    assert graph.profiles == ({"x": ShapeRange((1, 3), (2, 3), (4, 3))},)
    assert [t.format for t in graph.input_tensors + graph.output_tensors] == [
        "Row major x0",
        "Row major y0",
    ]


def test_an_engine_that_kept_only_names() -> None:
    text = inspect.inspector_json(runtime.load(), fake_engine(['"quoted"\n', "bare [name]\n"]))
    assert json.loads(text)["Layers"] == ["quoted", "bare [name]"]


@pytest.mark.skipif(runtime.has_gpu(), reason="there is a GPU")
def test_without_a_gpu_the_reason_is_said(make_model: MakeModel, tmp_path: Path) -> None:
    plan = tmp_path / "small.plan"
    build_small(make_model(), plan)
    with pytest.raises(StudioError) as caught:
        inspect.read_engine(plan)
    assert caught.value.hint


@pytest.mark.gpu
@pytest.mark.parametrize("prefix", [b"", b"\x02\0\0\0{}"], ids=["plain", "ultralytics"])
def test_reads_a_real_engine(make_model: MakeModel, tmp_path: Path, prefix: bytes) -> None:
    built, plan = tmp_path / "built.plan", tmp_path / "small.plan"
    build_small(make_model(), built)
    plan.write_bytes(prefix + built.read_bytes())
    graph = inspect.read_engine(plan)
    assert (graph.view, graph.name) == ("engine", "small")
    assert [tensor.shape for tensor in graph.input_tensors] == [(-1, 3, -1, -1)]
    origins = {origin for layer in graph.layers for origin in layer.origins}
    assert {"conv", "relu", "product"} <= origins
    assert graph.profiles == (SMALL,)
    assert all("FP32" in t.format for t in (*graph.input_tensors, *graph.output_tensors))
