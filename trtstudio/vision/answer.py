"""What a network says about one picture, everything in the picture's own pixels. Plain data that is
never changed: safe in any thread, and without OpenCV.
"""

from dataclasses import dataclass

from trtstudio.model.quantities import format_percent
from trtstudio.model.run import Array
from trtstudio.vision.task_names import TaskName

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in the picture's own pixels; edges lie between pixels."""

Point = tuple[float, float]

OBJECT_TASKS = (
    "detection",
    "instance-segmentation",
    "keypoints",
    "oriented-boxes",
    "text-detection",
)


@dataclass(frozen=True, slots=True)
class Label:
    """A class, and how likely it is or how much of the picture it covers, between 0 and 1."""

    label: str
    score: float
    index: int


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """An array of rows and columns that is stretched over ``box`` of the picture, which may reach
    beyond the picture's edges.

    As an object's mask: uint8 from 0 to 255, inside from 128 on. As regions: uint8 or uint16 class
    numbers. As a heat map: float32. As a picture: uint8 RGB in a third axis.
    """

    values: Array
    box: Box


@dataclass(frozen=True, slots=True)
class Keypoint:
    """A place on an object, and how sure it is, between 0 and 1; 0: it is not to be seen."""

    x: float
    y: float
    score: float


@dataclass(frozen=True, slots=True)
class Detection:
    """An object found: its ``box``, and as the task is, its outline, mask, key points or text.

    ``polygon`` holds the corners of an oriented box or of a text, clockwise from the upper left,
    ``text`` what another network read in it: None where none did.
    """

    label: str
    score: float
    box: Box
    index: int
    polygon: tuple[Point, ...] = ()
    mask: Raster | None = None
    keypoints: tuple[Keypoint, ...] = ()
    text: str | None = None

    @property
    def caption(self) -> str:
        """What it is called: the text that was read, or else its class."""
        return self.text or self.label

    @property
    def mark(self) -> str:
        """What is written on it in a picture, where a text that was read needs all the room."""
        return self.text or f"{self.label} {format_percent(self.score)}"


@dataclass(frozen=True, slots=True, eq=False)
class Regions:
    """A class for every cell of a picture; ``unpainted`` is what is left as it is, None: nothing.

    The classes that appear, and their shares of the picture, are in ``Answer.top``.
    """

    raster: Raster
    unpainted: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a network says about one picture; what a task does not give is empty or None.

    ``top``: the likeliest classes, or the largest regions. ``skeleton``: the positions of the key
    points that belong together. ``heat``: a value for each cell, as it left the network.
    ``picture``: RGB that the network painted. ``embedding``: float32, of length 1. Where it
    ``has_own_words``, its classes are called by this program, not by the model or its user.
    """

    task: TaskName
    top: tuple[Label, ...] = ()
    detections: tuple[Detection, ...] = ()
    skeleton: tuple[tuple[int, int], ...] = ()
    regions: Regions | None = None
    heat: Raster | None = None
    picture: Raster | None = None
    text: str = ""
    embedding: Array | None = None
    has_own_words: bool = False

    @property
    def gives_objects(self) -> bool:
        """Whether its task finds objects, even if there are none in this picture."""
        return self.task in OBJECT_TASKS
