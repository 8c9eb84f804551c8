"""``trtstudio run --read-with``: the network that reads the texts which another one finds."""

from argparse import Namespace
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from trtstudio.cli.load import load_request
from trtstudio.cli.output import Phases
from trtstudio.cli.run_inference import infer_batches
from trtstudio.engine.run.opening import open_session
from trtstudio.model.errors import StudioError
from trtstudio.model.formats import read
from trtstudio.model.run import Array, RunResult
from trtstudio.vision.picture_model import PictureModel, recognize
from trtstudio.vision.reading import Reader, check_reader


def open_reader(model: PictureModel | None, options: Namespace, stack: ExitStack) -> Reader | None:
    """What ``--read-with`` names, in a thread of its own, since pictures are read in several; None
    without it. Raises ``StudioError`` where it reads no text, or ``model`` finds none.
    """
    if options.read_with is None:
        return None
    if model is None or model.task != "text-detection":
        raise StudioError(
            "There is nothing to read: this model does not find text.",
            hint="Leave --read-with out, or say --task text-detection.",
        )
    metadata = read(options.read_with).metadata
    thread = stack.enter_context(ThreadPoolExecutor(1, "reader"))
    request = replace(
        load_request(options), path=str(options.read_with), runtime="auto", input_shapes={}
    )
    session = thread.submit(open_session, request, 0, Phases()).result()
    stack.callback(lambda: thread.submit(session.close).result())
    infer_one = partial(infer_batches, session, can_resume=options.resume is not None)

    def infer(inputs: dict[str, Array]) -> "Future[RunResult]":
        return thread.submit(infer_one, inputs)

    return Reader(check_reader(recognize(session.info, metadata)), infer)


def reader_name(path: Path | None) -> str:
    """What the file of a run says of it."""
    return str(path.absolute()) if path is not None else ""
