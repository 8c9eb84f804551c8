"""The pipeline: order, batches, problems, overlap and stopping; the networks are functions."""

import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from trtstudio.model.errors import EngineDied, StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.run import RunResult, Timing
from trtstudio.vision.batch import ahead
from trtstudio.vision.batch.frames import Frame
from trtstudio.vision.batch.pipeline import Lane, Seen, run_pictures, usual_batch
from trtstudio.vision.batch.preparer import usual_workers
from trtstudio.vision.batch.sources import Source
from trtstudio.vision.network import Network
from trtstudio.vision.picture import Picture
from trtstudio.vision.picture_model import PictureModel
from trtstudio.vision.preprocess import Preprocess

SIZE = (4, 6)


def model(batch: int = 1, *, is_free: bool = True) -> PictureModel:
    output = Tensor("y", "float32", (batch, 1))
    return PictureModel(
        "x", batch, Preprocess(SIZE), Network(SIZE, (output,), {}, None), has_free_batch=is_free
    )


def frame(number: int, size: tuple[int, int] = SIZE) -> Frame:
    pixels = np.full((*size, 3), number % 251, np.uint8)
    source = Source(Path(f"{number}.png"))
    return Frame(source, lambda: Picture(source.path, pixels))


def bad_frame(number: int) -> Frame:
    def read() -> Picture:
        raise StudioError(f"{number} is bad.")

    return Frame(Source(Path(f"{number}.png")), read)


class Mean:
    """A network that answers the mean of each picture, and remembers its batches."""

    def __init__(self, delay_s: float = 0.0) -> None:
        self.batches: list[int] = []
        self.delay_s = delay_s

    def __call__(self, inputs: dict[str, np.ndarray]) -> "Future[RunResult]":
        (array,) = inputs.values()
        self.batches.append(len(array))
        future: Future[RunResult] = Future()
        time.sleep(self.delay_s)
        means = array.mean(axis=(1, 2, 3), dtype=np.float64)[:, None]
        future.set_result(RunResult({"y": means}, Timing(8.0)))
        return future


def value(seen: Seen) -> float:
    return float(seen.outputs[0]["y"][0, 0])


