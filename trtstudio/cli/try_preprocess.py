"""``trtstudio run --try-preprocess``: the same pictures, fed in every plausible way."""

import json
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from trtstudio.cli.answer_text import answer_text
from trtstudio.cli.output import Report, say, table
from trtstudio.cli.picture_options import NOT_FOR_PICTURES
from trtstudio.cli.sources import Source
from trtstudio.engine.run.batching import run_batches
from trtstudio.engine.run.session import Session
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.quantities import format_percent
from trtstudio.vision.answer import Answer
from trtstudio.vision.answer_words import answer_json
from trtstudio.vision.batch.frames import frames_of
from trtstudio.vision.doctor import Trial, Variant, most_confident, trial, variants
from trtstudio.vision.picture import Picture
from trtstudio.vision.picture_model import PictureModel
from trtstudio.vision.preprocess import Preprocess

_HINT = (
    "The surest answer is marked with *. That is a hint: a network can be sure of what is wrong."
)
_NOT_HERE = (
    *("save", "resume", "annotate", "csv", "coco", "yolo", "contact_sheet"),
    *("compare_with", "read_with"),
)
_MOST_SHOWN = 6  # pictures, side by side
_FIELDS = ("resize", "crop", "color", "mean", "std")


def check_alone(options: Namespace) -> None:
    """Raise ``StudioError`` where files are wanted too: of many answers none is kept."""
    given = [f"--{name.replace('_', '-')}" for name in _NOT_HERE if getattr(options, name)]
    if given:
        raise StudioError(
            f"--try-preprocess cannot be used with {', '.join(given)}.",
            hint="See which way is right, then run the pictures that way with --preprocess.",
        )


def try_preprocess(
    session: Session,
    model: PictureModel | None,
    sources: Sequence[Source],
    cancelled: Callable[[], bool],
) -> Report:
    """Run all pictures by every variant, of a video or camera the first one; what cannot be read is
    told. Raises ``StudioError`` where nothing can, or there is no task that could read the answers.
    """
    hint = "Give at least one picture, and where it cannot be guessed the model's --task."
    if model is None:
        raise StudioError(NOT_FOR_PICTURES, hint=hint)
    found = variants(model.preprocess) if model.task is not None else ()
    answers: list[list[Answer | None]] = [[] for _ in found]
    paths: list[Path] = []
    for picture in _readable(sources) if found else ():  # of many only one is held
        say(f"{picture.path.name}, in {len(found)} ways")
        paths.append(picture.path)
        for variant, given in zip(found, answers, strict=True):
            if cancelled():
                raise Cancelled("stopped")
            given.append(_answer(session, model, variant, picture))
    if not paths:
        raise StudioError("There is nothing to compare.", hint=hint)
    trials = [trial(*each) for each in zip(found, answers, strict=True)]
    best = most_confident(trials)
    data = {"pictures": [str(path) for path in paths]}
    data |= _data(trials, best, model.preprocess)
    return Report(0, data, _text(trials, best, paths))


def _readable(sources: Iterable[Source]) -> Iterator[Picture]:
    for source in sources:
        try:
            if source.problem is not None:
                raise source.problem
            if source.kind == "picture":
                yield next(frames_of([source.pictures])).read()
        except StudioError as error:
            say(error.text)


def _answer(
    session: Session, model: PictureModel, variant: Variant, picture: Picture
) -> Answer | None:
    changed = replace(model, preprocess=variant.preprocess)
    inputs, placement = changed.feed(picture)
    outputs = run_batches(session, inputs).outputs
    try:
        return changed.answer(outputs, placement)
    except StudioError as error:  # as NaN, from numbers that the network was not made for
        say(error.message)
        return None


def _data(trials: Sequence[Trial], best: Trial | None, current: Preprocess) -> dict[str, Any]:
    return {
        "variants": [
            {
                "preprocess": msgspec.to_builtins(found.variant.preprocess),
                "changes": _changes(found.variant.preprocess, current),
                "is_current": found.variant.is_current,
                "is_surest": found is best,
                "confidence": found.confidence,
                "answers": [answer_json(answer) if answer else None for answer in found.answers],
            }
            for found in trials
        ]
    }


def _changes(preprocess: Preprocess, current: Preprocess) -> str:
    """What to give ``--preprocess`` for this variant."""
    fields, own = msgspec.to_builtins(preprocess), msgspec.to_builtins(current)
    return json.dumps({name: fields[name] for name in _FIELDS if fields[name] != own[name]})


def _text(trials: Sequence[Trial], best: Trial | None, paths: Sequence[Path]) -> str:
    shown = paths[:_MOST_SHOWN]
    head = ("", "colour", "scale", "resize", "confidence", *(path.name for path in shown))
    rows = [
        (
            "*" * (found is best) + " now" * found.variant.is_current,
            found.variant.color,
            found.variant.scale,
            found.variant.resize,
            "" if found.confidence is None else format_percent(found.confidence, 1),
            *map(_words, found.answers[: len(shown)]),
        )
        for found in sorted(trials, key=lambda t: -(t.confidence or 0.0))
    ]
    rest = f"The confidence is that of all {len(paths)}; --json has every answer.\n"
    told = rest if len(paths) > len(shown) else ""
    return f"{table([head, *rows], right=(4,))}\n\n{told}{_HINT}"


def _words(answer: Answer | None) -> str:
    return "no answer" if answer is None else answer_text(answer)
