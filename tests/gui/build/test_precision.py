"""What an engine computes in, and the details of each choice."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from trtstudio.gui.build.calibration import look_into
from trtstudio.gui.build.conversion import ConversionForm
from trtstudio.gui.build.precision import PrecisionPicker
from trtstudio.gui.build.weak import WeakForm
from trtstudio.gui.build.words import WEAK
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.build import BuildRequest
from trtstudio.model.build.build_options import WeakTyping
from trtstudio.model.build.conversion import Calibration, Conversion
from trtstudio.model.graph import Graph, Layer, Tensor
from trtstudio.model.runtime import Runtime

# What the offscreen platform says of every popup.
POPUP = pytest.mark.qt_log_ignore("does not support (raise|grabbing)")
LEFT = Qt.MouseButton.LeftButton
RUNTIMES = sorted((Path(__file__).parent / "data" / "runtimes").glob("*.json"))
TENSORS = (
    Tensor("x", "float32", (1, 4), "input"),
    Tensor("w", "float32", (4, 4), "weight"),
    Tensor("y", "float32", (1, 4), "output"),
)
LAYERS = (Layer(0, "head/MatMul", "MatMul", (0, 1), (2,)),)
GRAPH = Graph("onnx", "g", LAYERS, TENSORS, (0,), (2,))
REQUEST = BuildRequest("m.onnx", "m.plan")


class NoEngines:
    def submit(self, _request: Any, _interpreter: object = None) -> Any:
        return Future()

    def close(self) -> None:
        pass


@pytest.fixture
def engines() -> NoEngines:
    return NoEngines()


@pytest.fixture
def make(qtbot: QtBot, told: Workspace) -> Callable[..., PrecisionPicker]:
    def made(name: str, graph: Graph = GRAPH) -> PrecisionPicker:
        path = next(path for path in RUNTIMES if path.stem == name)
        runtime = msgspec.json.decode(path.read_bytes(), type=Runtime)
        picker = PrecisionPicker(told, runtime, graph)
        qtbot.addWidget(picker)
        picker.show()
        return picker

    return made


def choose(picker: PrecisionPicker, name: str) -> Any:
    picker.buttons[name].click()
    return picker.details[name]


@pytest.mark.parametrize("name", [path.stem for path in RUNTIMES])
def test_offers_what_is_installed(make, name: str) -> None:
    picker = make(name)
    assert list(picker.buttons)[:4] == ["keep", "fp16", "bf16", "int8"]
    assert (WEAK in picker.buttons) == name.startswith("trt-10")
    assert picker.apply(REQUEST) == REQUEST
    assert picker.buttons["keep"].text() == "As the model says (FP32)"


@POPUP
def test_nodes_are_kept_in_fp32_by_name_or_operator(qtbot: QtBot, make) -> None:
    picker = make("rtx-1.7")
    form = choose(picker, "fp16")
    form.details.set_open(True)
    qtbot.keyClicks(form.keep.edit, "mat")
    assert form.keep.edit.completer().model().stringList() == ["MatMul", "head/MatMul"]
    assert picker.problem() == "Add mat to its list, or clear it."
    form.keep.edit.setText("head/*")
    qtbot.mouseClick(form.keep.add_button, LEFT)
    form.keep.edit.setText("Softmax")
    qtbot.keyClick(form.keep.edit, Qt.Key.Key_Return)
    assert "No node or operator is called Softmax" in form.keep.note.text()
    form.keep.edit.clear()
    form.convert_io.click()
    picker.exact.click()
    request = picker.apply(REQUEST)
    assert request.precision == "fp16"
    assert request.conversion == Conversion(keep_fp32=("head/*",), convert_io=True)
    assert request.exact_fp32


def test_int8_needs_a_folder_that_it_can_use(qtbot: QtBot, make, tmp_path: Path) -> None:
    picker = make("rtx-1.7")
    form = choose(picker, "int8").calibration
    assert "Choose a folder" in picker.problem()
    form.folder.setText(str(tmp_path / "none"))
    qtbot.waitUntil(lambda: form.note.text() == "There is no such folder.")
    form.folder.setText(str(tmp_path))
    qtbot.waitUntil(lambda: "holds no picture" in form.note.text())
    for i in range(3):
        (tmp_path / f"{i}.JPG").touch()
    (tmp_path / "notes.txt").touch()
    form._look()
    qtbot.waitUntil(lambda: form.note.text() == "3 pictures")
    assert picker.problem() == ""
    form.limit.setValue(2)
    assert form.note.text() == "3 pictures, of which 2 are used"
    (tmp_path / "a.npy").touch()
    form._look()
    qtbot.waitUntil(lambda: "mixes 3 pictures and 1 arrays" in picker.problem())
    form.method.setCurrentIndex(1)
    calibration = Calibration(str(tmp_path), "minmax", 2)
    assert picker.apply(REQUEST).conversion == Conversion(
        calibration=calibration, int8_from=100_000
    )


def test_int8_says_how_many_layers_it_is_for(make) -> None:
    """TensorRT-RTX loses by INT8 in small layers, as this model's; TensorRT does not."""
    pickers = make("rtx-1.7"), make("trt-11.4")
    form, other = (choose(picker, "int8") for picker in pickers)
    assert form.int8_from.value() == 100_000
    assert "0 of 1 layers become INT8" in form.caution.text()
    form.int8_from.setValue(0)
    assert "expect 1 of 1 layers to lose" in form.caution.text()
    assert other.int8_from.value() == 0
    assert other.caution.text() == ""