@pytest.mark.parametrize("batch", [1, 3, 4, 100])
def test_every_picture_has_its_own_output_in_order(batch: int) -> None:
    mean = Mean()
    frames = [frame(number) for number in range(50)]
    outcomes = list(run_pictures(frames, [Lane(model(), mean, batch)], value))
    assert [outcome.source for outcome in outcomes] == [f.source for f in frames]
    assert [outcome.kept for outcome in outcomes] == list(range(50))
    assert set(mean.batches) == {min(batch, 50)}
    assert len(mean.batches) == -(-50 // batch)
    assert all(o.times.inference_ms * min(batch, 50) >= 7.9 for o in outcomes)


def test_a_single_picture_is_not_filled_up() -> None:
    mean = Mean()
    outcomes = list(run_pictures([frame(3)], [Lane(model(), mean, 8)], value))
    assert [outcome.kept for outcome in outcomes] == [3]
    assert mean.batches == [1]


def test_a_fixed_batch_is_filled_up() -> None:
    mean = Mean()
    fixed = model(4, is_free=False)
    outcomes = list(run_pictures(map(frame, range(6)), [Lane(fixed, mean, 4)], value))
    assert mean.batches == [4, 4]
    assert [outcome.kept for outcome in outcomes] == list(range(6))


def test_pictures_of_different_tensor_sizes_are_not_put_together() -> None:
    mean = Mean()
    way = Preprocess(SIZE, "longest_side")
    free = PictureModel("x", 1, way, Network(SIZE, (), {}, None), has_free_batch=True)
    sizes = [(4, 6), (4, 6), (6, 4), (4, 6)]
    frames = [frame(number, size) for number, size in enumerate(sizes)]
    outcomes = list(run_pictures(frames, [Lane(free, mean, 8)], value))
    assert mean.batches == [2, 1, 2], "the last one is filled up, as kernels for two are there"
    assert [outcome.size for outcome in outcomes] == sizes


def test_a_problem_is_an_outcome_and_the_rest_goes_on() -> None:
    def read_wrongly() -> Picture:
        raise RuntimeError("a fault")

    frames = [
        frame(0),
        bad_frame(1),
        frame(2),
        Frame(Source(Path("3.png")), read_wrongly),
        frame(4),
    ]
    outcomes = list(run_pictures(frames, [Lane(model(), Mean(), 2)], value))
    assert [outcome.kept for outcome in outcomes] == [0, None, 2, None, 4]
    problems = [outcome.problem.message if outcome.problem else "" for outcome in outcomes]
    assert problems[1] == "1 is bad." and "a fault" in problems[3]


@pytest.mark.parametrize("bad", [set(range(1, 60, 2)), {0, 1, 2, 7}, set(range(60)), {59}])
def test_problems_do_not_break_batches_up(bad: set[int]) -> None:
    mean = Mean()
    frames = [bad_frame(number) if number in bad else frame(number) for number in range(60)]
    outcomes = list(run_pictures(frames, [Lane(model(), mean, 4)], value))
    assert [o.source for o in outcomes] == [each.source for each in frames]
    assert [o.kept for o in outcomes] == [None if n in bad else n for n in range(60)]
    assert all((o.problem is not None) == (n in bad) for n, o in enumerate(outcomes))
    assert len(mean.batches) == -(-(60 - len(bad)) // 4)


def test_many_problems_do_not_keep_a_picture_waiting() -> None:
    taken: list[int] = []

    def mostly_bad() -> Iterator[Frame]:
        for number in range(10_000):
            taken.append(number)
            yield bad_frame(number) if number else frame(number)

    outcomes = run_pictures(mostly_bad(), [Lane(model(), Mean(), 4)], value, workers=2)
    assert next(outcomes).kept == 0
    assert len(taken) < 1000
    outcomes.close()


def failing(error: Exception, inputs: dict[str, np.ndarray]) -> "Future[RunResult]":  # noqa: ARG001
    future: Future[RunResult] = Future()
    future.set_exception(error)
    return future


def test_an_inference_that_fails_is_its_pictures_problem_but_a_dead_engine_ends_all() -> None:
    refused = Lane(model(), partial(failing, StudioError("The shape does not fit.")))
    outcomes = list(run_pictures(map(frame, range(3)), [refused], value))
    assert {str(outcome.problem) for outcome in outcomes} == {"The shape does not fit."}
    dead = Lane(model(), partial(failing, EngineDied("It crashed.")))
    with pytest.raises(EngineDied):
        list(run_pictures(map(frame, range(3)), [dead], value))


def test_what_keeping_raises_ends_all() -> None:
    def full(_: Seen) -> None:
        raise StudioError("the disk is full")

    with pytest.raises(StudioError, match="full"):
        list(run_pictures(map(frame, range(3)), [Lane(model(), Mean())], full))


def test_two_networks_see_the_same_and_share_the_preprocessing() -> None:
    arrays: list[np.ndarray] = []

    def remember(inputs: dict[str, np.ndarray]) -> "Future[RunResult]":
        arrays.append(inputs["x"])
        return Mean()(inputs)

    lanes = [Lane(model(), remember), Lane(model(), remember)]
    outcomes = list(run_pictures([frame(7)], lanes, lambda seen: len(seen.outputs)))
    assert outcomes[0].kept == 2
    assert arrays[0] is arrays[1]


def endless(taken: list[int]) -> Iterator[Frame]:
    number = 0
    while True:
        taken.append(number)
        yield frame(number)
        number += 1


def test_nothing_is_queued_without_bound_and_closing_stops() -> None:
    taken: list[int] = []
    outcomes = run_pictures(endless(taken), [Lane(model(), Mean(), 2)], value, workers=2)
    for _ in range(5):
        next(outcomes)
    together = 8
    assert len(taken) <= 5 + 2 * together * (2 * 2 + 2) + 3 * 2 + 2
    outcomes.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("pictures")]


def test_live_pictures_are_finished_before_the_next_is_taken() -> None:
    taken: list[int] = []
    outcomes = run_pictures(endless(taken), [Lane(model(), Mean(), 8)], value, is_live=True)
    for number in range(4):
        assert next(outcomes).kept == number
        assert len(taken) == number + 1
    outcomes.close()


def test_pictures_are_read_while_a_network_infers() -> None:
    inferring, was_read = threading.Event(), threading.Event()

    def slow_frame(number: int) -> Frame:
        def read() -> Picture:
            if number and inferring.wait(30):
                was_read.set()
            return frame(number).read()

        return Frame(Source(Path(f"{number}.png")), read)

    overlapped: list[bool] = []

    def infer(inputs: dict[str, np.ndarray]) -> "Future[RunResult]":
        inferring.set()
        overlapped.append(was_read.wait(30))
        return Mean()(inputs)

    lanes = [Lane(model(), infer)]
    outcomes = list(run_pictures(map(slow_frame, range(4)), lanes, value, workers=2))
    assert [outcome.kept for outcome in outcomes] == [0, 1, 2, 3]
    assert overlapped and all(overlapped)


def test_the_next_inference_is_begun_before_the_last_is_over() -> None:
    begun: list[Future[RunResult]] = []

    def infer(inputs: dict[str, np.ndarray]) -> "Future[RunResult]":
        """Ends only when another one has begun, or there is none left."""
        future: Future[RunResult] = Future()
        begun.append(future)
        if len(begun) > 1:
            begun[-2].set_result(Mean()(inputs).result())
        if len(begun) == 4:
            future.set_result(Mean()(inputs).result())
        return future

    assert len(list(run_pictures(map(frame, range(4)), [Lane(model(), infer)], value))) == 4


@pytest.mark.parametrize(
    ("made", "best", "expected"),
    [(model(), 1, 1), (model(), 8, 8), (model(4), 1, 4), (model(2, is_free=False), 8, 2)],
)
def test_how_many_at_once(made: PictureModel, best: int, expected: int) -> None:
    assert usual_batch(made, best) == expected


@pytest.mark.parametrize(("cores", "expected"), [(1, 1), (2, 2), (3, 2), (16, 15), (64, 16)])
def test_threads_are_for_the_cores_that_we_may_use(
    cores: int, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1000)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)), raising=False)
    assert usual_workers() == expected
    monkeypatch.delattr(os, "sched_getaffinity")
    assert usual_workers() == 16


