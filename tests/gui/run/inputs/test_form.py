"""The form of inputs as its user meets it: clicks, keys and drops, with a real engine process
behind it, and profiles as an engine has them.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document
from trtstudio.gui.run.feeds import given_feed
from trtstudio.gui.run.inputs import form as input_form
from trtstudio.gui.run.inputs.form import InputForm
from trtstudio.gui.run.inputs.look import Look, look_at
from trtstudio.gui.run.page import RunPage
from trtstudio.gui.run.run import Run
from trtstudio.gui.run.run_title import run_tip, run_title
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.sessions.loaded import Loaded
from trtstudio.gui.sessions.run_choice import Choice
from trtstudio.gui.slices import in_slices
from trtstudio.gui.workspace import Workspace
from trtstudio.model import formats
from trtstudio.model.given_inputs import (
    ArrayValues,
    ConstantValues,
    FileValues,
    GivenInputs,
    RandomValues,
    Values,
)
from trtstudio.model.graph import ShapeRange, Tensor
from trtstudio.model.run import SessionInfo

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
Drop = Callable[[QWidget, list[Path]], bool]


@pytest.fixture
def workspace(lasting_workspace: Workspace) -> Workspace:
    return lasting_workspace


@pytest.fixture
def page(workspace: Workspace, qtbot: QtBot) -> RunPage:
    page = RunPage(workspace, Runs(workspace, workspace))
    qtbot.addWidget(page)
    page.resize(1000, 640)
    page.show()
    return page


def open_document(workspace: Workspace, path: Path) -> Document:
    document = Document(formats.read(path))
    workspace.documents.append(document)
    workspace.set_current(document)
    return document


def open_model(qtbot: QtBot, page: RunPage, path: Path) -> Document:
    """Wait until it is loaded."""
    document = open_document(page._workspace, path)
    qtbot.waitUntil(page.controls.inputs_button.isEnabled)
    return document


def open_form(qtbot: QtBot, page: RunPage, path: Path) -> InputForm:
    """Open it by its button where it is folded away at first."""
    open_model(qtbot, page, path)
    if not page.controls.inputs_button.isChecked():
        qtbot.mouseClick(page.controls.inputs_button, LEFT)
    form = page.inputs.form
    assert form is not None
    return form


@pytest.fixture
def form(qtbot: QtBot, page: RunPage, scaler: Path) -> InputForm:
    return open_form(qtbot, page, scaler)


def history(page: RunPage) -> list[Run]:
    document = page._workspace.current
    assert document is not None
    return list(page._runs.history(document))


def wait_for_runs(qtbot: QtBot, page: RunPage, count: int) -> Run:
    """The newest of at least so many."""
    qtbot.waitUntil(lambda: len(history(page)) >= count)
    run = history(page)[-1]
    assert run.problem is None, run.problem
    return run


def run_form(qtbot: QtBot, page: RunPage, form: InputForm) -> Run:
    """Click on its button, once what was entered has been looked at."""
    before = len(history(page))
    qtbot.waitUntil(form.run_button.isEnabled)
    qtbot.mouseClick(form.run_button, LEFT)
    return wait_for_runs(qtbot, page, before + 1)


def retype(qtbot: QtBot, edit: QLineEdit, text: str) -> None:
    qtbot.keyClick(edit, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(edit, text)


def inputs_of(run: Run) -> dict[str, np.ndarray]:
    assert run.feed is not None
    return run.feed.inputs


def expected(inputs: dict[str, np.ndarray]) -> np.ndarray:
    result: np.ndarray = inputs["x"] * inputs["scale"] + inputs["k=0"]
    return result


def test_it_is_open_where_no_picture_is_taken_and_folded_away_where_one_is(
    qtbot: QtBot, page: RunPage, form: InputForm, sample_model: Path
) -> None:
    assert form.isVisible() and page.controls.inputs_button.isChecked()
    open_model(qtbot, page, sample_model)
    assert page.inputs.form is None, "it is not made before it is seen"
    assert not page.inputs.isVisible() and not form.isVisible()
    qtbot.mouseClick(page.controls.inputs_button, LEFT)
    other = page.inputs.form
    assert other is not None
    assert other.isVisible() and not form.isVisible()
    assert other.rows["images"].note.text() == "Choose a picture."
    qtbot.mouseClick(page.controls.inputs_button, LEFT)
    assert not other.isVisible()


def test_random_numbers_have_a_seed_and_come_again(
    qtbot: QtBot, page: RunPage, form: InputForm
) -> None:
    first = run_form(qtbot, page, form)
    numbers = np.random.default_rng(0).random((1, 3), np.float32) * 2 - 1
    np.testing.assert_array_equal(inputs_of(first)["x"], numbers)
    assert inputs_of(first)["scale"].shape == ()
    np.testing.assert_allclose(first.outputs["y"], expected(inputs_of(first)), rtol=1e-6)
    qtbot.keyClick(page, Qt.Key.Key_F5)
    again = wait_for_runs(qtbot, page, 2)
    np.testing.assert_array_equal(again.outputs["y"], first.outputs["y"])
    qtbot.mouseClick(form.seeds_button, LEFT)
    other = run_form(qtbot, page, form)
    assert not np.array_equal(other.outputs["y"], first.outputs["y"])
    retype(qtbot, form.rows["x"].editors.random.seed.lineEdit(), "7")
    seventh = run_form(qtbot, page, form)
    assert seventh.given.values["x"] == RandomValues(7)
    assert "x: random, seed 7 [1, 3]" in run_tip(seventh)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of 30 inputs."""
    path, names = tmp_path_factory.mktemp("models") / "many.onnx", [f"x{n}" for n in range(30)]
    values = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", 3]) for name in (*names, "y")
    ]
    graph = helper.make_graph(
        [helper.make_node("Sum", names, ["y"])], "g", values[:-1], values[-1:]
    )
    opsets = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, ir_version=8, opset_imports=opsets), path)
    return path


