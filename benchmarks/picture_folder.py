"""The throughput of a run over a folder of pictures, and over a video, against each of its stages
alone. Prints JSON.

    python benchmarks/picture_folder.py [MODEL] [--pictures 1000] [--only folder|video]
        [--window] [--stand-in MS]

MODEL is an ONNX model or a plan. By default it is the bundled classifier, on a GPU built first, for
up to 8 pictures at once; pictures are made of the bundled ones, 1920 x 1080. ``ratio`` is the run's
throughput by that of the slowest stage alone, in the same process and by as many threads: decoding,
preprocessing, inference, reading the answer. Each stage is measured before and after the run, and
the better one counts. Where a CPU infers, the stages share its cores, and ``cpu_ratio`` tells more:
the CPU time of the stages alone by that of the run. With ``--window`` inferences are asked of an
engine process, as in the window; ``--stand-in 2`` takes a GPU's place: every batch 2 ms of nothing.
"""

import argparse
import json
import os
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from sample import sample_model

from trtstudio import assets
from trtstudio.model import formats
from trtstudio.model.run import LoadRequest, RunRequest, RunResult
from trtstudio.vision.batch.ahead import ahead
from trtstudio.vision.batch.frames import count_frames, frames_of
from trtstudio.vision.batch.pipeline import Lane, run_pictures, usual_batch, usual_workers
from trtstudio.vision.batch.sources import Source
from trtstudio.vision.batch.video import VideoFile, read_video
from trtstudio.vision.picture import Picture, read_picture
from trtstudio.vision.picture_model import PictureModel, recognize
from trtstudio.vision.preprocess import apply

SIZE = (1920, 1080)
ALONE = 200  # so many items measure a stage

Infer = Callable[[dict[str, Any]], "Future[RunResult]"]


def make_pictures(folder: Path, count: int) -> list[Source]:
    """JPEG files, each a little different."""
    kinds = [cv2.resize(cv2.imread(str(path)), SIZE) for path in assets.sample_pictures()]

    def make(number: int) -> Source:
        path = folder / f"{number:05}.jpg"
        cv2.imwrite(str(path), np.roll(kinds[number % len(kinds)], number, axis=1))
        return Source(path)

    with ThreadPoolExecutor() as pool:
        return list(pool.map(make, range(count)))


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
    """The session's description, and inferences in a thread of this process, as the command line
    has them."""
    from trtstudio.engine.run.batching import run_batches
    from trtstudio.engine.run.opening import open_session

    session = stack.enter_context(closing(open_session(LoadRequest(str(path)), 1, lambda _: None)))
    thread = stack.enter_context(ThreadPoolExecutor(1))
    return session.info, lambda inputs: thread.submit(run_batches, session, inputs)


def open_stand_in(path: Path, stack: ExitStack, latency_s: float) -> tuple[Any, Infer]:
    """Always the same outputs, after a time in which the CPU has nothing to do."""
    info, infer = open_here(path, stack)
    shape = info.shapes[info.inputs[0].name]
    result = infer({info.inputs[0].name: np.zeros(shape, np.float32)}).result()
    thread = stack.enter_context(ThreadPoolExecutor(1))

    def work() -> RunResult:
        time.sleep(latency_s)
        return result

    return info, lambda _: thread.submit(work)


def open_process(path: Path, stack: ExitStack) -> tuple[Any, Infer]:
    """The same in an engine process."""
    from trtstudio.host.engines import Engines

    engines = stack.enter_context(closing(Engines()))
    info = engines.submit(LoadRequest(str(path))).future.result()
    return info, lambda inputs: engines.submit(RunRequest(info.session, inputs)).future


def timed(work: Iterable[Any]) -> tuple[float, float]:
    """Items a second, and milliseconds of CPU time for each."""
    started, worked = time.perf_counter(), time.process_time()
    count = sum(1 for _ in work)
    elapsed, cpu = time.perf_counter() - started, time.process_time() - worked
    return count / elapsed, 1e3 * cpu / count


