"""The options of a build, for every TensorRT that was recorded."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from trtstudio.engine.build.build_check import check_request
from trtstudio.gui.build import option_groups as groups
from trtstudio.gui.build.field import BytesField, make_field
from trtstudio.gui.build.options import BuildOptions
from trtstudio.model.build.build import BuildRequest
from trtstudio.model.build.build_options import NetworkEdits, TimingCache
from trtstudio.model.build.options import Option
from trtstudio.model.graph import Graph, Layer, Tensor
from trtstudio.model.runtime import Device, Runtime

# What the offscreen platform says of every popup.
POPUP = pytest.mark.qt_log_ignore("does not support (raise|grabbing)")
LEFT = Qt.MouseButton.LeftButton
RUNTIMES = sorted((Path(__file__).parent / "data" / "runtimes").glob("*.json"))
TENSORS = (
    Tensor("x", "float32", (1, 4), "input"),
    Tensor("hidden", "float32", (1, 4)),
    Tensor("y", "float32", (1, 4), "output"),
    Tensor("z", "float32", (1, 4), "output"),
)
LAYERS = (Layer(0, "a", "Relu", (0,), (1,)), Layer(1, "b", "Split", (1,), (2, 3)))
GRAPH = Graph("onnx", "g", LAYERS, TENSORS, (0,), (2, 3))
REQUEST = BuildRequest("m.onnx", "m.plan")
Make = Callable[..., BuildOptions]


def load(name: str) -> Runtime:
    path = next(path for path in RUNTIMES if path.stem == name)
    return msgspec.json.decode(path.read_bytes(), type=Runtime)


@pytest.fixture(params=[path.stem for path in RUNTIMES])
def runtime(request: pytest.FixtureRequest) -> Runtime:
    return load(request.param)


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    def made(runtime: Runtime, *, has_gpu: bool = True) -> BuildOptions:
        options = BuildOptions(runtime, GRAPH, has_gpu=has_gpu)
        qtbot.addWidget(options)
        options.prepare()
        options.resize(800, 600)
        options.show()
        return options

    return made


def some_value(option: Option) -> Any:
    """A value that is not the default."""
    if option.kind in ("flag", "parser_flag"):
        return True
    if option.kind == "enum":
        return next(m for m in option.members if m != option.default)
    return {"int": option.low or 2, "text": "-a=b", "set": option.members[:1], "memory": 3 * 2**20}[
        option.kind
    ]


def test_every_option_of_the_runtime_has_a_row(make: Make, runtime: Runtime) -> None:
    options = make(runtime)
    names = {option.name for option in runtime.options}
    assert names <= set(options.rows)
    special = set(options.rows) - names
    assert (groups.CACHE in special) == ("timing_cache" in runtime.abilities)
    assert (groups.PLUGINS in special) == ("plugins" in runtime.abilities)
    assert (groups.DEBUG_UNFUSED in special) == ("unfused_debug_tensors" in runtime.abilities)
    assert not [n for n in names if groups.group_of(n) == "other"]


def test_weights_and_devices_of_layers_are_chosen_by_name(make: Make, runtime: Runtime) -> None:
    options = make(runtime)
    has_dla = "layer_devices" in runtime.abilities
    assert (groups.ON_DLA in options.rows) == (groups.ON_GPU in options.rows) == has_dla
    wanted = {name: ("w*",) for name in (groups.ON_DLA, groups.ON_GPU) if has_dla}
    if "refittable_weights" in runtime.abilities:
        wanted[groups.REFITTABLE] = ("w",)
        options.rows["REFIT_INDIVIDUAL"].field.set_value(True)
        assert "Name the weights" in options.problem()
    for name, value in wanted.items():
        options.rows[name].field.set_value(value)
    assert options.problem() == ""
    network = options.apply(REQUEST).network
    assert {name: getattr(network, name) for name in wanted} == wanted


def test_nothing_is_asked_for_before_something_is_chosen(make: Make, runtime: Runtime) -> None:
    options = make(runtime)
    assert options.apply(REQUEST) == REQUEST
    assert options.chosen() == {}
    assert options.problem() == ""


def test_every_option_can_be_set_is_taken_over_and_reset(make: Make, runtime: Runtime) -> None:
    """What the form asks for is what the engine's own check lets through."""
    first, second = make(runtime), make(runtime)
    for option in runtime.options:
        first.rows[option.name].field.set_value(some_value(option))
        assert first.rows[option.name].is_changed()
        assert not first.rows[option.name].reset_button.isHidden()
    request = first.apply(REQUEST)
    flags = [o.name for o in runtime.options_of("flag")]
    assert sorted(request.flags) == sorted(flags)
    assert set(request.options) == {o.name for o in runtime.options if "flag" not in o.kind}
    assert set(request.network.parser_flags) == {o.name for o in runtime.options_of("parser_flag")}
    second.fill(request)
    assert second.apply(REQUEST) == request
    first.reset()
    assert first.apply(REQUEST) == REQUEST


