"""A loaded model, and how it takes pictures. Plain data for any thread."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trtstudio.gui.sessions.run_choice import Choice
from trtstudio.model.build.build import Shape
from trtstudio.model.formats import ModelFile
from trtstudio.model.run import SessionInfo

if TYPE_CHECKING:  # they bring OpenCV, which the main thread does not wait for
    from trtstudio.vision.choices import Choices
    from trtstudio.vision.picture_model import PictureModel

Recognized = tuple["PictureModel | None", "PictureModel | None"]
"""How pictures are taken without and with a user's choices."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A session, why it runs where it runs, and how it takes pictures: None where it does not.
    ``recognized`` is how it does so without its user's choices.
    """

    info: SessionInfo
    choice: Choice
    pictures: "PictureModel | None"
    recognized: "PictureModel | None" = None

    @property
    def has_one_size(self) -> bool:
        """Whether ONNX Runtime runs it, and takes pictures of one size only."""
        limits = self.recognized.limits if self.recognized is not None else None
        is_onnx = self.choice.runtime == "onnxruntime"
        return is_onnx and limits is not None and limits.least == limits.most

    @property
    def any_size(self) -> dict[str, Shape]:
        """The shape of its pictures with any height, width and batch, by the input's name."""
        assert self.recognized is not None
        channels = self.recognized.preprocess.channels
        is_nchw = self.recognized.preprocess.layout == "NCHW"
        shape = (-1, channels, -1, -1) if is_nchw else (-1, -1, -1, channels)
        return {self.recognized.input: shape}

    @property
    def explanation(self) -> str:
        """``ONNX Runtime 1.31.1 on the CPU, because this machine has no NVIDIA GPU.``"""
        return self.choice.explain(self.info)


def recognize(info: SessionInfo, file: ModelFile, choices: "Choices | None") -> Recognized:
    """How a model takes pictures by itself, and by its user's choices, made now or remembered. In
    the io thread, because it brings OpenCV.
    """
    from trtstudio.vision import picture_model
    from trtstudio.vision.choices import remembered, with_choices

    recognized = picture_model.recognize(info, file.metadata)
    if recognized is None:
        return None, None
    return recognized, with_choices(recognized, choices or remembered(file.path))
