"""Where the files of ``resources/`` are: inside an installed package, or beside it in a
checkout.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
ROOT = next(
    (p for p in (_PACKAGE / "resources", _PACKAGE.parent / "resources") if p.is_dir()),
    _PACKAGE / "resources",
)
SAMPLE_MODEL = ROOT / "samples" / "efficientnet_lite0.onnx"
COCO_LABELS = ROOT / "labels" / "coco.txt"


def sample_pictures() -> tuple[Path, ...]:
    """The bundled pictures, in alphabetical order."""
    return tuple(sorted((ROOT / "samples").glob("*.jpg")))
