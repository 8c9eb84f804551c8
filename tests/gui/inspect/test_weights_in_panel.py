"""The values of weights in the property panel, and in a window of their own."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QTextCursor
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document, Selection
from trtstudio.gui.inspect import weight_reading, weight_window
from trtstudio.gui.inspect.properties import PropertiesPanel
from trtstudio.gui.inspect.weight_histogram import HEIGHT, draw_histogram
from trtstudio.gui.theme import colors, theme
from trtstudio.gui.workspace import Workspace

VALUES = np.concatenate([np.zeros(50), np.linspace(-1, 3, 950)]).astype(np.float16).reshape(25, 40)


@pytest.fixture
def document(qtbot: QtBot, idle: Workspace, tmp_path: Path) -> Document:
    """y = x @ w + b; w is VALUES, b has a NaN and an infinity."""
    bias = np.array([np.nan, np.inf, *range(38)], np.float16)
    info = helper.make_tensor_value_info
    graph = helper.make_graph(
        [
            helper.make_node("MatMul", ["x", "w"], ["h"], name="times"),
            helper.make_node("Add", ["h", "b"], ["y"], name="plus"),
        ],
        "g",
        [info("x", TensorProto.FLOAT16, ["N", 25])],
        [info("y", TensorProto.FLOAT16, ["N", 40])],
        [numpy_helper.from_array(VALUES, "w"), numpy_helper.from_array(bias, "b")],
        value_info=[info("h", TensorProto.FLOAT16, ["N", 40])],
    )
    onnx.save(helper.make_model(graph), tmp_path / "net.onnx")
    with qtbot.waitSignal(idle.document_opened):
        idle.open([tmp_path / "net.onnx"])
    assert idle.current is not None
    return idle.current


def lines(panel: PropertiesPanel) -> list[str]:
    return panel.toPlainText().replace("\xa0", " ").splitlines()


def after(panel: PropertiesPanel, name: str) -> str:
    found = lines(panel)
    return found[found.index(name) + 1]


def weight(document: Document, name: str) -> Selection:
    assert document.graph is not None
    position = [t.name for t in document.graph.tensors].index(name)
    return Selection(document, "tensor", "onnx", position)


def wait_for(qtbot: QtBot, panel: PropertiesPanel) -> None:
    assert "Reading the values …" in panel.toPlainText()
    qtbot.waitUntil(lambda: "Reading the values …" not in panel.toPlainText())


def follow(panel: PropertiesPanel, text: str) -> None:
    panel.moveCursor(QTextCursor.MoveOperation.Start)
    assert panel.find(text)
    panel.anchorClicked.emit(QUrl(panel.textCursor().charFormat().anchorHref()))


def pictures(panel: PropertiesPanel) -> list[str]:
    """The names of the pictures that are in the page."""
    found, block = [], panel.document().begin()
    while block.isValid():
        formats = (part.format for part in block.textFormats())
        found += [f.toImageFormat().name() for f in formats if f.isImageFormat()]
        block = block.next()
    return found


def test_a_weight(
    qtbot: QtBot, panel: PropertiesPanel, idle: Workspace, document: Document
) -> None:
    idle.select(weight(document, "w"))
    wait_for(qtbot, panel)
    assert float(after(panel, "Min")) == -1
    assert float(after(panel, "Max")) == 3
    assert float(after(panel, "Mean")) == pytest.approx(VALUES.astype(float).mean(), rel=1e-3)
    assert float(after(panel, "Std")) == pytest.approx(VALUES.astype(float).std(), rel=1e-3)
    assert after(panel, "Zeros") == f"{np.count_nonzero(VALUES == 0)}  5.0 %"
    assert "NaN" not in lines(panel)
    assert len(pictures(panel)) == 1
    idle.select(weight(document, "b"))
    wait_for(qtbot, panel)
    assert after(panel, "NaN") == after(panel, "Inf") == "1"


def test_a_layer_shows_its_weights(
    qtbot: QtBot, panel: PropertiesPanel, idle: Workspace, document: Document
) -> None:
    idle.select(Selection(document, "layer", "onnx", 0))
    wait_for(qtbot, panel)
    text = " ".join(lines(panel))
    assert "-1 to 3, mean" in text
    assert len(pictures(panel)) == 1
    idle.select(weight(document, "x"))
    assert "Values" not in lines(panel)


@pytest.mark.parametrize(
    ("values", "words"), [([[6]], "6"), ([[0.5, 0.5], [0.5, 0.5]], "0.5 in all of 4")]
)
def test_one_number_needs_no_figures(
    qtbot: QtBot,
    panel: PropertiesPanel,
    idle: Workspace,
    tmp_path: Path,
    values: object,
    words: str,
) -> None:
    info = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    tensor = numpy_helper.from_array(np.array(values, np.float32), "k")
    graph = helper.make_graph([helper.make_node("Relu", ["k"], ["y"])], "g", [], [info], [tensor])
    onnx.save(helper.make_model(graph), tmp_path / "k.onnx")
    with qtbot.waitSignal(idle.document_opened):
        idle.open([tmp_path / "k.onnx"])
    assert idle.current is not None
    for selection in (weight(idle.current, "k"), Selection(idle.current, "layer", "onnx", 0)):
        idle.select(selection)
        qtbot.waitUntil(lambda: words in lines(panel))
        assert pictures(panel) == []
        assert "Min" not in lines(panel)


def test_what_was_read_is_remembered_until_the_document_closes(
    qtbot: QtBot, panel: PropertiesPanel, idle: Workspace, document: Document
) -> None:
    idle.select(weight(document, "w"))
    wait_for(qtbot, panel)
    idle.select(Selection(document))
    idle.select(weight(document, "w"))
    assert float(after(panel, "Max")) == 3
    idle.close(document)
    assert panel._weights._known == {}


def test_walking_past_reads_nothing(
    qtbot: QtBot, panel: PropertiesPanel, idle: Workspace, document: Document
) -> None:
    for _ in range(3):
        idle.select(weight(document, "w"))
        idle.select(weight(document, "b"))
    wait_for(qtbot, panel)
    assert len(panel._weights._known[document]) == 1


def test_a_sample_says_so(
    qtbot: QtBot,
    panel: PropertiesPanel,
    idle: Workspace,
    document: Document,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(weight_reading, "MOST_VALUES", 20)
    path = document.path
    info = helper.make_tensor_value_info
    big = numpy_helper.from_array(np.arange(20_000, dtype=np.float32), "big")
    graph = helper.make_graph(
        [helper.make_node("Relu", ["big"], ["y"])], "g", [], [info("y", 1, [20_000])], [big]
    )
    onnx.save(helper.make_model(graph), path.with_name("big.onnx"))
    with qtbot.waitSignal(idle.document_opened):
        idle.open([path.with_name("big.onnx")])
    assert idle.current is not None
    idle.select(weight(idle.current, "big"))
    wait_for(qtbot, panel)
    assert "of a sample: 768 of 20,000 values" in " ".join(lines(panel))


def test_a_file_that_changed_is_told(
    qtbot: QtBot, panel: PropertiesPanel, idle: Workspace, document: Document
) -> None:
    document.path.write_bytes(document.path.read_bytes() + b"\x00")
    idle.select(weight(document, "w"))
    wait_for(qtbot, panel)
    assert "net.onnx has changed since it was opened." in " ".join(lines(panel))


def test_all_values_in_a_window(
    qtbot: QtBot, panel: PropertiesPanel, idle: Workspace, document: Document
) -> None:
    idle.select(weight(document, "w"))
    wait_for(qtbot, panel)
    follow(panel, "Show values")
    window = panel._weight_window
    assert window is not None and window.isVisible()
    assert window.windowTitle() == "w - net.onnx"
    qtbot.waitUntil(lambda: not window.note.isVisible())
    assert window.view.name.text() == "w"
    assert "float16 [25 x 40]" in window.view.about.text()
    qtbot.waitUntil(lambda: window.view.is_settled)
    idle.close(document)
    assert not window.isVisible()


def test_the_first_values_of_a_large_weight(
    qtbot: QtBot,
    panel: PropertiesPanel,
    idle: Workspace,
    document: Document,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(weight_window, "MOST_VALUES", 410)
    idle.select(weight(document, "w"))
    follow(panel, "Show values")
    window = panel._weight_window
    assert window is not None
    words = "The first 400 of 1,000 values (25 x 40) are read."
    qtbot.waitUntil(lambda: window.note.text() == words)
    assert "[10 x 40]" in window.view.about.text()
    qtbot.waitUntil(lambda: window.view.is_settled)


def test_a_weight_that_cannot_be_read_says_why_in_the_window(
    qtbot: QtBot, panel: PropertiesPanel, idle: Workspace, document: Document
) -> None:
    idle.select(weight(document, "w"))
    document.path.unlink()
    follow(panel, "Show values")
    window = panel._weight_window
    assert window is not None
    qtbot.waitUntil(lambda: "Reading" not in window.note.text())
    assert "net.onnx" in window.note.text()


@pytest.mark.usefixtures("qapp")
def test_a_histogram_has_its_shape_and_the_colours_of_the_theme() -> None:
    for mode in ("light", "dark"):
        theme().apply(mode)  # type: ignore[arg-type]
        image = draw_histogram([0, 10, 5, 1000], 80, 2.0)
        assert (image.width(), image.height(), image.devicePixelRatio()) == (160, 2 * HEIGHT, 2)
        bar = QColor(colors().accent)
        columns = [
            sum(image.pixelColor(x, y) == bar for y in range(image.height()))
            for x in (20, 60, 100, 140)
        ]
        assert columns[0] == 0
        assert 0 < columns[2] <= columns[1] < columns[3]
        assert columns[3] == pytest.approx(2 * (HEIGHT - 1), abs=2)
    theme().apply("light")
