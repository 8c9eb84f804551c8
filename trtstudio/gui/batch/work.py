"""A run over many pictures, in a thread of its own: from the files through one or two sessions of
the engine processes into the run's file. The main thread reads what there is so far, and tells it
to pause and to stop; nothing here knows Qt.
"""

import threading
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trtstudio.gui.batch.order import Ask, Order
from trtstudio.gui.batch.rows import BatchRow, row_of
from trtstudio.model.errors import StudioError, without_frames
from trtstudio.model.run import Array

if TYPE_CHECKING:  # they bring OpenCV, which the main thread does not wait for
    from trtstudio.host.pictures.processes import PictureProcesses
    from trtstudio.vision.answer import Answer
    from trtstudio.vision.batch.agreement import Agreement, Summary
    from trtstudio.vision.batch.frames import Frame, Videos
    from trtstudio.vision.batch.pipeline import Seen
    from trtstudio.vision.batch.records import Journal, Record
    from trtstudio.vision.batch.sources import Source
    from trtstudio.vision.batch.video import Camera

CAMERA_PAIRS = 2000
"""Of two networks that look through a camera, so many of the newest pictures are summarized."""


@dataclass(frozen=True, slots=True, eq=False)
class Live:
    """The newest picture, scaled down, with its own size (height, width) and answers."""

    source: "Source"
    pixels: Array
    size: tuple[int, int]
    answers: "tuple[Answer | None, ...]"


