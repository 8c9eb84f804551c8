"""What can be chosen beside a run: the head of a detector, the tensor that a picture becomes, and
what reads the texts that are found; and embeddings that are compared. With a real engine process.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document
from trtstudio.gui.run.page import RunPage
from trtstudio.gui.run.result import RunResult
from trtstudio.gui.run.run import Run
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.sessions.runtime_memory import remembered_reader
from trtstudio.gui.workspace import Workspace
from trtstudio.model import formats
from trtstudio.model.runtime import Installation

LEFT = Qt.MouseButton.LeftButton
WAIT_MS = 60_000
Shown = Callable[..., tuple[RunPage, RunResult]]


@pytest.fixture
def shown(qtbot: QtBot, workspace: Workspace) -> Shown:
    """The page with the answers of a model to some pictures."""

    def show(model: Path, *pictures: Path) -> tuple[RunPage, RunResult]:
        workspace.installation = workspace.installation or Installation(None)
        page = RunPage(workspace, Runs(workspace, workspace))
        qtbot.addWidget(page)
        page.resize(1100, 700)
        page.show()
        document = Document(formats.read(model))
        workspace.documents.append(document)
        workspace.set_current(document)
        workspace.open(pictures)
        count = len(pictures)
        qtbot.waitUntil(lambda: len(history(page)) == count, timeout=WAIT_MS)
        qtbot.waitUntil(
            lambda: page.result is not None and page.result.run is newest(page), timeout=WAIT_MS
        )
        assert page.result is not None
        return page, page.result

    return show


def history(page: RunPage) -> list[Run]:
    assert page._workspace.current is not None
    return list(page._runs.history(page._workspace.current))


def newest(page: RunPage) -> Run:
    return history(page)[-1]


def choose(chooser: QComboBox, text: str) -> None:
    """Pick an entry as its user does."""
    position = next(i for i in range(chooser.count()) if text in chooser.itemText(i))
    chooser.setCurrentIndex(position)
    chooser.activated.emit(position)


def tips(chooser: QComboBox) -> dict[str, str]:
    role = Qt.ItemDataRole.ToolTipRole
    return {chooser.itemText(i): chooser.itemData(i, role) for i in range(chooser.count())}


def test_a_head_can_be_chosen_and_says_what_does_not_fit(
    qtbot: QtBot, shown: Shown, yolox_model: Path
) -> None:
    _, result = shown(yolox_model, yolox_model.with_name("000000000139.jpg"))
    head = result.overview.task.head
    qtbot.waitUntil(head.isVisible, timeout=WAIT_MS)
    assert head.currentText() == "Guessed: YOLOX, YOLOv6"
    assert "3549 rows are the cells" in head.toolTip()
    assert "It needs three maps" in tips(head)["CenterNet"]
    qtbot.waitUntil(lambda: result.answer.count() == 7, timeout=WAIT_MS)
    choose(head, "YOLOv5")
    qtbot.waitUntil(lambda: "are not those of YOLOv5" in result.message.text(), timeout=WAIT_MS)
    assert "It needs an output [1, 3 x cells" in result.message.text()
    choose(head, "YOLOX")
    qtbot.waitUntil(lambda: result.answer.count() == 7, timeout=WAIT_MS)


def test_one_layout_and_dtype_is_shown_as_such(
    shown: Shown, sample_model: Path, sample_pictures: tuple[Path, ...]
) -> None:
    _, result = shown(sample_model, sample_pictures[0])
    tensor = result.overview.preprocess.fields.tensor
    assert not tensor.layout_.isEnabled()
    assert tensor.layout_.toolTip() == "The model takes NCHW only."
    assert tensor.dtype.isEnabled() and tensor.dtype.currentText() == "float32"


def test_an_open_input_is_fed_as_its_user_says(
    qtbot: QtBot, shown: Shown, sample_pictures: tuple[Path, ...], tmp_path: Path
) -> None:
    given = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", "A", "B", "C"])
    gives = helper.make_tensor_value_info("y", TensorProto.FLOAT, ["N", "A", "B", "C"])
    graph = helper.make_graph([helper.make_node("Neg", ["x"], ["y"])], "g", [given], [gives])
    opset = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=8), tmp_path / "open.onnx")
    page, result = shown(tmp_path / "open.onnx", sample_pictures[0])
    assert newest(page).outputs["y"].shape == (1, 3, 224, 224)
    panel = result.overview.preprocess
    choose(panel.fields.tensor.layout_, "NHWC")
    qtbot.waitUntil(lambda: newest(page).outputs["y"].shape == (1, 224, 224, 3), timeout=WAIT_MS)
    choose(panel.fields.color, "GRAY")
    qtbot.waitUntil(lambda: newest(page).outputs["y"].shape == (1, 224, 224, 1), timeout=WAIT_MS)
    choose(panel.fields.tensor.dtype, "uint8")

    def is_whole() -> bool:
        feed = newest(page).feed
        return feed is not None and feed.inputs["x"].dtype == "uint8"

    qtbot.waitUntil(is_whole, timeout=WAIT_MS)
    values = newest(page).outputs["y"]
    assert values.dtype == "float32" and (values == values.round()).all()


def test_what_names_itself_is_not_said_to_have_no_names(
    shown: Shown, text_models: tuple[Path, Path], text_picture: Path, tmp_path: Path
) -> None:
    page, result = shown(text_models[1], text_picture)
    names = result.overview.task.names
    assert names.currentText() == "The model's own (2)", "its characters"
    assert names.findText("Numbers, no names") < 0
    page, result = shown(_faces(tmp_path / "faces.onnx"), text_picture)
    assert newest(page).answer is not None
    assert result.overview.task.names.currentText() == "The model's own (1)"
    assert not page.controls.labels_button.isVisible()


def _faces(path: Path) -> Path:
    """What has CenterFace's outputs, and finds nothing."""
    planes = (1, 2, 2, 10)
    outputs = [
        helper.make_tensor_value_info(f"o{i}", TensorProto.FLOAT, [1, count, 16, 16])
        for i, count in enumerate(planes)
    ]
    weights = [
        numpy_helper.from_array(np.zeros((count, 3, 4, 4), np.float32), f"w{i}")
        for i, count in enumerate(planes)
    ]
    nodes = [
        helper.make_node("Conv", ["x", f"w{i}"], [f"o{i}"], strides=[4, 4])
        for i in range(len(planes))
    ]
    given = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, 64, 64])
    graph = helper.make_graph(nodes, "faces", [given], outputs, weights)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(made, path)
    return path