def test_a_folder_is_counted_by_its_files(tmp_path: Path) -> None:
    (tmp_path / "deeper.png").mkdir()
    for name in ("a.png", "b.webp", "c.npz", "d.txt"):
        (tmp_path / name).touch()
    found = look_into(str(tmp_path))
    assert (found.pictures, found.arrays, found.exists) == (2, 1, True)
    assert not look_into(str(tmp_path / "d.txt")).exists


def test_a_quantized_model_is_taken_as_it_is(make) -> None:
    layers = (Layer(0, "q", "QuantizeLinear", (0,), (2,)),)
    picker = make("rtx-1.7", Graph("onnx", "g", layers, TENSORS, (0,), (2,)))
    form = choose(picker, "int8")
    assert isinstance(form, ConversionForm)
    assert picker.problem() == ""
    assert picker.apply(REQUEST).conversion.calibration is None


def test_model_optimizer_needs_its_python(make, tmp_path: Path) -> None:
    picker = make("trt-11.4")
    form = choose(picker, "bf16")
    form.tool.setCurrentIndex(1)
    assert "Model Optimizer" in picker.problem()
    form.python.setText("/venvs/modelopt/bin/python")
    assert picker.problem() == ""
    conversion = picker.apply(REQUEST).conversion
    assert (conversion.tool, conversion.python) == ("modelopt", "/venvs/modelopt/bin/python")
    int8 = choose(picker, "int8")
    int8.fill(Conversion(calibration=Calibration(str(tmp_path), "percentile"), tool="modelopt"))
    int8.python.setText("/p")
    assert "by entropy" in picker.problem()


@POPUP
def test_weak_typing(qtbot: QtBot, make) -> None:
    picker = make("trt-10.16")
    form = choose(picker, WEAK)
    assert isinstance(form, WeakForm)
    assert picker.apply(REQUEST).weak == WeakTyping(("FP16",))
    assert not form.calibration.isVisible()
    form.boxes["INT8"].click()
    assert form.calibration.isVisible()
    form.details.set_open(True)
    qtbot.keyClicks(form.wishes.edit, "head/*")
    qtbot.mouseClick(form.wishes.add_button, LEFT)
    assert "prefer or obey" in picker.problem()
    form.constraints.setCurrentIndex(2)
    assert picker.problem() == ""
    request = picker.apply(REQUEST)
    expected = WeakTyping(("FP16", "INT8"), {"head/*": "float32"}, {}, "obey")
    assert (request.weak, request.precision) == (expected, "keep")
    qtbot.keyClicks(form.wishes.edit, "tail")
    qtbot.mouseClick(form.wishes.add_button, LEFT)
    assert form.wishes.note.text() == "No layer is called tail."


@pytest.mark.parametrize(
    "request_",
    [
        BuildRequest("m", "p", exact_fp32=True),
        BuildRequest(
            "m", "p", precision="fp16", conversion=Conversion(("MatMul",), convert_io=True)
        ),
        BuildRequest(
            "m",
            "p",
            precision="int8",
            conversion=Conversion(
                calibration=Calibration("/d", "minmax", 7, "/c"), base="bf16", int8_from=9
            ),
        ),
        BuildRequest(
            "m",
            "p",
            weak=WeakTyping(("INT8",), {"a*": "float16"}, {"b": "int8"}, "prefer"),
            conversion=Conversion(calibration=Calibration("/d")),
        ),
    ],
)
def test_fills_in_what_a_request_says(make, request_: BuildRequest) -> None:
    picker = make("trt-10.16")
    picker.fill(request_)
    assert picker.apply(BuildRequest("m", "p")) == request_


def test_what_a_runtime_does_not_have_is_left(make) -> None:
    picker = make("trt-11.4")
    picker.fill(BuildRequest("m", "p", weak=WeakTyping(("FP16",))))
    assert picker.precision() == "keep"


def test_refused_precisions_cannot_be_chosen_anew(make) -> None:
    picker = make("rtx-1.7")
    choose(picker, "bf16")
    picker.refuse({"bf16": "Too old.", "int8": "Too old as well."})
    assert picker.problem() == "Too old."
    assert picker.buttons["bf16"].isEnabled()
    assert not picker.buttons["int8"].isEnabled()
    picker.buttons["keep"].click()
    assert picker.problem() == ""
    assert not picker.buttons["bf16"].isEnabled()
    picker.refuse({})
    assert picker.buttons["bf16"].isEnabled()
