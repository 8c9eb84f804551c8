"""Folders that a model is calibrated on, the bad ones too."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from trtstudio.engine.conversion.samples import Samples, open_samples
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Dim, Tensor
from trtstudio.model.run import Array, SessionInfo


def info(*shape: Dim) -> SessionInfo:
    tensor = Tensor("x", "float32", shape or ("N", 3, 4, 4), "input")
    return SessionInfo(0, "m.onnx", "", "", (tensor,), (), {"x": (1, 3, 4, 4)})


class GreySquares:
    """Reads a "picture" as the number that its file holds."""

    def find(self, folder: Path) -> Sequence[Path]:
        return sorted(folder.glob("*.grey"))

    def reader(
        self, info: SessionInfo, metadata: Mapping[str, str], preprocess: str
    ) -> Callable[[Path], Mapping[str, Array]]:
        del metadata, preprocess

        def read(path: Path) -> Mapping[str, Array]:
            try:
                value = float(path.read_text())
            except ValueError as error:
                raise StudioError(f"{path} is damaged.") from error
            return {info.inputs[0].name: np.full((1, 3, 4, 4), value, np.float32)}

        return read


def opened(folder: Path, limit: int = 100, *shape: Dim) -> Samples:
    return open_samples(folder, limit, info(*shape), {}, GreySquares())


def save(folder: Path, name: str, *shape: int) -> None:
    np.save(folder / name, np.zeros(shape or (1, 3, 4, 4), np.float32))


def test_arrays_in_order(tmp_path: Path) -> None:
    for number in range(3):
        np.save(tmp_path / f"{number}.npy", np.full((1, 3, 4, 4), number, np.float32))
    assert [feed["x"][0, 0, 0, 0] for feed in opened(tmp_path)] == [0, 1, 2]


def test_arrays_by_name(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", x=np.ones((1, 3, 4, 4)))
    (feed,) = opened(tmp_path)
    assert feed["x"].dtype == np.float32


def test_a_batch_is_taken_apart_where_the_model_takes_any(tmp_path: Path) -> None:
    save(tmp_path, "a.npy", 5, 3, 4, 4)
    assert [feed["x"].shape for feed in opened(tmp_path)] == [(1, 3, 4, 4)] * 5
    assert [feed["x"].shape for feed in opened(tmp_path, 100, 5, 3, 4, 4)] == [(5, 3, 4, 4)]


@pytest.mark.parametrize("limit", [1, 3, 10])
def test_a_huge_folder_is_sampled_from_all_over_it(tmp_path: Path, limit: int) -> None:
    for number in range(100):
        (tmp_path / f"{number:03}.grey").write_text(str(number))
    values = [int(feed["x"][0, 0, 0, 0]) for feed in opened(tmp_path, limit)]
    assert values == [i * 100 // limit for i in range(limit)]


def test_the_limit_counts_items_of_batches(tmp_path: Path) -> None:
    for name in ("a.npy", "b.npy"):
        save(tmp_path, name, 5, 3, 4, 4)
    assert len(list(opened(tmp_path, 7))) == 7


def test_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "README.txt").write_text("nothing")
    with pytest.raises(StudioError, match="no pictures") as caught:
        opened(tmp_path)
    assert caught.value.hint


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="cannot be read"):
        opened(tmp_path / "missing")


def test_a_mixed_folder(tmp_path: Path) -> None:
    save(tmp_path, "a.npy")
    (tmp_path / "b.grey").write_text("1")
    with pytest.raises(StudioError, match="1 pictures and 1 files of arrays"):
        opened(tmp_path)


def test_files_that_cannot_be_used_are_counted_and_named(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.grey").write_text("1" if number in (2, 5) else "no number")
    samples = opened(tmp_path)
    assert len(list(samples)) == 2
    (warning,) = samples.warnings
    assert warning.startswith("4 of 6 files could not be used")
    assert "0.grey" in warning
    assert "and 1 more" in warning


def test_nothing_but_arrays_of_the_wrong_size(tmp_path: Path) -> None:
    save(tmp_path, "a.npy", 1, 3, 5, 4)
    (tmp_path / "b.npy").write_bytes(b"damaged")
    with pytest.raises(StudioError, match="None of the files") as caught:
        list(opened(tmp_path))
    assert "wrong size" in caught.value.details
    assert "b.npy" in caught.value.details
