"""Reads the texts that a detector has found: each is cut out, turned upright, and given to another
network. Safe in any thread, and meant for workers: it waits for the inferences.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

from trtstudio.model.errors import StudioError
from trtstudio.model.run import Array, RunResult
from trtstudio.vision.answer import Answer, Detection
from trtstudio.vision.picture import Picture
from trtstudio.vision.picture_model import PictureModel
from trtstudio.vision.tasks.text_detection import straightened

Infer = Callable[[dict[str, Array]], "Future[RunResult]"]
"""Begins an inference."""

_AT_ONCE = 16  # crops in flight: a page may have a thousand


@dataclass(frozen=True, slots=True)
class Reader:
    """A network that recognises text. ``infer`` may be called in any thread."""

    model: PictureModel
    infer: Infer


def check_reader(model: PictureModel | None) -> PictureModel:
    """The model itself. Raises ``StudioError`` where it does not recognise text."""
    if model is None or model.task != "text-recognition":
        raise StudioError(
            "This model does not read text.",
            hint="Choose one that recognises a line of text, as PP-OCR's rec models do; where it "
            "cannot be guessed, choose that task for it first.",
        )
    return model


def read_texts(picture: Picture, answer: Answer, reader: Reader) -> Answer:
    """The answer with what stands in each text that was found and is not read yet; of other tasks
    the answer as it is.

    Raises ``StudioError`` where an inference or the reading of its outputs fails.
    """
    if answer.task != "text-detection":
        return answer
    texts = _texts(picture, [d for d in answer.detections if d.text is None], reader)
    detections = tuple(
        found if found.text is not None else replace(found, text=next(texts))
        for found in answer.detections
    )
    return replace(answer, detections=detections)


def keep_texts(answer: Answer, before: Answer | None) -> Answer:
    """The answer with the texts that ``before`` has in the same places."""
    known = {found.polygon: found.text for found in (before.detections if before else ())}
    if answer.task != "text-detection" or not any(text is not None for text in known.values()):
        return answer
    detections = (replace(found, text=known.get(found.polygon)) for found in answer.detections)
    return replace(answer, detections=tuple(detections))


def without_texts(answer: Answer) -> Answer:
    """The answer as the detector alone gives it."""
    return replace(answer, detections=tuple(replace(d, text=None) for d in answer.detections))


def is_unread(answer: Answer | None) -> bool:
    """Whether there are texts that nobody has read."""
    if answer is None or answer.task != "text-detection":
        return False
    return any(found.text is None for found in answer.detections)


def _texts(picture: Picture, found: Sequence[Detection], reader: Reader) -> Iterator[str]:
    """What stands in each, in the same order."""
    for start in range(0, len(found), _AT_ONCE):
        begun = []
        for detection in found[start : start + _AT_ONCE]:
            crop = Picture(picture.path, straightened(picture.pixels, detection))
            inputs, placement = reader.model.feed(crop)
            begun.append((reader.infer(inputs), placement))
        for future, placement in begun:
            answer = reader.model.answer(future.result().outputs, placement)
            yield answer.text if answer is not None else ""
