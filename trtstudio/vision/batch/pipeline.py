"""Many pictures, one after another, through decoding, preprocessing, inference and reading the
answer, which overlap: threads of its own do what takes long, whoever takes the outcomes lets the
networks begin. Nothing is queued without bound, neither in number nor in bytes.
"""

import itertools
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from time import perf_counter
from typing import Generic, TypeVar

import cv2
import numpy as np

from trtstudio.model.errors import Cancelled, EngineDied, NotLoaded, StudioError, without_frames
from trtstudio.model.run import Array, RunResult
from trtstudio.vision.answer import Answer
from trtstudio.vision.batch.ahead import Pace, Room, Seats, ahead, taken_ahead
from trtstudio.vision.batch.frames import Frame
from trtstudio.vision.batch.preparer import Item, Preparer, usual_workers
from trtstudio.vision.batch.preparing import Elsewhere, Preparation, Prepared
from trtstudio.vision.batch.sources import Source
from trtstudio.vision.picture import Picture
from trtstudio.vision.picture_model import PictureModel, of_item
from trtstudio.vision.placement import Size
from trtstudio.vision.reading import Infer, Reader, read_texts
from trtstudio.vision.times import Times

Kept = TypeVar("Kept")

_FEW = 2  # threads for short answers, which are mostly Python: more would stand in each other's way
_SHORT_S = 0.004
_INSTANT_S = 0.002  # for less no thread is asked
_TASK_S = 0.032  # to ask another process for something takes 2 ms, where all are busy
_IN_FLIGHT = 2  # so that a network need not wait for its next pictures
_MOST_IN_A_GROUP = 4  # times a batch, where many have problems
_TOGETHER = 8  # pictures, where each takes no time to speak of
_FATAL = (Cancelled, EngineDied, NotLoaded)  # nothing more can be inferred


