"""The page that builds: one real build in a real engine process, and everything around it over
engines that answer when a test tells them to.
"""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from trtstudio.gui.build.builds import Builds
from trtstudio.gui.build.page import INSTALL_COMMAND, BuildPage
from trtstudio.gui.build.plan_place import default_folder
from trtstudio.gui.build.precision_bar import PrecisionBar
from trtstudio.gui.build.view import BuildView
from trtstudio.gui.build.words import model_precision
from trtstudio.gui.document import Document, Selection
from trtstudio.gui.inspect.fused_layers import NAME, NODES
from trtstudio.gui.parts.notice_frame import NoticeFrame
from trtstudio.gui.theme import DARK, LIGHT, theme
from trtstudio.gui.workspace import Workspace
from trtstudio.host.engines import Engines
from trtstudio.model import formats
from trtstudio.model.build.build import BuildRequest, BuildResult, Progress
from trtstudio.model.build.command_forms import FORMS, Form
from trtstudio.model.build.commands import copy_as
from trtstudio.model.errors import EngineDied, StudioError
from trtstudio.model.interpreters import Interpreter, KnownRuntime
from trtstudio.model.runtime import Device, Installation, Runtime

RUNTIMES = Path(__file__).parent / "data" / "runtimes"


def recorded(name: str) -> Runtime:
    """A TensorRT as its own module described it, TensorRT proper over a stand-in library."""
    return msgspec.json.decode((RUNTIMES / f"{name}.json").read_bytes(), type=Runtime)


RTX = replace(
    recorded("rtx-1.7"), precisions=("keep", "fp16"), targets=("sm_75", "sm_86", "sm_999")
)
FULL = recorded("trt-11.4")
GPU = Device("NVIDIA RTX 4090", "sm_89")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, told: Workspace) -> BuildPage:
    return show_page(qtbot, told)


@pytest.fixture
def model(tmp_path: Path, sample_model: Path) -> Path:
    """A copy of the sample in a folder of its own."""
    return Path(shutil.copy(sample_model, tmp_path / "lite.onnx"))


@pytest.fixture
def view(page: BuildPage, told: Workspace, model: Path) -> BuildView:
    """The page's view of the copy, over an RTX without a GPU."""
    install(told, Installation(RTX))
    open_document(told, model)
    return current_view(page)


def show_page(qtbot: QtBot, workspace: Workspace) -> BuildPage:
    page = BuildPage(workspace, Builds(workspace, workspace))
    qtbot.addWidget(page)
    page.resize(890, 560)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def install(workspace: Workspace, installation: Installation) -> None:
    workspace.installation = installation
    workspace.installation_changed.emit(installation)


def open_document(workspace: Workspace, path: Path) -> Document:
    document = Document(formats.read(path))
    workspace.documents.append(document)
    workspace.set_current(document)
    return document


def current_view(page: BuildPage) -> BuildView:
    view = page.view()
    assert view is not None
    return view


def write(qtbot: QtBot, edit: QLineEdit, text: str) -> None:
    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_Delete)
    qtbot.keyClicks(edit, text)


