"""The inputs of a build and its profiles, with real typing and clicks."""

from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from trtstudio.gui.build.profile_inputs import MANY, parse_shape
from trtstudio.gui.build.profile_presets import load_presets
from trtstudio.gui.build.profile_set import ProfileSet
from trtstudio.gui.build.profile_values import shape_inputs
from trtstudio.gui.document import Document
from trtstudio.gui.workspace import Workspace
from trtstudio.model import formats
from trtstudio.model.build.build import BuildRequest, ShapeRange
from trtstudio.model.onnx.size_steps import SizeDemandsRequest, find_sizes

LEFT = Qt.MouseButton.LeftButton
REQUEST = BuildRequest("m.onnx", "m.plan")
INT64, FLOAT = TensorProto.INT64, TensorProto.FLOAT


class SizeFinder:
    """Answers at once what a model demands of its sizes, and nothing else ever."""

    def submit(self, request: Any, _interpreter: object = None) -> Any:
        future: Future[Any] = Future()
        if isinstance(request, SizeDemandsRequest):
            future.set_result(find_sizes(Path(request.path), request.inputs))
        return SimpleNamespace(future=future)

    def close(self) -> None:
        pass


@pytest.fixture
def engines() -> SizeFinder:
    return SizeFinder()


def save(path: Path, nodes: list[Any], inputs: dict[str, tuple[int, list[Any]]]) -> Path:
    """A model that answers what its last node does."""
    values = [helper.make_tensor_value_info(n, t, s) for n, (t, s) in inputs.items()]
    output = helper.make_tensor_value_info(nodes[-1].output[0], FLOAT, None)
    graph = helper.make_graph(nodes, "g", values, [output])
    opsets = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), path)
    return path


def resizing(path: Path) -> Path:
    """Its input ``size`` becomes part of the sizes that a Resize takes."""
    nodes = [
        helper.make_node("Shape", ["x"], ["s"], start=0, end=2),
        helper.make_node("Concat", ["s", "size"], ["sizes"], axis=0),
        helper.make_node("Resize", ["x", "", "", "sizes"], ["y"]),
    ]
    return save(path, nodes, {"x": (FLOAT, ["N", 3, "H", "W"]), "size": (INT64, [2])})


@pytest.fixture
def show(qtbot: QtBot, told: Workspace):
    def make(path: Path) -> ProfileSet:
        made = ProfileSet(told, Document(formats.read(path)))
        qtbot.addWidget(made)
        made.show()
        qtbot.waitExposed(made)
        return made

    return make


def write(qtbot: QtBot, edit: Any, text: str) -> None:
    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_Delete)
    qtbot.keyClicks(edit, text)


def batches(profiles: ProfileSet) -> list[int]:
    return [profile["images"].max[0] for profile in profiles.profiles()]


def test_profiles_are_added_duplicated_and_removed(qtbot: QtBot, show, sample_model: Path) -> None:
    profiles = show(sample_model)
    assert not profiles.tabs.isVisible()
    write(qtbot, profiles.editor.box("N", "max"), "16")
    qtbot.mouseClick(profiles.copy_button, LEFT)
    assert profiles.tabs.isVisible()
    assert batches(profiles) == [16, 16]
    write(qtbot, profiles.editor.box("N", "max"), "32")
    qtbot.mouseClick(profiles.add_button, LEFT)
    assert batches(profiles) == [16, 32, 8]
    profiles.tabs.setCurrentIndex(1)
    qtbot.mouseClick(profiles.remove_button, LEFT)
    assert batches(profiles) == [16, 8]
    qtbot.mouseClick(profiles.remove_button, LEFT)
    assert len(profiles.profiles()) == 1
    assert not profiles.remove_button.isVisible()


def test_what_is_wrong_is_said_with_its_profile(qtbot: QtBot, show, sample_model: Path) -> None:
    profiles = show(sample_model)
    qtbot.mouseClick(profiles.add_button, LEFT)
    write(qtbot, profiles.editor.box("N", "min"), "9")
    assert profiles.problem().startswith("Profile 2: Axis 0 of images")
    assert "min <= opt" in profiles.editor.box("N", "min").toolTip()
    assert profiles.editor.box("N", "opt").toolTip() == ""