class BatchWork:
    """``rows`` only grows, in the order of the pictures. ``total`` is how many there are as far as
    is known, ``known`` how many rows are from an earlier time, ``error`` why it ended early.

    Of a camera (``is_live``) only problems become rows; ``seen`` counts its pictures, ``dropped``
    those that came too fast. ``live`` is made where ``wants_live``, which that clears.
    """

    def __init__(self, order: Order, ask: Ask, after: "BatchWork | None" = None) -> None:
        """``after`` is what uses the same file and is about to end."""
        self.order = order
        self.rows: list[BatchRow] = []
        self.total = self.known = self.seen = self.dropped = 0
        self.error: StudioError | None = None
        self.summary: Summary | None = None
        self.live: Live | None = None
        self.wants_live = True
        self.is_live = self.is_over = self.is_complete = False
        self._ask, self._after = ask, after
        self._stopped, self._going = threading.Event(), threading.Event()
        self._going.set()
        self._busy_s, self._since = 0.0, 0.0
        self._camera: Camera | None = None
        self._agreed: deque[tuple[Agreement, tuple[Answer, Answer]]] = deque()
        self._thread = threading.Thread(target=self._run, name="batch", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def pause(self) -> None:
        """Take no more pictures until ``go_on``; nothing where it was stopped."""
        if not self._stopped.is_set():
            self._going.clear()

    def go_on(self) -> None:
        """Go on after a pause."""
        self._going.set()

    def stop(self) -> None:
        """End after the pictures at hand; what there is stays. Harmless when repeated."""
        self._stopped.set()
        self._going.set()

    def join(self) -> None:
        """Wait for its end."""
        self._thread.join()

    @property
    def is_paused(self) -> bool:
        """Whether it waits for ``go_on``."""
        return not self._going.is_set() and not self.is_over

    @property
    def is_stopped(self) -> bool:
        """Whether it was told to end."""
        return self._stopped.is_set()

    @property
    def rate(self) -> float:
        """Pictures a second, as measured without pauses; 0 before the first."""
        since = self._since
        busy_s = self._busy_s + (time.perf_counter() - since if since else 0.0)
        return self.seen / busy_s if busy_s > 0 else 0.0

    # In its thread

    def _run(self) -> None:
        try:
            if self._after is not None:
                self._after.join()
                self._after = None
            with ExitStack() as stack:
                self._work(stack)
        except BaseException as error:
            self.error = without_frames(error)
        finally:
            self._stop_clock()
            self._end()

    def _end(self) -> None:
        try:
            self._summarize()
        except Exception as error:
            self.error = self.error or without_frames(error)
        finally:
            self.is_over = True

    def _work(self, stack: ExitStack) -> None:
        from trtstudio.gui.batch.steps import lanes_of, open_journal
        from trtstudio.host.pictures.processes import PictureProcesses
        from trtstudio.vision.batch.frames import videos_of
        from trtstudio.vision.batch.pipeline import preparation_of, run_pictures
        from trtstudio.vision.batch.recording import outcome_record
        from trtstudio.vision.batch.sources import Source
        from trtstudio.vision.drawing.contact_sheet import HELD_SIDE

        first, journal = Source(self.order.sources[0]), None
        elsewhere = stack.enter_context(PictureProcesses())
        lanes = lanes_of(self.order, self._ask)
        preparation = preparation_of(lanes, HELD_SIDE)
        self.is_live = first.camera is not None
        if self.is_live:
            self._agreed = deque(maxlen=CAMERA_PAIRS)  # a camera has no end
            frames = self._camera_frames(first, stack)
        else:
            journal = stack.enter_context(closing(open_journal(self.order)))
            frames = self._file_frames(elsewhere, videos_of(elsewhere, preparation))
        self._since = time.perf_counter()
        outcomes = run_pictures(
            self._until(frames),
            lanes,
            self._keep,
            preparation=preparation,
            elsewhere=elsewhere,
            is_live=self.is_live,
        )
        for outcome in stack.enter_context(closing(outcomes)):
            record = outcome_record(outcome, outcome.kept)
            self._add(record, self._write(record, journal))
            self.seen += 1
            self._wait_while_paused()
            if self._stopped.is_set():
                return
        self.is_complete = not self._stopped.is_set()
        if self.is_complete:
            self.total = len(self.rows)  # a video may have ended early

    def _write(self, record: "Record", journal: "Journal | None") -> int:
        return journal.add(record) if journal is not None else -1

    def _add(self, record: "Record", place: int) -> None:
        from trtstudio.vision.batch.matching import boxes_only

        if record.agreement is not None and record.answer and record.second:
            pair = boxes_only(record.answer), boxes_only(record.second)
            self._agreed.append((record.agreement, pair))
        if not self.is_live or record.problem:
            self.rows.append(row_of(len(self.rows) + 1, place, record))
            self.total = max(self.total, len(self.rows))

    def _keep(self, seen: "Seen") -> "Record":
        """In any thread of the pipeline."""
        from trtstudio.gui.batch.steps import look_at
        from trtstudio.vision.drawing.contact_sheet import HELD_SIDE
        from trtstudio.vision.scaling import scaled_down

        if self.wants_live:
            self.wants_live = False
            pixels = scaled_down(seen.picture.pixels, HELD_SIDE)
            self.live = Live(seen.source, pixels, seen.size, seen.answers)
        return look_at(seen, has_thumbnail=not self.is_live)

    def _camera_frames(self, source: "Source", stack: ExitStack) -> "Iterator[Frame]":
        from trtstudio.vision.batch.frames import frames_from
        from trtstudio.vision.batch.video import Camera

        assert source.camera is not None
        self._camera = camera = stack.enter_context(closing(Camera(source.camera)))
        for frame in frames_from(camera, source.path):
            self.dropped = camera.dropped
            yield frame

    def _file_frames(self, elsewhere: "PictureProcesses", videos: "Videos") -> "Iterator[Frame]":
        """Of all that has no answer yet; those that have become rows at once."""
        from trtstudio.gui.batch.steps import files_of
        from trtstudio.host.pictures.processes import FEW_PICTURES
        from trtstudio.vision.batch.frames import count_frames, frames_of
        from trtstudio.vision.batch.records import read_records

        files = files_of(self.order)
        known: Counter[Source] = Counter()
        for place, record in read_records(self.order.journal):
            known[record.source] += 1
            self._add(record, place)
        self.known = len(self.rows)
        self.total = max(count_frames(files), self.known)
        if self.total - self.known > FEW_PICTURES and any(file.is_video for file in files):
            elsewhere.begin(1)
        return frames_of(files, known, videos)

    def _until(self, frames: "Iterable[Frame]") -> "Iterator[Frame]":
        for frame in frames:
            if self._stopped.is_set():
                return
            yield frame

    def _wait_while_paused(self) -> None:
        if not self._going.is_set():
            self._stop_clock()
            self._watch(is_wanted=False)
            self._summarize()
            self._going.wait()
            self._watch(is_wanted=True)
            self._since = time.perf_counter()

    def _watch(self, *, is_wanted: bool) -> None:
        """What a camera sees during a pause did not come too fast."""
        if self._camera is not None:
            self._camera.counts = is_wanted

    def _stop_clock(self) -> None:
        since, self._since = self._since, 0.0
        if since:
            self._busy_s += time.perf_counter() - since

    def _summarize(self) -> None:
        if self._agreed:
            from trtstudio.vision.batch.agreement import summarize

            agreements, pairs = zip(*self._agreed, strict=True)
            self.summary = summarize(agreements, pairs)
