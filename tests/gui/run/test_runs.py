"""Sessions and runs: in a real engine process, and over engines that answer as a test tells them to
where a GPU or an accident is needed.
"""

import os
import shutil
import signal
import struct
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document
from trtstudio.gui.run import runs as runs_module
from trtstudio.gui.run.result import RunResult as RunResultView
from trtstudio.gui.run.run import as_picture
from trtstudio.gui.run.runs import Run, Runs
from trtstudio.gui.run.trials import Trials
from trtstudio.gui.sessions import run_choice
from trtstudio.gui.sessions import sessions as sessions_module
from trtstudio.gui.workspace import Workspace
from trtstudio.host.engines import Engines
from trtstudio.model import formats
from trtstudio.model.build.build import Progress
from trtstudio.model.errors import Cancelled, EngineDied, NotLoaded, StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.requests import UnloadRequest
from trtstudio.model.run import LoadRequest, RunRequest, RunResult, SessionInfo, Timing
from trtstudio.model.runtime import Device, Installation, Runtime
from trtstudio.vision.picture import read_picture

WAIT_MS = 30_000
NO_GPU = Installation(None, runtime_problem="no module", device_problem="no driver")
WITH_GPU = Installation(
    Runtime("tensorrt_rtx", "1.7.1.116"), devices=(Device("NVIDIA RTX 4090", "sm_89"),)
)


def make_workspace(engines: Any, installation: Installation | None = NO_GPU) -> Workspace:
    workspace = Workspace(engines)
    workspace.installation = installation
    return workspace


@pytest.fixture
def workspace(engines: Engines, qtbot: QtBot) -> Iterator[Workspace]:
    workspace = make_workspace(engines)
    yield workspace
    for document in list(workspace.documents):
        workspace.close(document)
    qtbot.waitUntil(lambda: not workspace.jobs.running)
    workspace.io.shutdown()


def open_document(workspace: Workspace, path: Path, plan: Path | None = None) -> Document:
    file = formats.read(path)
    document = Document(file, plan=plan or (path if file.format == "plan" else None))
    workspace.documents.append(document)
    workspace.set_current(document)
    return document


def wait_for_runs(qtbot: QtBot, runs: Runs, document: Document, count: int) -> list[Run]:
    qtbot.waitUntil(lambda: len(runs.history(document)) >= count and not runs.waiting(document))
    return list(runs.history(document))


def top_labels(run: Run) -> list[str]:
    assert run.answer is not None, run.problem
    return [label.label for label in run.answer.top]


# In a real engine process


def test_sample_pictures_get_their_answers_in_the_order_of_the_drop(
    qtbot: QtBot, workspace: Workspace, sample_model: Path, sample_pictures: tuple[Path, ...]
) -> None:
    document = open_document(workspace, sample_model)
    runs = Runs(workspace)
    workspace.pictures_dropped.emit(list(sample_pictures))
    history = wait_for_runs(qtbot, runs, document, 4)
    assert [run.name for run in history] == [path.name for path in sample_pictures]
    by_name = {run.name: top_labels(run) for run in history}
    assert {"tabby", "tiger cat", "Egyptian cat"} == set(by_name["chelsea.jpg"][:3])
    assert by_name["coffee.jpg"][0] == "espresso"
    assert by_name["camera.jpg"][0] == "tripod"
    assert by_name["rocket.jpg"][0] == "missile"
    for run in history:
        assert run.runtime.startswith("ONNX Runtime")
        assert "no NVIDIA GPU" in run.runtime
        assert run.feed is not None
        assert [a.shape for a in run.feed.inputs.values()] == [(1, 3, 224, 224)]
        kept = run.feed.inputs["images"].nbytes + sum(a.nbytes for a in run.outputs.values())
        assert run.size_bytes > kept
        steps = run.feed.decode_ms + run.feed.preprocess_ms + run.timing.latency_ms
        assert 0 < run.timing.latency_ms < steps <= run.total_ms


