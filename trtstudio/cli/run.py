"""``trtstudio run``."""

from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import msgspec

from trtstudio.cli.answers import answer_json, answer_words
from trtstudio.cli.inputs import given_inputs
from trtstudio.cli.load import load_request
from trtstudio.cli.output import Phases, Report, error_json, say, table
from trtstudio.cli.picture_options import NOT_FOR_PICTURES, picture_model
from trtstudio.cli.sources import Source, find_sources, picture_names
from trtstudio.cli.tensors import save_tensors, tensor_figures
from trtstudio.cli.try_preprocess import try_preprocess
from trtstudio.engine.batching import run_batches
from trtstudio.engine.benchmark_inputs import chosen_shapes, random_inputs
from trtstudio.engine.opening import open_session
from trtstudio.engine.session import Session
from trtstudio.model.arrays import read_arrays
from trtstudio.model.build import Shape
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.formats import read
from trtstudio.model.graph import format_shape
from trtstudio.model.run import Array, RunResult, SessionInfo
from trtstudio.vision.annotate import annotate
from trtstudio.vision.answer import Answer
from trtstudio.vision.picture import Picture, read_picture, write_picture
from trtstudio.vision.picture_model import PictureModel
from trtstudio.vision.presets import PRESETS


@dataclass(frozen=True, slots=True)
class Outcome:
    """One source's result, and where it was a picture, what was seen."""

    result: RunResult
    picture: Picture | None = None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What is given beside the sources: the shapes of what is random, and single inputs."""

    shapes: dict[str, Shape]
    given: dict[str, Array]


@dataclass(frozen=True, slots=True)
class Row:
    """What is told of one source, as JSON and in words."""

    data: dict[str, Any]
    words: str
    failed: bool = False


def run(options: Namespace, cancelled: Callable[[], bool]) -> Report:
    """Run the model on every source; one that fails is told, and the rest goes on."""
    metadata = read(options.file).metadata
    otherwise = "given input" if options.input else "random input"
    sources = find_sources(options.sources, otherwise)
    rows: list[Row] = []
    runs: list[Mapping[str, Array]] = []  # the last one's outputs, or all where they are saved
    with closing(open_session(load_request(options), 0, Phases())) as session:
        model = picture_model(session.info, metadata, options)
        if options.try_preprocess:
            return try_preprocess(session, model, sources, cancelled)
        feed = _feed(session, options)
        _say_assumptions(model, sources, feed)
        for source, name in zip(sources, picture_names(sources), strict=True):
            if cancelled():
                raise Cancelled("stopped")
            outcome = _attempt(session, model, source, feed)
            rows.append(_row(source, outcome))
            if isinstance(outcome, StudioError):
                continue
            runs = [*(runs if options.save else ()), outcome.result.outputs]
            if options.annotate and outcome.picture and outcome.answer:
                drawn = annotate(outcome.picture.pixels, outcome.answer)
                write_picture(options.annotate / name, drawn)
        return _finish(session.info, model, rows, runs, options)


def _feed(session: Session, options: Namespace) -> Feed:
    shapes = dict(options.shape)
    given = given_inputs(options.input, session.info, shapes)
    return Feed(chosen_shapes(session.info, shapes), given)


def _say_assumptions(model: PictureModel | None, sources: Sequence[Source], feed: Feed) -> None:
    kinds = {source.kind for source in sources}
    if "random" in kinds and (made_up := [name for name in feed.shapes if name not in feed.given]):
        say(f"Nothing was given for {', '.join(made_up)}, so that is random.")
    if "picture" in kinds and model is not None and model.preprocess.source == "guess":
        say(f"The preprocessing is a guess; --preprocess changes it: {', '.join(PRESETS)}.")
    if "picture" in kinds and model is not None and model.has_guessed_task:
        say(f"{model.guesses[0].reason} So the task is {model.task}; --task changes it.")


def _attempt(
    session: Session, model: PictureModel | None, source: Source, feed: Feed
) -> Outcome | StudioError:
    """One inference; what is wrong with a source is told, not raised."""
    try:
        if source.kind == "picture":
            return _run_picture(session, model, source, feed)
        return Outcome(run_batches(session, _arrays(session, source, feed)))
    except Cancelled:
        raise
    except StudioError as error:
        named = "" if str(source.path) in error.message else f"{source.path}: "
        say(f"{named}{error.message} {error.hint}")
        return error


def _run_picture(
    session: Session, model: PictureModel | None, source: Source, feed: Feed
) -> Outcome:
    if model is None:
        raise StudioError(NOT_FOR_PICTURES, hint="Give .npy or .npz arrays.")
    picture = read_picture(source.path)
    inputs, placement = model.feed(picture)
    result = run_batches(session, {**inputs, **feed.given})
    return Outcome(result, picture, model.answer(result.outputs, placement))


def _arrays(session: Session, source: Source, feed: Feed) -> dict[str, Array]:
    info = session.info
    if source.kind == "array":
        return read_arrays(source.path, info.inputs) | feed.given
    return random_inputs(info.inputs, feed.shapes) | dict(session.shape_values) | feed.given


def _row(source: Source, outcome: Outcome | StudioError) -> Row:
    name: dict[str, Any] = {"source": str(source.path)}
    if isinstance(outcome, StudioError):
        data = {**name, "task": None, "error": error_json(outcome)}
        return Row(data, f"failed: {outcome.message}", failed=True)
    name["latency_ms"] = outcome.result.timing.latency_ms
    name["pieces"] = outcome.result.pieces
    if outcome.answer is None:
        figures = tensor_figures(outcome.result.outputs)
        return Row({**name, "task": None, "outputs": figures}, "output tensors")
    data = {**name, "task": outcome.answer.task, **answer_json(outcome.answer)}
    return Row(data, answer_words(outcome.answer))


def _finish(
    info: SessionInfo,
    model: PictureModel | None,
    rows: Sequence[Row],
    runs: Sequence[Mapping[str, Array]],
    options: Namespace,
) -> Report:
    """Save what is to be saved, and tell everything."""
    if options.save and runs:
        save_tensors(options.save, runs)
    data = {
        "runtime": info.runtime,
        "device": info.device,
        "preprocess": msgspec.to_builtins(model.preprocess) if model else None,
        "outputs": tensor_figures(runs[-1]) if runs else [],
        "results": [row.data for row in rows],
        "warnings": info.warnings,
    }
    return Report(int(any(row.failed for row in rows)), data, _text(data, rows))


def _text(data: dict[str, Any], rows: Sequence[Row]) -> str:
    """Who ran it, a row for each source, and the figures of the last outputs."""
    answers = table([(row.data["source"], row.words) for row in rows])
    parts = [f"{data['runtime']} on {data['device']}", answers]
    if data["outputs"]:
        head = ("output", "dtype", "shape", "min", "max", "mean")
        figures = [
            (o["name"], o["dtype"], format_shape(o["shape"]), *map(_number, list(o.values())[3:]))
            for o in data["outputs"]
        ]
        parts.append(table([head, *figures], right=(3, 4, 5)))
    return "\n\n".join(parts)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.5g}"
