"""``trtstudio run``."""

from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from trtstudio.cli.answers import answer_json, answer_words
from trtstudio.cli.output import Phases, Report, error_json, say, table
from trtstudio.cli.sources import Source, find_sources, picture_names, read_arrays
from trtstudio.cli.tensors import save_tensors, tensor_figures
from trtstudio.engine.benchmark import random_inputs
from trtstudio.engine.opening import open_session
from trtstudio.engine.session import Session
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.formats import read
from trtstudio.model.graph import format_shape
from trtstudio.model.run import Array, LoadRequest, RunResult, SessionInfo
from trtstudio.vision.annotate import annotate
from trtstudio.vision.labels import read_labels
from trtstudio.vision.picture import Picture, read_picture, write_picture
from trtstudio.vision.picture_model import PictureModel, recognize
from trtstudio.vision.preprocess import PRESETS, choose
from trtstudio.vision.tasks import Answer

_NOT_FOR_PICTURES = "As far as its inputs tell, this model does not take pictures."


@dataclass(frozen=True, slots=True)
class Outcome:
    """One source's result, and where it was a picture, what was seen."""

    result: RunResult
    picture: Picture | None = None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """What is told of one source, as JSON and in words."""

    data: dict[str, Any]
    words: str
    failed: bool = False


def run(options: Namespace, cancelled: Callable[[], bool]) -> Report:
    """Run the model on every source; one that fails is told, and the rest goes on."""
    metadata = read(options.file).metadata
    sources = find_sources(options.sources)
    load = LoadRequest(str(options.file), options.runtime)
    rows: list[Row] = []
    runs: list[Mapping[str, Array]] = []  # the last one's outputs, or all where they are saved
    with closing(open_session(load, 0, Phases())) as session:
        model = _picture_model(session.info, metadata, options)
        _say_assumptions(model, sources)
        for source, name in zip(sources, picture_names(sources), strict=True):
            if cancelled():
                raise Cancelled("stopped")
            outcome = _attempt(session, model, source, options.threshold)
            rows.append(_row(source, outcome))
            if isinstance(outcome, StudioError):
                continue
            runs = [*(runs if options.save else ()), outcome.result.outputs]
            if options.annotate and outcome.picture and outcome.answer:
                drawn = annotate(outcome.picture.pixels, outcome.answer)
                write_picture(options.annotate / name, drawn)
        return _finish(session.info, model, rows, runs, options)


def _picture_model(
    info: SessionInfo, metadata: Mapping[str, str], options: Namespace
) -> PictureModel | None:
    """How the model takes pictures, with what the options say instead of what it says itself."""
    model = recognize(info, metadata)
    if model is None:
        if options.task or options.labels or options.preprocess or options.annotate:
            raise StudioError(
                _NOT_FOR_PICTURES, hint="Give .npy or .npz arrays, and no options for pictures."
            )
        return None
    if options.preprocess:
        model = replace(model, preprocess=choose(options.preprocess, model.preprocess))
    if options.task:
        model = replace(model, task=None if options.task == "none" else options.task)
    if options.labels:
        model = replace(model, labels=read_labels(options.labels))
    if options.annotate and model.task is None:
        raise StudioError(
            "There is nothing to draw: what this model answers is not known.",
            hint="Name it with --task, or save the output tensors with --save.",
        )
    return model


def _say_assumptions(model: PictureModel | None, sources: Sequence[Source]) -> None:
    kinds = {source.kind for source in sources}
    if "random" in kinds:
        say("No source was given, so the input is random.")
    if "picture" in kinds and model is not None and model.preprocess.source == "guess":
        say(f"The preprocessing is a guess; --preprocess changes it: {', '.join(PRESETS)}.")


def _attempt(
    session: Session, model: PictureModel | None, source: Source, threshold: float
) -> Outcome | StudioError:
    """One inference; what is wrong with a source is told, not raised."""
    try:
        if source.kind == "picture":
            return _run_picture(session, model, source, threshold)
        return Outcome(session.run(_arrays(session, source)))
    except Cancelled:
        raise
    except StudioError as error:
        named = "" if str(source.path) in error.message else f"{source.path}: "
        say(f"{named}{error.message} {error.hint}")
        return error


def _run_picture(
    session: Session, model: PictureModel | None, source: Source, threshold: float
) -> Outcome:
    if model is None:
        raise StudioError(_NOT_FOR_PICTURES, hint="Give .npy or .npz arrays.")
    picture = read_picture(source.path)
    inputs, placement = model.feed(picture)
    result = session.run(inputs)
    return Outcome(result, picture, model.answer(result.outputs, placement, threshold))


def _arrays(session: Session, source: Source) -> dict[str, Array]:
    info = session.info
    if source.kind == "array":
        return read_arrays(source.path, info.inputs)
    return random_inputs(info.inputs, info.shapes) | dict(session.shape_values)


def _row(source: Source, outcome: Outcome | StudioError) -> Row:
    name: dict[str, Any] = {"source": str(source.path)}
    if isinstance(outcome, StudioError):
        data = {**name, "task": None, "error": error_json(outcome)}
        return Row(data, f"failed: {outcome.message}", failed=True)
    name["latency_ms"] = outcome.result.timing.latency_ms
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