def alone(
    sources: list[Source], model: PictureModel, infer: Infer, batch: int, *, is_video: bool
) -> dict[str, tuple[float, float]]:
    """Pictures a second of each stage by itself, and its CPU time in ms for each."""
    workers = usual_workers()
    picture = read_picture(assets.sample_pictures()[0])
    picture = Picture(picture.path, cv2.resize(picture.pixels, SIZE))
    way = (model.preprocess, model.limits)
    tensor, placement = apply(picture, *way)
    inputs = {model.input: np.concatenate([tensor] * batch)}
    read = infer(inputs).result().outputs
    with ThreadPoolExecutor(workers) as pool:

        def depth() -> int:
            return 2 * workers + batch

        some = sources[0].path if is_video else [source.path for source in sources[:ALONE]]
        decoded = read_video(some) if is_video else ahead(pool, read_picture, some, depth)
        fed = ahead(pool, lambda each: apply(each, *way), [picture] * ALONE, depth)
        answered = ahead(
            pool, lambda each: model.answer(each, placement, batch=batch), [read] * ALONE, depth
        )
        futures = (infer(inputs) for _ in range(max(1, ALONE // batch)))
        inference, cpu_ms = timed(_in_flight(futures))
        return {
            "decode": timed(decoded),
            "preprocess": timed(fed),
            "inference": (inference * batch, cpu_ms / batch),
            "answer": timed(answered),
        }


def _in_flight(futures: Iterable["Future[RunResult]"]) -> Iterable[RunResult]:
    """Three at a time, as in a run."""
    under_way: deque[Future[RunResult]] = deque()
    for future in futures:
        under_way.append(future)
        if len(under_way) > 2:
            yield under_way.popleft().result()
    for future in under_way:
        yield future.result()


def measure(
    sources: list[Source], model: PictureModel, infer: Infer, batch: int, *, is_video: bool
) -> dict[str, Any]:
    """The stages, the run, and the stages once more: the machine may have been busy."""
    before = alone(sources, model, infer, batch, is_video=is_video)
    found: list[Any] = []
    lane = Lane(model, infer, batch)
    outcomes = run_pictures(frames_of(sources), [lane], lambda seen: seen.answers[0])
    throughput, cpu_ms = timed(found.append(outcome.problem) for outcome in outcomes)
    after = alone(sources, model, infer, batch, is_video=is_video)
    stages = {name: max(before[name][0], after[name][0]) for name in before}
    stages_cpu_ms = sum(min(before[name][1], after[name][1]) for name in before)
    slowest = min(stages, key=lambda name: stages[name])
    return {
        "pictures": len(found),
        "expected": count_frames(sources),
        "problems": sum(problem is not None for problem in found),
        "batch": batch,
        "threads": usual_workers(),
        "stages_per_s": {name: round(value, 1) for name, value in stages.items()},
        "run_per_s": round(throughput, 1),
        "slowest_stage": slowest,
        "ratio": round(throughput / stages[slowest], 3),
        "cpu_ms_a_picture": round(cpu_ms, 3),
        "cpu_ratio": round(stages_cpu_ms / cpu_ms, 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", nargs="?", type=Path)
    parser.add_argument("--pictures", type=int, default=1000)
    parser.add_argument("--batch", type=int)
    parser.add_argument("--only", choices=("folder", "video"))
    parser.add_argument("--window", action="store_true")
    parser.add_argument("--stand-in", type=float, metavar="MS")
    args = parser.parse_args()
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        path = args.model or sample_model(scratch, best=8)
        if args.stand_in:
            info, infer = open_stand_in(path, stack, args.stand_in / 1e3)
        else:
            info, infer = (open_process if args.window else open_here)(path, stack)
        model = recognize(info, formats.read(path).metadata)
        assert model is not None
        batch = args.batch or usual_batch(model, info.shapes[model.input][0])
        report: dict[str, Any] = {
            "runtime": f"stand-in, {args.stand_in} ms" if args.stand_in else info.runtime,
            "device": info.device,
            "cores": os.cpu_count(),
        }
        for kind, make in (("folder", make_pictures), ("video", make_video)):
            if args.only in (None, kind):
                sources = make(scratch, args.pictures)
                is_video = kind == "video"
                report[kind] = measure(sources, model, infer, batch, is_video=is_video)
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
