"""``trtstudio run``."""

from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from trtstudio.cli.inputs import given_inputs
from trtstudio.cli.load import load_request
from trtstudio.cli.output import Phases, Report, say
from trtstudio.cli.picture_options import NOT_FOR_PICTURES, picture_model
from trtstudio.cli.run_agreement import Comparison, other_request
from trtstudio.cli.run_inference import infer_batches
from trtstudio.cli.run_pictures import Network, Plan, look_at
from trtstudio.cli.run_reading import open_reader, reader_name
from trtstudio.cli.run_report import Found, failed_row, finish
from trtstudio.cli.run_rows import Row
from trtstudio.cli.sources import Source, find_sources
from trtstudio.cli.tensors import tensor_figures
from trtstudio.cli.try_preprocess import check_alone, try_preprocess
from trtstudio.engine.measure.benchmark_inputs import chosen_shapes, random_inputs
from trtstudio.engine.run.opening import open_session
from trtstudio.engine.run.session import Session
from trtstudio.host.pictures.processes import FEW_PICTURES, PictureProcesses
from trtstudio.model.arrays import read_arrays
from trtstudio.model.build.build import Shape
from trtstudio.model.errors import Cancelled, EngineDied, StudioError
from trtstudio.model.files import path_text
from trtstudio.model.formats import read
from trtstudio.model.input_notes import input_notes
from trtstudio.model.run import Array, LoadRequest
from trtstudio.vision.answer import OBJECT_TASKS
from trtstudio.vision.batch.records import Heading
from trtstudio.vision.picture_model import PictureModel
from trtstudio.vision.presets import PRESETS

_KINDS = ("nothing", "picture", "array", "random")


@dataclass(frozen=True, slots=True)
class Feed:
    """What is given beside the sources: single inputs, with what there is to say of them; what is
    known of the others, which else are random: their shapes, and values that an engine wants.
    """

    shapes: dict[str, Shape]
    values: Mapping[str, Array]
    given: dict[str, Array]
    notes: tuple[str, ...]


def run(options: Namespace, cancelled: Callable[[], bool]) -> Report:
    """Run the model on every source; one that fails is told, and the rest goes on."""
    otherwise = "given input" if options.input else "random input"
    sources = find_sources(options.sources, otherwise, recursive=options.recursive)
    if options.try_preprocess:
        check_alone(options)
    with ExitStack() as stack:
        processes = stack.enter_context(PictureProcesses())
        holds_whole = options.annotate or options.read_with  # which is better prepared here
        if not holds_whole and not options.try_preprocess:
            _begin(processes, sources)
        session, model = _open(load_request(options), options, stack)
        if options.try_preprocess:
            return try_preprocess(session, model, sources, cancelled)
        feed = _feed(session, options)
        _say_assumptions(model, sources, feed)
        _say_lack(model, options)
        reader = open_reader(model, options, stack)
        networks = [Network(session, model, feed.given, reader)] if model else []
        if options.compare_with:
            networks.append(_other(model, options, stack))
        comparison = Comparison() if len(networks) > 1 else None
        found = Found(options.save is not None, options.sort, comparison)
        with found.exporting(networks, options):
            # A kind at once: the files of its answers are written in one go.
            by_kind = sorted(sources, key=lambda source: _KINDS.index(source.kind))
            for kind, group in groupby(by_kind, lambda source: source.kind):
                if kind == "picture":
                    _run_pictures(networks, list(group), processes, found, options, cancelled)
                elif kind == "nothing":
                    _tell_problems(group, found)
                else:
                    _run_arrays(session, group, feed, found, cancelled)
        return finish(networks, session, found, options)


def _open(
    request: LoadRequest, options: Namespace, stack: ExitStack
) -> tuple[Session, PictureModel | None]:
    metadata = read(Path(request.path)).metadata
    session = stack.enter_context(closing(open_session(request, 0, Phases())))
    return session, picture_model(session.info, metadata, options)


def _begin(processes: PictureProcesses, sources: Sequence[Source]) -> None:
    """Those that will be needed, while the model is loaded."""
    pictures = [source.pictures for source in sources if source.kind == "picture"]
    if len(pictures) > FEW_PICTURES:
        processes.begin()
    elif any(source.is_video for source in pictures):
        processes.begin(1)


