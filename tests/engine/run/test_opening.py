"""Which runtime runs which file."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from trtstudio.engine.run.opening import open_session
from trtstudio.model.errors import StudioError
from trtstudio.model.run import LoadRequest


def ignore(_said: object) -> None:
    """Nobody listens."""


def test_auto_takes_onnx_runtime_for_a_model(light_models: tuple[Path, ...]) -> None:
    path = next(p for p in light_models if "squeezenet" in p.name)
    session = open_session(LoadRequest(str(path)), 1, ignore)
    assert session.info.runtime.startswith("ONNX Runtime")
    session.close()


def test_tensorrt_does_not_run_a_model(light_models: tuple[Path, ...]) -> None:
    with pytest.raises(StudioError, match="this is a model") as caught:
        open_session(LoadRequest(str(light_models[0]), "tensorrt"), 1, ignore)
    assert "Build an engine" in caught.value.hint


def test_onnx_runtime_does_not_run_a_plan(tmp_path: Path) -> None:
    plan = tmp_path / "m.onnx"  # the content decides, whatever the name
    plan.write_bytes(b"ftrt" + bytes(200))
    with pytest.raises(StudioError, match="cannot run a TensorRT plan"):
        open_session(LoadRequest(str(plan), "onnxruntime"), 1, ignore)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n\x1a\n" + bytes(50), bytes(100)])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "what"
    path.write_bytes(content)
    with pytest.raises(StudioError) as caught:
        open_session(LoadRequest(str(path)), 1, ignore)
    assert caught.value.hint


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="does not exist"):
        open_session(LoadRequest(str(tmp_path / "none.onnx")), 1, ignore)


@pytest.mark.parametrize("external", [False, True])
def test_a_model_takes_other_sizes_than_it_declares(
    make_model: Callable[..., Path], external: bool
) -> None:
    fixed = make_model(height=32, width=32, external=external)
    free = make_model(name="free.onnx", external=external)
    inputs = {"x": np.random.default_rng(0).random((1, 3, 48, 40), np.float32)}
    request = LoadRequest(str(fixed), input_shapes={"x": (1, 3, 48, 40)})
    changed, expected = (open_session(r, 1, ignore) for r in (request, LoadRequest(str(free))))
    assert changed.info.shapes == {"x": (1, 3, 48, 40)}
    theirs = expected.run(inputs).outputs
    for name, array in changed.run(inputs).outputs.items():
        np.testing.assert_array_equal(array, theirs[name])
    own = open_session(LoadRequest(str(fixed)), 1, ignore)
    with pytest.raises(StudioError, match="wrong size"):
        own.run(inputs)


def test_a_plan_has_the_shapes_that_it_was_built_with(tmp_path: Path) -> None:
    plan = tmp_path / "m.plan"
    plan.write_bytes(b"ftrt" + bytes(200))
    with pytest.raises(StudioError, match="shapes that it was built with"):
        open_session(LoadRequest(str(plan), input_shapes={"x": (1,)}), 1, ignore)
