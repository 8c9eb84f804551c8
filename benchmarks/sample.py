"""The bundled classifier as the benchmarks run it, and how long they warm up."""

from pathlib import Path

from trtstudio import assets
from trtstudio.model.build.build import BuildRequest, ShapeRange

WARM_UP_S = 2.0


def build_sample(folder: Path, best: int = 1, most: int = 8) -> Path:
    """A plan for 1 to ``most`` pictures at once, and best for ``best``. Takes a GPU."""
    from trtstudio.engine.build.build import build

    plan = folder / "sample.plan"
    shapes = ShapeRange(*((pictures, 3, 224, 224) for pictures in (1, best, most)))
    request = BuildRequest(str(assets.SAMPLE_MODEL), str(plan), ({"images": shapes},))
    build(request, on_progress=lambda _: None, on_log=lambda _: None, cancelled=lambda: False)
    return plan


def sample_model(folder: Path, best: int = 1, most: int = 8) -> Path:
    """Such a plan where a GPU is there, else the ONNX model."""
    from trtstudio.engine.runtime import has_gpu

    return build_sample(folder, best, most) if has_gpu() else assets.SAMPLE_MODEL