def test_texts_are_read_by_another_model(
    qtbot: QtBot, shown: Shown, text_models: tuple[Path, Path], text_picture: Path
) -> None:
    finds, reads = text_models
    page, result = shown(finds, text_picture)
    reader = result.overview.task.reader
    qtbot.waitUntil(reader.isVisible, timeout=WAIT_MS)
    assert reader.currentText() == "Do not read"
    page.files.reader_chosen.emit(page._workspace.current, reads)

    def said() -> set[str]:
        return {result.answer.item(i).text() for i in range(result.answer.count())}

    qtbot.waitUntil(lambda: said() == {"a", "b"}, timeout=WAIT_MS)
    assert reader.currentText() == reads.name
    result.overview.task.threshold.figure.setValue(0.6)  # read from kept outputs, texts stay
    qtbot.waitUntil(lambda: newest(page).pictures.settings.threshold == 0.6, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: said() == {"a", "b"}, timeout=WAIT_MS)
    choose(reader, "Do not read")
    qtbot.waitUntil(lambda: said() == {"text"}, timeout=WAIT_MS)
    choose(reader, reads.name)
    qtbot.waitUntil(lambda: said() == {"a", "b"}, timeout=WAIT_MS)


def test_a_model_that_does_not_read_is_refused(
    qtbot: QtBot,
    shown: Shown,
    workspace: Workspace,
    text_models: tuple[Path, Path],
    text_picture: Path,
    sample_model: Path,
) -> None:
    page, result = shown(text_models[0], text_picture)
    told: list[str] = []
    workspace.noticed.connect(lambda notice: told.append(notice.message))
    page.files.reader_chosen.emit(page._workspace.current, sample_model)
    qtbot.waitUntil(lambda: "This model does not read text." in told, timeout=WAIT_MS)
    reader = result.overview.task.reader
    qtbot.waitUntil(lambda: reader.currentText() == "Do not read", timeout=WAIT_MS)