def test_the_engine_takes_what_the_form_asks_for(
    make: Make, runtime: Runtime, tmp_path: Path
) -> None:
    options = make(runtime)
    for option in runtime.options:
        options.rows[option.name].field.set_value(some_value(option))
    model = tmp_path / "m.onnx"
    model.touch()
    request = BuildRequest(str(model), str(tmp_path / "m.plan"))
    check_request(options.apply(request), GRAPH, runtime, (Device("GPU", "sm_89"),))


def test_search_looks_in_names_sentences_and_members(qtbot: QtBot, make: Make) -> None:
    options = make(load("trt-10.16"))

    def shown() -> set[str]:
        return {name for name, row in options.rows.items() if row.isVisible()}

    qtbot.keyClicks(options.search, "ampere")
    assert shown() == {"hardware_compatibility_level"}
    options.search.setText("optimization level")
    assert {"builder_optimization_level", "tiling_optimization_level"} <= shown()
    options.search.setText("nothing of the kind")
    assert shown() == set()
    assert options.nothing.isVisible()
    options.search.clear()
    assert shown() == set(options.rows)
    options.rows["REFIT"].field.set_value(True)
    qtbot.mouseClick(options.only_changed, LEFT, pos=options.only_changed.rect().center())
    assert shown() == {"REFIT"}
    qtbot.mouseClick(options.rows["REFIT"].reset_button, LEFT)
    assert not options.chosen()


def test_numbers_are_kept_within_their_bounds(qtbot: QtBot, make: Make) -> None:
    options = make(load("rtx-1.7"))
    row = options.rows["max_num_tactics"]
    qtbot.keyClicks(row.field.edit, "0")
    assert options.problem() == "max_num_tactics: 1 or more"
    assert row.note.text() == "1 or more"
    qtbot.keyClicks(row.field.edit, "7")
    assert options.problem() == ""
    assert options.apply(REQUEST).options == {"max_num_tactics": 7}


def test_memory_has_units(qtbot: QtBot, make: Make) -> None:
    options = make(load("rtx-1.7"))
    field = options.rows["WORKSPACE"].field
    assert isinstance(field, BytesField)
    assert field.edit.placeholderText() == "64 GiB"
    qtbot.keyClicks(field.edit, "300")
    assert options.apply(REQUEST).options == {"WORKSPACE": 300 * 2**20}
    qtbot.keyClicks(field.unit, "G")
    assert options.apply(REQUEST).options == {"WORKSPACE": 300 * 2**30}
    for size in (48 * 2**10, 2**31, 1000 * 2**20):
        field.set_value(size)
        assert field.value() == size


def test_a_set_is_left_to_tensorrt_until_it_is_chosen(make: Make) -> None:
    options = make(load("rtx-1.7"))
    field = options.rows["tactic_sources"].field
    assert not field.boxes["JIT_CONVOLUTIONS"].isEnabled()
    field.default_box.click()
    field.boxes["JIT_CONVOLUTIONS"].click()
    assert options.apply(REQUEST).options == {"tactic_sources": ("EDGE_MASK_CONVOLUTIONS",)}


