"""Converted models on labelled pictures that they were not calibrated on, by ONNX Runtime.
``benchmarks/accuracy.py`` does the same with more of them.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from trtstudio.engine.conversion import convert
from trtstudio.engine.run.onnx_session import OnnxSession
from trtstudio.model.build.build import Progress
from trtstudio.model.build.conversion import Calibration, Conversion
from trtstudio.model.onnx.file import read_onnx
from trtstudio.vision import samples
from trtstudio.vision.picture import Picture, read_picture
from trtstudio.vision.picture_model import recognize

CALIBRATION = Path(__file__).parents[3].parent / "shared" / "samples"
IN_THE_PICTURE = {
    "chelsea": ("tiger cat", "Egyptian cat", "tabby"),
    "coffee": ("espresso", "cup", "coffee mug"),
    "camera": ("tripod",),
    "rocket": ("missile", "projectile"),
}

pytestmark = pytest.mark.skipif(
    not CALIBRATION.exists(), reason="the pictures to calibrate on are not here"
)


def ignore(_: Progress) -> None:
    """Nobody looks."""


def views(picture: Picture) -> Iterator[Picture]:
    """The picture, its mirror image, and both without an eighth at one side."""
    width = picture.pixels.shape[1]
    for part in (picture.pixels, picture.pixels[:, width // 8 :]):
        for pixels in (part, part[:, ::-1]):
            yield replace(picture, pixels=np.ascontiguousarray(pixels))


def right_answers(model: Path, told_by: Path, pictures: tuple[Path, ...]) -> list[bool]:
    """Whether the likeliest class of each view is in the picture."""
    found = []
    with closing(OnnxSession(str(model), 0, ignore)) as session:
        recognized = recognize(session.info, read_onnx(told_by).metadata)
        assert recognized is not None
        for path in pictures:
            for view in views(read_picture(path)):
                feed, placement = recognized.feed(view)
                answer = recognized.answer(session.run(feed).outputs, placement)
                assert answer is not None
                found.append(answer.top[0].label in IN_THE_PICTURE[path.stem])
    return found


@pytest.mark.parametrize(
    ("precision", "asked"),
    [
        ("fp16", Conversion()),
        ("int8", Conversion(base="fp16")),
        ("int8", Conversion(base="fp32", int8_from=100_000)),
    ],
)
def test_what_is_in_the_picture_is_still_seen(
    sample_model: Path,
    sample_pictures: tuple[Path, ...],
    tmp_path: Path,
    precision: str,
    asked: Conversion,
) -> None:
    """One of the sixteen views may turn over: some show two things that are nearly as likely."""
    out = tmp_path / "converted.onnx"
    if precision == "int8":
        asked = replace(asked, calibration=Calibration(str(CALIBRATION), "percentile"))
    convert(sample_model, out, precision, asked, on_progress=ignore, pictures=samples)
    before = right_answers(sample_model, sample_model, sample_pictures)
    after = right_answers(out, sample_model, sample_pictures)
    assert sum(before) >= 14
    assert sum(after) >= sum(before) - 1
