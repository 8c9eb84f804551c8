"""One run of a model, and what the io thread does for it: the inputs before and the answer after.
Plain data and functions; OpenCV is loaded by the first picture.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QImage

from trtstudio.gui.run import feeds
from trtstudio.gui.run.feeds import Feed
from trtstudio.gui.sessions.loaded import Loaded
from trtstudio.model.arrays import ARRAY_SUFFIXES
from trtstudio.model.core_words import core_error
from trtstudio.model.errors import StudioError
from trtstudio.model.given_inputs import GivenInputs
from trtstudio.model.run import Array, RunResult, Timing
from trtstudio.vision.answer import Answer

if TYPE_CHECKING:  # they bring OpenCV, which the main thread does not wait for
    from trtstudio.vision.picture import Picture
    from trtstudio.vision.picture_model import PictureModel

    Source = Path | Picture | None
    """A file, a pasted picture, or None where the inputs are given one by one."""

_NO_TIMING = Timing(latency_ms=0.0)


@dataclass(frozen=True, slots=True)
class Run:
    """One inference and its answer, or the ``problem`` that came instead. Without a ``source`` the
    inputs are as ``given``, and random where they are not. ``total_ms`` is from the beginning of
    decoding to the answer, without loading the model and waiting for earlier runs. ``pictures`` is
    how the picture was fed and its outputs were read; ``unread`` is why the outputs could not be
    read so.
    """

    source: "Source"
    runtime: str = ""
    feed: Feed | None = None
    pictures: "PictureModel | None" = None
    answer: Answer | None = None
    outputs: dict[str, Array] = field(default_factory=dict)
    timing: Timing = _NO_TIMING
    total_ms: float = 0.0
    problem: StudioError | None = None
    unread: StudioError | None = None
    given: GivenInputs = field(default_factory=GivenInputs)

    @property
    def name(self) -> str:
        """What it ran on; empty for random inputs and constants."""
        if self.source is None:
            return ", ".join(self.given.sources)
        path = self.source if isinstance(self.source, Path) else self.source.path
        return path.name if path else ""

    @property
    def has_picture(self) -> bool:
        """Whether it ran on one that can be shown."""
        return self.feed is not None and self.feed.preview is not None

    @property
    def size_bytes(self) -> int:
        """The memory that remembering it takes."""
        arrays = list(self.outputs.values())
        if self.source is not None and not isinstance(self.source, Path):
            arrays.append(self.source.pixels)
        if self.feed is not None:
            arrays += self.feed.inputs.values()
            shown = (self.feed.preview, self.feed.thumbnail)
            arrays += [pixels for pixels in shown if pixels is not None]
        return sum(array.nbytes for array in arrays)


def as_picture(image: QImage, name: Path) -> "Picture":
    """A pasted picture as pixels, as if it had been read from a file."""
    from trtstudio.vision.picture import Picture, on_white

    formats, has_alpha = QImage.Format, image.hasAlphaChannel()
    plain = image.convertToFormat(formats.Format_RGBA8888 if has_alpha else formats.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), -1)
    shape = plain.height(), plain.width(), 4 if has_alpha else 3
    pixels = rows[:, : shape[1] * shape[2]].reshape(shape)
    # A copy either way: the image goes away.
    return Picture(name, on_white(pixels) if has_alpha else pixels.copy())


def make_feed(run: Run, loaded: Loaded) -> Feed:
    """What feeds the model in this run. Raises StudioError where nothing can."""
    source = run.source
    if source is None:
        return feeds.given_feed(run.given, loaded.info)
    if isinstance(source, Path) and source.suffix.lower() in ARRAY_SUFFIXES:
        return feeds.array_feed(source, loaded.info.inputs)
    return feeds.picture_feed(source, loaded.pictures)


def finish_run(run: Run, result: RunResult) -> Run:
    """The run with what came of it."""
    assert run.feed is not None
    return replace(
        read_again(replace(run, outputs=result.outputs), run.pictures),
        timing=result.timing,
        total_ms=1000 * (perf_counter() - run.feed.started_at),
    )


def read_again(run: Run, pictures: "PictureModel | None") -> Run:
    """The run with its kept outputs read by the task, settings and labels of ``pictures``."""
    from trtstudio.vision.reading import keep_texts

    fed = run.pictures
    if fed is None or pictures is None or run.feed is None or run.feed.placement is None:
        return run
    model = replace(pictures, preprocess=fed.preprocess, batch=fed.batch, network=fed.network)
    try:
        answer = model.answer(run.outputs, run.feed.placement)
        answer = keep_texts(answer, run.answer) if answer is not None else None
    except StudioError as error:
        return replace(run, pictures=model, answer=None, unread=core_error(error))
    return replace(run, pictures=model, answer=answer, unread=None)
