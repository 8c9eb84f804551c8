"""Which failures end the process; and on a GPU, one that does."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from onnxruntime import InferenceSession

from trtstudio.engine import fault as engine_fault
from trtstudio.host.engines import Engines
from trtstudio.host.fault import fatal
from trtstudio.model.build.build import BuildRequest, ShapeRange
from trtstudio.model.errors import Cancelled, EngineDied, NotLoaded, StudioError
from trtstudio.model.run import LoadRequest, RunRequest

WORDS = "cudaErrorIllegalAddress (700): an illegal memory access was encountered"


@pytest.fixture
def lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_fault, "lost_gpu", lambda: WORDS)


def test_a_failure_that_left_the_gpu_as_it_was_is_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_fault, "lost_gpu", lambda: "")
    assert fatal(StudioError("wrong shape")) is None


@pytest.mark.usefixtures("lost")
def test_a_lost_gpu_is_the_end_whatever_failed_first() -> None:
    died = fatal(StudioError("TensorRT could not start the inference.", details="its words"))
    assert isinstance(died, EngineDied)
    assert WORDS in died.message
    assert "starts again by itself" in died.hint
    assert died.details == "TensorRT could not start the inference.\nits words"


@pytest.mark.usefixtures("lost")
def test_stopping_is_no_failure() -> None:
    assert fatal(Cancelled("Stopped.")) is None


@pytest.mark.usefixtures("lost")
def test_without_cuda_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "trtstudio.engine.cuda")
    assert fatal(StudioError("no such file")) is None


def test_what_ended_already_ends() -> None:
    died = EngineDied("over")
    assert fatal(died) is died


@pytest.mark.gpu
def test_a_kernel_that_writes_nowhere_costs_the_process_and_nothing_else(
    sample_model: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "model.plan"
    sizes = ShapeRange((1, 3, 224, 224), (1, 3, 224, 224), (2, 3, 224, 224))
    images = np.random.default_rng(0).random((1, 3, 224, 224), np.float32)
    engines = Engines(arguments=(str(Path(__file__).with_name("faulty_server.py")),))

    def ask(request: object) -> Any:
        return engines.submit(request).future.result(300)

    try:
        ask(BuildRequest(str(sample_model), str(plan), ({"images": sizes},)))
        first = ask(LoadRequest(str(plan)))
        ask(RunRequest(first.session, {"images": images}))
        with pytest.raises(EngineDied) as died:
            ask(RunRequest(first.session, {"images": images, "fault": np.ones(1)}))
        assert "The GPU stopped working" in died.value.message
        assert "cudaError" in died.value.message
        with pytest.raises(NotLoaded):
            ask(RunRequest(first.session, {"images": images}))
        # One load in ten gives wrong answers on a GPU that TensorRT-RTX does not support.
        loads = (ask(LoadRequest(str(plan))) for _ in range(4))
        answers = (ask(RunRequest(info.session, {"images": images})).outputs for info in loads)
        (expected,) = InferenceSession(sample_model).run(None, {"images": images})
        assert any(np.allclose(next(iter(found.values())), expected, atol=0.1) for found in answers)
    finally:
        engines.close()
