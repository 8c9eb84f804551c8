from collections.abc import Callable

import numpy as np
import pytest

from trtstudio.model.graph import Dim, Tensor
from trtstudio.vision.answer import Answer
from trtstudio.vision.heads import find_head
from trtstudio.vision.network import Network
from trtstudio.vision.tasks import guess_tasks

SIZE = (100, 200)
SAID = {"task": "detect", "head": "RTDETRDecoder"}
Read = Callable[..., Answer]


def _head(shape: tuple[Dim, ...], names: int | None = 80, **metadata: str) -> str | None:
    labels = None if names is None else tuple(f"class {i}" for i in range(names))
    network = Network((320, 320), (Tensor("output0", "float32", shape),), metadata, labels)
    found = find_head(network)
    return None if found is None else found[0].name


@pytest.mark.parametrize("shape", [(1, 300, 6), ("batch", "Concatoutput0_dim_1", 6), (1, 300, 84)])
def test_what_the_metadata_say(shape: tuple[Dim, ...]) -> None:
    assert _head(shape, **SAID) == "rt-detr"


def test_earlier_exports_say_nothing_of_their_head() -> None:
    assert _head((1, 300, 84), task="detect") == "rt-detr"
    assert _head((1, 300, 84), names=None) == "rt-detr"
    assert _head((1, 300, 9), names=5) == "rt-detr"
    assert _head((1, 300, 9), names=6) is None
    assert _head((1, 300, 50), names=None) is None
    assert _head((1, 300, 6), names=2) == "ultralytics"  # as likely box, score and class
    assert _head((1, 2100, 84)) == "ultralytics"  # the cells of a YOLO, turned


def test_it_is_fed_with_stretched_pictures() -> None:
    network = Network((320, 320), (Tensor("output0", "float32", (1, 300, 6)),), SAID)
    assert guess_tasks(network)[0].preset == "zero-to-one"


def _rows(columns: int) -> np.ndarray:
    rows = np.zeros((1, 300, columns), np.float32)
    rows[0, :, :4] = (0.5, 0.5, 0.1, 0.1)
    return rows


def test_chosen_scores(read: Read) -> None:
    rows = _rows(6)
    rows[0, 7] = (0.2, 0.3, 0.2, 0.4, 0.9, 1)
    (found,) = read("detection", {"o": rows}, SIZE, metadata=SAID, known=("cat", "dog")).detections
    assert (found.label, found.score) == ("dog", pytest.approx(0.9))
    np.testing.assert_allclose(found.box, (20, 10, 60, 50), atol=1e-3)


def test_a_score_for_each_class(read: Read) -> None:
    rows = _rows(4 + 80)
    rows[0, 7, :4] = (0.2, 0.3, 0.2, 0.4)
    rows[0, 8, :4] = (0.2, 0.3, 0.2, 0.4)  # two queries at one place are two objects
    rows[0, 7, 4 + 16], rows[0, 8, 4 + 16] = 0.9, 0.8
    first, second = read("detection", {"o": rows}, SIZE).detections
    assert (first.index, second.index) == (16, 16)
    np.testing.assert_allclose(first.box, (20, 10, 60, 50), atol=1e-3)