def test_few_large_pictures_wait_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "ROOM_BYTES", 3 * frame(0).read().pixels.nbytes)
    taken: list[int] = []
    outcomes = run_pictures(endless(taken), [Lane(model(), Mean())], value, workers=8)
    furthest = 0
    for number in range(20):
        assert next(outcomes).kept == number
        furthest = max(furthest, len(taken) - number)
    outcomes.close()
    assert furthest <= 2 * 3 + 3, "before the network, with it, and behind it"


def test_a_folder_of_texts_does_not_take_one_after_another() -> None:
    waiting, have_met = threading.Barrier(4, timeout=30), threading.Event()

    def text(number: int) -> Frame:
        def read() -> Picture:
            # The first ones are told about before there is room for more.
            if number >= 8 and not have_met.is_set():
                waiting.wait()
                have_met.set()
            raise StudioError("It is no picture.")

        return Frame(Source(Path(f"{number}.txt")), read)

    outcomes = list(run_pictures(map(text, range(80)), [Lane(model(), Mean())], value, workers=4))
    problems = [str(outcome.problem) for outcome in outcomes]
    assert problems == ["It is no picture."] * 80, "not one that the others did not come"


def test_slow_answers_are_kept_side_by_side() -> None:
    both = threading.Barrier(2, timeout=30)

    def keep(_seen: Seen) -> None:
        time.sleep(0.02)  # which is slow
        both.wait()

    outcomes = run_pictures(map(frame, range(24)), [Lane(model(), Mean(), 8)], keep, workers=3)
    assert all(outcome.problem is None for outcome in outcomes)
