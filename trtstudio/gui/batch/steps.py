"""The steps of a run over many pictures that know nothing of its progress. Plain functions for its
threads.
"""

from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from trtstudio.gui.batch.order import Ask, Order
from trtstudio.gui.sessions.loaded import Loaded
from trtstudio.model.errors import StudioError
from trtstudio.model.run import Array, RunRequest
from trtstudio.vision.batch.pipeline import Lane, Seen, usual_batch
from trtstudio.vision.batch.recording import seen_record
from trtstudio.vision.batch.records import Heading, Journal, Record, read_heading
from trtstudio.vision.batch.sources import Source, find_sources
from trtstudio.vision.drawing.contact_sheet import small_jpeg
from trtstudio.vision.reading import Infer, Reader, check_reader

THUMBNAIL_SIDE = 200


def lanes_of(order: Order, ask: Ask) -> list[Lane]:
    """A lane for each session."""
    lanes = []
    reader = reader_of(order.reader, ask) if order.reader is not None else None
    for loaded in order.models:
        assert loaded.pictures is not None
        best = loaded.info.shapes[loaded.pictures.input][0]
        infer = infer_by(loaded.info.session, ask)
        lanes.append(Lane(loaded.pictures, infer, usual_batch(loaded.pictures, best), reader))
    return lanes


def reader_of(loaded: Loaded, ask: Ask) -> Reader:
    """What reads texts in the session of a model. Raises ``StudioError`` where it reads none."""
    return Reader(check_reader(loaded.pictures), infer_by(loaded.info.session, ask))


def files_of(order: Order) -> list[Source]:
    """Raises ``StudioError`` where there are none."""
    found = list(find_sources(order.sources, recursive=order.recursive))
    if not found:
        raise StudioError(
            "There are no files in this folder.",
            hint="Choose another one, or take the folders in it as well.",
        )
    return found


def open_journal(order: Order) -> Journal:
    """The run's file, behind the answers that it holds where those are of the same run."""
    first = order.models[0]
    assert first.pictures is not None
    heading = Heading.of(
        order.path,
        first.info.runtime,
        first.pictures,
        order.sources,
        recursive=order.recursive,
        compared_with=order.compared_with,
        read_with=order.read_with,
    )
    return Journal(order.journal, heading, go_on=not order.again and _goes_on(order, heading))


def look_at(seen: Seen, *, has_thumbnail: bool) -> Record:
    """What is kept of a picture, with a small one where it is wanted."""
    record = seen_record(seen)
    if not has_thumbnail:
        return record
    small = small_jpeg(seen.picture.pixels, record.answer, THUMBNAIL_SIDE, seen.size)
    return replace(record, thumbnail=small)


def infer_by(session: int, ask: Ask) -> Infer:
    """Runs inferences in a session of an engine process."""

    def infer(inputs: dict[str, Array]) -> "Future[Any]":
        return ask(RunRequest(session, inputs))

    return infer


def _goes_on(order: Order, heading: Heading) -> bool:
    try:
        return order.journal.is_file() and read_heading(order.journal).goes_on(heading)
    except StudioError:
        return False
