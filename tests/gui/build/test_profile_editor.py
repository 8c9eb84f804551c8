"""The profile editor, with real typing."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from trtstudio.gui.build.profile_editor import ProfileEditor, SizeBox
from trtstudio.model.build.build import ShapeRange
from trtstudio.model.build.profile import suggest_profile
from trtstudio.model.graph import Graph, Tensor
from trtstudio.model.onnx.file import read_onnx

TENSORS = (
    Tensor("images", "float32", ("batch", 3, "height", -1), "input"),
    Tensor("mask", "float32", ("batch", 1, "height", 64), "input"),
    Tensor("ids", "int64", (1, 77), "input"),
)
GRAPH = Graph("onnx", "three", (), TENSORS, (0, 1, 2), ())


@pytest.fixture
def editor(qtbot: QtBot) -> ProfileEditor:
    editor = ProfileEditor(TENSORS, suggest_profile(GRAPH))
    qtbot.addWidget(editor)
    editor.show()
    return editor


def write(qtbot: QtBot, box: SizeBox, text: str) -> None:
    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_Delete)
    qtbot.keyClicks(box, text)


def test_starts_with_what_is_suggested(editor: ProfileEditor) -> None:
    assert editor.profile() == suggest_profile(GRAPH)
    assert not editor.problems
    assert editor.problem_label.isHidden()


def test_one_row_for_each_dynamic_dimension(editor: ProfileEditor) -> None:
    assert len(editor.boxes) == 3  # batch, height and the one without a name
    assert editor.box("images[3]", "opt").accessibleName() == "images[3] opt"


def test_a_shared_symbol_is_edited_once(qtbot: QtBot, editor: ProfileEditor) -> None:
    write(qtbot, editor.box("batch", "max"), "16")
    profile = editor.profile()
    assert profile["images"].max[0] == 16
    assert profile["mask"].max[0] == 16
    assert profile["mask"].max[1:] == (1, profile["images"].max[2], 64)


def test_fixed_inputs_are_no_part_of_the_profile(editor: ProfileEditor) -> None:
    assert set(editor.profile()) == {"images", "mask"}


def test_marks_the_wrong_field_while_typing(qtbot: QtBot, editor: ProfileEditor) -> None:
    with qtbot.waitSignal(editor.changed):
        write(qtbot, editor.box("batch", "min"), "9")
    assert editor.box("batch", "min").property("level") == "error"
    assert editor.box("batch", "max").property("level") == ""
    assert "min <= opt <= max" in editor.problem_label.text()
    write(qtbot, editor.box("batch", "min"), "1")
    assert editor.box("batch", "min").property("level") == ""
    assert not editor.problems
    assert editor.problem_label.isHidden()


def test_an_empty_field_is_wrong(qtbot: QtBot, editor: ProfileEditor) -> None:
    write(qtbot, editor.box("height", "opt"), "")
    assert editor.box("height", "opt").property("level") == "error"
    assert len({problem.input for problem in editor.problems}) == 2  # both have this symbol
    assert "mask" not in editor.problem_label.text()


def test_takes_digits_only(qtbot: QtBot, editor: ProfileEditor) -> None:
    box = editor.box("batch", "max")
    write(qtbot, box, "1x-2e3")
    assert box.text() == "123"


def test_arrow_keys_count(qtbot: QtBot, editor: ProfileEditor) -> None:
    box = editor.box("batch", "max")
    write(qtbot, box, "2")
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert box.value() == 3
    for _ in range(5):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.value() == 1


def test_an_input_of_unknown_rank_is_named(qtbot: QtBot) -> None:
    editor = ProfileEditor([Tensor("x", "float32", None, "input")], {})
    qtbot.addWidget(editor)
    assert editor.profile() == {}
    assert [problem.input for problem in editor.problems] == ["x"]


def test_a_fixed_model_needs_no_profile(qtbot: QtBot, yolox_model: Path) -> None:
    graph = read_onnx(yolox_model)
    editor = ProfileEditor(graph.input_tensors, suggest_profile(graph))
    qtbot.addWidget(editor)
    assert editor.profile() == {}
    assert not editor.boxes
    assert not editor.problems


def test_the_sample(qtbot: QtBot, sample_model: Path) -> None:
    graph = read_onnx(sample_model)
    editor = ProfileEditor(graph.input_tensors, suggest_profile(graph))
    qtbot.addWidget(editor)
    write(qtbot, editor.box("N", "opt"), "4")
    expected = ShapeRange((1, 3, 224, 224), (4, 3, 224, 224), (8, 3, 224, 224))
    assert editor.profile() == {"images": expected}