def test_a_broken_picture_keeps_its_reason_and_the_rest_goes_on(
    qtbot: QtBot,
    workspace: Workspace,
    sample_model: Path,
    sample_pictures: tuple[Path, ...],
    tmp_path: Path,
) -> None:
    document = open_document(workspace, sample_model)
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(sample_pictures[0].read_bytes()[:300])
    runs = Runs(workspace)
    runs.run_paths(document, [broken, sample_pictures[1], tmp_path / "gone.png"])
    problems = {
        run.name: run.problem.message if run.problem else ""
        for run in wait_for_runs(qtbot, runs, document, 3)
    }
    assert "damaged" in problems["broken.jpg"]
    assert "gone.png" in problems["gone.png"]
    assert problems[sample_pictures[1].name] == ""


def test_a_folder_stands_for_its_pictures(
    qtbot: QtBot,
    workspace: Workspace,
    sample_model: Path,
    sample_pictures: tuple[Path, ...],
    tmp_path: Path,
) -> None:
    document = open_document(workspace, sample_model)
    for picture in sample_pictures[:2]:
        shutil.copy(picture, tmp_path)
    (tmp_path / "notes.txt").write_text("no picture")
    runs = Runs(workspace)
    runs.run_paths(document, [tmp_path])
    names = [run.name for run in wait_for_runs(qtbot, runs, document, 2)]
    assert names == [path.name for path in sample_pictures[:2]]


def test_a_folder_without_pictures_is_told(
    qtbot: QtBot, workspace: Workspace, sample_model: Path, tmp_path: Path
) -> None:
    document = open_document(workspace, sample_model)
    runs = Runs(workspace)
    with qtbot.waitSignal(workspace.noticed) as noticed:
        runs.run_paths(document, [tmp_path])
    assert tmp_path.name in noticed.args[0].message
    assert not runs.waiting(document)


def test_a_pasted_picture_is_run_as_its_pixels_are(
    qtbot: QtBot, workspace: Workspace, sample_model: Path, sample_pictures: tuple[Path, ...]
) -> None:
    document = open_document(workspace, sample_model)
    image = QImage(str(sample_pictures[2])).convertToFormat(QImage.Format.Format_ARGB32)
    runs = Runs(workspace)
    runs.run_image(document, image, "Pasted")
    (run,) = wait_for_runs(qtbot, runs, document, 1)
    assert (run.name, top_labels(run)[0]) == ("Pasted", "espresso")
    assert run.feed is not None and run.feed.preview is not None
    color = QColor.fromRgb(*map(int, run.feed.preview[10, 20]))
    assert color.rgb() == image.pixelColor(20, 10).rgb()


@pytest.fixture
def adder(tmp_path: Path) -> Path:
    """Adds two tensors, one of a dynamic length."""
    inputs = [
        helper.make_tensor_value_info("a", TensorProto.FLOAT, ["n", 3]),
        helper.make_tensor_value_info("b", TensorProto.FLOAT, [1, 3]),
    ]
    output = helper.make_tensor_value_info("sum", TensorProto.FLOAT, ["n", 3])
    graph = helper.make_graph([helper.make_node("Add", ["a", "b"], ["sum"])], "g", inputs, [output])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    path = tmp_path / "adder.onnx"
    onnx.save(model, path)
    return path


def test_arrays_are_run_by_name(
    qtbot: QtBot, workspace: Workspace, adder: Path, tmp_path: Path
) -> None:
    inputs = {
        "a": np.arange(6, dtype=np.float32).reshape(2, 3),
        "b": np.ones((1, 3), np.float32),
    }
    np.savez(tmp_path / "x.npz", **inputs)
    np.savez(tmp_path / "wrong.npz", a=inputs["a"], b=np.ones((2, 2), np.float32))
    document = open_document(workspace, adder)
    runs = Runs(workspace)
    runs.run_paths(document, [tmp_path / "x.npz", tmp_path / "wrong.npz", tmp_path / "x.npz"])
    history = wait_for_runs(qtbot, runs, document, 3)
    (expected,) = onnxruntime.InferenceSession(str(adder)).run(None, inputs)
    assert [run.problem is None for run in history] == [True, False, True]
    for run in history[::2]:
        np.testing.assert_array_equal(run.outputs["sum"], expected)
        assert run.answer is None
    assert history[1].problem is not None and "b" in history[1].problem.message