def test_a_declared_shape_is_replaced(qtbot: QtBot, show, tmp_path: Path) -> None:
    """As that of CenterFace, which declares 10 x 3 x 32 x 32."""
    nodes = [helper.make_node("Relu", ["x"], ["y"])]
    profiles = show(save(tmp_path / "m.onnx", nodes, {"x": (FLOAT, [10, 3, 32, 32])}))
    assert profiles.profiles() == ()
    assert not profiles.bar.isVisible()
    line = profiles.inputs.lines["x"]
    qtbot.mouseClick(line.pencil, LEFT)
    assert line.edit.text() == "10 x 3 x 32 x 32"
    assert profiles.apply(REQUEST).network.input_shapes == {}
    write(qtbot, line.edit, "1x3x?x?")
    request = profiles.apply(REQUEST)
    assert request.network.input_shapes == {"x": (1, 3, -1, -1)}
    assert request.profiles[0]["x"].max == (1, 3, 448, 448)
    write(qtbot, profiles.editor.box("x[2]", "max"), "640")
    write(qtbot, line.edit, "1x3x?")
    assert "4 sizes" in profiles.problem() or "has 4 sizes" in profiles.problem()
    write(qtbot, line.edit, "1x3x?x?")
    assert profiles.problem() == ""
    assert profiles.profiles()[0]["x"].max[2] == 640
    qtbot.mouseClick(line.pencil, LEFT)
    assert profiles.apply(REQUEST) == REQUEST


def test_an_unknown_rank_can_be_declared(qtbot: QtBot, show, tmp_path: Path) -> None:
    nodes = [helper.make_node("Relu", ["x"], ["y"])]
    profiles = show(save(tmp_path / "m.onnx", nodes, {"x": (FLOAT, None)}))
    assert "does not say the shape of x" in profiles.problem()
    line = profiles.inputs.lines["x"]
    qtbot.mouseClick(line.pencil, LEFT)
    write(qtbot, line.edit, "? x 3")
    assert profiles.problem() == ""
    assert profiles.profiles()[0]["x"].max == (8, 3)


def test_values_of_a_shape_tensor(qtbot: QtBot, show, tmp_path: Path) -> None:
    profiles = show(resizing(tmp_path / "m.onnx"))
    assert profiles.inputs.by_value() == ("size",)
    for bound, value in (("max", "640"), ("opt", "320")):
        write(qtbot, profiles.editor.box("size[0]", bound), value)
    assert profiles.profiles()[0]["size"] == ShapeRange((1, 1), (320, 1), (640, 1), values=True)
    write(qtbot, profiles.editor.box("size[1]", "opt"), "9")
    assert "Value 1 of size" in profiles.problem()
    profiles.inputs.lines["size"].values.click()
    assert "size" not in profiles.profiles()[0]
    assert profiles.problem() == ""


def test_shape_inputs_are_found_through_other_layers(tmp_path: Path, sample_model: Path) -> None:
    graph = formats.read(resizing(tmp_path / "m.onnx")).graph
    assert graph is not None
    assert shape_inputs(graph) == {"size"}
    sample = formats.read(sample_model).graph
    assert sample is not None
    assert shape_inputs(sample) == frozenset()


def test_many_fixed_inputs_are_folded_away(show, tmp_path: Path) -> None:
    inputs: dict[str, Any] = {f"x{i}": (FLOAT, [1, 4]) for i in range(MANY + 2)}
    inputs["d"] = (FLOAT, ["N", 4])
    nodes = [helper.make_node("Sum", list(inputs), ["y"])]
    profiles = show(save(tmp_path / "m.onnx", nodes, inputs))
    assert profiles.inputs.lines["d"].isVisible()
    assert not profiles.inputs.lines["x0"].isVisible()


def test_fills_in_what_a_request_says(show, tmp_path: Path) -> None:
    path = resizing(tmp_path / "m.onnx")
    first, second = show(path), show(path)
    first.inputs.lines["x"].fill((2, 3, -1, -1), None)
    first.duplicate()
    first.editor.box("H", "max").setText("999")
    first.editor.box("size[0]", "max").setText("77")
    request = first.apply(REQUEST)
    second.fill(request)
    assert second.apply(REQUEST) == request
    assert len(request.profiles) == 2