def test_many_rows_come_in_turns_and_the_tab_key_goes_through_them(
    qtbot: QtBot, page: RunPage, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[Iterator[object]] = []
    monkeypatch.setattr(input_form, "in_slices", lambda _, made: steps.append(made))
    form = open_form(qtbot, page, many)
    assert len(form._rows) == 8
    other = QLineEdit(page)  # such as what a result is shown by
    in_slices(form, steps[0])
    qtbot.waitUntil(lambda: len(form._rows) == 30)
    assert list(form.rows) == [f"x{n}" for n in range(30)]
    form.rows["x0"].choose("file")
    order, widget = [], page.controls.nextInFocusChain()
    while widget is not page.controls:
        order.append(widget)
        widget = widget.nextInFocusChain()
    expected = [
        each for row in form.rows.values() for each in (row.shape, row.kind, *row.editors.stops)
    ]
    expected += [form.seeds_button, form.run_button]
    assert other not in order[: order.index(form.run_button)]
    assert form.rows["x0"].editors.file.path in expected
    assert [each for each in order if each in expected] == expected


def test_the_tab_key_comes_to_it_from_the_buttons_above(
    qtbot: QtBot, page: RunPage, form: InputForm
) -> None:
    run_form(qtbot, page, form)  # by now there are also what is beside and below it
    x, shift = form.rows["x"], form.rows["k=0"]
    x.choose("file")
    page.activateWindow()
    page.controls.inputs_button.setFocus()
    qtbot.waitUntil(page.controls.inputs_button.hasFocus, timeout=30_000)
    stops = (
        page.controls.open_button,
        page.controls.again_button,
        x.shape,
        x.kind,
        x.editors.file.path,
        x.editors.file.browse,
        form.rows["scale"].kind,
        form.rows["scale"].editors.random.seed,
        shift.kind,
        shift.editors.random.seed,
        form.seeds_button,
        form.run_button,
        page.history,
    )
    for stop in stops:
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        assert page.focusWidget() is stop


@pytest.mark.parametrize("act", [InputForm.run, InputForm.take_seeds])
def test_what_changes_all_rows_is_looked_at_once(
    qtbot: QtBot,
    page: RunPage,
    many: Path,
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[InputForm], None],
) -> None:
    form, looks, real = open_form(qtbot, page, many), [], InputForm._update
    assert len(form.rows) == 30
    monkeypatch.setattr(InputForm, "_update", lambda form: (looks.append(form), real(form)))
    act(form)
    assert looks == [form]


