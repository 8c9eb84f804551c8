"""The throughput of a run over a folder of pictures, and over a video, against each of its stages
alone. Prints JSON.

    python benchmarks/picture_folder.py [MODEL] [--pictures 1000] [--size 1920x1080] [--rounds 3]
        [--only folder|video] [--threads] [--window] [--stand-in MS]

MODEL is an ONNX model or a plan. By default it is the bundled classifier, on a GPU built first, for
up to 8 pictures at once; pictures are made of the bundled ones. In each round every stage works on
as many pictures, alone and by as many threads, then all do in a run: ``ratio`` is its throughput by
that of the slowest stage alone, the median of the rounds.

Decoding, preprocessing and reading the answer share the cores. Where one of them is the slowest, a
run can be no faster than all three, one after the other, by all threads: ``cores`` is that, as if
it were a stage, and ``cores_ratio`` the run's throughput by that of the slower of it and the
inference. In a run processes of their own decode and preprocess, which begin while the model is
loaded, as those of the command line; with ``--threads`` threads do, and ``cpu_ratio`` is the CPU
time of the stages alone by that of the run, which tells more where a CPU infers too.

With ``--window`` inferences are asked of an engine process, as in the window; ``--stand-in 2``
takes a GPU's place: every batch 2 ms of nothing.
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
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

import cv2
import numpy as np
from sample import sample_model

from trtstudio import assets
from trtstudio.host.pictures.processes import PictureProcesses
from trtstudio.model import formats
from trtstudio.model.run import LoadRequest, RunRequest, RunResult
from trtstudio.vision.batch.ahead import ahead
from trtstudio.vision.batch.frames import Frame, count_frames, frames_of, videos_of
from trtstudio.vision.batch.pipeline import (
    Lane,
    preparation_of,
    run_pictures,
    usual_batch,
)
from trtstudio.vision.batch.preparer import usual_workers
from trtstudio.vision.batch.sources import Source
from trtstudio.vision.drawing.video_file import VideoFile
from trtstudio.vision.picture import Picture, read_picture
from trtstudio.vision.picture_model import PictureModel, recognize
from trtstudio.vision.preprocess import apply

HELD = 30  # pictures whose preprocessing and answers are measured, in turns

Infer = Callable[[dict[str, Any]], "Future[RunResult]"]


def make_pictures(folder: Path, count: int, size: tuple[int, int]) -> list[Source]:
    """JPEG files of this width and height, each a little different."""
    kinds = [cv2.resize(cv2.imread(str(path)), size) for path in assets.sample_pictures()]

    def make(number: int) -> Source:
        path = folder / f"{number:05}.jpg"
        cv2.imwrite(str(path), np.roll(kinds[number % len(kinds)], number, axis=1))
        return Source(path)

    with ThreadPoolExecutor() as pool:
        return list(pool.map(make, range(count)))


def make_video(folder: Path, count: int, size: tuple[int, int]) -> list[Source]:
    """As many frames in one file."""
    path = folder / "clip.mp4"
    file = VideoFile(path, 25)
    kinds = [cv2.resize(read_picture(path).pixels, size) for path in assets.sample_pictures()]
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
    sources: list[Source], model: PictureModel, infer: Infer, batch: int, held: list[Picture]
) -> dict[str, tuple[float, float]]:
    """Pictures a second of each stage by itself, and its CPU time in ms for each."""
    count, workers = count_frames(sources), usual_workers()
    fed = [apply(picture, model.preprocess, model.limits) for picture in held]
    placement = fed[0][1]
    turns = cycle(tensor for tensor, _ in fed)
    inputs = [{model.input: np.concatenate([*islice(turns, batch)])} for _ in held]
    read = infer(inputs[0]).result().outputs

    def feed(picture: Picture) -> Any:
        return apply(picture, model.preprocess, model.limits)[0]

    def decode(frame: Frame) -> None:
        frame.read()  # and let go of it

    def answer(_: object) -> Any:
        return model.answer(read, placement, batch=batch)

    def all_of(frame: Frame) -> Any:
        feed(frame.read())
        return answer(frame)

    def side_by_side(work: Callable[[Any], Any], items: Iterable[Any]) -> Iterable[Any]:
        return ahead(pool.submit, work, items, lambda: 2 * workers + batch)

    cv2.setNumThreads(1)  # as in a run
    with ThreadPoolExecutor(workers) as pool:
        found = {
            "decode": timed(side_by_side(decode, frames_of(sources))),
            "preprocess": timed(side_by_side(feed, islice(cycle(held), count))),
            "answer": timed(side_by_side(answer, range(count))),
            "cores": timed(side_by_side(all_of, frames_of(sources))),
        }
    cv2.setNumThreads(-1)
    batches = -(-count // batch)
    inference, cpu_ms = timed(_in_flight(infer(each) for each in islice(cycle(inputs), batches)))
    return found | {"inference": (inference * batch, cpu_ms / batch)}


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
    sources: list[Source],
    model: PictureModel,
    infer: Infer,
    batch: int,
    rounds: int,
    processes: PictureProcesses | None,
) -> dict[str, Any]:
    """The stages and the run in turns, as the machine may be busy now and then."""
    held = [frame.read() for frame in islice(frames_of(sources), HELD)]
    found = [_round(sources, model, infer, batch, held, processes) for _ in range(rounds)]
    middle = {name: median(each[name] for each in found) for name in found[0]}
    stages = {name: round(middle.pop(name), 1) for name in STAGES}
    return {
        "expected": count_frames(sources),
        "batch": batch,
        "threads": usual_workers(),
        "stages_per_s": stages,
        "slowest_stage": min(STAGES, key=lambda name: stages[name]),
        **{name: round(value, 3) for name, value in middle.items()},
    }


STAGES = ("decode", "preprocess", "inference", "answer")


def _round(
    sources: list[Source],
    model: PictureModel,
    infer: Infer,
    batch: int,
    held: list[Picture],
    processes: PictureProcesses | None,
) -> dict[str, float]:
    stages = alone(sources, model, infer, batch, held)
    problems: list[bool] = []
    lanes = [Lane(model, infer, batch)]
    preparation = preparation_of(lanes, 0)
    outcomes = run_pictures(
        frames_of(sources, videos=videos_of(processes, preparation)),
        lanes,
        lambda seen: seen.answers[0],
        preparation=preparation,
        elsewhere=processes,
    )
    run, cpu_ms = timed(problems.append(outcome.problem is not None) for outcome in outcomes)
    per_s = {name: value for name, (value, _) in stages.items()}
    cpu = {
        "cpu_ratio": sum(stages[name][1] for name in STAGES) / cpu_ms,
        "cpu_ms_a_picture": cpu_ms,
    }
    return {
        **per_s,
        "run_per_s": run,
        "ratio": run / min(per_s[name] for name in STAGES),
        "cores_ratio": run / min(per_s["cores"], per_s["inference"]),
        **({} if processes else cpu),
        "pictures": len(problems),
        "problems": sum(problems),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", nargs="?", type=Path)
    parser.add_argument("--pictures", type=int, default=1000)
    parser.add_argument("--size", default="1920x1080", metavar="WIDTHxHEIGHT")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--batch", type=int)
    parser.add_argument("--only", choices=("folder", "video"))
    parser.add_argument("--window", action="store_true")
    parser.add_argument("--threads", action="store_true")
    parser.add_argument("--stand-in", type=float, metavar="MS")
    args = parser.parse_args()
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        processes = None if args.threads else stack.enter_context(PictureProcesses())
        if processes is not None:
            processes.begin()
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
                width, height = map(int, args.size.split("x"))
                sources = make(scratch, args.pictures, (width, height))
                report[kind] = measure(sources, model, infer, batch, args.rounds, processes)
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