def texts(page: BuildPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


# Where nothing can be built


def test_says_what_is_missing(qtbot: QtBot, page: BuildPage, told: Workspace, model: Path) -> None:
    assert "Open an ONNX model" in texts(page)
    open_document(told, model)
    assert "Looking for TensorRT" in texts(page)
    install(told, Installation(None, "No TensorRT could be loaded in this Python."))
    assert "No TensorRT" in texts(page)
    assert page.words.command.isVisible()
    qtbot.mouseClick(page.words.fold.button, LEFT)
    assert "could be loaded" in texts(page)
    assert page.view() is None
    install(told, Installation(RTX))
    assert page.view() is not None


def test_the_command_can_be_copied_and_tried(
    qtbot: QtBot, page: BuildPage, told: Workspace, engines: Any, model: Path
) -> None:
    open_document(told, model)
    install(told, Installation(None, "none"))
    qtbot.mouseClick(page.words.command.button, LEFT)
    assert QGuiApplication.clipboard().text() == INSTALL_COMMAND
    qtbot.mouseClick(page.words.search_button, LEFT)
    with qtbot.waitSignal(told.installation_changed):
        engines.jobs[-1].future.set_result(Installation(RTX))
    assert page.view() is not None


def test_a_plan_is_built_already(page: BuildPage, told: Workspace, sample_model: Path) -> None:
    install(told, Installation(RTX))
    file = replace(formats.read(sample_model), format="plan", path=Path("made.plan"))
    document = Document(file)
    told.documents.append(document)
    told.set_current(document)
    assert page.view() is None
    assert "made.plan is a built engine already" in texts(page)


# The form


def test_asks_for_what_is_shown(view: BuildView, model: Path) -> None:
    request = view.form.request()
    assert request.model == str(model)
    assert request.plan == str(model.with_suffix(".plan"))
    assert request.profiles[0]["images"].opt == (1, 3, 224, 224)
    assert request.precision == "keep"
    assert request.targets == request.flags == ()
    assert request.options == {}


def test_the_plan_is_named_after_the_precision_until_the_user_names_it(
    qtbot: QtBot, view: BuildView, model: Path
) -> None:
    assert "FP32" in view.form.precisions["keep"].text()
    qtbot.mouseClick(view.form.precisions["fp16"], LEFT)
    assert view.form.request().precision == "fp16"
    assert view.form.request().plan == str(model.with_name("lite-fp16.plan"))
    write(qtbot, view.form.destination.edit, "mine.plan")
    qtbot.mouseClick(view.form.precisions["keep"], LEFT, pos=QPoint(8, 8))  # its text is short
    assert view.form.request().plan == str(model.with_name("mine.plan"))


def test_build_is_disabled_with_its_reason(qtbot: QtBot, view: BuildView) -> None:
    write(qtbot, view.form.profile.box("N", "min"), "9")
    assert not view.build_button.isEnabled()
    assert "min <= opt <= max" in view.build_button.toolTip()
    write(qtbot, view.form.profile.box("N", "min"), "1")
    assert view.build_button.isEnabled()
    assert "Ctrl+B" in view.build_button.toolTip()


def test_ticking_a_gpu_leaves_the_default(qtbot: QtBot, view: BuildView) -> None:
    targets = view.form.targets
    assert [box.text() for box in targets.boxes.values()] == [
        "sm_75 Turing (RTX 20)",
        "sm_86 Ampere (RTX 30)",
        "sm_999",
    ]
    assert targets.device_button.isHidden()
    qtbot.mouseClick(targets.boxes["sm_86"], LEFT, pos=targets.boxes["sm_86"].rect().center())
    assert view.form.request().targets == ("sm_86",)
    qtbot.mouseClick(targets.boxes["sm_86"], LEFT, pos=targets.boxes["sm_86"].rect().center())
    assert "at least one GPU" in view.build_button.toolTip()
    targets.default_button.click()
    assert view.form.request().targets == ()
    assert view.build_button.isEnabled()


def test_this_gpu_is_offered_where_there_is_one(
    qtbot: QtBot, page: BuildPage, told: Workspace, model: Path
) -> None:
    install(told, Installation(RTX, devices=(GPU,)))
    open_document(told, model)
    form = current_view(page).form
    assert "NVIDIA RTX 4090 (sm_89)" in form.targets.device_button.text()
    form.targets.device_button.click()
    assert form.request().targets == ("current",)
    qtbot.mouseClick(form.more.button, LEFT)
    assert form.options.rows["REFIT"].field.isEnabled()


def test_a_tensorrt_without_targets_needs_a_gpu(
    page: BuildPage, told: Workspace, model: Path
) -> None:
    install(told, Installation(FULL))
    document = open_document(told, model)
    assert "there is none" in current_view(page).build_button.toolTip()
    told.close(document)
    install(told, Installation(replace(FULL, version="11.5"), devices=(GPU,)))
    open_document(told, model)
    assert current_view(page).build_button.isEnabled()
    assert "NVIDIA RTX 4090" in texts(page)


def test_says_what_is_wrong_with_the_place(
    qtbot: QtBot, view: BuildView, model: Path, tmp_path: Path
) -> None:
    destination = view.form.destination
    qtbot.waitUntil(lambda: "free" in destination.note.text())
    model.with_name("old.plan").write_bytes(b"ftrt" * 1024)
    for entered, words in (
        ("old.plan", "Replaces the file that is there (4.1 kB)"),
        ("nowhere/x.plan", "does not exist"),
        ("~nobody-of-that-name/x.plan", "does not exist"),
        (str(tmp_path), "is a folder"),
        (model.name, "the model itself"),
        ("", "Say where"),
    ):
        write(qtbot, destination.edit, entered)
        qtbot.waitUntil(lambda words=words: words in destination.note.text())
        assert view.build_button.isEnabled() == (entered == "old.plan")


def test_the_default_folder_can_be_written_to(tmp_path: Path) -> None:
    assert default_folder(tmp_path / "x.onnx") == tmp_path
    assert default_folder(tmp_path / "gone" / "x.onnx") != tmp_path / "gone"


def test_forms_are_kept_for_each_document(
    qtbot: QtBot, page: BuildPage, told: Workspace, view: BuildView, tmp_path: Path
) -> None:
    first = told.current
    assert first is not None
    write(qtbot, view.form.profile.box("N", "max"), "32")
    second = open_document(told, Path(shutil.copy(first.path, tmp_path / "other.onnx")))
    assert current_view(page).form.profile.box("N", "max").value() == 8
    told.set_current(first)
    assert current_view(page) is view
    assert view.form.profile.box("N", "max").value() == 32
    told.close(second)
    assert set(page.views) == {first}


def test_names_the_types_of_a_model(sample_model: Path) -> None:
    graph = formats.read(sample_model).graph
    assert graph is not None
    assert model_precision(graph) == "FP32"


# A build


def test_shows_phase_and_stops_with_escape(qtbot: QtBot, view: BuildView, engines: Any) -> None:
    qtbot.keyClick(view.build_button, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: view.currentWidget() is view.progress)
    assert view.progress.bar.maximum() == 0  # no percentage is invented
    engines.jobs[0].progress = Progress("Determining refit engines", 0, 1)
    qtbot.waitUntil(lambda: view.progress.phase.text() == "Determining refit engines")
    qtbot.keyClick(view.progress, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: view.currentWidget() is view.form_face)
    assert "Stopped after" in view.message.text()
    assert view.notice is None


@pytest.mark.parametrize(
    "error",
    [
        StudioError("Node 3 is not supported.", hint="Export it anew.", details="INVALID_NODE"),
        EngineDied("The engine process ended.", details="MyelinCheckException"),
    ],
)
def test_a_failure_is_told_in_place_and_the_next_build_works(
    qtbot: QtBot, view: BuildView, engines: Any, error: StudioError
) -> None:
    write(qtbot, view.form.profile.box("N", "max"), "3")
    qtbot.mouseClick(view.build_button, LEFT)
    engines.jobs[0].future.set_exception(error)
    qtbot.waitUntil(lambda: view.notice is not None)
    assert view.notice is not None
    assert view.notice.isVisible()
    assert view.notice.notice.message == error.message
    assert view.notice.notice.details == error.details
    assert view.form.profile.box("N", "max").value() == 3
    qtbot.mouseClick(view.build_button, LEFT)
    assert view.notice is None
    request = engines.jobs[1].request
    engines.jobs[1].future.set_result(
        BuildResult(request.plan, 5, "ab", "TensorRT", 0.1, (), (), {}, None, ("Mind the gap.",))
    )
    qtbot.waitUntil(lambda: is_over(view))
    assert "Mind the gap." in [label.text() for label in view.findChildren(QLabel)]


def test_colours_follow_the_theme(qtbot: QtBot) -> None:
    bar = PrecisionBar({"float32": 0.02, "float16": 0.975, "": 0.005})
    qtbot.addWidget(bar)
    theme().apply("light")
    light = bar.legend.text()
    theme().apply("dark")
    assert LIGHT.dtype("float16") in light
    assert DARK.dtype("float16") in bar.legend.text()
    assert LIGHT.dtype("float16") not in bar.legend.text()
    assert bar.accessibleName() == "FP16 98 %, FP32 2 %, other less than 1 %"


def another(view: BuildView, model: Path, name: str) -> None:
    """Ask for the same build to another plan."""
    view.show_form()
    view.form.destination.edit.setText(str(model.with_name(name)))


def test_a_build_that_was_asked_for_elsewhere_is_shown(
    qtbot: QtBot, page: BuildPage, told: Workspace, engines: Any, model: Path
) -> None:
    page.hide()
    install(told, Installation(RTX))
    document = open_document(told, model)
    request = BuildRequest(str(model), str(model.with_suffix(".plan")))
    page._builds.start(document, request)
    page.show()
    view = current_view(page)
    assert view.currentWidget() is view.progress
    engines.jobs[0].future.set_result(result_of(request))
    qtbot.waitUntil(lambda: view.currentWidget() is view.result)


def test_other_builds_wait_in_the_queue_and_can_be_stopped_there(
    qtbot: QtBot, view: BuildView, engines: Any, model: Path
) -> None:
    qtbot.mouseClick(view.build_button, LEFT)
    qtbot.mouseClick(view.progress.form_button, LEFT)
    assert view.build_button.text() == "Add to queue"
    qtbot.waitUntil(lambda: "is being built" in view.message.text())
    assert not view.build_button.isEnabled()
    another(view, model, "second.plan")
    qtbot.waitUntil(view.build_button.isEnabled)
    qtbot.mouseClick(view.build_button, LEFT)
    queue = view.progress.queue
    assert queue.isVisible()
    assert len(queue.rows) == 2
    stop = next(b for b in queue.findChildren(QToolButton) if "second" in b.toolTip())
    qtbot.mouseClick(stop, LEFT)
    assert engines.jobs[1].grace_s, "its process is not ended at once"
    qtbot.waitUntil(lambda: not queue.isVisible())
    assert view.currentWidget() is view.progress
    request = engines.jobs[0].request
    engines.jobs[0].future.set_result(result_of(request))
    qtbot.waitUntil(lambda: view.currentWidget() is view.result)
    assert len(engines.jobs) == 2


def result_of(request: BuildRequest, **more: Any) -> BuildResult:
    return BuildResult(request.plan, 5, "ab", "TensorRT", 2.0, (), (), {}, None, **more)


def test_a_build_that_ends_leaves_the_form_to_its_user(
    qtbot: QtBot, view: BuildView, engines: Any
) -> None:
    qtbot.mouseClick(view.build_button, LEFT)
    qtbot.mouseClick(view.progress.form_button, LEFT)
    engines.jobs[0].future.set_result(result_of(engines.jobs[0].request, identical=True))
    qtbot.waitUntil(view.bar.result_button.isVisible)
    assert view.currentWidget() is view.form_face
    assert view.build_button.text() == "Build"
    qtbot.mouseClick(view.bar.result_button, LEFT)
    assert "byte for byte, to the last build of the same" in [
        label.text() for label in view.findChildren(QLabel)
    ]


@pytest.mark.parametrize(
    ("runtime", "helps"), [("TensorRT 11.4", True), ("TensorRT-RTX 1.7", False)]
)
def test_another_plan_of_the_same_build_is_told(
    qtbot: QtBot, view: BuildView, engines: Any, runtime: str, *, helps: bool
) -> None:
    qtbot.mouseClick(view.build_button, LEFT)
    result = replace(result_of(engines.jobs[0].request, identical=False), runtime=runtime)
    engines.jobs[0].future.set_result(result)
    qtbot.waitUntil(lambda: view.currentWidget() is view.result)
    said = " ".join(label.text() for label in view.findChildren(QLabel))
    assert "made another plan before" in said
    assert ("With a timing cache" in said) == helps
    assert f"{Path(result.plan).name}.json" in said


def test_the_estimate_is_of_earlier_builds(qtbot: QtBot, view: BuildView, engines: Any) -> None:
    words = "Earlier builds took about 2 s."
    assert words not in view.message.text()
    qtbot.mouseClick(view.build_button, LEFT)
    runtime = view.runtime.runtime_label
    engines.jobs[0].future.set_result(replace(result_of(engines.jobs[0].request), runtime=runtime))
    qtbot.waitUntil(lambda: is_over(view))
    view.show_form()
    qtbot.waitUntil(lambda: words in view.message.text())
    qtbot.mouseClick(view.form.precisions["fp16"], LEFT)
    qtbot.waitUntil(lambda: words not in view.message.text())
    qtbot.mouseClick(view.form.precisions["keep"], LEFT, pos=QPoint(8, 8))  # its text is short
    qtbot.waitUntil(lambda: words in view.message.text())
    qtbot.mouseClick(view.build_button, LEFT)
    qtbot.waitUntil(lambda: view.progress.estimate.text() == words)


def shown_notices(view: BuildView) -> list[str]:
    return [f.notice.details for f in view.findChildren(NoticeFrame) if f.isVisible()]


@pytest.mark.parametrize("form", FORMS)
def test_copies_the_build_as_other_tools_say_it(qtbot: QtBot, view: BuildView, form: Form) -> None:
    actions = {action.text(): action for action in view.bar.copy_button.menu().actions()}
    for name in (view.bar.name("trtstudio"), view.bar.name(form)):
        actions[name].trigger()
    text = QGuiApplication.clipboard().text()
    assert text == copy_as(view.form.request(), form, "tensorrt_rtx")
    qtbot.waitUntil(lambda: shown_notices(view) == [text])


def test_another_runtime_has_another_form_and_keeps_what_it_can(
    qtbot: QtBot, page: BuildPage, told: Workspace, engines: Any, view: BuildView
) -> None:
    other = Interpreter("/venvs/trt10/bin/python")
    trt10 = Installation(recorded("trt-10.16"), devices=(GPU,))
    told.runtimes._others = (KnownRuntime(other, trt10), KnownRuntime(Interpreter("/x"), None))
    told.runtimes.changed.emit()
    write(qtbot, view.form.profile.box("N", "max"), "32")
    qtbot.mouseClick(view.form.precisions["fp16"], LEFT)
    qtbot.mouseClick(view.form.more.button, LEFT)
    view.form.options.rows["builder_optimization_level"].field.set_value(5)
    view.form.options.rows["REQUIRE_USER_ALLOCATION"].field.set_value(True)
    view.form.targets.boxes["sm_86"].click()
    before = view.form.request()
    assert page.chooser.count() == 3
    assert not page.chooser.model().item(2).isEnabled()
    page.chooser.setCurrentIndex(1)
    page.chooser.activated.emit(1)
    after = view.form.request()
    assert after == replace(before, targets=(), flags=())
    assert "weak" in view.form.precisions
    qtbot.mouseClick(view.build_button, LEFT)
    assert engines.interpreters[-1] == other


def test_links_to_other_pages(qtbot: QtBot, page: BuildPage, view: BuildView) -> None:
    assert view.isVisible()
    for button, name in ((page.runtimes_button, "runtimes"), (page.history_button, "builds")):
        with qtbot.waitSignal(page.page_requested) as asked:
            qtbot.mouseClick(button, LEFT)
        assert asked.args == [name]


def test_what_a_gpu_cannot_do_is_refused_with_the_reason(
    qtbot: QtBot, page: BuildPage, told: Workspace, model: Path
) -> None:
    install(told, Installation(recorded("rtx-1.7")))
    open_document(told, model)
    form = current_view(page).form
    qtbot.mouseClick(form.precisions["bf16"], LEFT)
    assert not form.precision.problem()
    form.targets.boxes["sm_75"].click()
    assert "BF16 came with Ampere" in form.precision.note.text()
    button = current_view(page).build_button
    qtbot.waitUntil(lambda: "BF16 came with Ampere" in button.toolTip())
    qtbot.mouseClick(form.precisions["fp16"], LEFT)
    assert form.precision.note.isHidden()
    assert not form.precisions["bf16"].isEnabled()
    assert "BF16 came with Ampere" in form.precisions["bf16"].toolTip()


@pytest.fixture
def real(qapp: QApplication) -> Iterator[Workspace]:
    """A workspace over real engine processes."""
    workspace = Workspace(Engines(), qapp)
    yield workspace
    workspace.shut_down()


def test_builds_the_sample(qtbot: QtBot, real: Workspace, model: Path) -> None:
    page = show_page(qtbot, real)
    real.probe()
    real.open([model])
    qtbot.waitUntil(lambda: page.view() is not None or no_tensorrt(real), timeout=30_000)
    view, document = current_view(page), real.current
    assert document is not None
    qtbot.mouseClick(view.form.precisions["fp16"], LEFT)
    write(qtbot, view.form.profile.box("N", "max"), "4")
    qtbot.mouseClick(view.build_button, LEFT)
    qtbot.waitUntil(lambda: is_over(view), timeout=60_000)
    assert view.notice is None
    shown = view.result
    assert shown is not None
    plan = model.with_name("lite-fp16.plan")
    assert document.plan == plan == Path(shown.result.plan)
    assert shown.result.plan_bytes == plan.stat().st_size
    qtbot.mouseClick(shown.hash_line.button, LEFT)
    assert QGuiApplication.clipboard().text() == hashlib.sha256(plan.read_bytes()).hexdigest()
    assert "FP16" in texts(page)
    check_layers(qtbot, real, view)
    check_ways_on(qtbot, page, view)


def is_over(view: BuildView) -> bool:
    """Whether its result is to be seen, which is made a moment before, or what went wrong."""
    return view.notice is not None or (
        view.result is not None and view.currentWidget() is view.result
    )


def check_layers(qtbot: QtBot, workspace: Workspace, view: BuildView) -> None:
    assert view.result is not None
    document, table = workspace.current, view.result.layers
    assert document is not None
    engine = document.readings["engine"].graph
    assert engine is not None
    model = table.layers
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.rowCount() == len(engine.layers) > 1
    at = table.visualRect(model.index(2, NAME)).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=at)
    assert workspace.selection == Selection(document, "layer", "engine", 2)
    table.sortByColumn(NODES, Qt.SortOrder.DescendingOrder)
    counts = [len(engine.layers[model.position(row)].origins) for row in range(model.rowCount())]
    assert counts == sorted(counts, reverse=True)
    assert model.position(table.currentIndex().row()) == 2  # the selection moved along
    workspace.select(Selection(document, "layer", "engine", 5))
    assert model.position(table.currentIndex().row()) == 5
    del tester


def check_ways_on(qtbot: QtBot, page: BuildPage, view: BuildView) -> None:
    assert view.result is not None
    result = view.result
    for button, name in (
        (result.run_button, "run"),
        (result.layers_button, "model"),
        (result.measure_button, "measure"),
    ):
        with qtbot.waitSignal(page.page_requested) as asked:
            qtbot.mouseClick(button, LEFT)
        assert asked.args == [name]
    qtbot.mouseClick(view.result.again_button, LEFT)
    assert view.form.request().precision == "fp16"
    assert view.form.profile.box("N", "max").value() == 4
    qtbot.waitUntil(lambda: "Replaces" in view.form.destination.note.text())
    qtbot.mouseClick(view.bar.result_button, LEFT)
    assert view.currentWidget() is view.result


def no_tensorrt(workspace: Workspace) -> bool:
    if workspace.installation is not None and workspace.installation.runtime is None:
        pytest.skip("no TensorRT in this environment")
    return False