def test_what_there_is_to_say_of_arrays_is_said(
    qtbot: QtBot, workspace: Workspace, adder: Path, tmp_path: Path
) -> None:
    values = np.array([[np.nan, 1, np.nan]])
    np.savez(tmp_path / "nan.npz", a=values, b=np.ones((1, 3), np.float32))
    document = open_document(workspace, adder)
    runs = Runs(workspace)
    runs.run_paths(document, [tmp_path / "nan.npz"])
    (run,) = wait_for_runs(qtbot, runs, document, 1)
    view = RunResultView(workspace, Trials(workspace, runs.sessions))
    for _ in view.make():
        pass
    qtbot.addWidget(view)
    view.show_run(run, [run])
    assert not view.warnings.isHidden()
    conversion, nans = view.warnings.text().splitlines()
    assert '"a" is converted from float64 to float32' in conversion
    assert '"a" has 2 NaN among its 3 values' in nans
    view.show_run(Run(None), [])
    assert view.warnings.isHidden()


def test_pickles_and_junk_are_refused(
    qtbot: QtBot, workspace: Workspace, adder: Path, tmp_path: Path
) -> None:
    np.save(tmp_path / "objects.npy", np.array([{}], object), allow_pickle=True)
    (tmp_path / "junk.npz").write_bytes(b"PK\x03\x04 nothing")
    (tmp_path / "empty.npy").write_bytes(b"")
    document = open_document(workspace, adder)
    runs = Runs(workspace)
    names = ("objects.npy", "junk.npz", "empty.npy")
    runs.run_paths(document, [tmp_path / name for name in names])
    for run in wait_for_runs(qtbot, runs, document, 3):
        assert run.problem is not None and run.name in run.problem.message


def test_random_inputs_for_a_model_without_pictures(
    qtbot: QtBot, workspace: Workspace, adder: Path, sample_pictures: tuple[Path, ...]
) -> None:
    document = open_document(workspace, adder)
    runs = Runs(workspace)
    runs.run_random(document)
    runs.run_paths(document, sample_pictures[:1])
    random, picture = wait_for_runs(qtbot, runs, document, 2)
    assert random.name == ""
    assert random.outputs["sum"].shape == (1, 3)
    assert np.abs(random.outputs["sum"]).max() <= 2
    assert picture.problem is not None and "picture" in picture.problem.message


def test_a_process_that_dies_between_two_runs_goes_unnoticed(
    qtbot: QtBot, sample_model: Path, sample_pictures: tuple[Path, ...]
) -> None:
    engines = Engines()
    workspace = make_workspace(engines)
    document = open_document(workspace, sample_model)
    runs = Runs(workspace)
    runs.run_paths(document, sample_pictures[:1])
    wait_for_runs(qtbot, runs, document, 1)
    loaded = runs.sessions.loaded(document)
    assert loaded is not None
    kill_runner(engines)
    runs.run_paths(document, sample_pictures[1:2])
    history = wait_for_runs(qtbot, runs, document, 2)
    again = runs.sessions.loaded(document)
    assert [run.problem for run in history] == [None, None]
    assert again is not None and again.info.session != loaded.info.session
    workspace.shut_down()


def kill_runner(engines: Engines) -> None:
    life = engines.runner._life
    assert life is not None and life._process is not None
    os.kill(life._process.pid, signal.SIGTERM)
    life._thread.join(10)