def test_what_is_asked_of_a_form_is_asked_of_all_its_rows(
    qtbot: QtBot, page: RunPage, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(input_form, "in_slices", lambda *_: None)  # no turn comes in between
    form = open_form(qtbot, page, many)
    assert len(form._rows) == 8, "what is out of sight is not waited for"
    assert set(inputs_of(run_form(qtbot, page, form))) == {f"x{n}" for n in range(30)}


def test_a_shape_is_typed_and_a_wrong_one_is_said_at_once(
    qtbot: QtBot, page: RunPage, form: InputForm
) -> None:
    row = form.rows["x"]
    retype(qtbot, row.shape, "5 x 4")
    assert "n x 3" in row.error.text() and not form.run_button.isEnabled()
    assert form.run_button.toolTip()
    retype(qtbot, row.shape, "0x3")
    assert run_form(qtbot, page, form).outputs["y"].shape == (0, 3)
    retype(qtbot, row.shape, "5x3")
    assert run_form(qtbot, page, form).outputs["y"].shape == (5, 3)
    assert form.rows["k=0"].shape_place is not form.rows["k=0"].shape, "it is fixed"


def test_constants_are_typed(qtbot: QtBot, page: RunPage, form: InputForm) -> None:
    for name, text in (("x", "2"), ("scale", "0.5"), ("k=0", "1, 2, 3")):
        row = form.rows[name]
        qtbot.keyClick(row.kind, Qt.Key.Key_C)
        assert row.kind.currentText() == "Constant"
        retype(qtbot, row.editors.constant.numbers, text)
    run = run_form(qtbot, page, form)
    assert run.outputs["y"].tolist() == [[2, 3, 4]]
    assert run_title(run) == "constant inputs"
    shift = form.rows["k=0"]
    for wrong, words in (("1, 2", "2 values"), ("one", "Write a number"), ("1e39", "no 1e+39")):
        retype(qtbot, shift.editors.constant.numbers, wrong)
        assert words in shift.error.text()
    retype(qtbot, shift.editors.constant.numbers, "4")
    qtbot.keyClick(shift.editors.constant.numbers, Qt.Key.Key_Return, CTRL)
    assert wait_for_runs(qtbot, page, 2).outputs["y"].tolist() == [[5, 5, 5]]


def test_the_arrays_of_an_archive_are_offered(
    qtbot: QtBot,
    page: RunPage,
    form: InputForm,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    b = np.arange(6.0).reshape(2, 3)
    np.savez(tmp_path / "two.npz", a=np.ones(4), b=b)
    chosen = str(tmp_path / "two.npz")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen, ""))
    row = form.rows["x"]
    row.choose("file")
    assert (row.note.text(), row.error.text()) == ("Choose a file.", "")
    qtbot.mouseClick(row.editors.file.browse, LEFT)
    qtbot.waitUntil(lambda: 'holds no array called "x"' in row.error.text())
    arrays = row.editors.file.arrays
    assert [arrays.itemText(i) for i in range(arrays.count())] == ["a", "b"]
    arrays.setFocus()
    qtbot.keyClick(arrays, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "has 1 dimensions instead of 2" in row.error.text())
    qtbot.keyClick(arrays, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "float64 [2 x 3]" in row.note.text())
    assert "is converted from float64 to float32" in row.note.text()
    run = run_form(qtbot, page, form)
    np.testing.assert_array_equal(inputs_of(run)["x"], b)
    assert (run_title(run), run.outputs["y"].shape) == ("two.npz", (2, 3))


def test_what_is_still_missing_is_an_error_once_a_run_is_asked_for(
    qtbot: QtBot, page: RunPage, form: InputForm
) -> None:
    row = form.rows["x"]
    row.choose("file")
    assert (row.note.text(), row.error.text()) == ("Choose a file.", "")
    qtbot.mouseClick(form.run_button, LEFT)
    assert (row.note.text(), row.error.text()) == ("", "Choose a file.")
    assert history(page) == [] and not page._runs.waiting(page._workspace.current)
    row.choose("random")
    row.choose("file")
    assert row.error.text() == "", "it is chosen anew"


def test_what_is_missing_is_scrolled_to(qtbot: QtBot, page: RunPage, many: Path) -> None:
    form = open_form(qtbot, page, many)
    row = form.rows["x20"]
    row.choose("file")
    assert row.kind.visibleRegion().isEmpty()
    qtbot.mouseClick(form.run_button, LEFT)
    seen = (row.kind, row.error)
    qtbot.waitUntil(lambda: not any(each.visibleRegion().isEmpty() for each in seen))
    assert row.error.text() == "Choose a file."


