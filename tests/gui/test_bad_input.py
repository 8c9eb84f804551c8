"""What nobody can use, in the window: it says what is wrong and what to do, nothing half-written
stays, and the next good thing works.
"""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from trtstudio.gui.build.view import BuildView
from trtstudio.gui.document import Document
from trtstudio.gui.notice import Notice
from trtstudio.gui.run.page import RunPage
from trtstudio.gui.run.runs import Run
from trtstudio.gui.shell.window import MainWindow
from trtstudio.model.runtime import Device, Installation

WAIT_MS = 60_000
LEFT = Qt.MouseButton.LeftButton


class User:
    """Drops, clicks and types, and reads what the window says."""

    def __init__(
        self, window: MainWindow, qtbot: QtBot, drop: Callable[[QWidget, list[Path]], bool]
    ) -> None:
        self.window, self.workspace = window, window.workspace
        self.qtbot, self._drop = qtbot, drop

    def drop(self, path: Path) -> None:
        """Drop a file on whatever is shown."""
        page = self.window.stack.currentWidget()
        assert self._drop(page if isinstance(page, RunPage) else self.window, [path])

    def open(self, path: Path) -> Document:
        """Drop a model that opens."""
        with self.qtbot.waitSignal(self.workspace.document_opened, timeout=WAIT_MS) as opened:
            self.drop(path)
        document = opened.args[0]
        assert isinstance(document, Document)
        return document

    def told(self, path: Path) -> Notice:
        """Drop a file that is refused; the notice."""
        with self.qtbot.waitSignal(self.workspace.noticed, timeout=WAIT_MS):
            self.drop(path)
        return self.notices()[0]

    def notices(self) -> list[Notice]:
        """What is shown above the page, the newest first."""
        return [frame.notice for frame in self.window.notices.frames if frame.isVisible()]

    def show(self, name: str) -> QWidget:
        """Go to a page by its button."""
        buttons = self.window.rail.findChildren(QToolButton)
        self.click(next(button for button in buttons if button.text() == name))
        return self.window.page(name.lower())

    def click(self, button: QWidget) -> None:
        """Click what can be clicked."""
        assert button.isVisible() and button.isEnabled()
        self.qtbot.mouseClick(button, LEFT)

    def write(self, edit: QLineEdit, text: str) -> None:
        """Replace what is written there by what is pasted, which may be in any script."""
        edit.selectAll()
        self.qtbot.keyClick(edit, Qt.Key.Key_Delete)
        QGuiApplication.clipboard().setText(text)
        self.qtbot.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        QGuiApplication.clipboard().clear()

    def build_view(self) -> BuildView:
        """The form of the current document."""
        page = self.show("Build")
        self.qtbot.waitUntil(lambda: self.workspace.installation is not None, timeout=WAIT_MS)
        if self.workspace.installation.runtime is None:
            pytest.skip("no TensorRT in this environment")
        return page.view()

    def build_fails(self) -> Notice:
        """Click Build; what is said when it fails."""
        view = self.build_view()
        self.click(view.build_button)
        self.qtbot.waitUntil(lambda: view.notice is not None, timeout=WAIT_MS)
        assert view.currentWidget() is view.form_face and view.notice.isVisible()
        return view.notice.notice

    def build_works(self) -> Path:
        """Click Build; the plan that was built."""
        view = self.build_view()
        with self.qtbot.waitSignal(self.window.builds.finished, timeout=WAIT_MS):
            self.click(view.build_button)
        assert view.notice is None
        return Path(view.result.result.plan)

    def run_refused(self) -> tuple[str, str]:
        """Go to the page that runs; why it cannot, and what to do."""
        page, sessions = self.show("Run"), self.window.runs.sessions
        document = self.workspace.current
        self.qtbot.waitUntil(lambda: bool(sessions.problem(document)), timeout=WAIT_MS)
        assert page.centre.currentWidget() is page.invitation
        assert not page.invitation.open_button.isVisible()
        return page.invitation.title.text(), page.invitation.hint.text()

    def run_ready(self) -> RunPage:
        """Go to the page that runs, and wait until it can."""
        page, sessions = self.show("Run"), self.window.runs.sessions
        document = self.workspace.current
        self.qtbot.waitUntil(lambda: bool(sessions.loaded(document)), timeout=WAIT_MS)
        return page

    def answer(self, picture: Path) -> Run:
        """Drop a picture on the page that runs; what comes of it."""
        page, history = self.run_ready(), self.window.runs.history
        document = self.workspace.current
        count = len(history(document))
        self.drop(picture)
        self.qtbot.waitUntil(lambda: len(history(document)) > count, timeout=WAIT_MS)
        run = history(document)[-1]
        self.qtbot.waitUntil(lambda: page.result is not None and page.result.run is run)
        return run