@pytest.mark.parametrize("is_reader", [True, False])
def test_what_reads_is_not_forgotten_where_a_tab_is_closed_while_it_reads(
    qtbot: QtBot,
    shown: Shown,
    workspace: Workspace,
    text_models: tuple[Path, Path],
    text_picture: Path,
    is_reader: bool,
) -> None:
    page, _ = shown(text_models[0], text_picture)
    finds, reads = workspace.current, Document(formats.read(text_models[1]))
    assert finds is not None
    if is_reader:
        workspace.documents.append(reads)  # else it has no tab of its own
    readers = page._runs.batches.readers
    with qtbot.waitSignal(readers.changed):
        readers.open(finds, reads.path)
    assert page.editing.reading._current is not None, "it is being loaded"
    workspace.close(reads if is_reader else finds)
    assert page.editing.reading._current is None
    assert readers.reader(finds) is None and remembered_reader(finds.path) == reads.path


def test_many_pictures_are_read_too(
    qtbot: QtBot, shown: Shown, text_models: tuple[Path, Path], text_picture: Path
) -> None:
    page, _ = shown(text_models[0], text_picture)
    page.files.reader_chosen.emit(page._workspace.current, text_models[1])
    batches, document = page._runs.batches, page._workspace.current
    assert document is not None
    qtbot.waitUntil(lambda: batches.readers.reader(document) is not None, timeout=WAIT_MS)
    batches.drop(document, [text_picture.parent])
    batch = batches.batch(document, "many")
    assert batch is not None
    qtbot.waitUntil(lambda: batch.has_ended, timeout=WAIT_MS)
    assert batch.error is None and batch.work is not None
    (row,) = batch.work.rows
    assert set(row.classes) == {"a", "b"}


def test_embeddings_are_compared(
    qtbot: QtBot, shown: Shown, embedding_model: Path, sample_pictures: tuple[Path, ...]
) -> None:
    page, result = shown(embedding_model, *sample_pictures)
    button = result.tabs.buttons["similar"]
    qtbot.waitUntil(button.isEnabled, timeout=WAIT_MS)
    qtbot.mouseClick(button, LEFT)
    view = result.similar
    assert view.isVisible() and view.pairs.count() == 6
    view.pairs.setCurrentRow(0)
    first, second = view.matrix._marked or (-1, -1)
    names = [run.name for run in history(page)]
    assert view.pairs.item(0).text() == f"{names[first]}  ·  {names[second]}"
    middle = QPointF(view.matrix._area()[0].center())
    assert view.matrix.cell_at(middle) in {(1, 1), (1, 2), (2, 1), (2, 2)}
    assert view.matrix.cell_at(QPointF(-5, -5)) is None


def test_one_embedding_cannot_be_compared(
    shown: Shown, embedding_model: Path, sample_pictures: tuple[Path, ...]
) -> None:
    _, result = shown(embedding_model, sample_pictures[0])
    button = result.tabs.buttons["similar"]
    assert not button.isEnabled() and "second picture" in button.toolTip()


def test_embeddings_of_many_pictures_are_compared(
    qtbot: QtBot, shown: Shown, embedding_model: Path, sample_pictures: tuple[Path, ...]
) -> None:
    page, _ = shown(embedding_model, sample_pictures[0])
    batches, document = page._runs.batches, page._workspace.current
    assert document is not None
    batches.drop(document, [sample_pictures[0].parent])
    batch = batches.batch(document, "many")
    assert batch is not None
    qtbot.waitUntil(lambda: batch.has_ended, timeout=WAIT_MS)
    view = page.views.batch_view
    assert view is not None
    qtbot.waitUntil(view.similar_button.isVisible, timeout=WAIT_MS)
    qtbot.mouseClick(view.similar_button, LEFT)
    qtbot.waitUntil(lambda: view.similar.pairs.count() == 6, timeout=WAIT_MS)
    qtbot.mouseClick(view.similar_button, LEFT)
    assert not view.similar.isVisible()


def test_pasted_pictures_are_compared_too(
    qtbot: QtBot, shown: Shown, embedding_model: Path, sample_pictures: tuple[Path, ...]
) -> None:
    page, result = shown(embedding_model, sample_pictures[0])
    for color in (Qt.GlobalColor.red, Qt.GlobalColor.blue):
        image = QImage(64, 64, QImage.Format.Format_RGB888)
        image.fill(color)
        count = len(history(page))
        page._runs.run_image(page._workspace.current, image, "Pasted")
        qtbot.waitUntil(lambda n=count: len(history(page)) > n, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: result.run is newest(page), timeout=WAIT_MS)
    assert result.answer.count() == 2
    qtbot.mouseClick(result.tabs.buttons["similar"], LEFT)
    assert result.similar.pairs.count() == 3
