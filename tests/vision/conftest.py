"""Pictures and scenes that several tests of vision/ draw from."""

import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trtstudio.vision.answer import Answer
from trtstudio.vision.network import Network, Scene
from trtstudio.vision.placement import Placement, Size, stretch
from trtstudio.vision.task_names import TaskName
from trtstudio.vision.tasks import TASKS, read_answer

Read = Callable[..., Answer]


@pytest.fixture
def noise() -> np.ndarray:
    """A small picture in which no two rows, columns or channels are alike."""
    return np.random.default_rng(7).integers(0, 256, (37, 53, 3), np.uint8)


@pytest.fixture(scope="session")
def read() -> Read:
    """Reads the outputs of a network whose input has ``size``; other words are settings."""

    def read_outputs(
        task: TaskName,
        outputs: Mapping[str, np.ndarray],
        size: Size,
        *,
        placement: Placement | None = None,
        labels: tuple[str, ...] | None = None,
        known: tuple[str, ...] | None = None,
        metadata: Mapping[str, str] | None = None,
        color: str = "RGB",
        **settings: Any,
    ) -> Answer:
        network = Network(size, (), metadata or {}, known).with_outputs(outputs)
        scene = Scene(
            network,
            tuple(outputs.values()),
            placement or stretch(size, size),
            replace(TASKS[task].settings, **settings),
            labels or known,
            color,
        )
        return read_answer(task, scene)

    return read_outputs


@pytest.fixture(scope="session")
def packaged() -> Callable[[str, str], Path]:
    """A real model out of a package, which need not be imported, where that is installed."""

    def find(package: str, name: str) -> Path:
        spec = importlib.util.find_spec(package)
        places = spec.submodule_search_locations if spec is not None else None
        path = Path(next(iter(places or ("",)))) / name
        if not path.is_file():
            pytest.skip(f"{package} is not installed")
        return path

    return find