@pytest.fixture
def user(window: MainWindow, qtbot: QtBot, drop: Callable[[QWidget, list[Path]], bool]) -> User:
    """Somebody before the window."""
    window.workspace.probe()
    return User(window, qtbot, drop)


@pytest.fixture
def model(bad_files: Path, tmp_path: Path) -> Path:
    """The smallest model, which keeps its weights in a file that is here."""
    folder = tmp_path / "my models 模型 é"
    folder.mkdir()
    shutil.copy(bad_files / "w.bin.elsewhere", folder / "w.bin")
    return Path(shutil.copy(bad_files / "weights.onnx", folder / "网络 ß.onnx"))


# Models


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("text.onnx", "is a text file, not a model", "Open an ONNX model"),
        ("picture.onnx", "is a PNG picture, not a model", "then drop the picture on it"),
        ("empty.onnx", "is empty", "make it again"),
        ("cut.onnx", "is cut off: it holds 100,000 bytes", "Copy or download it again"),
        ("header.plan", "is a TensorRT plan with a damaged header", "Copy it again"),
        ("gone.onnx", "does not exist", "Check the path"),
    ],
)
def test_no_model(
    user: User, bad_files: Path, model: Path, name: str, message: str, hint: str
) -> None:
    notice = user.told(bad_files / name)
    assert notice.level == "error"
    assert name in notice.message and message in notice.message
    assert hint in notice.hint
    assert user.workspace.documents == []
    assert user.open(model).graph.layers


def test_missing_external_weights(user: User, model: Path) -> None:
    weights = model.with_name("w.bin")
    weights.rename(weights.with_suffix(".elsewhere"))
    before = sorted(model.parent.iterdir())
    message = f"{model.name} keeps weights in w.bin, which is missing or too short."
    hint = f"Put it beside the model, in {model.parent}."
    assert len(user.open(model).graph.layers) == 1
    assert [notice.message for notice in user.notices()] == [f"{message} {hint}"]
    notice = user.build_fails()
    assert (notice.message, notice.hint) == (message, hint)
    assert user.run_refused() == (message, hint)
    assert sorted(model.parent.iterdir()) == before
    weights.with_suffix(".elsewhere").rename(weights)
    assert user.build_works().exists()
    page = user.run_ready()
    assert page.inputs.form is not None
    user.click(page.inputs.form.run_button)
    user.qtbot.waitUntil(lambda: bool(user.window.runs.history(user.workspace.current)))
    assert user.window.runs.history(user.workspace.current)[0].problem is None


def test_unsupported_operators(
    user: User, bad_files: Path, sample_model: Path, sample_pictures: tuple[Path, ...]
) -> None:
    before = sorted(bad_files.iterdir())
    user.open(bad_files / "operators.onnx")
    notice = user.build_fails()
    assert notice.message.endswith(
        "does not support operator Swish2 (nodes swish_a, swish_b); Bernoulli (node dice)."
    )
    assert notice.hint == "Replace these nodes in the model, or run it with ONNX Runtime."
    title, hint = user.run_refused()
    assert title.endswith("it does not know the operator com.example:Swish2.")
    assert "export the model again" in hint
    assert sorted(bad_files.iterdir()) == before
    user.open(sample_model)
    assert user.answer(sample_pictures[2]).answer.top[0].label == "espresso"


# Profiles


@pytest.mark.parametrize(
    ("bound", "size", "words"),
    [
        ("min", "3", "a min of 3 above its opt of 1; make min <= opt <= max"),
        ("opt", "9", "an opt of 9 above its max of 8; make min <= opt <= max"),
        ("min", "", "the min 0; sizes start at 1"),
    ],
)
def test_a_profile_that_cannot_be(
    user: User, sample_model: Path, bound: str, size: str, words: str
) -> None:
    user.open(sample_model)
    view = user.build_view()
    box = view.form.profile.box("N", bound)
    good = box.text()
    user.write(box, size)
    assert words in view.form.profile.problem_label.text()
    assert view.message.text() == view.build_button.toolTip()
    assert words in view.message.text()
    assert not view.build_button.isEnabled()
    user.write(box, good)
    assert view.build_button.isEnabled()