def test_old_runs_are_forgotten_when_memory_is_short(
    qtbot: QtBot,
    workspace: Workspace,
    sample_model: Path,
    sample_pictures: tuple[Path, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runs_module, "HISTORY_BYTES", 1_300_000)
    document = open_document(workspace, sample_model)
    runs = Runs(workspace)
    added: list[str] = []
    runs.run_added.connect(lambda _, run: added.append(run.name))
    runs.run_paths(document, sample_pictures)
    qtbot.waitUntil(lambda: len(added) == 4)
    kept = runs.history(document)
    assert 1 <= len(kept) < 4
    assert kept[-1].name == added[-1]
    assert sum(run.size_bytes for run in kept) <= 1_300_000 or len(kept) == 1


# Over engines that answer as they are told


class ToldJob:
    def __init__(self, request: Any) -> None:
        self.request = request
        self.future: Future[Any] = Future()
        self.progress: Progress | None = None

    def take_log(self) -> list[Any]:
        return []

    def cancel(self, _grace_s: float = 0.0) -> None:
        self.future.set_exception(Cancelled("Stopped."))


class ToldEngines:
    """Loads at once; a run waits until the test ends it."""

    def __init__(self) -> None:
        self.requests: list[Any] = []
        self.open_runs: list[ToldJob] = []
        self.lost: set[int] = set()
        self.refusal: StudioError | None = None

    def submit(self, request: Any, _interpreter: object = None) -> ToldJob:
        job = ToldJob(request)
        self.requests.append(request)
        if isinstance(request, LoadRequest) and self.refusal is not None:
            job.future.set_exception(self.refusal)
        elif isinstance(request, LoadRequest):
            job.future.set_result(self._session(request))
        elif isinstance(request, UnloadRequest):
            job.future.set_result(None)
        else:
            self.open_runs.append(job)
        return job

    def _session(self, request: LoadRequest) -> SessionInfo:
        runtime, device = {
            "tensorrt": ("TensorRT-RTX 1.7.1", "NVIDIA RTX 4090"),
            "onnxruntime": ("ONNX Runtime 1.31", "A CPU"),
        }[request.runtime]
        return SessionInfo(
            session=sum(isinstance(r, LoadRequest) for r in self.requests),
            path=request.path,
            runtime=runtime,
            device=device,
            inputs=(Tensor("x", "float32", (1, 2)),),
            outputs=(Tensor("y", "float32", (1, 2)),),
            shapes={"x": (1, 2)},
        )

    def has(self, session: int) -> bool:
        return session not in self.lost

    def answer(self) -> None:
        result = RunResult({"y": np.ones((1, 2), np.float32)}, Timing(1.0, gpu_ms=0.5))
        self.open_runs.pop(0).future.set_result(result)

    def close(self) -> None:
        pass

    def asked(self, kind: type) -> list[Any]:
        return [request for request in self.requests if isinstance(request, kind)]


@pytest.fixture
def told() -> ToldEngines:
    return ToldEngines()


MakeRuns = Callable[[Installation | None], Runs]


@pytest.fixture
def make_runs(told: ToldEngines, qapp: QApplication) -> Iterator[MakeRuns]:
    made: list[Workspace] = []

    def make(installation: Installation | None) -> Runs:
        workspace = make_workspace(told, installation)
        made.append(workspace)
        return Runs(workspace, workspace)

    yield make
    for workspace in made:
        workspace.shut_down()
    qapp.processEvents()


def write_plan(path: Path, version: tuple[int, int, int, int] = (1, 7, 1, 116)) -> Path:
    """A plan's header as TensorRT-RTX writes it, with nothing behind it."""
    size = 64 + 24
    header = struct.pack("<4s4xQQ4B4xI12xI12x", b"vtrt", 1, size, *version, 0b1000, 12090)
    path.write_bytes(header + struct.pack("<4s4xQQ", b"ENGN", 0, 0))
    assert path.stat().st_size == size
    return path


def load(qtbot: QtBot, runs: Runs, document: Document) -> str:
    """What the window says about who runs it."""
    sessions = runs.sessions
    sessions.prepare(document)
    qtbot.waitUntil(lambda: not sessions.is_loading(document))
    loaded, problem = sessions.loaded(document), sessions.problem(document)
    return loaded.explanation if loaded else problem.message if problem else ""


def test_an_engine_for_this_gpu_runs_before_the_model(
    qtbot: QtBot, told: ToldEngines, make_runs: MakeRuns, adder: Path, tmp_path: Path
) -> None:
    runs = make_runs(WITH_GPU)
    document = open_document(runs._workspace, adder, write_plan(tmp_path / "a.plan"))
    assert load(qtbot, runs, document) == (
        "TensorRT-RTX 1.7.1 on NVIDIA RTX 4090, because the engine fits this GPU."
    )
    runs.sessions.choose(document, "onnxruntime")
    assert load(qtbot, runs, document) == "ONNX Runtime 1.31 on the CPU, as chosen."
    assert [r.runtime for r in told.asked(LoadRequest)] == ["tensorrt", "onnxruntime"]
    assert [r.session for r in told.asked(UnloadRequest)] == [1]


def test_why_the_model_runs_instead_of_its_engine(
    qtbot: QtBot, make_runs: MakeRuns, adder: Path, tmp_path: Path
) -> None:
    plan = write_plan(tmp_path / "old.plan", (1, 4, 0, 76))
    for installation, plan_of_it, words in (
        (WITH_GPU, None, "no engine has been built"),
        (WITH_GPU, plan, "the engine cannot be used"),
        (NO_GPU, plan, "no NVIDIA GPU"),
        (NO_GPU, None, "no NVIDIA GPU"),
    ):
        runs = make_runs(installation)
        document = open_document(runs._workspace, adder, plan_of_it)
        explanation = load(qtbot, runs, document)
        assert explanation.startswith("ONNX Runtime") and words in explanation


def test_what_cannot_run_says_why(
    qtbot: QtBot, make_runs: MakeRuns, adder: Path, tmp_path: Path
) -> None:
    runs = make_runs(NO_GPU)
    plan = open_document(runs._workspace, write_plan(tmp_path / "a.plan"))
    assert "needs" in load(qtbot, runs, plan)
    with qtbot.waitSignal(runs.run_added) as added:
        runs.run_random(plan)
    assert isinstance(added.args[1].problem, StudioError)
    assert not runs.waiting(plan)
    model = open_document(runs._workspace, adder)
    runs.sessions.choose(model, "tensorrt")
    assert "No engine has been built" in load(qtbot, runs, model)


def test_a_new_build_is_loaded_and_a_new_reading_is_not(
    qtbot: QtBot,
    told: ToldEngines,
    make_runs: MakeRuns,
    adder: Path,
    tmp_path: Path,
    all_told: Callable[[Workspace], None],
) -> None:
    runs = make_runs(WITH_GPU)
    workspace = runs._workspace
    document = open_document(workspace, adder)
    load(qtbot, runs, document)
    plan = write_plan(tmp_path / "a.plan")
    for built in (True, False, True):
        before = len(told.asked(LoadRequest))
        if built:
            os.utime(plan, ns=(before, before))
        workspace.set_engine(document, plan, None)
        all_told(workspace)  # which file is chosen
        qtbot.waitUntil(lambda: not runs.sessions.is_loading(document))
        assert (len(told.asked(LoadRequest)) > before) == built
        qtbot.waitUntil(lambda: runs.sessions.loaded(document) is not None)


class Gate:
    """Holds a step of the io thread back until it is opened."""

    def __init__(self, step: Callable[..., Any]) -> None:
        self._step = step
        self.reached, self.open = Event(), Event()

    def __call__(self, *arguments: Any) -> Any:
        self.reached.set()
        assert self.open.wait(WAIT_MS / 1000)
        return self._step(*arguments)


@pytest.mark.parametrize("step", ["choose", "recognize"])
def test_a_build_that_ends_while_the_model_is_loaded_is_loaded_instead(
    qtbot: QtBot,
    told: ToldEngines,
    make_runs: MakeRuns,
    adder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    place = run_choice if step == "choose" else sessions_module
    gate = Gate(getattr(place, step))
    monkeypatch.setattr(place, step, gate)
    runs = make_runs(WITH_GPU)
    document = open_document(runs._workspace, adder)
    runs.sessions.prepare(document)
    qtbot.waitUntil(gate.reached.is_set)
    runs._workspace.set_engine(document, write_plan(tmp_path / "a.plan"), None)
    gate.open.set()
    wait_for_runtime(qtbot, runs, document, "tensorrt")
    assert len(told.asked(LoadRequest)) == len(told.asked(UnloadRequest)) + 1


def wait_for_runtime(qtbot: QtBot, runs: Runs, document: Document, runtime: str) -> None:
    def is_there() -> bool:
        loaded = runs.sessions.loaded(document)
        return loaded is not None and loaded.choice.runtime == runtime

    qtbot.waitUntil(is_there)


@pytest.mark.parametrize("is_closed", [True, False])
def test_what_was_loaded_for_nothing_is_unloaded(
    qtbot: QtBot,
    told: ToldEngines,
    make_runs: MakeRuns,
    adder: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_closed: bool,
) -> None:
    gate = Gate(sessions_module.recognize)
    monkeypatch.setattr(sessions_module, "recognize", gate)
    runs = make_runs(NO_GPU)
    document = open_document(runs._workspace, adder)
    runs.sessions.prepare(document)
    qtbot.waitUntil(gate.reached.is_set)
    if is_closed:
        runs._workspace.close(document)
    else:
        runs.sessions.choose(document, "onnxruntime")
    gate.open.set()
    assert [r.session for r in told.asked(UnloadRequest)] == [1]
    if not is_closed:
        wait_for_runtime(qtbot, runs, document, "onnxruntime")
        assert [r.session for r in told.asked(UnloadRequest)] == [1]


def test_loading_waits_until_the_installation_is_known(
    qtbot: QtBot,
    told: ToldEngines,
    make_runs: MakeRuns,
    adder: Path,
    all_told: Callable[[Workspace], None],
) -> None:
    runs = make_runs(None)
    document = open_document(runs._workspace, adder)
    runs.run_random(document)
    all_told(runs._workspace)
    assert told.requests == []
    runs._workspace.installation = NO_GPU
    runs._workspace.installation_changed.emit(NO_GPU)
    qtbot.waitUntil(lambda: len(told.open_runs) == 1)
    told.answer()
    wait_for_runs(qtbot, runs, document, 1)


def test_a_picture_is_decoded_while_the_one_before_is_run(
    qtbot: QtBot, told: ToldEngines, make_runs: MakeRuns, adder: Path
) -> None:
    runs = make_runs(NO_GPU)
    document = open_document(runs._workspace, adder)
    for _ in range(3):
        runs.run_random(document)
    qtbot.waitUntil(lambda: len(told.open_runs) == 1 and bool(runs._line(document).ready))
    assert len(told.asked(RunRequest)) == 1, "one at a time"
    for _ in range(3):
        qtbot.waitUntil(lambda: len(told.open_runs) == 1)
        told.answer()
    wait_for_runs(qtbot, runs, document, 3)


def test_stopping_drops_what_waits(
    qtbot: QtBot, told: ToldEngines, make_runs: MakeRuns, adder: Path
) -> None:
    runs = make_runs(NO_GPU)
    document = open_document(runs._workspace, adder)
    for _ in range(3):
        runs.run_random(document)
    qtbot.waitUntil(lambda: len(told.open_runs) == 1)
    runs.stop(document)
    qtbot.waitUntil(lambda: not runs.waiting(document))
    assert list(runs.history(document)) == []
    assert len(told.asked(RunRequest)) == 1
    assert runs.sessions.loaded(document) is not None, "its process was not ended"


def test_only_what_was_loaded_in_a_process_that_ended_is_loaded_again(
    qtbot: QtBot, told: ToldEngines, make_runs: MakeRuns, adder: Path, tmp_path: Path
) -> None:
    runs = make_runs(NO_GPU)
    sessions = runs.sessions
    first = open_document(runs._workspace, adder)
    second = open_document(runs._workspace, Path(shutil.copy(adder, tmp_path / "second.onnx")))
    for document in (first, second):
        load(qtbot, runs, document)
    runs.run_random(second)
    qtbot.waitUntil(lambda: len(told.open_runs) == 1, timeout=WAIT_MS)
    told.lost.add(2)
    runs.stop(second)
    qtbot.waitUntil(lambda: sessions.loaded(second) is None, timeout=WAIT_MS)
    assert sessions.loaded(first) is not None
    assert not told.asked(UnloadRequest), "there is nothing left to unload in a new process"


def test_what_was_stopped_does_not_begin_again_in_a_new_process(
    qtbot: QtBot,
    told: ToldEngines,
    make_runs: MakeRuns,
    adder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runs = make_runs(NO_GPU)
    document = open_document(runs._workspace, adder)
    monkeypatch.setattr(ToldJob, "cancel", lambda *_: None)  # it comes too late
    for _ in range(2):
        runs.run_random(document)
    qtbot.waitUntil(lambda: len(told.open_runs) == 1)
    told.answer()
    qtbot.waitUntil(lambda: len(told.open_runs) == 1 and bool(runs.history(document)))
    runs.stop(document)
    told.open_runs.pop().future.set_exception(NotLoaded("Its process has ended."))
    qtbot.waitUntil(lambda: not runs.waiting(document))
    assert len(told.asked(RunRequest)) == 2 and len(runs.history(document)) == 1


def test_a_crash_is_an_entry_and_the_next_run_loads_again(
    qtbot: QtBot, told: ToldEngines, make_runs: MakeRuns, adder: Path
) -> None:
    runs = make_runs(NO_GPU)
    document = open_document(runs._workspace, adder)
    runs.run_random(document)
    runs.run_random(document)
    qtbot.waitUntil(lambda: len(told.open_runs) == 1)
    told.lost.add(1)
    told.open_runs.pop(0).future.set_exception(EngineDied("It crashed."))
    qtbot.waitUntil(lambda: bool(runs.history(document)), timeout=WAIT_MS)
    first = runs.history(document)[0]
    assert isinstance(first.problem, EngineDied)
    runs.run_random(document)
    qtbot.waitUntil(lambda: len(told.asked(LoadRequest)) == 2)


def test_closing_a_document_frees_its_session(
    qtbot: QtBot, told: ToldEngines, make_runs: MakeRuns, adder: Path
) -> None:
    runs = make_runs(NO_GPU)
    document = open_document(runs._workspace, adder)
    load(qtbot, runs, document)
    runs._workspace.close(document)
    assert [r.session for r in told.asked(UnloadRequest)] == [1]


def test_nothing_is_kept_of_a_closed_document(
    qtbot: QtBot, told: ToldEngines, make_runs: MakeRuns, adder: Path
) -> None:
    runs = make_runs(NO_GPU)
    sessions, partners = runs.sessions, runs.batches.partners
    document = open_document(runs._workspace, adder)
    load(qtbot, runs, document)
    runs._workspace.close(document)
    problems: list[StudioError] = []
    sessions.request(document, lambda _: None, problems.append)
    assert [type(problem) for problem in problems] == [Cancelled]
    sessions.choose(document, "onnxruntime")
    sessions.reshape(document, {"x": (-1, 2)})
    sessions.request(partners.partner(document), lambda _: None, problems.append)
    assert not sessions.is_loading(document) and sessions.loaded(document) is None
    assert not sessions._states and not partners._stand_ins
    assert len(told.asked(LoadRequest)) == 1


def test_what_a_model_is_compared_with_is_loaded_when_it_is_needed(
    qtbot: QtBot, told: ToldEngines, make_runs: MakeRuns, adder: Path
) -> None:
    runs = make_runs(NO_GPU)
    sessions, partners = runs.sessions, runs.batches.partners
    document = open_document(runs._workspace, adder)
    stand_in = partners.partner(document)
    partners.choose(document, "auto")
    assert partners.partner(document) is stand_in and sessions.wanted(stand_in) == "auto"
    assert not sessions.is_loading(stand_in)
    load(qtbot, runs, stand_in)
    assert len(told.asked(LoadRequest)) == 1
    runs._workspace.close(document)
    assert not sessions._states


def test_what_a_model_is_compared_with_is_the_engine_that_was_built_last(
    qtbot: QtBot, make_runs: MakeRuns, adder: Path, tmp_path: Path
) -> None:
    runs = make_runs(WITH_GPU)
    partners = runs.batches.partners
    document = open_document(runs._workspace, adder)
    partners.choose(document, "auto")
    stand_in = partners.partner(document)
    load(qtbot, runs, stand_in)
    runs._workspace.set_engine(document, write_plan(tmp_path / "a.plan"), None)
    wait_for_runtime(qtbot, runs, stand_in, "tensorrt")


def test_a_pasted_picture_counts_as_memory() -> None:
    from trtstudio.vision.picture import Picture

    pixels = np.zeros((30, 40, 3), np.uint8)
    assert Run(Picture(Path("pasted"), pixels)).size_bytes == pixels.nbytes
    assert Run(Path("a.png")).size_bytes == 0


def test_the_memory_of_the_history_follows_its_runs(
    make_runs: MakeRuns, adder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(count: int) -> Run:
        return Run(None, outputs={"y": np.zeros(count, np.uint8)})

    monkeypatch.setattr(runs_module, "HISTORY_BYTES", 100)
    runs = make_runs(NO_GPU)
    document = open_document(runs._workspace, adder)
    small, large = run(40), run(70)
    runs._add(document, small)
    runs.revise(document, small, large)
    runs._add(document, run(30))
    assert [each.size_bytes for each in runs.history(document)] == [70, 30]
    runs._add(document, run(1))
    assert [each.size_bytes for each in runs.history(document)] == [30, 1]
    assert runs._line(document).history_bytes == 31


class FedAsIs:
    """Stands for a model's way with pictures: whatever is shown to it are its inputs."""

    def feed(self, _picture: object) -> tuple[dict[str, Any], None]:
        return {"x": np.ones((1, 2), np.float32)}, None


def try_pictures(runs: Runs, document: Document, count: int) -> list[StudioError | None]:
    """Starts a series of trials; the problems of those that were told, as they come."""
    from trtstudio.vision.picture import Picture

    picture = Picture(Path("a.png"), np.zeros((4, 4, 3), np.uint8))
    told: list[StudioError | None] = []
    trials = Trials(runs._workspace, runs.sessions, runs)
    tried: Any = [(picture, FedAsIs())] * count
    trials.start(document, tried, lambda _, run: told.append(run.problem), lambda: None)
    return told


def test_a_trial_in_a_process_that_is_new_is_tried_once_more(
    qtbot: QtBot, told: ToldEngines, make_runs: MakeRuns, adder: Path
) -> None:
    runs = make_runs(NO_GPU)
    document = open_document(runs._workspace, adder)
    problems = try_pictures(runs, document, 2)
    for answer in (NotLoaded(), None, NotLoaded(), NotLoaded()):
        qtbot.waitUntil(lambda: len(told.open_runs) == 1, timeout=WAIT_MS)
        if answer is None:
            told.answer()
        else:
            told.open_runs.pop(0).future.set_exception(answer)
    qtbot.waitUntil(lambda: len(problems) == 2, timeout=WAIT_MS)
    assert [type(problem) for problem in problems] == [type(None), NotLoaded]


def test_trials_of_a_model_that_cannot_be_loaded_try_that_once(
    qtbot: QtBot, told: ToldEngines, make_runs: MakeRuns, adder: Path
) -> None:
    runs = make_runs(NO_GPU)
    document = open_document(runs._workspace, adder)
    told.refusal = StudioError("It cannot be loaded.")
    problems = try_pictures(runs, document, 3)
    qtbot.waitUntil(lambda: len(problems) == 3, timeout=WAIT_MS)
    assert {str(problem) for problem in problems} == {"It cannot be loaded."}
    assert len(told.asked(LoadRequest)) == 1


def test_a_pasted_picture_is_what_a_file_of_it_would_be(tmp_path: Path) -> None:
    path = tmp_path / "transparent.png"
    rgba = np.random.default_rng(0).integers(0, 256, (5, 7, 4)).astype(np.uint8)
    formats = QImage.Format
    for kind in (formats.Format_RGBA8888, formats.Format_RGB888, formats.Format_Grayscale8):
        image = QImage(rgba.tobytes(), 7, 5, 28, formats.Format_RGBA8888).convertToFormat(kind)
        assert image.save(str(path))
        pasted = as_picture(image, Path("pasted")).pixels
        np.testing.assert_array_equal(pasted, read_picture(path).pixels)
