"""The throughput of a run over a folder of pictures, or a video, against each of its stages alone.
Prints JSON.

    python benchmarks/picture_folder.py [MODEL] [--pictures 1000] [--video] [--window]

MODEL is an ONNX model or a plan, by default the bundled classifier; pictures are made of the
bundled ones, 1920 x 1080. ``ratio`` is the run's throughput by that of the slowest stage alone, in
the same process and by as many threads: decoding, preprocessing, inference, reading the answer.
Where a CPU infers, the stages share its cores, and only ``ratio_of_one_after_another`` tells much.
With ``--window`` inferences are asked of an engine process, as in the window.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from trtstudio import assets
from trtstudio.model import formats
from trtstudio.model.run import LoadRequest, RunRequest, RunResult
from trtstudio.vision.batch.frames import count_frames, frames_of
from trtstudio.vision.batch.pipeline import Lane, ahead, run_pictures, usual_batch
from trtstudio.vision.batch.sources import Source
from trtstudio.vision.batch.video import VideoFile, read_video
from trtstudio.vision.picture import read_picture
from trtstudio.vision.picture_model import PictureModel, recognize
from trtstudio.vision.preprocess import apply

SIZE = (1920, 1080)
LIMIT = 16  # as many threads as a run has at most
ALONE = 200  # so many items measure a stage

Infer = Callable[[dict[str, Any]], "Future[RunResult]"]


def make_pictures(folder: Path, count: int) -> list[Source]:
    """JPEG files, each a little different."""
    kinds = [cv2.resize(cv2.imread(str(path)), SIZE) for path in assets.sample_pictures()]
    sources = []
    for number in range(count):
        pixels = np.roll(kinds[number % len(kinds)], number, axis=1)
        path = folder / f"{number:05}.jpg"
        cv2.imwrite(str(path), pixels)
        sources.append(Source(path))
    return sources


def make_video(folder: Path, count: int) -> list[Source]:
    """As many frames in one file."""
    path = folder / "clip.mp4"
    file = VideoFile(path, 25)
    kinds = [cv2.resize(read_picture(path).pixels, SIZE) for path in assets.sample_pictures()]
    for number in range(count):
        file.write(np.roll(kinds[number // 25 % len(kinds)], 4 * number, axis=1))
    file.close()
    return [Source(path)]


def open_here(path: Path, stack: ExitStack) -> tuple[Any, Infer]:
    """The session's description, and inferences in this process and thread."""
    from trtstudio.engine.run.batching import run_batches
    from trtstudio.engine.run.opening import open_session

    session = stack.enter_context(closing(open_session(LoadRequest(str(path)), 1, lambda _: None)))

    def infer(inputs: dict[str, Any]) -> "Future[RunResult]":
        future: Future[RunResult] = Future()
        future.set_result(run_batches(session, inputs))
        return future

    return session.info, infer


def open_process(path: Path, stack: ExitStack) -> tuple[Any, Infer]:
    """The same in an engine process."""
    from trtstudio.host.engines import Engines

    engines = stack.enter_context(closing(Engines()))
    info = engines.submit(LoadRequest(str(path))).future.result()
    return info, lambda inputs: engines.submit(RunRequest(info.session, inputs)).future


def rate(work: Iterable[Any], count: int) -> float:
    """Items a second."""
    started = time.perf_counter()
    for _ in work:
        pass
    return count / (time.perf_counter() - started)


def alone(
    sources: list[Source], model: PictureModel, infer: Infer, batch: int, *, is_video: bool
) -> dict[str, float]:
    """Pictures a second of each stage by itself."""
    workers = min(LIMIT, os.cpu_count() or 1)
    with ThreadPoolExecutor(workers) as pool:
        depth = workers + batch
        if is_video:
            decoding = rate(read_video(sources[0].path), count_frames(sources))
        else:
            some = [source.path for source in sources[:ALONE]]
            decoding = rate(ahead(pool, read_picture, some, depth), len(some))
        picture = read_picture(assets.sample_pictures()[0])
        picture = type(picture)(picture.path, cv2.resize(picture.pixels, SIZE))
        way = (model.preprocess, model.limits)
        many = [picture] * ALONE
        preprocessing = rate(ahead(pool, lambda each: apply(each, *way), many, depth), ALONE)
        tensor, placement = apply(picture, *way)
        inputs = {model.input: np.concatenate([tensor] * batch)}
        result = infer(inputs).result()
        futures = (infer(inputs) for _ in range(max(1, ALONE // batch)))
        inference = rate(_in_flight(futures), max(1, ALONE // batch)) * batch
        read = [result.outputs] * ALONE
        answering = rate(
            ahead(pool, lambda each: model.answer(each, placement, batch=batch), read, depth), ALONE
        )
    return {
        "decode": decoding,
        "preprocess": preprocessing,
        "inference": inference,
        "answer": answering,
    }


def _in_flight(futures: Iterable["Future[RunResult]"]) -> Iterable[None]:
    """Two at a time, as in a run."""
    before: Future[RunResult] | None = None
    for future in futures:
        if before is not None:
            before.result()
        before = future
        yield
    if before is not None:
        before.result()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", nargs="?", type=Path, default=assets.SAMPLE_MODEL)
    parser.add_argument("--pictures", type=int, default=1000)
    parser.add_argument("--batch", type=int)
    parser.add_argument("--video", action="store_true")
    parser.add_argument("--window", action="store_true")
    args = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        make = make_video if args.video else make_pictures
        sources = make(folder, args.pictures)
        info, infer = (open_process if args.window else open_here)(args.model, stack)
        model = recognize(info, formats.read(args.model).metadata)
        assert model is not None
        batch = args.batch or usual_batch(model, info.shapes[model.input][0])
        stages = alone(sources, model, infer, batch, is_video=args.video)
        lane = Lane(model, infer, batch)
        found: list[Any] = []
        outcomes = run_pictures(frames_of(sources), [lane], lambda seen: seen.answers[0])
        throughput = rate((found.append(o.problem) for o in outcomes), args.pictures)
    slowest = min(stages, key=lambda name: stages[name])
    report = {
        "pictures": len(found),
        "problems": sum(problem is not None for problem in found),
        "batch": batch,
        "runtime": info.runtime,
        "device": info.device,
        "cores": os.cpu_count(),
        "stages_per_s": {name: round(value, 1) for name, value in stages.items()},
        "run_per_s": round(throughput, 1),
        "slowest_stage": slowest,
        "ratio": round(throughput / stages[slowest], 3),
        "ratio_of_one_after_another": round(throughput * sum(1 / r for r in stages.values()), 3),
    }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