def test_dynamic_without_a_profile(user: User, bad_files: Path) -> None:
    """No profile can be entered for an input of unknown rank."""
    user.open(bad_files / "rank.onnx")
    view = user.build_view()
    assert not view.build_button.isEnabled()
    assert view.message.text().startswith("The model does not say the shape of x; export it")


# Pictures


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("text.jpg", "is not a picture that can be read", "Use a JPEG, PNG"),
        ("cut.jpg", "is a damaged or incomplete picture", "Copy or download it again"),
        ("gone.jpg", "does not exist", "Check the path"),
    ],
)
def test_unreadable_pictures(
    user: User,
    bad_files: Path,
    sample_model: Path,
    sample_pictures: tuple[Path, ...],
    name: str,
    message: str,
    hint: str,
) -> None:
    user.open(sample_model)
    run = user.answer(bad_files / name)
    words = user.window.page("run").result.message.text()
    assert run.problem is not None
    assert name in words and message in words and hint in words
    assert user.answer(sample_pictures[0]).answer.top[0].label == "tripod"
    assert not user.window.page("run").result.message.isVisible()


# Plans


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        (
            "release.plan",
            "This plan needs TensorRT-RTX 1.4.0.76 exactly, and here is",
            "Run 'pip install tensorrt-rtx==1.4.0.76', or build the plan again",
        ),
        (
            "product.plan",
            "This plan needs TensorRT 10.15.1.29, and here is",
            "Run 'pip install tensorrt==10.15.1.29', or build the plan again",
        ),
        ("cut.plan", "This plan is cut off: it holds 187 of its 188 bytes.", "Copy it again"),
    ],
)
def test_plans_of_another_tensorrt_and_cut_plans(
    user: User,
    bad_files: Path,
    sample_model: Path,
    sample_pictures: tuple[Path, ...],
    name: str,
    message: str,
    hint: str,
) -> None:
    document = user.open(bad_files / name)
    user.workspace.request_reading(document, "engine")
    title, what_to_do = user.run_refused()
    assert title.startswith(message)
    assert what_to_do.startswith(hint)
    user.qtbot.waitUntil(lambda: not document.readings["engine"].is_loading, timeout=WAIT_MS)
    assert document.readings["engine"].problem.message == title
    start = user.show("Measure").show_view("benchmark").start_button
    user.qtbot.waitUntil(lambda: not start.isEnabled(), timeout=WAIT_MS)
    assert start.toolTip() == f"{title} {what_to_do}"
    user.open(sample_model)
    assert user.answer(sample_pictures[2]).answer.top[0].label == "espresso"


@pytest.mark.parametrize(("built_for", "here"), [("sm_86", "sm_75"), ("sm_75", "sm_86")])
def test_a_plan_of_another_gpu(user: User, model: Path, built_for: str, here: str) -> None:
    user.open(model)
    view = user.build_view()
    if built_for not in view.form.targets.boxes:
        pytest.skip("this TensorRT cannot build for another GPU")
    user.click(view.form.precisions["fp16"])
    box = view.form.targets.boxes[built_for]
    user.qtbot.mouseClick(box, LEFT, pos=box.rect().center())
    plan = user.build_works()
    user.open(plan)
    other = Device("NVIDIA GPU of another kind", here)
    found = Installation(user.workspace.installation.runtime, devices=(other,))
    user.workspace.installation = found
    user.workspace.installation_changed.emit(found)
    title, hint = user.run_refused()
    assert title == f"This plan was built for {built_for}, and {other.name} is {here}."
    assert f"with {here} among its targets" in hint


@pytest.mark.gpu
def test_a_plan_that_has_changed(user: User, model: Path, sample_model: Path) -> None:
    user.open(model)
    plan = user.build_works()
    content = bytearray(plan.read_bytes())
    content[-10] ^= 1
    plan.write_bytes(content)
    user.open(plan)
    title, hint = user.run_refused()
    assert title == f"{plan.name} has changed since it was built."
    assert hint.startswith("Copy it again")
    user.open(sample_model)
    user.run_ready()


# No GPU


