"""The window as a whole, driven as its user drives it."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QToolButton

from trtstudio.gui import settings
from trtstudio.gui.document import Document
from trtstudio.gui.notice import Notice
from trtstudio.gui.shell.page_stack import PAGES
from trtstudio.gui.shell.window import MainWindow
from trtstudio.gui.theme import theme
from trtstudio.host.engines import Engines
from trtstudio.model.build.build import BuildRequest, ShapeRange
from trtstudio.model.errors import EngineDied

WAIT_MS = 60_000
BATCH = {"images": ShapeRange((1, 3, 224, 224), (1, 3, 224, 224), (2, 3, 224, 224))}


def rail_button(window: MainWindow, text: str) -> QToolButton:
    return next(b for b in window.rail.findChildren(QToolButton) if b.text() == text)


def shown_notice(window: MainWindow) -> Notice:
    return window.notices.frames[0].notice


def test_the_empty_window_says_what_to_do(window):
    home = window.page("home")
    texts = {b.accessibleName() for b in (home.open_button, home.sample_button)}
    assert texts == {"Open a model", "Open the sample"}
    assert not rail_button(window, "Build").isEnabled()
    assert "open a model first" in rail_button(window, "Build").toolTip()


def test_the_sample_opens_with_one_click(window, workspace, qtbot):
    with qtbot.waitSignal(workspace.document_opened, timeout=WAIT_MS):
        qtbot.mouseClick(window.page("home").sample_button, Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget() is window.page("model")
    assert window.tabs.tabText(0) == "efficientnet_lite0.onnx"
    assert "efficientnet_lite0.onnx" in window.windowTitle()
    assert rail_button(window, "Build").isEnabled()


def test_what_pages_need_is_made_though_one_was_shown_before(window, qtbot):
    run = window.stack.show_page("run")
    assert run.result is None
    window.stack.make_pages()
    qtbot.waitUntil(lambda: set(PAGES) <= set(window.stack._pages))
    qtbot.waitUntil(lambda: run.result is not None)
    assert window.page("run") is run


def test_files_open_by_dialog_and_are_remembered(
    window, workspace, qtbot, sample_model, monkeypatch
):
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(sample_model)], ""))
    with qtbot.waitSignal(workspace.document_opened, timeout=WAIT_MS):
        qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert settings.recent_files() == [sample_model]
    workspace.close(workspace.current)
    home = window.page("home")
    assert window.stack.currentWidget() is home
    item = home.recent_list.item(0)
    assert item.text().startswith("efficientnet_lite0.onnx")
    with qtbot.waitSignal(workspace.document_opened, timeout=WAIT_MS):
        where = home.recent_list.visualItemRect(item).center()
        qtbot.mouseClick(home.recent_list.viewport(), Qt.MouseButton.LeftButton, pos=where)


def test_models_dropped_anywhere_open_in_tabs(window, workspace, qtbot, drop, light_models):
    assert drop(window, list(light_models[:2]))
    qtbot.waitUntil(lambda: len(workspace.documents) == 2, timeout=WAIT_MS)
    assert [window.tabs.tabText(i) for i in (0, 1)] == [p.name for p in light_models[:2]]
    assert workspace.current is workspace.documents[1]
    window.tabs.setCurrentIndex(0)
    assert workspace.current is workspace.documents[0]
    qtbot.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert len(workspace.documents) == window.tabs.count() == 1


def test_a_model_is_opened_once(workspace, sample_document, all_told):
    workspace.open([sample_document.path, sample_document.path])
    all_told(workspace)
    assert workspace.documents == [sample_document]


def test_a_picture_dropped_on_the_empty_window_is_answered_by_the_sample(
    window, workspace, qtbot, drop, sample_pictures
):
    workspace.probe()
    assert drop(window, [sample_pictures[2]])
    qtbot.waitUntil(lambda: bool(workspace.current), timeout=WAIT_MS)
    document = workspace.current
    qtbot.waitUntil(lambda: bool(window.runs.history(document)), timeout=WAIT_MS)
    run = window.runs.history(document)[0]
    assert run.answer.top[0].label == "espresso"
    assert window.stack.currentWidget() is window.page("run")


def test_many_pictures_that_come_with_a_model_are_seen_on_a_page_that_is_new(
    window, workspace, qtbot, sample_model, sample_pictures
):
    with qtbot.waitSignal(workspace.pictures_dropped):
        workspace.open([sample_model, sample_pictures[0].parent])
    assert window.runs.batches.batch(workspace.current, "many") is not None
    assert window.page("run").views.batch_view is not None


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("text.onnx", b"hello, I am no model", "text"),
        ("picture.onnx", b"\x89PNG\r\n\x1a\n" + bytes(64), "PNG"),
        ("empty.onnx", b"", "empty"),
        ("名字 with spaces.onnx", b"\x08", "名字 with spaces.onnx"),
        ("plan.plan", b"ftrt" + bytes(20), "plan.plan"),
    ],
)
def test_what_is_no_model_is_a_notice_and_the_window_lives_on(
    window, workspace, qtbot, drop, tmp_path, sample_model, name, content, words
):
    path = tmp_path / name
    path.write_bytes(content)
    with qtbot.waitSignal(workspace.noticed, timeout=WAIT_MS):
        drop(window, [path])
    assert words in shown_notice(window).message
    assert shown_notice(window).hint
    with qtbot.waitSignal(workspace.document_opened, timeout=WAIT_MS):
        drop(window, [sample_model])


def test_a_truncated_model_is_a_notice(window, workspace, qtbot, drop, tmp_path, sample_model):
    path = tmp_path / "half.onnx"
    path.write_bytes(sample_model.read_bytes()[:100_000])
    with qtbot.waitSignal(workspace.noticed, timeout=WAIT_MS):
        drop(window, [path])
    assert "half.onnx" in shown_notice(window).message
    assert workspace.documents == []


def test_a_missing_file_is_a_notice(window, workspace, qtbot, tmp_path):
    with qtbot.waitSignal(workspace.noticed, timeout=WAIT_MS):
        workspace.open([tmp_path / "gone.onnx"])
    assert "gone.onnx" in shown_notice(window).message


def test_a_notice_can_be_read_copied_and_closed(window, workspace, qtbot, qapp):
    workspace.notify(Notice("error", "It broke.", "Mend it.", "the words of a library"))
    frame = window.notices.frames[0]
    qtbot.mouseClick(frame.details_button, Qt.MouseButton.LeftButton)
    assert frame.details_view.isVisible()
    qtbot.mouseClick(frame.copy_button, Qt.MouseButton.LeftButton)
    assert qapp.clipboard().text() == "It broke.\nMend it.\nthe words of a library"
    qtbot.mouseClick(frame.close_button, Qt.MouseButton.LeftButton)
    assert not window.notices.isVisible()


def test_equal_notices_are_shown_once_and_old_ones_go(window, workspace):
    for text in ("a", "a", "b", "c", "d"):
        workspace.notify(Notice("warning", text))
    assert [f.notice.message for f in window.notices.frames] == ["d", "c", "b"]


def test_the_status_bar_names_runtime_and_gpu(window, workspace, qtbot):
    with qtbot.waitSignal(workspace.installation_changed, timeout=WAIT_MS):
        workspace.probe()
    bar = window.statusBar()
    runtime = workspace.installation.runtime
    assert bar.runtime_label.text() == (runtime.label if runtime else "No TensorRT")
    assert bar.device_label.text()


def test_layout_and_theme_are_remembered(window, workspace, qtbot):
    window.jobs_dock.show()
    window.properties_dock.hide()
    window.close()
    again = MainWindow(workspace)
    qtbot.addWidget(again)
    again.show()
    assert again.jobs_dock.isVisible()
    assert not again.properties_dock.isVisible()
    again.reset_layout()
    assert again.properties_dock.isVisible()
    settings.save_text("theme", "dark")
    assert settings.load_text("theme", "system") == "dark"


@pytest.mark.parametrize("mode", ["dark", "light"])
@pytest.mark.usefixtures("window")
def test_texts_have_contrast_in_both_modes(mode):
    theme().apply(mode)
    c = theme().colors
    for text in (c.text, c.muted, c.accent, c.info, c.warning, c.error, *c.series):
        for ground in (c.window, c.surface):
            assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast(c.on_accent, c.accent) >= 4.5
    assert contrast(c.text, c.selection) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast of two colours after WCAG 2.1."""

    def luminance(color: str) -> float:
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def engine_pids(engines: Engines) -> dict[str, int]:
    """The processes that are there, by name."""
    found = {}
    for process in (engines.builder, engines.runner):
        life = process._life
        if life is not None and life._process is not None:
            found[process.name] = life._process.pid
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_killed_builder_is_a_notice_and_the_next_build_works(
    window, workspace, qtbot, sample_document, tmp_path
):
    pytest.importorskip("tensorrt_rtx")
    request = BuildRequest(
        str(sample_document.path), str(tmp_path / "a.plan"), (BATCH,), targets=("sm_86",)
    )
    window.show_page("build")
    window.builds.start(sample_document, request)
    job = window.builds.build(sample_document).job
    qtbot.waitUntil(lambda: job.progress is not None, timeout=WAIT_MS)
    with qtbot.waitSignal(window.builds.failed, timeout=WAIT_MS) as failed:
        os.kill(engine_pids(workspace._engines)["builder"], signal.SIGKILL)
    assert "engine process" in failed.args[1].message
    assert list(tmp_path.iterdir()) == []
    with qtbot.waitSignal(window.builds.finished, timeout=WAIT_MS):
        window.builds.start(sample_document, request)
    assert (tmp_path / "a.plan").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_killed_runner_is_a_notice_and_the_next_picture_is_answered(
    window, workspace, qtbot, sample_document, sample_pictures
):
    workspace.probe()
    window.show_page("run")
    window.runs.run_paths(sample_document, [sample_pictures[0]])
    history = window.runs.history
    qtbot.waitUntil(lambda: len(history(sample_document)) == 1, timeout=WAIT_MS)
    runner = engine_pids(workspace._engines)["runner"]
    os.kill(runner, signal.SIGSTOP)  # so that the next picture is surely in the middle
    window.runs.run_paths(sample_document, [sample_pictures[1]])
    qtbot.waitUntil(lambda: bool(workspace.jobs.running), timeout=WAIT_MS)
    os.kill(runner, signal.SIGKILL)
    qtbot.waitUntil(lambda: len(history(sample_document)) == 2, timeout=WAIT_MS)
    assert "engine process" in history(sample_document)[1].problem.message
    window.runs.run_paths(sample_document, [sample_pictures[1]])
    qtbot.waitUntil(lambda: len(history(sample_document)) == 3, timeout=WAIT_MS)
    assert "cat" in history(sample_document)[2].answer.top[0].label