def test_profiles_are_kept_and_used_again(
    qtbot: QtBot, show, sample_model: Path, tmp_path: Path
) -> None:
    profiles = show(sample_model)
    write(qtbot, profiles.editor.box("N", "max"), "64")
    qtbot.mouseClick(profiles.add_button, LEFT)
    start = profiles.start
    start._fill()
    next(a for a in start.menu.actions() if a.text().startswith("Keep")).trigger()
    qtbot.keyClicks(profiles.name_row.edit, "big, small")
    qtbot.keyClick(profiles.name_row.edit, Qt.Key.Key_Return)
    assert not profiles.name_row.isVisible()
    assert load_presets() == {"big, small": profiles.profiles()}
    other = show(sample_model)
    other.start._fill()
    next(a for a in other.start.menu.actions() if a.text() == "big, small").trigger()
    assert batches(other) == [64, 8]
    misfit = show(resizing(tmp_path / "m.onnx"))
    misfit.start._fill()
    action = next(a for a in misfit.start.menu.actions() if a.text() == "big, small")
    assert not action.isEnabled()
    assert "no input 'images'" in action.toolTip()
    misfit.start._forget("big, small")
    assert load_presets() == {}


def test_suggestions_say_what_sizes_must_be_multiples_of(
    qtbot: QtBot, show, tmp_path: Path
) -> None:
    """The picture is reduced to a half and enlarged again, and both are added."""
    path = tmp_path / "m.onnx"
    scales = helper.make_node("Constant", [], ["c"], value_floats=[1.0, 1.0, 2.0, 2.0])
    nodes = [
        helper.make_node("MaxPool", ["x"], ["a"], kernel_shape=[2, 2], strides=[2, 2]),
        scales,
        helper.make_node("Resize", ["a", "", "c"], ["b"]),
        helper.make_node("Add", ["b", "x"], ["y"]),
    ]
    profiles = show(save(path, nodes, {"x": (FLOAT, ["N", 3, "H", "W"])}))
    qtbot.waitUntil(lambda: bool(profiles.start.demanded.steps), timeout=30_000)
    profiles.start._fill()
    texts = [action.text() for action in profiles.start.menu.actions()]
    assert "Batches of 1 to 32, sides in steps of 2" in texts
    profiles.start.menu.actions()[2].trigger()
    assert profiles.profiles()[0]["x"].max[0] == 32


def flattening(path: Path) -> Path:
    """Pooled to a fortieth of its height, it is flattened as if one row were left."""
    nodes = [
        helper.make_node("MaxPool", ["x"], ["a"], kernel_shape=[40, 1], strides=[40, 1]),
        helper.make_node("Constant", [], ["shape"], value_ints=[1, 3, 128]),
        helper.make_node("Reshape", ["a", "shape"], ["y"]),
    ]
    return save(path, nodes, {"x": (FLOAT, [1, 3, "H", 128])})


def test_an_untouched_profile_follows_what_the_model_demands(
    qtbot: QtBot, show, tmp_path: Path
) -> None:
    profiles = show(flattening(tmp_path / "m.onnx"))
    fitting = ({"x": ShapeRange((1, 3, 48, 128), (1, 3, 48, 128), (1, 3, 48, 128))},)
    qtbot.waitUntil(lambda: profiles.profiles() == fitting, timeout=30_000)
    profiles.start._fill()
    assert profiles.start.menu.actions()[0].text() == "Sizes that fit most models, with H = 48"


def test_what_was_typed_stays_when_the_model_is_known(qtbot: QtBot, show, tmp_path: Path) -> None:
    profiles = show(flattening(tmp_path / "m.onnx"))
    write(qtbot, profiles.editor.box("H", "max"), "480")
    qtbot.waitUntil(lambda: bool(profiles.start.demanded.fixed), timeout=30_000)
    assert profiles.editor.box("H", "max").value() == 480


@given(st.lists(st.integers(1, 10**8) | st.just(-1), min_size=1, max_size=6))
def test_shapes_are_read_as_they_are_written(shape: list[int]) -> None:
    for between in ("x", " x ", ", ", " ", "×"):
        text = between.join("?" if size < 0 else str(size) for size in shape)
        assert parse_shape(text) == tuple(shape)


@pytest.mark.parametrize("text", ["", "1x", "x1", "0x3", "1.5", "1x-2", "a", "1xx3", "٣"])
def test_other_texts_are_no_shape(text: str) -> None:
    assert parse_shape(text) is None


def test_a_request_without_profiles_leaves_the_suggestion(show, sample_model: Path) -> None:
    profiles = show(sample_model)
    before = profiles.profiles()
    profiles.fill(replace(REQUEST, profiles=()))
    assert profiles.profiles() == before
