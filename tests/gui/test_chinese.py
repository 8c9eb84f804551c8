"""What the core says is Chinese where the window shows it."""

from pathlib import Path

import onnx
import pytest

from trtstudio.gui.document import Document
from trtstudio.gui.inspect.insight import insight_sections
from trtstudio.gui.notice import Notice
from trtstudio.gui.parts.notice_frame import NoticeFrame
from trtstudio.gui.shell.window import MainWindow
from trtstudio.model.build.build import BuildRequest
from trtstudio.model.errors import StudioError
from trtstudio.model.findings.finding import Finding
from trtstudio.model.findings.insight import Insight

pytestmark = pytest.mark.usefixtures("chinese")


def test_notice_is_chinese_and_copies_what_it_shows(qtbot) -> None:
    frame = NoticeFrame(Notice("error", "a.onnx is empty.", "Open it again.", "[TRT] details"))
    qtbot.addWidget(frame)
    assert frame.text() == "a.onnx 是空文件。\n请重新打开。\n[TRT] details"


def test_broken_file_is_refused_in_chinese(window: MainWindow, tmp_path: Path, qtbot) -> None:
    path = tmp_path / "坏 {0}%.onnx"
    path.write_bytes(b"")
    with qtbot.waitSignal(window.workspace.noticed):
        window.workspace.open([path])
    assert window.notices.frames[0].text().startswith(f"{path.name} 是空文件。")


def test_build_without_a_profile_is_refused_in_chinese(
    window: MainWindow, tmp_path: Path, qtbot
) -> None:
    pytest.importorskip("tensorrt_rtx")
    model = tmp_path / "dynamic.onnx"
    x, y = (
        onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["batch", 4])
        for name in "xy"
    )
    graph = onnx.helper.make_graph([onnx.helper.make_node("Relu", ["x"], ["y"])], "g", [x], [y])
    opsets = [onnx.helper.make_opsetid("", 17)]
    onnx.save(onnx.helper.make_model(graph, opset_imports=opsets, ir_version=8), model)
    errors: list[StudioError] = []
    request = BuildRequest(str(model), str(tmp_path / "x.plan"))
    window.workspace.jobs.run("build", request, pytest.fail, errors.append)
    qtbot.waitUntil(lambda: bool(errors), timeout=60_000)
    window.workspace.report(errors[0])
    shown = window.notices.frames[0].text()
    assert shown.startswith("模型接受不同尺寸的输入，但构建没有优化配置文件：x (")
    assert "请添加优化配置文件" in shown


def test_finding_is_chinese(sample_document: Document) -> None:
    finding = Finding("warning", "3 weights that no node reads", "Open it again.")
    section, *_ = insight_sections(sample_document, Insight((finding,), None))
    texts = [value.text for line in section.rows[0].lines for value in line]
    assert texts == ["3 个权重没有任何节点读取", "请重新打开。"]