def test_closing_in_the_middle_ends_everything(window, workspace, qtbot, sample_document, tmp_path):
    window.builds.start(
        sample_document, BuildRequest(str(sample_document.path), str(tmp_path / "a.plan"), (BATCH,))
    )
    qtbot.waitUntil(lambda: bool(engine_pids(workspace._engines)), timeout=WAIT_MS)
    pids = engine_pids(workspace._engines).values()
    window.close()
    for pid in pids:
        assert not Path(f"/proc/{pid}").exists() or sys.platform != "linux"


def test_where_looking_for_tensorrt_fails_onnx_runtime_answers(
    qtbot, window: MainWindow, sample_document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = window.workspace

    def fail(_title: object, _request: object, _done: object, failed: Any) -> None:
        failed(EngineDied("It died."))

    with monkeypatch.context() as patched:
        patched.setattr(workspace.jobs, "run", fail)
        workspace.probe()
    assert workspace.installation is not None
    assert workspace.installation.runtime_problem == "It died."
    window.runs.sessions.prepare(sample_document)
    qtbot.waitUntil(
        lambda: window.runs.sessions.loaded(sample_document) is not None, timeout=60_000
    )


def test_every_entry_of_a_menu_has_a_key_of_its_own(window: MainWindow) -> None:
    for heading in window.menuBar().actions():
        texts = [action.text().replace("&&", "") for action in heading.menu().actions()]
        keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
        assert len(keys) == len(set(keys)), heading.text()
