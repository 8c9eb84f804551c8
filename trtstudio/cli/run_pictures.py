"""The pictures of ``trtstudio run``: run through one or two networks, kept and drawn on the way."""

import time
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from trtstudio.cli.output import say
from trtstudio.cli.run_inference import infer_batches
from trtstudio.engine.run.session import Session
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.run import Array, RunResult
from trtstudio.model.words import counted
from trtstudio.vision.batch.frames import (
    Frame,
    Videos,
    count_frames,
    frames_of,
    has_frames,
    videos_of,
)
from trtstudio.vision.batch.pipeline import (
    Lane,
    Outcome,
    Seen,
    preparation_of,
    run_pictures,
    usual_batch,
)
from trtstudio.vision.batch.preparing import Elsewhere
from trtstudio.vision.batch.recording import outcome_record, seen_record
from trtstudio.vision.batch.records import Heading, Journal, Record, read_records
from trtstudio.vision.batch.sources import VIDEO_SUFFIXES, Source
from trtstudio.vision.drawing.contact_sheet import HELD_SIDE, drawn_small
from trtstudio.vision.drawing.drawings import Drawings, rate_of
from trtstudio.vision.picture_model import PictureModel
from trtstudio.vision.reading import Reader

_MANY = 20  # from so many pictures on it is told how far it is
_TELL_S = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A loaded model, how it takes pictures, inputs that are given beside them, and what reads the
    texts that it finds.
    """

    session: Session
    model: PictureModel
    given: Mapping[str, Array] = field(default_factory=dict)
    reader: Reader | None = None

    def lane(self, thread: ThreadPoolExecutor, plan: "Plan") -> Lane:
        """With as many pictures at once as are planned or suit the session, which belongs to that
        thread meanwhile: it goes from one inference to the next, whoever takes the answers.
        """
        best = self.session.info.shapes[self.model.input][0]
        batch = plan.batch or usual_batch(self.model, best)
        infer_one = partial(infer_batches, self.session, can_resume=plan.resume is not None)

        def infer(inputs: dict[str, Array]) -> "Future[RunResult]":
            return thread.submit(infer_one, {**inputs, **self.given})

        lane = Lane(self.model, infer, batch, self.reader)
        if lane.together < batch:
            most = counted(lane.together, "picture")
            say(f"Not {batch}: the model takes {most} in one inference.")
        return lane


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What is kept of a picture for a moment: its record, the outputs of the first network, and the
    drawn picture, whole for a video and small for a contact sheet.
    """

    record: Record
    outputs: Mapping[str, Array]
    drawn: Array | None = None
    small: Array | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is run, and what for. ``limit`` is how many pictures of each video or camera;
    ``only_new`` are the options whose files lack what is known from the last time.
    """

    networks: Sequence[Network]
    sources: Sequence[Source]
    heading: Heading
    resume: Path | None
    annotate: Path | None
    has_thumbnails: bool
    batch: int | None
    limit: int | None
    only_new: tuple[str, ...]
    elsewhere: Elsewhere | None

    @classmethod
    def of(
        cls,
        networks: Sequence[Network],
        sources: Sequence[Source],
        heading: Heading,
        options: Namespace,
        elsewhere: Elsewhere | None,
    ) -> "Plan":
        """As the options say."""
        thumbnails = options.contact_sheet is not None
        kept = options.resume, options.annotate, thumbnails, options.batch, options.frames
        named = ("annotate", "contact_sheet", "save")
        only_new = tuple(name for name in named if getattr(options, name) is not None)
        return cls(networks, sources, heading, *kept, only_new, elsewhere)

    @property
    def held_side(self) -> int | None:
        """Drawn answers need the whole picture, however large, thumbnails a small one."""
        if self.annotate is not None:
            return None
        return HELD_SIDE if self.has_thumbnails else 0


def look_at(
    plan: Plan, cancelled: Callable[[], bool]
) -> Iterator[tuple[Record, Look | StudioError | None]]:
    """Every picture in order; with None those that are known from the last time, first.

    Raises ``Cancelled`` when stopped, and what is written until then stays.
    """
    with ExitStack() as stack:
        journal, known = _journal(plan, stack), list[Source]()
        for record in _known(plan):
            known.append(record.source)
            yield record, None
        if known:
            _say_known(plan, len(known))
        drawings = _drawings(plan, stack, known)
        thread = stack.enter_context(ThreadPoolExecutor(1, "inference"))
        lanes = [network.lane(thread, plan) for network in plan.networks]
        preparation = preparation_of(lanes, plan.held_side)
        videos = videos_of(plan.elsewhere, preparation)
        frames = _frames(plan, Counter(known), videos, drawings)
        keep = _keeper(drawings, has_thumbnails=plan.has_thumbnails)
        outcomes = run_pictures(
            _until(frames, cancelled),
            lanes,
            keep,
            preparation=preparation,
            elsewhere=plan.elsewhere,
        )
        for outcome in _told(stack.enter_context(closing(outcomes)), plan, len(known)):
            look = outcome.kept
            record = outcome_record(outcome, look.record if look is not None else None)
            if journal is not None:
                journal.add(record)
            if drawings is not None and look is not None and look.drawn is not None:
                drawings.add(look.drawn)
            yield record, outcome.problem or look


def _journal(plan: Plan, stack: ExitStack) -> Journal | None:
    if plan.resume is None:
        return None
    return stack.enter_context(closing(Journal(plan.resume, plan.heading, go_on=True)))


def _known(plan: Plan) -> Iterator[Record]:
    return (record for _, record in read_records(plan.resume)) if plan.resume else iter(())


def _say_known(plan: Plan, count: int) -> None:
    options = ", ".join(f"--{name.replace('_', '-')}" for name in plan.only_new)
    say(
        f"{plan.resume} holds {counted(count, 'answer')} already"
        + (f"; only the other pictures go into what {options} writes." if options else ".")
    )


def _drawings(plan: Plan, stack: ExitStack, known: Collection[Source]) -> Drawings | None:
    """A video is only kept where it is complete. Files that are there from the last time keep their
    names.
    """
    if plan.annotate is None:
        return None
    if known and plan.annotate.suffix.lower() in VIDEO_SUFFIXES:
        raise StudioError(
            f"{plan.annotate} would lack the pictures that {plan.resume} has answers for.",
            hint="Keep the drawn answers in a folder, or run without --resume.",
        )
    drawings = Drawings(plan.annotate, rate_of(plan.sources))
    for source in known:
        drawings.skip(source)
    stack.push(lambda kind, *_: drawings.close(keep=kind is None))
    return drawings


def _frames(
    plan: Plan, known: Counter[Source], videos: Videos, drawings: Drawings | None
) -> Iterator[Frame]:
    done = Counter(source.path for source in known.elements() if source.frame is not None)
    for source in plan.sources:
        limit = plan.limit or (None if source.camera is None else 1)
        if limit is not None and source.camera is None:
            limit = max(0, limit - done[source.path])
        frames = frames_of([source], known, videos)
        for frame in islice(frames, limit if has_frames(source) else None):
            if drawings is not None:
                drawings.expect(frame.source)
            yield frame


def _until(frames: Iterable[Frame], cancelled: Callable[[], bool]) -> Iterator[Frame]:
    for frame in frames:
        if cancelled():
            raise Cancelled("stopped")
        yield frame


def _keeper(drawings: Drawings | None, *, has_thumbnails: bool) -> Callable[[Seen], Look]:
    def keep(seen: Seen) -> Look:
        """In any thread."""
        answer = seen.answers[0]
        drawn = drawings.draw(seen.source, seen.picture, answer) if drawings else None
        small = _small(seen) if has_thumbnails else None
        return Look(seen_record(seen), seen.outputs[0], drawn, small)

    return keep


def _small(seen: Seen) -> Array:
    return drawn_small(seen.picture.pixels, seen.answers[0], size=seen.size)


def _told(outcomes: Iterable[Outcome[Look]], plan: Plan, known: int) -> Iterator[Outcome[Look]]:
    """The same; on the way it says how far they are, how fast, and how long it takes."""
    total = 0 if plan.limit else count_frames(plan.sources)
    began = said = time.monotonic()
    for done, outcome in enumerate(outcomes, 1):
        yield outcome
        now = time.monotonic()
        if now - said >= _TELL_S and total > _MANY:
            said, rate = now, done / (now - began)
            left = max(0, total - known - done)
            say(f"{known + done:,} of {total:,}, {rate:,.1f} per second, {left / rate:.0f} s left")