@dataclass(frozen=True, slots=True)
class Lane:
    """One network that looks at every picture, at ``batch`` of them at once where they fit and it
    takes so many. ``infer`` is called in the thread that takes the outcomes; ``reader`` reads texts
    that it finds.
    """

    model: PictureModel
    infer: Infer
    batch: int = 1
    reader: Reader | None = None

    @property
    def together(self) -> int:
        """So many pictures at once."""
        return self.batch if self.model.has_free_batch else min(self.batch, self.model.batch)


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A picture of ``size`` (height, width), as far as it was held, and what each lane's network
    said: its answer, None without a task, and its outputs.
    """

    source: Source
    size: Size
    picture: Picture
    answers: tuple[Answer | None, ...]
    outputs: tuple[Mapping[str, Array], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Outcome(Generic[Kept]):
    """What became of a picture of ``size`` (height, width): what of it was ``kept``, or the
    ``problem`` that came instead.
    """

    source: Source
    size: Size = (0, 0)
    times: Times = Times()  # noqa: RUF009 - it is frozen
    kept: Kept | None = None
    problem: StudioError | None = None


def usual_batch(model: PictureModel, best: int) -> int:
    """How many pictures to infer at once; ``best`` is what the session runs best with."""
    return max(1, model.batch, best if model.has_free_batch else 1)


def preparation_of(lanes: Sequence[Lane], held_side: int | None = None) -> Preparation:
    """How pictures are prepared for these. Until their answer is read at most ``held_side`` pixels
    of their height and width are held, or all: less takes less memory, and the next picture is
    decoded into memory that the processor still has at hand. A reader of texts needs all of it.
    """
    ways = tuple((lane.model.preprocess, lane.model.limits) for lane in lanes)
    is_read = any(lane.reader is not None for lane in lanes)
    return Preparation(ways, None if is_read else held_side)


def run_pictures(
    frames: Iterable[Frame],
    lanes: Sequence[Lane],
    keep: Callable[[Seen], Kept],
    *,
    preparation: Preparation | None = None,
    elsewhere: Elsewhere | None = None,
    workers: int = 0,
    is_live: bool = False,
) -> Generator[Outcome[Kept], None, None]:
    """The outcome of every frame, in order; closing this iterator stops all of it. ``keep`` takes
    of a picture what is of use later, in any thread; what it raises ends it all. ``preparation`` is
    one of these lanes, else whole pictures are held. Where files can be prepared ``elsewhere``,
    they are, once that has begun.

    What is wrong with a picture is its outcome, and the rest goes on; it ends with ``Cancelled``,
    ``EngineDied`` or ``NotLoaded`` where an inference does. Where ``is_live``, a picture's outcome
    is there before the next one is taken.
    """
    count = workers or usual_workers()
    batch = 1 if is_live else min(lane.together for lane in lanes)
    room = Room(1 if is_live else 2 * count + batch, count)
    prepare = Preparer(preparation or preparation_of(lanes), elsewhere, room, count)
    preparing = Pace(lambda: 1 if is_live else min(_TOGETHER, room.pictures() // count), _TASK_S)
    finishing = Pace(lambda: min(_TOGETHER, batch))
    seats = (
        Seats(prepare.threads),
        Seats(lambda: _FEW if finishing.is_shorter(_SHORT_S) else count),
    )
    pools = [ThreadPoolExecutor(count, name) for name in ("pictures", "pictures-answers")]
    if not is_live:  # OpenCV's own threads would take the processor from these
        cv2.setNumThreads(1)
    try:
        preparations = (ahead if is_live else taken_ahead)(
            pools[0].submit,
            seats[0].seated(preparing.timing(prepare)),
            preparing.parts(frames),
            lambda: room.depth(preparing.size()),
        )
        with closing(preparations) as prepared:
            groups = _grouped(chain.from_iterable(prepared), batch)
            inferred = _inferred(groups, lanes, 0 if is_live else _IN_FLIGHT)
            finished = ahead(
                finishing.unless_shorter(_INSTANT_S, pools[1].submit),
                seats[1].seated(finishing.timing(partial(_finish, lanes=lanes, keep=keep))),
                chain.from_iterable(map(finishing.parts, inferred)),
                lambda: room.depth(finishing.size()),
                is_eager=True,
            )
            yield from chain.from_iterable(finished)
    finally:
        for each in seats:
            each.close()
        for pool in pools:
            pool.shutdown(wait=True, cancel_futures=True)
        if not is_live:
            cv2.setNumThreads(-1)  # as many as there are


# The steps


@dataclass(frozen=True, slots=True, eq=False)
class _Inferred:
    """A picture, and for each lane the result of its batch and how large that is; ``count`` of it
    are pictures, and this one has that ``position``.
    """

    item: Item
    position: int = 0
    count: int = 1
    sizes: tuple[int, ...] = ()
    results: "tuple[Future[RunResult], ...]" = ()


def _grouped(items: Iterable[Item], batch: int) -> Iterator[list[Item]]:
    """At most ``batch`` pictures in a row whose tensors fit together. Problems among them stay in
    their places, those before the first are alone.
    """
    group: list[Item] = []
    shapes: tuple[tuple[int, ...], ...] = ()
    count = 0
    for item in items:
        if item.prepared is not None:
            if group and item.prepared.shapes != shapes:
                yield group
                group, count = [], 0
            shapes, count = item.prepared.shapes, count + 1
        group.append(item)
        if count in (0, batch) or len(group) >= _MOST_IN_A_GROUP * batch:
            yield group
            group, count = [], 0
    if group:
        yield group


def _inferred(
    groups: Iterable[list[Item]], lanes: Sequence[Lane], in_flight: int
) -> Iterator[list[_Inferred]]:
    """Every group once its inference has ended; meanwhile the next ones are under way."""
    under_way: deque[list[_Inferred]] = deque()
    largest: dict[tuple[tuple[int, ...], ...], int] = {}
    for group in groups:
        # Kernels for a batch of another size may have to be compiled, even where it is smaller.
        prepared = [item.prepared for item in group if item.prepared is not None]
        shapes = prepared[0].shapes if prepared else ()
        size = largest[shapes] = max(largest.get(shapes, 0), len(prepared))
        under_way.append(_begin(group, prepared, lanes, size))
        if len(under_way) > in_flight:
            wait(under_way[0][0].results)
            yield under_way.popleft()
    for works in under_way:
        wait(works[0].results)
        yield works


def _begin(
    group: Sequence[Item], prepared: Sequence[Prepared], lanes: Sequence[Lane], size: int
) -> list[_Inferred]:
    """One inference of each lane, filled up to ``size``, or to what the network takes."""
    if not prepared:
        return [_Inferred(item) for item in group]
    results, count, positions = [], len(prepared), itertools.count()
    sizes = tuple(size if lane.model.has_free_batch else lane.model.batch for lane in lanes)
    for number, lane in enumerate(lanes):
        tensors = [each.tensors[number] for each in prepared]
        tensors += tensors[-1:] * (sizes[number] - count)
        fed = tensors[0] if len(tensors) == 1 else np.concatenate(tensors)
        results.append(lane.infer(lane.model.inputs(fed)))
    together = count, sizes, tuple(results)
    return [
        _Inferred(item.fed(), next(positions) if item.prepared else 0, *together) for item in group
    ]


def _finish(
    works: Sequence[_Inferred], lanes: Sequence[Lane], keep: Callable[[Seen], Kept]
) -> list[Outcome[Kept]]:
    return [_finished(work, lanes, keep) for work in works]


def _finished(
    work: _Inferred, lanes: Sequence[Lane], keep: Callable[[Seen], Kept]
) -> Outcome[Kept]:
    source, prepared = work.item.source, work.item.prepared
    if prepared is None:
        return Outcome(source, problem=work.item.problem)
    outcome: Outcome[Kept] = Outcome(source, prepared.size, prepared.times)
    try:
        results = [future.result() for future in work.results]
        inference_ms = sum(result.timing.latency_ms for result in results) / work.count
        started = perf_counter()
        seen = _read(source, prepared, work, lanes, results)
        times = replace(
            prepared.times,
            inference_ms=inference_ms,
            postprocess_ms=1000 * (perf_counter() - started),
        )
    except _FATAL:
        raise
    except Exception as error:
        return replace(outcome, problem=without_frames(error))
    return replace(outcome, times=times, kept=keep(seen))


def _read(
    source: Source,
    prepared: Prepared,
    work: _Inferred,
    lanes: Sequence[Lane],
    results: Sequence[RunResult],
) -> Seen:
    """What the lanes' outputs say about one picture of a batch."""
    picture = Picture(source.path, prepared.pixels, prepared.note)
    answers, outputs = [], []
    of_lanes = zip(lanes, results, work.sizes, prepared.placements, strict=True)
    for lane, result, size, placement in of_lanes:
        own = {name: of_item(array, work.position, size) for name, array in result.outputs.items()}
        outputs.append(own)
        answer = lane.model.answer(own, placement, batch=1)
        if answer is not None and lane.reader is not None:
            answer = read_texts(picture, answer, lane.reader)
        answers.append(answer)
    return Seen(source, prepared.size, picture, tuple(answers), tuple(outputs))
