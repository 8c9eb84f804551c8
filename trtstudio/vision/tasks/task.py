"""What a task is: how well it fits a network, and how it reads outputs. Safe in any thread."""

from collections.abc import Callable
from dataclasses import dataclass

from trtstudio.vision.answer import Answer
from trtstudio.vision.network import Network, Scene
from trtstudio.vision.settings import USUAL, Parameter, Settings
from trtstudio.vision.task_names import TaskName


@dataclass(frozen=True, slots=True)
class Guess:
    """That a network does ``task``: how likely, between 0 and 1, and why in a sentence.

    ``preset`` is how such networks are usually fed, empty where that is open.
    """

    task: TaskName
    likelihood: float
    reason: str
    preset: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """``fit`` tells from shapes, names and metadata whether a network may do this, None where it
    cannot; ``read`` makes the answer, and raises ``StudioError`` where the outputs are others.

    ``parameters`` are those fields of ``Settings`` that it heeds; ``settings`` has its defaults.
    """

    name: TaskName
    title: str
    fit: Callable[[Network], Guess | None]
    read: Callable[[Scene], Answer]
    parameters: tuple[Parameter, ...]
    settings: Settings = USUAL