def _other(model: PictureModel | None, options: Namespace, stack: ExitStack) -> Network:
    """The network that the model is compared with."""
    session, other = _open(other_request(options), options, stack)
    if model is None or other is None:
        raise StudioError(NOT_FOR_PICTURES, hint="Compare models that take pictures.")
    return Network(session, other)


def _feed(session: Session, options: Namespace) -> Feed:
    asked = dict(options.shape)
    given = given_inputs(options.input, session.info, asked)
    notes = input_notes(session.info.inputs, given)
    shapes = chosen_shapes(session.info, asked)
    values = session.values_for(shapes | {name: array.shape for name, array in given.items()})
    return Feed(shapes, values, given, notes)


def _say_assumptions(model: PictureModel | None, sources: Sequence[Source], feed: Feed) -> None:
    kinds = {source.kind for source in sources}
    made_up = [name for name in feed.shapes if name not in {**feed.values, **feed.given}]
    if "random" in kinds and made_up:
        say(f"Nothing was given for {', '.join(made_up)}, so that is random.")
    for note in feed.notes:
        say(note)
    if "picture" in kinds and model is not None and model.preprocess.source == "guess":
        say(f"The preprocessing is a guess; --preprocess changes it: {', '.join(PRESETS)}.")
    if "picture" in kinds and model is not None and model.has_guessed_task:
        say(f"{model.guesses[0].reason} So the task is {model.task}; --task changes it.")
    if "picture" in kinds and model is not None and model.has_guessed_labels:
        say("The names of the classes are a guess: those of COCO. --labels changes them.")


def _say_lack(model: PictureModel | None, options: Namespace) -> None:
    """Files that are wanted for objects, of which this task has none."""
    wanted = [f"--{kind}" for kind in ("coco", "yolo") if getattr(options, kind) is not None]
    if wanted and model is not None and model.task not in OBJECT_TASKS:
        task = "output tensors have" if model.task is None else f"task {model.task} has"
        say(f"The {task} no objects, so {' and '.join(wanted)} will hold pictures without any.")


def _tell_problems(sources: Iterable[Source], found: Found) -> None:
    for source in sources:
        if source.problem is not None:
            found.rows.add(failed_row({"source": path_text(source.path)}, source.problem))


# Pictures


def _run_pictures(
    networks: Sequence[Network],
    sources: Sequence[Source],
    processes: PictureProcesses,
    found: Found,
    options: Namespace,
    cancelled: Callable[[], bool],
) -> None:
    if not networks:
        refusal = StudioError(NOT_FOR_PICTURES, hint="Give .npy or .npz arrays.")
        for source in sources:
            found.rows.add(failed_row({"source": path_text(source.path)}, refusal))
        return
    first = networks[0]
    heading = Heading.of(
        options.file.absolute(),
        first.session.info.runtime,
        first.model,
        tuple(path.absolute() for path in options.sources),
        recursive=options.recursive,
        compared_with=options.compare_with or "",
        read_with=reader_name(options.read_with),
    )
    pictures = [source.pictures for source in sources]
    plan = Plan.of(networks, pictures, heading, options, processes)
    for record, look in look_at(plan, cancelled):
        found.add(record, look)


# Arrays


def _run_arrays(
    session: Session,
    sources: Iterable[Source],
    feed: Feed,
    found: Found,
    cancelled: Callable[[], bool],
) -> None:
    for source in sources:
        if cancelled():
            raise Cancelled("stopped")
        name: dict[str, Any] = {"source": path_text(source.path)}
        try:
            arrays = _arrays(session, source, feed)
            result = infer_batches(session, arrays)
        except (Cancelled, EngineDied):
            raise
        except StudioError as error:
            found.rows.add(failed_row(name, error))
            continue
        name |= {"latency_ms": result.timing.latency_ms, "pieces": result.pieces, "task": None}
        name["warnings"] = input_notes(session.info.inputs, arrays)
        for note in name["warnings"]:
            if note not in feed.notes:
                say(f"{source.path}: {note}")
        data = {**name, "outputs": tensor_figures(result.outputs)}
        found.rows.add(Row(data, "output tensors"))
        found.add_outputs(result.outputs)


def _arrays(session: Session, source: Source, feed: Feed) -> dict[str, Array]:
    info = session.info
    if source.kind == "array":
        return read_arrays(source.path, info.inputs) | feed.given
    return {**random_inputs(info.inputs, feed.shapes), **feed.values, **feed.given}
