"""Converted models on a real GPU against ONNX Runtime in FP32."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from trtstudio.engine.build.build import build
from trtstudio.engine.run.opening import open_session
from trtstudio.model.build.build import BuildRequest, Progress, ShapeRange
from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.run import Array, LoadRequest
from trtstudio.vision import samples

pytestmark = pytest.mark.gpu

PROFILE = {"images": ShapeRange((1, 3, 224, 224), (1, 3, 224, 224), (1, 3, 224, 224))}


def ignore(_: Progress) -> None:
    """Nobody looks."""


def logits(path: Path, feeds: list[dict[str, Array]]) -> Array:
    with closing(open_session(LoadRequest(str(path)), 0, ignore)) as session:
        return np.concatenate([session.run(feed).outputs["logits"].copy() for feed in feeds])


@pytest.fixture
def feeds(sample_model: Path, sample_pictures: tuple[Path, ...]) -> list[dict[str, Array]]:
    with closing(open_session(LoadRequest(str(sample_model)), 0, ignore)) as session:
        read = samples.reader(session.info, read_onnx(sample_model).metadata, "")
    return [dict(read(path)) for path in sample_pictures]


@pytest.mark.parametrize(
    ("precision", "least", "most"),
    [
        ("keep", 0, 1e-2),
        ("fp16", 1e-4, 2e-2),
        ("bf16", 1e-3, 0.15),
    ],
)
def test_answers_against_onnx_runtime(
    sample_model: Path,
    feeds: list[dict[str, Array]],
    tmp_path: Path,
    precision: str,
    least: float,
    most: float,
) -> None:
    plan = tmp_path / "out.plan"
    request = BuildRequest(str(sample_model), str(plan), (PROFILE,), precision=precision)
    done = build(request, on_progress=ignore, on_log=lambda _: None, cancelled=lambda: False)
    assert done.warnings == ()
    expected, found = logits(sample_model, feeds), logits(plan, feeds)
    distance = np.linalg.norm(expected - found) / np.linalg.norm(expected)
    assert least <= distance < most
    assert (expected.argmax(1) == found.argmax(1)).all()