def test_without_a_gpu(
    user: User, sample_model: Path, sample_pictures: tuple[Path, ...], model: Path
) -> None:
    user.open(model)
    if user.build_view() and user.workspace.installation.devices:
        pytest.skip("there is a GPU")
    label = user.window.statusBar().device_label
    assert label.text() == "No NVIDIA GPU: ONNX Runtime answers"
    assert label.toolTip()
    user.open(user.build_works())
    assert user.run_refused() == (
        "A plan runs on an NVIDIA GPU, and none was found here.",
        "Check the driver with 'nvidia-smi', or run the ONNX model on the CPU instead.",
    )
    user.open(sample_model)
    assert user.answer(sample_pictures[2]).answer.top[0].label == "espresso"
    words = user.window.page("run").bar.explanation.text()
    assert words.endswith("on the CPU, because this machine has no NVIDIA GPU.")


# Places to write to


def test_a_plan_that_cannot_be_written(user: User, model: Path, tmp_path: Path) -> None:
    user.open(model)
    view = user.build_view()
    destination = view.form.destination
    for path, words in (
        (tmp_path / "missing" / "a.plan", "does not exist; make it, or choose another."),
        (model / "a.plan", "does not exist; make it, or choose another."),
        (tmp_path, "This is a folder; add a file name."),
        (model, "This is the model itself; give the plan another name."),
    ):
        user.write(destination.edit, str(path))
        user.qtbot.waitUntil(lambda words=words: words in destination.note.text())
        assert not view.build_button.isEnabled()
    folder = tmp_path / "plans"
    folder.mkdir()
    user.write(destination.edit, str(folder / "a.plan"))
    user.qtbot.waitUntil(lambda: "free" in destination.note.text())
    folder.rmdir()
    notice = user.build_fails()
    assert notice.message == f"a.plan cannot be written to {folder}: there is no such folder."
    assert notice.hint == "Make the folder first, or choose another."
    folder.mkdir()
    user.write(destination.edit, str(folder / "b.plan"))
    user.qtbot.waitUntil(lambda: "free" in destination.note.text())
    assert user.build_works() == folder / "b.plan"


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="modes bind neither root nor Windows"
)
def test_a_folder_that_may_not_be_written_to(user: User, model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(0o500)
    user.open(model)
    view = user.build_view()
    user.write(view.form.destination.edit, str(folder / "a.plan"))
    words = f"Nothing can be written to {folder}; choose another folder."
    user.qtbot.waitUntil(lambda: view.form.destination.note.text() == words)
    assert not view.build_button.isEnabled()


def test_a_full_disk(user: User, model: Path, small_disk: Path) -> None:
    user.open(model)
    edit = user.build_view().form.destination.edit
    elsewhere = edit.text()
    user.write(edit, str(small_disk / "a.plan"))
    notice = user.build_fails()
    assert notice.message == f"a.plan cannot be written to {small_disk}: the disk is full."
    assert notice.hint == "Make space there, or choose a folder on another disk."
    assert list(small_disk.iterdir()) == []
    user.write(edit, elsewhere)
    assert user.build_works() == Path(elsewhere)


def test_a_full_disk_for_results(
    user: User,
    sample_model: Path,
    sample_pictures: tuple[Path, ...],
    small_disk: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user.open(sample_model)
    user.answer(sample_pictures[2])
    result = user.window.page("run").result
    for folder, level in ((small_disk, "error"), (tmp_path, "info")):
        chosen = (str(folder / "answer.png"), "")
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, c=chosen: c)
        with user.qtbot.waitSignal(user.workspace.noticed) as noticed:
            user.click(result.save_picture)
        assert noticed.args[0].level == level
        assert ("the disk is full" in noticed.args[0].message) == (level == "error")
    assert list(small_disk.iterdir()) == []
    assert (tmp_path / "answer.png").stat().st_size > 64 * 1024


# Names


def test_names_in_any_script(
    user: User, sample_model: Path, sample_pictures: tuple[Path, ...], model: Path
) -> None:
    folder = model.parent
    classifier = Path(shutil.copy(sample_model, folder / "分类 1.onnx"))
    picture = Path(shutil.copy(sample_pictures[2], folder / "写真 ☕.jpg"))
    user.open(classifier)
    assert user.window.tabs.tabText(0) == "分类 1.onnx"
    assert user.answer(picture).name == "写真 ☕.jpg"
    assert user.window.runs.history(user.workspace.current)[-1].answer.top[0].label == "espresso"
    user.open(model)  # its weights are beside it
    edit = user.build_view().form.destination.edit
    assert edit.text() == str(folder / "网络 ß.plan")
    user.write(edit, str(folder / "计划 ½.plan"))
    plan = user.build_works()
    assert plan == folder / "计划 ½.plan"
    assert user.open(plan).graph.layers