def test_a_parser_flag_can_be_cleared(make: Make) -> None:
    options = make(load("rtx-1.7"))
    options.rows["NATIVE_INSTANCENORM"].field.set_value(False)
    assert options.apply(REQUEST).network.parser_flags == ("-NATIVE_INSTANCENORM",)


def test_flags_that_need_a_gpu_say_so(make: Make) -> None:
    options = make(load("rtx-1.7"), has_gpu=False)
    assert not options.rows["REFIT"].field.isEnabled()
    assert "needs a GPU" in options.rows["REFIT"].field.toolTip()
    assert options.rows["STRICT_NANS"].field.isEnabled()


@POPUP
def test_outputs_are_chosen_among_the_tensors(qtbot: QtBot, make: Make) -> None:
    options = make(load("rtx-1.7"))
    edit = options.rows[groups.OUTPUTS].field.list.edit
    qtbot.keyClicks(edit, "idd")
    assert edit.completer().model().stringList() == ["hidden"]
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert "No such tensor" in options.rows[groups.OUTPUTS].field.list.note.text()
    assert "Add idd" in options.problem()
    edit.clear()
    qtbot.keyClicks(edit, "hid*")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    options.rows[groups.NOT_OUTPUTS].field.set_value(("z",))
    assert options.problem() == ""
    assert options.apply(REQUEST).network == NetworkEdits(outputs=("hid*",), not_outputs=("z",))


def test_plugins_need_the_users_agreement(make: Make) -> None:
    options = make(load("trt-10.0"))
    field = options.rows[groups.PLUGINS].field
    field.files.add("/opt/libmine.so")
    assert "runs as it is loaded" in options.problem()
    field.trust.click()
    assert options.problem() == ""
    request = options.apply(REQUEST)
    assert (request.plugins, request.plugins_trusted) == (("/opt/libmine.so",), True)
    assert not request.plugins_in_plan


def test_a_timing_cache(make: Make, tmp_path: Path) -> None:
    options = make(load("trt-11.4"))
    field = options.rows[groups.CACHE].field
    assert field.how.isHidden()
    options.rows["ERROR_ON_TIMING_CACHE_MISS"].field.set_value(True)
    assert "Choose the timing cache first" in options.problem()
    field.path.setText("here.cache")
    assert "whole path" in options.problem()
    cache = TimingCache(str(tmp_path / "a"), "read", (str(tmp_path / "b"),), ignore_mismatch=True)
    field.set_value(cache)
    assert options.apply(REQUEST).timing_cache == cache
    assert options.problem() == ""
    options.rows["DISABLE_TIMING_CACHE"].field.set_value(True)
    assert "clear one of the two" in options.problem()


def test_scrolling_past_a_field_does_not_change_it(qtbot: QtBot, make: Make) -> None:
    options = make(load("rtx-1.7"))
    box = options.rows["builder_optimization_level"].field.box
    middle = QPointF(box.rect().center())
    for has_focus in (False, True):
        if has_focus:
            options.activateWindow()
            box.setFocus()
            qtbot.waitUntil(box.hasFocus)
        down = QWheelEvent(
            middle,
            box.mapToGlobal(middle),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(box, down)
        assert bool(options.chosen()) == has_focus


def test_every_field_has_a_name_for_a_screen_reader(make: Make, runtime: Runtime) -> None:
    options = make(runtime)
    fields = [f for row in options.rows.values() for f in row.findChildren(QWidget)]
    reached = [f for f in fields if f.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(reached) >= len(options.rows)
    assert [f for f in reached if not (f.accessibleName() or getattr(f, "text", str)())] == []


def test_an_option_that_nobody_knows_yet_is_offered(qtbot: QtBot) -> None:
    field = make_field(Option("brand_new", "enum", "", ("A", "B")))
    qtbot.addWidget(field)
    field.set_value("B")
    assert field.value() == "B"
    assert groups.group_of("brand_new") == "other"
