"""The editors beside a run: settings act on kept outputs, preprocessing feeds again, the doctor
compares, and everything is remembered; with a real engine process.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from trtstudio import assets
from trtstudio.gui.document import Document
from trtstudio.gui.run.page import RunPage
from trtstudio.gui.run.preprocess_size import SizeFields
from trtstudio.gui.run.result import RunResult
from trtstudio.gui.run.run import Run
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.run.task_classes import TaskClasses
from trtstudio.gui.workspace import Workspace
from trtstudio.model import formats
from trtstudio.model.runtime import Installation

LEFT = Qt.MouseButton.LeftButton
WAIT_MS = 30_000
Shown = Callable[..., tuple[RunPage, RunResult]]


@pytest.fixture
def shown(qtbot: QtBot, workspace: Workspace) -> Shown:
    """The page with the answer of a model to one picture."""

    def show(model: Path, picture: Path) -> tuple[RunPage, RunResult]:
        workspace.installation = workspace.installation or Installation(None)
        page = RunPage(workspace, Runs(workspace, workspace))
        qtbot.addWidget(page)
        page.resize(1100, 700)
        page.show()
        document = Document(formats.read(model))
        workspace.documents.append(document)
        workspace.set_current(document)
        workspace.open([picture])
        qtbot.waitUntil(lambda: newest(page) is not None, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: page.result is not None and page.result.is_settled)
        assert page.result is not None
        return page, page.result

    return show


def newest(page: RunPage) -> Run | None:
    history = page._runs.history(page._workspace.current)
    return history[-1] if history else None


@pytest.fixture
def yolox(shown: Shown, yolox_model: Path) -> tuple[RunPage, RunResult]:
    return shown(yolox_model, yolox_model.with_name("000000000139.jpg"))


@pytest.fixture
def sample(
    shown: Shown, sample_model: Path, sample_pictures: tuple[Path, ...]
) -> tuple[RunPage, RunResult]:
    return shown(sample_model, sample_pictures[2])


def test_the_threshold_acts_without_running_again(
    qtbot: QtBot, yolox: tuple[RunPage, RunResult]
) -> None:
    page, result = yolox
    jobs: list[object] = []
    page._workspace.jobs.started.connect(jobs.append)
    before = newest(page)
    task = result.overview.task
    assert result.answer.count() == 7
    task.threshold.slider.setValue(75)
    qtbot.waitUntil(lambda: result.answer.count() == 1)
    assert task.threshold.figure.value() == 0.75
    task.threshold.figure.setValue(0.1)
    qtbot.waitUntil(lambda: result.answer.count() > 7)
    assert page.history.count() == 1 and not jobs
    after = newest(page)
    assert before is not None and after is not None
    assert after.outputs is before.outputs
    assert page.history.item(0).text().startswith(f"{result.answer.count()} objects")


def test_of_many_changes_the_last_is_read(qtbot: QtBot, yolox: tuple[RunPage, RunResult]) -> None:
    page, result = yolox
    for value in range(20, 100):
        result.overview.task.threshold.slider.setValue(value)

    def is_read() -> bool:
        run = newest(page)
        return run is not None and run.pictures is not None and run.pictures.settings == wanted

    first = newest(page)
    assert first is not None and first.pictures is not None
    wanted = replace(first.pictures.settings, threshold=0.99)
    qtbot.waitUntil(is_read, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: result.answer.count() == 0, timeout=WAIT_MS)
    assert "Nothing was found" in result.message.text()


def test_classes_are_filtered_by_name(
    qtbot: QtBot, yolox: tuple[RunPage, RunResult], yolox_model: Path
) -> None:
    page, result = yolox
    names = tuple(yolox_model.with_name("coco_classes.txt").read_text().split("\n"))
    page.editing.set_labels(page._workspace.current, tuple(filter(None, names)))
    qtbot.waitUntil(lambda: result.answer.item(0).text() == "tvmonitor")
    task = result.overview.task
    assert task.names.currentText() == "Yours (80)"
    qtbot.mouseClick(task.fold.button, LEFT)
    task.classes.setText("chair, person")
    qtbot.waitUntil(
        lambda: (
            {result.answer.item(i).text() for i in range(result.answer.count())}
            == {"chair", "person"}
        )
    )
    task.classes.setText("chair, person, unicorn")
    assert "unicorn" in task.classes.toolTip() and task.classes.property("level") == "error"
    task.classes.clear()
    qtbot.waitUntil(lambda: result.answer.count() == 7)


def test_a_task_that_does_not_fit_says_why_and_the_picture_stays(
    qtbot: QtBot, yolox: tuple[RunPage, RunResult]
) -> None:
    page, result = yolox
    chooser = result.overview.task.chooser
    assert chooser.currentData() == "detection" and "fits" in chooser.currentText()
    _choose(chooser, "classification")
    qtbot.waitUntil(lambda: "not one score a class" in result.message.text())
    assert result.picture.isVisible() and not result.answer.isVisible()
    assert not result.overview.task.threshold.isVisible()
    run = newest(page)
    assert run is not None and run.unread is not None and run.problem is None
    _choose(chooser, "")
    qtbot.waitUntil(lambda: "not known" in result.message.text())
    _choose(chooser, "detection")
    qtbot.waitUntil(lambda: result.answer.isVisible() and result.answer.count() == 7)


def _choose(chooser: object, data: str) -> None:
    row = chooser.findData(data)  # type: ignore[attr-defined]
    chooser.setCurrentIndex(row)  # type: ignore[attr-defined]
    chooser.activated.emit(row)  # type: ignore[attr-defined]


def test_preprocessing_is_changed_and_the_picture_is_fed_again(
    qtbot: QtBot, sample: tuple[RunPage, RunResult]
) -> None:
    page, result = sample
    panel = result.overview.preprocess
    first = newest(page)
    assert first is not None and first.pictures is not None
    assert panel.source.text() == "As the model says" and not panel.reset_button.isEnabled()
    _choose(panel.fields.scale, "as-is")
    qtbot.waitUntil(lambda: newest(page) is not first, timeout=WAIT_MS)
    fed = newest(page)
    assert fed is not None and fed.pictures is not None and fed.answer is not None
    assert fed.pictures.preprocess.mean == (0.0,)
    assert fed.answer.top[0].label != "espresso"
    assert page.history.count() == 1
    assert page.controls.preprocessing.text().startswith("Input as you chose: centre crop")
    qtbot.mouseClick(panel.copy_button, LEFT)
    copied = json.loads(QGuiApplication.clipboard().text())
    assert copied["std"] == [1.0] and copied["size"] == [224, 224]
    panel.fields.mean.setFocus()
    panel.fields.mean.selectAll()
    qtbot.keyClicks(panel.fields.mean, "127 1")
    assert panel.fields.mean.property("level") == "error"
    qtbot.keyClicks(panel.fields.mean, "2 127")
    assert panel.fields.mean.property("level") == ""
    _choose(panel.fields.scale, "zero-to-one")
    qtbot.mouseClick(panel.reset_button, LEFT)
    qtbot.waitUntil(lambda: _label(page) == "espresso", timeout=WAIT_MS)
    assert panel.source.text() == "As the model says"


def _label(page: RunPage) -> str:
    run = newest(page)
    return run.answer.top[0].label if run is not None and run.answer is not None else ""


def test_a_fixed_size_cannot_be_edited_and_a_preset_keeps_it(
    qtbot: QtBot, yolox: tuple[RunPage, RunResult]
) -> None:
    page, result = yolox
    panel = result.overview.preprocess
    width = panel.fields.size_.width_
    assert not width.isEnabled() and "this size only" in width.toolTip()
    _choose(panel.fields.presets, "imagenet")
    model = page._runs.sessions.loaded(page._workspace.current).pictures
    assert (model.preprocess.size, model.preprocess.resize) == ((416, 416), "center_crop")
    assert panel.fields.crop.value() == 87.5 and not panel.fields.align.isVisibleTo(panel)
    qtbot.waitUntil(lambda: _resize(page) == "center_crop", timeout=WAIT_MS)


def _resize(page: RunPage) -> str:
    run = newest(page)
    return run.pictures.preprocess.resize if run is not None and run.pictures is not None else ""


def test_what_the_model_sees_is_its_tensor(qtbot: QtBot, yolox: tuple[RunPage, RunResult]) -> None:
    page, result = yolox
    panel = result.overview.panel
    qtbot.mouseClick(panel.views.buttons["tensor"], LEFT)
    qtbot.waitUntil(lambda: panel._seen is not None)
    run = newest(page)
    assert run is not None and run.feed is not None and panel._seen is not None
    tensor = run.feed.inputs["images"][0].transpose(1, 2, 0)[..., ::-1]
    assert np.array_equal(panel._seen, tensor.astype(np.uint8))
    panel.view.pointed.emit((3.5, 7.5))
    numbers = "  ".join(f"{v:.4g}" for v in run.feed.inputs["images"][0, :, 7, 3].tolist())
    assert panel.pointed.text() == f"x 3, y 7: BGR  {numbers}"
    qtbot.mouseClick(panel.views.buttons["picture"], LEFT)
    assert panel.view.to_picture(panel.view.target().center()) is not None


def test_the_doctor_compares_and_a_click_applies(
    qtbot: QtBot, sample: tuple[RunPage, RunResult]
) -> None:
    page, result = sample
    qtbot.mouseClick(result.overview.preprocess.doctor_button, LEFT)
    doctor = result.doctor
    qtbot.waitUntil(
        lambda: len(doctor.cards) == 24 and not doctor.stop_button.isVisible(), timeout=WAIT_MS
    )
    assert doctor.isVisible() and "hint only" in doctor.words.text()
    assert doctor.cards[0].badge == "Surest, in force"
    assert doctor.cards[0].answers[0].startswith("espresso 9")
    assert doctor.cards[0].confidence >= doctor.cards[-1].confidence
    other = next(card for card in doctor.cards if card.title.startswith("BGR · 0 to 1 · Stretch"))
    qtbot.mouseClick(other, LEFT)
    assert result.stack.currentWidget() is result.overview
    qtbot.waitUntil(lambda: _resize(page) == "stretch", timeout=WAIT_MS)
    run = newest(page)
    assert run is not None and run.pictures is not None
    assert (run.pictures.preprocess.color, run.pictures.preprocess.std) == ("BGR", (255.0,))
    assert page.history.count() == 1


def test_the_doctor_begins_anew(qtbot: QtBot, sample: tuple[RunPage, RunResult]) -> None:
    _, result = sample
    doctor = result.doctor
    qtbot.mouseClick(result.tabs.buttons["doctor"], LEFT)
    qtbot.waitUntil(lambda: len(doctor.cards) >= 1)
    qtbot.mouseClick(result.tabs.buttons["overview"], LEFT)
    qtbot.mouseClick(result.tabs.buttons["doctor"], LEFT)
    assert doctor.cards == [] and doctor.stop_button.isVisible()
    assert doctor.words.text().startswith("0 of 24")


def test_the_doctor_is_stopped(qtbot: QtBot, sample: tuple[RunPage, RunResult]) -> None:
    _, result = sample
    qtbot.mouseClick(result.tabs.buttons["doctor"], LEFT)
    qtbot.waitUntil(lambda: len(result.doctor.cards) >= 1, timeout=WAIT_MS)
    qtbot.mouseClick(result.doctor.stop_button, LEFT)
    count = len(result.doctor.cards)
    assert not result.doctor.stop_button.isVisible()
    qtbot.wait(300)
    assert len(result.doctor.cards) <= count + 1 < 24


def test_choices_are_there_when_the_model_is_opened_again(
    qtbot: QtBot, shown: Shown, yolox: tuple[RunPage, RunResult], yolox_model: Path
) -> None:
    page, result = yolox
    result.overview.task.threshold.figure.setValue(0.75)
    qtbot.waitUntil(lambda: result.answer.count() == 1)
    qtbot.waitUntil(lambda: _is_remembered(yolox_model))
    page._workspace.close(page._workspace.current)
    _, again = shown(yolox_model, yolox_model.with_name("000000000139.jpg"))
    assert again.overview.task.threshold.figure.value() == 0.75
    assert again.answer.count() == 1


def _is_remembered(model: Path) -> bool:
    from trtstudio.vision.choices import remembered

    settings = remembered(model).settings
    return settings is not None and settings.threshold == 0.75


def test_a_model_of_one_size_is_let_take_any(
    qtbot: QtBot, shown: Shown, sample_pictures: tuple[Path, ...], tmp_path: Path
) -> None:
    import onnx
    from onnx import TensorProto, helper

    shape = [10, 3, 32, 32]
    ends = [helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n in ("x", "y")]
    graph = helper.make_graph([helper.make_node("Relu", ["x"], ["y"])], "g", ends[:1], ends[1:])
    opsets = [helper.make_opsetid("", 17)]
    path = tmp_path / "fixed.onnx"
    onnx.save(helper.make_model(graph, ir_version=8, opset_imports=opsets), path)
    page, result = shown(path, sample_pictures[2])
    run = newest(page)
    assert run is not None and run.outputs["y"].shape == (10, 3, 32, 32)
    panel = result.overview.preprocess
    qtbot.mouseClick(result.overview.tabs.buttons["input"], LEFT)
    assert panel.fields.free_size.isVisible() and not panel.fields.size_.width_.isEnabled()
    panel.fields.free_size.click()
    qtbot.waitUntil(lambda: page.history.count() == 2, timeout=WAIT_MS)
    run = newest(page)
    assert run is not None and run.outputs["y"].shape == (1, 3, 224, 224)
    qtbot.waitUntil(lambda: panel.fields.size_.width_.isEnabled())
    panel.fields.size_.width_.setValue(96)
    qtbot.waitUntil(lambda: _width(page) == 96, timeout=WAIT_MS)
    panel.fields.free_size.click()
    qtbot.waitUntil(lambda: _width(page) == 32, timeout=WAIT_MS)


def _width(page: RunPage) -> int:
    run = newest(page)
    return run.outputs["y"].shape[3] if run is not None and run.outputs else 0


def is_fed_as(run: Run | None, color: str) -> bool:
    return run is not None and run.pictures is not None and run.pictures.preprocess.color == color


def test_a_change_is_done_to_an_answer_that_is_not_shown_yet(
    qtbot: QtBot, sample: tuple[RunPage, RunResult]
) -> None:
    page, result = sample
    first = newest(page)
    page._pace.setInterval(1000 * WAIT_MS)  # as in the moment after an answer was shown
    page._pace.start()
    page.run_again()
    qtbot.waitUntil(lambda: page.history.count() == 2, timeout=WAIT_MS)
    assert result.run is first
    result.overview.preprocess.fields.color.setCurrentIndex(1)
    result.overview.preprocess.fields.color.activated.emit(1)
    qtbot.waitUntil(lambda: is_fed_as(newest(page), "BGR"), timeout=WAIT_MS)
    assert result.run is newest(page) and page.history.count() == 2


def test_a_change_is_done_to_an_answer_that_comes_late(
    qtbot: QtBot, sample: tuple[RunPage, RunResult]
) -> None:
    page, result = sample
    first, document = newest(page), page._workspace.current
    assert first is not None and is_fed_as(first, "RGB")
    result.overview.preprocess.fields.color.setCurrentIndex(1)
    result.overview.preprocess.fields.color.activated.emit(1)
    page._runs._add(document, replace(first))  # it was fed before the change
    assert is_fed_as(newest(page), "RGB")
    qtbot.waitUntil(lambda: is_fed_as(newest(page), "BGR"), timeout=WAIT_MS)
    assert page._runs.history(document)[0] is first, "which is not shown any more"


def take_color(result: RunResult, position: int) -> None:
    color = result.overview.preprocess.fields.color
    color.setCurrentIndex(position)
    color.activated.emit(position)


@pytest.fixture
def hold_io(workspace: Workspace) -> Iterator[Callable[[], Event]]:
    """Has the io thread wait for an event."""
    event = Event()

    def hold() -> Event:
        workspace.io.submit(event.wait, WAIT_MS / 1000)
        return event

    yield hold
    event.set()


def test_a_change_that_is_taken_back_while_it_is_tried_is_not_shown(
    qtbot: QtBot, sample: tuple[RunPage, RunResult], hold_io: Callable[[], Event]
) -> None:
    page, result = sample
    take_color(result, 1)
    qtbot.waitUntil(lambda: is_fed_as(newest(page), "BGR"))
    trials = page.editing._pictures._trials
    goes_on = hold_io()
    take_color(result, 0)
    qtbot.waitUntil(lambda: trials.is_running)
    take_color(result, 1)
    goes_on.set()
    qtbot.waitUntil(lambda: not trials.is_running)
    assert is_fed_as(newest(page), "BGR") and result.run is newest(page)


def test_a_change_is_done_where_the_model_is_being_loaded_again(
    qtbot: QtBot,
    workspace: Workspace,
    sample: tuple[RunPage, RunResult],
    hold_io: Callable[[], Event],
) -> None:
    page, result = sample
    goes_on = hold_io()
    take_color(result, 1)
    page._runs.sessions.choose(workspace.current, "onnxruntime")
    qtbot.waitUntil(lambda: not page.editing._pictures._pause.isActive())
    goes_on.set()
    qtbot.waitUntil(lambda: is_fed_as(newest(page), "BGR"))


def test_labels_are_of_the_model_that_they_were_chosen_for(
    qtbot: QtBot,
    workspace: Workspace,
    sample: tuple[RunPage, RunResult],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page, _ = sample
    document, other = workspace.current, Document(formats.read(assets.SAMPLE_MODEL))
    assert document is not None
    labels = tmp_path / "labels.txt"
    labels.write_text("one\ntwo\n", encoding="utf-8")

    def choose(*_: object) -> tuple[str, str]:
        workspace.documents.append(other)  # it was being read when the dialog was opened
        workspace.set_current(other)
        return str(labels), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    page.files.open_labels()

    def are_there() -> bool:
        loaded = page._runs.sessions.loaded(document)
        return loaded is not None and loaded.pictures.labels == ("one", "two")

    qtbot.waitUntil(are_there)


def test_a_size_that_is_being_typed_stays(qtbot: QtBot) -> None:
    from trtstudio.vision.preprocess import Limits

    fields = SizeFields()
    qtbot.addWidget(fields)
    fields.show()
    fields.activateWindow()
    fields.show_size((224, 224), Limits((1, 1), (999, 999)))
    side, sizes = fields.width_, []
    fields.changed.connect(sizes.append)
    side.setFocus()
    qtbot.waitUntil(side.hasFocus, timeout=WAIT_MS)
    side.selectAll()
    qtbot.keyClicks(side, "96")
    fields.show_size((320, 320), Limits((1, 1), (999, 999)))
    assert side.cleanText() == "96" and fields.height_.value() == 320 and not sizes
    qtbot.keyClick(side, Qt.Key.Key_Return)
    assert sizes == [(320, 96)]
    fields.show_size((64, 64), Limits((1, 1), (999, 999)))
    assert side.value() == 64


def test_numbers_name_classes_without_labels(qtbot: QtBot) -> None:
    edit = TaskClasses()
    qtbot.addWidget(edit)
    chosen: list[frozenset[int] | None] = []
    edit.changed.connect(chosen.append)
    edit.show_classes(frozenset({3, 1}), ("a", "b"))
    assert edit.text() == "b, 3" and not chosen
    edit.setText("b, 3, A")
    assert chosen[-1] == frozenset({0, 1, 3})
    edit.clear()
    assert chosen[-1] is None