def test_bare_values_are_dropped_on_the_page(
    qtbot: QtBot, page: RunPage, form: InputForm, tmp_path: Path, drop: Drop
) -> None:
    x, shift = np.ones((4, 3), np.float32), np.arange(3, dtype=np.float32)
    x.tofile(tmp_path / "x.bin")
    np.save(tmp_path / "shift.npy", shift)
    qtbot.mouseClick(page.controls.inputs_button, LEFT)
    assert not form.isVisible()
    assert drop(page, [tmp_path / "x.bin", tmp_path / "shift.npy"])
    rows = form.rows
    qtbot.waitUntil(lambda: "float32 [4 x 3]" in rows["x"].note.text())
    qtbot.waitUntil(lambda: "float32 [3]" in rows["k=0"].note.text())
    assert form.isVisible()
    run = run_form(qtbot, page, form)
    np.testing.assert_allclose(run.outputs["y"], expected(inputs_of(run)), rtol=1e-6)
    np.testing.assert_array_equal(inputs_of(run)["x"], x)
    np.testing.assert_array_equal(inputs_of(run)["k=0"], shift)
    retype(qtbot, rows["x"].shape, "2 x 3")
    qtbot.waitUntil(lambda: "has 48 bytes" in rows["x"].error.text())


def test_bare_values_are_chosen_in_the_dialog(
    qtbot: QtBot,
    page: RunPage,
    form: InputForm,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    np.ones((4, 3), np.float32).tofile(tmp_path / "x.bin")
    np.save(tmp_path / "shift.npy", np.arange(3, dtype=np.float32))
    offered: list[str] = []

    def choose(_page: QWidget, _title: str, _folder: str, kinds: str) -> tuple[list[str], str]:
        offered.extend(kinds.strip(")").partition("(")[2].split())
        return [str(tmp_path / name) for name in ("x.bin", "shift.npy")], kinds

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    qtbot.mouseClick(page.controls.open_button, LEFT)
    assert {"*.bin", "*.npy", "*.png"} <= set(offered)
    qtbot.waitUntil(lambda: "float32 [4 x 3]" in form.rows["x"].note.text())
    qtbot.waitUntil(lambda: "float32 [3]" in form.rows["k=0"].note.text())


def test_values_that_come_with_a_model_are_not_for_the_one_before(
    page: RunPage, form: InputForm, tmp_path: Path, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(page._workspace, "open", opened.extend)
    taken: list[Path] = []
    monkeypatch.setattr(page.inputs, "take", taken.append)
    model, values = tmp_path / "other.onnx", tmp_path / "shift.npy"
    np.save(values, np.zeros(3, np.float32))
    model.touch()
    assert page.inputs.form is form and page.inputs.takes(values)
    assert drop(page, [values, model])
    assert (opened, taken) == ([values, model], [])
    opened.clear()
    assert drop(page, [values, tmp_path])
    assert (opened, taken) == ([tmp_path], [values])


def test_an_earlier_output_feeds_the_next_run_and_another_model(
    qtbot: QtBot, page: RunPage, form: InputForm, scaler: Path, tmp_path: Path
) -> None:
    row = form.rows["x"]
    row.choose("earlier")
    assert "No run that is remembered" in row.error.text()
    row.choose("random")
    first = run_form(qtbot, page, form)
    row.choose("earlier")
    assert row.editors.earlier.outputs.currentText() == "1 y"
    second = run_form(qtbot, page, form)
    np.testing.assert_array_equal(inputs_of(second)["x"], first.outputs["y"])
    other = tmp_path / "other.onnx"
    other.write_bytes(scaler.read_bytes())
    beside = open_form(qtbot, page, other)
    beside.rows["x"].choose("earlier")
    assert beside.rows["x"].editors.earlier.outputs.currentText() == "scaler.onnx 2 y"
    third = run_form(qtbot, page, beside)
    np.testing.assert_array_equal(inputs_of(third)["x"], second.outputs["y"])


def test_a_picture_is_one_of_the_sources(
    qtbot: QtBot, page: RunPage, sample_model: Path, sample_pictures: tuple[Path, ...]
) -> None:
    form = open_form(qtbot, page, sample_model)
    row = form.rows["images"]
    retype(qtbot, row.editors.picture.path, str(sample_pictures[2]))
    run = run_form(qtbot, page, form)
    assert run.answer is not None and run.answer.top[0].label == "espresso"
    row.choose("random")
    run = run_form(qtbot, page, form)
    assert run.answer is None and run.outputs["logits"].shape == (1, 1000)


def test_what_was_entered_stays_with_its_document(
    qtbot: QtBot, page: RunPage, form: InputForm, scaler: Path, tmp_path: Path
) -> None:
    form.rows["x"].editors.random.seed.setValue(5)
    document = page._workspace.current
    assert document is not None
    other = tmp_path / "other.onnx"
    other.write_bytes(scaler.read_bytes())
    assert open_form(qtbot, page, other) is not form
    page._workspace.set_current(document)
    assert page.inputs.form is form and form.rows["x"].editors.random.seed.value() == 5
    page._workspace.close(document)
    assert document not in page.inputs._forms


def test_a_page_that_is_not_seen_makes_no_form(qtbot: QtBot, page: RunPage, scaler: Path) -> None:
    document = open_model(qtbot, page, scaler)
    page.inputs._close(document)
    page.hide()
    page._update()
    assert page.inputs.form is None
    assert page.controls.inputs_button.isEnabled()
    page.show()
    assert page.inputs.form is not None
    assert page.inputs.form.isVisible()


def test_a_file_that_is_dropped_makes_the_form(
    qtbot: QtBot, page: RunPage, scaler: Path, tmp_path: Path, drop: Drop
) -> None:
    page.hide()
    page._runs.sessions.prepare(open_document(page._workspace, scaler))
    qtbot.waitUntil(page.controls.inputs_button.isEnabled)
    assert page.inputs.form is None
    np.ones((4, 3), np.float32).tofile(tmp_path / "x.bin")
    assert drop(page, [tmp_path / "x.bin"])
    qtbot.waitUntil(lambda: page.inputs.form is not None)
    assert page.inputs.form is not None
    note = page.inputs.form.rows["x"].note
    qtbot.waitUntil(lambda: "float32 [4 x 3]" in note.text())


def test_random_inputs_are_not_what_the_folded_form_says(
    qtbot: QtBot, page: RunPage, form: InputForm
) -> None:
    form.rows["x"].choose("constant")
    retype(qtbot, form.rows["x"].editors.constant.numbers, "wrong")
    assert not page.invitation.random_button.isVisible()
    qtbot.mouseClick(page.controls.inputs_button, LEFT)
    assert page.invitation.random_button.isVisible()
    qtbot.mouseClick(page.invitation.random_button, LEFT)
    assert wait_for_runs(qtbot, page, 1).given.values == {}


def test_an_earlier_output_that_goes_is_not_replaced_by_another(
    qtbot: QtBot, page: RunPage, form: InputForm
) -> None:
    run_form(qtbot, page, form)
    row = form.rows["x"]
    row.choose("earlier")
    first, second = (ArrayValues(np.ones((1, 3), np.float32), f"{i} y") for i in (1, 2))
    editor = row.editors.earlier
    editor.offer([])
    editor.offer([first])
    assert editor.values() is first, "what is there at first is chosen"
    editor.offer([second])
    assert editor.values() is None
    editor.offer([first, second])
    assert editor.values() is None and editor.missing() == "Choose an earlier output."


def test_a_row_forgets_the_outputs_of_closed_documents(
    qtbot: QtBot, page: RunPage, form: InputForm, scaler: Path, tmp_path: Path
) -> None:
    document = page._workspace.current
    assert document is not None
    run_form(qtbot, page, form)
    other = tmp_path / "other.onnx"
    other.write_bytes(scaler.read_bytes())
    row = open_form(qtbot, page, other).rows["x"]
    row.choose("earlier")
    assert row.editors.earlier.outputs.count() == 1
    row.choose("random")
    page._workspace.close(document)
    assert row.editors.earlier.outputs.count() == 0


def test_a_file_is_not_looked_into_at_every_key(
    qtbot: QtBot, form: InputForm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Values] = []

    def watched(values: Values, *rest: Any) -> Look:
        looks.append(values)
        return look_at(values, *rest)

    monkeypatch.setattr("trtstudio.gui.run.inputs.row.look_at", watched)
    np.save(tmp_path / "x.npy", np.ones((2, 3), np.float32))
    row = form.rows["x"]
    row.choose("file")
    for end in range(1, len(str(tmp_path / "x.npy")) + 1):  # as keys, but without their time
        row.editors.file.path.setText(str(tmp_path / "x.npy")[:end])
    qtbot.waitUntil(lambda: "float32 [2 x 3]" in row.note.text())
    assert looks == [FileValues(tmp_path / "x.npy")]


def test_an_unknown_user_is_left_as_it_is_typed(qtbot: QtBot, form: InputForm) -> None:
    row = form.rows["x"]
    row.choose("file")
    retype(qtbot, row.editors.file.path, "~no_such_user_here/x.npy")
    assert row.editors.file.chosen() == Path("~no_such_user_here/x.npy")
    qtbot.waitUntil(lambda: bool(row.error.text()))


@pytest.mark.parametrize("digits", [310, 5000])
def test_a_whole_number_that_no_dtype_holds_is_infinite(form: InputForm, digits: int) -> None:
    row = form.rows["x"]
    row.choose("constant")
    row.editors.constant.numbers.setText("9" * digits)
    assert row.values() == ConstantValues((np.inf,))


def test_values_of_an_input_that_went_are_left_out(tmp_path: Path) -> None:
    given = GivenInputs({"x": ConstantValues((2.0,)), "old": ConstantValues((1.0,))})
    feed = given_feed(given, engine(tmp_path / "m.plan").info)
    assert set(feed.inputs) == {"x", "z", "size"}
    assert feed.inputs["x"].tolist() == [[2, 2, 2], [2, 2, 2]]


# An engine

X = Tensor("x", "float32", (-1, 3), "input")
Z = Tensor("z", "float32", (-1, 2), "input")
SIZE = Tensor("size", "int64", (2,), "input")


def engine(path: Path) -> Loaded:
    """With two profiles, and an input whose values decide about shapes."""
    profiles = (
        {
            "x": ShapeRange((1, 3), (2, 3), (4, 3)),
            "z": ShapeRange((1, 2), (2, 2), (4, 2)),
            "size": ShapeRange((32, 32), (64, 48), (96, 96), values=True),
        },
        {
            "x": ShapeRange((8, 3), (8, 3), (16, 3)),
            "z": ShapeRange((8, 2), (8, 2), (16, 2)),
            "size": ShapeRange((32, 32), (80, 56), (96, 96), values=True),
        },
    )
    info = SessionInfo(
        session=1,
        path=str(path),
        runtime="TensorRT",
        device="GPU",
        inputs=(X, Z, SIZE),
        outputs=(),
        shapes={"x": (2, 3), "z": (2, 2), "size": (2,)},
        profiles=profiles,
    )
    return Loaded(info, Choice(path, "tensorrt", "because"), None)


def test_profiles_are_named_and_what_is_outside_of_them_is_said(
    qtbot: QtBot, idle: Workspace, tmp_path: Path
) -> None:
    form = InputForm(idle, engine(tmp_path / "m.plan"), lambda _: [])
    qtbot.addWidget(form)
    form.show()
    x, z = form.rows["x"], form.rows["z"]
    assert x.note.text() == "Profile: 1 x 3 … 4 x 3; 8 x 3 … 16 x 3"
    assert form.rows["size"].note.text() == "Profile: 32, 32 … 96, 96"
    retype(qtbot, x.shape, "5x3")
    assert "5 x 3 is outside the engine's profiles" in x.error.text()
    retype(qtbot, x.shape, "8x3")
    assert x.error.text() == "" and "takes these shapes together" in form.message.text()
    assert not form.run_button.isEnabled()
    retype(qtbot, z.shape, "9x2")
    assert form.message.text() == "" and form.run_button.isEnabled()
    request = form.request()
    assert isinstance(request, GivenInputs)
    assert request.shapes == {"x": (8, 3), "z": (9, 2)}
    assert request.values["size"] == ConstantValues((80, 56))


def test_the_usual_values_are_those_of_the_profile_that_takes_the_shapes(
    qtbot: QtBot, idle: Workspace, tmp_path: Path
) -> None:
    form = InputForm(idle, engine(tmp_path / "m.plan"), lambda _: [])
    qtbot.addWidget(form)
    form.show()
    numbers = form.rows["size"].editors.constant.numbers

    def shown_for(x: str, z: str) -> str:
        retype(qtbot, form.rows["x"].shape, x)
        retype(qtbot, form.rows["z"].shape, z)
        return numbers.text()

    assert numbers.text() == "64, 48"
    assert shown_for("8x3", "9x2") == "80, 56"
    assert shown_for("2x3", "2x2") == "64, 48"
    retype(qtbot, numbers, "40 40")
    assert shown_for("8x3", "9x2") == "40 40", "what was typed stays"
